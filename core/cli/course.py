"""A training as the command line follows it: each event is booked and shown, then the result."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from core.cli.output import Output, Tell
from core.operations import training
from core.operations.quick_update import outlook
from core.schema.errors import KnownError
from core.schema.learning import Run
from core.store.project import Project
from core.worker.messages import (
    Event,
    Failed,
    Preparing,
    TrainEvaluated,
    TrainFinished,
    TrainNotice,
    TrainProgress,
    TrainStarted,
)


class Course:
    """Takes the events of one training."""

    def __init__(self, project: Project, run: Run, output: Output, tell: Tell) -> None:
        """Book in a project and show on an output; ``tell`` shows what is in hand."""
        self._project = project
        self._run = run
        self._output = output
        self._tell = tell
        self._booked = training.Booked()

    def take(self, event: Event) -> None:
        """Book an event and show it.

        Raises:
            KnownError: It says that the training failed.
        """
        self._booked = training.book(project=self._project, event=event)
        if self._output.json:
            self._output.line(event)
        else:
            self._show(event)
        if isinstance(event, Failed):
            raise KnownError(event.message, event.remedy)
        if isinstance(event, TrainFinished):
            self._output.report(event.report)

    def end(self) -> None:
        """Print the result.

        Raises:
            KnownError: There is none.
        """
        model = self._booked.model
        if model is None:
            raise KnownError("The training ended without a model.", "Run the command again.")
        due = outlook(project=self._project).retrain_due
        result = {
            "run": self._run.id,
            "model": model.name,
            "promoted": self._booked.promoted,
            "retrain_due": due,
            "report": msgspec.to_builtins(model.report),
        }
        self._output.result(result, self._booked.message)
        for reason in due:
            self._output.say(f"A full training is due. {reason}")

    def _show(self, event: Event) -> None:
        match event:
            case Preparing():
                self._tell(event.step, 0, 0)
            case TrainStarted():
                self._output.say(
                    f"Training on {event.device} ({event.precision}): "
                    f"{event.train_documents} records with {event.train_spans} spans, "
                    f"{event.dev_documents} held back for dev." + _rounds(event)
                )
            case TrainProgress():
                step = f"Training, loss {event.loss:.4f}, {event.tokens_per_second:,.0f} tokens/s"
                self._tell(step, event.step, event.total_steps)
            case TrainEvaluated():
                micro = event.report.micro
                best = "  (best)" if event.best else ""
                self._output.say(
                    f"epoch {event.epoch:.1f}  precision {micro.precision:.4f}  "
                    f"recall {micro.recall:.4f}  F1 {micro.f1:.4f}{best}"
                )
            case TrainNotice():
                self._output.say(event.text)
            case _:
                pass


@contextmanager
def following(project: Project, run: Run, output: Output) -> Iterator[Course]:
    """Give the course of a Run; one that neither finished nor failed meanwhile can be resumed."""
    try:
        with output.progress() as tell:
            yield Course(project, run, output, tell)
    except BaseException as error:
        known = isinstance(error, KnownError)
        message = str(error) if known else "It was stopped from the command line."
        training.book_exit(project=project, run_id=run.id, message=message)
        raise


def _rounds(event: TrainStarted) -> str:
    if event.rounds * event.beside == 1:
        return ""
    together = f", {event.beside} at a time" if event.beside > 1 else ""
    return f" Rounds: {event.rounds * event.beside}{together}."
