"""Scoring of unread records: transformers' pipeline, ONNX Runtime, and Chartmark.

All read the same sentences of NCBI-disease's test part, a record each, with one model that
Chartmark trained briefly (kept in build/bench/). Words are the corpus's own. The ways take turns,
and the fastest of three passes counts: a machine that is slow for some seconds is not slow for one
of them alone. What int8 costs of F1 is seen on the test and dev parts together. A second comparison
joins ten sentences to a record, without the few that are too long for the pipeline. A third says
what the machine's 8-bit products alone would allow.

Memory and cost are looked at in a process of its own, in which records go through one after the
other: ``$CHARTMARK_BENCH_RECORDS`` says how many (20,000).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any

import psutil
from transformers import AutoTokenizer, pipeline

from core.export.conversion_process import convert
from core.inference.model import load_encoder
from core.inference.predict import Int8Predictor, Predictor
from core.inference.scoring import Scorer
from core.inference.session import INT8_MODEL
from core.inference.settings import read_settings
from core.learning.encoder_shape import read_shape
from core.schema.documents import LabelledDocument
from core.schema.learning import Recipe, ScoredDocument
from core.text.words import document_words
from core.training.control import Control
from core.training.evaluation import report
from core.training.run import train
from core.worker.environment import computing_threads
from core.worker.pool import agreement_of_spans
from tests.benchmarks import int8_products, plain_int8
from tests.benchmarks.corpora import is_here, read_corpus
from tests.benchmarks.figures import ROOT, Figure, at_most, publish, python, times_peer

FASTER_THAN_PIPELINE = 12.0
MOST_F1_LOST = 0.3
MOST_GROWTH_MB = 32.0
MOST_DEARER = 1.15
_MODEL = ROOT / "build" / "bench" / "scoring-model"
_RECORDS, _EPOCHS = 250, 3
"""Of the train part: some minutes on two cores."""
_PIPELINE_READS = 512
_FIRST = 1000
_PASSES = 3


def run() -> bool:
    """Measure and publish; returns whether the goals are met (or the corpus is not here)."""
    if not is_here("ncbi"):
        return True
    _prepare_model()
    corpus = read_corpus("ncbi", group=1)
    sentences = corpus.test
    # What a rounding costs is a few spans, up or down: the more are looked at, the less is chance.
    judged = [*corpus.test, *corpus.dev]
    scorers = (
        Predictor(_MODEL, device="cpu"),
        Int8Predictor(_MODEL, threads=computing_threads()),
    )
    full, small, plain, default, batched = _words_per_second(
        sentences,
        *(_reading(scorer, sentences) for scorer in scorers),
        plain_int8.reading(_MODEL, sentences),
        *(_reading_by_pipeline(sentences, size) for size in (1, 16)),
    )
    answers = [scorer.predict([item.document for item in judged]) for scorer in scorers]
    full_f1, small_f1 = (_f1(judged, answer) for answer in answers)
    figures = {
        "scoring_vs_pipeline": times_peer(small, default, "words/s", FASTER_THAN_PIPELINE),
        "scoring_f1_loss_points": at_most(100 * (full_f1 - small_f1), MOST_F1_LOST, "points"),
        "scoring_agreement": _plain(agreement_of_spans(*answers), "F1"),
        "f1_full_precision": _plain(full_f1, "F1"),
        "f1_int8": _plain(small_f1, "F1"),
        "full_precision_vs_pipeline": _compared(full, default),
        "int8_vs_batched_pipeline": _compared(small, batched),
        "int8_vs_full_precision": _compared(small, full),
        "int8_vs_plain_onnxruntime": _compared(small, plain),
        "plain_onnxruntime_vs_pipeline": _compared(plain, default),
        **_against_the_products(sentences, small, default),
        **_of_joined_records(),
        **_of_many(),
        "threads": _plain(computing_threads(), ""),
    }
    return publish("scoring", figures)


def stream(records: int) -> dict[str, float]:
    """Score so many records in this process; called in a process of its own.

    Returns:
        Peak of resident memory (MB) and seconds a word, over the first 1,000 records and over all.
    """
    known = [item.document for item in read_corpus("ncbi", group=1).test]
    scorer = Int8Predictor(_MODEL, threads=computing_threads())
    process = psutil.Process()
    # Of what is answered, not of what is taken: the scorer is a portion or two ahead.
    sizes = cycle([len(document_words(document)) for document in known])
    answer: dict[str, float] = {}
    done, words, peak, began = 0, 0, 0.0, time.perf_counter()
    for portion in scorer.stream(islice(cycle(known), records)):
        done += len(portion)
        words += sum(islice(sizes, len(portion)))
        peak = max(peak, process.memory_info().rss / 2**20)
        if done >= _FIRST and not answer:
            answer = {"first_mb": peak, "first_cost": (time.perf_counter() - began) / words}
            first_words, first_ended = words, time.perf_counter()
    rest = (time.perf_counter() - first_ended) / max(words - first_words, 1)
    return {**answer, "mb": peak, "cost": rest}


def _prepare_model() -> None:
    """Train the model and convert it, unless that was done before."""
    if not (_MODEL / "chartmark.json").is_file():
        corpus = read_corpus("ncbi")
        part = _MODEL.with_name("scoring-run")
        shutil.rmtree(part, ignore_errors=True)
        train(
            train=corpus.train[:_RECORDS],
            dev=corpus.dev[:_RECORDS],
            labels=corpus.labels,
            recipe=Recipe(epochs=_EPOCHS),
            run_folder=part,
            model_folder=_MODEL,
            control=Control(),
            emit=lambda _: None,
            device="cpu",
        )
        shutil.rmtree(part)
    if not (_MODEL / INT8_MODEL).is_file():
        part = _MODEL / "int8.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        convert(_MODEL, part, check=lambda: None)
        (part / INT8_MODEL).replace(_MODEL / INT8_MODEL)
        shutil.rmtree(part)


def _reading(scorer: Scorer, items: Sequence[LabelledDocument]) -> Callable[[], object]:
    documents = [item.document for item in items]
    return lambda: scorer.predict(documents)


def _reading_by_pipeline(
    items: Sequence[LabelledDocument], batch_size: int
) -> Callable[[], object]:
    """Return what lets the pipeline read; it labels sub-tokens, as it does by default."""
    reader: Any = pipeline("token-classification", model=str(_MODEL), device="cpu")
    texts = [item.document.text for item in items]
    return lambda: reader(texts, batch_size=batch_size)


def _words_per_second(
    items: Sequence[LabelledDocument], *ways: Callable[[], object]
) -> list[float]:
    """Return the words a second of each way's fastest pass over all items."""
    words = sum(len(document_words(item.document)) for item in items)
    fastest = [float("inf")] * len(ways)
    for _ in range(_PASSES):
        for at, read in enumerate(ways):
            began = time.perf_counter()
            read()
            fastest[at] = min(fastest[at], time.perf_counter() - began)
    return [words / seconds for seconds in fastest]


def _against_the_products(
    items: Sequence[LabelledDocument], int8: float, pipeline_default: float
) -> dict[str, Figure]:
    """Say how near int8 is to what 8-bit products alone allow here, and what that would be."""
    limit = int8_products.words_per_second(
        read_shape(_MODEL),
        load_encoder(_MODEL, read_settings(_MODEL)),
        items,
        computing_threads(),
    )
    return {
        "int8_of_products_limit": _compared(int8, limit),
        "products_limit_vs_pipeline": _compared(limit, pipeline_default),
    }


def _of_joined_records() -> dict[str, Figure]:
    tokenizer: Any = AutoTokenizer.from_pretrained(_MODEL)
    records = [
        item
        for item in read_corpus("ncbi").test
        if len(tokenizer(item.document.text)["input_ids"]) <= _PIPELINE_READS
    ]
    small = Int8Predictor(_MODEL, threads=computing_threads())
    speeds = _words_per_second(records, _reading(small, records), _reading_by_pipeline(records, 1))
    return {"int8_vs_pipeline_on_long_records": _compared(*speeds)}


def _of_many() -> dict[str, Figure]:
    records = int(os.environ.get("CHARTMARK_BENCH_RECORDS", "20000"))
    ended = python("-m", "tests.benchmarks.scoring", "--stream", str(records), timeout=3600)
    found = json.loads(ended.stdout.splitlines()[-1])
    growth = found["mb"] - found["first_mb"]
    dearer = found["cost"] / found["first_cost"]
    return {
        "memory_growth_mb": at_most(growth, MOST_GROWTH_MB, "MB"),
        "memory_peak_mb": _plain(found["mb"], "MB"),
        "cost_of_a_word_later": at_most(dearer, MOST_DEARER, "x"),
        "records_streamed": _plain(records, ""),
    }


def _f1(items: Sequence[LabelledDocument], answers: Sequence[ScoredDocument]) -> float:
    labels = sorted({span.label for item in items for span in item.spans})
    return report(items, [answer.spans for answer in answers], labels).micro.f1


def _compared(value: float, peer: float) -> Figure:
    return Figure(value, "words/s", peer, value / peer, "for comparison", met=True)


def _plain(value: float, unit: str) -> Figure:
    return Figure(value, unit, None, None, "", met=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stream"]:
        print(json.dumps(stream(int(sys.argv[2]))))
        sys.exit(0)
    sys.exit(0 if run() else 1)
