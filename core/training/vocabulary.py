"""A WordPiece vocabulary of records' words that gives no single patient away.

A vocabulary is written in the clear, so a word enters it, or any part of it does, only if it
stands in the records of several patients; a single character needs two of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from core.schema.documents import Document
from core.schema.pretraining import LEAST_PATIENTS
from core.text.words import document_words
from core.training.merges import INSIDE, learn_pieces

PADDING, UNKNOWN, FIRST, LAST, MASK = SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""Special entries in the order of their numbers, as BERT has them."""

_LEAST_PATIENTS_OF_CHARACTER = 2
_LONGEST_WORD = 100


def train_vocabulary(
    documents: Iterable[Document],
    *,
    size: int,
    least_patients: int = LEAST_PATIENTS,
    check: Callable[[], None],
) -> Tokenizer:
    """Return a cased WordPiece tokenizer in which each Chinese character stands alone.

    Schuster and Nakajima 2012 (the pieces); Devlin et al. 2019 (the pre-splitting). Characters
    are brought to their compatibility form first (NFKC), so that full-width digits and letters
    are what the narrow ones are.

    Args:
        documents: Records; gone through once.
        size: Most entries.
        least_patients: See the module; a single character never needs more than two.
        check: Called before each record; may raise to end the work.
    """
    tokenizer = _empty()
    counts = _count(documents, tokenizer, max(least_patients, 1), check)
    needed = min(least_patients, _LEAST_PATIENTS_OF_CHARACTER)
    common = counts.common_characters(needed)
    # Half of the entries at most, so that there is room for words.
    alphabet = sorted(common[: max(size // 2, 1)])
    words = counts.common_words(least_patients, frozenset(alphabet))
    pieces = _pieces(words, alphabet, size, check)
    tokenizer.model = models.WordPiece(
        {piece: number for number, piece in enumerate(pieces)},
        unk_token=UNKNOWN,
        max_input_chars_per_word=_LONGEST_WORD,
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{FIRST} $A {LAST}",
        pair=f"{FIRST} $A {LAST} $B:1 {LAST}:1",
        special_tokens=[(name, pieces.index(name)) for name in (FIRST, LAST)],
    )
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


@dataclass(slots=True)
class _Counts:
    """How often words and characters stand in records, and by how many patients (up to enough)."""

    words: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    holders: dict[str, set[int]] = field(default_factory=dict)

    def common_characters(self, patients: int) -> list[str]:
        """Return the characters of so many patients, the most frequent first."""
        ranked = sorted(self.characters.items(), key=lambda item: (-item[1], item[0]))
        return [key for key, _ in ranked if len(self.holders[key]) >= patients]

    def common_words(self, patients: int, alphabet: frozenset[str]) -> dict[str, int]:
        """Return the words of so many patients that can be spelled, and how often each stands."""
        return {
            word: count
            for word, count in sorted(self.words.items())
            if len(self.holders[word]) >= patients and alphabet.issuperset(word)
        }


def _empty() -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.BertNormalizer(
                clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=False
            ),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix=INSIDE)
    return tokenizer


def _count(
    documents: Iterable[Document],
    tokenizer: Tokenizer,
    enough: int,
    check: Callable[[], None],
) -> _Counts:
    counts = _Counts()
    numbers: dict[str, int] = {}
    for document in documents:
        check()
        patient = numbers.setdefault(document.patient_id or f"\0{document.id}", len(numbers))
        text = document.text
        for raw, times in Counter(text[a:b] for a, b in document_words(document)).items():
            normal = tokenizer.normalizer.normalize_str(raw)
            for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal):
                counts.words[word] += times
                for character in word:
                    counts.characters[character] += times
                for key in {word, *word}:
                    holders = counts.holders.setdefault(key, set())
                    if len(holders) < max(enough, _LEAST_PATIENTS_OF_CHARACTER):
                        holders.add(patient)
    return counts


def _pieces(
    words: dict[str, int], alphabet: list[str], size: int, check: Callable[[], None]
) -> list[str]:
    """Return the vocabulary in the order of its numbers."""
    # A rare word can be spelled, too: the letters that others have inside may stand inside it.
    inside = {character for word in words for character in word[1:]}
    inner = [INSIDE + key for key in alphabet if key in inside or "a" <= key.lower() <= "z"]
    letters = [*SPECIAL, *alphabet, *inner]
    return [*letters, *learn_pieces(words, most=max(size - len(letters), 0), check=check)]
