"""Prediction with a model in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.inference.predict import Predictor
from core.schema.documents import Document
from core.schema.errors import KnownError
from core.schema.learning import Strategy
from core.training.control import Control, StoppedByUserError

TEXTS = (
    "No sign of cancer ; insulin was stopped .",
    "",
    "Her mother had gout . " * 12,
    "高血压 aspirin 5 mg daily .",
)
DOCUMENTS = [Document(number, "note", text) for number, text in enumerate(TEXTS, start=1)]


@pytest.fixture(scope="module")
def predictor(model_folder: Path) -> Predictor:
    return Predictor(model_folder, device="cpu")


def test_every_document_is_answered_in_order(predictor: Predictor) -> None:
    answers = predictor.predict(DOCUMENTS)
    assert [answer.document_id for answer in answers] == [1, 2, 3, 4]
    assert any(answer.spans for answer in answers)
    for answer, text in zip(answers, TEXTS, strict=True):
        assert set(answer.uncertainty) == {strategy.value for strategy in Strategy}
        for span in answer.spans:
            assert 0 <= span.start < span.end <= len(text)
            assert span.label in {"drug", "disease"}
            assert 0.0 <= span.score <= 1.0
    assert answers[1].spans == ()


def test_company_does_not_change_an_answer(predictor: Predictor) -> None:
    together = predictor.predict(DOCUMENTS)
    for document, answer in zip(DOCUMENTS, together, strict=True):
        (alone,) = predictor.predict([document])
        assert [(s.start, s.end, s.label) for s in alone.spans] == [
            (s.start, s.end, s.label) for s in answer.spans
        ]
        assert np.allclose(
            list(alone.uncertainty.values()), list(answer.uncertainty.values()), atol=1e-5
        )


def test_the_seed_changes_the_random_score_alone(predictor: Predictor) -> None:
    (one,) = predictor.predict(DOCUMENTS[:1], seed=1)
    (other,) = predictor.predict(DOCUMENTS[:1], seed=2)
    assert one.spans == other.spans
    changed = [name for name in one.uncertainty if one.uncertainty[name] != other.uncertainty[name]]
    assert changed == [Strategy.RANDOM.value]


def test_prediction_ends_when_cancelled(predictor: Predictor) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(StoppedByUserError):
        predictor.predict(DOCUMENTS, check=control.check)


def test_no_documents_no_answers(predictor: Predictor) -> None:
    assert predictor.predict([]) == []


def test_a_device_that_is_not_here_is_a_known_error(model_folder: Path) -> None:
    with pytest.raises(KnownError, match="no device called"):
        Predictor(model_folder, device="toaster")
