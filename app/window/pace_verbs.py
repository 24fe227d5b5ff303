"""Keeps the pace lines true to the open project, and asks for the goal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from app.pace import Goal, GoalWatch, Pace
from app.record import Record
from app.settings import GOAL, GOAL_DAILY, PACE
from app.window.goal_popup import GoalPopup
from app.window.pace_bar import PaceBar
from core.store.changes import ChangeSet
from core.store.workday import Work, WorkCount

if TYPE_CHECKING:
    from app.session import Session
    from app.window.main_window import MainWindow

_TICK_MS = 1000
_LEAST_ROOM = 340
"""Height of the queue under which the lines leave their room to the records."""


class PaceVerbs(QObject):
    """Counts for the open project, and shows it under the queue while the user wants that.

    Attributes:
        bar: The lines.
    """

    def __init__(self, window: MainWindow) -> None:
        """Put the lines under the queue of a window."""
        super().__init__(window)
        self._window = window
        self._pace = Pace()
        self._watch = GoalWatch()
        self._of_session: WorkCount | None = None
        self._of_day: WorkCount | None = None
        self._day = date.min
        self._done_today = self._done_here = Work()
        self.bar = PaceBar(window.theme.ground)
        layout = window.docks.queue.layout()
        if layout is not None:
            layout.addWidget(self.bar)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_time)
        window.docks.queue.installEventFilter(self)
        self.bar.clicked.connect(self.ask_goal)
        window.project_opened.connect(self._on_project_opened)
        window.area.view.activity.connect(self._pace_note)
        window.theme.changed.connect(self.bar.tint)
        window.preferences.changed.connect(self._on_preference)
        self._show_or_hide()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        return {"view.pace": self.toggle, "view.goal": self.ask_goal}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the queue."""
        if event.type() == QEvent.Type.Resize:
            self._show_or_hide()
        return super().eventFilter(watched, event)

    def toggle(self) -> None:
        """Show the pace, or no longer."""
        preferences = self._window.preferences
        preferences.set(PACE, not preferences.switch(PACE))

    def ask_goal(self) -> None:
        """Ask how many records are to be done."""
        popup = GoalPopup(self.goal(), self._window)
        popup.chosen.connect(self._set_goal)
        popup.open_over(self.bar if self.bar.isVisible() else self._window.area)

    def goal(self) -> Goal:
        """Return the goal that is set."""
        preferences = self._window.preferences
        return Goal(preferences.number(GOAL), daily=preferences.switch(GOAL_DAILY))

    def _set_goal(self, goal: Goal) -> None:
        self._window.preferences.set(GOAL_DAILY, goal.daily)
        self._window.preferences.set(GOAL, goal.records)
        if goal.records:
            self._window.preferences.set(PACE, True)

    def _on_project_opened(self) -> None:
        session = self._window.session
        if session is None:
            return
        self._pace = Pace()
        self._of_session = WorkCount(datetime.now().astimezone())
        self._of_day = None
        self._done_here = self._done_today = Work()
        session.record_opened.connect(self._on_record_opened)
        session.saved.connect(self._pace_note)
        session.changed.connect(self._on_changed)
        self._show_work()
        self._read(session)

    def _on_record_opened(self, record: Record | None) -> None:
        self._pace.begin_record(record.review.seconds if record is not None else 0.0)
        self._show_time()

    def _on_changed(self, changes: ChangeSet) -> None:
        session = self._window.session
        if session is not None and (changes.spans or changes.reviews):
            self._read(session)

    def _pace_note(self) -> None:
        self._pace.note()

    def _read(self, session: Session) -> None:
        """Count on the thread for reading what has happened; a new day begins at nought."""
        today = date.today()
        if self._of_day is None or today != self._day:
            self._day = today
            self._of_day = WorkCount(datetime.combine(today, time()).astimezone())
        of_day, of_session, project = self._of_day, self._of_session, session.project
        if of_session is None:
            return

        def show(read: tuple[Work, Work]) -> None:
            if of_session is self._of_session:
                self._done_here, self._done_today = read
                self._show_work()

        session.run(
            lambda: (of_session.read(project), of_day.read(project)), done=show, reading=True
        )

    def _show_work(self) -> None:
        self.bar.show_work(self._done_here, self._pace.rates(self._done_here))
        goal = self.goal()
        records = (self._done_today if goal.daily else self._done_here).records
        self.bar.show_goal(goal, records)
        if self._watch.reached(goal, records, self._day) and self._window.preferences.switch(PACE):
            number = self._window.locale().toString(goal.records)
            text = (
                self.tr("Your goal of 1 record is reached.")
                if goal.records == 1
                else self.tr("Your goal of {0} records is reached.").format(number)
            )
            self._window.say(text, "good")

    def _show_time(self) -> None:
        if self.bar.isVisible():
            self.bar.show_time(self._pace.seconds_on_record)

    def _on_preference(self, key: str) -> None:
        if key == PACE.key:
            self._show_or_hide()
        elif key in {GOAL.key, GOAL_DAILY.key}:
            self._show_work()

    def _show_or_hide(self) -> None:
        shown = self._window.preferences.switch(PACE)
        self.bar.setVisible(shown and self._window.docks.queue.height() >= _LEAST_ROOM)
        self._window.actions_["view.pace"].setChecked(shown)
        if shown:
            self._tick.start()
            self._show_time()
        else:
            self._tick.stop()
