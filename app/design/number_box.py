"""The field for a whole number, wherever one is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

from app.design.tokens import SPACE_S


def number_box(least: int, most: int, value: int) -> QSpinBox:
    """Return a field for a whole number."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    # The style sheet's padding does not reach the editor within.
    box.lineEdit().setTextMargins(SPACE_S, 0, 0, 0)
    return box
