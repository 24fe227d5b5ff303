"""Trainings of a tiny encoder from beginning to end."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
import torch
from transformers import AutoConfig, DebertaConfig, DebertaModel

from core.inference.heads import HeadKind
from core.inference.predict import Predictor
from core.inference.settings import read_settings
from core.schema.documents import LabelledDocument, Span
from core.schema.learning import Precision
from core.training import progress
from core.training.evaluation import evaluate_documents
from core.training.events import Notice, Progress, Saved, Started, TrainingEvent
from tests.core.training.bench import LABELS, RECIPE, Bench, same


def test_a_training_learns_and_leaves_a_model(bench: Bench) -> None:
    result = bench.go(replace(RECIPE, epochs=20, patience=3))
    assert result.report.micro.f1 > 0.9
    assert set(result.report.labels) == set(LABELS)
    assert result.precision == "fp32"
    started = bench.events[0]
    assert isinstance(started, Started)
    assert (started.train_documents, started.dev_documents, started.train_spans) == (32, 12, 64)
    told = [event for event in bench.events if isinstance(event, Progress)]
    assert told[0].step == 0
    assert [event.step for event in told] == list(range(told[-1].step + 1))
    assert all(event.tokens_per_second > 0 and event.seconds_left >= 0 for event in told)
    assert told[0].loss > 1.0 > told[-1].loss
    best = [event for event in bench.evaluations() if event.best][-1]
    assert best.step == result.best_step
    assert best.report == replace(result.report, calibration=None)
    # The folder alone gives the very report again.
    report = evaluate_documents(
        predictor=Predictor(bench.model_folder, device="cpu"),
        documents=bench.dev,
        check=bench.control.check,
    )
    assert report.calibration is not None
    assert not report.calibration.cross_fitted
    assert replace(report, calibration=None) == best.report
    settings = read_settings(bench.model_folder)
    assert settings.labels == LABELS
    assert settings.abbreviations
    assert settings.calibration == result.report.calibration
    assert settings.calibration is not None
    assert settings.calibration.cross_fitted
    assert sorted(path.name for path in bench.run_folder.iterdir()) == [
        "evaluations.json",
        "tokenizer",
    ]


def test_patience_ends_a_training_early(bench: Bench) -> None:
    result = bench.go(replace(RECIPE, epochs=40, patience=1))
    assert result.reason == "early_stopping"
    steps = [event.step for event in bench.evaluations()]
    assert steps[-1] < bench.events[0].total_steps  # type: ignore[union-attr]  # Started
    assert result.best_step == steps[-2]


def test_the_last_figures_are_told_however_fast_a_training_ends(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN", 3600.0)
    result = bench.go(replace(RECIPE, epochs=40, patience=1))
    assert result.reason == "early_stopping"
    told = bench.losses()
    assert list(told) == [0, 1, bench.evaluations()[-1].step]


def test_the_seed_decides_everything(bench: Bench) -> None:
    other, third = bench.again("other"), bench.again("third")
    first_result, other_result = bench.go(), other.go()
    third.go(replace(RECIPE, seed=6))
    assert bench.losses() == other.losses()
    assert same(bench.weights(), other.weights())
    assert replace(first_result, seconds=0.0, energy=None) == replace(
        other_result, seconds=0.0, energy=None
    )
    assert bench.losses()[1] != third.losses()[1]


def test_no_text_of_a_record_is_in_a_run_or_model(bench: Bench) -> None:
    secret = "zebrafish4711quux"
    marked = [
        LabelledDocument(
            replace(item.document, text=f"{item.document.text} {secret}", name=secret), item.spans
        )
        for item in bench.train
    ]
    bench.train = marked
    bench.dev = [*bench.dev, *marked[:2]]
    seen: set[str] = set()

    def look(event: TrainingEvent) -> None:
        if isinstance(event, Saved):
            for path in bench.folder.rglob("*"):
                if path.is_file():
                    seen.add(path.name)
                    assert secret.encode() not in path.read_bytes(), path.name

    bench.go(replace(RECIPE, epochs=2), on_event=look)
    assert {"optimizer.pt", "trainer_state.json", "model.safetensors", "evaluations.json"} <= seen
    for path in bench.folder.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path.name


def test_one_process_trains_in_one_precision_after_another(bench: Bench) -> None:
    for precision in (Precision.BF16, Precision.FP32, Precision.BF16):
        result = bench.go(replace(RECIPE, epochs=1, precision=precision))
        assert result.precision == precision.value


def test_bf16_learns_as_well(bench: Bench) -> None:
    result = bench.go(replace(RECIPE, epochs=20, patience=3, precision=Precision.BF16))
    assert result.report.micro.f1 > 0.9


def test_the_first_deberta_learns_in_fp32_whatever_is_wanted(bench: Bench) -> None:
    backbone = bench.folder / "deberta"
    shutil.copytree(bench.backbone, backbone)
    known = AutoConfig.from_pretrained(backbone)
    torch.manual_seed(3)
    config = DebertaConfig(
        vocab_size=known.vocab_size,
        hidden_size=known.hidden_size,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=known.intermediate_size,
        pad_token_id=known.pad_token_id,
        relative_attention=True,
        pos_att_type=["c2p", "p2c"],
    )
    DebertaModel(config).save_pretrained(backbone)
    bench.backbone = str(backbone)
    result = bench.go(replace(RECIPE, epochs=1, precision=Precision.BF16))
    assert result.precision == "fp32"


def test_labels_that_no_head_holds_are_told_of(bench: Bench) -> None:
    first = bench.train[0]
    span = first.spans[0]
    inner = Span(span.start, span.end - 1, span.label)
    bench.train = [LabelledDocument(first.document, (*first.spans, inner)), *bench.train[1:]]
    bench.go(replace(RECIPE, epochs=1))
    assert [event.text for event in bench.events if isinstance(event, Notice)] == [
        "The model cannot learn 1 labels: they are discontinuous or overlap a longer one."
    ]
    assert read_settings(bench.model_folder).head is HeadKind.SOFTMAX
