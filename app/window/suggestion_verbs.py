"""What keys, buttons and menus do to many suggestions at once, and which of them are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from app.settings import ACCEPT_FROM, LEAST_SURE
from app.window.accept_visible import offered
from app.window.review_mode import ReviewMode

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class SuggestionVerbs(QObject):
    """The verbs of the Suggestion menu that are more than a verdict on one suggestion.

    Attributes:
        review: Walks suggestions only.
    """

    def __init__(self, window: MainWindow) -> None:
        """Serve a window."""
        super().__init__(window)
        self._window = window
        self._area = window.area
        self.review = ReviewMode(window)
        self._area.suggestions.least_chosen.connect(
            lambda least: window.preferences.set(LEAST_SURE, least)
        )
        self._area.accept.accepted.connect(self._on_accepted)
        self._area.suggestion_step_requested.connect(self.step)
        window.preferences.changed.connect(self._on_preference)
        self._show_least()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        bar = self._area.suggestions
        return {
            "suggestion.next": lambda: self.step(1),
            "suggestion.previous": lambda: self.step(-1),
            "suggestion.accept_visible": self.accept_visible,
            "suggestion.accept_all": self.accept_all,
            "suggestion.reject_all": self.reject_all,
            "suggestion.fewer": lambda: bar.step_least(1),
            "suggestion.more": lambda: bar.step_least(-1),
            "suggestion.show_all": lambda: bar.step_least(-100),
            "suggestion.review": self.review.toggle,
        }

    def step(self, step: int) -> None:
        """Select the next (1) or previous (-1) suggestion; in review mode never round the end."""
        if self._none_shown():
            return
        if self.review.active:
            self.review.step(step)
        else:
            self._window.verbs.step_suggestion(step)

    def accept_visible(self) -> None:
        """Open the sheet that accepts what is visible, or close it."""
        if not self._area.accept.isHidden():
            self._area.accept.close_panel()
        elif not self._none_shown():
            least = self._window.preferences.number(ACCEPT_FROM)
            self._area.accept.open_panel(least=least, whole=False)

    def accept_all(self) -> None:
        """Accept all suggestions that the record shows; ask first where some are out of sight."""
        session, view = self._window.session, self._area.view
        if session is None or self._none_shown():
            return
        offer = offered(view, least=0, whole=False)
        if offer.elsewhere:
            self._area.accept.open_panel(least=0, whole=True)
        else:
            session.accept(suggestion_ids=offer.keys)
            self._tell_left("accepted", len(offer.taken), overlapping=offer.overlapping)

    def reject_all(self) -> None:
        """Reject all suggestions that the record shows; what the filter hides stays open."""
        session, shown = self._window.session, self._area.view.record
        if session is None or shown is None or self._none_shown():
            return
        session.reject(suggestion_ids=[item.id for item in shown.suggestions])
        self._tell_left("rejected", len(shown.suggestions))

    def _on_accepted(self, keys: list[int], least: int) -> None:
        session = self._window.session
        if session is not None:
            session.accept(suggestion_ids=keys)
            if least >= ACCEPT_FROM.least:
                self._window.preferences.set(ACCEPT_FROM, least)

    def _none_shown(self) -> bool:
        """Say so where the record shows no suggestion, and why; return whether that is so."""
        record, shown = self._area.record, self._area.view.record
        if record is None or shown is None or shown.suggestions:
            return record is None
        if record.suggestions:
            said = self.tr("The filter hides all {0} suggestions of this record.").format(
                QLocale().toString(len(record.suggestions))
            )
            bar = self._area.suggestions
            self._window.say(said, act=lambda: bar.step_least(-100), act_text=self.tr("Show all"))
        elif self.review.active:
            self.review.go_on()
        else:
            self._window.say(
                self.tr(
                    "There are no suggestions in this record. They come from the model: "
                    "press Retrain once some records are done."
                )
            )
        return True

    def _tell_left(self, verb: str, count: int, *, overlapping: int = 0) -> None:
        """Say what a verb on all left open; nothing where it left nothing."""
        record, shown = self._area.record, self._area.view.record
        if record is None or shown is None:
            return
        hidden = len(record.suggestions) - len(shown.suggestions)
        if not hidden and not overlapping:
            return
        number = QLocale().toString
        said = self.tr("{0} accepted.") if verb == "accepted" else self.tr("{0} rejected.")
        parts = [said.format(number(count))]
        if hidden:
            parts.append(
                self.tr("Hidden by the filter and still open: {0}.").format(number(hidden))
            )
        if overlapping:
            parts.append(
                self.tr("Overlapping surer ones and still open: {0}.").format(number(overlapping))
            )
        self._window.say(" ".join(parts))

    def _on_preference(self, key: str) -> None:
        if key == LEAST_SURE.key:
            self._show_least()

    def _show_least(self) -> None:
        self._area.set_least(self._window.preferences.number(LEAST_SURE))
