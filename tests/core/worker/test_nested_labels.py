"""Labels inside labels through a real worker: trained, booked, scored, evaluated, stored."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from core.operations import training
from core.operations.training import Booked
from core.schema.documents import ImportedDocument, Split
from core.schema.labels import Label, LabelScheme
from core.store import documents
from core.store.project import Project
from core.worker.messages import AnyEvent, Evaluate, Evaluated, Opened, Request, TrainNotice
from tests.core.training.nesting import LABELS, nested_records
from tests.core.worker.tiny import RECIPE, Worker

pytestmark = pytest.mark.slow


def nested_project(folder: Path) -> Project:
    """32 records to train on, 12 for dev, 8 for test and 8 unread ones."""
    scheme = LabelScheme(tuple(Label(name) for name in LABELS))
    project = Project.create(folder=folder, scheme=scheme, annotator="Ada")
    splits = [Split.TRAIN] * 32 + [Split.DEV] * 12 + [Split.TEST] * 8 + [None] * 8
    documents.add_documents(
        project=project,
        documents=[
            ImportedDocument(
                key=item.document.name,
                name=item.document.name,
                text=item.document.text,
                spans=item.spans if split else (),
                reviewed=split is not None,
                source="notes.jsonl",
                patient_id=item.document.name,
                split=split,
            )
            for item, split in zip(nested_records(len(splits)), splits, strict=True)
        ],
    )
    return project


def follow(worker: Worker, project: Project, request: Request) -> tuple[list[AnyEvent], Booked]:
    events, booked = [], Booked()
    for event in worker.follow(request):
        events.append(event)
        booked = training.book(project=project, event=event)
    return events, booked


def test_both_labels_come_back_as_suggestions(
    worker: Worker, tmp_path: Path, backbone: Path
) -> None:
    with nested_project(tmp_path / "nested.chartmark") as project:
        assert worker.open(project) == Opened()
        _, request = training.begin_retrain(project=project, recipe=RECIPE, backbone=str(backbone))
        events, booked = follow(worker, project, request)
        notices = [event.text for event in events if isinstance(event, TrainNotice)]
        assert len(notices) == 1
        assert "learns each name by itself" in notices[0]
        assert booked.model is not None
        folder = training.model_folder(project=project, model=booked.model)
        assert json.loads((folder / "chartmark.json").read_bytes())["head"] == "multi_label"
        for scoring in booked.requests:
            follow(worker, project, scoring)
        overlapping = 0
        for row in documents.queue(project=project):
            found = documents.suggestions(project=project, document_id=row.document_id)
            overlapping += sum(
                one.start < other.end and other.start < one.end and one.label != other.label
                for one, other in combinations(found, 2)
            )
        assert overlapping
        evaluated = worker.ask(Evaluate(job=9, model_folder=str(folder), split="test"))[-1]
        assert isinstance(evaluated, Evaluated)
        # Two findings with a site each in all eight records, none left out.
        assert evaluated.report.micro.support == 32
        assert evaluated.report.micro.f1 > 0.8
