"""The Trainer's callbacks: steering, live figures, evaluation and early stopping."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import torch
from safetensors.torch import load_file, save_file
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from core.inference.devices import memory_mb
from core.schema.errors import KnownError
from core.schema.learning import Report
from core.training.control import Control
from core.training.events import Evaluated, Paused, Progress, Saved, TrainingEvent

Emit = Callable[[TrainingEvent], None]
_SECONDS_BETWEEN = 0.5


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation in the course of a run."""

    step: int
    epoch: float
    report: Report


class BestModel:
    """The best weights so far and the evaluations that say so, kept in the run's folder."""

    def __init__(self, folder: Path, resumed_step: int) -> None:
        """Go on with what a run left, as far as the update it is resumed from."""
        self._weights = folder / "best.safetensors"
        self._history = folder / "evaluations.json"
        self.evaluations: list[Evaluation] = []
        if resumed_step and self._history.is_file():
            past = msgspec.json.decode(self._history.read_bytes(), type=list[Evaluation])
            self.evaluations = [item for item in past if item.step <= resumed_step]

    @property
    def best(self) -> Evaluation | None:
        """The evaluation with the highest micro F1, the earliest of equals."""
        return max(
            self.evaluations, key=lambda item: (item.report.micro.f1, -item.step), default=None
        )

    @property
    def stale(self) -> int:
        """Evaluations since the best one."""
        best = self.best
        return 0 if best is None else sum(1 for e in self.evaluations if e.step > best.step)

    def add(self, evaluation: Evaluation, model: torch.nn.Module) -> bool:
        """Take in an evaluation; returns whether it is the best, and then keeps the weights."""
        self.evaluations.append(evaluation)
        is_best = self.best is evaluation
        if is_best:
            part = self._weights.with_suffix(".part")
            weights = {name: value.contiguous() for name, value in model.state_dict().items()}
            save_file(weights, part)
            part.replace(self._weights)
        part = self._history.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(self.evaluations))
        part.replace(self._history)
        return is_best

    def restore(self, model: torch.nn.Module) -> None:
        """Put the best weights into the model."""
        model.load_state_dict(load_file(self._weights))


class Steering(TrainerCallback):
    """Ends, holds or finishes a run as the user wishes, between two steps."""

    def __init__(self, control: Control, emit: Emit) -> None:
        """Watch a control."""
        self._control = control
        self._emit = emit

    def on_substep_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Look after each forward pass, also in the midst of accumulation."""
        self._look(control)

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Look after each update."""
        self._look(control)

    def _look(self, control: TrainerControl) -> None:
        self._control.check()
        if self._control.paused:
            self._emit(Paused(paused=True))
            self._control.hold()
            self._emit(Paused(paused=False))
        if self._control.stopping:
            control.should_training_stop = True


class Meter:
    """Counts what the live figures are made of; fed by the loss and by the batches."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.tokens = 0
        self.losses: list[torch.Tensor] = []

    def take(self, batch: dict[str, Any], loss: torch.Tensor) -> None:
        """Count a forward pass."""
        self.tokens += int(batch["attention_mask"].sum())
        self.losses.append(loss.detach())

    def mean_loss(self) -> float:
        """Return the mean loss since the last call to ``clear``.

        Raises:
            KnownError: It is no number any more, so nothing after it is worth keeping.
        """
        loss = float(torch.stack(self.losses).mean()) if self.losses else 0.0
        if not math.isfinite(loss):
            raise KnownError(
                "The training has lost its way: the loss is no number any more.",
                "Lower the learning rate in the settings and retrain; the last good checkpoint "
                "was kept.",
            )
        return loss

    def clear(self) -> None:
        """Begin again at zero."""
        self.tokens = 0
        self.losses.clear()


class LiveFigures(TrainerCallback):
    """Tells loss, rate, speed and time left twice a second at most."""

    def __init__(self, meter: Meter, emit: Emit, device: torch.device) -> None:
        """Tell what a meter counts."""
        self._meter = meter
        self._emit = emit
        self._device = device
        self._since = time.perf_counter()
        self._last_step = 0

    def on_train_begin(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Begin to count."""
        self._since = time.perf_counter()
        self._last_step = state.global_step

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Tell, if it is time to."""
        now = time.perf_counter()
        spent = now - self._since
        if spent < _SECONDS_BETWEEN and state.global_step > 1:
            return
        loss = self._meter.mean_loss()
        steps = max(state.global_step - self._last_step, 1)
        scheduler = kwargs["lr_scheduler"]
        self._emit(
            Progress(
                step=state.global_step,
                total_steps=state.max_steps,
                epoch=float(state.epoch or 0.0),
                loss=loss,
                learning_rate=float(scheduler.get_last_lr()[0]),
                tokens_per_second=self._meter.tokens / max(spent, 1e-9),
                seconds_left=(state.max_steps - state.global_step) * spent / steps,
                memory_mb=memory_mb(self._device),
            )
        )
        self._meter.clear()
        self._since, self._last_step = now, state.global_step


class EvaluateAndStop(TrainerCallback):
    """Evaluates on the dev documents after every so many updates, keeps the best, stops early."""

    def __init__(
        self,
        *,
        best: BestModel,
        evaluate: Callable[[], Report],
        meter: Meter,
        model: torch.nn.Module,
        every: int,
        patience: int,
        emit: Emit,
    ) -> None:
        """Prepare.

        Args:
            best: Where the best weights are kept.
            evaluate: Reports on the model as it is.
            meter: Asked whether the loss is still sound before anything is kept.
            model: What is being trained.
            every: Updates between evaluations.
            patience: Evaluations without a better one before training stops.
            emit: Gets the events.
        """
        self._best = best
        self._evaluate = evaluate
        self._meter = meter
        self._model = model
        self._every = every
        self._patience = patience
        self._emit = emit
        self.stopped_early = False

    def on_step_end(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Evaluate when it is time to, and at the very end."""
        last = state.global_step >= state.max_steps or control.should_training_stop
        if not last and state.global_step % self._every:
            return
        self._meter.mean_loss()
        was_training = self._model.training
        self._model.train(False)
        evaluation = Evaluation(state.global_step, float(state.epoch or 0.0), self._evaluate())
        self._model.train(was_training)
        is_best = self._best.add(evaluation, self._model)
        self._emit(Evaluated(evaluation.step, evaluation.epoch, evaluation.report, is_best))
        if self._best.stale >= self._patience:
            self.stopped_early = not last
            control.should_training_stop = True
        control.should_save = True

    def on_save(
        self,
        args: TrainingArguments,
        state: TrainerState,
        control: TrainerControl,
        **kwargs: Any,
    ) -> None:
        """Tell that the run can be resumed from here."""
        self._emit(Saved(state.global_step))
