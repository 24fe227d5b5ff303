"""Sizes that follow from the text size: faces, leading, room for names and underlines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from app.design.fonts import record_font
from app.design.tokens import LINE_HEIGHT, MEASURE, SPACE_M, SPACE_XL
from app.editor.blocks import Kind

_SAMPLE = "The patient was seen again in clinic and takes metformin 500 mg twice daily"
"""A line of ordinary text: its mean letter is what MEASURE counts."""

_TALL = re.compile("[^\x00-\u00bf\u00df-\u00ff\u2010-\u203a\u20ac\u2122\u2190-\u21ff\u2264\u2265]")
"""Letters that may rise above a Latin ascender: accented capitals, other scripts, emoji."""

_MONOSPACED_SHARE = 0.9
"""Monospaced letters are wide and large on the body: set smaller, they look alike."""


@dataclass(frozen=True, slots=True)
class Typography:
    """How the user wants records set.

    Attributes:
        text_size: In pixels.
        face: A family, or a name of ``app.design.fonts.FACES``; empty for the bundled face.
        measure: Letters in a line at most.
        leading: Height of a line in the text size.
    """

    text_size: int
    face: str = ""
    measure: int = MEASURE
    leading: float = LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in device-independent pixels.

    Attributes:
        text_size: Size of the record's type.
        font: Face of running text.
        heading: Face of headings.
        monospaced: Face of tables.
        name_font: Face of the labels' names above their spans.
        ghost_font: Face of the suggestions' names.
        ascent: From a line's baseline up to the top of Latin ascenders.
        tall_ascent: The same for lines with taller letters.
        descent: From the baseline down to the bottom of a span's fill.
        name_height: Room for names above the ascenders.
        level_step: From one underline to the next.
        underline: Thickness of a label's underline.
        letter: Mean width of a letter of running text.
        monospaced_letter: Width of a letter in tables.
        column: Width of the column where there is room for it.
        margin: Least distance of the column from the left edge.
        leading: Height of a line in the text size, where its parts need no more.
    """

    text_size: int
    font: QFont
    heading: QFont
    monospaced: QFont
    name_font: QFont
    ghost_font: QFont
    ascent: float
    tall_ascent: float
    descent: float
    name_height: float
    level_step: float
    underline: float
    letter: float
    monospaced_letter: float
    column: float
    margin: float
    leading: float

    @property
    def line_height(self) -> float:
        """Height of a line of Latin text with at most one underline."""
        return self.height(tall=False, levels=1)

    @property
    def blank_height(self) -> float:
        """Height of an empty line."""
        return round(self.line_height * 0.62)

    def height(self, *, tall: bool, levels: int) -> float:
        """Return a line's height.

        Args:
            tall: Whether it has letters above the Latin ascenders.
            levels: How many underlines are stacked in it.
        """
        needed = self.name_height + self.descent + self.level_step
        needed += self.tall_ascent if tall else self.ascent
        least = max(needed, self.text_size * self.leading)
        return round(least + self.level_step * max(0, levels - 1))

    def baseline(self, *, tall: bool) -> float:
        """Return how far a line's baseline is below its top."""
        rise = self.tall_ascent if tall else self.ascent
        spare = self.height(tall=tall, levels=1) - (
            self.name_height + rise + self.descent + self.level_step
        )
        return round(self.name_height + rise + spare * 0.5)

    def face(self, kind: Kind) -> QFont:
        """Return the face that a block is set in."""
        if kind is Kind.TABLE:
            return self.monospaced
        return self.heading if kind is Kind.HEADING else self.font


def is_tall(text: str) -> bool:
    """Tell whether a text has letters that may rise above a Latin ascender."""
    return not text.isascii() and _TALL.search(text) is not None


def metrics_for(typography: Typography) -> Metrics:
    """Return all sizes that follow from how records are to be set."""
    text_size = typography.text_size
    font = record_font(text_size, typography.face)
    heading = QFont(font)
    heading.setWeight(QFont.Weight.DemiBold)
    monospaced = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    monospaced.setPixelSize(max(8, round(text_size * _MONOSPACED_SHARE)))
    monospaced.setStyleHint(QFont.StyleHint.Monospace)
    name_font = record_font(max(9, round(text_size * 0.6)))
    name_font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    name_font.setWeight(QFont.Weight.DemiBold)
    ghost_font = QFont(name_font)
    ghost_font.setWeight(QFont.Weight.Normal)
    ghost_font.setItalic(True)
    letters = QFontMetricsF(font)
    names = QFontMetricsF(name_font)
    letter = letters.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
    return Metrics(
        text_size=text_size,
        font=font,
        heading=heading,
        monospaced=monospaced,
        name_font=name_font,
        ghost_font=ghost_font,
        ascent=round(text_size * 0.76),
        tall_ascent=round(text_size * 0.98),
        descent=round(text_size * 0.19),
        name_height=round(names.capHeight() + 2),
        level_step=max(3.0, round(text_size * 0.19)),
        underline=max(1.5, round(text_size * 0.11 * 2) / 2),
        letter=letter,
        monospaced_letter=QFontMetricsF(monospaced).horizontalAdvance("0"),
        column=round(letter * typography.measure),
        margin=SPACE_XL + SPACE_M,
        leading=typography.leading,
    )
