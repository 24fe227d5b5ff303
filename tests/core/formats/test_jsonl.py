"""JSON Lines: Chartmark's own loses nothing; doccano's and Prodigy's are read as they are meant."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import jsonl
from core.formats.opening import open_source
from core.formats.values import FileReading, ReadOptions, Source
from core.schema.documents import (
    Attribute,
    Document,
    ImportedDocument,
    LabelledDocument,
    Origin,
    Piece,
    Span,
    Split,
)

_META = {"encoding": "utf-8", "line_ends": "lf"}


def read(*objects: object, text: str | None = None) -> FileReading:
    """Objects, a line each, or a text, read."""
    written = "".join(json.dumps(one) + "\n" for one in objects) if text is None else text
    return jsonl.read(Source(Path("records.jsonl"), written, dict(_META)), ReadOptions())


def only(*objects: object) -> ImportedDocument:
    """The one document of what is read without a fault."""
    reading = read(*objects)
    assert not reading.faults
    (document,) = reading.documents
    return document


_WORDS = st.text(alphabet=st.characters(exclude_characters="\0\r", codec="utf-8"), max_size=12)
_NAMES = _WORDS.map(str.strip).filter(bool)


@st.composite
def pieces_of(draw: st.DrawFn, length: int) -> tuple[Piece, ...]:
    """One or more ordered stretches within a text."""
    edges = draw(st.lists(st.integers(0, length), min_size=2, max_size=6, unique=True).map(sorted))
    edges = edges[: len(edges) // 2 * 2]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


@st.composite
def labelled_documents(draw: st.DrawFn, key: int) -> LabelledDocument:
    """A document as the store gives it."""
    text = draw(_WORDS.filter(lambda words: bool(words.strip())))
    spans = []
    for pieces in draw(st.lists(pieces_of(len(text)), max_size=4)):
        spans.append(
            Span(
                pieces[0][0],
                pieces[-1][1],
                draw(_NAMES),
                attributes=tuple(sorted(draw(st.sets(st.sampled_from(list(Attribute)))))),
                pieces=pieces if len(pieces) > 1 else (),
                origin=draw(st.sampled_from(Origin)),
            )
        )
    tokens = tuple(
        (at, at + 1) for at, char in enumerate(text) if not char.isspace() and draw(st.booleans())
    )
    return LabelledDocument(
        Document(
            id=key,
            name=draw(st.one_of(_NAMES, st.just(" "))),
            text=text,
            patient_id=draw(st.one_of(st.just(""), _NAMES)),
            split=draw(st.one_of(st.none(), st.sampled_from(Split))),
            tokens=draw(st.one_of(st.none(), st.just(tokens))),
            meta=draw(st.dictionaries(_WORDS, _WORDS, max_size=3)),
        ),
        tuple(spans),
        reviewed=draw(st.booleans()),
    )


@given(st.data(), st.integers(1, 3))
def test_own_form_loses_nothing(data: st.DataObject, count: int) -> None:
    documents = [data.draw(labelled_documents(key)) for key in range(1, count + 1)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.jsonl")
        assert jsonl.write(documents, out) == ()
        opened = open_source(out, ReadOptions())
        assert opened.source is not None
        reading = jsonl.read(opened.source, ReadOptions())
    assert not reading.faults
    assert not reading.notes or not any(document.spans for document in documents)
    assert [back(document) for document in reading.documents] == documents


def back(read_again: ImportedDocument) -> LabelledDocument:
    """A document that was read, as the store gave it."""
    return LabelledDocument(
        Document(
            id=int(read_again.key),
            name=read_again.name,
            text=read_again.text,
            patient_id=read_again.patient_id,
            split=read_again.split,
            tokens=read_again.tokens,
            meta=read_again.meta,
        ),
        read_again.spans,
        reviewed=read_again.reviewed,
    )


def test_hand_written_lines_need_little() -> None:
    document = only({"text": "No fever.", "spans": [{"start": 3, "end": 8, "label": "sign"}]})
    assert document.spans == (Span(3, 8, "sign", origin=Origin.IMPORTED),)
    assert document.reviewed
    assert (document.key, document.name) == ("record 1", "records 1")
    assert document.meta == _META


def test_unlabelled_lines_are_not_reviewed_and_keep_what_they_say() -> None:
    document = only(
        {"id": 7, "text": "x", "patient_id": 12, "ward": "B2", "meta": {"n": 1}, "_x": "y"}
    )
    assert not document.reviewed
    assert (document.key, document.patient_id) == ("7", "12")
    assert document.meta == {"ward": "B2", "n": "1"} | _META


def test_offsets_count_code_points_and_follow_normalised_line_ends() -> None:
    document = only({"text": "🙂\r\nTyp\r\n2", "label": [[3, 6, "d"], [3, 9, "e"]]})
    assert document.text == "🙂\nTyp\n2"
    assert [document.text[span.start : span.end] for span in document.spans] == ["Typ", "Typ\n2"]


def test_doccano_forms() -> None:
    entity = {"id": 0, "start_offset": 0, "end_offset": 2, "label": "a"}
    for held in (
        {"label": [[0, 2, "a"]]},
        {"labels": [[0, 2, "a"]]},
        {"entities": [entity], "relations": []},
    ):
        document = only({"text": "ab", **held})
        assert document.spans == (Span(0, 2, "a", origin=Origin.IMPORTED),)
        assert document.reviewed


def test_doccano_leaves_out_relations_comments_and_categories_and_says_so() -> None:
    reading = read(
        {"text": "a", "label": [[0, 1, "x"]], "relations": [{}, {}], "Comments": ["c"]},
        {"text": "b", "label": ["category"]},
        {"text": "c", "label": []},
    )
    assert [(note.line, note.count) for note in reading.notes] == [(1, 2), (1, 1), (2, 1), (2, 2)]
    assert [document.reviewed for document in reading.documents] == [True, False, False]


def test_objects_printed_over_lines_keep_their_line() -> None:
    text = json.dumps({"text": "one"}, indent=2) + "\n" + json.dumps({"text": ""}, indent=2)
    reading = read(text=text + '\n{"text": "three"}')
    assert [document.line for document in reading.documents] == [1, 7]
    assert [(fault.line, fault.reason) for fault in reading.faults] == [
        (4, "the text of this record is empty")
    ]


def test_arrays_of_objects() -> None:
    reading = read(text='\n[\n {"text": "one"},\n {"text": "two"},\n {"label": []}\n]\n')
    assert [(document.line, document.text) for document in reading.documents] == [
        (3, "one"),
        (4, "two"),
    ]
    assert [fault.line for fault in reading.faults] == [5]
    broken = read(text='[{"text": "one"}\n{"text": "two"}]')
    assert [fault.line for fault in broken.faults] == [2]


def test_a_broken_line_costs_itself_only() -> None:
    lines = [
        '{"text": "a"}',
        '{"text": "b", "label": [',
        '{"text": "c"}',
        "nonsense",
        '{"text":"d"}',
    ]
    reading = read(text="\n".join(lines))
    assert [document.text for document in reading.documents] == ["a", "c", "d"]
    assert [fault.line for fault in reading.faults] == [2, 4]


PRODIGY = {
    "text": "Ada in\nRome",
    "tokens": [
        {"text": "Ada", "start": 0, "end": 3, "id": 0},
        {"text": "in", "start": 4, "end": 6, "id": 1},
        {"text": "\n", "start": 6, "end": 7, "id": 2},
        {"text": "Rome", "start": 7, "end": 11, "id": 3},
    ],
    "spans": [{"start": 7, "end": 11, "token_start": 3, "token_end": 3, "label": "LOC"}],
    "_input_hash": 1,
    "_task_hash": -2,
    "_view_id": "ner_manual",
    "_session_id": None,
}


def test_prodigy_accepted() -> None:
    document = only({**PRODIGY, "answer": "accept"})
    assert document.reviewed
    assert document.tokens == ((0, 3), (4, 6), (7, 11))
    assert [span.label for span in document.spans] == ["LOC"]
    assert document.meta == _META
    assert only({"text": "x", "answer": "accept", "_view_id": "ner_manual"}).reviewed


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_prodigy_rejected_and_ignored(answer: str) -> None:
    reading = read({**PRODIGY, "answer": answer})
    (document,) = reading.documents
    assert not document.reviewed
    assert document.spans == ()
    assert [note.count for note in reading.notes] == [1, 1]


def test_prodigy_single_decisions_are_no_full_review() -> None:
    reading = read({**PRODIGY, "_view_id": "ner", "answer": "accept"})
    (document,) = reading.documents
    assert not document.reviewed
    assert len(document.spans) == 1
    assert reading.notes


def test_tokens_that_do_not_fit_are_left_out() -> None:
    for tokens in ([[0, 2], [1, 3]], [[0, 9]], [3], [[2, 2]], [[0, "1"]]):
        reading = read({"text": "abc", "tokens": tokens})
        assert reading.documents[0].tokens is None
        assert len(reading.notes) == 1


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"label": [[0, 4, "x"]]}, "outside the text"),
        ({"label": [[2, 2, "x"]]}, "empty or outside"),
        ({"label": [[-1, 2, "x"]]}, "outside the text"),
        ({"label": [[0, 2, " "]]}, "no label"),
        ({"label": [[0, 2, None]]}, "no label"),
        ({"label": [[0, 2]]}, "neither an object nor"),
        ({"label": [[0, 2.5, "x"]]}, "whole number"),
        ({"label": [[True, 2, "x"]]}, "whole number"),
        ({"label": {"0": 1}}, "'label' is not a list"),
        ({"spans": [{"start": 0, "label": "x"}]}, "whole number"),
        ({"spans": [{"start": 0, "end": 1, "label": "x", "attributes": "a"}]}, "attributes"),
        ({"spans": [{"start": 0, "end": 1, "label": "x", "origin": []}]}, "origin"),
        ({"spans": [{"start": 0, "end": 3, "label": "x", "pieces": [[0, 1]]}]}, "pieces"),
        ({"spans": [{"start": 0, "end": 3, "label": "x", "pieces": [[2, 3], [0, 1]]}]}, "pieces"),
        ({"spans": [{"start": 0, "end": 3, "label": "x", "pieces": 3}]}, "pieces"),
        ({"chartmark": 2}, "newer"),
        ({"text": 3}, "no text"),
        ({"text": "", "resourceType": "x"}, "is empty"),
    ],
)
def test_what_cannot_be_is_a_fault(held: Mapping[str, object], reason: str) -> None:
    reading = read({"text": "ok"}, {"text": "abc", **held})
    assert len(reading.documents) == 1
    (fault,) = reading.faults
    assert (fault.file, fault.line) == ("records.jsonl", 2)
    assert reason in fault.reason


def test_foreign_objects_in_a_stream_are_named() -> None:
    reading = read({"text": "ok"}, {"resourceType": "Patient"}, ["x"])
    assert [fault.reason for fault in reading.faults] == [
        "its format is FHIR JSON, which Chartmark does not read",
        "it is not a JSON object",
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "1" * 10_000, '{"text": 1'])
def test_hostile_json_is_a_fault(text: str) -> None:
    assert read(text=text).faults


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("a.jsonl", "anything", True),
        ("a.txt", '{"text": "x"}', True),
        ("a.txt", '[{"text": "x"}]', True),
        ("a.txt", "{x}", False),
        ("a.txt", "[HPI] text", False),
        ("a.txt", "", False),
    ],
)
def test_recognised(name: str, text: str, known: bool) -> None:
    assert jsonl.recognises(Source(Path(name), text)) is known


_KEYS = (
    *("text", "label", "labels", "spans", "start", "end", "tokens", "meta", "answer", "pieces"),
    *("entities", "start_offset", "origin", "attributes", "id", "relations"),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=5) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(_KEYS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.lists(_JSON, max_size=3))
def test_any_json_is_read_or_told(values: list[object]) -> None:
    reading = read({"text": "first"}, *values)
    assert len(reading.documents) + len(reading.faults) == len(values) + 1
    for document in reading.documents:
        for span in document.spans:
            assert 0 <= span.start < span.end <= len(document.text)
