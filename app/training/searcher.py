"""Begins, goes on with and stops searches for a recipe, as the user wishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.preferences import Preferences
from app.session import Session
from app.settings import BACKBONE, DEVICE, NETWORK, SEED
from app.training.bookkeeper import Bookkeeper
from app.training.state import Message, Phase, Tone
from app.worker_client import WorkerConnection
from core.operations import searching
from core.operations.searching import SEARCH_JOB
from core.store import recipes
from core.store.changes import ChangeSet
from core.worker.messages import Cancelled, SearchRecipe, StopKeepBest

if TYPE_CHECKING:
    from app.training.conductor import Conductor


class Searcher(QObject):
    """The part of a Conductor that has to do with recipes."""

    def __init__(
        self,
        conductor: Conductor,
        session: Session,
        connection: WorkerConnection,
        preferences: Preferences,
        books: Bookkeeper,
    ) -> None:
        """Belong to a conductor."""
        super().__init__(conductor)
        self._conductor = conductor
        self._board = conductor.board
        self._session = session
        self._project = session.project
        self._connection = connection
        self._preferences = preferences
        self._books = books

    def start(self, minutes: int) -> None:
        """Begin a search on what is labelled now."""
        preferences = self._preferences
        backbone = preferences.folder(BACKBONE)
        self._begin(
            lambda: searching.begin_search(
                project=self._project,
                seconds=minutes * 60,
                seed=preferences.number(SEED),
                backbone=backbone,
                device=preferences.choice(DEVICE),
                allow_network=preferences.switch(NETWORK),
            )
        )

    def go_on(self, minutes: int) -> None:
        """Go on with the last search."""
        allowed = self._preferences.switch(NETWORK)
        self._begin(
            lambda: searching.begin_resumed_search(
                project=self._project, seconds=minutes * 60, allow_network=allowed
            )
        )

    def stop(self) -> None:
        """End the search when its running trial has."""
        state = self._board.state
        if state.phase is Phase.SEARCHING and not state.awaiting:
            self._board.set(replace(state, awaiting=True))
            self._connection.send(StopKeepBest(job=SEARCH_JOB))

    def use_built_in(self) -> None:
        """Give up the project's own recipe; the next training takes the built-in one."""
        if self._conductor.refuses_changes():
            return

        def show(changes: ChangeSet) -> None:
            self._session.announce(changes)
            self._board.say(
                Message(self.tr("The next training takes the built-in recipe."), tone=Tone.GOOD)
            )

        self._session.run(
            lambda: recipes.set_recipe(project=self._project, recipe=None, source="window"),
            done=show,
            failed=self._board.refuse,
        )

    def _begin(self, work: Callable[[], SearchRecipe]) -> None:
        if not self._conductor.claim_worker():
            return
        self._board.set(self._board.state.begin(Phase.SEARCHING))

        def send(request: SearchRecipe) -> None:
            if self._board.state.cancelling:
                self._books.book(Cancelled(job=SEARCH_JOB))
                return
            self._connection.send(request)
            self._board.read_library()
            # Records may have been given a split.
            self._session.announce(ChangeSet(event_id=request.plan.snapshot_event, models=True))

        self._session.run(work, done=send, failed=self._board.refuse)
