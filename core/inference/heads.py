"""The two heads of a model: what its outputs mean, and how spans are read from them; numpy only.

A head parts a word's outputs into rows, each with a softmax of its own over the IOB2 tags of some
labels. The softmax head has one row for all labels: a word has one tag, so spans cannot overlap.
The multi-label head has a row of O, B and I for every label: spans of different labels may overlap
and nest as they like. Neither holds two overlapping spans of one label.

Exported models carry this module, so that they decode as Chartmark does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.inference.decoding import Floats, best_tags, softmax, spans_on_path, tag_names
from core.schema.documents import Piece, PredictedSpan


class HeadKind(StrEnum):
    """How a model's outputs hold the labels."""

    SOFTMAX = "softmax"
    MULTI_LABEL = "multi_label"


@dataclass(frozen=True, slots=True)
class Head:
    """A head for a scheme.

    Attributes:
        kind: Which of the two.
        labels: The scheme's labels in the model's order.
    """

    kind: HeadKind
    labels: tuple[str, ...]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The labels of each row; tags of a row stand in the order of ``tag_names``."""
        if self.kind is HeadKind.SOFTMAX:
            return (self.labels,)
        return tuple((label,) for label in self.labels)

    def output_names(self) -> list[str]:
        """Return the names of a word's outputs in order, as a model's configuration has them."""
        if self.kind is HeadKind.SOFTMAX:
            return tag_names(self.labels)
        return [f"{label}:{mark}" for label in self.labels for mark in ("O", "B", "I")]

    @property
    def outputs(self) -> int:
        """How many outputs a word has."""
        return sum(len(tag_names(row)) for row in self.rows)

    def probabilities(self, logits: Floats, temperature: float = 1.0) -> Floats:
        """Return the probability of each tag in each row.

        Args:
            logits: Shape (words, outputs).
            temperature: Divides the logits (see ``softmax``).

        Returns:
            Shape (words, rows, tags), the last axis adding up to 1.
        """
        rows = len(self.rows)
        return softmax(logits.reshape(len(logits), rows, self.outputs // rows), temperature)

    def decode(self, probabilities: Floats, words: Sequence[Piece]) -> tuple[PredictedSpan, ...]:
        """Return the spans of a document by start, the longer first where they begin together.

        Each row is decoded by itself (see ``best_tags``), so a span's confidence says what its own
        label's row believes, whatever overlaps it.

        Args:
            probabilities: Shape (words, rows, tags), calibrated.
            words: Start and end of each word in the text.
        """
        paths = best_tags(probabilities)
        spans = [
            span
            for row, labels in enumerate(self.rows)
            for span in spans_on_path(paths[:, row], probabilities[:, row], words, labels)
        ]
        # Python's sort is stable: rows keep the scheme's order among equals.
        return tuple(sorted(spans, key=lambda span: (span.start, -span.end)))
