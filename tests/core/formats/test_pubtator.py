from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import pubtator
from core.formats.values import FileReading, ReadOptions, Source
from core.schema.documents import Document, ImportedDocument, LabelledDocument, Origin, Span

LINES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=40
) | st.text("ab |\t\u0085\u2028é病😀", max_size=30)


def read(text: str) -> FileReading:
    return pubtator.read(Source(Path("set.txt"), text), ReadOptions())


def only(reading: FileReading) -> ImportedDocument:
    assert not reading.faults
    (document,) = reading.documents
    return document


def written(documents: Sequence[LabelledDocument]) -> tuple[str, dict[str, int]]:
    """The file that is written, and what is told as left out."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.txt"
        left_out = pubtator.write(documents, out)
        return out.read_bytes().decode("utf-8"), {item.reason: item.count for item in left_out}


@st.composite
def labelled(draw: st.DrawFn) -> LabelledDocument:
    """A document of a title and perhaps an abstract, with spans anywhere."""
    abstract = draw(LINES)
    text = draw(LINES) + (f"\n{abstract}" if abstract else "")
    spans: list[Span] = []
    for _ in range(draw(st.integers(0, 4)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        label = draw(st.sampled_from(["drug", "heart disease", "病"]))
        spans.append(Span(start, end, label, origin=Origin.IMPORTED))
    name = draw(st.sampled_from(["8528200", "letter|7", "病历", ""]))
    return LabelledDocument(Document(1, name, text), tuple(spans))


@given(st.lists(labelled(), min_size=1, max_size=3))
def test_what_is_written_is_read_exactly(documents: list[LabelledDocument]) -> None:
    text, left_out = written(documents)
    assert left_out == {}
    reading = read(text)
    assert not reading.faults
    assert not reading.notes
    assert [(d.text, d.spans) for d in reading.documents] == [
        (item.document.text, item.spans) for item in documents
    ]
    assert len({d.key for d in reading.documents}) == len(documents)


def test_what_pubtator_cannot_hold_is_told() -> None:
    spans = (
        Span(0, 4, "x", ("negated",)),
        Span(5, 8, "x", pieces=((5, 6), (7, 8))),
        Span(9, 12, "a\tb"),
    )
    text, left_out = written([LabelledDocument(Document(1, "7", "head\na b\nend\n"), spans)])
    assert text == (
        "7|t|head\n7|a|a b end \n7\t0\t4\thead\tx\t-\n7\t5\t8\ta b\tx\t-\t5 6;7 8\n"
        "7\t9\t12\tend\ta_b\t-\n\n"
    )
    assert left_out == {
        "line ends after the first, written as blanks": 2,
        "attributes of spans": 1,
        "discontinuous spans; other programs may read each as one stretch": 1,
        "labels with tabs, written with _": 1,
    }


def test_pieces_come_back() -> None:
    pieces = ((0, 4), (5, 6), (7, 8))
    span = Span(0, 8, "x", pieces=pieces, origin=Origin.IMPORTED)
    text, _ = written([LabelledDocument(Document(1, "7", "head\na b"), (span,))])
    reading = read(text)
    assert only(reading).spans == (span,)
    assert reading.notes == ()


@pytest.mark.parametrize(
    "cell", ["0 4;7 9", "1 4;7 8", "0 4", "0 4;3 8", "0 4;6 6;7 8", "0 4,7 8", "head|b", "-"]
)
def test_a_cell_that_tells_no_pieces_of_the_label_is_none(cell: str) -> None:
    (span,) = only(read(f"7|t|head\n7|a|a b\n7\t0\t8\thead a b\tx\t-\t{cell}\n")).spans
    assert span == Span(0, 8, "x", origin=Origin.IMPORTED)


def test_title_and_abstract_are_lines_of_the_text() -> None:
    text = (
        "\n7|t|Colon cancer.\n7|a|No CKD | here.\n7\t0\t12\tColon cancer\tDisease\tD003110\n"
        "7\t17\t20\tCKD\tDisease\t-1\n7\tCID\tD003110\tD007676\n\n"
        "8|t|Only a title\n"
    )
    first, second = read(text).documents
    assert first.text == "Colon cancer.\nNo CKD | here."
    assert [first.text[s.start : s.end] for s in first.spans] == ["Colon cancer", "CKD"]
    assert (first.key, first.name, first.line, first.source) == ("7", "7", 2, "set.txt")
    assert (second.text, second.line, second.reviewed) == ("Only a title", 8, True)
    assert {(n.reason, n.line, n.count) for n in read(text).notes} == {
        ("codes were left out", 4, 1),
        ("relations were left out", 6, 1),
    }


def test_a_file_without_annotations_is_not_gold() -> None:
    assert not only(read("7|t|A title\n7|a|An abstract\n")).reviewed


def test_faults_name_the_line_and_leave_out_no_more() -> None:
    text = (
        "7|t|head\n8|a|other\n7\t0\t9\thead....\tx\t-\n7\t2\t2\t\tx\t-\n9\t0\t4\thead\tx\t-\n"
        "nonsense\n7\t\t4\thead\tx\n7\t0\t4\thead\n7\t0\t4\thead\tx\n"
    )
    reading = read(text)
    assert sorted(fault.line for fault in reading.faults) == [2, 3, 4, 5, 6, 7, 8]
    assert {fault.file for fault in reading.faults} == {"set.txt"}
    assert reading.documents[0].spans == (Span(0, 4, "x", origin=Origin.IMPORTED),)


@pytest.mark.parametrize("text", ["", "Seen on the ward.\n"])
def test_a_file_without_a_title_is_a_fault(text: str) -> None:
    reading = read(text)
    assert reading.documents == ()
    assert reading.faults


def test_a_record_that_stands_twice_is_read_once_and_told() -> None:
    once = "7|t|head\n7|a|tail\n7\t0\t4\thead\tx\t-\n\n"
    reading = read(once + once)
    assert len(only(reading).spans) == 1
    assert [(n.line, n.count) for n in reading.notes] == [(5, 1)]
    other = read(once + once.replace("0\t4\thead", "5\t9\ttail"))
    assert "other annotations" in other.notes[0].reason


def test_an_id_that_two_records_have_is_a_fault() -> None:
    reading = read("7|t|head\n\n7|t|other\n")
    assert [d.text for d in reading.documents] == ["head"]
    assert [fault.line for fault in reading.faults] == [3]


@given(st.text("17|ta\t\n-x \u0660", max_size=80))
def test_no_file_breaks_the_reader(lines: str) -> None:
    for text in (lines, f"7|t|head\n{lines}"):
        reading = read(text)
        assert reading.documents or reading.faults
        for document in reading.documents:
            assert all(0 <= s.start < s.end <= len(document.text) for s in document.spans)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("\n7|t|head\n", True),
        ("PMC-1|t|\n", True),
        ("a|b|c\n", False),
        ("t|t|\tx", True),
        ("", False),
    ],
)
def test_recognised_by_its_first_title(text: str, known: bool) -> None:
    assert pubtator.recognises(Source(Path("set.txt"), text)) is known


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("part", "records", "mentions", "told"),
    [
        ("train", 592, 5134, [(3249, "other blanks"), (4557, "came before")]),
        ("develop", 100, 787, []),
        ("test", 100, 960, []),
    ],
)
def test_corpora_are_read_whole(
    corpora: Path, part: str, records: int, mentions: int, told: list[tuple[int, str]]
) -> None:
    path = corpora / f"ncbi-disease/pubtator/NCBI{part}set.PubTator.txt"
    source = Source(path, path.read_text(encoding="utf-8"))
    assert pubtator.recognises(source)
    reading = pubtator.read(source, ReadOptions())
    assert reading.faults == ()
    assert len(reading.documents) == records
    assert sum(len(document.spans) for document in reading.documents) == mentions
    labels = {span.label for document in reading.documents for span in document.spans}
    assert labels == {"SpecificDisease", "DiseaseClass", "Modifier", "CompositeMention"}
    others = [note for note in reading.notes if note.reason != "codes were left out"]
    assert [note.line for note in others] == [line for line, _ in told]
    assert all(words in note.reason for note, (_, words) in zip(others, told, strict=True))
    codes = next(note for note in reading.notes if note.reason == "codes were left out")
    assert codes.count == mentions
    by_id = {document.key: document for document in reading.documents}
    if part == "train":
        spans = {(s.start, s.end): s for s in by_id["10923035"].spans}
        assert by_id["10923035"].text[711:761].strip() == by_id["10923035"].text[711:761]
        assert (711, 761) in spans


@pytest.mark.corpora
def test_a_corpus_goes_out_and_comes_back(corpora: Path) -> None:
    path = corpora / "ncbi-disease/pubtator/NCBItestset.PubTator.txt"
    documents = read(path.read_text(encoding="utf-8")).documents
    output, left_out = written(
        [LabelledDocument(Document(0, d.name, d.text), d.spans) for d in documents]
    )
    assert left_out == {}
    again = read(output)
    assert again.notes == ()
    assert [(d.key, d.text, d.spans) for d in again.documents] == [
        (d.key, d.text, d.spans) for d in documents
    ]
