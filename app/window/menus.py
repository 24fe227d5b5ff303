"""The menu bar and the toolbar, built from the table of commands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolButton, QWidget

from app.texts import translated, without_mnemonic
from app.window.actions import Actions
from app.window.command import CONTEXT
from app.window.commands import MENUS, TOOLBAR
from app.window.toolbar import Toolbar

_WITH_TEXT = {"data.import": 0, "data.export": 0, "model.export": 1, "model.retrain": 2}
"""Commands whose buttons say their name, and how long they do where room is short."""
_AT_FAR_END = 5


def build_menus(window: QMainWindow, actions: Actions) -> dict[str, QMenu]:
    """Fill the window's menu bar and return its menus by id."""
    menus: dict[str, QMenu] = {}
    for menu in MENUS:
        made = window.menuBar().addMenu(translated(CONTEXT, menu.text))
        made.setToolTipsVisible(False)
        for command in menu.commands:
            if command is None:
                made.addSeparator()
            else:
                made.addAction(actions[command.id])
        menus[menu.id] = made
    colours = QActionGroup(window)
    for name in ("view.light", "view.dark", "view.contrast", "view.system"):
        colours.addAction(actions[name])
    return menus


def tie_docks(actions: Actions, toggles: Iterable[QAction]) -> None:
    """Let commands show and hide the queue and the labels, and be ticked while these are shown."""
    for command_id, toggle in zip(("view.queue", "view.labels"), toggles, strict=True):
        action = actions[command_id]
        action.setChecked(toggle.isChecked())
        action.triggered.connect(toggle.trigger)
        toggle.toggled.connect(action.setChecked)


def build_toolbar(window: QMainWindow, actions: Actions, title: str) -> Toolbar:
    """Build the one toolbar row."""
    bar = Toolbar(title, window)
    for place, name in enumerate(TOOLBAR):
        if place == len(TOOLBAR) - _AT_FAR_END:
            gap = QWidget()
            gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(gap)
        if name is None:
            bar.addSeparator()
            continue
        bar.addAction(actions[name])
        button = bar.widgetForAction(actions[name])
        if isinstance(button, QToolButton):
            if name in _WITH_TEXT:
                bar.set_named(button, _WITH_TEXT[name])
            if name == "model.retrain":
                button.setProperty("role", "primary")
            button.setAccessibleName(translated(CONTEXT, _plain(actions[name].text())))
    window.addToolBar(bar)
    return bar


def _plain(text: str) -> str:
    return without_mnemonic(text)
