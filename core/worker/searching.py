"""The job that searches for a recipe: the study, its trials, and the record beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.schema.search import SearchRecord, Trial, TrialRole
from core.search.course import Course, Limits
from core.search.record import write_record
from core.search.study import Study
from core.search.trial import TrialTrainer
from core.training import events
from core.training.control import Control
from core.training.faults import is_disk_full
from core.worker.messages import (
    Event,
    SearchFinished,
    SearchProgress,
    SearchRecipe,
    TrialFinished,
)

Send = Callable[[Event], None]


class Narrator:
    """Tells how far a search is, and keeps its record up to date."""

    def __init__(self, request: SearchRecipe, send: Send, study: Study) -> None:
        """Write the record as it stands."""
        self._request, self._send, self._study = request, send, study
        self._began = time.monotonic()
        self._now = SearchProgress(
            job=request.job, number=request.number, trial=0, role=TrialRole.BASELINE
        )
        self.record = SearchRecord(request.number, request.plan, tuple(study.trials()))
        write_record(Path(request.folder), self.record)

    @property
    def seconds(self) -> float:
        """Wall time since the search was begun or gone on with."""
        return time.monotonic() - self._began

    def begun(self, role: TrialRole, number: int) -> None:
        """Say that a trial begins."""
        self._say(role=role, trial=number, step=0, total_steps=0, f1=None)

    def follow(self, event: events.TrainingEvent) -> None:
        """Pass on what a trial's training tells, as far as a search shows it."""
        match event:
            case events.Started():
                self._say(total_steps=event.total_steps, device=event.device)
            case events.Progress():
                self._say(step=event.step)
            case events.Evaluated():
                f1 = max(self._now.f1 or 0.0, event.report.micro.f1)
                self._say(step=event.step, f1=f1)
            case _:
                pass

    def ended(self, trial: Trial) -> None:
        """Keep a trial in the record, then say that it ended."""
        self.record = replace(self.record, trials=(*self.record.trials, trial))
        write_record(Path(self._request.folder), self.record)
        request = self._request
        self._send(TrialFinished(job=request.job, number=request.number, trial=trial))

    def _say(self, **news: object) -> None:
        left = max(self._request.seconds - self.seconds, 0.0)
        self._now = msgspec.structs.replace(self._now, seconds_left=left, **news)
        self._send(self._now)


def search(
    request: SearchRecipe,
    *,
    train: Sequence[LabelledDocument],
    dev: Sequence[LabelledDocument],
    labels: Sequence[str],
    control: Control,
    send: Send,
) -> None:
    """Do a search on these documents and send its events.

    Args:
        request: What is asked for.
        train: Documents to learn from.
        dev: Documents that F1 is measured on.
        labels: The scheme.
        control: The user's wishes.
        send: Gets the events.

    Raises:
        KnownError: See ``core.search.course.Course.run``; or the disk is full.
        StoppedByUserError: It was cancelled.
    """
    folder, plan = Path(request.folder), request.plan
    try:
        study = Study(folder, seed=plan.recipe.seed, pruner=plan.pruner)
        narrator = Narrator(request, send, study)
        course = Course(
            study=study,
            recipe=plan.recipe,
            train=TrialTrainer(
                train=train,
                dev=dev,
                labels=labels,
                folder=folder,
                control=control,
                emit=narrator.follow,
                backbone=plan.backbone or None,
                device=plan.device,
                allow_network=request.allow_network,
            ),
            control=control,
            limits=Limits(request.seconds, request.draws),
            begun=narrator.begun,
            ended=narrator.ended,
        )
        outcome = course.run()
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise KnownError(
            "The disk is full; the search could not be saved.", "Make room, then resume it."
        ) from error
    send(
        SearchFinished(
            job=request.job,
            number=request.number,
            outcome=outcome,
            trials=len(narrator.record.trials),
            seconds=narrator.seconds,
        )
    )
