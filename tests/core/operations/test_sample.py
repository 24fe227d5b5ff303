from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from core.operations.sample import (
    LABELS,
    create_sample_project,
    read_note,
    sample_notes,
)
from core.schema.documents import Attribute, Origin, ReviewStatus, Span, Split
from core.schema.errors import KnownError
from core.store import documents, labels
from core.store.verification import verify

NOTE = """---
name: letter-1
kind: letter
patient: p1
status: {status}
---

Known {{{{diabetes historical:type 2 diabetes}}}} 🙂, no {{{{cancer negated family:cancer}}}}.
Takes {{{{medication:metformin}}}}.

"""


def test_inline_marks_become_spans() -> None:
    note = read_note("letter.txt", NOTE.format(status="done"))
    document = note.document
    assert document.text == "Known type 2 diabetes 🙂, no cancer.\nTakes metformin.\n"
    assert document.spans == (
        Span(6, 21, "diabetes", ("historical",), origin=Origin.IMPORTED),
        Span(28, 34, "cancer", ("family", "negated"), origin=Origin.IMPORTED),
        Span(42, 51, "medication", origin=Origin.IMPORTED),
    )
    for span, words in zip(document.spans, ("type 2 diabetes", "cancer", "metformin"), strict=True):
        assert document.text[span.start : span.end] == words
    assert (document.key, document.source, document.patient_id) == ("letter-1", "letter.txt", "p1")
    assert document.meta == {"kind": "letter"}
    assert document.reviewed


@pytest.mark.parametrize(
    ("status", "split", "reviewed"),
    [
        ("done", Split.TRAIN, True),
        ("dev", Split.DEV, True),
        ("test", Split.TEST, True),
        ("unread", None, False),
    ],
)
def test_the_status_says_what_a_note_is_for(
    status: str, split: Split | None, reviewed: bool
) -> None:
    note = read_note("x.txt", NOTE.format(status=status))
    assert (note.status, note.document.split, note.document.reviewed) == (status, split, reviewed)


@pytest.mark.parametrize("text", ["", "no header", "---\nname: x\n---\nbody"])
def test_a_header_that_is_not_as_it_should_be_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_note("x.txt", text)


def test_the_notes_are_many_and_sound() -> None:
    notes = sample_notes()
    assert len(notes) >= 100
    assert len({note.document.key for note in notes}) == len(notes)
    assert len({note.document.text for note in notes}) == len(notes)
    known = {label.name for label in LABELS}
    attributes = {attribute.value for attribute in Attribute}
    used: Counter[str] = Counter()
    for note in notes:
        document = note.document
        assert "{{" not in document.text
        assert "}}" not in document.text
        assert 40 <= len(document.text.split()) <= 320
        for span in document.spans:
            assert span.label in known
            assert set(span.attributes) <= attributes
            words = document.text[span.start : span.end]
            assert words == words.strip()
            used[span.label] += 1
            used.update(span.attributes)
    assert all(used[name] >= 20 for name in (*known, "negated", "family"))
    statuses = Counter(note.status for note in notes)
    assert all(statuses[status] >= 10 for status in ("done", "dev", "test", "unread"))


def test_no_patient_is_in_two_splits() -> None:
    splits: dict[str, set[Split]] = {}
    for note in sample_notes():
        if note.document.split is not None:
            splits.setdefault(note.document.patient_id, set()).add(note.document.split)
    assert {patient for patient, found in splits.items() if len(found) > 1} == set()


def test_the_project_shows_no_gold_of_unread_notes(tmp_path: Path) -> None:
    folder = tmp_path / "sample.chartmark"
    notes = {note.document.name: note for note in sample_notes()}
    with create_sample_project(folder=folder) as project:
        assert labels.scheme(project=project).names() == tuple(label.name for label in LABELS)
        assert labels.scheme(project=project).guideline
        for item in documents.labelled_documents(project=project, done_only=False):
            note = notes[item.document.name]
            expected = 0 if note.status == "unread" else len(note.document.spans)
            assert len(item.spans) == expected
        unread = documents.documents(project=project, status=ReviewStatus.TODO)
        assert {item.split for item in unread} == {None}
        assert len(unread) == sum(note.status == "unread" for note in notes.values())
        assert verify(project=project) == []
    with pytest.raises(KnownError):
        create_sample_project(folder=folder)


def test_it_can_be_encrypted(tmp_path: Path) -> None:
    folder = tmp_path / "sample.chartmark"
    create_sample_project(folder=folder, passphrase="sesame").close()
    assert b"metformin" not in (folder / "store.db").read_bytes()
