from __future__ import annotations

from pathlib import Path

import pytest

from core.formats.code_list import read_codes
from core.schema.attributes import Code
from core.schema.errors import KnownError

COPD, DIABETES = Code("J44.1", "COPD, acute"), Code("E11", "Diabetes")


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file with this text."""
    file = folder / "codes.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    "text",
    [
        'code,term\nJ44.1,"COPD, acute"\nE11,Diabetes\n',
        'J44.1,"COPD, acute"\nE11,Diabetes\n',
        "Display;Code\r\nCOPD, acute;J44.1\r\nDiabetes;E11\r\n",
        "chapter\ticd10_code\tdescription\nX\tJ44.1\tCOPD, acute\nIV\tE11\tDiabetes\n",
        "code;term;\nJ44.1;COPD, acute;\nE11;Diabetes;\n\nE11; Diabetes ;\n",
    ],
)
def test_tables_of_any_dialect_are_read(tmp_path: Path, text: str) -> None:
    assert read_codes(written(tmp_path, text)) == (COPD, DIABETES)


def test_other_encodings_are_read(tmp_path: Path) -> None:
    file = written(tmp_path, "Bezeichnung;Code\nHöhenkrankheit;T70.2\n", "cp1252")
    assert read_codes(file) == (Code("T70.2", "Höhenkrankheit"),)
    file = written(tmp_path, "编码,名称\nE14,糖尿病\n", "gb18030")
    assert read_codes(file, "gb18030") == (Code("E14", "糖尿病"),)


def test_release_file_of_snomed_is_read_without_what_is_inactive(tmp_path: Path) -> None:
    text = (
        "id\teffectiveTime\tactive\tconceptId\ttypeId\tterm\n"
        '1\t20250101\t1\t73211009\t9\tDiabetes "mellitus"\n'
        "2\t20250101\t0\t46635009\t9\tDiabetes I\n"
    )
    assert read_codes(written(tmp_path, text)) == (Code("73211009", 'Diabetes "mellitus"'),)


def test_codes_without_terms_are_read(tmp_path: Path) -> None:
    assert read_codes(written(tmp_path, "code\nA1\nB2\n")) == (Code("A1", ""), Code("B2", ""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,term\nJ44.1,COPD\n ,none\n", "codes.csv, line 3: this row has no code"),
        ("code,term\nJ44.1,COPD,x\n", "codes.csv, line 2: this row has 3 fields, the first has 2"),
        ("code,term\nE11\n", "codes.csv, line 2: this row has 1 fields"),
        ('code,term\n"E11",a\n"J44.1\n', "codes.csv, line 3: a quoted field"),
        (f"code,term\n{'x' * 65},a\n", "codes.csv, line 2: what stands in the column"),
        ("", "is empty"),
        ("code,term\n", "a header but no codes"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        read_codes(written(tmp_path, text))


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_bytes(b"\x00\x01\x02" * 50)
    with pytest.raises(KnownError, match="NUL"):
        read_codes(file)
    with pytest.raises(KnownError, match="cannot be opened"):
        read_codes(tmp_path / "missing.csv")
