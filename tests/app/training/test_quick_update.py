"""The quick update in the strip: when it is offered, what it asks for, what is told of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.design.tokens import LIGHT
from app.training.conductor import Conductor
from app.training.state import Action, Phase, actions
from app.training.strip import Strip
from core.operations import training
from core.schema.documents import ReviewStatus
from core.schema.labels import Label
from core.store import documents, edits, labels, runs
from core.store.project import Project
from core.worker.messages import Train
from tests.app.training.conftest import PlayedConnection, finished, started

Settle = Callable[[], None]


def touch(project: Project, key: int) -> None:
    """Open a record again and finish it."""
    for status in (ReviewStatus.TODO, ReviewStatus.DONE):
        edits.set_review(project=project, document_id=key, status=status)


@pytest.fixture
def trained(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> Conductor:
    """A conductor whose project has a model, with nothing going on."""
    conductor.retrain()
    settle()
    worker.say(started())
    worker.say(finished(project, 0.8))
    settle()
    conductor.cancel()
    settle()
    model = runs.current_model(project=project)
    assert model is not None
    training.model_folder(project=project, model=model).mkdir(parents=True)
    conductor.board.set(conductor.board.state.end(None))
    return conductor


def learned(project: Project) -> int:
    """The key of a record that the model learned from."""
    splits = documents.done_splits(project=project)
    return next(key for key, split in splits.items() if split == "train")


@pytest.fixture
def strip(qtbot: QtBot, trained: Conductor) -> Strip:
    made = Strip(LIGHT)
    qtbot.addWidget(made)
    made.resize(1400, made.height())
    trained.board.state_changed.connect(made.show_state)
    made.show_state(trained.board.state)
    made.show()
    return made


def test_an_update_is_offered_once_there_is_something_new(
    trained: Conductor, strip: Strip, settle: Settle, project: Project
) -> None:
    assert Action.QUICK_UPDATE not in actions(trained.board.state)
    assert strip.headline.text() == "v1 · F1 0.80 on dev"
    touch(project, learned(project))
    trained.board.read_library()
    settle()
    assert Action.QUICK_UPDATE in actions(trained.board.state)
    assert strip.buttons[Action.QUICK_UPDATE].isVisible()
    assert strip.headline.text() == "v1 · F1 0.80 on dev · new records: 1"
    assert strip.aside.text() == ""


def test_pressing_it_continues_the_model(
    trained: Conductor,
    strip: Strip,
    settle: Settle,
    project: Project,
    worker: PlayedConnection,
) -> None:
    key = learned(project)
    touch(project, key)
    trained.board.read_library()
    settle()
    strip.asked.connect(lambda action: trained.quick_update())
    QTest.mouseClick(strip.buttons[Action.QUICK_UPDATE], Qt.MouseButton.LeftButton)
    assert trained.board.state.phase is Phase.STARTING
    settle()
    request = worker.requests[-1]
    assert isinstance(request, Train)
    assert request.new_documents == (key,)
    assert request.start_model == str(project.folder / "models" / "run-1")
    worker.say(finished(project, 0.7, 0.8, run_id=2))
    settle()
    assert strip.aside.text() == (
        "A full training is due: The last quick update did not make the model better."
    )


def test_changed_labels_are_told_of_and_no_update_is_offered(
    trained: Conductor, strip: Strip, settle: Settle, project: Project
) -> None:
    touch(project, learned(project))
    labels.add_label(project=project, label=Label("procedure"))
    trained.board.read_library()
    settle()
    assert not strip.buttons[Action.QUICK_UPDATE].isVisible()
    assert strip.aside.text() == (
        "A full training is due: The labels have changed since v1 was trained."
    )
    trained.quick_update()
    settle()
    message = trained.board.state.message
    assert message is not None
    assert message.remedy == "Retrain in full: a quick update cannot learn other labels."
