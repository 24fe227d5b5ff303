"""Export: what is done, or everything, in any format that can be written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.formats.registry import FORMATS, WRITABLE
from core.operations.exporting import current_model, export_documents
from core.operations.importing import import_files
from core.schema.documents import ImportedDocument, LabelledDocument, Span, Split
from core.schema.errors import KnownError
from core.schema.labels import Label, LabelScheme
from core.store import documents
from core.store.project import Project

GOLD = ImportedDocument(
    key="1",
    name="one",
    text="Father had diabetes 🙂 and angina.",
    spans=(Span(11, 19, "disease", attributes=("family",)), Span(26, 32, "disease")),
    reviewed=True,
    source="a.txt",
    patient_id="p",
    split=Split.DEV,
)
UNREAD = ImportedDocument(
    key="2", name="two", text="No pain.", spans=(Span(3, 7, "disease"),), source="b.txt"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project of a done record and an unread one."""
    scheme = LabelScheme((Label("disease"),))
    with Project.create(folder=tmp_path / "p.chartmark", scheme=scheme) as made:
        documents.add_documents(project=made, documents=[GOLD, UNREAD])
        yield made


@pytest.mark.parametrize("format", WRITABLE)
def test_done_records_in_each_format(project: Project, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"out{FORMATS[format].suffix}"
    report = export_documents(project=project, out=out, format=format)
    assert (report.documents, report.spans) == (1, 2)
    assert out.exists()


def test_all_records_keep_their_review(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    export_documents(project=project, out=out, format="jsonl", done_only=False)
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["reviewed"] for line in lines] == [True, False]


def test_the_past_knows_what_was_reviewed(project: Project) -> None:
    added = documents.add_documents(project=project, documents=[])
    held = documents.labelled_documents(
        project=project, done_only=False, as_of=added.changes.event_id
    )
    assert [item.reviewed for item in held] == [True, False]


def test_an_export_is_imported_as_it_was(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    export_documents(project=project, out=out, format="jsonl", done_only=False)
    with Project.create(folder=tmp_path / "q.chartmark", scheme=LabelScheme(())) as other:
        import_files(project=other, paths=[out])

        def held(one: Project) -> list[LabelledDocument]:
            return [
                replace(
                    item,
                    document=replace(item.document, id=0, meta={}),
                    spans=tuple(replace(span, id=0) for span in item.spans),
                )
                for item in documents.labelled_documents(project=one, done_only=False)
            ]

        assert held(other) == held(project)


def test_a_part_of_the_data(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "dev.jsonl"
    report = export_documents(project=project, out=out, format="jsonl", split=Split.DEV)
    assert report.documents == 1
    with pytest.raises(KnownError, match="no record to export"):
        export_documents(project=project, out=out, format="jsonl", split=Split.TEST)


def test_nothing_is_replaced_unasked(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    with pytest.raises(KnownError, match="already"):
        export_documents(project=project, out=out, format="jsonl")
    assert out.read_text() == "mine"
    export_documents(project=project, out=out, format="jsonl", overwrite=True)
    assert out.read_text("utf-8") != "mine"


def test_no_model_yet(project: Project) -> None:
    with pytest.raises(KnownError, match="no model"):
        current_model(project=project)


@pytest.mark.parametrize("format", WRITABLE)
def test_progress_is_told_and_a_cancel_leaves_nothing(
    project: Project, tmp_path: Path, format: str
) -> None:
    told: list[tuple[str, int, int]] = []
    out = tmp_path / f"out{FORMATS[format].suffix}"

    def tell(step: str, done: int, total: int) -> None:
        told.append((step, done, total))

    export_documents(project=project, out=out, format=format, done_only=False, progress=tell)
    assert set(told) == {("Writing", 0, 2), ("Writing", 1, 2)}
    whole = sorted(tmp_path.rglob("*"))

    class CancelledError(Exception):
        pass

    def cancel(step: str, done: int, total: int) -> None:
        del step, total
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        export_documents(
            project=project,
            out=tmp_path / f"other{FORMATS[format].suffix}",
            format=format,
            done_only=False,
            progress=cancel,
        )
    assert sorted(tmp_path.rglob("*")) == whole
