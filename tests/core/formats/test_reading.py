"""Files and folders of any format: walked, recognised, and nothing swallowed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.formats.reading import read
from core.formats.registry import FORMATS
from core.formats.values import ReadOptions
from core.schema.errors import KnownError

CONLL = "Type\tB-d\n2\tI-d\n.\tO\n\nNo\tO\npain\tB-s\n.\tO\n"
PUBTATOR = "1|t|Type 2.\n1|a|No pain.\n1\t0\t6\tType 2\td\tD1\n\n"
JSONL = '{"text": "Type 2.", "label": [[0, 6, "d"]]}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each kind, and some that hold no records."""
    inner = tmp_path / "records" / "inner"
    inner.mkdir(parents=True)
    files = {
        "a.txt": "Größe\r\nund",
        "b.txt": "pair",
        "b.ann": "T1\td 0 4\tpair\n",
        "c.conll": CONLL,
        "d.csv": "id,text\n1,Type 2\n",
        "e.tsv": "id\ttext\n1\tType 2\n",
        "f.jsonl": JSONL,
        "g.txt": PUBTATOR,
        "README.md": "about",
        "LICENSE": "all rights",
        "annotation.conf": "[entities]",
        ".hidden.txt": "x",
        "h.xmi": "<xmi:XMI xmlns:xmi='http://www.omg.org/XMI'/>",
        "i.xyz": "who knows",
        "j.txt": " \n",
    }
    for name, text in files.items():
        (inner / name).write_bytes(text.encode())
    project = tmp_path / "records" / "old.chartmark"
    project.mkdir()
    (project / "note.txt").write_text("not for import")
    return tmp_path / "records"


def test_a_folder_of_everything(folder: Path) -> None:
    reading = read(paths=[folder])
    assert reading.formats == {
        "a.txt": "text",
        "b.txt": "brat",
        "c.conll": "conll",
        "d.csv": "csv",
        "e.tsv": "tsv",
        "f.jsonl": "jsonl",
        "g.txt": "pubtator",
        "j.txt": "text",
    }
    assert [(fault.file, fault.line) for fault in reading.faults] == [("h.xmi", 0), ("i.xyz", 0)]
    assert "UIMA XMI" in reading.faults[0].reason
    assert "not known" in reading.faults[1].reason
    passed_over = {note.file: note.count for note in reading.notes}
    assert passed_over["records"] == 4
    assert passed_over["j.txt"] == 1
    assert len(reading.documents) == 8
    first = reading.documents[0]
    assert (first.text, first.name, first.source) == ("Größe\nund", "a", "a.txt")
    assert first.meta == {"encoding": "utf-8", "line_ends": "crlf"}


def test_keys_stay_the_same(folder: Path) -> None:
    def keys() -> list[tuple[str, str, str]]:
        return [(d.source, d.key, d.text) for d in read(paths=[folder]).documents]

    assert keys() == keys()
    assert len(set(keys())) == 8


def test_a_file_chosen_twice_is_read_once(folder: Path) -> None:
    inner = folder / "inner"
    reading = read(paths=[inner / "b.ann", inner / "b.txt", inner, inner / "d.csv"])
    assert len(reading.documents) == 8


def test_annotations_alone_bring_their_text(folder: Path) -> None:
    (document,) = read(paths=[folder / "inner" / "b.ann"]).documents
    assert document.text == "pair"
    assert len(document.spans) == 1


def test_what_is_chosen_is_read_although_it_would_be_passed_over(folder: Path) -> None:
    (document,) = read(paths=[folder / "inner" / "README.md"]).documents
    assert document.text == "about"


def test_a_named_format_is_taken(folder: Path) -> None:
    reading = read(paths=[folder / "inner" / "f.jsonl"], format="text")
    assert [document.text for document in reading.documents] == [JSONL]
    reading = read(paths=[folder / "inner" / "i.xyz"], format="text")
    assert reading.formats == {"i.xyz": "text"}


@pytest.mark.parametrize("format", [None, *FORMATS])
def test_a_foreign_file_alone_cannot_be_imported(folder: Path, format: str | None) -> None:
    with pytest.raises(KnownError, match=r"h\.xmi .* UIMA XMI"):
        read(paths=[folder / "inner" / "h.xmi"], format=format)


def test_many_foreign_files_cannot_either(folder: Path) -> None:
    inner = folder / "inner"
    with pytest.raises(KnownError, match="None of the 2 files"):
        read(paths=[inner / "h.xmi", inner / "i.xyz"])


def test_what_cannot_be_mended_by_reading_on(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="not there"):
        read(paths=[tmp_path / "absent.txt"])
    with pytest.raises(KnownError, match="no format"):
        read(paths=[tmp_path], format="docx")
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(KnownError, match="no encoding"):
        read(paths=[tmp_path], options=ReadOptions(encoding="klingon"))


def test_a_wrong_encoding_is_a_fault_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("one\nGröße".encode("cp1252"))
    reading = read(paths=[tmp_path], options=ReadOptions(encoding="utf-8"))
    assert [(fault.file, fault.line) for fault in reading.faults] == [("a.txt", 2)]
    (note,) = read(paths=[tmp_path]).notes
    assert note.reason == "its encoding was taken to be cp1252"


def test_binary_among_others_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "b.txt").write_text("text")
    reading = read(paths=[tmp_path])
    assert len(reading.documents) == 1
    assert "NUL" in reading.faults[0].reason


def test_what_no_store_can_hold_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a\\ud83d"}\n{"text": "a\\u0000"}\n{"text": "b", "id": "\\udfff"}\n')
    reading = read(paths=[path])
    assert [fault.line for fault in reading.faults] == [1, 2, 3]
    assert "surrogate" in reading.faults[0].reason
    assert "NUL" in reading.faults[1].reason


def test_progress_counts_bytes_and_may_end_the_reading(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    read(paths=[folder], progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert told == sorted(told)
    assert len(told) == 10

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read(paths=[folder], progress=stop)


def test_a_link_to_nothing_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").write_text("text")
    (fault,) = read(paths=[tmp_path]).faults
    assert "cannot be opened" in fault.reason


_SEEDS = [CONLL, PUBTATOR, JSONL * 2, 'id,text\n1,"a\nb"\n2,c\n', "plain", "<a>b</a>", "[1]"]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Something that nearly is a file of a format, or is nothing."""
    data = bytearray(draw(st.sampled_from(_SEEDS)).encode())
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(data)


@settings(max_examples=150)
@given(
    st.one_of(mutated(), st.binary(max_size=60)),
    st.sampled_from(["a.txt", "a.tsv", "a.csv", "a.jsonl", "a.conll", "a.ann", "a.xyz"]),
    st.sampled_from([None, *FORMATS]),
)
def test_any_bytes_are_read_or_told(data: bytes, name: str, format: str | None) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, name)
        path.write_bytes(data)
        try:
            reading = read(paths=[path], format=format)
        except KnownError:
            return
    for fault in reading.faults:
        assert 0 <= fault.line <= data.count(b"\n") + data.count(b"\r") + 2
    for document in reading.documents:
        document.text.encode()
        for span in document.spans:
            assert 0 <= span.start < span.end <= len(document.text)
    assert reading.documents or reading.faults or reading.notes
