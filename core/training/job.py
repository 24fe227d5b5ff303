"""One training by the Trainer: its data, arguments and callbacks, and the model it leaves."""

from __future__ import annotations

import itertools
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from transformers import set_seed
from transformers.modeling_utils import PreTrainedModel

from core.inference.batching import Floats, encode_documents
from core.inference.devices import choose_precision, describe_device
from core.inference.encoding import Encoder
from core.inference.heads import Head
from core.inference.model import (
    backbone_name,
    encoder_family,
    load_tokenizer,
    longest_window,
    new_model,
    save_tokenizer,
)
from core.inference.predict import encoded_logits
from core.inference.settings import ModelSettings, write_settings
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.schema.learning import Precision, Recipe, Report
from core.schema.run_record import RunRecord
from core.training.arguments import trainer_arguments
from core.training.averaging import WeightAverage
from core.training.best import BestModel
from core.training.calibration import cross_fitted_calibration, fit_temperature
from core.training.chain import Chain
from core.training.checkpoints import part_of, remove_weights, resume_point, step_of
from core.training.clipping import ClipWhereNeeded
from core.training.compact_embeddings import CompactVocabulary
from core.training.control import Control
from core.training.dataset import LengthGroupedOrder, PadTogether
from core.training.distilling import PadTaught, TaughtTrainer, Teacher, windows_to_learn
from core.training.dropout import quicken_dropout
from core.training.evaluation import report_on_logits
from core.training.events import Notice, Recorded, Started, TrainingEvent
from core.training.first_look import first_look
from core.training.group import ALONE, Group
from core.training.in_step import HeedVerdict, InStep
from core.training.progress import EvaluateAndStop, LiveFigures, Meter, Steering, lost_its_way
from core.training.record import describe_run
from core.training.residual_stream import narrow_stream
from core.training.restraint import restrained
from core.training.room import Load
from core.training.rounds import Rounds
from core.training.schedule import Schedule, make_schedule
from core.training.shares import EvenOrder, WithBlank, fingerprint
from core.training.starting import head_to_begin_with
from core.training.targets import about_left_out, about_overlaps, choose_head
from core.training.trainer import WordTrainer, check_between_layers


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
        self._train, self._dev, self._recipe = train, dev, recipe
        self._run_folder, self._folder = run_folder, own_folder or run_folder
        self._control, self._emit, self._group = control, emit, group
        # What a round brings shows at its end, and whoever asks for several wants them all.
        self._patience = recipe.patience if recipe.rounds == 1 else sys.maxsize
        self._backbone = backbone
        self.device = device
        family = encoder_family(backbone)
        self.precision = choose_precision(device, recipe.precision, family=family)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._tokenizer_folder = self._folder / "tokenizer"
        if not (self._tokenizer_folder / "tokenizer.json").is_file():
            save_tokenizer(backbone, self._tokenizer_folder)
        control.check()
        self._max_length = min(recipe.max_length, longest_window(backbone))
        self._encoder = Encoder(
            load_tokenizer(self._tokenizer_folder),
            max_length=self._max_length,
            overlap=recipe.overlap,
        )
        needed, gained = choose_head([*train, *dev], labels)
        self._head = replace(head_to_begin_with(backbone, needed), abbreviations=True)
        if gained:
            emit(Notice(about_overlaps(self._head, gained)))
        self._teacher = teacher
        self._data = windows_to_learn(
            train, teacher, self._encoder, self._head, device=device, check=control.check
        )
        if self._data.left_out:
            emit(Notice(about_left_out(self._data.left_out)))
        self._dev_windows = encode_documents(
            self._encoder, [item.document for item in dev], check=control.check
        )
        taught = (example.ids for example in self._data.examples)
        watched = (window.ids for window in self._dev_windows)
        # Every sub-token that is read in the course of the training, padding aside.
        self._sub_tokens = set(itertools.chain.from_iterable((*taught, *watched)))
        self._model: PreTrainedModel
        self._chain: Chain
        self._vocabulary: CompactVocabulary
        self._best: BestModel

    @property
    def best_step(self) -> int:
        """The update after which the model was the best."""
        best = self._best.best
        return best.step if best else 0

    @property
    def load(self) -> Load:
        """What memory has to hold."""
        most = self._recipe.micro_batch_size
        whole = self.schedule(most)
        return Load(
            self._backbone,
            self.device,
            self.precision,
            max(len(example.ids) for example in self._data.examples),
            whole.micro_batch_size * whole.accumulation,
            most,
            rows=len(self._sub_tokens),
            here=self._group.here,
            rounds=self._recipe.rounds,
        )

    def agree(self) -> None:
        """Have all processes of a group compute in the first one's arithmetic, on the same data.

        Raises:
            KnownError: They have different records, or another backbone.
        """
        watched = (window.ids for window in self._dev_windows)
        if len(set(self._group.gather(fingerprint(self._data, watched, self._head)))) > 1:
            raise KnownError(
                "The processes do not have the same records or the same backbone.",
                "Copy the project's folder, and the backbone's, to each machine again.",
            )
        self.precision = Precision(self._group.share(self.precision.value.encode()).decode())

    def schedule(self, most_at_once: int) -> Schedule:
        """Return the course of the training if so many windows fit in memory together."""
        return make_schedule(
            self._recipe,
            self._data.lengths,
            most_at_once=most_at_once,
            processes=self._group.size,
        )

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
        """
        recipe = self._recipe
        checkpoint = resume_point(self._run_folder, self._emit, self._group) if resume else None
        resumed_step = step_of(checkpoint) if checkpoint else 0
        if checkpoint is None:
            remove_weights(self._folder)
        set_seed(recipe.seed)
        self._model = new_model(self._backbone, self._head, fused=self.device.type != "cpu")
        self._chain = Chain(self._head)
        self._chain.join(self._model)
        self._vocabulary = CompactVocabulary(self._model, self._sub_tokens | {self._padding})
        quicken_dropout(self._model)
        narrow_stream(self._model)
        self._control.check()
        check_between_layers(self._model, self._control.check)
        self._best = BestModel(self._folder, resumed_step)
        self._emit(
            Started(
                device=describe_device(self.device),
                precision=self.precision.value,
                train_documents=len(self._train),
                dev_documents=len(self._dev),
                train_spans=self._data.spans,
                total_steps=schedule.total_updates,
                resumed_step=resumed_step,
                rounds=schedule.rounds,
            )
        )
        self._emit(Recorded(self.record(schedule)))
        if self._group.decide(self._best.stale >= self._patience):
            # Stopped between the last checkpoint and the finished model.
            return "early_stopping"
        order = LengthGroupedOrder(
            self._data.lengths, batch_size=schedule.batch_size, seed=recipe.seed
        )
        if not resumed_step and self._group.leads:
            figures = first_look(
                self._model,
                self._chain,
                self._data,
                order,
                padding=self._padding,
                device=self.device,
                precision=self.precision,
                schedule=schedule,
            )
            self._emit(figures)
        meter = Meter(self._group.size)
        stopping = self._stopping(schedule, meter, resumed_step) if self._group.leads else None
        even = EvenOrder(order, schedule) if self._group.size > 1 else None
        trainer = (TaughtTrainer if self._teacher else WordTrainer)(
            chain=self._chain,
            meter=meter,
            order=even or order,
            rate=partial(schedule.rate, warmup=recipe.warmup_ratio),
            model=self._model,
            args=trainer_arguments(
                recipe, schedule, self.precision, device=self.device, folder=self._folder
            ),
            train_dataset=WithBlank(self._data) if even else self._data,
            data_collator=(PadTaught if self._teacher else PadTogether)(self._padding),
            callbacks=[
                Steering(self._control, meter, self._emit),
                LiveFigures(meter, self._emit, self.device),
                stopping or HeedVerdict(group=self._group, schedule=schedule),
                Rounds(self._model, schedule),
                ClipWhereNeeded(),
            ],
        )
        if even is not None:
            trainer.add_callback(
                InStep(order=even, schedule=schedule, group=self._group, seed=recipe.seed)
            )
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        if self._control.stopping:
            return "stopped"
        return "early_stopping" if stopping and stopping.stopped_early else "completed"

    def finish(self, model_folder: Path) -> Report:
        """Calibrate the best model, write its folder, and return its report."""
        self._best.restore(self._model)
        self._vocabulary.make_whole()
        self._model.train(False)
        logits, head, temperature = self._read()
        calibration = cross_fitted_calibration(self._dev, logits, head)
        settings = ModelSettings(
            labels=head.labels,
            head=head.kind,
            transitions=head.transitions,
            max_length=self._max_length,
            overlap=self._recipe.overlap,
            abbreviations=head.abbreviations,
            temperature=temperature,
            backbone=backbone_name(self._backbone),
            versions={name: version(name) for name in ("chartmark", "torch", "transformers")},
            calibration=calibration,
        )
        part = part_of(model_folder)
        if part.exists():
            shutil.rmtree(part)
        shutil.copytree(self._tokenizer_folder, part)
        del self._model.chain  # the settings have it
        self._model.save_pretrained(part)
        write_settings(part, settings)
        if model_folder.exists():
            shutil.rmtree(model_folder)
        part.rename(model_folder)
        remove_weights(self._folder)
        return replace(
            report_on_logits(self._dev, logits, head, temperature), calibration=calibration
        )

    def _stopping(self, schedule: Schedule, meter: Meter, resumed_step: int) -> EvaluateAndStop:
        return EvaluateAndStop(
            best=self._best,
            average=WeightAverage(self._model, self._folder, resumed_step, schedule=schedule),
            evaluate=self._evaluate,
            meter=meter,
            model=self._model,
            schedule=schedule,
            patience=self._patience,
            emit=self._emit,
            verdict=self._group.decide,
        )

    @property
    def _padding(self) -> int:
        return int(getattr(self._model.config, "pad_token_id", 0) or 0)

    def _read(self) -> tuple[list[Floats], Head, float]:
        """Return dev's logits, and the head and temperature of the model if it is finished now."""
        logits = encoded_logits(
            self._model,
            self._dev_windows,
            len(self._dev),
            device=self.device,
            precision=Precision.FP32,
            check=self._control.check,
        )
        if not all(np.isfinite(rows).all() for rows in logits):
            raise lost_its_way()
        head = self._chain.learned()
        if self._recipe.rounds > 1:
            head = restrained(self._dev, logits, head, check=self._control.check)
        return logits, head, fit_temperature(self._dev, logits, head)

    def _evaluate(self) -> Report:
        return report_on_logits(self._dev, *self._read())
