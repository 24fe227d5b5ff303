"""What a teacher tells a student of: records nobody labelled, and never those of dev or test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.schema.documents import ImportedDocument, Split
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Recipe
from core.store import audit
from core.store.documents import add_documents
from core.store.project import Project
from core.worker.messages import Train
from core.worker.teaching import teacher_of

SCHEME = LabelScheme((Label("drug"),))
ROWS = (
    ("taught", "a", Split.TRAIN, True),
    ("of the same patient", "a", None, False),
    ("of nobody", "", None, False),
    ("judged", "b", Split.DEV, True),
    ("of a judged patient", "b", None, False),
    ("to be judged", "c", Split.TEST, False),
    ("of another patient", "d", None, False),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    documents = [
        ImportedDocument(
            key=str(number),
            name=name,
            text="On aspirin.",
            source="a.csv",
            patient_id=patient,
            split=split,
            reviewed=done,
        )
        for number, (name, patient, split, done) in enumerate(ROWS)
    ]
    with Project.create(folder=tmp_path / "p.chartmark", scheme=SCHEME) as made:
        add_documents(project=made, documents=documents)
        yield made


def train(project: Project, teacher: str = "/models/run-1", seed: int = 13) -> Train:
    event = audit.last_event(project=project)
    return Train(
        run_id=2,
        snapshot_event=event,
        recipe=Recipe(seed=seed),
        run_folder="",
        model_folder="",
        teacher_model=teacher,
    )


def test_no_record_of_a_judged_patient_is_read(project: Project) -> None:
    teacher = teacher_of(train(project), project)
    assert teacher is not None
    assert teacher.folder == Path("/models/run-1")
    assert [item.name for item in teacher.unread] == [
        "of the same patient",
        "of nobody",
        "of another patient",
    ]
    assert teacher_of(train(project, ""), project) is None


def test_what_comes_later_does_not_change_a_training(project: Project) -> None:
    request = train(project)
    before = teacher_of(request, project)
    later = ImportedDocument(key="9", name="later", text="On insulin.", source="a.csv")
    add_documents(project=project, documents=[later])
    assert teacher_of(request, project) == before


def test_of_many_a_sample_is_read(project: Project) -> None:
    more = [
        ImportedDocument(key=f"m{number}", name=str(number), text="No pain.", source="m.csv")
        for number in range(20)
    ]
    add_documents(project=project, documents=more)
    one, again, other = (teacher_of(train(project, seed=seed), project) for seed in (1, 1, 2))
    assert one == again != other
    assert one is not None
    assert len(one.unread) == 3
