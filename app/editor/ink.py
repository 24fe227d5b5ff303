"""The colours in which labels are drawn on a ground, and the pattern that tells them apart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from app.design.tokens import CONTRAST, Ground, Scheme, legible
from core.schema.labels import Label, LabelScheme


@dataclass(frozen=True, slots=True)
class Ink:
    """How one label is drawn.

    Attributes:
        line: Underlines and outlines, at least 3 to 1 against the canvas, in high contrast 4.8.
        name: The small name, at least 4.5 to 1, in high contrast 7.2.
        fill: Behind a label's text; translucent, so that nested fills add up.
        strong: The same while the label is pointed at or selected.
        short: The shortest sign of the label: its key, else its first letter.
        ticks: Notches on the underline where not even that has room: 1 to 4.
    """

    line: QColor
    name: QColor
    fill: QColor
    strong: QColor
    short: str
    ticks: int


class Inks:
    """The inks of a scheme's labels on one ground."""

    def __init__(self, scheme: LabelScheme, ground: Ground) -> None:
        """Mix the colours."""
        self._ground = ground
        self._inks = {
            label.name: _ink(label, order, ground) for order, label in enumerate(scheme.labels)
        }

    def of(self, label: str) -> Ink:
        """Return a label's ink; a label that the scheme lacks is drawn in the quiet colour."""
        if label not in self._inks:
            self._inks[label] = _ink(Label(label), len(self._inks), self._ground)
        return self._inks[label]


def _ink(label: Label, order: int, ground: Ground) -> Ink:
    colour = label.colour or ground.quiet
    more = 1.6 if ground.name is Scheme.CONTRAST else 1.0
    return Ink(
        line=QColor(legible(colour, ground.canvas, 3.0 * more)),
        name=QColor(legible(colour, ground.canvas, CONTRAST * more)),
        fill=_translucent(colour, 0.18 if ground.dark else 0.13),
        strong=_translucent(colour, 0.3 if ground.dark else 0.26),
        short=label.hotkey or label.name[:1],
        ticks=order % 4 + 1,
    )


def _translucent(colour: str, share: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(share)
    return made
