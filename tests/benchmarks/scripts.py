"""A script without blanks: an encoder built from Chinese records, and what it is worth.

On uner-zh: an encoder is built from the training part's text for ``$CHARTMARK_BENCH_MINUTES``
(5), trained with the default recipe on ``$CHARTMARK_BENCH_RECORDS`` of its 134 records (40), and
tested (strict spans), beside the same encoder without pre-training, each in a process of one
thread. And every gold span goes through words, windows and tags and must come out as it went in.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.formats.reading import read_file
from core.formats.values import ReadOptions
from core.schema.documents import Document, LabelledDocument
from core.schema.learning import Recipe
from core.schema.pretraining import LEAST_PATIENTS, Budget, EncoderShape
from tests.benchmarks.corpora import Corpus, corpora_folder
from tests.benchmarks.figures import ROOT, Figure, publish
from tests.round_trip import stretches, through_windows

_FOLDER = corpora_folder() / "uner-zh"
_SEED = 13
_GAIN = 0.02
"""What pre-training is to gain, in F1: well over what another seed changes."""


def run() -> bool:
    """Measure and publish; returns whether the goals are met (or the corpus is not here)."""
    if not _FOLDER.is_dir():
        print(f"scripts: skipped, for {_FOLDER} is not here; set CHARTMARK_CORPORA")
        return True
    corpus = _corpus()
    seconds = 60 * float(os.environ.get("CHARTMARK_BENCH_MINUTES", "5"))
    figures: dict[str, Figure] = {}
    with TemporaryDirectory() as place:
        built, bare = Path(place) / "built", Path(place) / "bare"
        figures |= _build(corpus, built, seconds)
        _build(corpus, bare, 0.0)
        figures |= _round_trip(corpus, built)
        with ThreadPoolExecutor(2) as pool:
            without, with_it = pool.map(_train_apart, (bare, built))
    figures["zh_test_f1_without_pretraining"] = _plain(without, "F1")
    figures["zh_test_f1"] = Figure(
        value=with_it,
        unit="F1",
        peer=without,
        ratio=with_it / max(without, 1e-9),
        goal=f">= {_GAIN:g} above none",
        met=with_it >= without + _GAIN,
    )
    return publish("scripts", figures)


def _corpus() -> Corpus:
    parts = (_read(_FOLDER / f"zh_gsdsimp-ud-{part}.iob2") for part in ("train", "dev", "test"))
    return Corpus(*parts)


def _read(file: Path) -> list[LabelledDocument]:
    _, reading = read_file(file, None, ReadOptions())
    return [
        LabelledDocument(Document(number, item.name, item.text, tokens=item.tokens), item.spans)
        for number, item in enumerate(reading.documents, start=1)
    ]


def _build(corpus: Corpus, out: Path, seconds: float) -> dict[str, Figure]:
    from core.inference.coverage import measure_coverage
    from core.inference.model import backbone_tokenizer, embedded_backbone
    from core.training.backbones import Watch, build_backbone
    from core.training.control import Control

    documents = [item.document for item in corpus.train]
    done = build_backbone(
        documents,
        out,
        shape=EncoderShape(),
        least_patients=LEAST_PATIENTS,
        budget=Budget(seconds=seconds),
        seed=_SEED,
        watch=Watch(Control(), lambda _: None, lambda _: None),
        device="cpu",
    )
    unseen = [item.document for item in corpus.test]
    own = measure_coverage(backbone_tokenizer(str(out)), unseen)
    embedded = measure_coverage(backbone_tokenizer(str(embedded_backbone())), unseen)
    return {
        "zh_build_updates": _plain(done.updates, "updates"),
        "zh_build_tokens_per_second": _plain(done.tokens / max(done.seconds, 1e-9), "tokens/s"),
        "zh_build_loss": _plain(done.loss, "nats"),
        "zh_words_unknown": Figure(
            own.unknown_share,
            "share",
            embedded.unknown_share,
            own.unknown_share / max(embedded.unknown_share, 1e-9),
            "<= 0.05 share",
            met=own.unknown_share <= 0.05,
        ),
    }


def _round_trip(corpus: Corpus, backbone: Path) -> dict[str, Figure]:
    """Count the spans that do not come back, on the source's words and on the splitter's."""
    from core.inference.encoding import Encoder
    from core.inference.model import backbone_tokenizer

    recipe = Recipe()
    encoder = Encoder(
        backbone_tokenizer(str(backbone)), max_length=recipe.max_length, overlap=recipe.overlap
    )
    everything = [*corpus.train, *corpus.dev, *corpus.test]
    lost = {"source": 0, "splitter": 0}
    for item in everything:
        split = replace(item, document=replace(item.document, tokens=None))
        for name, one in (("source", item), ("splitter", split)):
            lost[name] += len(stretches(one) ^ through_windows(one, encoder, corpus.labels))
    spans = sum(len(item.spans) for item in everything)
    return {
        "zh_spans": _plain(spans, "spans"),
        **{
            f"zh_spans_lost_on_words_of_the_{name}": Figure(
                count, "spans", None, None, "none", met=count == 0
            )
            for name, count in lost.items()
        },
    }


def _train_apart(backbone: Path) -> float:
    """Train and test in a process of one thread: two then lose nothing to each other."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.scripts", str(backbone)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(answer.stdout)


def _train(corpus: Corpus, backbone: Path) -> float:
    """Return micro F1 on the test part after a training with the default recipe."""
    from core.inference.predict import Predictor
    from core.training.control import Control
    from core.training.evaluation import evaluate_documents
    from core.training.events import Evaluated, TrainingEvent
    from core.training.run import train

    records = int(os.environ.get("CHARTMARK_BENCH_RECORDS", "40"))
    drawn = random.Random(_SEED).sample(corpus.train, min(records, len(corpus.train)))

    def tell(event: TrainingEvent) -> None:
        if isinstance(event, Evaluated):
            said = f"{backbone.name}: dev {event.report.micro.f1:.4f}"
            print(f"{said} after {event.epoch:.1f} epochs", file=sys.stderr, flush=True)

    with TemporaryDirectory() as folder:
        train(
            train=drawn,
            dev=corpus.dev,
            labels=corpus.labels,
            recipe=Recipe(seed=_SEED),
            run_folder=Path(folder) / "run",
            model_folder=Path(folder) / "model",
            control=Control(),
            emit=tell,
            backbone=str(backbone),
            device="cpu",
        )
        report = evaluate_documents(
            predictor=Predictor(Path(folder) / "model", device="cpu"),
            documents=corpus.test,
            check=lambda: None,
        )
    return report.micro.f1


def _plain(value: float, unit: str) -> Figure:
    return Figure(value, unit, None, None, "", met=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(_train(_corpus(), Path(sys.argv[1])))
    else:
        sys.exit(0 if run() else 1)
