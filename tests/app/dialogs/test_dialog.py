"""What holds for every dialog."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QPushButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

import app.dialogs
from app.design.tokens import Scheme
from app.dialogs.dialog import Dialog
from tests.app.dialogs.conftest import HostWindow, Open

OPENERS: dict[str, tuple[Callable[..., None], dict[str, Any]]] = {
    "new_project": (app.dialogs.new_project, {}),
    "open_project": (app.dialogs.open_project, {}),
    "ask_passphrase": (app.dialogs.ask_passphrase, {"folder": Path("A.chartmark")}),
    "import_files": (app.dialogs.import_files, {}),
    "export_data": (app.dialogs.export_data, {}),
    "export_model": (app.dialogs.export_model, {}),
    "settings": (app.dialogs.settings, {}),
    "edit_labels": (app.dialogs.edit_labels, {}),
    "term_lists": (app.dialogs.term_lists, {}),
    "keys": (app.dialogs.keys, {}),
    "adapt_backbone": (app.dialogs.adapt_backbone, {}),
    "learn_from_model": (app.dialogs.learn_from_model, {}),
    "mentions": (app.dialogs.mentions, {"text": "gout", "label": "drug", "document_id": None}),
}
every_dialog = pytest.mark.parametrize("name", OPENERS)


def opened(name: str, host: HostWindow, open_dialog: Open) -> Dialog:
    opener, given = OPENERS[name]
    dialog: Dialog = open_dialog(opener, host, Dialog, **given)
    return dialog


def test_the_package_offers_what_the_window_asks_for() -> None:
    assert set(OPENERS) == set(app.dialogs.__all__)


@every_dialog
def test_all_that_takes_keys_has_a_name(name: str, host: HostWindow, open_dialog: Open) -> None:
    dialog = opened(name, host, open_dialog)
    takes_keys = [
        child
        for child in dialog.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        # Parts of Qt's own widgets; their owner has the name.
        and not child.objectName().startswith("qt_")
        and not isinstance(child, QTabBar)
    ]
    assert takes_keys
    nameless = [
        child
        for child in takes_keys
        if not child.accessibleName() and not (isinstance(child, QAbstractButton) and child.text())
    ]
    assert not nameless


@every_dialog
def test_one_main_button_and_escape_closes(
    name: str, host: HostWindow, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = opened(name, host, open_dialog)
    main = [b for b in dialog.findChildren(QPushButton) if b.property("role") == "primary"]
    assert main == [dialog.primary]
    assert dialog.windowTitle() == dialog.title.text()
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


@every_dialog
@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.CONTRAST])
def test_follows_the_theme_and_clips_no_text(
    name: str, scheme: Scheme, host: HostWindow, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = opened(name, host, open_dialog)
    host.theme.set_scheme(scheme)
    chrome = host.theme.ground.chrome
    qtbot.waitUntil(lambda: dialog.grab().toImage().pixelColor(3, 3).name().upper() == chrome)
    qtbot.waitUntil(lambda: not clipped(dialog), timeout=2000)


def clipped(dialog: Dialog) -> list[str]:
    """Return the texts of a dialog, scrolled ones apart, that have less room than they need."""
    scrolled = {
        label
        for area in dialog.findChildren(QAbstractScrollArea)
        for label in area.findChildren(QLabel)
    }
    return [
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.isVisible() and label.text() and label not in scrolled
        if label.height()
        < max(
            label.heightForWidth(label.width()) if label.wordWrap() else 0,
            label.minimumSizeHint().height(),
        )
    ]


def test_no_dialog_blocks() -> None:
    for file in Path(app.dialogs.__file__).parent.glob("*.py"):
        called = {
            node.func.attr
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        blocking = {"exec", "exec_", "getOpenFileName", "getSaveFileName", "getExistingDirectory"}
        assert not called & blocking, file.name
