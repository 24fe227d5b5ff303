"""The map at the right edge: touched up after an edit exactly as if it were drawn anew."""

from __future__ import annotations

import random
from dataclasses import replace

from PySide6.QtGui import QImage, QPixmap
from pytestqt.qtbot import QtBot

from app.editor.record_view import RecordView
from core.schema.documents import Span
from tests.app.editor.conftest import Show, record

NAMES = ("disease", "drug", "body_site", "sign")


def drawn(view: RecordView) -> QImage:
    return view.strip.grab().toImage()


def test_an_edit_touches_the_map_up(show: Show, qtbot: QtBot) -> None:
    chance = random.Random(4)
    spans = [Span(at, at + 4, chance.choice(NAMES), id=at + 1) for at in range(0, 9_000, 45)]
    content = record("word " * 2_000 + "[?drug:x] " * 40, *spans)
    view = show(content)
    drawn(view)
    for step in range(8):
        kept = [span for span in content.spans if chance.random() > 0.1]
        at = chance.randrange(9_000)
        kept.append(Span(at, at + 3, chance.choice(NAMES), id=20_000 + step))
        gone = chance.randrange(len(content.suggestions))
        content = replace(
            content,
            spans=tuple(sorted(kept, key=lambda span: (span.start, span.end))),
            suggestions=content.suggestions[:gone] + content.suggestions[gone + 1 :],
        )
        view.update_record(content)
        qtbot.waitUntil(lambda: not view.strip._redraw.isActive())
        touched = drawn(view)
        view.strip._map = QPixmap()
        assert drawn(view) == touched
