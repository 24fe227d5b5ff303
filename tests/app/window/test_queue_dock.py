from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.design.tokens import DARK, LIGHT
from app.queue_feed import QueueQuery
from app.window.queue_dock import QueueDock
from app.window.queue_model import SHARE_ROLE, QueueModel, counts
from core.schema.documents import ReviewStatus, Split
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Strategy
from core.store.documents import QueueRow

TODO, DONE = ReviewStatus.TODO, ReviewStatus.DONE


def row(key: int, status: ReviewStatus = TODO, score: float | None = None) -> QueueRow:
    return QueueRow(key, f"note-{key}", status, None, f"p{key}", 100, key, max(key - 1, 0), score)


@pytest.fixture
def dock(qtbot: QtBot) -> QueueDock:
    made = QueueDock(LIGHT)
    qtbot.addWidget(made)
    made.set_scheme(LabelScheme((Label("drug"), Label("R&D"))))
    made.resize(280, 500)
    made.show()
    return made


def test_empty_queue_says_what_to_do_next(dock: QueueDock, qtbot: QtBot) -> None:
    dock.set_rows([])
    with qtbot.waitSignal(dock.import_requested):
        QTest.mouseClick(dock.empty.button, Qt.MouseButton.LeftButton)
    dock.set_query(QueueQuery(search="fever"))
    dock.set_rows([])
    with qtbot.waitSignal(dock.query_changed) as asked:
        QTest.mouseClick(dock.empty.button, Qt.MouseButton.LeftButton)
    assert asked.args == [QueueQuery()]


def test_clicked_and_entered_rows_are_chosen(dock: QueueDock, qtbot: QtBot) -> None:
    dock.set_rows([row(n) for n in range(1, 6)])
    at = dock.view.visualRect(dock.model.index(2)).center()
    with qtbot.waitSignal(dock.record_chosen) as chosen:
        QTest.mouseClick(dock.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [3]
    QTest.keyClick(dock.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(dock.record_chosen) as chosen:
        QTest.keyClick(dock.view, Qt.Key.Key_Return)
    assert chosen.args == [4]


def test_search_waits_for_a_pause_in_typing(dock: QueueDock, qtbot: QtBot) -> None:
    asked: list[QueueQuery] = []
    dock.query_changed.connect(asked.append)
    QTest.keyClicks(dock.search, "insulin")
    qtbot.waitUntil(lambda: bool(asked))
    assert [query.search for query in asked] == ["insulin"]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("status.done", QueueQuery(status=DONE)),
        ("split.dev", QueueQuery(split=Split.DEV)),
        ("label.R&D", QueueQuery(label="R&D")),
        ("strategy.entropy", QueueQuery(strategy=Strategy.ENTROPY)),
    ],
)
def test_menus_narrow_and_order(
    dock: QueueDock, qtbot: QtBot, action: str, expected: QueueQuery
) -> None:
    menus = (dock.filter_button.menu(), dock.order_button.menu())
    [chosen] = [a for menu in menus for a in menu.actions() if a.objectName() == action]
    with qtbot.waitSignal(dock.query_changed) as asked:
        chosen.trigger()
    assert asked.args == [expected]
    assert dock.query == expected


def test_progress_is_told_in_words(dock: QueueDock) -> None:
    dock.set_progress({TODO: 3, DONE: 1})
    assert dock._done.text() == "1 of 4 done"


def test_rows_are_drawn_on_every_ground(dock: QueueDock) -> None:
    dock.set_rows([row(n, status, 0.5) for n, status in enumerate(ReviewStatus, start=1)])
    light = dock.view.grab().toImage()
    dock.tint(DARK)
    assert dock.view.grab().toImage() != light


def test_scores_are_shares_of_the_highest_and_done_rows_have_none() -> None:
    model = QueueModel()
    model.set_rows([row(1, score=4.0), row(2, score=1.0), row(3), row(4, DONE, 2.0)])
    assert [model.index(n).data(SHARE_ROLE) for n in range(4)] == [1.0, 0.25, None, None]


def test_counts_are_words() -> None:
    assert counts(row(0)) == "100 characters"
    assert counts(row(1)) == "1 label"
    assert counts(row(2)) == "1 suggestion · 2 labels"
    assert counts(row(3)) == "2 suggestions · 3 labels"
