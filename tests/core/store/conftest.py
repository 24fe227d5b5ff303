"""Projects to test the store with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.schema.documents import ImportedDocument, PredictedSpan, Span
from core.schema.labels import Label, LabelScheme
from core.schema.learning import ModelVersion, Recipe, Report, Score, ScoredDocument
from core.store import runs, scores
from core.store.documents import add_documents
from core.store.project import Project

SCHEME = LabelScheme((Label("drug"), Label("disease", hotkey="d")), "Label what is said.")
TEXT = "Metformin 500 mg for diabetes 🙂 in a man; 糖尿病 since 1999. Metformin again."
PASSPHRASE = "correct hörse 'battery' 糖"
_HALF = Score(0.5, 0.5, 0.5, 4)
REPORT = Report(_HALF, _HALF, _HALF, labels={"drug": _HALF})


def imported(
    key: str, text: str = TEXT, *spans: Span, reviewed: bool = False, patient_id: str = ""
) -> ImportedDocument:
    """A document as an importer gives it."""
    return ImportedDocument(
        key=key,
        name=f"record {key}",
        text=text,
        spans=spans,
        reviewed=reviewed,
        source="records.csv",
        patient_id=patient_id,
    )


def add_model(project: Project, name: str = "run-1") -> ModelVersion:
    """A model version that is the current one."""
    run = runs.start_run(project=project, recipe=Recipe())
    model = runs.add_model_version(
        project=project, run_id=run.id, folder=f"models/{name}", report=REPORT
    )
    runs.promote(project=project, model_version_id=model.id)
    return model


def suggest(project: Project, model: ModelVersion, document_id: int, *spans: PredictedSpan) -> None:
    """Suggestions of a model for one document."""
    scored = ScoredDocument(document_id, spans, {"mnlp": 0.5})
    scores.add_scores(project=project, model_version_id=model.id, scored=[scored])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a project can be made."""
    return tmp_path / "clinic ?#%.chartmark"


@pytest.fixture
def project(folder: Path) -> Iterator[Project]:
    """A project with two documents, keys 1 and 2."""
    with Project.create(folder=folder, scheme=SCHEME, annotator="Ada") as made:
        add_documents(project=made, documents=[imported("one"), imported("two")])
        yield made


@pytest.fixture
def reopened(folder: Path) -> Callable[[], Project]:
    """What opens the project of ``folder`` again."""
    return lambda: Project.open(folder=folder)
