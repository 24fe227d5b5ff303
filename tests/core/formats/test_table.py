"""Tables: dialects, columns, rows that do not fit."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import table
from core.formats.dialect import sniff
from core.formats.values import FileReading, ReadOptions, Source
from core.schema.documents import Split


def read(text: str, options: ReadOptions | None = None) -> FileReading:
    """A table read from its text."""
    source = Source(Path("notes.csv"), text, {"encoding": "utf-8"})
    return table.read(source, options or ReadOptions())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_quoted_lines(delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(
        [
            ["Note ID", "MRN", "Text", "Ward", "split"],
            ["a1", "77", 'He said "no";\nno pain, | none\tat all', "B2", "validation"],
            ["a2", "78", "Second; one, more | here", "", "train"],
        ]
    )
    reading = read(written.getvalue())
    assert not reading.faults
    first, second = reading.documents
    assert first.text == 'He said "no";\nno pain, | none\tat all'
    assert (first.key, first.name, first.patient_id) == ("a1", "a1", "77")
    assert (first.line, second.line) == (2, 4)
    assert first.meta == {"Ward": "B2", "encoding": "utf-8"}
    assert (first.split, second.split) == (Split.DEV, Split.TRAIN)
    assert not first.reviewed


def test_the_commas_of_the_text_do_not_win() -> None:
    assert sniff("id;text\n1;a, b, c, d\n2;e, f, g\n").delimiter == ";"


def test_a_tsv_without_quoting_keeps_its_quotation_marks() -> None:
    reading = read('id\ttext\n1\t"Well" he said\n2\t"unclosed here\n3\tplain\n')
    assert [document.text for document in reading.documents] == [
        '"Well" he said',
        '"unclosed here',
        "plain",
    ]


def test_one_column_needs_no_known_name() -> None:
    reading = read('Epikrise\n"One, two;\nthree"\nFour, five\n')
    assert [document.text for document in reading.documents] == ["One, two;\nthree", "Four, five"]
    assert [document.name for document in reading.documents] == ["notes 1", "notes 2"]


def test_ragged_rows_are_faults_with_their_line() -> None:
    reading = read('id,text\n1,"two\nlines"\n2\n\n3,ok\n4,a,b\n5,padded,,\n')
    assert [document.key for document in reading.documents] == ["1", "3", "5"]
    assert [(fault.line, fault.reason) for fault in reading.faults] == [
        (4, "this row has 1 fields, the header has 2"),
        (7, "this row has 3 fields, the header has 2"),
    ]


def test_broken_quotation_is_a_fault_and_the_good_rows_keep_theirs() -> None:
    reading = read('id,text\n1,"good"\n2,"bad" here\n3,"good"\n4,"never closed\n5,lost\n')
    assert [document.text for document in reading.documents] == ["good", "good"]
    assert [fault.line for fault in reading.faults] == [3, 5]
    assert "never closed" in reading.faults[1].reason


def test_columns_that_are_not_there_are_told_with_those_that_are() -> None:
    (fault,) = read("id,body text\n1,x\n", ReadOptions(text_column="note")).faults
    assert fault.line == 1
    assert fault.reason == "it has no column of that name; its columns are 'id', 'body text'"
    (fault,) = read("id,text\n1,x\n", ReadOptions(patient_column="mrn")).faults
    assert "no column 'mrn'" in fault.reason
    (fault,) = read(f"1,{'A long sentence. ' * 5}\n2,Another one\n").faults
    assert fault.reason.endswith("its columns are '1', number 2")


def test_chosen_columns() -> None:
    options = ReadOptions(text_column="Finding", id_column="accession no", patient_column="who")
    (document,) = read("text,finding,Accession No,who\nT,F,9,w\n", options).documents
    assert (document.text, document.key, document.patient_id) == ("F", "9", "w")
    assert document.meta["text"] == "T"


def test_rows_without_text_are_counted() -> None:
    reading = read("id,text\n1,\n2,  \n3,x\n")
    (note,) = reading.notes
    assert (note.line, note.count) == (2, 2)
    assert len(reading.documents) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "id,text\n"])
def test_nothing_is_noted(text: str) -> None:
    reading = read(text)
    assert reading.notes
    assert not reading.documents


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("id,text\n1,a\n", True),
        ("row_id|subject_id|text\n1|2|a\n3|4|b\n", True),
        ("Note, Report\nThe patient, a man, was seen.\nHe is well.\n", False),
        ("Report\nHe is well.\n", False),
        ("1,2\n3,4\n", False),
        ("", False),
    ],
)
def test_recognised_by_its_header(text: str, known: bool) -> None:
    assert table.recognises(Source(Path("notes.txt"), text)) is known


_FIELD = st.text(
    alphabet=st.characters(exclude_characters="\0\r", codec="utf-8"), max_size=20
).filter(lambda field: bool(field.strip()))


@given(
    st.lists(st.tuples(_FIELD, _FIELD), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"])
)
def test_what_a_spreadsheet_writes_is_read_back(
    rows: list[tuple[str, str]], delimiter: str
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("text", "ward"), *rows])
    reading = read(written.getvalue())
    assert [document.text for document in reading.documents] == [text for text, _ in rows]
    assert not reading.faults


@given(st.text(alphabet='ab",;|\t\n text', max_size=200))
def test_any_text_is_read_or_told(text: str) -> None:
    reading = read("id,text\n" + text)
    lines = text.count("\n") + 2
    for fault in reading.faults:
        assert 1 <= fault.line <= lines
    for document in reading.documents:
        assert document.text.strip()
