"""The strip at the bottom of the window: what goes on, its figures, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from app.design.icons import icon, pixmap
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Ground
from app.quantities import whole
from app.texts import translated
from app.training.elided import ElidedLabel
from app.training.figures import tabular
from app.training.state import Action, Phase, State, Tone, actions
from app.training.words import ACTION_ICONS, ACTION_TEXTS, ACTION_TIPS, Words
from core.worker.messages import SearchProgress

STRIP_HEIGHT = 38
"""Height of the strip in device-independent pixels."""

_SIGN = 16
_BAR_WIDTH = 120
_WORDS_FROM = 1240
"""Width of the strip from which the buttons of a running training show their names too."""
_LEAST_HEADLINE = 260
_LEAST_WIDTH = 480
_ASIDE = 220
_MEASURED = {
    Phase.TRAINING,
    Phase.PAUSED,
    Phase.STOPPING,
    Phase.COMPARING,
    Phase.SCORING,
    Phase.SEARCHING,
    Phase.ADAPTING,
}
_NAMED = {
    Action.RESUME_RUN,
    Action.DISCARD_RUN,
    Action.QUICK_UPDATE,
    Action.SCORE,
    Action.ADAPT,
    Action.OPEN_FOLDER,
}
_SIGNS = {Tone.PLAIN: "model", Tone.GOOD: "done", Tone.WARNING: "warning", Tone.DANGER: "warning"}


class Reading(QLabel):
    """One figure with its name; as wide as its widest value, so that nothing jumps."""

    def __init__(self, name: str, widest: str) -> None:
        """Show nothing yet.

        Args:
            name: Of the figure, may be empty.
            widest: A value that is as wide as any.
        """
        super().__init__()
        self._name = name
        self._value = ""
        self._quiet = ""
        self.setFont(tabular(self.font()))
        self.setTextFormat(Qt.TextFormat.RichText)
        shown = f"{name} {widest}" if name else widest
        self.setContentsMargins(0, 0, SPACE_L, 0)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(shown) + SPACE_L)

    @property
    def value(self) -> str:
        """The figure as it is shown; empty while there is none."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show another value."""
        if value != self._value:
            self._value = value
            self._show()

    def tint(self, ground: Ground) -> None:
        """Draw the name in the quiet colour of a ground."""
        self._quiet = ground.quiet
        self._show()

    def _show(self) -> None:
        self.setAccessibleName(f"{self._name} {self._value}".strip())
        name = f'<span style="color:{self._quiet}">{self._name}</span> ' if self._name else ""
        self.setText(name + self._value if self._value else "")


class Strip(QWidget):
    """Shows a State and asks for actions."""

    asked = Signal(object)
    """A button was pressed (Action)."""
    opened = Signal(bool)
    """The charts are to be shown, or hidden."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build the strip."""
        super().__init__(parent)
        self._ground = ground
        self._words = Words(self)
        self._state = State()
        self.setFixedHeight(STRIP_HEIGHT)
        # The window may be narrower than all figures together: what does not fit is left out.
        self.setMinimumWidth(_LEAST_WIDTH)
        self.sign = QLabel()
        self.sign.setFixedSize(_SIGN, _SIGN)
        self.headline = ElidedLabel()
        self.aside = ElidedLabel()
        self.aside.setProperty("role", "quiet")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(_BAR_WIDTH)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self._progress = QWidget()
        self.f1 = Reading(self.tr("F1"), "0.00")
        self.best = Reading(self.tr("best"), "0.00")
        self.left = Reading("", self.tr("{0} left").format("00 min"))
        self.loss = Reading(self.tr("loss"), "0.000")
        self.speed = Reading("", self.tr("{0} tokens/s").format("00,000"))
        self.device = Reading("", "")
        self.buttons = {action: self._button(action) for action in Action}
        self.chevron = QToolButton()
        self.chevron.setProperty("role", "icon")
        self.chevron.setCheckable(True)
        self.chevron.setIconSize(QSize(20, 20))
        self.chevron.toggled.connect(self._on_toggled)
        self._lay_out()
        self._name_chevron(opened=False)
        self.tint(ground)
        self.show_state(self._state)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The figures, the most important first."""
        return (self.f1, self.left, self.best, self.loss, self.speed, self.device)

    def show_state(self, state: State) -> None:
        """Show what goes on."""
        self._state = state
        tone = self._words.tone(state)
        self.headline.set_text(self._words.headline(state))
        self.headline.set_role("" if tone is Tone.GOOD else tone.value)
        self.aside.set_text(self._words.aside(state))
        self._show_sign(tone)
        self._show_bar(state)
        self._show_readings(state)
        offered = actions(state)
        for action, button in self.buttons.items():
            button.setVisible(action in offered)
            button.setEnabled(not (state.awaiting or state.cancelling) or action is Action.CANCEL)
        self.buttons[Action.CANCEL].setEnabled(not state.cancelling)
        self._fit()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        for reading in self.readings:
            reading.tint(ground)
        for action, button in self.buttons.items():
            button.setIcon(icon(ACTION_ICONS[action], ground))
        self._show_sign(self._words.tone(self._state))
        self._name_chevron(opened=self.chevron.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open or close the charts."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chevron.toggle()

    def _show_sign(self, tone: Tone) -> None:
        ground = self._ground
        ink = {
            Tone.GOOD: ground.good,
            Tone.WARNING: ground.warning,
            Tone.DANGER: ground.danger,
        }.get(tone, ground.accent if self._state.busy else ground.quiet)
        name = "retrain" if self._state.busy else _SIGNS[tone]
        self.sign.setPixmap(pixmap(name, ink, _SIGN, self.devicePixelRatioF()))

    def _show_bar(self, state: State) -> None:
        self._progress.setVisible(state.phase in _MEASURED)
        if state.phase is Phase.SCORING:
            self._set_bar(state.done, state.total)
        elif state.search is not None:
            self._set_bar(state.search.step, state.search.total_steps)
        elif state.phase is Phase.ADAPTING:
            self._set_bar(round(100 * state.adapting.share) if state.adapting else 0, 100)
        elif state.phase in {Phase.STOPPING, Phase.COMPARING}:
            self._set_bar(1, 1)
        elif state.progress is not None:
            self._set_bar(state.progress.step, state.progress.total_steps)
        else:
            total = state.started.total_steps if state.started is not None else 0
            self._set_bar(state.started.resumed_step if state.started is not None else 0, total)

    def _set_bar(self, done: int, total: int) -> None:
        # A range of nothing would make Qt's bar run to and fro.
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(min(done, max(total, 1)))

    def _show_readings(self, state: State) -> None:
        progress = state.progress if state.trains else None
        f1, best = (state.f1, state.best_f1) if state.trains else (None, None)
        self.f1.set_value(f"{f1:.2f}" if f1 is not None else "")
        self.best.set_value(f"{best:.2f}" if best is not None else "")
        self.loss.set_value(f"{progress.loss:.3f}" if progress is not None else "")
        runs = progress is not None and state.phase is Phase.TRAINING
        timed = state.adapting if state.phase is Phase.ADAPTING else progress if runs else None
        left = self._words.duration(timed.seconds_left) if timed is not None else ""
        self.left.set_value(self.tr("{0} left").format(left) if timed is not None else "")
        speed = whole(progress.tokens_per_second) if progress is not None else ""
        self.speed.set_value(self.tr("{0} tokens/s").format(speed) if runs else "")
        self.device.set_value(self._device(state))
        if state.search is not None:
            self._show_search(state.search, state.best_f1)

    def _show_search(self, search: SearchProgress, best: float | None) -> None:
        self.f1.set_value(f"{search.f1:.2f}" if search.f1 is not None else "")
        self.best.set_value(f"{best:.2f}" if best is not None else "")
        left = self._words.duration(search.seconds_left)
        self.left.set_value(self.tr("{0} left").format(left) if search.seconds_left else "")
        self.device.set_value(search.device)

    def _device(self, state: State) -> str:
        started = state.started
        if started is None or not state.trains:
            return ""
        if started.precision in started.device:
            return started.device
        return f"{started.device} · {started.precision}"

    def _fit(self) -> None:
        """Hide the least important figures until the headline has room."""
        named = self.width() >= _WORDS_FROM
        for action, button in self.buttons.items():
            beside = named or action in _NAMED
            button.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                if beside
                else Qt.ToolButtonStyle.ToolButtonIconOnly
            )
        taken = sum(
            button.sizeHint().width()
            for button in (*self.buttons.values(), self.chevron)
            if not button.isHidden()
        )
        wanted = self.headline.full_width() + SPACE_S if self._state.busy else 0
        taken += SPACE_L + _SIGN + SPACE_S + max(wanted, _LEAST_HEADLINE) + SPACE_XS + SPACE_M
        taken += 0 if self._progress.isHidden() else _BAR_WIDTH + 2 * SPACE_L
        told = bool(self.aside.text())
        taken += _ASIDE if told else 0
        self.aside.setVisible(told)
        for reading in self.readings:
            width = max(reading.sizeHint().width(), reading.minimumWidth())
            fits = bool(reading.value) and taken + width <= self.width()
            reading.setVisible(fits)
            taken += width if fits else 0

    def _button(self, action: Action) -> QToolButton:
        button = QToolButton()
        button.setText(translated("Training", ACTION_TEXTS[action]))
        button.setAccessibleName(button.text())
        button.setToolTip(translated("Training", ACTION_TIPS[action]))
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(lambda: self.asked.emit(action))
        return button

    def _on_toggled(self, opened: bool) -> None:
        self._name_chevron(opened=opened)
        self.opened.emit(opened)

    def _name_chevron(self, *, opened: bool) -> None:
        text = self.tr("Hide the charts") if opened else self.tr("Show the charts")
        self.chevron.setAccessibleName(text)
        self.chevron.setToolTip(text)
        self.chevron.setIcon(icon("down" if opened else "up", self._ground, self._ground.quiet))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, 0, SPACE_M, 0)
        row.setSpacing(0)
        row.addWidget(self.sign)
        row.addSpacing(SPACE_S)
        row.addWidget(self.headline, 3)
        row.addWidget(self.aside, 2)
        progress = QHBoxLayout(self._progress)
        progress.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        progress.addWidget(self.bar)
        row.addWidget(self._progress)
        for part in (self.left, self.f1, self.best, self.loss, self.speed, self.device):
            row.addWidget(part)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addSpacing(SPACE_XS)
        row.addWidget(self.chevron)
