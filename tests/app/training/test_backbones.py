from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.preferences import Preferences
from app.session import Session
from app.settings import BACKBONE
from app.training.backbones import Backbones
from app.training.conductor import Conductor
from app.training.state import Action, Phase, Tone, actions
from app.training.words import Words
from core.operations.backbones import COVERAGE_JOB, JOB
from core.schema.documents import ReviewStatus
from core.schema.pretraining import Coverage
from core.store.backbone import chosen_backbone
from core.worker.messages import (
    AdaptBackbone,
    BackboneMade,
    BackboneProgress,
    Cancelled,
    CoverageMeasured,
    MeasureCoverage,
    StopKeepBest,
    Train,
)
from tests.app.training.conftest import PlayedConnection

POOR = Coverage(documents=9, words=100, unknown=60)
Settle = Callable[[], None]


@pytest.fixture
def backbones(
    session: Session,
    worker: PlayedConnection,
    preferences: Preferences,
    conductor: Conductor,
) -> Iterator[Backbones]:
    made = Backbones(session, worker, preferences, conductor)
    yield made
    made.close()


def progress(share: float) -> BackboneProgress:
    return BackboneProgress(
        job=JOB, share=share, updates=9, loss=3.0, tokens_per_second=900.0, seconds_left=130.0
    )


def made(folder: Path) -> BackboneMade:
    return BackboneMade(
        job=JOB,
        out_folder=str(folder),
        updates=90,
        seconds=60.0,
        tokens=9000,
        loss=2.5,
        device="CPU (2 threads)",
        precision="fp32",
    )


def count(session: Session, *, done: int, unread: int) -> None:
    """Have the queue say that there are so many records."""
    counts = {ReviewStatus.DONE: done, ReviewStatus.TODO: unread}
    session.queue.progress = counts
    session.queue.progress_changed.emit(counts)


def test_adapting_is_offered_while_little_is_labelled_and_much_unread(
    worker: PlayedConnection,
    backbones: Backbones,
    session: Session,
    conductor: Conductor,
    settle: Settle,
) -> None:
    def offered() -> bool:
        return Action.ADAPT in actions(conductor.board.state)

    count(session, done=20, unread=500)
    assert not offered(), "nobody knows yet which backbone is in use"
    settle()
    assert offered()
    count(session, done=20, unread=30)
    assert not offered()
    count(session, done=150, unread=500)
    assert not offered()
    count(session, done=20, unread=500)
    assert offered()
    worker.say(CoverageMeasured(job=COVERAGE_JOB, backbone="", coverage=POOR))
    settle()
    assert not offered(), "reading does not mend a vocabulary"
    worker.say(CoverageMeasured(job=COVERAGE_JOB, backbone="", coverage=Coverage(9, 100)))
    settle()
    assert offered()
    out = session.project.folder / "backbones" / "adapted-1"
    out.mkdir(parents=True)
    (out / "config.json").touch()
    backbones.adapt(60.0)
    settle()
    worker.say(made(out))
    settle()
    assert not offered(), "it is adapted already"
    backbones.reset()
    settle()
    assert offered()


def test_a_backbone_that_does_not_know_the_words_is_told_of_before_retraining(
    backbones: Backbones, worker: PlayedConnection, conductor: Conductor, settle: Settle
) -> None:
    backbones.measure()
    settle()
    assert worker.requests == [MeasureCoverage(job=COVERAGE_JOB)]
    worker.say(CoverageMeasured(job=COVERAGE_JOB, backbone="", coverage=POOR))
    settle()
    state, words = conductor.board.state, Words()
    assert "60 %" in words.headline(state)
    assert words.tone(state) is Tone.WARNING
    worker.say(CoverageMeasured(job=COVERAGE_JOB, backbone="", coverage=Coverage(9, 100)))
    settle()
    assert "60 %" not in words.headline(conductor.board.state)


def test_another_backbone_in_the_settings_is_looked_at(
    backbones: Backbones, worker: PlayedConnection, preferences: Preferences, settle: Settle
) -> None:
    assert backbones is not None
    preferences.set(BACKBONE, "some/name")
    settle()
    assert worker.requests == [MeasureCoverage(job=COVERAGE_JOB, backbone="some/name")]


def test_an_adapted_backbone_is_what_the_next_training_begins_from(
    backbones: Backbones,
    worker: PlayedConnection,
    conductor: Conductor,
    session: Session,
    settle: Settle,
) -> None:
    backbones.adapt(60.0)
    settle()
    (request,) = worker.requests
    assert isinstance(request, AdaptBackbone)
    assert request.budget.seconds == 60.0
    out = Path(request.out_folder)
    assert out == session.project.folder / "backbones" / "adapted-1"
    worker.say(progress(0.25))
    settle()
    state = conductor.board.state
    assert state.phase is Phase.ADAPTING
    assert "25" in Words().headline(state)
    assert actions(state) == (Action.SETTLE, Action.CANCEL)
    conductor.retrain()
    assert conductor.board.state.phase is Phase.ADAPTING
    out.mkdir()
    (out / "config.json").touch()
    worker.say(made(out))
    settle()
    state = conductor.board.state
    assert state.phase is Phase.IDLE
    assert state.message is not None
    assert state.message.tone is Tone.GOOD
    assert chosen_backbone(project=session.project) == str(out)
    conductor.retrain()
    settle()
    training = worker.requests[-1]
    assert isinstance(training, Train)
    assert training.backbone == str(out)


def test_adapting_can_be_cancelled(
    backbones: Backbones, worker: PlayedConnection, conductor: Conductor, settle: Settle
) -> None:
    backbones.adapt(60.0)
    settle()
    conductor.cancel()
    assert worker.cancelled == [JOB]
    worker.say(Cancelled(job=JOB))
    settle()
    assert conductor.board.state.phase is Phase.IDLE


def test_adapting_can_be_finished_early(
    backbones: Backbones, worker: PlayedConnection, conductor: Conductor, settle: Settle
) -> None:
    backbones.adapt(60.0)
    settle()
    assert actions(conductor.board.state) == (Action.CANCEL,), "nothing is learned yet"
    worker.say(progress(0.4))
    settle()
    for _ in range(2):
        backbones.settle()
    assert [type(request) for request in worker.requests] == [AdaptBackbone, StopKeepBest]
    assert worker.requests[-1].job == JOB
    worker.say(progress(0.95))
    settle()
    assert "early" in Words().headline(conductor.board.state)


def test_an_adapted_backbone_is_given_up(
    backbones: Backbones, worker: PlayedConnection, session: Session, settle: Settle
) -> None:
    out = session.project.folder / "backbones" / "adapted-1"
    out.mkdir(parents=True)
    (out / "config.json").touch()
    backbones.adapt(60.0)
    settle()
    assert isinstance(worker.requests[-1], AdaptBackbone)
    assert Path(worker.requests[-1].out_folder).name == "adapted-2"
    worker.say(made(out))
    settle()
    assert chosen_backbone(project=session.project) == str(out)
    backbones.reset()
    settle()
    assert chosen_backbone(project=session.project) == ""
