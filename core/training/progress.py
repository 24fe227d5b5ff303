"""The Trainer's callbacks: steering, live figures, evaluation and early stopping."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import torch
from torch.optim.lr_scheduler import LRScheduler
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from core.inference.devices import memory_mb
from core.schema.errors import KnownError
from core.schema.learning import Report
from core.training.averaging import WeightAverage, Weights
from core.training.best import BestModel, Evaluation
from core.training.control import Control
from core.training.events import Evaluated, Paused, Progress, Saved, TrainingEvent
from core.training.schedule import Schedule

Emit = Callable[[TrainingEvent], None]
_SECONDS_BETWEEN = 0.5


def lost_its_way() -> KnownError:
    """Return the error of a training whose numbers are no numbers any more."""
    return KnownError(
        "The training has lost its way: its loss is no number any more.",
        "Retrain with another seed in the settings; if it recurs, choose another backbone.",
    )


def check_weights(model: torch.nn.Module) -> None:
    """Look at weights before they are kept: the mean of them may not have the latest in it yet.

    Raises:
        KnownError: Some are no numbers any more.
    """
    if not all(bool(torch.isfinite(weights).all()) for weights in model.parameters()):
        raise lost_its_way()


class Meter:
    """Counts what the live figures are made of; fed with every forward pass.

    Of several processes each sees its own passes alone. Their windows are alike in length, so the
    sub-tokens of all are taken for as many times its own; the loss is that of its own windows.

    Attributes:
        tokens: Real sub-tokens since the last ``clear``.
        seconds: Spent on training since the last ``clear``, without pauses, evaluations and
            checkpoints.
    """

    def __init__(self, processes: int = 1) -> None:
        """Begin at zero."""
        self.tokens = 0
        self._processes = processes
        self._losses: list[torch.Tensor] = []
        self._since = time.perf_counter()
        self._spent = 0.0

    def take(self, tokens: int, loss: torch.Tensor) -> None:
        """Count a forward pass, ``loss`` being its share of the update's mean loss."""
        self.tokens += tokens * self._processes
        self._losses.append(loss.detach())

    def mean_loss(self, updates: int) -> float:
        """Return the mean loss of the updates since the last ``clear``, in nats a word.

        Raises:
            KnownError: It is no number any more, so nothing after it is worth keeping.
        """
        loss = float(torch.stack(self._losses).sum()) / updates if self._losses else 0.0
        if not math.isfinite(loss):
            raise lost_its_way()
        return loss

    @property
    def seconds(self) -> float:
        """See the class."""
        return self._spent + time.perf_counter() - self._since

    def halt(self) -> None:
        """Stop the clock: what follows is no training."""
        self._spent = self.seconds

    def go_on(self) -> None:
        """Start the clock again after ``halt``."""
        self._since = time.perf_counter()

    def clear(self) -> None:
        """Begin again at zero."""
        self.tokens = 0
        self._losses.clear()
        self._spent = 0.0
        self._since = time.perf_counter()


class Steering(TrainerCallback):
    """Ends, holds or finishes a run as the user wishes, between two steps."""

    def __init__(self, control: Control, meter: Meter, emit: Emit) -> None:
        """Watch a control."""
        self._control = control
        self._meter = meter
        self._emit = emit

    def on_substep_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Look after each forward pass in the midst of accumulation; stopping has to wait."""
        self.look()

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Look after each update."""
        self.look()
        if self._control.stopping:
            control.should_training_stop = True

    def look(self) -> None:
        """End or hold the run if that is wished.

        Raises:
            StoppedByUserError: It was cancelled.
        """
        self._control.check()
        if self._control.paused:
            self._meter.halt()
            self._emit(Paused(paused=True))
            self._control.hold()
            self._emit(Paused(paused=False))
            self._meter.go_on()


class LiveFigures(TrainerCallback):
    """Tells loss, rate, speed and time left twice a second at most, and at the end."""

    def __init__(self, meter: Meter, emit: Emit, device: torch.device, *, beside: int = 1) -> None:
        """Tell what a meter counts, and the memory of so many processes that are alike."""
        self._meter = meter
        self._beside = beside
        self._emit = emit
        self._device = device
        self._last_step = 0
        self._steps = 0
        self._seconds = 0.0

    def on_train_begin(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Begin to count."""
        self._meter.clear()
        self._last_step = state.global_step

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Tell, if it is time to, and at the first update."""
        if self._meter.seconds >= _SECONDS_BETWEEN or not self._steps:
            self._tell(state, kwargs["lr_scheduler"])

    def on_train_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Tell of the last updates, whatever it was that ended the training."""
        if state.global_step > self._last_step:
            self._tell(state, kwargs["lr_scheduler"])

    def _tell(self, state: TrainerState, scheduler: LRScheduler) -> None:
        spent = self._meter.seconds
        steps = state.global_step - self._last_step
        loss = self._meter.mean_loss(steps)
        self._steps += steps
        self._seconds += spent
        self._emit(
            Progress(
                step=state.global_step,
                total_steps=state.max_steps,
                epoch=float(state.epoch or 0.0),
                loss=loss,
                learning_rate=float(scheduler.get_last_lr()[0]),
                tokens_per_second=self._meter.tokens / max(spent, 1e-9),
                seconds=spent,
                # The mean of the whole run: windows differ in length from update to update.
                seconds_left=(state.max_steps - state.global_step) * self._seconds / self._steps,
                memory_mb=self._beside * memory_mb(self._device),
            )
        )
        self._meter.clear()
        self._last_step = state.global_step


class EvaluateAndStop(TrainerCallback):
    """Evaluates on the dev documents after every so many updates, keeps the best, stops early.

    What is evaluated and kept is the mean of the weights, see ``core.training.averaging``.

    Attributes:
        stopped_early: Whether patience ended the training before its schedule did.
    """

    def __init__(
        self,
        *,
        best: BestModel,
        average: WeightAverage,
        evaluate: Callable[[], Report],
        meter: Meter,
        model: torch.nn.Module,
        schedule: Schedule,
        patience: int,
        emit: Emit,
        verdict: Callable[[bool], bool] = bool,
    ) -> None:
        """Prepare.

        Args:
            best: Where the best weights are kept.
            average: The mean of the model's weights; takes in every update here.
            evaluate: Reports on the model as it is.
            meter: Its loss must be sound before anything is kept; its clock stands meanwhile.
            model: What is being trained.
            schedule: Says after which updates there is an evaluation, and of which rounds.
            patience: Evaluations without a better one before training stops.
            emit: Gets the events.
            verdict: Gets after each evaluation whether training stops, and tells other processes;
                returns it.
        """
        self._best = best
        self._average = average
        self._evaluate = evaluate
        self._meter = meter
        self._model = model
        self._schedule = schedule
        self._patience = patience
        self._emit = emit
        self._verdict = verdict
        self.stopped_early = False

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Take in the update; evaluate when it is time to, and at the very end."""
        self._average.take(state.global_step)
        last = state.global_step >= state.max_steps or control.should_training_stop
        if not last and not self._schedule.is_evaluated(state.global_step):
            return
        self._meter.mean_loss(1)
        check_weights(self._model)
        self._meter.halt()
        was_training = self._model.training
        self._assess(
            state.global_step,
            float(state.epoch or 0.0),
            rounds=self._schedule.rounds_meant(state.global_step),
        )
        self._model.train(was_training)
        if self._verdict(self._best.stale >= self._patience):
            self.stopped_early = not last
            control.should_training_stop = True
        self._average.keep(state.global_step)
        # The clock stands until ``on_save``: writing a checkpoint is no training either.
        control.should_save = True

    def join(self, number: int, ended: Weights) -> None:
        """Take a round of another process into the mean, and evaluate that.

        Args:
            number: Of the round, from 1; those before it are in the mean.
            ended: What it ended at.
        """
        self._average.join(ended)
        schedule = self._schedule
        self._assess(schedule.step_of_join(number), schedule.total_epochs, rounds=number)

    def _assess(self, step: int, epoch: float, *, rounds: int) -> None:
        """Evaluate the mean of the weights, keep it if it is the best, and tell."""
        self._model.train(False)
        with self._average.in_place():
            evaluation = Evaluation(step, epoch, self._evaluate(), rounds=rounds)
            is_best = self._best.add(evaluation, self._model)
        self._emit(Evaluated(step, epoch, evaluation.report, is_best))

    def on_save(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Tell that the run can be resumed from here."""
        self._best.prune()
        self._average.prune(state.global_step)
        self._emit(Saved(state.global_step))
        self._meter.go_on()
