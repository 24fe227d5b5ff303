from __future__ import annotations

from dataclasses import replace

import pytest

from core.schema.documents import PredictedSpan, Span
from core.schema.errors import KnownError
from core.schema.labels import PALETTE, Label
from core.store import documents, edits, labels
from core.store.audit import events, spans_as_of
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import TEXT, add_model, imported, suggest


def names_in(project: Project, document_id: int = 1) -> list[str]:
    return [span.label for span in documents.spans(project=project, document_id=document_id)]


def test_added_label_gets_colour_and_key(project: Project) -> None:
    changes = labels.add_label(project=project, label=Label(" finding "))
    assert changes.scheme
    label = labels.scheme(project=project).labels[-1]
    assert (label.name, label.colour, label.hotkey) == ("finding", PALETTE[2], "2")
    assert verify(project=project) == []


@pytest.mark.parametrize(
    "label",
    [
        Label(""),
        Label("drug"),
        Label("x", hotkey="d"),
        Label("x", colour="#12345G"),
        Label("x", hotkey="ab"),
    ],
)
def test_invalid_labels_are_refused(project: Project, label: Label) -> None:
    with pytest.raises(KnownError):
        labels.add_label(project=project, label=label)
    assert labels.scheme(project=project).names() == ("drug", "disease")


@pytest.mark.parametrize("label", [Label("disease", "#000000"), Label("x", "#000000", "d")])
def test_change_refuses_what_another_label_has(project: Project, label: Label) -> None:
    drug = labels.scheme(project=project).labels[0]
    with pytest.raises(KnownError):
        labels.change_label(project=project, label=replace(label, id=drug.id))
    assert labels.scheme(project=project).labels[0] == drug


def test_change_renames_what_is_labelled(project: Project) -> None:
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    drug = labels.scheme(project=project).labels[0]
    changed = Label("médicament", "#ABCDEF", "m", "One line.", "*Long*.", id=drug.id)
    labels.change_label(project=project, label=changed)
    assert labels.scheme(project=project).labels[0] == changed
    assert names_in(project) == ["médicament"]
    past = spans_as_of(project=project, event=events(project=project)[-2].id)
    assert [span.label for span in past[1]] == ["drug"]
    with pytest.raises(LookupError):
        labels.change_label(project=project, label=Label("x", id=99))
    assert verify(project=project) == []


def test_merge_moves_spans_and_drops_repeated_ones(project: Project) -> None:
    drug, disease = labels.scheme(project=project).labels
    spans = [Span(0, 9, "drug"), Span(0, 9, "disease"), Span(10, 13, "drug")]
    edits.add_spans(project=project, document_id=1, spans=spans)
    changes = labels.merge_labels(project=project, source_id=drug.id, target_id=disease.id)
    assert (changes.documents, changes.spans, changes.scheme) == (frozenset({1}), True, True)
    assert labels.scheme(project=project).names() == ("disease",)
    assert names_in(project) == ["disease", "disease"]
    assert verify(project=project) == []
    labels.add_label(project=project, label=Label("drug", hotkey="1"))
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    assert sorted(names_in(project)) == ["disease", "disease", "drug"]
    assert verify(project=project) == []
    for source, target in ((disease.id, disease.id), (drug.id, disease.id), (99, disease.id)):
        with pytest.raises(LookupError):
            labels.merge_labels(project=project, source_id=source, target_id=target)


def test_merged_label_names_lead_to_its_target(project: Project) -> None:
    drug, disease = labels.scheme(project=project).labels
    labels.merge_labels(project=project, source_id=drug.id, target_id=disease.id)
    labels.change_label(project=project, label=Label("illness", disease.colour, "d", id=disease.id))
    item = imported("late", TEXT, Span(0, 9, "drug"), Span(10, 13, "disease"))
    assert documents.add_documents(project=project, documents=[item]).labels_added == ()
    assert names_in(project, 3) == ["illness", "illness"]
    assert verify(project=project) == []


def test_merge_of_suggestions_and_decisions(project: Project) -> None:
    drug, disease = labels.scheme(project=project).labels
    model = add_model(project)
    suggest(
        project,
        model,
        1,
        PredictedSpan(0, 9, "drug", 0.9),
        PredictedSpan(0, 9, "disease", 0.8),
        PredictedSpan(10, 13, "drug", 0.7),
    )
    first = documents.suggestions(project=project, document_id=1)
    edits.reject_suggestions(
        project=project, suggestion_ids=[item.id for item in first if item.label == "drug"][:1]
    )
    labels.merge_labels(project=project, source_id=drug.id, target_id=disease.id)
    after = documents.suggestions(project=project, document_id=1)
    assert [(item.start, item.label) for item in after] == [(0, "disease"), (10, "disease")]
    assert verify(project=project) == []


def test_guideline(project: Project) -> None:
    labels.set_guideline(project=project, text="# Neu\n\nJe Wort.")
    assert labels.scheme(project=project).guideline == "# Neu\n\nJe Wort."
    assert labels.scheme(project=project, as_of=1).guideline == "Label what is said."
