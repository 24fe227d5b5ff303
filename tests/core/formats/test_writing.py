"""Writing is whole or not at all, and replaces nothing unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from core.formats import writing
from core.formats.reading import read
from core.formats.registry import FORMATS, WRITABLE
from core.formats.values import LeftOut
from core.formats.writing import write
from core.schema.documents import Document, LabelledDocument, Span
from core.schema.errors import KnownError

DOCUMENTS = [
    LabelledDocument(Document(1, "one", "Type 2 diabetes."), (Span(0, 15, "d"),)),
    LabelledDocument(Document(2, "two", "No pain."), (Span(3, 7, "s"),)),
]


@pytest.mark.parametrize("format", WRITABLE)
def test_every_writable_format_is_read_back(tmp_path: Path, format: str) -> None:
    out = tmp_path / f"out{FORMATS[format].suffix}"
    report = write(documents=DOCUMENTS, format=format, out=out)
    assert (report.documents, report.spans) == (2, 2)
    assert out.is_dir() == FORMATS[format].is_folder
    assert [entry.name for entry in tmp_path.iterdir()] == [out.name]
    reading = read(paths=[out], format=format)
    assert sum(len(document.spans) for document in reading.documents) == 2
    assert not reading.faults


@pytest.mark.parametrize("format", WRITABLE)
def test_nothing_is_replaced_unasked(tmp_path: Path, format: str) -> None:
    out = tmp_path / "out"
    write(documents=DOCUMENTS, format=format, out=out)
    with pytest.raises(KnownError, match="already"):
        write(documents=DOCUMENTS[:1], format=format, out=out)
    assert len(read(paths=[out], format=format).documents) == 2
    write(documents=DOCUMENTS[:1], format=format, out=out, overwrite=True)
    assert len(read(paths=[out], format=format).documents) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_other_files_is_never_replaced(tmp_path: Path) -> None:
    out = tmp_path / "documents"
    out.mkdir()
    (out / "thesis.odt").write_text("years of work")
    with pytest.raises(KnownError, match="would be lost"):
        write(documents=DOCUMENTS, format="brat", out=out, overwrite=True)
    with pytest.raises(KnownError, match="not a file"):
        write(documents=DOCUMENTS, format="jsonl", out=out, overwrite=True)
    assert (out / "thesis.odt").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(KnownError, match="not a folder"):
        write(documents=DOCUMENTS, format="brat", out=tmp_path / "file", overwrite=True)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be written"):
        write(documents=DOCUMENTS, format="csv", out=tmp_path / "a.csv")
    with pytest.raises(KnownError, match="cannot be written"):
        write(documents=DOCUMENTS, format="docx", out=tmp_path / "a.docx")
    with pytest.raises(KnownError, match="is not there"):
        write(documents=DOCUMENTS, format="jsonl", out=tmp_path / "no" / "a.jsonl")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("a bug")])
@pytest.mark.parametrize("folder", [True, False])
def test_after_an_error_all_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, folder: bool
) -> None:
    def fail(documents: Sequence[LabelledDocument], out: Path) -> tuple[LeftOut, ...]:
        if folder:
            out.mkdir()
            (out / "a.txt").write_text("half")
        else:
            out.write_text("half")
        raise error

    format = "brat" if folder else "jsonl"
    out = tmp_path / "out"
    write(documents=DOCUMENTS, format=format, out=out)
    broken = MappingProxyType({format: replace(FORMATS[format], write=fail)})
    monkeypatch.setattr(writing, "FORMATS", broken)
    expected = KnownError if isinstance(error, OSError) else ValueError
    with pytest.raises(expected):
        write(documents=DOCUMENTS, format=format, out=out, overwrite=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
    assert len(read(paths=[out], format=format).documents) == 2


def test_a_folder_that_cannot_take_its_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write(documents=DOCUMENTS, format="brat", out=out)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(KnownError, match="Permission denied"):
        write(documents=DOCUMENTS[:1], format="brat", out=out, overwrite=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
    assert len(read(paths=[out], format="brat").documents) == 2


def test_here_is_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(documents=DOCUMENTS, format="jsonl", out=Path("out.jsonl"))
    assert (tmp_path / "out.jsonl").stat().st_size
    with pytest.raises(KnownError):
        write(documents=DOCUMENTS, format="brat", out=Path())
