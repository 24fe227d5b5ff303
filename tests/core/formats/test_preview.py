"""A preview shows the beginning of any file, and costs the same for a big one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.formats.preview import preview
from core.formats.values import ReadOptions
from core.schema.errors import KnownError


def test_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id;body;who\n1;"x\ny";p\n2;z;q\n')
    seen = preview(path)
    assert seen.format == "csv"
    assert seen.columns == ("id", "body", "who")
    assert seen.rows == (("1", "x\ny", "p"), ("2", "z", "q"))
    assert [document.text for document in seen.documents] == ["x\ny", "z"]
    chosen = preview(path, options=ReadOptions(text_column="who"))
    assert [document.text for document in chosen.documents] == ["p", "q"]


def test_a_table_without_a_known_column_still_shows_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("a\tb\n1\t2\n")
    seen = preview(path)
    assert (seen.format, seen.columns, seen.documents) == ("tsv", ("a", "b"), ())
    assert len(seen.faults) == 1


@pytest.mark.parametrize("quoted", [True, False])
def test_the_cut_through_a_big_table_is_no_fault(tmp_path: Path, quoted: bool) -> None:
    path = tmp_path / "big.csv"
    note = '"first line\nsecond, line"' if quoted else "Größe"
    path.write_text("id,text\n" + "".join(f"{n},{note}\n" for n in range(40_000)))
    seen = preview(path)
    assert not seen.complete
    assert not seen.faults
    assert len(seen.documents) == 5


def test_the_cut_through_json_is_no_fault(tmp_path: Path) -> None:
    records = [{"text": f"note {n} " * 20} for n in range(20_000)]
    printed = tmp_path / "printed.jsonl"
    printed.write_text("\n".join(json.dumps(one, indent=1) for one in records))
    array = tmp_path / "array.json"
    array.write_text(json.dumps(records))
    for path in (printed, array):
        seen = preview(path)
        assert not seen.complete
        assert not seen.faults
        assert len(seen.documents) == 5


def test_what_is_read_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(1 << 30)
        file.write(b"a note\n" * 50_000)
    monkeypatch.setattr(Path, "read_bytes", None)
    seen = preview(path)
    assert seen.format == "text"
    assert len(seen.documents[0].text) < 1 << 20


def test_a_foreign_file_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"%PDF-1.7")
    seen = preview(path)
    assert seen.format == ""
    assert "PDF" in seen.faults[0].reason


def test_a_folder_shows_its_first_file(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no records"):
        preview(tmp_path)
    (tmp_path / "b.txt").write_text("second")
    (tmp_path / "a.txt").write_text("first")
    assert preview(tmp_path).documents[0].text == "first"
    with pytest.raises(KnownError, match="no format"):
        preview(tmp_path, "docx")
