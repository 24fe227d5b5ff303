"""Import: files into a project once, in one piece, with a report that stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.formats.values import ReadOptions
from core.operations.importing import import_files
from core.schema.documents import ReviewStatus, Split
from core.schema.errors import KnownError
from core.schema.labels import Label, LabelScheme
from core.store import documents, reports
from core.store.project import Project

LINES = (
    '{"id": "a", "text": "Type 2 diabetes.", "label": [[0, 15, "disease"]]}\n'
    '{"id": "b", "text": "No pain."}\n'
    '{"id": "c"}\n'
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A new project."""
    scheme = LabelScheme((Label("drug"),))
    with Project.create(folder=tmp_path / "p.chartmark", scheme=scheme) as made:
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of two good lines and a bad one."""
    path = tmp_path / "notes.jsonl"
    path.write_text(LINES)
    return path


def test_good_records_come_in_and_bad_ones_are_told(project: Project, file: Path) -> None:
    told: list[tuple[str, int, int]] = []
    report, changes = import_files(
        project=project, paths=[file], progress=lambda *step: told.append(step)
    )
    assert (report.added, report.spans, report.labels_added) == (2, 1, ("disease",))
    assert [(fault.file, fault.line) for fault in report.faults] == [("notes.jsonl", 3)]
    assert report.formats == {"notes.jsonl": "jsonl"}
    assert changes is not None
    assert {name for name, _, _ in told} == {"Reading", "Saving"}
    first, second = documents.documents(project=project)
    assert documents.review(project=project, document_id=first.id).status is ReviewStatus.DONE
    assert documents.review(project=project, document_id=second.id).status is ReviewStatus.TODO
    (kept,) = reports.reports(project=project)
    assert "notes.jsonl" in str(kept)
    assert "diabetes" not in str(kept)


def test_the_same_import_twice_adds_nothing_twice(project: Project, file: Path) -> None:
    import_files(project=project, paths=[file])
    report, _ = import_files(project=project, paths=[file])
    assert report.added == 0
    assert report.duplicates == ("a", "b")
    assert len(documents.documents(project=project)) == 2


def test_a_fault_may_roll_everything_back(project: Project, file: Path) -> None:
    report, changes = import_files(project=project, paths=[file], on_fault="rollback")
    assert report.rolled_back
    assert changes is None
    assert documents.documents(project=project) == []
    assert len(reports.reports(project=project)) == 1


def test_columns_and_split(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("who,said\np1,Pain.\np1,No pain.\np2,Fever.\n")
    options = ReadOptions(text_column="said", patient_column="who")
    import_files(project=project, paths=[path], options=options, split=Split.TEST)
    held = documents.documents(project=project)
    assert [(document.patient_id, document.split) for document in held] == [
        ("p1", Split.TEST),
        ("p1", Split.TEST),
        ("p2", Split.TEST),
    ]


def test_what_cannot_be_imported_changes_nothing(project: Project, tmp_path: Path) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    with pytest.raises(KnownError, match="PDF"):
        import_files(project=project, paths=[pdf])
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    with pytest.raises(KnownError, match="nothing to import"):
        import_files(project=project, paths=[empty])
    assert reports.reports(project=project) == []


def test_progress_may_cancel(project: Project, file: Path) -> None:
    def cancel(step: str, done: int, total: int) -> None:
        if step == "Saving":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        import_files(project=project, paths=[file], progress=cancel)
    assert documents.documents(project=project) == []
