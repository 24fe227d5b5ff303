"""The page of the search for a recipe: begin, watch and stop one, and see what it found."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.design.number_box import number_box
from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, Ground
from app.training.elided import ElidedLabel
from app.training.history_chart import HistoryChart
from app.training.library import Library
from app.training.parallel_chart import ParallelChart
from app.training.search_words import SearchWords
from app.training.state import Phase, State
from app.training.trials_table import TrialsTable
from core.operations.searching import resumable

_LEAST_MINUTES, _MOST_MINUTES, _USUAL_MINUTES = 1, 24 * 60, 30


class SearchPage(QWidget):
    """Shows the last search of a project."""

    start_asked = Signal(int)
    """A search is to begin, for so many minutes."""
    resume_asked = Signal(int)
    """The last search is to go on, for so many minutes."""
    stop_asked = Signal()
    """The search is to end after the running trial."""
    cancel_asked = Signal()
    """The search is to end at once."""
    built_in_asked = Signal()
    """The built-in recipe is to be the default again."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build an empty page."""
        super().__init__(parent)
        self._library = Library()
        self._state = State()
        self._words = SearchWords(self)
        self.minutes = number_box(_LEAST_MINUTES, _MOST_MINUTES, _USUAL_MINUTES)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("How long to search"))
        self.start = QPushButton(self.tr("Search for a recipe"))
        self.start.setProperty("role", "primary")
        self.resume = QPushButton(self.tr("Go on with the last search"))
        self.stop = QPushButton(self.tr("Stop after this trial"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.built_in = QPushButton(self.tr("Use the built-in recipe"))
        self.built_in.setProperty("role", "quiet")
        self.standing = ElidedLabel()
        self.recipe = QLabel()
        self.recipe.setProperty("role", "small")
        self.table = TrialsTable(ground)
        self.history = HistoryChart(ground)
        self.parallel = ParallelChart(ground)
        self.table.trial_chosen.connect(self.parallel.choose)
        self.start.clicked.connect(lambda: self.start_asked.emit(self.minutes.value()))
        self.resume.clicked.connect(lambda: self.resume_asked.emit(self.minutes.value()))
        self.stop.clicked.connect(self.stop_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.built_in.clicked.connect(self.built_in_asked)
        self._lay_out()
        self._show()

    def show_library(self, library: Library) -> None:
        """Show the last search of a project and its recipe."""
        if (library.search, library.own_recipe) != (self._library.search, self._library.own_recipe):
            self._library = library
            self._show()

    def show_state(self, state: State) -> None:
        """Offer what can be done now."""
        before, self._state = self._state, state
        if (before.phase, before.awaiting, before.cancelling) != (
            state.phase,
            state.awaiting,
            state.cancelling,
        ):
            self._show()

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self.table.tint(ground)
        self.history.tint(ground)
        self.parallel.tint(ground)

    def _show(self) -> None:
        search, state = self._library.search, self._state
        going_on = state.phase is Phase.SEARCHING
        free = state.phase in {Phase.IDLE, Phase.SCORING}
        trials = search.trials if search is not None else ()
        self.table.trials.set_trials(trials)
        self.history.show_trials(trials)
        self.parallel.show_trials(trials)
        message = self._words.standing(search, going_on=going_on)
        self.standing.set_text(f"{message.text} {message.remedy}".strip())
        self.standing.set_role(message.tone.value)
        own = self._library.own_recipe
        self.recipe.setText(self._words.recipe(own))
        self.recipe.setToolTip(self._words.values(own) if own is not None else "")
        for widget in (self.start, self.minutes):
            widget.setVisible(not going_on)
            widget.setEnabled(free)
        can_go_on = search is not None and resumable([search]) is not None
        self.resume.setVisible(not going_on and can_go_on)
        self.resume.setEnabled(free)
        for button in (self.stop, self.cancel):
            button.setVisible(going_on)
        self.stop.setEnabled(not (state.awaiting or state.cancelling))
        self.cancel.setEnabled(not state.cancelling)
        self.built_in.setVisible(own is not None and not going_on)
        self.table.setVisible(bool(trials))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        for button in (self.minutes, self.start, self.resume, self.stop, self.cancel):
            head.addWidget(button)
        head.addSpacing(SPACE_S)
        head.addWidget(self.standing, 1)
        head.addWidget(self.recipe)
        head.addWidget(self.built_in)
        body = QHBoxLayout()
        body.setSpacing(SPACE_XL)
        body.addWidget(self.table, 5)
        body.addWidget(self.history, 4)
        body.addWidget(self.parallel, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_S)
        column.setSpacing(SPACE_M)
        column.addLayout(head)
        column.addLayout(body, 1)
