"""The two heads of a model: what its outputs mean, and how spans are read from them; numpy only.

A head parts a word's outputs into rows, each a chain of its own over the IOB2 tags of some labels.
The softmax head has one row for all labels: a word has one tag, so spans cannot overlap. The
multi-label head has a row of O, B and I for every label: spans of different labels may overlap and
nest as they like. Neither holds two overlapping spans of one label.

Exported models carry this module, so that they decode as Chartmark does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.inference.agreement import Agreement
from core.inference.chain import Transitions, log_posteriors
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
        transitions: Scores of transitions between the tags of each row; None where none were
            learned, and each word is taken by itself.
        abbreviations: Whether an abbreviation that a text explains is labelled as its long form.
    """

    kind: HeadKind
    labels: tuple[str, ...]
    transitions: Transitions | None = None
    abbreviations: bool = False

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

    def scores(self, documents: Sequence[Floats]) -> list[Floats]:
        """Return what a temperature divides: log-probabilities given all of a document's words.

        Args:
            documents: For each its words' logits, shape (words, outputs).

        Returns:
            Shape (words, rows, tags) each; without transitions the logits as they are.
        """
        rows = len(self.rows)
        by_row = [item.reshape(len(item), rows, self.outputs // rows) for item in documents]
        return by_row if self.transitions is None else log_posteriors(by_row, self.transitions)

    def probabilities(self, documents: Sequence[Floats], temperature: float = 1.0) -> list[Floats]:
        """Return the probability of each tag in each row.

        Args:
            documents: For each its words' logits, shape (words, outputs).
            temperature: Divides the scores (see ``softmax``).

        Returns:
            Shape (words, rows, tags) each, the last axis adding up to 1.
        """
        return [softmax(scores, temperature) for scores in self.scores(documents)]

    def decode(
        self, probabilities: Floats, words: Sequence[Piece], text: str
    ) -> tuple[PredictedSpan, ...]:
        """Return the spans of a document by start, the longer first where they begin together.

        Each row is decoded by itself (see ``best_tags``), so a span's confidence says what its own
        label's row believes, whatever overlaps it.

        Args:
            probabilities: Shape (words, rows, tags), calibrated.
            words: Start and end of each word in the text.
            text: Of the document.
        """
        paths = best_tags(probabilities)
        agreement = Agreement(text, words) if self.abbreviations else None
        spans: list[PredictedSpan] = []
        for row, labels in enumerate(self.rows):
            found = spans_on_path(paths[:, row], probabilities[:, row], words, labels)
            if agreement is not None and agreement.needed:
                found = agreement.reconcile(found, probabilities[:, row], labels)
            spans += found
        # Python's sort is stable: rows keep the scheme's order among equals.
        return tuple(sorted(spans, key=lambda span: (span.start, -span.end)))
