from __future__ import annotations

from core.schema.documents import PredictedSpan, ReviewStatus, Span
from core.schema.labels import Label
from core.schema.learning import ScoredDocument
from core.store import documents, edits, labels
from core.store.project import Project
from core.store.scores import add_scores, unread_ids
from core.store.verification import verify
from tests.core.store.conftest import add_model, imported, suggest

DRUG = PredictedSpan(0, 9, "drug", 0.9)
DISEASE = PredictedSpan(21, 29, "disease", 0.6)


def open_ones(project: Project, document_id: int = 1) -> list[tuple[int, str, float]]:
    found = documents.suggestions(project=project, document_id=document_id)
    return [(item.start, item.label, item.score) for item in found]


def test_labels_and_decisions_do_not_come_back(project: Project) -> None:
    model = add_model(project)
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    suggest(project, model, 1, DRUG, DISEASE, PredictedSpan(21, 29, "gone", 0.5))
    assert open_ones(project) == [(21, "disease", 0.6)]
    (suggestion,) = documents.suggestions(project=project, document_id=1)
    edits.reject_suggestions(project=project, suggestion_ids=[suggestion.id])
    suggest(project, model, 1, DRUG, DISEASE)
    assert open_ones(project) == []
    newer = add_model(project, "newer")
    suggest(project, newer, 1, DISEASE)
    assert open_ones(project) == [(21, "disease", 0.6)]
    assert verify(project=project) == []


def test_scoring_again_keeps_keys_and_removes_what_is_no_longer_predicted(
    project: Project,
) -> None:
    model = add_model(project)
    suggest(project, model, 1, DRUG, DISEASE)
    first, second = documents.suggestions(project=project, document_id=1)
    suggest(project, model, 1, PredictedSpan(0, 9, "drug", 0.8), PredictedSpan(1, 3, "drug", 1.5))
    kept, fresh = documents.suggestions(project=project, document_id=1)
    assert (kept.id, kept.score) == (first.id, 0.8)
    assert (fresh.start, fresh.score) == (1, 1.0)
    assert fresh.id > second.id
    suggest(project, model, 1)
    suggest(project, model, 1, DRUG)
    (again,) = documents.suggestions(project=project, document_id=1)
    assert again.id > fresh.id


def test_scores_of_other_documents_stay(project: Project) -> None:
    model = add_model(project)
    suggest(project, model, 1, DRUG)
    suggest(project, model, 2, DISEASE)
    assert (open_ones(project), open_ones(project, 2)) == (
        [(0, "drug", 0.9)],
        [(21, "disease", 0.6)],
    )


def test_model_may_use_the_name_a_label_had(project: Project) -> None:
    model = add_model(project)
    drug = labels.scheme(project=project).labels[0]
    labels.change_label(project=project, label=Label("remedy", drug.colour, id=drug.id))
    suggest(project, model, 1, DRUG)
    assert open_ones(project) == [(0, "remedy", 0.9)]


def test_suggestion_beside_a_discontinuous_label_comes(project: Project) -> None:
    model = add_model(project)
    pieces = ((0, 4), (6, 9))
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug", pieces=pieces)])
    suggest(project, model, 1, DRUG)
    assert open_ones(project) == [(0, "drug", 0.9)]


def test_unread_are_those_to_do_or_in_progress(project: Project) -> None:
    batch = [imported(str(number)) for number in range(1500)]
    documents.add_documents(project=project, documents=batch)
    edits.set_review(project=project, document_id=1, status=ReviewStatus.DONE)
    edits.set_review(project=project, document_id=2, status=ReviewStatus.FLAGGED)
    edits.set_review(project=project, document_id=3, status=ReviewStatus.IN_PROGRESS)
    unread = unread_ids(project=project)
    assert unread == list(range(3, 1503))
    model = add_model(project)
    scored = [ScoredDocument(key, (DRUG, DISEASE), {"mnlp": 0.1}) for key in unread]
    changes = add_scores(project=project, model_version_id=model.id, scored=scored)
    assert len(changes.documents) == 1500
    assert (changes.queue, changes.suggestions) == (True, True)
    assert len(open_ones(project, 1502)) == 2
