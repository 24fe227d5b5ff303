"""In every room a hospital's screen leaves, nothing of the window is cut off or overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDockWidget,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.settings import GOAL
from app.training.elided import ElidedLabel
from app.training.strip import Strip
from app.window.main_window import MainWindow
from app.window.small_room import BOTH_FROM

SIZES = (
    (683, 384),
    (910, 512),
    (960, 540),
    (960, 600),
    (1092, 614),
    (1280, 720),
    (1366, 768),
    (1920, 1080),
    (3840, 2160),
)
"""Logical pixels: usual screens at scales of 100 to 200 %."""
_OF_QT = {"qt_qmainwindow_extended_splitter"}


def parts(window: QWidget) -> Iterator[QWidget]:
    """Go through what is seen of a window, but not into what scrolls."""
    for child in window.children():
        if not isinstance(child, QWidget) or child.objectName() in _OF_QT:
            continue
        if child.isVisibleTo(window) and not child.isWindow():
            yield child
            if not isinstance(child, QAbstractScrollArea | QLineEdit):
                yield from parts(child)


def wanted_width(part: QWidget) -> int:
    """Return how wide a text must be to be read whole; 0 where it may be cut or wrapped."""
    if isinstance(part, ElidedLabel) or (isinstance(part, QLabel) and part.wordWrap()):
        return 0
    if isinstance(part, QPushButton | QToolButton):
        return part.sizeHint().width()
    if isinstance(part, QLabel) and part.text():
        return part.fontMetrics().horizontalAdvance(re.sub("<[^>]*>", "", part.text()))
    return 0


def wanted_height(part: QWidget) -> int:
    """Return how high a text must be to be read whole at its width."""
    if isinstance(part, QLabel) and part.text():
        wraps = part.wordWrap()
        return part.heightForWidth(part.width()) if wraps else part.fontMetrics().height()
    return part.fontMetrics().height() if isinstance(part, QAbstractButton) else 0


def layouts(window: QWidget) -> Iterator[QLayout]:
    """Go through all layouts of what is seen, nested ones too."""
    for part in (window, *parts(window)):
        # A window's own layout is Qt's business: its docks are compared below.
        if not isinstance(part, MainWindow) and not isinstance(part, QAbstractScrollArea):
            own = part.layout()
            if own is not None:
                yield own
                yield from own.findChildren(QLayout)


def name(part: QWidget) -> str:
    """Return what a part is called in a failure."""
    text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    return f"{type(part).__name__} {part.objectName() or text or part.accessibleName()!r}"


def faults(window: QWidget) -> list[str]:
    """Return what is cut off, outside its parent, or over a sibling."""
    found = []
    for part in parts(window):
        parent = part.parentWidget()
        assert parent is not None
        # Qt lays a dock's content out one pixel higher than the dock.
        if not parent.rect().adjusted(0, 0, 0, 1).contains(part.geometry()):
            found.append(f"{name(part)} {part.geometry()} leaves {name(parent)} {parent.rect()}")
        if part.width() < wanted_width(part):
            found.append(f"{name(part)} is {part.width()} of {wanted_width(part)} wide")
        if part.height() < wanted_height(part):
            found.append(f"{name(part)} is {part.height()} of {wanted_height(part)} high")
    for layout in layouts(window):
        items = [layout.itemAt(n) for n in range(layout.count())]
        rooms = [i.geometry() for i in items if i is not None and not i.isEmpty()]
        holder = layout.parentWidget()
        found += _overlaps(rooms, name(holder) if holder is not None else "a layout")
    if isinstance(window, MainWindow):
        docks = [d for d in window.findChildren(QDockWidget) if d.isVisible()]
        beside = [*docks, window.centralWidget(), window.toolbar, window.menuBar()]
        seen = [part for part in beside if part is not None and part.isVisible()]
        found += _overlaps([part.geometry() for part in seen], "the window")
    return found


def _overlaps(rooms: list[QRect], where: str) -> list[str]:
    pairs = [(a, b) for n, a in enumerate(rooms) for b in rooms[n + 1 :]]
    return [f"{a} over {b} in {where}" for a, b in pairs if a.intersects(b)]


def settle() -> None:
    """Let all that waits for the new size happen."""
    for _ in range(6):
        QApplication.processEvents()
    # Not for a race: a zero timer that an event starts fires only in a later turn of the loop.
    QTest.qWait(20)


def give_room(window: MainWindow, size: tuple[int, int]) -> None:
    """Make the window as large as a screen of this size lets it be, with the real strip."""
    if window.session is not None:
        window.docks.set_panel(Strip(window.theme.ground))
    window.setMinimumSize(1, 1)
    window.resize(*size)
    settle()
    assert (window.width(), window.height()) == size


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off(opened: MainWindow, size: tuple[int, int]) -> None:
    give_room(opened, size)
    assert faults(opened) == []
    opened.say(
        "A sentence that is long enough to need a second line in a window this small. " * 2,
        "warning",
        act=opened.close,
        act_text="Take the tour",
    )
    opened.preferences.set(GOAL, 12)
    settle()
    assert opened.banner.isVisible()
    assert faults(opened) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_welcome_page_fits(window: MainWindow, size: tuple[int, int]) -> None:
    give_room(window, size)
    assert faults(window) == []


@pytest.mark.parametrize("size", SIZES)
def test_either_dock_fits(opened: MainWindow, size: tuple[int, int]) -> None:
    give_room(opened, size)
    for command in ("view.queue", "view.labels"):
        action = opened.actions_[command]
        if not action.isChecked():
            action.trigger()
        settle()
        assert action.isChecked()
        assert faults(opened) == []


def test_a_fault_is_found(opened: MainWindow) -> None:
    opened.area.done.setFixedWidth(30)
    assert any("wide" in fault for fault in faults(opened))


def test_one_dock_stands_in_a_narrow_window_and_both_come_back(opened: MainWindow) -> None:
    left, right = opened.docks.sides
    give_room(opened, (BOTH_FROM - 1, 600))
    assert (left.isHidden(), right.isHidden()) == (True, False)
    opened.actions_["view.queue"].trigger()
    settle()
    assert (left.isHidden(), right.isHidden()) == (False, True)
    give_room(opened, (1400, 800))
    assert (left.isHidden(), right.isHidden()) == (False, False)


def test_a_dock_the_user_hid_stays_hidden(opened: MainWindow) -> None:
    left, right = opened.docks.sides
    give_room(opened, (1400, 800))
    opened.actions_["view.labels"].trigger()
    give_room(opened, (700, 500))
    assert (left.isHidden(), right.isHidden()) == (False, True)
    give_room(opened, (1400, 800))
    assert (left.isHidden(), right.isHidden()) == (False, True)


def test_docks_are_wide_again_in_a_window_that_grew(opened: MainWindow) -> None:
    give_room(opened, (1400, 800))
    before = [dock.width() for dock in opened.docks.sides]
    give_room(opened, (BOTH_FROM, 600))
    give_room(opened, (683, 384))
    give_room(opened, (1400, 800))
    assert [dock.width() for dock in opened.docks.sides] == before


def test_a_folded_dock_is_not_remembered_as_hidden(opened: MainWindow) -> None:
    give_room(opened, (700, 500))
    left, _right = opened.docks.sides
    assert left.isHidden()
    opened.small_room.settle()
    assert not left.isHidden()


def test_the_toolbar_loses_words_before_buttons(opened: MainWindow) -> None:
    exported = opened.toolbar.widgetForAction(opened.actions_["data.export"])
    retrain = opened.toolbar.widgetForAction(opened.actions_["model.retrain"])
    give_room(opened, (1400, 800))
    wide = exported.width()
    give_room(opened, (683, 384))
    assert exported.width() < wide
    assert retrain.width() == retrain.sizeHint().width()
    give_room(opened, (1400, 800))
    assert exported.width() == wide


def test_the_pace_leaves_its_room_to_the_records(opened: MainWindow) -> None:
    bar = opened.docks.queue.findChild(QAbstractButton, "pace")
    assert bar is not None
    give_room(opened, (1000, 800))
    assert bar.isVisible()
    give_room(opened, (1000, 400))
    assert not bar.isVisible()
