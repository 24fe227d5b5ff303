"""A training from beginning to end, going on with smaller batches where memory runs out."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError

from core.inference.devices import choose_device, describe_device
from core.schema.documents import LabelledDocument
from core.schema.errors import KnownError
from core.schema.learning import Recipe, Report
from core.schema.phrases import phrase
from core.schema.run_record import Energy, RunRecord
from core.training.allocator import kept_memory
from core.training.checkpoints import remove_unfinished
from core.training.control import Control
from core.training.distilling import Teacher
from core.training.energy import EnergyMeter
from core.training.events import Notice, TrainingEvent
from core.training.faults import is_disk_full, is_out_of_memory
from core.training.group import ALONE, Group
from core.training.job import TrainingJob
from core.training.readiness import check_vocabulary
from core.training.record import check_repeat
from core.training.room import fitting_windows
from core.training.starting import starting_point

Documents = tuple[Sequence[LabelledDocument], Sequence[LabelledDocument], Sequence[str]]
"""Those to learn from, those of dev, and the labels."""


@dataclass(frozen=True, slots=True)
class TrainResult:
    """What came of a training.

    Attributes:
        reason: ``completed``, ``early_stopping`` or ``stopped``.
        report: Of the best model on the dev documents.
        best_step: The update after which it was the best.
        device: Where it ran, as shown.
        precision: Its arithmetic.
        seconds: Wall time.
        energy: What the machine used meanwhile, where it tells.
    """

    reason: str
    report: Report
    best_step: int
    device: str
    precision: str
    seconds: float
    energy: Energy | None = None


def train(
    *,
    train: Sequence[LabelledDocument],
    dev: Sequence[LabelledDocument],
    labels: Sequence[str],
    recipe: Recipe,
    run_folder: Path,
    model_folder: Path,
    control: Control,
    emit: Callable[[TrainingEvent], None],
    backbone: str | None = None,
    start_model: Path | None = None,
    device: str = "auto",
    resume: bool = False,
    allow_network: bool = False,
    repeats: RunRecord | None = None,
    teacher: Teacher | None = None,
    group: Group = ALONE,
) -> TrainResult:
    """Fine-tune a backbone and write the best model.

    The micro-batch is as large as memory allows. On out-of-memory it is halved and the training
    goes on from the last checkpoint with twice the accumulation, so that updates stay the same.

    Args:
        train: Documents to learn from, with all their spans.
        dev: Documents that decide which model is best; of other patients.
        labels: The scheme.
        recipe: Hyperparameters.
        run_folder: For checkpoints; holds no record text.
        model_folder: Where the finished model is put.
        control: The user's wishes.
        emit: Gets the events.
        backbone: Folder or hub name; the embedded encoder if None.
        start_model: Folder of a model to continue instead, with the same labels.
        device: ``auto`` or a device's name.
        resume: Go on from the last checkpoint in ``run_folder``.
        allow_network: Whether a hub name may be fetched.
        repeats: The record of the training that this one is to repeat; differences are told.
        teacher: A bigger model that it learns from besides the labels; None for none.
        group: The processes that train; the others of it ``assist`` this one.

    Raises:
        KnownError: There is too little data, the backbone is for another language, the model to
            continue or to learn from is gone or has other labels, a repetition would begin from
            other weights, memory does not suffice even for single windows, the disk is full, or
            the loss is no number any more.
        StoppedByUserError: The user cancelled it.
    """
    began = time.perf_counter()
    chosen = choose_device(device)
    meter = EnergyMeter(chosen)

    def tell(event: TrainingEvent) -> None:
        meter.sample()
        emit(event)

    def prepare() -> TrainingJob:
        _check_data(train, dev, labels)
        if teacher is not None and group.size > 1:
            raise KnownError(
                "Only one process can learn from a bigger model.", "Use chartmark train for it."
            )
        base = starting_point(
            backbone=backbone, start_model=start_model, labels=labels, allow_network=allow_network
        )
        if start_model is None:
            check_vocabulary(base, train, emit=emit, check=control.check)
        return TrainingJob(
            train=train,
            dev=dev,
            labels=tuple(labels),
            recipe=recipe,
            run_folder=run_folder,
            control=control,
            emit=tell,
            backbone=base,
            device=chosen,
            teacher=teacher,
            group=group,
        )

    job = group.together(prepare)
    at_once = _settle(job, emit, group)
    beside = job.beside(resume=resume)
    try:
        with kept_memory(chosen), _threads_of_one(beside):
            if repeats is not None and (
                differences := check_repeat(repeats, job.record(job.schedule(at_once, beside)))
            ):
                emit(Notice(differences))
            reason = _fit(job, at_once, emit, resume=resume, group=group, beside=beside)
            final = job.finish(model_folder)
    except (OSError, RuntimeError, SafetensorError) as error:
        if not is_disk_full(error):
            raise
        remove_unfinished(run_folder, model_folder)
        raise KnownError(
            "The disk is full; the training could not be saved.",
            "Make room, then resume it or retrain.",
        ) from error
    return TrainResult(
        reason=reason,
        report=final,
        best_step=job.best_step,
        device=describe_device(job.device),
        precision=job.precision.value,
        seconds=time.perf_counter() - began,
        energy=meter.read(),
    )


def assist(
    *,
    read: Callable[[], Documents],
    recipe: Recipe,
    run_folder: Path,
    control: Control,
    group: Group,
    backbone: str | None = None,
    start_model: Path | None = None,
    device: str = "auto",
    resume: bool = False,
    allow_network: bool = False,
) -> None:
    """Do this process's share of a training that another one leads, and write nothing.

    Args:
        read: Gives what ``train`` is given there: the documents to learn from, those of dev, and
            the labels.
        recipe: As there.
        run_folder: As there; a checkpoint that is resumed must lie in it.
        control: Of this process.
        group: The processes that train.
        backbone: As there.
        start_model: As there.
        device: Of this process.
        resume: As there.
        allow_network: As there.

    Raises:
        KnownError: Something hinders this process or another one.
        StoppedByUserError: It was cancelled.
    """
    # The Trainer and the tokenizer want a folder; neither puts record text there.
    with tempfile.TemporaryDirectory(prefix="chartmark-") as own_folder:

        def prepare() -> TrainingJob:
            train, dev, labels = read()
            return TrainingJob(
                train=train,
                dev=dev,
                labels=tuple(labels),
                recipe=recipe,
                run_folder=run_folder,
                control=control,
                emit=_tell_nobody,
                backbone=starting_point(
                    backbone=backbone,
                    start_model=start_model,
                    labels=labels,
                    allow_network=allow_network,
                ),
                device=choose_device(device),
                group=group,
                own_folder=Path(own_folder),
            )

        job = group.together(prepare)
        at_once = _settle(job, _tell_nobody, group)
        with kept_memory(job.device):
            _fit(job, at_once, _tell_nobody, resume=resume, group=group)


def _settle(job: TrainingJob, emit: Callable[[TrainingEvent], None], group: Group) -> int:
    """Have all processes agree; returns how many windows each of them takes at once."""
    job.agree()
    return min(group.gather(fitting_windows(job.load(), emit)))


@contextmanager
def _threads_of_one(beside: int) -> Iterator[None]:
    """Leave other processes their threads: as many as this one, for none should wait long."""
    threads = torch.get_num_threads()
    torch.set_num_threads(threads // beside)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _tell_nobody(_event: TrainingEvent) -> None:
    """The first process tells what there is to tell."""


def _fit(
    job: TrainingJob,
    at_once: int,
    emit: Callable[[TrainingEvent], None],
    *,
    resume: bool,
    group: Group,
    beside: int = 1,
) -> str:
    while True:
        schedule = job.schedule(at_once, beside)
        try:
            return job.fit(schedule, resume=resume)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if schedule.micro_batch_size == 1:
                raise KnownError(
                    "There is not enough memory even for one window at a time.",
                    "Shorten the windows in the settings, or close other programs.",
                ) from error
            if group.size > 1:
                # The others are in the midst of their passes and wait for this one's gradients.
                raise KnownError(
                    "Memory ran out with {count} windows at a time in each process.",
                    "Start them again with --micro-batch {half}; --resume goes on from the last "
                    "checkpoint.",
                    count=schedule.micro_batch_size,
                    half=schedule.micro_batch_size // 2,
                ) from error
        # Only here, with the error and the frames it holds gone, can the memory be given back.
        gc.collect()
        if job.device.type == "cuda":
            torch.cuda.empty_cache()
        at_once = schedule.micro_batch_size // 2
        resume = True
        emit(
            Notice(
                phrase(
                    "Memory ran out; going on with smaller batches ({count} windows).",
                    count=at_once,
                )
            )
        )


def _check_data(
    train: Sequence[LabelledDocument], dev: Sequence[LabelledDocument], labels: Sequence[str]
) -> None:
    if not labels:
        raise KnownError("The project has no labels.", "Add a label first.")
    if not any(item.spans for item in train):
        raise KnownError(
            "No record to train on has a label.", "Label some records and mark them as done."
        )
    if not any(item.spans for item in dev):
        raise KnownError(
            "No record held back for dev has a label.",
            "Mark more labelled records as done, of at least two patients.",
        )
