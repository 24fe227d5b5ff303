"""Fields for what a label has besides its name: its colour and its key."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import (
    CONTRAST,
    RADIUS,
    SPACE_M,
    SPACE_S,
    SPACE_XS,
    Ground,
    contrast,
    legible,
    mix,
)
from app.dialogs.dialog import set_style, text_label
from app.window.commands import name_of
from app.window.keymap import Keymap
from core.schema.labels import PALETTE

_SIDE = 26
_COLUMNS = 5
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")


class Swatch(QAbstractButton):
    """A square of one colour, ringed where it is chosen."""

    def __init__(self, colour: str, ground: Ground) -> None:
        """Build a swatch."""
        super().__init__()
        self.colour = colour
        self.ground = ground
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_colour(colour)

    def set_colour(self, colour: str) -> None:
        """Show another colour."""
        self.colour = colour
        self.setAccessibleName(self.tr("Colour {0}").format(colour))
        self.setToolTip(colour)
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.rect().center()
        left, top = middle.x() - 9, middle.y() - 9
        edge = legible(self.colour, self.ground.chrome, 3.0)
        painter.setPen(QPen(QColor(edge if self.isEnabled() else self.ground.line), 1))
        painter.setBrush(QColor(self.colour if self.isEnabled() else self.ground.hover))
        painter.drawRoundedRect(left, top, 18, 18, SPACE_XS, SPACE_XS)
        if self.isChecked() or self.hasFocus():
            ink = self.ground.accent if self.hasFocus() else self.ground.text
            painter.setPen(QPen(QColor(ink), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(left - 3, top - 3, 24, 24, RADIUS, RADIUS)


class ColourPicker(QWidget):
    """The palette as swatches, any other colour as hexadecimal digits, and how it reads."""

    chosen = Signal(str)
    """The user chose a colour (``#RRGGBB``)."""

    def __init__(self, colour: str, ground: Ground) -> None:
        """Show a colour."""
        super().__init__()
        self._ground = ground
        self.colour = colour
        self._group = QButtonGroup(self)
        self.swatches: dict[str, Swatch] = {}
        grid = QGridLayout()
        grid.setSpacing(SPACE_XS)
        for index, offered in enumerate(PALETTE):
            swatch = Swatch(offered, ground)
            swatch.setCheckable(True)
            swatch.clicked.connect(lambda _=False, colour=offered: self._choose(colour))
            self._group.addButton(swatch)
            self.swatches[offered] = swatch
            grid.addWidget(swatch, index // _COLUMNS, index % _COLUMNS)
        self.hex = QLineEdit()
        self.hex.setAccessibleName(self.tr("Colour as # and six hexadecimal digits"))
        self.hex.setMaxLength(7)
        self.hex.setFixedWidth(92)
        self.hex.textEdited.connect(self._on_typed)
        self.mark = _Mark(ground)
        self.ratio = text_label("", "small")
        beside = QVBoxLayout()
        beside.setSpacing(SPACE_XS)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.hex)
        row.addWidget(self.mark, 1)
        beside.addLayout(row)
        beside.addWidget(self.ratio)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE_M)
        whole.addLayout(grid)
        whole.addLayout(beside, 1)
        self.set_colour(colour)

    def set_colour(self, colour: str) -> None:
        """Show a colour without telling of it."""
        self.colour = colour
        self.hex.setText(colour)
        self._show()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        self.mark.ground = ground
        for swatch in self.swatches.values():
            swatch.ground = ground
        self._show()

    def _choose(self, colour: str) -> None:
        self.set_colour(colour)
        self.chosen.emit(colour)

    def _on_typed(self, text: str) -> None:
        match = _HEX.fullmatch(text.strip())
        if match is None:
            self.ratio.setText(self.tr("# and six digits, 0 to 9 and A to F"))
            set_style(self.hex, "invalid", "true")
            return
        self.colour = f"#{match[1].upper()}"
        self._show()
        self.chosen.emit(self.colour)

    def _show(self) -> None:
        set_style(self.hex, "invalid", "false")
        self._group.setExclusive(False)
        for colour, swatch in self.swatches.items():
            swatch.setChecked(colour == self.colour)
        self._group.setExclusive(True)
        self.mark.set_colour(self.colour)
        ratio = contrast(self.colour, self._ground.canvas)
        text = (
            self.tr("Contrast {0} to 1, reads well")
            if ratio >= CONTRAST
            else self.tr("Contrast {0} to 1: its name is set in a stronger tone")
        )
        self.ratio.setText(text.format(f"{ratio:.1f}"))


class _Mark(QWidget):
    """A word as it will look in a record when it has the label."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.ground = ground
        self._colour = PALETTE[0]
        self.setMinimumWidth(96)

    def set_colour(self, colour: str) -> None:
        """Show another colour."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a word with its fill, its underline and a name."""
        del event
        ground = self.ground
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(QColor(ground.line))
        painter.setBrush(QColor(ground.canvas))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        text = self.tr("metformin")
        width = painter.fontMetrics().horizontalAdvance(text) + SPACE_XS
        left, middle = SPACE_S, area.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mix(self._colour, ground.canvas, 0.6 if ground.dark else 0.72)))
        painter.drawRect(left, middle - 9, width, 18)
        painter.setBrush(QColor(legible(self._colour, ground.canvas, 3.0)))
        painter.drawRect(left, middle + 8, width, 2)
        painter.setPen(QColor(ground.text))
        painter.drawText(left, area.top(), width, area.height(), Qt.AlignmentFlag.AlignCenter, text)


class ColourButton(Swatch):
    """A swatch that opens a picker."""

    chosen = Signal(str)
    """The user chose a colour (``#RRGGBB``)."""

    def __init__(self, colour: str, ground: Ground) -> None:
        """Show a colour."""
        super().__init__(colour, ground)
        self.clicked.connect(self.open_picker)

    def open_picker(self) -> None:
        """Open the picker beneath, closed by Escape or a click elsewhere."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("role", "card")
        picker = ColourPicker(self.colour, self.ground)
        picker.chosen.connect(self._on_chosen)
        for swatch in picker.swatches.values():
            swatch.clicked.connect(popup.close)
        column = QVBoxLayout(popup)
        column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        column.addWidget(picker)
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.show()
        chosen = picker.swatches.get(self.colour)
        (chosen or picker.hex).setFocus()

    def _on_chosen(self, colour: str) -> None:
        self.set_colour(colour)
        self.chosen.emit(colour)


class KeyField(QLineEdit):
    """Takes the one key that is pressed in it, where a label may have it."""

    chosen = Signal(str)
    """The user pressed a key that is free, or cleared it (empty)."""
    refused = Signal(str)
    """The user pressed a key that a label may not have (why)."""

    def __init__(self, key: str, keymap: Keymap, owner: Callable[[str], str]) -> None:
        """Show a key.

        Args:
            key: One character, or empty.
            keymap: The keys in force; a label has none of them.
            owner: Returns which other label has a key; empty for none.
        """
        super().__init__(key)
        self._keymap = keymap
        self._owner = owner
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(44)
        self.setPlaceholderText("–")
        self.setAccessibleName(self.tr("Key; press the one you want, Backspace for none"))
        self.setToolTip(self.tr("Press the key you want; Backspace for none"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key, or say why not."""
        if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._take("")
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        text = event.text()
        typed = len(text) == 1 and text.isprintable() and not text.isspace()
        if not typed or held & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        key = text.lower() if len(text.lower()) == 1 else text
        why = self._why_not(key)
        if why:
            self.refused.emit(why)
        else:
            self._take(key)

    def _take(self, key: str) -> None:
        self.setText(key)
        self.chosen.emit(key)

    def lost(self) -> str:
        """Return why the key that is shown labels nothing; empty where it does."""
        return self._why_not(self.text()) if self.text() else ""

    def _why_not(self, key: str) -> str:
        command_id = self._keymap.verb_with(key)
        if command_id:
            return self.tr(
                "The key {0} is taken by “{1}”. Choose another, or free it: Help > Change keys."
            ).format(key.upper(), name_of(command_id))
        owner = self._owner(key)
        if owner:
            return self.tr("The key {0} belongs to {1}. Choose another.").format(key.upper(), owner)
        return ""
