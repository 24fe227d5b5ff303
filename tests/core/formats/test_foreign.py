"""Formats that are not read are known by name, and notes are not taken for them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from core.formats.foreign import foreign_object
from core.formats.opening import open_source
from core.formats.values import ReadOptions


def refusal(path: Path) -> str:
    """Why a file is refused, empty if it is not."""
    opened = open_source(path, ReadOptions())
    return opened.fault.reason if opened.fault and opened.foreign else ""


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\nbinary \x00", "PDF"),
        (b"scanned by X\n%PDF-1.4\n", "PDF"),
        (b"{\\rtf1\\ansi Patient}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG image"),
        (b"\xff\xd8\xff\xe0\x00", "JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Microsoft Office"),
        (b"\x00" * 128 + b"DICM", "DICOM"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"#FORMAT=WebAnno TSV 3.2\n", "WebAnno TSV 3"),
        (b"MSH|^~\\&|LAB|", "HL7 version 2"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><x:XMI xmlns:x='u'/>", "UIMA XMI"),
        (b"<!-- a --><collection><source>x</source>", "BioC XML"),
        (b"<?xml version='1.0'?><Patient xmlns='http://hl7.org/fhir'/>", "FHIR XML"),
        (b"<ClinicalDocument xmlns='urn:hl7-org:v3'>", "HL7 CDA"),
        (b"<!DOCTYPE html>\n<p>Note", "HTML"),
        (b" <HTML><body>", "HTML"),
        (b"<note><text>x</text></note>", "XML"),
        (b'{"id": "a", "resourceType": "Observation"}', "FHIR JSON"),
        (b'[ { "resourceType": "Bundle", "entry": [', "FHIR JSON"),
        (b'{"%TYPES": {}, ', "UIMA CAS JSON"),
        (b'{"source": "x", "documents": []}', "BioC JSON"),
        (b'[{"id": 1, "data": {}, "annotations": []}]', "Label Studio JSON"),
    ],
)
def test_known_by_content_whatever_the_suffix(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    assert refusal(path) == f"its format is {name}, which Chartmark does not read"


@pytest.mark.parametrize(
    ("member", "suffix", "name"),
    [
        ("word/document.xml", ".docx", "Word (docx)"),
        ("xl/workbook.xml", ".txt", "Excel (xlsx)"),
        ("content.xml", ".odt", "OpenDocument"),
        ("notes/a.txt", ".zip", "ZIP"),
    ],
)
def test_zip_is_looked_into(tmp_path: Path, member: str, suffix: str, name: str) -> None:
    path = tmp_path / f"file{suffix}"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    assert name in refusal(path)


def test_a_broken_zip_is_a_zip_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert "ZIP" in refusal(path)


def test_prodigy_patterns_hold_no_records(tmp_path: Path) -> None:
    path = tmp_path / "patterns.jsonl"
    path.write_text('{"label":"DRUG","pattern":"aspirin"}\n')
    assert refusal(path) == "it is a Prodigy patterns file, which holds no records"


@pytest.mark.parametrize(
    "note",
    [
        "<5 mg/l CRP, seen <again> in clinic",
        "<name> was seen on the ward.",
        "{Seen in clinic} BP 120/80",
        "[HPI] 64 y/o man",
        "MSH was not seen",
        "PDF sent: %PDF-",
        '{"text": "a", "resourceType": "own"}',
        "",
    ],
)
def test_notes_are_notes(tmp_path: Path, note: str) -> None:
    path = tmp_path / "note.txt"
    path.write_text(note)
    assert refusal(path) == ""


@pytest.mark.parametrize("value", [None, [], 3, "x", {}, {"text": "a", "pattern": "b"}])
def test_objects_that_are_not_foreign(value: object) -> None:
    assert foreign_object(value) is None
