from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.schema.documents import ImportedDocument, Origin, ReviewStatus, Span, Split
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Recipe
from core.store import audit, documents, edits, labels, runs
from core.store.project import Project
from core.store.verification import verify
from tests.core.store.conftest import TEXT, imported


def test_documents_come_back_as_they_were(project: Project) -> None:
    item = imported("three", "\u0000 tab\t\r 🙂 e\u0301 糖\u2028", patient_id="p1")
    tokens = ((0, 1), (2, 5))
    fields = {name: getattr(item, name) for name in ("key", "name", "text", "source")}
    given_item = type(item)(**fields, tokens=tokens, meta={"Kodierung": "utf-8 ü"}, patient_id="p1")
    documents.add_documents(project=project, documents=[given_item])
    stored = documents.document(project=project, document_id=3)
    assert stored.text == item.text
    assert stored.tokens == tokens
    assert stored.meta == {"Kodierung": "utf-8 ü"}
    assert (stored.patient_id, stored.split) == ("p1", None)
    assert documents.document(project=project, document_id=1).tokens is None
    with pytest.raises(LookupError):
        documents.document(project=project, document_id=99)
    with pytest.raises(LookupError):
        documents.review(project=project, document_id=99)
    assert verify(project=project) == []


def test_same_import_twice_adds_nothing(project: Project) -> None:
    batch = [imported("one"), imported("three"), imported("three")]
    added = documents.add_documents(project=project, documents=batch)
    assert (added.added, added.duplicates) == (1, ("record one", "record three"))
    before = audit.last_event(project=project)
    again = documents.add_documents(project=project, documents=batch)
    assert (again.added, len(again.duplicates)) == (0, 3)
    assert not again.changes.queue
    assert audit.last_event(project=project) == before


def test_labels_come_with_documents(project: Project) -> None:
    item = imported("gold", TEXT, Span(0, 9, "drug"), Span(0, 9, "ADE"), reviewed=True)
    added = documents.add_documents(project=project, documents=[item])
    assert (added.spans, added.labels_added) == (2, ("ADE",))
    assert added.changes.scheme
    assert labels.scheme(project=project).names() == ("drug", "disease", "ADE")
    assert documents.review(project=project, document_id=3).status is ReviewStatus.DONE
    assert documents.progress(project=project) == {
        ReviewStatus.TODO: 2,
        ReviewStatus.IN_PROGRESS: 0,
        ReviewStatus.DONE: 1,
        ReviewStatus.FLAGGED: 0,
    }


def test_repeated_spans_are_counted_not_stored(project: Project) -> None:
    item = imported("gold", TEXT, Span(0, 9, "drug"), Span(0, 9, "drug", ("negated",)))
    added = documents.add_documents(project=project, documents=[item])
    assert (added.spans, added.repeated_spans) == (1, 1)


@pytest.mark.parametrize(
    "faulty",
    [
        imported("bad", "short", Span(0, 6, "drug")),
        imported("bad", "short", Span(0, 3, " ")),
        imported("bad", "half a pair \ud83d"),
        imported("bad", "short", Span(0, 3, "\udc00")),
    ],
)
def test_what_cannot_be_stored_undoes_all_or_is_left_out(
    project: Project, faulty: ImportedDocument
) -> None:
    batch = [imported("three"), faulty, imported("four")]
    with pytest.raises(ValueError, match="cannot be stored") as caught:
        documents.add_documents(project=project, documents=batch)
    assert "pair" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert len(documents.documents(project=project)) == 2
    added = documents.add_documents(project=project, documents=batch, skip_faulty=True)
    assert (added.added, added.faulty) == (2, ("record bad",))


def test_progress_is_told_and_can_cancel(project: Project) -> None:
    batch = [imported(f"n{number}") for number in range(450)]
    told: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        told.append((done, total))
        if done > 200:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        documents.add_documents(project=project, documents=batch, progress=cancel)
    assert told == [(200, 450), (400, 450)]
    assert len(documents.documents(project=project)) == 2
    assert documents.add_documents(project=project, documents=batch).added == 450
    assert verify(project=project) == []


def test_documents_by_status_and_split(project: Project) -> None:
    documents.add_documents(project=project, documents=[imported("t")], split=Split.TEST)
    edits.set_review(project=project, document_id=2, status=ReviewStatus.DONE)

    def keys(**chosen: object) -> list[int]:
        return [item.id for item in documents.documents(project=project, **chosen)]  # type: ignore[arg-type]  # the filters are the test's parameters

    assert keys() == [1, 2, 3]
    assert keys(split=Split.TEST) == [3]
    assert keys(done_only=True) == keys(status=ReviewStatus.DONE) == [2]


def test_patients_keep_their_split_and_auto_never_parts_them(project: Project) -> None:
    batch = [imported(f"a{n}", patient_id=f"p{n % 40}") for n in range(120)]
    documents.add_documents(project=project, documents=batch[:60], split="auto")
    documents.add_documents(project=project, documents=batch[60:], split=Split.TRAIN)
    places: dict[str, set[Split | None]] = {}
    for item in documents.documents(project=project)[2:]:
        places.setdefault(item.patient_id, set()).add(item.split)
    assert all(len(place) == 1 for place in places.values())
    assert set.union(*places.values()) == set(Split)


@settings(max_examples=25, deadline=None)
@given(patients=st.lists(st.integers(0, 12), min_size=1, max_size=20), seed=st.integers(0, 3))
def test_assigned_splits_part_no_patient_and_fill_dev_and_train(
    tmp_path_factory: pytest.TempPathFactory, patients: list[int], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("splits") / "p.chartmark"
    with Project.create(folder=folder, scheme=LabelScheme(())) as project:
        batch = [
            imported(str(number), reviewed=True, patient_id=str(patient))
            for number, patient in enumerate(patients)
        ]
        documents.add_documents(project=project, documents=[*batch, imported("open")])
        changes = documents.assign_splits(project=project, seed=seed)
        assert len(changes.documents) == len(patients)
        stored = documents.documents(project=project)
        assert stored[-1].split is None
        places = {item.patient_id: item.split for item in stored[:-1]}
        assert all(places[item.patient_id] is item.split for item in stored[:-1])
        wanted = {Split.TRAIN, Split.DEV} if len(places) > 1 else {Split.TRAIN}
        assert set(places.values()) == wanted
        assert documents.assign_splits(project=project, seed=seed).documents == frozenset()
        assert verify(project=project) == []


def test_patient_without_a_name_is_the_document_itself(project: Project) -> None:
    first, second = documents.documents(project=project)
    assert first.patient_id
    assert first.patient_id != second.patient_id


def test_labelled_documents_now_and_as_of_an_event(project: Project) -> None:
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    edits.set_review(project=project, document_id=1, status=ReviewStatus.DONE)
    documents.assign_splits(project=project)
    snapshot = audit.last_event(project=project)
    then = documents.labelled_documents(project=project)
    assert [(item.document.id, item.document.split) for item in then] == [(1, Split.TRAIN)]

    (span,) = documents.spans(project=project, document_id=1)
    edits.replace_span(project=project, span=Span(0, 8, "disease", id=span.id))
    drug, disease = labels.scheme(project=project).labels
    labels.change_label(project=project, label=Label("illness", disease.colour, id=disease.id))
    labels.merge_labels(project=project, source_id=drug.id, target_id=disease.id)
    edits.set_review(project=project, document_id=1, status=ReviewStatus.FLAGGED)
    late = imported("late", TEXT, Span(0, 9, "new"), reviewed=True)
    documents.add_documents(project=project, documents=[late])

    assert documents.labelled_documents(project=project, as_of=snapshot) == then
    assert labels.scheme(project=project, as_of=snapshot).names() == ("drug", "disease")
    now = documents.labelled_documents(project=project)
    assert [(item.document.id, item.spans[0].label) for item in now] == [(3, "new")]
    everything = documents.labelled_documents(project=project, done_only=False)
    assert everything == documents.labelled_documents(
        project=project, done_only=False, as_of=audit.last_event(project=project)
    )
    assert [item.spans[0].label for item in everything if item.spans] == ["illness", "new"]
    assert documents.labelled_documents(project=project, split=Split.DEV, as_of=snapshot) == []
    assert runs.start_run(project=project, recipe=Recipe()).snapshot_event > snapshot


def test_imported_spans_keep_their_origin(project: Project) -> None:
    item = imported("gold", TEXT, Span(0, 9, "drug", origin=Origin.IMPORTED))
    documents.add_documents(project=project, documents=[item])
    (span,) = documents.spans(project=project, document_id=3)
    assert span.origin is Origin.IMPORTED
