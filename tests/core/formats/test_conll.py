from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.formats import conll
from core.formats.values import FileReading, ReadOptions, Source
from core.schema.documents import Document, ImportedDocument, LabelledDocument, Piece, Span
from core.text.words import split_words

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=60
) | st.text("ab #-=\t\n\u00a0\u0085\u2028é病。😀", max_size=40)


def read(text: str, **options: int) -> FileReading:
    chosen = ReadOptions(
        word_column=options.get("word"),
        tag_column=options.get("tag"),
        group=options.get("group", 1),
    )
    return conll.read(Source(Path("notes.conll"), text), chosen)


def only(reading: FileReading) -> ImportedDocument:
    assert not reading.faults
    (document,) = reading.documents
    return document


def surfaces(document: ImportedDocument) -> list[tuple[str, str]]:
    return [(span.label, document.text[span.start : span.end]) for span in document.spans]


def words(document: ImportedDocument) -> list[str]:
    assert document.tokens is not None
    return [document.text[start:end] for start, end in document.tokens]


def rows(*pairs: tuple[str, str]) -> str:
    return "".join(f"{word}\t{tag}\n" for word, tag in pairs) + "\n"


def written(
    documents: Sequence[LabelledDocument],
) -> tuple[str, dict[tuple[str, str], int]]:
    """The file that is written, and what is told as left out."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.conll"
        left_out = conll.write(documents, out)
        text = out.read_bytes().decode("utf-8")
    return text, {(item.document, item.reason): item.count for item in left_out}


@st.composite
def labelled(draw: st.DrawFn) -> LabelledDocument:
    """A document with spans on word edges within a line, none overlapping."""
    text = draw(TEXTS)
    pieces = split_words(text)
    spans: list[Span] = []
    at = 0
    while at < len(pieces):
        at += draw(st.integers(0, 3))
        last = min(at + draw(st.integers(0, 2)), len(pieces) - 1)
        if at < len(pieces) and "\n" not in text[pieces[at][0] : pieces[last][1]]:
            label = draw(st.sampled_from(["x", "y", "病"]))
            spans.append(Span(pieces[at][0], pieces[last][1], label))
        at = last + 1 if last >= at else at + 1
    name = draw(st.sampled_from(["letter 7", "病历", "# odd = name", "a.txt"]))
    return LabelledDocument(Document(1, name, text), tuple(spans))


@given(st.lists(labelled(), min_size=1, max_size=3))
def test_what_is_written_is_read_exactly(documents: list[LabelledDocument]) -> None:
    text, left_out = written(documents)
    assert left_out == {}
    reading = read(text)
    assert not reading.faults
    assert not reading.notes
    assert len(reading.documents) == len(documents)
    for got, item in zip(reading.documents, documents, strict=True):
        assert (got.name, got.text) == (item.document.name, item.document.text)
        assert got.tokens == split_words(item.document.text)
        assert got.spans == item.spans
        assert got.reviewed
    assert len({document.key for document in reading.documents}) == len(documents)


@given(
    TEXTS,
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6)), max_size=8),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=5),
)
@example("0", [(0, 1), (0, 1)], [])
def test_nothing_of_a_text_is_lost_whatever_its_tokens_and_spans(
    text: str, tokens: list[Piece], spans: list[Piece]
) -> None:
    own = tuple((a, min(a + n, len(text))) for a, n in sorted(tokens) if a < len(text))
    labels = tuple(Span(a, min(a + n, len(text)), "x") for a, n in spans if a < len(text))
    item = LabelledDocument(Document(1, "n", text, tokens=own), labels)
    output, left_out = written([item])
    got = only(read(output))
    assert got.text == text
    assert "".join(words(got)) == "".join(text.split())
    exact = set(got.spans) == set(labels) and len(got.spans) == len(labels)
    reasons = {reason for _, reason in left_out}
    assert exact or any("span" in reason for reason in reasons)
    assert got.tokens == own or any("words" in reason for reason in reasons) or not own


def test_what_conll_cannot_hold_is_told() -> None:
    text = "Type 2 diabetes\nmellitus and CKD"
    spans = (
        Span(0, 24, "heart disease"),
        Span(7, 15, "x"),
        Span(26, 27, "x"),
        Span(6, 7, "x"),
        Span(25, 32, "x", pieces=((25, 28), (29, 32))),
        Span(29, 32, "x", attributes=("family", "negated")),
    )
    output, left_out = written([LabelledDocument(Document(1, "n", text), spans)])
    assert left_out == {
        ("n", "spans over a line end, cut there"): 1,
        ("n", "overlapping spans (the longest is written)"): 1,
        ("n", "spans that begin or end inside a word, moved to its edge"): 1,
        ("n", "spans without a word"): 1,
        ("n", "discontinuous spans"): 1,
        ("n", "attributes of spans"): 2,
        ("n", "labels with blanks, written with _"): 1,
    }
    assert read(output).notes == ()
    assert surfaces(only(read(output))) == [
        ("heart_disease", "Type 2 diabetes"),
        ("heart_disease", "mellitus"),
        ("x", "and"),
        ("x", "CKD"),
    ]


def test_labels_that_blanks_alone_part_stay_parted() -> None:
    spans = (Span(0, 1, "a b"), Span(2, 3, "a_b"))
    output, _ = written([LabelledDocument(Document(1, "n", "x y"), spans)])
    assert {span.label for span in only(read(output)).spans} == {"a_b", "a_b-2"}


def test_the_file_is_words_and_tags_that_others_read() -> None:
    item = LabelledDocument(Document(1, "letter\n1", "No CKD.\n\nok"), (Span(3, 6, "x"),))
    output, _ = written([item])
    assert output == (
        "# newdoc id = letter 1\n# text = No CKD.\nNo\tO\nCKD\tB-x\n.\tO\n\n"
        "# text = \n\n# text = ok\nok\tO\n\n"
    )


def test_a_sentence_is_a_document_unless_they_are_grouped() -> None:
    text = rows(("a", "O"), ("b", "B-x")) + rows(("c", "I-x")) + "\n\n" + rows(("d", "O"))
    reading = read(text)
    assert [d.text for d in reading.documents] == ["a b", "c", "d"]
    assert [(d.key, d.name, d.line) for d in reading.documents] == [
        ("1", "notes 1", 1),
        ("2", "notes 2", 4),
        ("3", "notes 3", 8),
    ]
    assert all(d.reviewed and d.source == "notes.conll" for d in reading.documents)
    grouped = read(text, group=2)
    assert [(d.key, d.name, d.text) for d in grouped.documents] == [
        ("1-2", "notes 1-2", "a b\nc"),
        ("3-3", "notes 3-3", "d"),
    ]
    assert grouped.documents[0].spans == (Span(2, 3, "x"), Span(4, 5, "x"))


@pytest.mark.parametrize("mark", ["-DOCSTART- -X- -X- O", "-DOCSTART-\tO", "# newdoc"])
def test_document_marks_make_documents(mark: str) -> None:
    text = f"{mark}\n\n{rows(('a', 'O'))}{rows(('b', 'B-x'))}{mark}\n{rows(('c', 'O'))}"
    reading = read(text, group=7)
    assert not reading.faults
    assert [d.text for d in reading.documents] == ["a\nb", "c"]
    assert [d.name for d in reading.documents] == ["notes 1", "notes 2"]
    assert [d.line for d in reading.documents] == [1, 7]


def test_documents_of_one_id_keep_apart() -> None:
    text = f"# newdoc id = p1\n{rows(('a', 'O'))}# newdoc id = p1\n{rows(('b', 'O'))}"
    assert [(d.key, d.name) for d in read(text).documents] == [("p1", "p1"), ("p1#2", "p1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EU NNP I-NP I-ORG\nrejects VBZ I-VP O\n", [("ORG", "EU")]),
        ("EU\tNNP\tB-NP\tO\nrejects\tVBZ\tB-VP\tO\n", []),
        ("1\tEU\tB-ORG\t_\t_\n2\trejects\tO\t_\t_\n", [("ORG", "EU")]),
        ("O\tshow\nB-Title\tUp\n", [("Title", "Up")]),
        ("EU\tU-ORG\nx\tB-y\nz\tL-y\n", [("ORG", "EU"), ("y", "x z")]),
        ("colon\tB\ncancer\tI\nin\tO\n", [("entity", "colon cancer")]),
        ("a\tI-x\nb\tB-x\nc\tO\n", [("x", "a"), ("x", "b")]),
        ("中\tB-病\n风\tE-病\n2\tO\n", [("病", "中风")]),
        ("no\u00a0CKD B-x\nok O\n", [("x", "no\u00a0CKD")]),
        ("# O\n#pain B-x\nok O\n", [("x", "#pain")]),
    ],
)
def test_columns_and_schemes_are_recognised(text: str, expected: list[tuple[str, str]]) -> None:
    assert surfaces(only(read(text))) == expected


def test_words_that_begin_with_a_hash_are_no_comments() -> None:
    assert only(read("# O\n#pain B-x\nok O\n")).text == "# #pain ok"
    assert only(read("#\tO\n#1\tB-x\n# a comment\nok\tO\n")).text == "# #1 ok"


def test_columns_are_taken_as_chosen() -> None:
    text = "EU\tB-NP\tB-ORG\tx\nno\tB-VP\tO\ty\n"
    assert surfaces(only(read(text, tag=1))) == [("NP", "EU"), ("VP", "no")]
    assert surfaces(only(read(text, tag=-2))) == [("ORG", "EU")]
    assert only(read(text, word=-1)).text == "x y"


@pytest.mark.parametrize("options", [{"tag": 2}, {"word": -3}, {"word": 1, "tag": 1}])
def test_columns_that_are_not_there_are_a_fault_of_the_file(options: dict[str, int]) -> None:
    reading = read("a\tO\nb\tB-x\n", **options)
    assert reading.documents == ()
    assert [fault.line for fault in reading.faults] == [0]


@pytest.mark.parametrize("text", ["", "\n\n", "one\ntwo\n", "a\tb\nc\td\n"])
def test_a_file_without_tags_is_a_fault(text: str) -> None:
    reading = read(text)
    assert reading.documents == ()
    assert [(fault.file, fault.line) for fault in reading.faults] == [("notes.conll", 0)]


def test_a_bad_line_leaves_out_its_sentence_alone_and_moves_no_key() -> None:
    good = rows(*[(str(n), "O") for n in range(20)])
    reading = read(f"{good}a\tO\nb\n\n{good}c\tperhaps\nd\tO\n\n\tO\n\n{good}")
    assert [(fault.line, fault.reason) for fault in reading.faults] == [
        (23, "not 2 columns but 1; its sentence is left out"),
        (46, "no tag in column 1 (from 0); its sentence is left out"),
        (49, "no word in column 0 (from 0); its sentence is left out"),
    ]
    assert [d.key for d in reading.documents] == ["1", "3", "6"]


def test_tags_that_break_the_scheme_are_counted_at_their_first_line() -> None:
    text = rows(("a", "B-x"), ("b", "O"), ("c", "I-x")) + rows(("d", "I-y"))
    reading = read(text)
    assert surfaces(reading.documents[0]) == [("x", "a"), ("x", "c")]
    assert [(note.line, note.count) for note in reading.notes] == [(3, 2)]
    assert "without its B" in reading.notes[0].reason


def test_the_text_comment_is_the_text_where_it_holds_the_words() -> None:
    text = "# sent_id = s1\n# text =  No (CKD) .\n" + rows(
        ("No", "O"), ("(", "O"), ("CKD", "B-x"), (")", "O"), (".", "O")
    )
    document = only(read(text))
    assert document.text == " No (CKD) ."
    assert surfaces(document) == [("x", "CKD")]
    assert document.meta["sent_id"] == "s1"
    reading = read(text.replace("(CKD)", "(ckd)"))
    assert reading.documents[0].text == "No ( CKD ) ."
    assert [(note.line, note.count) for note in reading.notes] == [(1, 1)]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ("急性 心肌 梗死", "急性心肌梗死"),
        ("做 了 CT 检查 ， no change", "做了CT检查，no change"),
        ("2 0 1 0 年", "2010年"),
        ("고혈압 환자", "고혈압 환자"),
    ],
)
def test_words_are_joined_as_their_script_is_written(parts: str, text: str) -> None:
    document = only(read(rows(*[(word, "O") for word in parts.split()])))
    assert document.text == text
    assert words(document) == parts.split()


@given(
    st.text("aO-BIE1_ #\t\n=病\u0085", max_size=80),
    st.none() | st.integers(-3, 3),
    st.integers(1, 3),
)
def test_no_file_breaks_the_reader(text: str, tag: int | None, group: int) -> None:
    source = Source(Path("a.conll"), text)
    conll.recognises(source)
    reading = conll.read(source, ReadOptions(tag_column=tag, group=group))
    assert reading.documents or reading.faults
    for document in reading.documents:
        tokens = document.tokens
        assert tokens is not None
        starts, ends = {start for start, _ in tokens}, {end for _, end in tokens}
        assert all(span.start in starts and span.end in ends for span in document.spans)
        assert all(0 <= start < end <= len(document.text) for start, end in tokens)


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("a.conll", "a\tO\n", True),
        ("a.tsv", "a\tO\nb\tB-x\nc\tO\n", True),
        ("a.txt", "a O\nb B-x\nc O\n", True),
        ("a.txt", "vitamin B-12\nvitamin B-6\nvitamin B-1\n", False),
        ("a.txt", "Seen on the ward.\nNo pain.\nHome today.\n", False),
        ("a.tsv", "id\ttext\n1\tno pain\n2\tpain\n", False),
        ("a.csv", "a\tO\nb\tB-x\nc\tO\n", False),
        ("a.jsonl", '{"text": "a"}\n', False),
        ("a.conll", "", False),
        ("a.txt", "", False),
    ],
)
def test_recognised_by_suffix_and_columns(name: str, text: str, known: bool) -> None:
    assert conll.recognises(Source(Path(name), text)) is known


def from_file(path: Path) -> FileReading:
    source = Source(path, path.read_text(encoding="utf-8"))
    assert conll.recognises(source)
    return conll.read(source, ReadOptions())


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("file", "sentences", "count", "mentions"),
    [
        ("ncbi-disease/conll/train.tsv", 5424, 135_701, 5134),
        ("ncbi-disease/conll/devel.tsv", 923, 23_969, 787),
        ("ncbi-disease/conll/test.tsv", 940, 24_497, 960),
        ("bionlp13cg/conll/train.tsv", 3033, 83_467, 10_826),
        ("bionlp13cg/conll/devel.tsv", 1003, 27_599, 3616),
        ("bionlp13cg/conll/test.tsv", 1906, 52_771, 6881),
    ],
)
def test_corpora_are_read_whole(
    corpora: Path, file: str, sentences: int, count: int, mentions: int
) -> None:
    path = corpora / file
    began = time.process_time()
    reading = from_file(path)
    assert time.process_time() - began < 3
    assert not reading.faults
    assert not reading.notes
    assert len(reading.documents) == sentences
    lines = path.read_text(encoding="utf-8").split("\n")
    expected = [line.split("\t")[0] for line in lines if line]
    got = [word for document in reading.documents for word in words(document)]
    assert got == expected
    assert len(got) == count
    assert sum(len(document.spans) for document in reading.documents) == mentions
    assert sum("\tB-" in line for line in lines) == mentions


@pytest.mark.corpora
@pytest.mark.parametrize(("part", "sentences"), [("train", 3997), ("dev", 500), ("test", 500)])
def test_chinese_is_read_as_its_text_comments_say(corpora: Path, part: str, sentences: int) -> None:
    path = corpora / f"uner-zh/zh_gsdsimp-ud-{part}.iob2"
    reading = from_file(path)
    assert reading.faults == ()
    lines = path.read_text(encoding="utf-8").split("\n")
    comments = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
    got = [line for document in reading.documents for line in document.text.split("\n")]
    assert got == comments
    assert len(got) == sentences
    assert sum(len(document.spans) for document in reading.documents) == sum(
        "\tB-" in line for line in lines
    )
    assert all(document.name.startswith("batch-") for document in reading.documents)
    assert {span.label for d in reading.documents for span in d.spans} == {"PER", "ORG", "LOC"}


@pytest.mark.corpora
def test_doccanos_files(corpora: Path) -> None:
    folder = corpora / "fixtures/doccano"
    example = from_file(folder / "import-example.conll")
    assert [d.text for d in example.documents] == ["JAPAN GET", "Nadim Ladki"]
    assert surfaces(example.documents[1]) == [("PER", "Nadim Ladki")]
    trailing = from_file(folder / "import-labeling.trailing.conll")
    assert trailing.faults == ()
    assert len(trailing.documents) == 1
    invalid = from_file(folder / "import-labeling.invalid.conll")
    assert [(fault.file, fault.line) for fault in invalid.faults] == [
        ("import-labeling.invalid.conll", 1)
    ]
    assert [d.key for d in invalid.documents] == ["2", "3"]


@pytest.mark.corpora
def test_a_corpus_goes_out_and_comes_back(corpora: Path) -> None:
    documents = from_file(corpora / "bionlp13cg/conll/devel.tsv").documents
    items = [
        LabelledDocument(Document(0, d.name, d.text, tokens=d.tokens), d.spans) for d in documents
    ]
    output, left_out = written(items)
    assert left_out == {}
    again = read(output).documents
    assert [(d.name, d.text, d.tokens, d.spans) for d in again] == [
        (d.name, d.text, d.tokens, d.spans) for d in documents
    ]
