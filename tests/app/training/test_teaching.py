"""A training with a teacher, from the window's wish to what the worker is asked."""

from __future__ import annotations

from collections.abc import Callable

from app.training.conductor import Conductor
from core.store import runs
from core.store.project import Project
from core.worker.messages import Train
from tests.app.training.conftest import PlayedConnection
from tests.app.training.test_conductor import make_model

Settle = Callable[[], None]


def test_the_chosen_model_teaches_the_next_training(
    conductor: Conductor, worker: PlayedConnection, settle: Settle, project: Project
) -> None:
    make_model(conductor, worker, settle, project)
    teacher = conductor.board.library.models[0]
    folder = project.folder / teacher.folder
    folder.mkdir(parents=True, exist_ok=True)
    conductor.cancel()
    settle()
    worker.requests.clear()
    conductor.retrain(teacher)
    settle()
    request = next(item for item in worker.requests if isinstance(item, Train))
    assert request.teacher_model == str(folder)
    assert runs.run(project=project, run_id=request.run_id).teacher_model_id == teacher.id
