"""How figures are set: digits of one width, so that columns align and nothing jumps."""

from __future__ import annotations

from PySide6.QtGui import QFont


def tabular(font: QFont, *, pixels: int = 0, bold: bool = False) -> QFont:
    """Return a font with digits of one width.

    Args:
        font: To start from.
        pixels: Its size; 0 keeps it.
        bold: Whether it is set semibold.
    """
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    if pixels:
        made.setPixelSize(pixels)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def percent(value: float) -> str:
    """Return a share (0 to 1) with two decimals, as the field writes F1."""
    return f"{value:.2f}"


def change(value: float) -> str:
    """Return a difference with its sign; a true minus, and nothing where it rounds to none."""
    rounded = round(value, 2)
    if rounded == 0:
        return "±0.00"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.2f}"
