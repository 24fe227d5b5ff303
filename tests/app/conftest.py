"""Sessions on small projects, and the theme that every window stands on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings, QStandardPaths
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.design.theme import Theme
from app.design.tokens import Scheme
from app.preferences import Preferences
from app.session import Session
from core.schema.documents import ImportedDocument, PredictedSpan
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Recipe, Report, Score, ScoredDocument
from core.store import runs, scores
from core.store.documents import add_documents
from core.store.project import Project

# Logs of workers and the like must not come among the user's own.
QStandardPaths.setTestModeEnabled(True)
# As the window does where the system names no language: the C locale has no groups of digits.
QLocale.setDefault(QLocale(QLocale.Language.English))

TEXTS = (
    "Metformin 500 mg for diabetes 🙂 in a man; 糖尿病 since 1999. Metformin again.",
    "No angina. Known atrial fibrillation, on apixaban and metformin.",
    "Breast cancer 2011, treated. Mother had diabetes.",
)
SCHEME = LabelScheme(
    (Label("drug"), Label("disease"), Label("history", hotkey="w")), "Label what is said."
)


def suggest(project: Project, document_id: int, *spans: PredictedSpan) -> int:
    """Let a model, made if there is none, suggest spans for a document; returns its key."""
    model = runs.current_model(project=project)
    if model is None:
        zero = Score(0.5, 0.5, 0.5, 4)
        run = runs.start_run(project=project, recipe=Recipe())
        model = runs.add_model_version(
            project=project, run_id=run.id, folder="models/run-1", report=Report(zero, zero, zero)
        )
        runs.promote(project=project, model_version_id=model.id)
    scored = [ScoredDocument(document_id, spans, {"mnlp": 0.1 * document_id})]
    scores.add_scores(project=project, model_version_id=model.id, scored=scored)
    return model.id


@pytest.fixture
def project_folder(tmp_path: Path) -> Path:
    """A closed project with three records."""
    folder = tmp_path / "ward.chartmark"
    with Project.create(folder=folder, scheme=SCHEME, annotator="Ada") as project:
        items = [
            ImportedDocument(key=str(n), name=f"note-{n}", text=text, source="notes.csv")
            for n, text in enumerate(TEXTS, start=1)
        ]
        add_documents(project=project, documents=items)
    return folder


@pytest.fixture
def session(project_folder: Path, qtbot: QtBot) -> Iterator[Session]:
    """A session whose first record is on the screen."""
    made = Session(Project.open(folder=project_folder))
    with qtbot.waitSignal(made.record_opened):
        made.start()
    yield made
    made.close()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Settings in a file of their own."""
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme."""
    return Theme(qapp, Scheme.LIGHT)
