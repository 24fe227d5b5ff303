from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.assertion_hints import AssertionHints
from app.session import Session
from core.schema.documents import Attribute, PredictedSpan, ReviewStatus, Span
from core.store.project import Project
from tests.app.conftest import suggest

NEGATED, FAMILY = frozenset({Attribute.NEGATED}), frozenset({Attribute.FAMILY})


@pytest.fixture
def hints(session: Session, qtbot: QtBot) -> AssertionHints:
    """Hints of a session that shows 'No angina. Known atrial fibrillation ...'."""
    made = AssertionHints(session)
    with qtbot.waitSignal(session.record_opened):
        session.open_record(2)
    return made


def label(session: Session, qtbot: QtBot, start: int, end: int) -> Span:
    with qtbot.waitSignal(session.record_changed):
        session.label_stretch(stretches=[(start, end)], label="disease")
    assert session.record is not None
    return next(s for s in session.record.spans if (s.start, s.end) == (start, end))


def test_a_label_gets_a_hint_until_the_attribute_is_set(
    session: Session, hints: AssertionHints, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(hints.changed):
        span = label(session, qtbot, 3, 9)
    assert hints.of_spans() == {span.id: NEGATED}
    with qtbot.waitSignal(hints.changed):
        session.toggle_attribute(span_id=span.id, attribute=Attribute.NEGATED)
    assert hints.of_spans() == {}


def test_what_is_turned_down_does_not_come_back(
    session: Session, hints: AssertionHints, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(hints.changed):
        span = label(session, qtbot, 3, 9)
    for _ in range(2):
        with qtbot.waitSignal(session.record_changed):
            session.toggle_attribute(span_id=span.id, attribute=Attribute.NEGATED)
    assert hints.of_span(span.id) == frozenset()
    with qtbot.waitSignal(session.record_opened):
        session.open_record(1)
    with qtbot.waitSignal(session.record_opened):
        session.open_record(2)
    with qtbot.waitSignal(session.record_changed):
        session.set_review(status=ReviewStatus.FLAGGED)
    assert hints.of_span(span.id) == frozenset()


def test_what_an_undo_takes_away_is_suggested_again(
    session: Session, hints: AssertionHints, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(hints.changed):
        span = label(session, qtbot, 3, 9)
    with qtbot.waitSignal(hints.changed):
        session.toggle_attribute(span_id=span.id, attribute=Attribute.NEGATED)
    with qtbot.waitSignal(hints.changed):
        session.undo()
    assert hints.of_span(span.id) == NEGATED


def test_a_record_that_is_done_has_none(
    session: Session, hints: AssertionHints, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(hints.changed):
        label(session, qtbot, 3, 9)
    with qtbot.waitSignal(hints.changed):
        session.set_review(status=ReviewStatus.DONE)
    assert hints.of_spans() == {}


def test_open_suggestions_get_hints_too(project_folder: Path, qtbot: QtBot) -> None:
    with Project.open(folder=project_folder) as project:
        suggest(project, 3, PredictedSpan(40, 48, "disease", 0.8))
    session = Session(Project.open(folder=project_folder))
    hints = AssertionHints(session)
    with qtbot.waitSignal(session.record_opened):
        session.start()
    with qtbot.waitSignal(hints.changed):
        session.open_record(3)
    assert session.record is not None
    [suggestion] = session.record.suggestions
    assert hints.of_suggestions() == {suggestion.id: FAMILY}
    session.close()
