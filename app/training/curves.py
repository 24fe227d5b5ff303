"""What one training reported, as the series that the charts and the report show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from core.schema.learning import Report
from core.schema.run_record import RunRecord
from core.store.runs import Metric
from core.worker.messages import (
    AnyEvent,
    TrainEvaluated,
    TrainFinished,
    TrainProgress,
    TrainRecorded,
    TrainStarted,
)

_KINDS: dict[
    str, type[TrainRecorded | TrainStarted | TrainProgress | TrainEvaluated | TrainFinished]
] = {
    "record": TrainRecorded,
    "started": TrainStarted,
    "progress": TrainProgress,
    "evaluated": TrainEvaluated,
    "finished": TrainFinished,
}


@dataclass(slots=True)
class RunCurves:
    """The course of one Run.

    Attributes:
        run_id: Its key, 0 while nothing was trained.
        record: What it is made of.
        started: What it began with.
        progress: Its figures by step, in order.
        evaluations: Its evaluations by step, in order.
        finished: How it ended, if its model was written.
    """

    run_id: int = 0
    record: RunRecord | None = None
    started: TrainStarted | None = None
    progress: list[TrainProgress] = field(default_factory=list)
    evaluations: list[TrainEvaluated] = field(default_factory=list)
    finished: TrainFinished | None = None

    @classmethod
    def from_metrics(cls, run_id: int, metrics: Iterable[Metric]) -> RunCurves:
        """Rebuild the course of a Run from what the store kept."""
        curves = cls(run_id)
        for metric in metrics:
            kind = _KINDS.get(metric.kind)
            if kind is not None:
                curves.add(msgspec.convert(metric.payload, kind))
        return curves

    def add(self, event: AnyEvent) -> bool:
        """Take up an event.

        Returns:
            Whether it belongs to this Run and changed its course.
        """
        match event:
            case TrainRecorded() if event.run_id == self.run_id:
                self.record = event.record
            case TrainStarted() if event.run_id == self.run_id:
                # What was trained after the checkpoint is trained again.
                self.started, self.finished, at = event, None, event.resumed_step
                self.progress = [item for item in self.progress if item.step <= at]
                self.evaluations = [item for item in self.evaluations if item.step <= at]
            case TrainProgress() if event.run_id == self.run_id:
                self.progress.append(event)
            case TrainEvaluated() if event.run_id == self.run_id:
                self.evaluations.append(event)
            case TrainFinished() if event.run_id == self.run_id:
                self.finished = event
            case _:
                return False
        return True

    @property
    def best(self) -> TrainEvaluated | None:
        """The evaluation with the highest micro F1 of those that a model was kept of."""
        kept = [item for item in self.evaluations if item.best]
        return max(kept, key=lambda item: (item.report.micro.f1, -item.step), default=None)

    @property
    def report(self) -> Report | None:
        """Of the written model, or of the best evaluation so far."""
        if self.finished is not None:
            return self.finished.report
        return self.best.report if self.best is not None else None

    @property
    def last_step(self) -> int:
        """The last step of which something is known."""
        trained = self.progress[-1].step if self.progress else 0
        return max(trained, self.evaluations[-1].step if self.evaluations else 0)
