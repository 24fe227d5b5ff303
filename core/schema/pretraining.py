"""What is asked of pre-training, and what is known of a backbone's vocabulary, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema.phrases import phrase

LEAST_PATIENTS = 5
"""Patients in whose records a word stands before any part of it is written into a vocabulary."""
_POOR = 0.1
"""Share of words that make no sense to a backbone from which on it is worth a word; English
records have under 0.01 with an English backbone."""


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """The size of an encoder that is built from scratch.

    Attributes:
        layers: Of the transformer.
        hidden: Width of each; a multiple of 64, or less than 64.
        vocabulary: Most entries of the tokenizer.
        max_length: Sub-tokens that it reads at once, special ones included.
    """

    layers: int = 4
    hidden: int = 256
    vocabulary: int = 12_000
    max_length: int = 256


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a pre-training goes on: so many seconds, or exactly so many updates.

    Attributes:
        seconds: Of computing; pauses do not count.
        updates: Takes the place of ``seconds`` where it is not 0. With it the seed alone decides
            what comes out; within a time a faster machine gets further.
    """

    seconds: float = 600.0
    updates: int = 0

    def share(self, *, seconds: float, updates: int) -> float:
        """Return how much of the budget is spent, 0 to 1."""
        if self.updates:
            return min(updates / self.updates, 1.0)
        return min(seconds / self.seconds, 1.0) if self.seconds > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well a backbone's vocabulary covers the words of records.

    Attributes:
        documents: Records that were looked at.
        words: In them.
        unknown: Words of which a part, or all, is unknown to the vocabulary.
        crumbled: Further words that it knows only letter by letter.
    """

    documents: int = 0
    words: int = 0
    unknown: int = 0
    crumbled: int = 0

    @property
    def unknown_share(self) -> float:
        """Share of the words that are unknown, 0 to 1."""
        return self.unknown / self.words if self.words else 0.0

    @property
    def poor_share(self) -> float:
        """Share of the words that the backbone cannot make sense of, 0 to 1."""
        return (self.unknown + self.crumbled) / self.words if self.words else 0.0

    @property
    def warning(self) -> str:
        """What the user should know before a training; empty where there is nothing to say."""
        if self.poor_share < _POOR:
            return ""
        return phrase(
            "{share} % of the words are unknown to the backbone. Choose one for their language, "
            "or build one: chartmark backbone build.",
            share=round(100 * self.poor_share),
        )
