"""Labels and suggestions in words: for tooltips and for screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from app.confidence import percent
from app.editor.marks import Mark
from app.texts import QT_TRANSLATE_NOOP, translated
from core.schema.attributes import decoded
from core.schema.documents import Origin, Piece

_CONTEXT = "RecordView"

_ORIGINS = {
    Origin.MANUAL: QT_TRANSLATE_NOOP("RecordView", "by hand"),
    Origin.IMPORTED: QT_TRANSLATE_NOOP("RecordView", "imported"),
    Origin.SUGGESTED: QT_TRANSLATE_NOOP("RecordView", "from a suggestion"),
    Origin.PROPAGATED: QT_TRANSLATE_NOOP("RecordView", "given to all mentions"),
    Origin.DICTIONARY: QT_TRANSLATE_NOOP("RecordView", "from a term list"),
}
_ATTRIBUTES = {
    "negated": QT_TRANSLATE_NOOP("RecordView", "negated"),
    "historical": QT_TRANSLATE_NOOP("RecordView", "historical"),
    "family": QT_TRANSLATE_NOOP("RecordView", "family"),
    "uncertain": QT_TRANSLATE_NOOP("RecordView", "uncertain"),
    "conditional": QT_TRANSLATE_NOOP("RecordView", "conditional"),
}
_SUGGESTION = QT_TRANSLATE_NOOP("RecordView", "{0} {1} %, suggested")
_LISTED = QT_TRANSLATE_NOOP("RecordView", "{0}, suggested by the term list {1}")
_IN_PIECES = QT_TRANSLATE_NOOP("RecordView", "in {0} pieces")
_HINTED = QT_TRANSLATE_NOOP("RecordView", "{0}; suggested: {1}")
_TEXT_IN_PIECES = QT_TRANSLATE_NOOP("RecordView", "Text selected in {0} pieces")


def describe(mark: Mark) -> str:
    """Return a mark in one line: ``diabetes 87 %, suggested`` or ``cancer, negated, imported``."""
    if mark.term_list:
        return translated(_CONTEXT, _LISTED).format(mark.label, mark.term_list)
    if mark.suggested:
        return translated(_CONTEXT, _SUGGESTION).format(mark.label, percent(mark.score))
    words = [mark.label]
    words += [
        translated(_CONTEXT, _ATTRIBUTES[name])
        if name in _ATTRIBUTES
        else " ".join(decoded(name)).strip()
        for name in mark.attributes
    ]
    if len(mark.pieces) > 1:
        words.append(translated(_CONTEXT, _IN_PIECES).format(len(mark.pieces)))
    words.append(translated(_CONTEXT, _ORIGINS[mark.origin]))
    return ", ".join(words)


def describe_selected(mark: Mark | None, pieces: Sequence[Piece], hints: Sequence[str] = ()) -> str:
    """Return what is selected in one line: a mark, or text in several pieces; else nothing.

    Args:
        mark: The selected mark, or None.
        pieces: The selected stretches.
        hints: Attributes that are suggested for the mark.
    """
    if mark is not None and hints:
        named = ", ".join(translated(_CONTEXT, _ATTRIBUTES.get(name, name)) for name in hints)
        return translated(_CONTEXT, _HINTED).format(describe(mark), named)
    if mark is not None:
        return describe(mark)
    if len(pieces) > 1:
        return translated(_CONTEXT, _TEXT_IN_PIECES).format(len(pieces))
    return ""
