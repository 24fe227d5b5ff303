"""JSON Lines: Chartmark's own form, which loses nothing; doccano's and Prodigy's are read too.

A line of Chartmark's own is an object of these keys; what is empty may be absent::

    chartmark  version of the form, 1
    id, name   the record's key and what the user sees
    text       the text; all offsets are its code points, ends exclusive
    patient    whose record it is
    split      train, dev or test
    reviewed   whether the review is done
    spans      objects of start, end, label, attributes (names), pieces (pairs), origin
    tokens     word boundaries, pairs
    meta       anything else, strings by name
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from core.formats.json_records import VERSION, Place, RecordError, to_document
from core.formats.json_stream import json_items
from core.formats.tally import Tally
from core.formats.values import FileReading, LeftOut, ReadOptions, Source
from core.schema.documents import ImportedDocument, LabelledDocument, Span
from core.schema.phrases import phrase

SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines", ".json"})
"""Suffixes that the format goes by."""


def read(source: Source, options: ReadOptions) -> FileReading:
    """Read objects, one a line, printed over several, or in one array.

    A record with a fault is left out as a whole: half its spans would be a false gold.
    """
    tally = Tally(source.name)
    documents: list[ImportedDocument] = []
    ordinal = 0
    for ordinal, item in enumerate(json_items(source.text), start=1):
        if item.error:
            tally.fault(item.line, item.error)
            continue
        try:
            documents.append(to_document(item.value, Place(source, item.line, ordinal), tally))
        except RecordError as error:
            tally.fault(item.line, str(error))
    if not ordinal:
        tally.note(0, phrase("it is empty and was passed over"))
    return FileReading(tuple(documents), tally.faults, tally.notes)


def recognises(source: Source) -> bool:
    """Tell by the suffix, or by a first object that has a text."""
    if source.path.suffix.lower() in SUFFIXES:
        return True
    if source.text.lstrip()[:1] not in {"{", "["}:
        return False
    first = next(json_items(source.text), None)
    return first is not None and isinstance(first.value, dict) and "text" in first.value


def write(documents: Sequence[LabelledDocument], out: Path) -> tuple[LeftOut, ...]:
    """Write a line a document; nothing is left out."""
    with out.open("x", encoding="utf-8", newline="\n") as file:
        for labelled in documents:
            file.write(json.dumps(_object(labelled), ensure_ascii=False, separators=(",", ":")))
            file.write("\n")
    return ()


def _object(labelled: LabelledDocument) -> dict[str, object]:
    document = labelled.document
    told: dict[str, object] = {
        "chartmark": VERSION,
        "id": str(document.id),
        "name": document.name,
        "text": document.text,
        "reviewed": labelled.reviewed,
        "spans": [_span(span) for span in labelled.spans],
    }
    if document.patient_id:
        told["patient"] = document.patient_id
    if document.split is not None:
        told["split"] = document.split.value
    if document.tokens is not None:
        told["tokens"] = document.tokens
    if document.meta:
        told["meta"] = document.meta
    return told


def _span(span: Span) -> dict[str, object]:
    told: dict[str, object] = {"start": span.start, "end": span.end, "label": span.label}
    if span.attributes:
        told["attributes"] = span.attributes
    if span.pieces:
        told["pieces"] = span.pieces
    return told | {"origin": span.origin.value}
