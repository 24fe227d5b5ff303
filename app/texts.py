"""Marks texts of tables for translation, and translates them where they are shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text`` as it is; lupdate knows this name and collects it under ``context``.

    Qt's own function of the name does the same but is typed as returning any object.
    """
    del context
    return text


def translated(context: str, text: str) -> str:
    """Return a collected text in the language of the window."""
    return QCoreApplication.translate(context, text)
