"""A record view on the screen, and records made from a text with marks in it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.design.fonts import load_bundled
from app.editor.record_view import RecordView
from app.record import Record
from core.schema.documents import Document, ReviewStatus, Span, Suggestion
from core.schema.labels import Label, LabelScheme, complete_labels
from core.store.documents import Review

SCHEME = LabelScheme(
    complete_labels((Label("disease"), Label("drug"), Label("body_site"), Label("sign")))
)
_MARK = re.compile(r"\[(\??)(\w+):([^\[\]]*)\]")

Show = Callable[..., RecordView]


def record(marked: str, *more: Span) -> Record:
    """Return a record; ``[disease:flu]`` labels, ``[?drug:aspirin]`` suggests. Keys from 1."""
    text, at = "", 0
    spans, suggestions = list(more), list[Suggestion]()
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        start, end = len(text), len(text) + len(mark[3])
        text += mark[3]
        at = mark.end()
        if mark[1]:
            suggestions.append(Suggestion(start, end, mark[2], 0.87, id=len(suggestions) + 1))
        else:
            spans.append(Span(start, end, mark[2], id=len(spans) + 1))
    text += marked[at:]
    spans.sort(key=lambda span: (span.start, span.end))
    return Record(
        Document(1, "note", text),
        tuple(spans),
        tuple(suggestions),
        Review(ReviewStatus.TODO, 0.0, ""),
    )


def click(view: RecordView, position: int, *, double: bool = False) -> None:
    """Click on the character at a position."""
    press = QTest.mouseDClick if double else QTest.mouseClick
    press(view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(position))


def drag(
    view: RecordView,
    start: QPoint,
    end: QPoint,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    *,
    release: bool = True,
) -> None:
    """Press at one point of the viewport and move to another."""
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, modifier, start)
    middle = QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2)
    for point in (middle, end):
        move_held(view, point, modifier)
    if release:
        QTest.mouseRelease(port, left, modifier, end)


def move_held(view: RecordView, point: QPoint, modifier: Qt.KeyboardModifier) -> None:
    """Move the pointer with the left button down; QTest moves without buttons."""
    port, left = view.viewport(), Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(port.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        left,
        modifier,
    )
    QApplication.sendEvent(port, event)


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Show a record in a view of 900 by 600 pixels that has the keyboard."""
    load_bundled()

    def shown(content: Record | str, *, pixels: int = 17, width: int = 900) -> RecordView:
        view = RecordView()
        qtbot.addWidget(view)
        view.set_scheme(SCHEME)
        view.set_text_size(pixels)
        view.resize(width, 600)
        view.set_record(record(content) if isinstance(content, str) else content)
        view.show()
        view.setFocus()
        qtbot.waitExposed(view)
        return view

    return shown
