"""A tiny encoder learns labels inside labels, and its model folder alone finds them again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.inference.heads import HeadKind
from core.inference.predict import Predictor
from core.inference.settings import read_settings
from core.schema.documents import LabelledDocument, Span
from core.schema.learning import Strategy
from core.training.evaluation import evaluate_documents
from tests.core.training.bench import RECIPE, Bench
from tests.core.training.nesting import LABELS, nested_records


@pytest.fixture
def nested(bench: Bench) -> Bench:
    records = nested_records(60)
    bench.train, bench.dev, bench.labels = records[:48], records[48:], LABELS
    return bench


def test_a_nested_pattern_is_learnt(nested: Bench) -> None:
    result = nested.go(replace(RECIPE, epochs=20, patience=4))
    assert nested.notices() == [
        "120 labels overlap one of another name, so the model learns each name by itself and can "
        "find both."
    ]
    assert read_settings(nested.model_folder).head is HeadKind.MULTI_LABEL
    assert result.report.labels["finding"].f1 > 0.9
    assert result.report.labels["site"].f1 > 0.9
    predictor = Predictor(nested.model_folder, device="cpu")
    report = evaluate_documents(
        predictor=predictor, documents=nested.dev, check=nested.control.check
    )
    # Confidence is judged on other documents in the course of a training: see its own test.
    assert replace(report, calibration=None) == replace(result.report, calibration=None)
    (answer,) = predictor.predict([nested.dev[0].document])
    assert any(
        outer.start <= inner.start and inner.end <= outer.end and outer.label != inner.label
        for outer in answer.spans
        for inner in answer.spans
    )
    assert set(answer.uncertainty) == {strategy.value for strategy in Strategy}


def test_what_no_head_holds_is_told_of_beside_the_choice(nested: Bench) -> None:
    first = nested.train[0]
    outer = first.spans[0]
    inner = Span(outer.start, outer.end - 5, outer.label)
    nested.train = [LabelledDocument(first.document, (*first.spans, inner)), *nested.train[1:]]
    nested.go(replace(RECIPE, epochs=1))
    assert nested.notices()[1:] == [
        "The model cannot learn 1 labels: they are discontinuous or overlap a longer one."
    ]
