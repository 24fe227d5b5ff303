from __future__ import annotations

import pytest

from core.schema.documents import Origin, PredictedSpan, ReviewStatus, Span, SuggestionStatus
from core.schema.errors import KnownError
from core.schema.labels import Label
from core.store import documents, edits, labels
from core.store.changes import Applied, ReviewChange, SpanChange, SuggestionChange
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import TEXT, add_model, imported, suggest


def spans_of(project: Project, document_id: int = 1) -> list[tuple[int, int, str]]:
    found = documents.spans(project=project, document_id=document_id)
    return [(span.start, span.end, span.label) for span in found]


def status_of(project: Project, document_id: int = 1) -> ReviewStatus:
    return documents.review(project=project, document_id=document_id).status


def undo(project: Project, applied: Applied) -> Applied:
    return edits.apply(project=project, edit=applied.edit.inverse(), kind="undo")


def test_labelling_begins_the_review_and_says_what_changed(project: Project) -> None:
    span = Span(0, 9, "drug", ("negated",))
    applied = edits.add_spans(project=project, document_id=1, spans=[span])
    (stored,) = documents.spans(project=project, document_id=1)
    assert stored.id
    assert (stored.start, stored.end, stored.attributes) == (0, 9, ("negated",))
    assert applied.edit.name == "Label"
    assert applied.edit.changes == (
        SpanChange(1, stored.id, None, stored),
        ReviewChange(1, ReviewStatus.TODO, ReviewStatus.IN_PROGRESS),
    )
    assert applied.changes.documents == {1}
    assert (applied.changes.spans, applied.changes.reviews) == (True, True)
    assert not applied.changes.suggestions
    assert status_of(project) is ReviewStatus.IN_PROGRESS
    assert status_of(project, 2) is ReviewStatus.TODO


def test_undo_and_redo_keep_the_key(project: Project) -> None:
    applied = edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    before = documents.spans(project=project, document_id=1)
    undone = undo(project, applied)
    assert spans_of(project) == []
    assert status_of(project) is ReviewStatus.TODO
    undo(project, undone)
    assert documents.spans(project=project, document_id=1) == before
    assert status_of(project) is ReviewStatus.IN_PROGRESS


def test_undoing_twice_is_refused_and_changes_nothing(project: Project) -> None:
    applied = edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    undo(project, applied)
    with pytest.raises(KnownError, match="changed since"):
        undo(project, applied)
    assert spans_of(project) == []
    assert verify(project=project) == []


def test_exact_duplicate_adds_nothing(project: Project) -> None:
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    same = Span(0, 9, "drug", ("family",), origin=Origin.PROPAGATED)
    applied = edits.add_spans(project=project, document_id=1, spans=[same, same])
    assert applied.edit.changes == ()
    assert not applied.changes.spans
    other = edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "disease")] * 2)
    assert len(other.edit.changes) == 1
    assert len(spans_of(project)) == 2


def test_nested_overlapping_and_discontinuous_spans(project: Project) -> None:
    pieces = ((0, 9), (21, 29))
    spans = [
        Span(0, 29, "disease", pieces=pieces),
        Span(0, 29, "disease"),
        Span(0, 9, "drug"),
        Span(5, 13, "drug"),
    ]
    edits.add_spans(project=project, document_id=1, spans=spans)
    found = documents.spans(project=project, document_id=1)
    assert [span.pieces for span in found] == [pieces, (), (), ()]
    assert [(span.start, span.end) for span in found] == [(0, 29), (0, 29), (0, 9), (5, 13)]


@pytest.mark.parametrize(
    "span",
    [
        Span(-1, 3, "drug"),
        Span(3, 3, "drug"),
        Span(4, 3, "drug"),
        Span(0, len(TEXT) + 1, "drug"),
        Span(0, 9, "drug", pieces=((0, 3), (2, 9))),
        Span(0, 9, "drug", pieces=((0, 3), (5, 8))),
        Span(0, 9, "no such label"),
    ],
)
def test_invalid_spans_are_refused_and_leave_nothing(project: Project, span: Span) -> None:
    with pytest.raises(ValueError, match=r"span|label"):
        edits.add_spans(project=project, document_id=1, spans=[Span(10, 13, "drug"), span])
    assert spans_of(project) == []
    assert status_of(project) is ReviewStatus.TODO


def test_last_character_can_be_labelled_though_the_text_has_astral_ones(project: Project) -> None:
    end = len(TEXT)
    edits.add_spans(project=project, document_id=1, spans=[Span(end - 1, end, "drug")])
    assert spans_of(project) == [(end - 1, end, "drug")]


def test_unknown_documents_and_spans(project: Project) -> None:
    with pytest.raises(LookupError):
        edits.add_spans(project=project, document_id=9, spans=[Span(0, 1, "drug")])
    with pytest.raises(LookupError):
        edits.set_review(project=project, document_id=9, status=ReviewStatus.DONE)
    with pytest.raises(KnownError):
        edits.delete_spans(project=project, span_ids=[9])
    with pytest.raises(KnownError):
        edits.replace_span(project=project, span=Span(0, 1, "drug", id=9))


def test_replace_changes_stretch_label_and_attributes(project: Project) -> None:
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    (span,) = documents.spans(project=project, document_id=1)
    changed = Span(0, 13, "disease", ("uncertain", "family"), id=span.id)
    applied = edits.replace_span(project=project, span=changed, name="Relabel")
    assert applied.edit.name == "Relabel"
    (after,) = documents.spans(project=project, document_id=1)
    assert after.attributes == ("family", "uncertain")
    assert (after.start, after.end, after.label) == (0, 13, "disease")
    assert edits.replace_span(project=project, span=after).edit.changes == ()
    undo(project, applied)
    assert documents.spans(project=project, document_id=1) == (span,)


def test_replace_never_makes_a_duplicate(project: Project) -> None:
    spans = [Span(0, 9, "drug"), Span(0, 9, "disease")]
    edits.add_spans(project=project, document_id=1, spans=spans)
    first, _ = documents.spans(project=project, document_id=1)
    with pytest.raises(KnownError, match="already"):
        edits.replace_span(project=project, span=Span(0, 9, "disease", id=first.id))


def test_undo_onto_a_stretch_taken_since_is_refused(project: Project) -> None:
    applied = edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    (span,) = documents.spans(project=project, document_id=1)
    deleted = edits.delete_spans(project=project, span_ids=[span.id])
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    with pytest.raises(KnownError, match="changed since"):
        undo(project, deleted)
    assert applied.edit.changes
    assert len(spans_of(project)) == 1


def test_delete_many_and_bring_back(project: Project) -> None:
    spans = [Span(start, start + 1, "drug") for start in range(20)]
    edits.add_spans(project=project, document_id=1, spans=spans)
    stored = documents.spans(project=project, document_id=1)
    deleted = edits.delete_spans(project=project, span_ids=[span.id for span in stored])
    assert spans_of(project) == []
    undo(project, deleted)
    assert documents.spans(project=project, document_id=1) == stored


def test_mentions_in_many_documents_are_one_edit(project: Project) -> None:
    found = documents.find_mentions(
        project=project, text="metformin", label="drug", document_ids=None
    )
    assert len(found) == 4
    applied = edits.add_mentions(project=project, mentions=found)
    assert applied.changes.documents == {1, 2}
    (first, _) = documents.spans(project=project, document_id=2)
    assert first.origin is Origin.PROPAGATED
    undo(project, applied)
    assert spans_of(project) == spans_of(project, 2) == []
    assert status_of(project, 2) is ReviewStatus.TODO


def test_more_mentions_than_any_query_takes_variables(project: Project) -> None:
    text = "x " * 33_000
    documents.add_documents(project=project, documents=[imported("long", text)])
    mentions = [(3, Span(start, start + 1, "drug")) for start in range(0, len(text), 2)]
    applied = edits.add_mentions(project=project, mentions=mentions)
    ids = [span.id for span in documents.spans(project=project, document_id=3)]
    assert len(ids) == 33_000
    undo(project, applied)
    undo(project, undo(project, edits.apply(project=project, edit=applied.edit, kind="redo")))
    edits.delete_spans(project=project, span_ids=ids)
    assert spans_of(project, 3) == []


def test_accept_reject_correct_and_undo_of_each(project: Project) -> None:
    model = add_model(project)
    suggest(
        project,
        model,
        1,
        PredictedSpan(0, 9, "drug", 0.9),
        PredictedSpan(21, 29, "disease", 0.7),
        PredictedSpan(42, 45, "disease", 0.6),
    )
    drug, diabetes, chinese = documents.suggestions(project=project, document_id=1)
    accepted = edits.accept_suggestions(project=project, suggestion_ids=[drug.id])
    corrected = edits.correct_suggestion(
        project=project, suggestion_id=diabetes.id, span=Span(14, 29, "disease", ("negated",))
    )
    rejected = edits.reject_suggestions(project=project, suggestion_ids=[chinese.id])
    assert spans_of(project) == [(0, 9, "drug"), (14, 29, "disease")]
    stored = documents.spans(project=project, document_id=1)
    assert {span.origin for span in stored} == {Origin.SUGGESTED}
    assert documents.suggestions(project=project, document_id=1) == ()
    after = documents.suggestions(project=project, document_id=1, open_only=False)
    assert [(item.status, item.span_id) for item in after] == [
        (SuggestionStatus.ACCEPTED, stored[0].id),
        (SuggestionStatus.CORRECTED, stored[1].id),
        (SuggestionStatus.REJECTED, 0),
    ]
    assert verify(project=project) == []
    for applied in (rejected, corrected, accepted):
        undo(project, applied)
    assert documents.suggestions(project=project, document_id=1) == (drug, diabetes, chinese)
    assert spans_of(project) == []
    assert status_of(project) is ReviewStatus.TODO
    assert verify(project=project) == []


def test_decided_suggestion_cannot_be_decided_again(project: Project) -> None:
    model = add_model(project)
    suggest(project, model, 1, PredictedSpan(0, 9, "drug", 0.9))
    (suggestion,) = documents.suggestions(project=project, document_id=1)
    edits.reject_suggestions(project=project, suggestion_ids=[suggestion.id])
    with pytest.raises(KnownError):
        edits.accept_suggestions(project=project, suggestion_ids=[suggestion.id])


def test_accepting_what_is_labelled_already_makes_no_second_span(project: Project) -> None:
    model = add_model(project)
    suggest(project, model, 1, PredictedSpan(0, 9, "drug", 0.9), PredictedSpan(0, 8, "drug", 0.2))
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 8, "disease")])
    (whole, part) = documents.suggestions(project=project, document_id=1)
    edits.accept_suggestions(project=project, suggestion_ids=[whole.id])
    (span, _) = documents.spans(project=project, document_id=1)
    edits.correct_suggestion(project=project, suggestion_id=part.id, span=Span(0, 9, "drug"))
    after = documents.suggestions(project=project, document_id=1, open_only=False)
    assert {item.span_id for item in after} == {span.id}
    assert len(spans_of(project)) == 2


def test_labelling_by_hand_what_is_suggested_accepts_it(project: Project) -> None:
    model = add_model(project)
    suggest(project, model, 1, PredictedSpan(0, 9, "drug", 0.9))
    applied = edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    assert any(isinstance(change, SuggestionChange) for change in applied.edit.changes)
    assert documents.suggestions(project=project, document_id=1) == ()
    undo(project, applied)
    assert len(documents.suggestions(project=project, document_id=1)) == 1


def test_review_status_and_seconds(project: Project) -> None:
    applied = edits.set_review(project=project, document_id=1, status=ReviewStatus.DONE)
    assert applied.changes.reviews
    edits.add_seconds(project=project, document_id=1, seconds=2.5)
    edits.add_seconds(project=project, document_id=1, seconds=-9)
    review = documents.review(project=project, document_id=1)
    assert (review.status, review.seconds) == (ReviewStatus.DONE, 2.5)
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    assert status_of(project) is ReviewStatus.DONE
    again = edits.set_review(project=project, document_id=1, status=ReviewStatus.DONE)
    assert again.edit.changes == ()


def test_undo_reaches_across_a_rename_and_a_merge(project: Project) -> None:
    added = edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    (span,) = documents.spans(project=project, document_id=1)
    deleted = edits.delete_spans(project=project, span_ids=[span.id])
    drug, disease = labels.scheme(project=project).labels
    renamed = Label("medication", drug.colour, drug.hotkey, id=drug.id)
    labels.change_label(project=project, label=renamed)
    labels.add_label(project=project, label=Label("drug"))
    undone = undo(project, deleted)
    assert spans_of(project) == [(0, 9, "medication")]
    edits.apply(project=project, edit=undone.edit.inverse(), kind="redo")
    labels.merge_labels(project=project, source_id=drug.id, target_id=disease.id)
    undo(project, deleted)
    assert spans_of(project) == [(0, 9, "disease")]
    undo(project, added)
    assert spans_of(project) == []
    assert verify(project=project) == []
