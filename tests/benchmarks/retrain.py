"""How soon a click on Retrain is answered, and how fast a quick update learns 50 new records."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from core.operations import training
from core.operations.quick_update import begin_quick_update
from core.operations.sample import create_sample_project, sample_notes
from core.schema.documents import Document, ReviewStatus, Split
from core.store import documents, edits
from core.store.project import Project
from core.worker.messages import Cancel, OpenProject, Train, TrainFinished, TrainProgress
from tests.benchmarks.figures import at_least, at_most, publish
from tests.core.worker.tiny import Worker

CLICK_SECONDS = 1.0
UPDATE_SECONDS = 30.0
NEW_RECORDS = 50
_CLICKS = 5


def run() -> bool:
    """Measure with the sample project and a worker process; returns whether the goals are met."""
    with (
        tempfile.TemporaryDirectory() as folder,
        create_sample_project(folder=Path(folder) / "sample.chartmark") as project,
        Worker() as worker,
    ):
        kept_back = hold_back(project)
        worker.ask(OpenProject(folder=str(project.folder), warm_up=True))
        worker.until_idle()
        clicks = [click_to_first_metric(worker, project) for _ in range(_CLICKS)]
        full_seconds, _ = train(worker, project, training.begin_retrain(project=project)[1])
        finish_all(project, kept_back)
        began = time.perf_counter()
        _, request = begin_quick_update(project=project)
        _, quick = train(worker, project, request)
        quick_seconds = time.perf_counter() - began
    before, after = quick.current_report, quick.report
    assert before is not None
    return publish(
        "retrain",
        {
            "click_to_first_metric_s": at_most(statistics.median(clicks), CLICK_SECONDS, "s"),
            "click_to_first_metric_slowest_s": at_most(max(clicks), CLICK_SECONDS, "s"),
            "quick_update_s": at_most(quick_seconds, UPDATE_SECONDS, "s"),
            "quick_update_f1": at_least(after.micro.f1, before.micro.f1, "micro F1"),
            "quick_update_against_full_training": at_most(quick_seconds, full_seconds, "s"),
        },
    )


def hold_back(project: Project) -> list[Document]:
    """Make records unread until fifty are, and return those: the others are learned from first."""
    unread = documents.documents(project=project, status=ReviewStatus.TODO)
    done = documents.documents(project=project, split=Split.TRAIN, done_only=True)
    reopened = done[: NEW_RECORDS - len(unread)]
    for item in reopened:
        edits.set_review(project=project, document_id=item.id, status=ReviewStatus.TODO)
    return [*reopened, *unread]


def finish_all(project: Project, records: list[Document]) -> None:
    """Label records as the sample has them and mark them as done."""
    gold = {note.document.name: note.document.spans for note in sample_notes()}
    for item in records:
        if not documents.spans(project=project, document_id=item.id):
            edits.add_spans(project=project, document_id=item.id, spans=gold[item.name])
        edits.set_review(project=project, document_id=item.id, status=ReviewStatus.DONE)


def click_to_first_metric(worker: Worker, project: Project) -> float:
    """Begin a training, cancel it at its first figure, and return the seconds until that came."""
    began = time.perf_counter()
    run, request = training.begin_retrain(project=project)
    took = 0.0
    for event in worker.follow(request):
        if isinstance(event, TrainProgress) and not took:
            took = time.perf_counter() - began
            worker.client.send(Cancel(job=run.id))
        training.book(project=project, event=event)
    return took


def train(worker: Worker, project: Project, request: Train) -> tuple[float, TrainFinished]:
    """Have a training done and booked; returns its seconds and its last event."""
    began = time.perf_counter()
    for event in worker.follow(request):
        training.book(project=project, event=event)
    assert isinstance(event, TrainFinished)
    return time.perf_counter() - began, event
