from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.prelabelling import PrelabellingRun
from app.session import Session
from core.operations import prelabelling
from core.operations.prelabelling import Tally
from core.schema.documents import Origin
from core.schema.term_lists import TermList
from core.store import documents, term_lists
from core.store.verification import verify


@pytest.fixture
def key(session: Session) -> int:
    """A list that finds something in two of three records."""
    made, _ = term_lists.add_list(
        project=session.project, term_list=TermList("drugs", "drug", ("metformin",))
    )
    return made.id


def test_an_edit_gets_in_between_two_rounds(
    session: Session, key: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prelabelling, "_RECORDS_AT_ONCE", 1)
    run = PrelabellingRun(session)
    told: list[str] = []
    session.saved.connect(lambda _saved: told.append("edit"))
    run.finished.connect(lambda _tally: told.append("finished"))

    def label_once(done: int, total: int, left: float) -> None:
        del total, left
        told.append(f"round {done}")
        if done == 1:
            session.label_stretch(stretches=[(21, 29)], label="disease")

    run.progressed.connect(label_once)
    with qtbot.waitSignal(run.finished) as finished:
        run.begin([key])
    assert finished.args is not None
    tally: Tally = finished.args[0]
    assert (tally.looked, tally.suggestions, tally.records) == (3, 3, 2)
    assert told.index("edit") < told.index("round 3")
    assert [span.origin for span in documents.spans(project=session.project, document_id=1)] == [
        Origin.MANUAL
    ]
    assert verify(project=session.project) == []


def test_a_cancelled_run_keeps_what_it_found(
    session: Session, key: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prelabelling, "_RECORDS_AT_ONCE", 1)
    run = PrelabellingRun(session)
    run.progressed.connect(lambda *_told: run.cancel())
    with qtbot.waitSignal(run.finished) as finished, qtbot.waitSignal(session.record_changed):
        run.begin([key])
    assert finished.args is not None
    assert (finished.args[0].looked, finished.args[0].total) == (1, 3)
    assert session.record is not None
    assert len(session.record.suggestions) == 2


def test_a_list_that_is_gone_is_told(session: Session, qtbot: QtBot) -> None:
    run = PrelabellingRun(session)
    with qtbot.waitSignal(run.failed) as failed:
        run.begin([99])
    assert failed.args is not None
    assert isinstance(failed.args[0], LookupError)
