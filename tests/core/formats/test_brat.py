from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import brat
from core.formats.opening import open_source
from core.formats.values import FileReading, ReadOptions, Source
from core.schema.documents import Document, ImportedDocument, LabelledDocument, Origin, Span

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\ufeff"), max_size=60
) | st.text("ab .\t\n\u00a0\u0085\u2028é病😀", max_size=40)


def opened(path: Path) -> Source:
    source = open_source(path, ReadOptions()).source
    assert source is not None
    return source


def pair(folder: Path, text: str | bytes, annotations: str) -> Path:
    path = folder / "note.txt"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    path.with_suffix(".ann").write_bytes(annotations.encode("utf-8"))
    return path


def read(path: Path) -> FileReading:
    return brat.read(opened(path), ReadOptions())


def only(reading: FileReading) -> ImportedDocument:
    assert not reading.faults
    (document,) = reading.documents
    return document


def surfaces(document: ImportedDocument) -> list[str]:
    return [" ".join(document.text[a:b] for a, b in span.stretches()) for span in document.spans]


@st.composite
def labelled(draw: st.DrawFn) -> LabelledDocument:
    """A document with spans anywhere, overlapping, in pieces, with attributes."""
    text = draw(TEXTS)
    spans: list[Span] = []
    for _ in range(draw(st.integers(0, 4)) if text else 0):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
        gap = text[edges[1] : edges[2]] if len(edges) == 4 else ""
        if "\n" in gap and gap.isspace():
            edges = [edges[0], edges[3]]
        if len(edges) == 3:
            edges = edges[:2]
        pieces = ((edges[0], edges[1]), (edges[2], edges[3])) if len(edges) == 4 else ()
        attributes = draw(
            st.sets(st.sampled_from(["negated", "family", "uncertain", "Severity=mild", "Seen"]))
        )
        label = draw(st.sampled_from(["drug", "heart_disease", "x-1"]))
        stretches = pieces or ((edges[0], edges[1]),)
        # An edge at a line end cannot be told: brat's pieces have none.
        if all("\n" not in (text[a], text[b - 1]) for a, b in stretches):
            spans.append(Span(edges[0], edges[-1], label, tuple(sorted(attributes)), pieces))
    name = draw(st.sampled_from(["letter 7", "病历", "a/b", "CON", "Letter_7", ".."]))
    return LabelledDocument(Document(1, name, text), tuple(spans))


def shape(span: Span) -> tuple[object, ...]:
    return span.start, span.end, span.label, span.attributes, span.pieces


@given(st.lists(labelled(), min_size=1, max_size=3))
def test_what_is_written_is_read_exactly(documents: list[LabelledDocument]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        assert brat.write(documents, out) == ()
        readings = [read(path) for path in out.glob("*.txt")]
    assert len(readings) == len(documents)
    got = sorted((d.text, [shape(s) for s in d.spans]) for r in readings for d in r.documents)
    wanted = sorted((d.document.text, [shape(s) for s in d.spans]) for d in documents)
    assert got == wanted
    assert not any(r.faults or r.notes for r in readings)


def write(folder: Path, items: Sequence[LabelledDocument]) -> tuple[Path, dict[str, int]]:
    left_out = brat.write(items, folder / "out")
    return folder / "out", {item.reason: item.count for item in left_out}


def test_the_folder_is_what_brat_opens(tmp_path: Path) -> None:
    spans = (
        Span(0, 8, "heart disease", ("negated", "Severity=very mild")),
        Span(9, 12, "疾病", ("Severity=low",)),
        Span(0, 12, "drug", pieces=((0, 4), (9, 12))),
    )
    items = [
        LabelledDocument(Document(1, "Letter 1", "No chest\nCKD"), spans),
        LabelledDocument(Document(2, "letter 1", "ok"), ()),
    ]
    out, left_out = write(tmp_path, items)
    assert {path.name for path in out.iterdir()} == {
        *("Letter_1.txt", "Letter_1.ann", "letter_1-2.txt", "letter_1-2.ann"),
        *("annotation.conf", "visual.conf"),
    }
    assert (out / "Letter_1.ann").read_text(encoding="utf-8") == (
        "T1\theart_disease 0 8\tNo chest\n"
        "A1\tNegated T1\n"
        "A2\tSeverity T1 very_mild\n"
        "T2\tlabel 9 12\tCKD\n"
        "A3\tSeverity T2 low\n"
        "T3\tdrug 0 4;9 12\tNo c CKD\n"
    )
    assert (out / "annotation.conf").read_text(encoding="utf-8") == (
        "[entities]\nheart_disease\nlabel\ndrug\n\n[relations]\n\n[events]\n\n[attributes]\n"
        "Negated\tArg:<ENTITY>\nSeverity\tArg:<ENTITY>, Value:very_mild|low\n"
    )
    shown = (out / "visual.conf").read_text(encoding="utf-8").split("\n")
    assert shown[1:3] == ["heart_disease | heart disease", "label | 疾病"]
    assert left_out == {
        "labels with characters that brat does not take, written with _": 2,
        "attributes with characters that brat does not take, written with _": 1,
    }


def test_a_span_over_a_line_end_is_one_again(tmp_path: Path) -> None:
    item = LabelledDocument(Document(1, "n", "type 2 \n\n diabetes"), (Span(0, 18, "x"),))
    out, left_out = write(tmp_path, [item])
    assert left_out == {}
    assert (out / "n.ann").read_text(encoding="utf-8").startswith("T1\tx 0 7;9 18\ttype 2 ")
    assert [shape(s) for s in only(read(out / "n.txt")).spans] == [(0, 18, "x", (), ())]


def test_a_span_of_line_ends_alone_is_told(tmp_path: Path) -> None:
    item = LabelledDocument(Document(1, "n", "a\n\nb"), (Span(1, 3, "x"),))
    assert write(tmp_path, [item])[1] == {"spans of nothing but line ends": 1}


def test_either_file_of_a_pair_gives_the_same_document(tmp_path: Path) -> None:
    path = pair(tmp_path, "No CKD.", "T1\tdisease 3 6\tCKD\n")
    assert brat.recognises(opened(path))
    assert brat.recognises(opened(path.with_suffix(".ann")))
    document = only(read(path))
    assert only(read(path.with_suffix(".ann"))) == document
    assert (document.key, document.name, document.source) == ("note", "note", "note.txt")
    assert document.reviewed
    assert document.spans == (Span(3, 6, "disease", origin=Origin.IMPORTED),)


def test_only_annotations_make_a_record_reviewed(tmp_path: Path) -> None:
    path = pair(tmp_path, "No CKD.", "")
    assert only(read(path)).reviewed
    assert brat.recognises(opened(path.with_suffix(".ann")))
    path.with_suffix(".ann").unlink()
    assert not only(read(path)).reviewed
    assert not brat.recognises(opened(path))


def test_annotations_without_their_text_are_a_fault(tmp_path: Path) -> None:
    path = pair(tmp_path, "", "T1\tx 0 1\ta\n")
    path.unlink()
    reading = read(path.with_suffix(".ann"))
    assert reading.documents == ()
    assert [(fault.file, fault.line) for fault in reading.faults] == [("note.ann", 0)]


def test_a_text_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    path = pair(tmp_path, b"%PDF-1.7", "T1\tx 0 1\ta\n")
    reading = read(path.with_suffix(".ann"))
    assert reading.documents == ()
    assert [fault.file for fault in reading.faults] == ["note.txt"]


def test_attributes_get_the_names_that_chartmark_has(tmp_path: Path) -> None:
    lines = ["T1\tx 0 2\tab", "T2\tx 3 5\tcd", "E1\tx:T1"]
    attributes = [
        *("Negation T1", "Speculation T1 true", "History T1", "Family_History T1 yes"),
        *("Negated T2 False", "Category T2 SpecificDisease", "Seen T2", "Negation T2 maybe"),
        *("Negated E1", "Negated T9"),
    ]
    lines += [f"A{n}\t{attribute}" for n, attribute in enumerate(attributes, start=1)]
    reading = read(pair(tmp_path, "ab cd", "M1\tSeen T1\n" + "\n".join(lines)))
    first, second = only(reading).spans
    assert first.attributes == ("Seen", "family", "historical", "negated", "uncertain")
    assert second.attributes == ("Category=SpecificDisease", "Negation=maybe", "Seen")
    assert {(note.reason, note.line, note.count) for note in reading.notes} == {
        ("events were left out", 4, 1),
        ("attributes that say no were left out", 9, 1),
        ("attributes of events and relations were left out", 13, 1),
        ("attributes of annotations that are not there were left out", 14, 1),
    }


def test_faults_name_the_line_and_leave_out_no_more(tmp_path: Path) -> None:
    annotations = (
        "T1\tx 0 2\tab\n\nT2\tx 3 9\tcd\nT3\tx 4 4\t\nT4 x 0 2 ab\nT5\tx\tab\n"
        "T1\tx 0 1\ta\nA1\tNegated\nT6\tlong name 3 5;0 1\ta cd\n"
    )
    reading = read(pair(tmp_path, "ab cd", annotations))
    assert sorted(fault.line for fault in reading.faults) == [3, 4, 5, 6, 7, 8]
    assert {fault.file for fault in reading.faults} == {"note.ann"}
    assert [shape(span) for span in reading.documents[0].spans] == [
        (0, 2, "x", (), ()),
        (0, 5, "long name", (), ((0, 1), (3, 5))),
    ]


def test_a_quoted_text_that_differs_is_noted_and_the_span_read(tmp_path: Path) -> None:
    reading = read(pair(tmp_path, "ab cd", "T1\tx 0 2\tab\nT2\tx 3 5\tcd\t\u2009\nT3\tx 3 5\tzz\n"))
    assert len(only(reading).spans) == 3
    assert [(note.file, note.line, note.count) for note in reading.notes] == [("note.ann", 2, 2)]


@given(
    st.text("ab \r\n\ufeff😀", max_size=20),
    st.text("TAEM#*12 ;\t\nx", max_size=60)
    | st.lists(
        st.sampled_from(["T1\tx 0 2\tab", "T2\tx 3 1;0 9", "A1\tx T1 y", "T3\tx 1 2;0 2\t"])
    ).map("\n".join),
)
def test_no_file_breaks_the_reader(text: str, annotations: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reading = read(pair(Path(folder), text, annotations))
    (document,) = reading.documents
    assert document.reviewed
    for span in document.spans:
        edges = [edge for piece in span.stretches() for edge in piece]
        assert edges == sorted(edges)
        assert (edges[0], edges[-1]) == (span.start, span.end)
        assert 0 <= span.start < span.end <= len(document.text)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_offsets_count_the_file_as_it_is(tmp_path: Path, mark: bytes, ends: str) -> None:
    text = ends.join(["é one", "two", "", "three four"])
    raw = mark.decode("utf-8") + text
    places = [(raw.index(word), raw.index(word) + len(word)) for word in ("two", "four")]
    annotations = "".join(
        f"T{n}\tx {a} {b}\t{raw[a:b]}\n" for n, (a, b) in enumerate(places, start=1)
    )
    reading = read(pair(tmp_path, mark + text.encode("utf-8"), annotations))
    assert surfaces(only(reading)) == ["two", "four"]
    assert reading.documents[0].text == "é one\ntwo\n\nthree four"
    assert reading.notes == ()


@pytest.mark.parametrize(
    ("text", "annotations", "told"),
    [
        ("a\r\nb\r\ntwo", "T1\tx 4 7\ttwo\n", "a line end once"),
        ("\ufeffa\r\ntwo", "T1\tx 3 6\ttwo\n", "byte order mark"),
        ("😀 two", "T1\tx 3 6\ttwo\n", "UTF-16"),
    ],
)
def test_other_ways_of_counting_are_found_and_told(
    tmp_path: Path, text: str, annotations: str, told: str
) -> None:
    reading = read(pair(tmp_path, text, annotations))
    assert surfaces(only(reading)) == ["two"]
    assert [told in note.reason for note in reading.notes] == [True]


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("folder", "files", "spans", "parted", "left_out", "differing"),
    [
        (
            "fixtures/brat/maccrobat-sample",
            10,
            1254,
            13,
            {
                "events were left out": 679,
                "relations were left out": 905,
                "equivalences were left out": 106,
                "notes of annotators were left out": 19,
                "attributes of events and relations were left out": 71,
            },
            [("25661749.ann", 318)],
        ),
        ("fixtures/brat/ncbi-disease-inception", 20, 226, 0, {}, []),
        (
            "ncbi-disease/standoff/devel",
            100,
            787,
            0,
            {"codes (normalisations) were left out": 811},
            [],
        ),
        (
            "ncbi-disease/standoff/test",
            100,
            960,
            0,
            {"codes (normalisations) were left out": 979},
            [],
        ),
    ],
)
def test_corpora_are_read_whole(
    corpora: Path,
    folder: str,
    files: int,
    spans: int,
    parted: int,
    left_out: dict[str, int],
    differing: list[tuple[str, int]],
) -> None:
    paths = sorted((corpora / folder).glob("*.txt"))
    readings = [read(path) for path in paths]
    documents = [only(reading) for reading in readings]
    assert len(documents) == files
    assert sum(len(document.spans) for document in documents) == spans
    assert sum(bool(span.pieces) for d in documents for span in d.spans) == parted
    notes = [note for reading in readings for note in reading.notes]
    counts: Counter[str] = Counter()
    for note in notes:
        counts[note.reason] += note.count
    assert {reason: n for reason, n in counts.items() if "left out" in reason} == left_out
    assert [(n.file, n.line) for n in notes if "quoted" in n.reason] == differing
    assert all(document.reviewed for document in documents)


@pytest.mark.corpora
def test_a_corpus_goes_out_and_comes_back(corpora: Path, tmp_path: Path) -> None:
    paths = [
        *sorted((corpora / "fixtures/brat/maccrobat-sample").glob("*.txt")),
        *sorted((corpora / "fixtures/brat/ncbi-disease-inception").glob("*.txt")),
    ]
    documents = [only(read(path)) for path in paths]
    out, left_out = write(
        tmp_path, [LabelledDocument(Document(0, d.name, d.text), d.spans) for d in documents]
    )
    assert left_out == {}
    again = [only(read(out / path.name)) for path in paths]
    assert [(d.text, d.spans) for d in again] == [(d.text, d.spans) for d in documents]


def test_values_of_attributes_come_back(tmp_path: Path) -> None:
    attributes = ("icd10=J44.1", "planned", "severity=severe", "严重=重")
    spans = (Span(0, 4, "disease", attributes), Span(5, 8, "drug", ("severity=mild",)))
    document = LabelledDocument(Document(1, "note", "COPD and more"), spans)
    left_out = brat.write([document], tmp_path / "out")
    again = only(read(tmp_path / "out" / "note.txt"))
    assert again.spans[0].attributes == ("attribute=重", *attributes[:3])
    assert again.spans[1].attributes == ("severity=mild",)
    configuration = (tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8")
    assert "severity\tArg:<ENTITY>, Value:severe|mild\n" in configuration
    assert "icd10\tArg:<ENTITY>, Value:J44.1\n" in configuration
    # The name of a type is ASCII in brat; that it was changed is told.
    assert [loss.count for loss in left_out] == [1]
