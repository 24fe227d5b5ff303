"""The small popup in which the goal of the day or the session is set."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.design.number_box import number_box
from app.design.tokens import SPACE_M, SPACE_S
from app.pace import Goal
from app.settings import GOAL


class GoalPopup(QFrame):
    """A number of records, for a day or for a session; Enter sets it, Escape leaves it."""

    chosen = Signal(object)
    """A goal was set (Goal)."""

    def __init__(self, goal: Goal, parent: QWidget | None = None) -> None:
        """Begin with the goal that holds."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Goal"))
        self.number = number_box(GOAL.least, GOAL.most, goal.records)
        self.number.setSpecialValueText(self.tr("none"))
        self.number.setGroupSeparatorShown(True)
        self.number.setAccessibleName(self.tr("Records to be done"))
        self.span = QComboBox()
        self.span.addItem(self.tr("records a day"), True)
        self.span.addItem(self.tr("records in this session"), False)
        self.span.setCurrentIndex(self.span.findData(goal.daily))
        self.span.setAccessibleName(self.tr("For the day or for this session"))
        self.button = QPushButton(self.tr("Set"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._choose)
        self.number.lineEdit().returnPressed.connect(self._choose)
        label = QLabel(self.tr("&Goal"))
        label.setBuddy(self.number)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        row.setSpacing(SPACE_S)
        for part in (label, self.number, self.span, self.button):
            row.addWidget(part)

    def open_over(self, anchor: QWidget) -> None:
        """Show it above a widget, with the keys in the number."""
        self.adjustSize()
        corner = anchor.mapToGlobal(anchor.rect().topLeft())
        self.move(corner.x() + SPACE_S, corner.y() - self.height() - SPACE_S)
        self.show()
        self.number.setFocus(Qt.FocusReason.PopupFocusReason)
        self.number.selectAll()

    def _choose(self) -> None:
        self.number.interpretText()
        self.chosen.emit(Goal(self.number.value(), daily=bool(self.span.currentData())))
        self.close()
