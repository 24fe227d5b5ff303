from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QIcon, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.design.icons import ICON_SIZE
from app.design.tokens import GROUNDS, Ground, contrast
from app.window.commands import COMMANDS
from app.window.main_window import MainWindow
from core.schema.documents import PredictedSpan
from tests.app.conftest import suggest

_UNTOLD = {
    QAccessible.Role.NoRole,
    QAccessible.Role.Client,
    QAccessible.Role.Pane,
    QAccessible.Role.Grouping,
}
"""Roles that do not say what can be done with something."""


def interface_of(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def takers_of_keys(window: QWidget) -> list[QWidget]:
    """All that Tab reaches now, the inner parts of Qt's own widgets left out."""
    return [
        child
        for child in window.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        and child.focusProxy() is None
        and not child.objectName().startswith("qt_")
        and not isinstance(child, QTabBar)
    ]


def untold(window: QWidget) -> list[str]:
    """The controls without a name or a role."""
    found = []
    for widget in takers_of_keys(window):
        interface = interface_of(widget)
        name = interface.text(QAccessible.Text.Name).strip()
        if not name or interface.role() in _UNTOLD:
            found.append(f"{type(widget).__name__} {name!r} {interface.role()}")
    return found


def test_welcome_page_tells_all(window: MainWindow) -> None:
    assert len(takers_of_keys(window)) >= 3
    assert untold(window) == []


def test_window_with_a_record_tells_all(opened: MainWindow, qtbot: QtBot) -> None:
    session = opened.session
    assert session is not None
    suggest(session.project, 1, PredictedSpan(0, 9, "drug", 0.9))
    session.open_record(1)
    qtbot.waitUntil(lambda: bool(session.record and session.record.suggestions))
    opened.actions_["find.record"].trigger()
    opened.say("Look here.", act=lambda: None, act_text="Do")
    assert len(takers_of_keys(opened)) >= 12
    assert untold(opened) == []


def test_queue_tells_name_and_state_of_each_record(opened: MainWindow) -> None:
    model = opened.docks.queue.view.model()
    told = [
        str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole))
        for row in range(model.rowCount())
    ]
    assert len(told) == 3
    assert all(f"note-{n}" in text for n, text in enumerate(told, start=1))
    assert all("to do" in text.casefold() for text in told)


def test_record_tells_text_caret_and_what_is_selected(opened: MainWindow, qtbot: QtBot) -> None:
    view, session = opened.area.view, opened.session
    assert session is not None
    assert session.record is not None
    interface = interface_of(view)
    text = interface.textInterface()
    assert text is not None
    length = len(session.record.document.text.encode("utf-16-le")) // 2
    assert text.characterCount() == length
    assert text.text(0, 9) == "Metformin"
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert text.cursorPosition() == 10
    with qtbot.waitSignal(session.saved):
        QTest.keyClick(view, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: bool(view.selection().span_id))
    assert "drug" in interface.text(QAccessible.Text.Description)


def test_every_command_has_words(opened: MainWindow) -> None:
    actions = [opened.actions_[command] for command in COMMANDS]
    assert all(action.text().replace("&", "").strip() for action in actions)
    assert all(action.toolTip().strip() for action in actions)


def test_parts_are_reached_in_turn_by_f6(opened: MainWindow) -> None:
    opened.activateWindow()
    opened.area.view.setFocus()
    reached = []
    for _ in range(6):
        QTest.keyClick(opened, Qt.Key.Key_F6)
        reached.append(QApplication.focusWidget())
    assert opened.docks.queue.view in reached
    assert opened.area.view in reached
    assert any(part is not None and opened.docks.palette.isAncestorOf(part) for part in reached)


def ink(icon: QIcon) -> str:
    """Return the colour of an icon where it covers most of what is below it."""
    image = icon.pixmap(ICON_SIZE).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return max((image.pixelColor(x, y) for x, y in places), key=QColor.alpha).name()


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=list(GROUNDS))
def test_every_icon_in_a_menu_can_be_seen(window: MainWindow, ground: Ground) -> None:
    window.actions_.tint(ground)
    shown = [
        action
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if not action.icon().isNull() and action.isIconVisibleInMenu()
    ]
    assert len(shown) > 8
    for action in shown:
        assert contrast(ink(action.icon()), ground.raised) > 3, action.objectName()
