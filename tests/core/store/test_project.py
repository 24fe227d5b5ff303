from __future__ import annotations

import getpass
import os
import subprocess
import sys
import threading
from pathlib import Path

import filelock
import pytest

from core.schema.documents import Span
from core.schema.errors import KnownError
from core.schema.labels import PALETTE, Label, LabelScheme
from core.store import documents, edits, labels
from core.store import project as project_module
from core.store.project import Project
from tests.core.store.conftest import SCHEME, imported


def test_create_fills_in_colours_and_keys(folder: Path) -> None:
    with Project.create(folder=folder, scheme=SCHEME) as project:
        scheme = labels.scheme(project=project)
        assert scheme.names() == ("drug", "disease")
        assert [label.colour for label in scheme.labels] == list(PALETTE[:2])
        assert [label.hotkey for label in scheme.labels] == ["1", "d"]
        assert scheme.guideline == "Label what is said."
        assert project.name == "clinic ?#%"
        assert project.annotator == getpass.getuser()
        assert not project.read_only
        assert not Project.is_encrypted(folder)


def test_annotator_named_at_creation_stays(folder: Path) -> None:
    Project.create(folder=folder, scheme=SCHEME, annotator="Dr 李").close()
    with Project.open(folder=folder) as project:
        assert project.annotator == "Dr 李"


def test_create_refuses_what_exists(folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(KnownError, match="there already"):
        Project.create(folder=folder, scheme=SCHEME)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "scheme",
    [
        LabelScheme((Label("a"), Label("a"))),
        LabelScheme((Label("  "),)),
        LabelScheme((Label("a", hotkey="x"), Label("b", hotkey="x"))),
        LabelScheme((Label("a", colour="red"),)),
    ],
)
def test_create_refuses_invalid_labels_and_leaves_nothing(
    folder: Path, scheme: LabelScheme
) -> None:
    with pytest.raises(KnownError):
        Project.create(folder=folder, scheme=scheme)
    assert not folder.exists()


def test_failed_creation_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_names: object) -> None:
        raise KnownError("The disk is full.")

    monkeypatch.setattr(project_module, "append", fail)
    with pytest.raises(KnownError, match="full"):
        Project.create(folder=folder, scheme=SCHEME)
    assert not folder.exists()


def test_open_says_where_there_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no project"):
        Project.open(folder=tmp_path)
    (tmp_path / "store.db").touch()
    with pytest.raises(KnownError, match="no project"):
        Project.open(folder=tmp_path)


def test_edits_survive_closing(project: Project, folder: Path) -> None:
    edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
    project.close()
    project.close()
    with Project.open(folder=folder) as again:
        assert [span.label for span in documents.spans(project=again, document_id=1)] == ["drug"]


def test_closed_project_answers_nothing(project: Project) -> None:
    project.close()
    with pytest.raises(RuntimeError, match="closed"):
        documents.documents(project=project)


def test_second_opener_reads_only_and_says_why(project: Project, folder: Path) -> None:
    with Project.open(folder=folder) as second:
        assert second.read_only
        assert "Another Chartmark" in second.read_only_reason
        edits.add_spans(project=project, document_id=1, spans=[Span(0, 9, "drug")])
        assert len(documents.spans(project=second, document_id=1)) == 1
        with pytest.raises(KnownError, match="reading only"):
            edits.add_spans(project=second, document_id=1, spans=[Span(10, 13, "drug")])
    project.close()
    with Project.open(folder=folder) as third:
        assert not third.read_only


def test_second_process_reads_only_until_the_first_ends(project: Project, folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from core.store.project import Project\n"
        "print(Project.open(folder=Path(sys.argv[1])).read_only)"
    )

    def opens_read_only() -> str:
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    assert opens_read_only() == "True"
    project.close()
    assert opens_read_only() == "False"


def test_reader_needs_no_lock_and_changes_nothing(project: Project, folder: Path) -> None:
    with Project.open(folder=folder, read_only=True) as reader:
        before = (folder / "store.db").read_bytes()
        for length in range(1, 6):
            edits.add_spans(project=project, document_id=1, spans=[Span(0, length, "drug")])
            assert len(documents.spans(project=reader, document_id=1)) == length
        assert reader.read_only_reason
        assert (folder / "store.db").read_bytes() == before


def test_reader_opens_a_closed_project_without_the_lock_file(
    project: Project, folder: Path
) -> None:
    project.close()
    (folder / "lock").unlink(missing_ok=True)
    with Project.open(folder=folder, read_only=True) as reader:
        assert len(documents.documents(project=reader)) == 2
    assert not (folder / "lock").exists()


def test_project_on_a_read_only_medium_can_be_read(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Project.open(folder=folder, read_only=True) as reader:
        assert len(documents.documents(project=reader)) == 2
        assert {path.name for path in folder.iterdir()} <= {"store.db", "lock"}


def test_project_whose_folder_takes_no_lock_opens_for_reading(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()

    def refuse(*_args: object, **_names: object) -> None:
        raise PermissionError

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    with Project.open(folder=folder) as reader:
        assert "cannot be written" in reader.read_only_reason


def test_many_threads_write_and_read(project: Project) -> None:
    documents.add_documents(project=project, documents=[imported("three", "x" * 1000)])
    failures: list[BaseException] = []

    def label(offset: int) -> None:
        try:
            for start in range(offset, 200, 4):
                span = Span(start, start + 1, "drug")
                edits.add_spans(project=project, document_id=3, spans=[span])
                documents.spans(project=project, document_id=3)
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=label, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(documents.spans(project=project, document_id=3)) == 200
