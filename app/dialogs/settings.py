"""The settings, one row each, built from what the preferences offer."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.design.fonts import BUNDLED_FAMILY
from app.design.number_box import number_box
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS
from app.dialogs.dialog import Dialog, line, text_label
from app.dialogs.fields import PathField
from app.dialogs.memory_table import MemoryTable
from app.preferences import Preferences
from app.settings import OFFERED, Choice, Face, Folder, Number, Setting, Switch
from app.texts import QT_TRANSLATE_NOOP, translated
from core.learning.free_memory import free_memory
from core.learning.training_memory import PROCESS_BYTES

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_CONTEXT = "Preferences"
_SECTIONS = {
    "look": QT_TRANSLATE_NOOP("Preferences", "Look"),
    "queue": QT_TRANSLATE_NOOP("Preferences", "Queue"),
    "start": QT_TRANSLATE_NOOP("Preferences", "Start"),
    "training": QT_TRANSLATE_NOOP("Preferences", "Training"),
}
"""Headings by the first part of a setting's key; a part without one is shown as it is."""

_CONTROL_WIDTH = 300


class SettingsDialog(Dialog):
    """Shows all settings; each holds as soon as it is changed."""

    def __init__(self, host: MainWindow, offered: tuple[Setting, ...] = OFFERED) -> None:
        """Show the settings as they are.

        Args:
            host: The window.
            offered: What is shown, in its order, under a heading for each first part of a key.
        """
        super().__init__(
            host,
            title=self.tr("Settings"),
            lead=self.tr(
                "For you on this machine. A change holds at once; language and size of everything "
                "from the next start."
            ),
            primary=self.tr("Done"),
            cancel="",
            name="settings",
            enter=False,
            size=QSize(680, 620),
        )
        self.controls: dict[str, QWidget] = {}
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, SPACE_M, 0)
        column.setSpacing(SPACE_S)
        for section, settings in groupby(offered, key=lambda setting: setting.key.split("/")[0]):
            heading = QLabel(translated(_CONTEXT, _SECTIONS.get(section, section.capitalize())))
            heading.setProperty("role", "lead")
            column.addWidget(heading)
            column.addWidget(line())
            column.addLayout(self._rows(list(settings)))
            if section == "training":
                column.addSpacing(SPACE_S)
                self.memory = MemoryTable(host.preferences, self._free_memory)
                column.addWidget(self.memory)
            column.addSpacing(SPACE_L)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(held)
        self.body.addWidget(scroll)

    def _free_memory(self) -> int:
        free = free_memory()
        # Without a project there is no worker yet, whose libraries take their part.
        return free if self.host.panel is not None else max(free - PROCESS_BYTES, 0)

    def _rows(self, settings: list[Setting]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_XL)
        grid.setVerticalSpacing(SPACE_M)
        grid.setColumnStretch(0, 1)
        grid.setContentsMargins(0, SPACE_XS, 0, 0)
        for row, setting in enumerate(settings):
            title = QLabel(translated(_CONTEXT, setting.title))
            description = translated(_CONTEXT, setting.description)
            control = _control(setting, self.host.preferences)
            takes_keys = control.edit if isinstance(control, PathField) else control
            takes_keys.setAccessibleName(title.text())
            takes_keys.setAccessibleDescription(description)
            title.setBuddy(takes_keys)
            control.setFixedWidth(_CONTROL_WIDTH)
            self.controls[setting.key] = control
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(title)
            words.addWidget(text_label(description, "small"))
            words.addStretch(1)
            grid.addLayout(words, row, 0)
            grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignTop)
        return grid


def _control(setting: Setting, preferences: Preferences) -> QWidget:
    """Return a control that shows a setting and sets it."""
    if isinstance(setting, Choice):
        return _choice(setting, preferences)
    if isinstance(setting, Number):
        return _number(setting, preferences)
    if isinstance(setting, Switch):
        return _switch(setting, preferences)
    if isinstance(setting, Face):
        return _face(setting, preferences)
    return _folder(setting, preferences)


def _choice(setting: Choice, preferences: Preferences) -> QComboBox:
    control = QComboBox()
    for value, title in setting.choices:
        control.addItem(translated(_CONTEXT, title), value)
    control.setCurrentIndex(control.findData(preferences.choice(setting)))
    control.activated.connect(lambda: preferences.set(setting, str(control.currentData())))
    return control


def _number(setting: Number, preferences: Preferences) -> QSpinBox:
    control = number_box(setting.least, setting.most, preferences.number(setting))
    control.valueChanged.connect(lambda value: preferences.set(setting, value))
    return control


def _switch(setting: Switch, preferences: Preferences) -> QCheckBox:
    def text() -> str:
        return translated(_CONTEXT, _ON if control.isChecked() else _OFF)

    control = QCheckBox()
    control.setChecked(preferences.switch(setting))
    control.setText(text())
    control.toggled.connect(lambda: control.setText(text()))
    control.toggled.connect(lambda on: preferences.set(setting, on))
    return control


def _face(setting: Face, preferences: Preferences) -> QComboBox:
    control = QComboBox()
    control.addItem(BUNDLED_FAMILY, "")
    for value, title in _FACE_TITLES.items():
        control.addItem(translated(_CONTEXT, title), value)
    control.insertSeparator(control.count())
    for family in QFontDatabase.families():
        if not QFontDatabase.isPrivateFamily(family) and family != BUNDLED_FAMILY:
            control.addItem(family, family)
    control.setCurrentIndex(max(control.findData(preferences.face(setting)), 0))
    control.activated.connect(lambda: preferences.set(setting, str(control.currentData())))
    return control


def _folder(setting: Folder, preferences: Preferences) -> PathField:
    title = translated(_CONTEXT, setting.title)
    control = PathField(Path(), caption=title)
    control.edit.setText(preferences.folder(setting))
    # The text is kept, not a path made of it: it may be the name of a model.
    control.edit.textChanged.connect(lambda text: preferences.set(setting, text.strip()))
    return control


_FACE_TITLES = {
    "system": QT_TRANSLATE_NOOP("Preferences", "As the controls"),
    "serif": QT_TRANSLATE_NOOP("Preferences", "With serifs"),
    "monospace": QT_TRANSLATE_NOOP("Preferences", "All letters as wide"),
}
"""Of the faces that every system has, by their names in ``app.design.fonts.FACES``."""
_ON = QT_TRANSLATE_NOOP("Preferences", "On")
_OFF = QT_TRANSLATE_NOOP("Preferences", "Off")


def settings(window: MainWindow) -> None:
    """Show the settings."""
    SettingsDialog(window).open()
