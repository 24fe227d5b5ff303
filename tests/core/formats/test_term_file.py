from __future__ import annotations

from pathlib import Path

import pytest

from core.formats.term_file import read_term_file
from core.schema.errors import KnownError


def test_lines_of_any_encoding(tmp_path: Path) -> None:
    file = tmp_path / "terms.txt"
    file.write_bytes(b"\xef\xbb\xbfStra\xc3\x9fe\r\n\r\n chest pain \r\nStra\xc3\x9fe")
    assert read_term_file(file).terms() == ("Straße", "chest pain")
    file.write_bytes("Übelkeit\nGrößenwahn, schwer\n".encode("cp1252"))
    assert read_term_file(file).terms() == ("Übelkeit", "Größenwahn, schwer")


def test_columns_of_a_table(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text('code;term\nI10;"Hypertension; essential"\n;\nE11;Diabetes\n')
    read = read_term_file(file)
    assert read.header == ("code", "term")
    assert read.sample[0] == ("I10", "Hypertension; essential")
    assert read.terms(1) == ("Hypertension; essential", "Diabetes")
    assert read.terms(1, with_header=True)[0] == "term"
    with pytest.raises(KnownError, match="no term"):
        read.terms(7)


def test_a_table_of_one_column(tmp_path: Path) -> None:
    file = tmp_path / "terms.tsv"
    file.write_text("term\naspirin, coated\n")
    assert read_term_file(file).terms() == ("aspirin, coated",)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "terms.txt"
    file.write_bytes(b"\x00\x01\x02\xff" * 50)
    with pytest.raises(KnownError, match="is not a text"):
        read_term_file(file)
    with pytest.raises(KnownError, match="cannot be read"):
        read_term_file(tmp_path / "gone.txt")
