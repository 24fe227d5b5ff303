"""Documents to sub-token windows, by a tokenizer file alone.

A window with an abbreviation that the document explains elsewhere gets the explanation behind its
words, as a segment of its own: "SJS" may be a disease or a gene, and nothing near it may say which.

Only the tokenizers library is needed: exported models carry this module, so that they read text
as Chartmark does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from tokenizers import Tokenizer

from core.inference.windows import Window, break_after, cut_windows
from core.schema.documents import Piece
from core.text.abbreviations import Definition, find_definitions, find_uses

_LEAST_ROOM = 24
"""Sub-tokens kept free for explanations in the windows of a document that has any; at most a
quarter of a window."""
_MOST_KNOWN = 50_000
"""Words whose sub-tokens are remembered: some megabytes, and more than most records have."""


@dataclass(frozen=True, slots=True)
class EncodedWindow:
    """What a model is given.

    Attributes:
        ids: Sub-tokens, special ones at both ends; explanations may follow.
        heads: For each word of the window, where in ``ids`` its first sub-token stands.
        window: Which words of the document these are.
        document: Index of the document in what was encoded together.
    """

    ids: list[int]
    heads: list[int]
    window: Window
    document: int


class Encoder:
    """Turns words into sub-token windows of a model's size."""

    def __init__(
        self, tokenizer: Tokenizer, *, max_length: int, overlap: int, abbreviations: bool = False
    ) -> None:
        """Use a tokenizer.

        Args:
            tokenizer: The model's own.
            max_length: Sub-tokens in a window, special ones included.
            overlap: Sub-tokens that neighbouring windows share.
            abbreviations: Whether windows get the explanations of their abbreviations.
        """
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        empty = tokenizer.post_process(tokenizer.encode("", add_special_tokens=False))
        special = [int(key) for key in empty.ids]
        # BERT and RoBERTa alike put one special sub-token before and one behind.
        self._before, self._behind = special[:1], special[1:]
        self._max_length, self._budget = max_length, max_length - len(special)
        self._overlap = min(overlap, self._budget // 2)
        self._abbreviations = abbreviations
        self._unknown = _unknown(tokenizer)
        self._known: dict[str, list[int]] = {}

    @property
    def special_behind(self) -> int:
        """How many special sub-tokens stand behind a window's words."""
        return len(self._behind)

    def encode(self, text: str, words: Sequence[Piece], document: int = 0) -> list[EncodedWindow]:
        """Return a document's windows; a document without words has none."""
        if not words:
            return []
        spelled = [text[start:end] for start, end in words]
        pieces = self._sub_tokens(spelled)
        sizes = [len(piece) for piece in pieces]
        definitions = find_definitions(text, words) if self._abbreviations else []
        kept_free = min(_LEAST_ROOM, self._budget // 4) if definitions else 0
        budget = self._budget - kept_free
        windows = cut_windows(
            sizes,
            break_after(text, words) if sum(sizes) > budget else [False] * len(words),
            budget=budget,
            overlap=min(self._overlap, budget // 2),
        )
        encoded = [self._window(pieces, window, document) for window in windows]
        if definitions:
            self._add_explanations(encoded, spelled, definitions)
        return encoded

    def _sub_tokens(self, words: Sequence[str]) -> list[list[int]]:
        """Return the sub-tokens of each word: at least one, and no more than a window holds.

        A tokenizer takes words that are given singly one by one, whatever stands beside them, so
        each is asked for once.
        """
        unseen = [word for word in dict.fromkeys(words) if word not in self._known]
        if unseen:
            if len(self._known) + len(unseen) > _MOST_KNOWN:
                self._known.clear()
                unseen = list(dict.fromkeys(words))
            encoding = self._tokenizer.encode(
                unseen, is_pretokenized=True, add_special_tokens=False
            )
            pieces: list[list[int]] = [[] for _ in unseen]
            for key, word in zip(encoding.ids, encoding.word_ids, strict=True):
                if word is not None:
                    pieces[word].append(key)
            for spelled, piece in zip(unseen, pieces, strict=True):
                # Some characters vanish in a normalisation; a word is never without a piece.
                self._known[spelled] = (piece or [self._unknown])[: self._budget]
        return [self._known[word] for word in words]

    def _window(self, pieces: Sequence[list[int]], window: Window, document: int) -> EncodedWindow:
        ids = list(self._before)
        heads = []
        for piece in pieces[window.first : window.last]:
            heads.append(len(ids))
            ids += piece
        return EncodedWindow(ids + self._behind, heads, window, document)

    def _add_explanations(
        self,
        encoded: Sequence[EncodedWindow],
        words: Sequence[str],
        definitions: Sequence[Definition],
    ) -> None:
        """Append to windows what abbreviations in them stand for: "long form (short form)"."""
        uses = find_uses(words, definitions)
        explanations: dict[int, list[int]] = {}
        for item in encoded:
            window = item.window
            here = uses[bisect_left(uses, (window.first,)) : bisect_left(uses, (window.last,))]
            for number in sorted({number for _, end, number in here if end <= window.last}):
                first, last = definitions[number].stands
                if window.first <= first and last <= window.last:
                    continue  # it is explained in this very window
                if number not in explanations:
                    explanations[number] = self._explanation(words, definitions[number])
                if len(item.ids) + len(explanations[number]) <= self._max_length:
                    item.ids.extend(explanations[number])

    def _explanation(self, words: Sequence[str], definition: Definition) -> list[int]:
        spelled = [*words[slice(*definition.long)], "(", *definition.short, ")"]
        return [*chain.from_iterable(self._sub_tokens(spelled)), *self._behind]


def _unknown(tokenizer: Tokenizer) -> int:
    for token in ("[UNK]", "<unk>"):
        key = tokenizer.token_to_id(token)
        if key is not None:
            return int(key)
    return 0


def batches_by_length(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Part windows into batches of like length, so that little is padding.

    Args:
        lengths: Sub-tokens of each window.
        budget: Sub-tokens in a batch, padding included.

    Returns:
        Indices of windows, the longest first (what does not fit in memory shows at once).
    """
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    batches: list[list[int]] = []
    for index in order:
        if batches and lengths[batches[-1][0]] * (len(batches[-1]) + 1) <= budget:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches
