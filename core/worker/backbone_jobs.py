"""The jobs that make backbones from records' text, or compare them with it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from core.formats.reading import read_file
from core.formats.values import ReadOptions
from core.inference.coverage import measure_coverage
from core.inference.model import backbone_tokenizer, find_backbone
from core.schema.documents import Document
from core.schema.errors import KnownError
from core.store.project import Project
from core.store.texts import LearnableTexts
from core.training.backbones import Records, Watch, adapt_backbone, build_backbone
from core.training.control import Control
from core.training.pretraining import Pace, Pretrained
from core.worker.messages import (
    AdaptBackbone,
    BackboneMade,
    BackboneProgress,
    BuildBackbone,
    CoverageMeasured,
    Event,
    MeasureCoverage,
    Preparing,
)

Send = Callable[[Event], None]

_MEASURED = 300
"""Records whose words are looked up: enough to tell a language from another."""


def build(request: BuildBackbone, project: Project | None, control: Control, send: Send) -> None:
    """Build a backbone from the project's records, or from files."""
    done = build_backbone(
        _texts(request, project, control),
        Path(request.out_folder),
        shape=request.shape,
        least_patients=request.least_patients,
        budget=request.budget,
        seed=request.seed,
        watch=_watch(request.job, control, send),
        device=request.device,
    )
    send(_made(request.job, request.out_folder, done))


def adapt(request: AdaptBackbone, project: Project, control: Control, send: Send) -> None:
    """Adapt a backbone to the project's records."""
    done = adapt_backbone(
        LearnableTexts(project, seed=request.seed),
        Path(request.out_folder),
        backbone=request.backbone,
        budget=request.budget,
        seed=request.seed,
        watch=_watch(request.job, control, send),
        device=request.device,
    )
    send(_made(request.job, request.out_folder, done))


def measure(request: MeasureCoverage, project: Project, control: Control, send: Send) -> None:
    """Tell how much of the records' words a backbone knows."""
    coverage = measure_coverage(
        backbone_tokenizer(find_backbone(request.backbone or None)),
        LearnableTexts(project, most=_MEASURED),
        check=control.check,
    )
    send(CoverageMeasured(job=request.job, backbone=request.backbone, coverage=coverage))


def _texts(request: BuildBackbone, project: Project | None, control: Control) -> Records:
    if request.files:
        return _read(request.files, request.seed, control)
    if project is None:
        raise KnownError("The worker has no project.", "Open the project again.")
    return LearnableTexts(project, seed=request.seed)


def _read(files: tuple[str, ...], seed: int, control: Control) -> list[Document]:
    """Return the records of files; of a plain text each line is taken for one."""
    documents: list[Document] = []
    for file in map(Path, files):
        control.check()
        format, reading = read_file(file, None, ReadOptions())
        if not reading.documents and reading.faults:
            raise KnownError(
                "{file} cannot be read: {reason}.",
                "Give text files, or files of records.",
                file=file,
                reason=reading.faults[0].reason,
            )
        for item in reading.documents:
            texts = item.text.splitlines() if format == "text" else [item.text]
            documents += [
                Document(len(documents) + number, item.name, text, item.patient_id)
                for number, text in enumerate(filter(str.strip, texts), start=1)
            ]
    random.Random(seed).shuffle(documents)
    return documents


def _watch(job: int, control: Control, send: Send) -> Watch:
    def pace(figures: Pace) -> None:
        send(
            BackboneProgress(
                job=job,
                share=figures.share,
                updates=figures.updates,
                loss=figures.loss,
                tokens_per_second=figures.tokens_per_second,
                seconds_left=figures.seconds_left,
            )
        )

    return Watch(control=control, step=lambda step: send(Preparing(job=job, step=step)), pace=pace)


def _made(job: int, out: str, done: Pretrained) -> BackboneMade:
    return BackboneMade(
        job=job,
        out_folder=out,
        updates=done.updates,
        seconds=done.seconds,
        tokens=done.tokens,
        loss=done.loss,
        device=done.device,
        precision=done.precision,
    )
