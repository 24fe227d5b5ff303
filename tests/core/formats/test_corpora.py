"""Every file of the real corpora is read as what it is, or refused by its name."""

from __future__ import annotations

import fnmatch
import os
from pathlib import Path

import pytest

from core.formats.reading import read_file
from core.formats.registry import FORMATS
from core.formats.values import ReadOptions
from core.formats.walking import walk

pytestmark = pytest.mark.corpora

_FOLDER = Path(
    os.environ.get(
        "CHARTMARK_CORPORA",
        Path(__file__).resolve().parents[3].parent / "shared" / "corpora",
    )
)
_FILES = walk([_FOLDER]).files if _FOLDER.is_dir() else ()

EXPECTED = (
    ("*/webanno-tsv3/*.tsv", "WebAnno TSV 3"),
    ("*.xmi", "UIMA XMI"),
    ("*/xmi/*.json", "UIMA CAS JSON"),
    ("*/bioc/*.xml", "BioC XML"),
    ("*.xml", "UIMA type system"),
    ("*/fhir/*.json", "FHIR JSON"),
    ("*/patterns_drugs.jsonl", "Prodigy patterns"),
    ("*/brat/*.txt", "brat"),
    ("*/standoff/*.txt", "brat"),
    ("*/pubtator/*.txt", "pubtator"),
    ("*.conll", "conll"),
    ("*/conll/*.tsv", "conll"),
    ("*.iob2", "conll"),
    ("*.jsonl", "jsonl"),
)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: str(path.relative_to(_FOLDER)))
def test_every_file(path: Path) -> None:
    expected = next(
        name
        for pattern, name in EXPECTED
        if fnmatch.fnmatch(f"/{path.relative_to(_FOLDER)}", pattern)
    )
    # The beginning tells the format; that whole files are read right is other tests' matter.
    name, reading = read_file(path, None, ReadOptions(), limit=1 << 16)
    if expected in FORMATS:
        assert name == expected
        assert reading.documents
    else:
        assert name == ""
        assert expected in reading.faults[0].reason
        for format in ("text", "jsonl"):
            _, reading = read_file(path, format, ReadOptions(), limit=1 << 16)
            assert not reading.documents


def test_the_corpora_are_there(corpora: Path) -> None:
    assert len(_FILES) > 400
    assert corpora == _FOLDER


def test_doccano_example_has_a_line_without_text(corpora: Path) -> None:
    path = corpora / "fixtures" / "doccano" / "import-example.jsonl"
    _, reading = read_file(path, None, ReadOptions())
    assert [(fault.line, fault.reason) for fault in reading.faults] == [
        (3, "this record has no text")
    ]
    assert [document.meta["wikiPageID"] for document in reading.documents] == ["1", "2"]


def test_doccano_relations_are_counted(corpora: Path) -> None:
    path = corpora / "fixtures" / "doccano" / "export-relation_extraction.jsonl"
    _, reading = read_file(path, None, ReadOptions())
    (document,) = reading.documents
    assert [document.text[span.start : span.end] for span in document.spans] == [
        "Google",
        "September 4, 1998",
        "Larry Page",
        "Sergey Brin",
    ]
    assert [note.count for note in reading.notes] == [3]


def test_doccano_overlaps_are_kept(corpora: Path) -> None:
    path = corpora / "fixtures" / "doccano" / "import-example_overlapping.jsonl"
    _, reading = read_file(path, None, ReadOptions())
    assert len(reading.documents[0].spans) == 2
    assert not reading.faults
    assert [(note.line, note.count) for note in reading.notes] == [(1, 1)]


def test_prodigy_headlines(corpora: Path) -> None:
    path = corpora / "fixtures" / "prodigy" / "annotated_news_headlines.jsonl"
    _, reading = read_file(path, None, ReadOptions())
    assert not reading.faults
    assert len(reading.documents) == 373
    assert sum(document.reviewed for document in reading.documents) == 372
    assert sum(len(document.spans) for document in reading.documents) == 303
    assert all(document.tokens for document in reading.documents)
    assert [note.line for note in reading.notes] == [337]
