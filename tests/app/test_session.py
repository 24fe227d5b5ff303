from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.history import Saved
from app.session import Session
from core.schema.documents import Attribute, Origin, PredictedSpan, ReviewStatus, Span
from core.schema.errors import KnownError
from core.schema.labels import Label
from core.store.documents import find_mentions
from core.store.project import Project
from core.store.verification import verify
from tests.app.conftest import suggest


def spans_on_disk(folder: Path) -> list[tuple[int, int]]:
    """What another process would find in the store at this moment."""
    with sqlite3.connect(f"file:{folder}/store.db?mode=ro", uri=True) as connection:
        return list(connection.execute('SELECT start, "end" FROM span WHERE NOT hidden ORDER BY 1'))


def label(session: Session, qtbot: QtBot, start: int, end: int, name: str = "drug") -> Span:
    with qtbot.waitSignal(session.record_changed):
        session.label_stretch(stretches=[(start, end)], label=name)
    assert session.record is not None
    return next(s for s in session.record.spans if (s.start, s.end, s.label) == (start, end, name))


def test_first_open_record_is_shown(session: Session) -> None:
    assert session.record is not None
    assert session.record.document.name == "note-1"
    assert session.scheme.names() == ("drug", "disease", "history")
    assert len(session.queue.rows) == 3


def test_label_is_on_disk_before_it_is_shown(session: Session, qtbot: QtBot) -> None:
    seen: list[tuple[Saved, list[tuple[int, int]]]] = []
    session.saved.connect(lambda saved: seen.append((saved, spans_on_disk(session.project.folder))))
    label(session, qtbot, 0, 9)
    [(saved, on_disk)] = seen
    assert (saved.name, on_disk) == ("Label", [(0, 9)])
    assert saved.milliseconds > 0


def test_undo_and_redo_go_across_kinds_of_edits(session: Session, qtbot: QtBot) -> None:
    span = label(session, qtbot, 0, 9)
    session.toggle_attribute(span_id=span.id, attribute=Attribute.NEGATED)
    session.relabel(span_id=span.id, label="disease")
    session.resize(span_id=span.id, start=0, end=13)
    session.delete(span_ids=[span.id])
    session.set_review(status=ReviewStatus.DONE)
    for _ in range(6):
        session.undo()
    with qtbot.waitSignal(session.refused) as refused:
        session.undo()
    assert refused.args is not None
    assert isinstance(refused.args[0], KnownError)
    assert session.record is not None
    assert session.record.spans == ()
    assert session.record.review.status is ReviewStatus.TODO
    for _ in range(4):
        session.redo()
    resized = Span(0, 13, "disease", ("negated",), origin=Origin.MANUAL, id=span.id)
    qtbot.waitUntil(lambda: bool(session.record and session.record.spans == (resized,)))
    session.redo()
    qtbot.waitUntil(lambda: bool(session.record and not session.record.spans))
    session.undo()
    qtbot.waitUntil(lambda: bool(session.record and session.record.spans == (resized,)))
    assert verify(project=session.project) == []


def test_key_pressed_twice_toggles_twice(session: Session, qtbot: QtBot) -> None:
    span = label(session, qtbot, 0, 9)
    session.toggle_attribute(span_id=span.id, attribute=Attribute.FAMILY)
    session.toggle_attribute(span_id=span.id, attribute=Attribute.FAMILY)
    session.toggle_attribute(span_id=span.id, attribute=Attribute.HISTORICAL)
    qtbot.waitUntil(
        lambda: bool(session.record and session.record.spans[0].attributes == ("historical",))
    )


def test_suggestions_are_accepted_rejected_and_corrected(session: Session, qtbot: QtBot) -> None:
    predicted = [PredictedSpan(0, 9, "drug", 0.9), PredictedSpan(21, 29, "disease", 0.7)]
    predicted.append(PredictedSpan(58, 67, "drug", 0.4))
    suggest(session.project, 1, *predicted)
    with qtbot.waitSignal(session.record_opened):
        session.open_record(1)
    assert session.record is not None
    first, second, third = session.record.suggestions
    session.accept(suggestion_ids=[first.id])
    session.reject(suggestion_ids=[second.id])
    session.correct(suggestion_id=third.id, span=Span(58, 74, "drug"))
    qtbot.waitUntil(lambda: bool(session.record and not session.record.suggestions))
    assert [(s.start, s.end) for s in session.record.spans] == [(0, 9), (58, 74)]
    session.undo()
    session.undo()
    session.undo()
    qtbot.waitUntil(lambda: bool(session.record and len(session.record.suggestions) == 3))
    assert session.record.spans == ()


def test_finishing_goes_on_to_the_next_open_record(session: Session, qtbot: QtBot) -> None:
    for expected in ("note-2", "note-3"):
        with qtbot.waitSignal(session.record_opened) as opened:
            session.finish_record()
        assert opened.args is not None
        assert opened.args[0].document.name == expected
    with qtbot.waitSignal(session.queue_finished):
        session.finish_record()
    qtbot.waitUntil(lambda: session.queue.progress.get(ReviewStatus.DONE) == 3)


def test_mentions_in_all_records_are_one_edit(session: Session, qtbot: QtBot) -> None:
    found: list[list[tuple[int, Span]]] = []
    session.run(
        lambda: find_mentions(project=session.project, text="metformin", label="drug"),
        done=found.append,
        reading=True,
    )
    qtbot.waitUntil(lambda: bool(found))
    assert [(key, span.start) for key, span in found[0]] == [(1, 0), (1, 58), (2, 54)]
    with qtbot.waitSignal(session.record_changed):
        session.label_mentions(mentions=found[0])
    assert session.record is not None
    assert len(session.record.spans) == 2
    with qtbot.waitSignal(session.record_changed):
        session.undo()
    assert spans_on_disk(session.project.folder) == []


def test_scheme_changes_reach_the_window(session: Session, qtbot: QtBot) -> None:
    label(session, qtbot, 0, 9)
    drug = session.scheme.labels[0]
    with qtbot.waitSignal(session.scheme_changed):
        session.change_label(Label("medicine", drug.colour, drug.hotkey, id=drug.id))
    qtbot.waitUntil(lambda: bool(session.record and session.record.spans[0].label == "medicine"))
    disease = session.scheme.labels[1]
    with qtbot.waitSignal(session.scheme_changed):
        session.merge_labels(source_id=drug.id, target_id=disease.id)
    qtbot.waitUntil(lambda: bool(session.record and session.record.spans[0].label == "disease"))
    with qtbot.waitSignal(session.refused):
        session.add_label(Label("disease"))


def test_read_only_session_refuses_edits(project_folder: Path, qtbot: QtBot) -> None:
    with Project.open(folder=project_folder):
        second = Session(Project.open(folder=project_folder))
        assert second.read_only
        with qtbot.waitSignal(second.record_opened):
            second.start()
        with qtbot.waitSignal(second.refused):
            second.label_stretch(stretches=[(0, 9)], label="drug")
        second.close()


def test_edit_that_waits_is_saved_when_the_session_closes(
    project_folder: Path, qtbot: QtBot
) -> None:
    session = Session(Project.open(folder=project_folder))
    with qtbot.waitSignal(session.record_opened):
        session.start()
    for start in range(0, 9):
        session.label_stretch(stretches=[(start, 10)], label="drug")
    session.close()
    assert len(spans_on_disk(project_folder)) == 9


def test_bug_in_a_verb_is_not_swallowed(session: Session, qtbot: QtBot) -> None:
    with qtbot.capture_exceptions() as caught:
        session.label_stretch(stretches=[(0, 10_000)], label="drug")
        qtbot.waitUntil(lambda: bool(caught))
    assert issubclass(caught[0][0], ValueError)
    assert session.record is not None
    label(session, qtbot, 0, 9)


@pytest.mark.parametrize("step", [1, -1])
def test_neighbours_of_the_queue(session: Session, step: int) -> None:
    keys = [row.document_id for row in session.queue.rows]
    ends = keys[-1] if step > 0 else keys[0]
    assert session.queue.neighbour(ends, step) == 0
    assert session.queue.neighbour(keys[1], step) == keys[1 + step]
