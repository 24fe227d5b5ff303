from __future__ import annotations

import pytest

from core.schema.documents import PredictedSpan, ReviewStatus, Span, Split
from core.schema.learning import ScoredDocument, Strategy
from core.store import documents, edits, runs, scores
from core.store.project import Project
from tests.core.store.conftest import REPORT, add_model, imported


@pytest.fixture
def ranked(project: Project) -> Project:
    """Five documents, of which 2 to 4 have scores and 1 is done."""
    batch = [imported("three", "Asthma"), imported("four", "Café", patient_id="p")]
    documents.add_documents(project=project, documents=batch, split=Split.TRAIN)
    documents.add_documents(project=project, documents=[imported("five")])
    model = add_model(project)
    scored = [
        ScoredDocument(
            key,
            (PredictedSpan(0, 4, "disease", 0.5), PredictedSpan(1, 3, "drug", 0.4)),
            {"mnlp": mnlp, "margin": -mnlp},
        )
        for key, mnlp in ((1, 0.99), (2, 0.1), (3, 0.9), (4, 0.5))
    ]
    scores.add_scores(project=project, model_version_id=model.id, scored=scored)
    edits.set_review(project=project, document_id=1, status=ReviewStatus.DONE)
    return project


def order(project: Project, strategy: Strategy = Strategy.MNLP, **chosen: object) -> list[int]:
    """Keys in the queue's order."""
    rows = documents.queue(project=project, strategy=strategy, **chosen)  # type: ignore[arg-type]  # the filters are the test's parameters
    return [row.document_id for row in rows]


def test_open_records_by_score_then_import_order_then_done(ranked: Project) -> None:
    assert order(ranked) == [3, 4, 2, 5, 1]
    assert order(ranked, Strategy.MARGIN) == [2, 4, 3, 5, 1]
    assert order(ranked, Strategy.ENTROPY) == [2, 3, 4, 5, 1]


def test_rows_tell_what_a_record_holds(ranked: Project) -> None:
    edits.add_spans(project=ranked, document_id=4, spans=[Span(0, 4, "drug"), Span(0, 1, "drug")])
    rows = {row.document_id: row for row in documents.queue(project=ranked, strategy=Strategy.MNLP)}
    row = rows[4]
    assert (row.name, row.status, row.split) == (
        "record four",
        ReviewStatus.IN_PROGRESS,
        Split.TRAIN,
    )
    assert (row.patient_id, row.length, row.span_count, row.suggestion_count, row.score) == (
        "p",
        4,
        2,
        2,
        0.5,
    )
    assert (rows[1].suggestion_count, rows[1].score) == (0, None)
    assert (rows[5].suggestion_count, rows[5].score) == (0, None)
    assert len(documents.suggestions(project=ranked, document_id=1)) == 2


def test_filters(ranked: Project) -> None:
    assert order(ranked, search="asth") == [3]
    assert order(ranked, search="FÉ") == [4]
    assert order(ranked, search="record f") == [4, 5]
    assert order(ranked, search="  ") == [3, 4, 2, 5, 1]
    assert order(ranked, status=ReviewStatus.DONE) == [1]
    assert order(ranked, split=Split.TRAIN) == [3, 4]
    edits.add_spans(project=ranked, document_id=5, spans=[Span(0, 4, "drug")])
    assert order(ranked, label="drug") == [3, 4, 2, 5, 1]
    edits.delete_spans(
        project=ranked,
        span_ids=[span.id for span in documents.spans(project=ranked, document_id=5)],
    )
    assert order(ranked, label="drug") == [3, 4, 2, 1]


def test_scores_of_another_model_do_not_rank(ranked: Project) -> None:
    run = runs.runs(project=ranked)[0]
    newer = runs.add_model_version(
        project=ranked, run_id=run.id, folder="models/newer", report=REPORT
    )
    assert order(ranked)[0] == 3
    runs.promote(project=ranked, model_version_id=newer.id)
    assert order(ranked) == [2, 3, 4, 5, 1]
    assert documents.suggestions(project=ranked, document_id=3) == ()
    runs.promote(project=ranked, model_version_id=newer.id - 1)
    assert order(ranked) == [3, 4, 2, 5, 1]
    assert len(documents.suggestions(project=ranked, document_id=3)) == 2
