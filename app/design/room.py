"""How large a window may be on the screen it opens on: a large scale leaves it little room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication


def fitted(wanted: QSize) -> QSize:
    """Return a size, made smaller where the screen has no room for it."""
    return wanted.boundedTo(QGuiApplication.primaryScreen().availableSize())
