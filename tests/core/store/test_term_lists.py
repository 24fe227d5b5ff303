from __future__ import annotations

from dataclasses import replace

import pytest

from core.schema.documents import Origin, PredictedSpan, ReviewStatus, Span, SuggestionStatus
from core.schema.errors import KnownError
from core.schema.term_lists import TermList
from core.store import documents, edits, labels, term_lists
from core.store.audit import last_event
from core.store.models import TermListRow, table_of
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import add_model, suggest

DRUGS = TermList("drugs", "drug", (" metformin ", "", "metformin", "aspirin"))
FIRST = (0, 9)
LAST = (61, 70)


@pytest.fixture
def key(project: Project) -> int:
    """A list that has suggested two places of record 1."""
    made, _ = term_lists.add_list(project=project, term_list=DRUGS)
    found(project, made.id, FIRST, LAST)
    return made.id


def found(project: Project, key: int, *places: tuple[int, int]) -> term_lists.Suggested:
    return term_lists.add_matches(project=project, list_id=key, places={1: places})


def shown(project: Project) -> list[tuple[int, str, int]]:
    items = documents.suggestions(project=project, document_id=1)
    return [(item.start, item.term_list, item.model_version_id) for item in items]


def test_lists_are_kept_tidy(project: Project, key: int) -> None:
    (head,) = term_lists.term_lists(project=project)
    assert head == replace(DRUGS, terms=(), term_count=2, id=key)
    whole = term_lists.term_list(project=project, list_id=key)
    assert whole.terms == ("metformin", "aspirin")
    for wrong in (replace(DRUGS, name=" "), replace(DRUGS, name=" drugs")):
        with pytest.raises(KnownError):
            term_lists.add_list(project=project, term_list=wrong)
    assert verify(project=project) == []


def test_accepting_makes_a_label_from_the_dictionary(project: Project, key: int) -> None:
    first, last = documents.suggestions(project=project, document_id=1)
    assert (first.origin, first.score, first.term_list) == (Origin.DICTIONARY, 1.0, "drugs")
    accepted = edits.accept_suggestions(project=project, suggestion_ids=[first.id])
    (span,) = documents.spans(project=project, document_id=1)
    assert (span.start, span.origin) == (0, Origin.DICTIONARY)
    edits.apply(project=project, edit=accepted.edit.inverse(), kind="undo")
    assert len(shown(project)) == 2
    edits.correct_suggestion(project=project, suggestion_id=last.id, span=Span(61, 74, "drug"))
    (corrected,) = documents.spans(project=project, document_id=1)
    assert corrected.origin is Origin.DICTIONARY
    assert verify(project=project) == []


def test_what_was_decided_is_not_suggested_again(project: Project, key: int) -> None:
    first, last = documents.suggestions(project=project, document_id=1)
    edits.reject_suggestions(project=project, suggestion_ids=[first.id])
    again = found(project, key, FIRST, LAST)
    assert (again.suggestions, again.documents) == (1, frozenset({1}))
    assert [item.id for item in documents.suggestions(project=project, document_id=1)] == [last.id]
    assert found(project, key).suggestions == 0
    assert shown(project) == []
    assert verify(project=project) == []


def test_the_model_and_a_list_that_agree_are_one_suggestion(project: Project, key: int) -> None:
    model = add_model(project)
    suggest(project, model, 1, PredictedSpan(*FIRST, "drug", 0.7))
    assert shown(project) == [(0, "", model.id), (61, "drugs", 0)]
    (row, _) = documents.queue(project=project)
    assert row.suggestion_count == 2
    first, _ = documents.suggestions(project=project, document_id=1)
    edits.accept_suggestions(project=project, suggestion_ids=[first.id])
    (span,) = documents.spans(project=project, document_id=1)
    assert span.origin is Origin.SUGGESTED
    assert shown(project) == [(61, "drugs", 0)]
    every = documents.suggestions(project=project, document_id=1, open_only=False)
    assert [item.status for item in every] == [SuggestionStatus.ACCEPTED, SuggestionStatus.OPEN]
    assert verify(project=project) == []


def test_rejecting_one_of_two_that_agree_rejects_both(project: Project, key: int) -> None:
    model = add_model(project)
    suggest(project, model, 1, PredictedSpan(*FIRST, "drug", 0.7))
    first, _ = documents.suggestions(project=project, document_id=1)
    rejected = edits.reject_suggestions(project=project, suggestion_ids=[first.id])
    assert shown(project) == [(61, "drugs", 0)]
    edits.apply(project=project, edit=rejected.edit.inverse(), kind="undo")
    assert shown(project) == [(0, "", model.id), (61, "drugs", 0)]
    edits.add_spans(project=project, document_id=1, spans=[Span(*FIRST, "drug")])
    assert shown(project) == [(61, "drugs", 0)]


def test_a_list_that_is_off_shows_nothing(project: Project, key: int) -> None:
    head = term_lists.term_list(project=project, list_id=key)
    term_lists.change_list(project=project, term_list=replace(head, enabled=False))
    assert shown(project) == []
    assert documents.queue(project=project)[0].suggestion_count == 0
    assert documents.queue(project=project, label="drug") == []
    term_lists.change_list(project=project, term_list=head)
    assert len(shown(project)) == 2
    assert [row.document_id for row in documents.queue(project=project, label="drug")] == [1]


def test_another_label_takes_the_open_suggestions(project: Project, key: int) -> None:
    head = term_lists.term_list(project=project, list_id=key)
    changes = term_lists.change_list(project=project, term_list=replace(head, label="disease"))
    assert changes.documents == {1}
    assert shown(project) == []
    assert term_lists.term_list(project=project, list_id=key).terms == ("metformin", "aspirin")


def test_labels_are_renamed_and_merged_under_a_list(project: Project, key: int) -> None:
    drug, disease = labels.scheme(project=project).labels
    labels.change_label(project=project, label=replace(drug, name="medication"))
    assert term_lists.term_lists(project=project)[0].label == "medication"
    labels.merge_labels(project=project, source_id=drug.id, target_id=disease.id)
    assert term_lists.term_lists(project=project)[0].label == "disease"
    assert found(project, key, FIRST).suggestions == 1
    (item,) = documents.suggestions(project=project, document_id=1)
    assert item.label == "disease"
    assert verify(project=project) == []


def test_merging_drops_what_one_list_suggested_for_both(project: Project, key: int) -> None:
    drug, disease = labels.scheme(project=project).labels
    head = term_lists.term_list(project=project, list_id=key)
    first = documents.suggestions(project=project, document_id=1)[0]
    edits.reject_suggestions(project=project, suggestion_ids=[first.id])
    term_lists.change_list(project=project, term_list=replace(head, label="disease"))
    found(project, key, FIRST)
    labels.merge_labels(project=project, source_id=drug.id, target_id=disease.id)
    assert len(shown(project)) == 1
    assert verify(project=project) == []


def test_deleting_hides_the_list_and_keeps_labels(project: Project, key: int) -> None:
    first, _ = documents.suggestions(project=project, document_id=1)
    edits.accept_suggestions(project=project, suggestion_ids=[first.id])
    event = last_event(project=project)
    term_lists.delete_list(project=project, list_id=key)
    assert last_event(project=project) == event + 1
    assert term_lists.term_lists(project=project) == ()
    assert shown(project) == []
    assert found(project, key, LAST).suggestions == 0
    assert len(documents.spans(project=project, document_id=1)) == 1
    with pytest.raises(LookupError):
        term_lists.term_list(project=project, list_id=key)
    term_lists.add_list(project=project, term_list=DRUGS)
    assert verify(project=project) == []


def test_only_unread_documents_are_given(project: Project, key: int) -> None:
    edits.set_review(project=project, document_id=2, status=ReviewStatus.DONE)
    given = term_lists.unread_documents(project=project, document_ids=[1, 2, 7])
    assert [document.id for document in given] == [1]


def test_terms_changed_behind_the_audit_are_found(project: Project, key: int) -> None:
    with project.write() as connection:
        connection.execute(table_of(TermListRow).update().values(terms=["other", "terms"]))
    assert [finding.kind for finding in verify(project=project)] == ["terms"]
