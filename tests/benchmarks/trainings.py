"""Trainings of benchmarks, each a process of its own with one thread, and kept once it is done.

A table of accuracy is hours of work on a small machine. What is finished is kept in
build/bench/trainings under a digest of the learning engine's code and of what was asked for, so
that a broken off table goes on where it was, and a changed engine is measured anew. One thread
each, as many side by side as there are cores: that loses nothing to waiting, and makes figures
that do not depend on the number of cores.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from core.schema.documents import LabelledDocument
from core.schema.learning import Recipe, Report
from tests.benchmarks.figures import ROOT

_KEPT = ROOT / "build" / "bench" / "trainings"
_DECIDES = ("core/training", "core/inference", "core/text", "core/schema/learning.py")
"""Code on which a result depends."""
_LEAST_DEV = 5
"""Records without which there is nothing to decide by."""


@dataclass(frozen=True, slots=True)
class Training:
    """What is trained and tested.

    Attributes:
        corpus: See ``corpora.read_corpus``.
        seed: Of every random choice.
        changes: Fields of the default recipe that are to be otherwise.
        records: Take only so many of the training records, chosen by the seed, and a quarter as
            many to decide by, as a project would have them; all if 0.
        group: Sentences in a record; 0 for whole abstracts, see ``corpora.read_corpus``.
        without: Name of a part of the engine to leave out, see ``left_out``.
        adapting: Updates of an adaptation of the backbone to the text of all training records,
            labelled or not, before the training; 0 for none.
    """

    corpus: str
    seed: int
    changes: dict[str, int | float] = field(default_factory=dict)
    records: int = 0
    group: int = 0
    without: str = ""
    adapting: int = 0

    @property
    def recipe(self) -> Recipe:
        """The default recipe with the changes."""
        return replace(msgspec.convert(self.changes, Recipe), seed=self.seed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a training.

    Attributes:
        test: Report of the model that was the best on dev.
        dev: Report of it there.
        curve: Micro F1 on dev at each evaluation.
        seconds: Wall time of the training, in one thread beside others.
    """

    test: Report
    dev: Report
    curve: list[float]
    seconds: float


def outcomes(trainings: Sequence[Training]) -> list[Outcome]:
    """Return what came of trainings, those that are not kept yet run side by side."""
    workers = int(os.environ.get("CHARTMARK_BENCH_JOBS", os.cpu_count() or 1))
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(_outcome, trainings))


def _outcome(training: Training) -> Outcome:
    asked = msgspec.json.encode(training)
    kept = _KEPT / f"{training.corpus}-{hashlib.sha256(_code() + asked).hexdigest()[:16]}.json"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
        part = kept.with_suffix(".part")
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.trainings", asked.decode(), str(part)],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        part.replace(kept)
    return msgspec.json.decode(kept.read_bytes(), type=Outcome)


def _code() -> bytes:
    digest = hashlib.sha256()
    for place in _DECIDES:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.digest()


def _run(training: Training) -> Outcome:
    """Train and test in this process."""
    import numpy as np
    import torch

    from core.inference.predict import Predictor
    from core.schema.pretraining import Budget
    from core.training.backbones import Watch, adapt_backbone
    from core.training.control import Control
    from core.training.evaluation import evaluate_documents
    from core.training.events import Evaluated, TrainingEvent
    from core.training.run import train
    from tests.benchmarks.corpora import read_corpus
    from tests.benchmarks.left_out import LEFT_OUT

    torch.set_num_threads(1)
    corpus = read_corpus(training.corpus, group=training.group)
    random = np.random.default_rng(training.seed)

    def some(documents: list[LabelledDocument], count: int) -> list[LabelledDocument]:
        chosen = random.permutation(len(documents))[: count or None]
        return [documents[at] for at in sorted(chosen)]

    learnt, dev = corpus.train, corpus.dev
    if training.records:
        learnt = some(learnt, training.records)
        dev = some(dev, max(_LEAST_DEV, training.records // 4))
    curve: list[float] = []

    def tell(event: TrainingEvent) -> None:
        if isinstance(event, Evaluated):
            curve.append(event.report.micro.f1)
            said = f"{training.corpus} {training.seed} {training.changes}: dev {curve[-1]:.4f}"
            print(f"{said} after {event.epoch:.1f} epochs", file=sys.stderr, flush=True)

    with TemporaryDirectory() as folder, LEFT_OUT[training.without]():
        backbone = None
        if training.adapting:
            backbone = str(Path(folder) / "backbone")
            order = random.permutation(len(corpus.train))
            adapt_backbone(
                [corpus.train[at].document for at in order],
                Path(backbone),
                backbone="",
                budget=Budget(updates=training.adapting),
                seed=training.seed,
                watch=Watch(control=Control(), step=lambda _: None, pace=lambda _: None),
                device="cpu",
            )
        result = train(
            train=learnt,
            dev=dev,
            labels=corpus.labels,
            recipe=training.recipe,
            run_folder=Path(folder) / "run",
            model_folder=Path(folder) / "model",
            control=Control(),
            emit=tell,
            backbone=backbone,
            device="cpu",
        )
        test = evaluate_documents(
            predictor=Predictor(Path(folder) / "model", device="cpu"),
            documents=corpus.test,
            check=lambda: None,
        )
    return Outcome(test, result.report, curve, result.seconds)


if __name__ == "__main__":
    wanted = msgspec.json.decode(sys.argv[1], type=Training)
    Path(sys.argv[2]).write_bytes(msgspec.json.encode(_run(wanted)))
