"""Puts into words what a job of the worker came to."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.texts import worded
from app.training.search_words import SearchWords
from app.training.state import Message, Phase, State, Tone
from core.operations.training import Booked
from core.schema.learning import Run, RunStatus
from core.worker.messages import (
    AnyEvent,
    BackboneMade,
    Cancelled,
    Failed,
    ModelExported,
    PointsMeasured,
    Scored,
    SearchFinished,
    TrainFinished,
)


class Outcomes(QObject):
    """Makes the sentences, in the language of the window."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Build it."""
        super().__init__(parent)
        self._search = SearchWords(self)

    def of(self, event: AnyEvent, booked: Booked, before: State) -> Message | None:
        """Say how a job ended.

        Args:
            event: Its last.
            booked: What that led to in the store.
            before: The state while the job went on.
        """
        match event:
            case TrainFinished():
                return self._trained(event, booked, before)
            case Scored():
                name = before.model.name if before.model is not None else ""
                return Message(
                    self.tr("{0} scored {1} unread records; the queue is ranked anew.").format(
                        name, event.total
                    ),
                    tone=Tone.GOOD,
                )
            case ModelExported():
                return self._exported(event)
            case PointsMeasured():
                return Message(
                    self.tr("The forms of {0} are measured.").format(
                        before.model.name if before.model is not None else ""
                    ),
                    self.tr("Export model shows them and writes the one you choose."),
                    Tone.GOOD,
                )
            case SearchFinished():
                return self._search.message(event.outcome, event.trials)
            case BackboneMade():
                return Message(
                    self.tr("The backbone is adapted to the records."),
                    self.tr("Press Retrain to begin from it."),
                    Tone.GOOD,
                )
            case Cancelled() if before.trains:
                return Message(self.tr("The training was cancelled; its model was not kept."))
            case Cancelled() if before.phase is Phase.SEARCHING:
                return Message(self.tr("The search was cancelled; it can be gone on with."))
            case Cancelled():
                return Message(self.tr("Cancelled."))
            case Failed():
                tone = Tone.WARNING if event.known else Tone.DANGER
                return Message(worded(event.message), worded(event.remedy), tone)
            case _:
                return None

    def found(self, run: Run) -> Message:
        """Say that a run that broke off can be resumed."""
        failed = run.status is RunStatus.FAILED
        text = (
            self.tr("Training {0} failed. {1}")
            if failed
            else self.tr("Training {0} was interrupted. {1}")
        )
        return Message(text.format(run.id, worded(run.message)).strip(), tone=Tone.WARNING)

    def brought_back(self, name: str) -> Message:
        """Say that a version was made the current one by hand."""
        return Message(self.tr("{0} is the current model now.").format(name), tone=Tone.GOOD)

    def _trained(self, event: TrainFinished, booked: Booked, before: State) -> Message | None:
        if booked.model is None:
            return None
        name, f1 = booked.model.name, event.report.micro.f1
        former = before.model
        if former is None:
            text = self.tr("{0} is ready: F1 {1:.2f} on dev.").format(name, f1)
            return Message(text, tone=Tone.GOOD)
        if event.current_report is None:
            text = self.tr("{0} is ready (F1 {1:.2f}) and replaces {2}.")
            return Message(text.format(name, f1, former.name), tone=Tone.GOOD)
        was = event.current_report.micro.f1
        if not booked.promoted:
            return Message(
                self.tr("{0} is not better (F1 {1:.3f}): {2} stays, with {3:.3f}.").format(
                    name, f1, former.name, was
                ),
                self.tr("Label more records and retrain, or choose it under Models."),
                Tone.WARNING,
            )
        text = (
            self.tr("The new model is better: {0} replaces {1} (F1 {2:.3f}, was {3:.3f}).")
            if f1 > was
            else self.tr("The new model is as good: {0} replaces {1} (F1 {2:.3f}, was {3:.3f}).")
        )
        return Message(text.format(name, former.name, f1, was), tone=Tone.GOOD)

    def _exported(self, event: ModelExported) -> Message:
        names = {"full precision": self.tr("full precision")}
        figures = " · ".join(
            self.tr("{0} {1:.3f}").format(names.get(name, name), f1)
            for name, f1 in event.f1.items()
        )
        return Message(
            self.tr("Exported and checked on {0} records: F1 {1}.").format(
                event.documents, figures
            ),
            tone=Tone.GOOD,
        )
