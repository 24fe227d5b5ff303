"""Labels and suggestions in words: for tooltips and for screen readers."""

from __future__ import annotations

from app.editor.marks import Mark
from app.texts import QT_TRANSLATE_NOOP, translated
from core.schema.documents import Origin

_CONTEXT = "RecordView"

_ORIGINS = {
    Origin.MANUAL: QT_TRANSLATE_NOOP("RecordView", "by hand"),
    Origin.IMPORTED: QT_TRANSLATE_NOOP("RecordView", "imported"),
    Origin.SUGGESTED: QT_TRANSLATE_NOOP("RecordView", "from a suggestion"),
    Origin.PROPAGATED: QT_TRANSLATE_NOOP("RecordView", "given to all mentions"),
}
_ATTRIBUTES = {
    "negated": QT_TRANSLATE_NOOP("RecordView", "negated"),
    "historical": QT_TRANSLATE_NOOP("RecordView", "historical"),
    "family": QT_TRANSLATE_NOOP("RecordView", "family"),
    "uncertain": QT_TRANSLATE_NOOP("RecordView", "uncertain"),
}
_SUGGESTION = QT_TRANSLATE_NOOP("RecordView", "{0} {1} %, suggested")
_IN_PIECES = QT_TRANSLATE_NOOP("RecordView", "in {0} pieces")


def describe(mark: Mark) -> str:
    """Return a mark in one line: ``diabetes 87 %, suggested`` or ``cancer, negated, imported``."""
    if mark.suggested:
        return translated(_CONTEXT, _SUGGESTION).format(mark.label, percent(mark.score))
    words = [mark.label]
    words += [
        translated(_CONTEXT, _ATTRIBUTES[name]) if name in _ATTRIBUTES else name
        for name in mark.attributes
    ]
    if len(mark.pieces) > 1:
        words.append(translated(_CONTEXT, _IN_PIECES).format(len(mark.pieces)))
    words.append(translated(_CONTEXT, _ORIGINS[mark.origin]))
    return ", ".join(words)


def percent(score: float) -> int:
    """Return a confidence in whole per cent; only certainty itself is 100."""
    return 100 if score >= 1 else min(99, round(score * 100))
