"""One training by the Trainer: its data, arguments and callbacks, and the model it leaves."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from transformers import set_seed

from core.inference.batching import Floats
from core.inference.devices import choose_precision, describe_device
from core.inference.heads import Head
from core.inference.model import encoder_family
from core.inference.predict import encoded_logits
from core.learning.side_by_side import side_by_side
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.schema.learning import Precision, Recipe, Report
from core.schema.run_record import RunRecord
from core.training.averaging import WeightAverage
from core.training.beside import Order, RoundsBeside
from core.training.best import BestModel
from core.training.building import build_trainer
from core.training.calibration import cross_fitted_calibration, fit_temperature
from core.training.checkpoints import last_checkpoint, remove_weights, resume_point, step_of
from core.training.control import Control
from core.training.dataset import LengthGroupedOrder
from core.training.distilling import Teacher
from core.training.evaluation import report_on_logits
from core.training.events import Notice, Recorded, Started, TrainingEvent
from core.training.first_look import first_look
from core.training.group import ALONE, Group
from core.training.in_step import HeedVerdict, InStep
from core.training.material import Material
from core.training.progress import EvaluateAndStop, LiveFigures, Meter, Steering, lost_its_way
from core.training.ready_model import ReadyModel, ready_model
from core.training.record import describe_run
from core.training.restraint import restrained
from core.training.room import Load, fitting_windows
from core.training.rounds import Rounds
from core.training.schedule import Schedule, make_schedule
from core.training.shares import EvenOrder
from core.training.written_model import write_model


class TrainingJob:
    """What stays the same when a training has to be begun anew with smaller batches.

    Attributes:
        device: Where it computes.
        precision: Its arithmetic.
    """

    def __init__(
        self,
        *,
        train: Sequence[LabelledDocument],
        dev: Sequence[LabelledDocument],
        labels: tuple[str, ...],
        recipe: Recipe,
        run_folder: Path,
        control: Control,
        emit: Callable[[TrainingEvent], None],
        backbone: str,
        device: torch.device,
        teacher: Teacher | None = None,
        group: Group = ALONE,
        own_folder: Path | None = None,
    ) -> None:
        """Encode the documents; see ``core.training.run.train`` for the arguments.

        ``own_folder`` is what a process that does not lead its group has in place of the run's
        folder, in which only the first one writes.
        """
        self._train, self._dev, self._labels = train, dev, labels
        self._recipe = recipe
        self._run_folder, self._folder = run_folder, own_folder or run_folder
        self._control, self._emit, self._group = control, emit, group
        # What a round brings shows at its end, and whoever asks for several wants them all.
        self._patience = recipe.patience if recipe.rounds == 1 else sys.maxsize
        self._backbone, self._teacher = backbone, teacher
        self.device = device
        self.precision = choose_precision(device, recipe.precision, family=encoder_family(backbone))
        self._material = Material(
            train=train,
            dev=dev,
            labels=labels,
            recipe=recipe,
            backbone=backbone,
            folder=self._folder,
            device=device,
            emit=emit,
            check=control.check,
            teacher=teacher,
        )
        self._model: ReadyModel
        self._best: BestModel

    @property
    def best_step(self) -> int:
        """The update after which the model was the best."""
        best = self._best.best
        return best.step if best else 0

    def load(self, beside: int = 1) -> Load:
        """Return what memory has to hold if so many processes train the rounds."""
        most = self._recipe.micro_batch_size
        whole = self.schedule(most)
        return Load(
            self._backbone,
            self.device,
            self.precision,
            max(len(example.ids) for example in self._material.data.examples),
            whole.micro_batch_size * whole.accumulation,
            most,
            rows=len(self._material.sub_tokens),
            here=self._group.here,
            beside=beside,
            rounds=self._recipe.rounds // beside,
        )

    def agree(self) -> None:
        """Have all processes of a group compute in the first one's arithmetic, on the same data.

        Raises:
            KnownError: They have different records, or another backbone.
        """
        if len(set(self._group.gather(self._material.fingerprint()))) > 1:
            raise KnownError(
                "The processes do not have the same records or the same backbone.",
                "Copy the project's folder, and the backbone's, to each machine again.",
            )
        self.precision = Precision(self._group.share(self.precision.value.encode()).decode())

    def schedule(self, most_at_once: int, beside: int = 1) -> Schedule:
        """Return the course of the training.

        Args:
            most_at_once: Windows that fit in memory together.
            beside: Processes that train its rounds.
        """
        return make_schedule(
            self._recipe,
            self._material.data.lengths,
            most_at_once=most_at_once,
            processes=self._group.size,
            beside=beside,
        )

    def beside(self, *, resume: bool) -> int:
        """Return how many processes are to train rounds at the same time.

        One does where a device computes that they would have to share, where several part each
        update, where a bigger model would have to read for each of them, where memory is short, or
        where a run to resume has gone further than its share.

        Args:
            resume: Whether the run goes on from its last checkpoint.
        """
        if self.device.type != "cpu" or self._group.size > 1 or self._teacher:
            return 1
        count = side_by_side(self._recipe.rounds, torch.get_num_threads())
        short: list[Notice] = []
        fitting_windows(self.load(count), short.append)
        checkpoint = last_checkpoint(self._run_folder) if resume else None
        share = self.schedule(self._recipe.micro_batch_size, count).total_updates
        beyond = checkpoint is not None and step_of(checkpoint) > share
        return 1 if short or beyond else count

    def record(self, schedule: Schedule) -> RunRecord:
        """Return what the training is made of."""
        return describe_run(
            device=self.device,
            precision=self.precision,
            begins_from=self._backbone,
            schedule=schedule,
            teacher=self._teacher.folder if self._teacher else None,
        )

    def fit(self, schedule: Schedule, *, resume: bool) -> str:
        """Train to the end of the schedule, to early stopping or to the user's stop.

        Args:
            schedule: The course of the training.
            resume: Go on from the last checkpoint.

        Returns:
            ``completed``, ``early_stopping`` or ``stopped``.

        Raises:
            KnownError: It cannot go on; besides, see ``core.training.beside.RoundsBeside.ended``.
        """
        checkpoint = resume_point(self._run_folder, self._emit, self._group) if resume else None
        resumed_step = step_of(checkpoint) if checkpoint else 0
        if checkpoint is None:
            remove_weights(self._folder)
        set_seed(self._recipe.seed)
        self._model = ready_model(
            self._backbone,
            self._material.head,
            self._material.sub_tokens,
            device=self.device,
            check=self._control.check,
        )
        self._best = BestModel(self._folder, resumed_step)
        self._emit(
            Started(
                device=describe_device(self.device, schedule.beside),
                precision=self.precision.value,
                train_documents=len(self._train),
                dev_documents=len(self._dev),
                train_spans=self._material.data.spans,
                total_steps=schedule.total_updates,
                resumed_step=resumed_step,
                rounds=schedule.rounds,
                beside=schedule.beside,
            )
        )
        self._emit(Recorded(self.record(schedule)))
        if self._group.decide(self._best.stale >= self._patience):
            # Stopped between the last checkpoint and the finished model.
            return "early_stopping"
        with RoundsBeside(self._orders(schedule, checkpoint), self._control) as beside:
            return self._fit(schedule, checkpoint, beside)

    def _fit(self, schedule: Schedule, checkpoint: Path | None, beside: RoundsBeside) -> str:
        order = LengthGroupedOrder(
            self._material.data.lengths, batch_size=schedule.batch_size, seed=self._recipe.seed
        )
        if not checkpoint and self._group.leads:
            figures = first_look(
                self._model,
                self._material.data,
                order,
                device=self.device,
                precision=self.precision,
                schedule=schedule,
            )
            self._emit(figures)
        network, meter = self._model.network, Meter(self._group.size * schedule.beside)
        resumed_step = step_of(checkpoint) if checkpoint else 0
        stopping = (
            EvaluateAndStop(
                best=self._best,
                average=WeightAverage(network, self._folder, resumed_step, schedule=schedule),
                evaluate=self._evaluate,
                meter=meter,
                model=network,
                schedule=schedule,
                patience=self._patience,
                emit=self._emit,
                verdict=self._group.decide,
            )
            if self._group.leads
            else None
        )
        even = EvenOrder(order, schedule) if self._group.size > 1 else None
        steering = Steering(self._control, meter, self._emit)
        trainer = build_trainer(
            self._model,
            self._material,
            schedule,
            recipe=self._recipe,
            precision=self.precision,
            device=self.device,
            folder=self._folder,
            meter=meter,
            order=even or order,
            callbacks=[
                steering,
                LiveFigures(meter, self._emit, self.device, beside=schedule.beside),
                stopping or HeedVerdict(group=self._group, schedule=schedule),
                Rounds(network, schedule, seed=self._recipe.seed),
            ],
        )
        if even is not None:
            trainer.add_callback(
                InStep(order=even, schedule=schedule, group=self._group, seed=self._recipe.seed)
            )
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        if stopping and not self._control.stopping:
            for number, ended in beside.ended(steering.look):
                stopping.join(number, ended)
        if self._control.stopping:
            return "stopped"
        return "early_stopping" if stopping and stopping.stopped_early else "completed"

    def finish(self, model_folder: Path) -> Report:
        """Calibrate the best model, write its folder, and return its report."""
        self._best.restore(self._model.network)
        self._model.vocabulary.make_whole()
        self._model.network.train(False)
        logits, head, temperature = self._read()
        calibration = cross_fitted_calibration(self._dev, logits, head)
        write_model(
            model_folder,
            self._model,
            head,
            material=self._material,
            overlap=self._recipe.overlap,
            temperature=temperature,
            calibration=calibration,
            backbone=self._backbone,
        )
        remove_weights(self._folder)
        return replace(
            report_on_logits(self._dev, logits, head, temperature), calibration=calibration
        )

    def _orders(self, schedule: Schedule, checkpoint: Path | None) -> list[Order]:
        """Return what other processes are to train, each with as many threads as this one."""
        return [
            Order(
                train=self._train,
                dev=self._dev,
                labels=self._labels,
                recipe=replace(self._recipe, precision=self.precision),
                backbone=self._backbone,
                run_folder=str(self._run_folder.absolute()),
                schedule=schedule,
                index=index,
                threads=torch.get_num_threads(),
                resume=checkpoint is not None,
            )
            for index in range(1, schedule.beside)
        ]

    def _read(self) -> tuple[list[Floats], Head, float]:
        """Return dev's logits, and the head and temperature of the model if it is finished now."""
        logits = encoded_logits(
            self._model.network,
            self._material.dev_windows,
            len(self._dev),
            device=self.device,
            precision=Precision.FP32,
            check=self._control.check,
        )
        if not all(np.isfinite(rows).all() for rows in logits):
            raise lost_its_way()
        head = self._model.chain.learned()
        if self._recipe.rounds > 1:
            head = restrained(self._dev, logits, head, check=self._control.check)
        return logits, head, fit_temperature(self._dev, logits, head)

    def _evaluate(self) -> Report:
        return report_on_logits(self._dev, *self._read())
