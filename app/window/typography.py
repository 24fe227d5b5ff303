"""How the user wants records set, as the preferences say."""

from __future__ import annotations

from app.editor.metrics import Typography
from app.preferences import Preferences
from app.settings import LEADING, LINE_WIDTH, RECORD_FACE, TEXT_SIZE

TYPOGRAPHY_KEYS = {setting.key for setting in (TEXT_SIZE, RECORD_FACE, LINE_WIDTH, LEADING)}
"""The settings that it is made of."""


def wanted_typography(preferences: Preferences) -> Typography:
    """Return how records are to be set."""
    return Typography(
        preferences.number(TEXT_SIZE),
        preferences.face(RECORD_FACE),
        preferences.number(LINE_WIDTH),
        preferences.number(LEADING) / 100,
    )
