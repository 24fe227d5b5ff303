"""The line over the record with its suggestions: which one is selected, and how sure they must be.

The slider hides suggestions that are less sure; the line always says how many it hides.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QWidget,
)

from app.confidence import percent
from app.design.icons import icon, pixmap
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Ground
from app.record import Record
from app.settings import LEAST_SURE
from app.training.elided import ElidedLabel

_STEP = 5
_SLIDER_WIDTH = 96
_ONE_ROW = 780
"""From this width on all stands in one row; by the width alone, so that stepping moves nothing."""


class SuggestionBar(QFrame):
    """Counts, steps, a filter by confidence, and the two verdicts."""

    step_requested = Signal(int)
    """The next (1) or previous (-1) suggestion is wanted."""
    least_chosen = Signal(int)
    """Suggestions are to be shown from another confidence on, in per cent."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the bar, hidden."""
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._in_one_row = True
        self.count = ElidedLabel()
        self._previous = self._button(self.tr("Previous suggestion"))
        self._next = self._button(self.tr("Next suggestion"))
        self._sign = QLabel()
        self.slider = self._made_slider()
        self.least = QLabel()
        self.least.setFixedWidth(self.fontMetrics().horizontalAdvance(self._percent(100)) + SPACE_S)
        self.shown = QLabel()
        self.shown.setProperty("role", "small")
        self.show_all = QToolButton()
        self.show_all.setText(self.tr("Show all"))
        policy = self.show_all.sizePolicy()
        # The text under the bar must not move when the first suggestion is hidden.
        policy.setRetainSizeWhenHidden(True)
        self.show_all.setSizePolicy(policy)
        self.accept = QToolButton()
        self.reject = QToolButton()
        self._steps = self._row(self.count, self._previous, self._next)
        self._filter = self._row(self._sign, self.slider, self.least, self.shown, self.show_all)
        self._verdicts = self._row(self.accept, self.reject)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE_L, SPACE_XS, SPACE_M, SPACE_XS)
        self._grid.setHorizontalSpacing(SPACE_M)
        self._grid.setVerticalSpacing(SPACE_XS)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._steps, 0, 0)
        self._grid.addWidget(self._verdicts, 0, 2)
        self._place_filter()
        self._previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self._next.clicked.connect(lambda: self.step_requested.emit(1))
        self.slider.valueChanged.connect(self.least_chosen)
        self.show_all.clicked.connect(lambda: self.slider.setValue(0))
        self.tint(ground)
        self.hide()

    def set_actions(self, accept: QAction, reject: QAction) -> None:
        """Give the verdicts their actions."""
        for button, action in ((self.accept, accept), (self.reject, reject)):
            button.setDefaultAction(action)

    def set_least(self, least: int) -> None:
        """Show from which confidence on (per cent) suggestions are shown, without telling of it."""
        self.slider.blockSignals(True)
        self.slider.setValue(least)
        self.slider.blockSignals(False)
        self.least.setText(self._percent(least) if least else self.tr("all"))

    def step_least(self, steps: int) -> None:
        """Show suggestions from a confidence on that is so many steps of 5 % higher."""
        self.slider.setValue((self.slider.value() // _STEP + steps) * _STEP)

    def show_counts(self, record: Record, shown: Record, selected: int) -> None:
        """Say what there is, what is hidden, and which suggestion is selected.

        Args:
            record: With all its suggestions.
            shown: With those alone that are sure enough.
            selected: Key of the selected suggestion, 0 for none.
        """
        total, seen = len(record.suggestions), len(shown.suggestions)
        keys = [item.id for item in shown.suggestions]
        number = QLocale().toString
        if selected in keys:
            chosen = shown.suggestions[keys.index(selected)]
            sure = (
                self.tr("dictionary")
                if chosen.term_list_id
                else self.tr("{0} % sure").format(number(percent(chosen.score)))
            )
            self.count.set_text(
                self.tr("{0} of {1}: {2}, {3}").format(
                    number(keys.index(selected) + 1), number(seen), chosen.label, sure
                )
            )
        elif seen < total and not seen:
            self.count.set_text(self.tr("No suggestion is that sure"))
        elif total == 1:
            self.count.set_text(self.tr("1 suggestion"))
        else:
            self.count.set_text(self.tr("{0} suggestions").format(number(total)))
        self.shown.setText(self.tr("{0} of {1} shown").format(number(seen), number(total)))
        self.slider.setAccessibleDescription(self.shown.text())
        self.shown.setVisible(seen < total)
        self.show_all.setVisible(seen < total)
        for button in (self._previous, self._next):
            button.setEnabled(seen > 0)

    def tint(self, ground: Ground) -> None:
        """Draw the icons for a ground."""
        self._previous.setIcon(icon("previous", ground, ground.quiet))
        self._next.setIcon(icon("next", ground, ground.quiet))
        self._sign.setPixmap(pixmap("filter", ground.quiet, 16, self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one row or in two, as the width lets it."""
        super().resizeEvent(event)
        if (event.size().width() >= _ONE_ROW) != self._in_one_row:
            self._in_one_row = not self._in_one_row
            self._place_filter()

    def _place_filter(self) -> None:
        self._grid.removeWidget(self._filter)
        left = Qt.AlignmentFlag.AlignLeft
        if self._in_one_row:
            self._grid.addWidget(self._filter, 0, 1)
        else:
            self._grid.addWidget(self._filter, 1, 0, 1, 3, left)

    def _made_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(LEAST_SURE.least, LEAST_SURE.most)
        slider.setSingleStep(_STEP)
        slider.setPageStep(2 * _STEP)
        slider.setFixedWidth(_SLIDER_WIDTH)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setAccessibleName(self.tr("Show suggestions from this confidence on"))
        slider.setToolTip(self.tr("Show suggestions from this confidence on  (< and >)"))
        return slider

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "icon")
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _row(self, *parts: QWidget) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_XS)
        for part in parts:
            row.addWidget(part)
        return whole

    def _percent(self, value: int) -> str:
        return self.tr("{0} %").format(QLocale().toString(value))
