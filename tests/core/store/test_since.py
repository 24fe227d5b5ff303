from __future__ import annotations

from core.schema.documents import ReviewStatus, Span
from core.schema.labels import Label
from core.store import audit, documents, edits, labels
from core.store.project import Project
from core.store.since import Since, changes_between
from tests.core.store.conftest import imported


def test_documents_that_were_worked_on_are_found(project: Project) -> None:
    documents.add_documents(project=project, documents=[imported("x"), imported("y")])
    keys = [item.id for item in documents.documents(project=project)]
    first, second = keys[-2:]
    begin = audit.last_event(project=project)
    assert changes_between(project=project, after=begin) == Since(frozenset(), labels=False)
    edits.add_spans(project=project, document_id=first, spans=[Span(0, 3, "drug")])
    middle = audit.last_event(project=project)
    edits.set_review(project=project, document_id=second, status=ReviewStatus.DONE)
    assert changes_between(project=project, after=begin).documents == {first, second}
    assert changes_between(project=project, after=begin, until=middle).documents == {first}
    assert changes_between(project=project, after=middle).documents == {second}
    assert set(keys) <= changes_between(project=project, after=0).documents


def test_only_what_a_model_would_notice_changes_the_labels(project: Project) -> None:
    before = labels.scheme(project=project).labels
    begin = audit.last_event(project=project)
    label = before[0]
    recoloured = Label(label.name, "#123456", label.hotkey, id=label.id)
    labels.change_label(project=project, label=recoloured)
    labels.set_guideline(project=project, text="Read it.")
    assert not changes_between(project=project, after=begin).labels
    renamed = Label(f"{label.name} 2", "#123456", label.hotkey, id=label.id)
    labels.change_label(project=project, label=renamed)
    assert changes_between(project=project, after=begin).labels
    begin = audit.last_event(project=project)
    labels.add_label(project=project, label=Label("procedure"))
    assert changes_between(project=project, after=begin).labels
    begin = audit.last_event(project=project)
    labels.merge_labels(project=project, source_id=before[0].id, target_id=before[1].id)
    assert changes_between(project=project, after=begin).labels
