"""Documents to sub-token windows, by a tokenizer file alone.

Only the tokenizers library is needed: exported models carry this module, so that they read text
as Chartmark does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from core.inference.windows import Window, break_after, cut_windows
from core.schema.documents import Piece

_MOST_KNOWN = 50_000
"""Words whose sub-tokens are remembered: some megabytes, and more than most records have."""


@dataclass(frozen=True, slots=True)
class EncodedWindow:
    """What a model is given.

    Attributes:
        ids: Sub-tokens, special ones at both ends.
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

    def __init__(self, tokenizer: Tokenizer, *, max_length: int, overlap: int) -> None:
        """Use a tokenizer.

        Args:
            tokenizer: The model's own.
            max_length: Sub-tokens in a window, special ones included.
            overlap: Sub-tokens that neighbouring windows share.
        """
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        empty = tokenizer.post_process(tokenizer.encode("", add_special_tokens=False))
        special = [int(key) for key in empty.ids]
        # BERT and RoBERTa alike put one special sub-token before and one behind.
        self._before, self._behind = special[:1], special[1:]
        self._budget = max_length - len(special)
        self._overlap = min(overlap, self._budget // 2)
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
        pieces = self._sub_tokens([text[start:end] for start, end in words])
        sizes = [len(piece) for piece in pieces]
        windows = cut_windows(
            sizes,
            break_after(text, words) if sum(sizes) > self._budget else [False] * len(words),
            budget=self._budget,
            overlap=self._overlap,
        )
        return [self._window(pieces, window, document) for window in windows]

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
