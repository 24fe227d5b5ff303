"""Trainings of benchmarks, each a process of its own with one thread, and kept once it is done.

A table of accuracy is hours of work on a small machine, so what is finished is kept, see ``kept``.
One thread each, as many side by side as there are cores: that loses nothing to waiting, and makes
figures that do not depend on the number of cores.

A training of more rounds begins with that of the default recipe, bit for bit. So where it has made
as many rounds as that, a copy of its run is gone on with as the default training, which has nothing
more to do than to finish its model, and both outcomes are kept.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from core.schema.documents import LabelledDocument
from core.schema.learning import Recipe, Report
from tests.benchmarks import kept
from tests.benchmarks.adapted import Adaptation, adapt

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
        adapting: Updates of the backbone's adaptation that it begins from; 0 for none.
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

    @property
    def adaptation(self) -> Adaptation | None:
        """What makes the backbone that it begins from, if not the embedded one."""
        if not self.adapting:
            return None
        return Adaptation(self.corpus, self.group, self.seed, self.adapting)

    @property
    def beginning(self) -> Training | None:
        """The training of the default recipe's rounds that it begins with, if it has more."""
        if self.recipe.rounds <= Recipe().rounds:
            return None
        changes = {name: value for name, value in self.changes.items() if name != "rounds"}
        return replace(self, changes=changes)


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
        adaptations = dict.fromkeys(item.adaptation for item in trainings if item.adaptation)
        # To its end: what an adaptation raises comes out here.
        list(pool.map(adapt, adaptations))
        return list(pool.map(_outcome, trainings))


def _outcome(training: Training) -> Outcome:
    place = _place(training)
    if not place.is_file():
        beginning = training.beginning
        kept.work(__name__, training, [place, *([_place(beginning)] if beginning else [])])
    return msgspec.json.decode(place.read_bytes(), type=Outcome)


def _place(training: Training) -> Path:
    return kept.place(training.corpus, training, ".json")


def _run(training: Training) -> list[Outcome]:
    """Train and test in this process; the outcome of its beginning comes second."""
    import numpy as np
    import torch

    from core.inference.predict import Predictor
    from core.training.control import Control
    from core.training.evaluation import evaluate_documents
    from core.training.events import Evaluated, Saved, Started, TrainingEvent
    from core.training.run import TrainResult, train
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
    beginning = training.beginning
    copied_at = copied_curve = 0
    copied_seconds = 0.0
    began = time.perf_counter()

    with TemporaryDirectory() as folder, LEFT_OUT[training.without]():
        run_folder, copied, model = (Path(folder) / name for name in ("run", "copied", "model"))
        begins_from = training.adaptation
        backbone = str(begins_from.folder) if begins_from else None

        def tell(event: TrainingEvent) -> None:
            nonlocal copied_at, copied_curve, copied_seconds
            if isinstance(event, Started) and beginning:
                copied_at = event.total_steps * beginning.recipe.rounds // event.rounds
            elif isinstance(event, Evaluated):
                curve.append(event.report.micro.f1)
                said = f"{training.corpus} {training.seed} {training.changes}: dev {curve[-1]:.4f}"
                print(f"{said} after {event.epoch:.1f} epochs", file=sys.stderr, flush=True)
            elif isinstance(event, Saved) and event.step == copied_at:
                copied_curve, copied_seconds = len(curve), time.perf_counter() - began
                shutil.copytree(run_folder, copied)

        def go(recipe: Recipe, run: Path, *, resume: bool) -> TrainResult:
            return train(
                train=learnt,
                dev=dev,
                labels=corpus.labels,
                recipe=recipe,
                run_folder=run,
                model_folder=model,
                control=Control(),
                emit=(lambda _: None) if resume else tell,
                backbone=backbone,
                device="cpu",
                resume=resume,
            )

        def tested() -> Report:
            return evaluate_documents(
                predictor=Predictor(model, device="cpu"),
                documents=corpus.test,
                check=lambda: None,
            )

        result = go(training.recipe, run_folder, resume=False)
        found = [Outcome(tested(), result.report, curve, result.seconds)]
        if beginning:
            shutil.rmtree(model)
            first = go(beginning.recipe, copied, resume=True)
            seconds = copied_seconds + first.seconds
            found.append(Outcome(tested(), first.report, curve[:copied_curve], seconds))
    return found


if __name__ == "__main__":
    wanted = msgspec.json.decode(sys.argv[1], type=Training)
    for part, outcome in zip(sys.argv[2:], _run(wanted), strict=True):
        Path(part).write_bytes(msgspec.json.encode(outcome))
