"""Labels and the scheme that holds them."""

from __future__ import annotations

from dataclasses import dataclass

from core.schema.attributes import AttributeDefinition

PALETTE = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#7A5195",
    "#8C6D31",
    "#5C6670",
    "#B3424A",
)
"""Colours given to new labels in turn: Okabe & Ito (2008), safe for the common colour-vision
deficiencies, without their yellow and black, and four more for schemes beyond six labels."""


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of entity.

    Attributes:
        name: Unique in its scheme; letters, digits, ``_``, ``-`` and inner blanks.
        colour: ``#RRGGBB``.
        hotkey: One character, unique in the scheme; empty for none.
        description: One line.
        guideline: What to label and what not, Markdown.
        id: Key in the store; 0 while it is not stored.
    """

    name: str
    colour: str = ""
    hotkey: str = ""
    description: str = ""
    guideline: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class LabelScheme:
    """The labels of a project in the order of the palette, and the guideline that covers all.

    ``attributes`` are those that the project defines beside the five that every label has.
    """

    labels: tuple[Label, ...]
    guideline: str = ""
    attributes: tuple[AttributeDefinition, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return the labels' names in order."""
        return tuple(label.name for label in self.labels)


def complete_labels(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """Fill in colours and hotkeys (1 to 9) where labels have none, without a hotkey twice."""
    taken = {label.hotkey for label in labels if label.hotkey}
    free = (key for key in "123456789" if key not in taken)
    return tuple(
        Label(
            name=label.name,
            colour=label.colour or PALETTE[index % len(PALETTE)],
            hotkey=label.hotkey or next(free, ""),
            description=label.description,
            guideline=label.guideline,
            id=label.id,
        )
        for index, label in enumerate(labels)
    )
