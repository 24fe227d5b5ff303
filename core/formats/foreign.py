"""Formats that Chartmark does not read, known by their bytes, their text or their suffix.

A file of such a format is refused by name. It must never pass for plain text: a clinician would
label tags and identifiers.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from core.schema.phrases import phrase

HEAD = 1 << 16
"""Bytes, or characters, from the beginning of a file that suffice to know its format."""

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Microsoft Office"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"PAR1", "Parquet"),
)
_DICOM_AT = 128
_INSIDE_ZIP = (
    ("word/", "Word (docx)"),
    ("xl/", "Excel (xlsx)"),
    ("ppt/", "PowerPoint (pptx)"),
    ("content.xml", "OpenDocument"),
)
_OF_SUFFIX = {
    ".pdf": "PDF",
    ".rtf": "RTF",
    ".doc": "older Microsoft Office",
    ".xls": "older Microsoft Office",
    ".docx": "Word (docx)",
    ".xlsx": "Excel (xlsx)",
    ".pptx": "PowerPoint (pptx)",
    ".odt": "OpenDocument",
    ".ods": "OpenDocument",
    ".zip": "ZIP",
    ".gz": "gzip",
    ".xmi": "UIMA XMI",
    ".xml": "XML",
    ".html": "HTML",
    ".htm": "HTML",
    ".png": "PNG image",
    ".jpg": "JPEG image",
    ".jpeg": "JPEG image",
    ".gif": "GIF image",
    ".tif": "TIFF image",
    ".tiff": "TIFF image",
    ".dcm": "DICOM",
}
_WEBANNO = re.compile(r"#FORMAT=WebAnno TSV ([0-9])")
_ROOT = re.compile(r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>[A-Za-z][\w.-]*)(?P<rest>[^>]*)", re.DOTALL)
_BEFORE_ROOT = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[.*?\])?[^>]*+>)*", re.DOTALL
)
_FIRST_KEYS = re.compile(r'\s*\[?\s*\{\s*"(resourceType|%TYPES|%FEATURE_STRUCTURES|%VIEWS)"\s*:')


def foreign_bytes(path: Path, head: bytes) -> str | None:
    """Return the name of the foreign format that a file's first bytes or suffix show, or None."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    if head[_DICOM_AT : _DICOM_AT + 4] == b"DICM":
        return "DICOM"
    # Scanners and mail programs put lines of their own before a PDF.
    if b"\n%PDF-" in head[:1024]:
        return "PDF"
    return None


def foreign_text(path: Path, head: str) -> str | None:
    """Return the name of the foreign format that the beginning of a text shows, or None."""
    webanno = _WEBANNO.match(head)
    if webanno:
        return f"WebAnno TSV {webanno[1]}"
    if head.startswith("MSH|^~\\&"):
        return "HL7 version 2"
    start = head[:1024].lstrip()
    if start.startswith("<"):
        return _markup(head)
    if start.startswith(("{", "[")):
        return _json(head)
    return _OF_SUFFIX.get(path.suffix.lower())


def foreign_object(value: object) -> str | None:
    """Return the name of the foreign format that a JSON object is of, or None."""
    if not isinstance(value, Mapping):
        return None
    keys = value.keys()
    if "text" in keys:
        return None
    if "resourceType" in keys:
        return "FHIR JSON"
    if "%FEATURE_STRUCTURES" in keys or "%TYPES" in keys:
        return "UIMA CAS JSON"
    if "pattern" in keys and "label" in keys:
        return "Prodigy patterns"
    if "passages" in keys or ("documents" in keys and "source" in keys):
        return "BioC JSON"
    if "annotations" in keys and "data" in keys:
        return "Label Studio JSON"
    return None


def refusal(name: str) -> str:
    """Return the reason that a file of a foreign format is refused with."""
    if name == "Prodigy patterns":
        return phrase("it is a Prodigy patterns file, which holds no records")
    return phrase("its format is {format}, which Chartmark does not read", format=name)


def _inside_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return _OF_SUFFIX.get(path.suffix.lower(), "ZIP")
    for beginning, name in _INSIDE_ZIP:
        if any(member.startswith(beginning) for member in members):
            return name
    return "ZIP"


def _markup(head: str) -> str | None:
    """Name a format by the root element; a note may begin with ``<`` and be no markup."""
    before = _BEFORE_ROOT.match(head)
    at = before.end() if before else 0
    if re.match(r"\s*<!doctype\s+html", head, re.IGNORECASE):
        return "HTML"
    root = _ROOT.match(head, at)
    if root is None:
        return "XML" if head.lstrip().startswith("<?xml") else None
    name, rest = root["name"], root["rest"]
    if name.lower() in {"html", "head", "body"}:
        return "HTML"
    if name == "XMI" or "http://www.omg.org/XMI" in rest:
        return "UIMA XMI"
    if name == "typeSystemDescription":
        return "UIMA type system"
    if name == "ClinicalDocument":
        return "HL7 CDA"
    if "http://hl7.org/fhir" in rest:
        return "FHIR XML"
    if name == "collection" and ("BioC" in head[:at] or re.search(r"<(document|source)\b", head)):
        return "BioC XML"
    declared = head.lstrip().startswith(("<?xml", "<!DOCTYPE"))
    closed = f"</{root['prefix'] + ':' if root['prefix'] else ''}{name}>" in head
    return "XML" if declared or "xmlns" in rest or closed else None


def _json(head: str) -> str | None:
    first = _FIRST_KEYS.match(head)
    if first:
        return "FHIR JSON" if first[1] == "resourceType" else "UIMA CAS JSON"
    at = len(head) - len(head.lstrip())
    if head[at] == "[":
        inner = head[at + 1 :].lstrip()
        at = len(head) - len(inner)
    try:
        value, _ = json.JSONDecoder().raw_decode(head, at)
    except (ValueError, RecursionError):
        return None
    return foreign_object(value)
