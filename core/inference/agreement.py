"""Abbreviations that a text explains are labelled as their long forms are.

A model reads a long record in windows, and in each it may take "DTD" for something else, however
sure it is of "diastrophic dysplasia (DTD)". So what it believes of each place where an abbreviation
stands is drawn towards what it believes of the long form. Exported models carry this module.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from core.inference.decoding import Floats
from core.schema.documents import Piece, PredictedSpan
from core.text.abbreviations import find_definitions, find_uses

_WEIGHT_OF_LONG = 4 / 5
"""Of the long form's log-odds; the rest is the abbreviation's own."""
_SUREST = 5.0
"""Log-odds from which on a belief counts as no surer: a probability of 0.993."""
_Bounds = tuple[int, int]
"""First word, and one past the last."""


class Agreement:
    """The abbreviations of one document.

    Attributes:
        needed: Whether there are any.
    """

    def __init__(self, text: str, words: Sequence[Piece]) -> None:
        """Find what is explained, and where it is used.

        Args:
            text: Of the document.
            words: Start and end of each of its words.
        """
        self._words = words
        self._definitions = find_definitions(text, words)
        self._uses: list[list[_Bounds]] = [[] for _ in self._definitions]
        if self._definitions:
            spelled = [text[start:end] for start, end in words]
            for first, last, number in find_uses(spelled, self._definitions):
                self._uses[number].append((first, last))
        self.needed = bool(self._definitions)

    def reconcile(
        self, spans: Sequence[PredictedSpan], probabilities: Floats, labels: Sequence[str]
    ) -> list[PredictedSpan]:
        """Return the spans of one row with abbreviations as their long forms.

        Where a span holds all of a long form and ends with it, its label is what the abbreviation
        should have; where none lies there, the abbreviation should have none. Whatever else covers
        a part of the long form, or more than the abbreviation, is left alone.

        Args:
            spans: Of the row, without overlaps, by start.
            probabilities: Shape (words, tags), tags in the order of ``tag_names``.
            labels: The labels of the tags, in order.
        """
        before = _Row(self._words, spans)
        row = _Row(self._words, spans)
        for definition, uses in zip(self._definitions, self._uses, strict=True):
            first, last = definition.long
            on_it = before.covering(definition.long)
            whole = [bounds for bounds in on_it if bounds[0] <= first and bounds[1] == last]
            if not uses or (on_it and not whole):
                continue
            if whole:
                found = before.spans[whole[0]]
                label, long = labels.index(found.label), found.score
            else:
                label = _likeliest(probabilities, uses, len(labels))
                long = float(probabilities[last - 1, 2 * label + 1 : 2 * label + 3].sum())
            for use in uses:
                own = _belief(probabilities, use, label)
                odds = _WEIGHT_OF_LONG * _log_odds(long) + (1 - _WEIGHT_OF_LONG) * _log_odds(own)
                row.settle(use, labels[label], odds)
        return [row.spans[bounds] for bounds in sorted(row.spans)]


class _Row:
    """Spans of one row by their words; none of them overlap.

    Attributes:
        spans: By their bounds.
    """

    def __init__(self, words: Sequence[Piece], spans: Sequence[PredictedSpan]) -> None:
        self._words = words
        self.spans: dict[_Bounds, PredictedSpan] = {}
        self._at: dict[int, _Bounds] = {}
        starts = {start: at for at, (start, _) in enumerate(words)}
        ends = {end: at + 1 for at, (_, end) in enumerate(words)}
        for span in spans:
            self._put((starts[span.start], ends[span.end]), span)

    def covering(self, stretch: _Bounds) -> list[_Bounds]:
        """Return the bounds of the spans that share words with a stretch."""
        return sorted({self._at[word] for word in range(*stretch) if word in self._at})

    def settle(self, use: _Bounds, label: str, odds: float) -> None:
        """Put a span on an abbreviation that has none, or take away the one it should not have."""
        there = self.covering(use)
        if odds > 0 and not there:
            start, end = self._words[use[0]][0], self._words[use[1] - 1][1]
            self._put(use, PredictedSpan(start, end, label, 1 / (1 + math.exp(-odds))))
        elif odds <= 0 and there == [use] and self.spans[use].label == label:
            del self.spans[use]
            for word in range(*use):
                del self._at[word]

    def _put(self, bounds: _Bounds, span: PredictedSpan) -> None:
        self.spans[bounds] = span
        self._at.update(dict.fromkeys(range(*bounds), bounds))


def _belief(probabilities: Floats, use: _Bounds, label: int) -> float:
    """Return the probability that an abbreviation is a span of a label."""
    begin = probabilities[use[0], 2 * label + 1]
    return float(begin * probabilities[use[0] + 1 : use[1], 2 * label + 2].prod())


def _likeliest(probabilities: Floats, uses: Sequence[_Bounds], labels: int) -> int:
    """Return the label that an abbreviation would have by itself, if it had one."""
    beliefs = [sum(_belief(probabilities, use, label) for use in uses) for label in range(labels)]
    return int(np.argmax(beliefs))


def _log_odds(belief: float) -> float:
    bounded = min(max(belief, 1e-9), 1 - 1e-9)
    return min(max(math.log(bounded / (1 - bounded)), -_SUREST), _SUREST)
