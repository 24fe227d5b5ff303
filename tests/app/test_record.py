from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.record import MOST_PAUSE_SECONDS, LatestRecord, ReadingTime, Record, reread
from core.schema.documents import PredictedSpan, Span
from core.store import edits
from core.store.changes import Applied, SpanChange
from core.store.project import Project
from tests.app.conftest import suggest


class Clock:
    """A clock that stands where it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_pauses_do_not_count_as_work() -> None:
    clock = Clock()
    spent = ReadingTime(clock)
    clock.now += 5
    spent.note()
    clock.now += 3600
    assert spent.take() == 5 + MOST_PAUSE_SECONDS
    clock.now += 2
    assert spent.take() == 2


def test_an_edit_is_followed_without_reading_all_again(project_folder: Path) -> None:
    with Project.open(folder=project_folder) as project:
        suggest(project, 1, PredictedSpan(21, 29, "disease", 0.9), PredictedSpan(0, 9, "drug", 0.8))
        latest = LatestRecord(project)
        document = latest.open(1).document

        def followed(applied: Applied) -> Record:
            record = latest.follow(document, applied.edit)
            assert record == reread(project=project, document=document)
            return record

        spans = [Span(0, 13, "drug"), Span(10, 13, "drug"), Span(37, 40, "history")]
        added = followed(edits.add_spans(project=project, document_id=1, spans=spans))
        outer, inner, _ = added.spans
        moved = replace(inner, start=0, end=20)
        changed = followed(edits.replace_span(project=project, span=moved))
        assert [span.end for span in changed.spans] == [20, 13, 40]
        assert changed.spans[1] is outer
        [first, second] = changed.suggestions
        followed(edits.accept_suggestions(project=project, suggestion_ids=[first.id, second.id]))
        deleted = edits.delete_spans(project=project, span_ids=[outer.id])
        assert outer.id not in {span.id for span in followed(deleted).spans}
        followed(edits.apply(project=project, edit=deleted.edit.inverse(), kind="undo"))
        followed(edits.add_spans(project=project, document_id=2, spans=[Span(0, 2, "history")]))


def test_what_an_edit_does_not_know_of_is_read_again(project_folder: Path) -> None:
    with Project.open(folder=project_folder) as project:
        latest = LatestRecord(project)
        document = latest.open(1).document
        unseen = edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
        [span] = [change.after for change in unseen.edit.changes if isinstance(change, SpanChange)]
        assert span is not None
        moved = edits.replace_span(project=project, span=replace(span, end=13))
        assert latest.follow(document, moved.edit) == reread(project=project, document=document)
        other = latest.open(2)
        assert latest.follow(document, moved.edit).id == 1
        assert latest.follow(other.document, moved.edit) == other
