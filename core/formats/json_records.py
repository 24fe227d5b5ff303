"""JSON objects to documents: Chartmark's own, doccano's and Prodigy's.

Each names the same few things its own way, so one reading knows all the names; what the tools mean
by them differs only in when a record counts as reviewed. Offsets are code points in all of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.formats.columns import split_named
from core.formats.foreign import foreign_object, refusal
from core.formats.tally import Tally
from core.formats.values import Source
from core.schema.documents import ImportedDocument, Origin, Piece, Span
from core.schema.phrases import phrase
from core.text.encoding import LineEndMap, normalise_line_ends

VERSION = 1
"""Of Chartmark's own form; an object that says a higher one is refused."""

_SPAN_KEYS = ("spans", "label", "labels", "entities", "annotations")
_PATIENT_KEYS = ("patient", "patient_id", "subject_id", "mrn")
_LEFT_OUT = (
    ("relations", phrase("relations between spans were left out")),
    ("comments", phrase("comments were left out")),
    ("Comments", phrase("comments were left out")),
)
_KNOWN_KEYS = frozenset(
    {"chartmark", "id", "name", "text", "split", "reviewed", "tokens", "meta", "answer"}
    | {*_SPAN_KEYS, *_PATIENT_KEYS, *(key for key, _ in _LEFT_OUT)}
)
_MANUAL_VIEWS = ("ner_manual", "spans_manual", "relations", "blocks")
"""Prodigy's views in which an accepted task has all of its spans; in others one is decided."""


class RecordError(ValueError):
    """An object cannot be a record; its words are plain and quote nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object stands.

    Attributes:
        source: Its file.
        line: Its first line, from 1.
        ordinal: Its number among the objects, from 1.
    """

    source: Source
    line: int
    ordinal: int


def to_document(value: object, place: Place, tally: Tally) -> ImportedDocument:
    """Read an object as a record; what is left out of it goes into the tally.

    Raises:
        RecordError: It has no text, or something of it cannot be as it is.
    """
    if not isinstance(value, Mapping):
        raise RecordError(phrase("it is not a JSON object"))
    version = value.get("chartmark")
    own = isinstance(version, int)
    if isinstance(version, int) and version > VERSION:
        raise RecordError(phrase("it was written by a newer Chartmark"))
    text = value.get("text")
    if not isinstance(text, str):
        foreign = foreign_object(value)
        raise RecordError(refusal(foreign) if foreign else phrase("this record has no text"))
    if not text.strip():
        raise RecordError(phrase("the text of this record is empty"))
    line_ends = LineEndMap(text)
    text = normalise_line_ends(text)
    entries = _entries(value, place, tally)
    spans = tuple(_span(entry, len(text), line_ends) for entry in entries)
    kept = _keeps_spans(value, spans, place, tally)
    for key, reason in _LEFT_OUT:
        _count(value.get(key), reason, place, tally)
    given_id = _word(value.get("id"))
    name = value.get("name")
    return ImportedDocument(
        key=given_id or f"record {place.ordinal}",
        name=name
        if isinstance(name, str) and (own or name.strip())
        else given_id or f"{place.source.path.stem} {place.ordinal}",
        text=text,
        spans=spans if kept else (),
        reviewed=_is_reviewed(value, spans, place, tally),
        source=place.source.name,
        line=place.line,
        patient_id=next((word for key in _PATIENT_KEYS if (word := _word(value.get(key)))), ""),
        tokens=_tokens(value.get("tokens"), text, line_ends, place, tally),
        meta=_meta(value) if own else _meta(value) | place.source.meta,
        split=split_named(_word(value.get("split"))),
    )


def _entries(value: Mapping[str, object], place: Place, tally: Tally) -> list[object]:
    """Collect what stands for spans; labels of whole documents are words, not stretches."""
    found: list[object] = []
    for key in _SPAN_KEYS:
        held = value.get(key)
        if isinstance(held, str):
            tally.note(place.line, phrase("labels of whole records were left out"))
        elif isinstance(held, Sequence):
            words = sum(isinstance(entry, str) for entry in held)
            if words:
                tally.note(place.line, phrase("labels of whole records were left out"), words)
            found += [entry for entry in held if not isinstance(entry, str)]
        elif held is not None:
            raise RecordError(phrase("its '{key}' is not a list", key=key))
    return found


def _span(entry: object, length: int, line_ends: LineEndMap) -> Span:
    if isinstance(entry, Mapping):
        start = entry.get("start", entry.get("start_offset"))
        end = entry.get("end", entry.get("end_offset"))
        label = entry.get("label")
        attributes, pieces, origin = (
            entry.get("attributes"),
            entry.get("pieces"),
            entry.get("origin"),
        )
    elif isinstance(entry, Sequence) and len(entry) == 3:
        start, end, label = entry
        attributes = pieces = origin = None
    else:
        raise RecordError(phrase("a span is neither an object nor start, end and label"))
    if not isinstance(label, str) or not label.strip():
        raise RecordError(phrase("a span has no label"))
    first, last = _stretch((start, end), length, line_ends)
    return Span(
        first,
        last,
        label.strip(),
        attributes=_attributes(attributes),
        pieces=_pieces(pieces, (first, last), length, line_ends),
        origin=_origin(origin),
    )


def _stretch(pair: object, length: int, line_ends: LineEndMap) -> Piece:
    if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
        raise RecordError(phrase("a stretch is not a start and an end"))
    start, end = pair
    if not _is_offset(start) or not _is_offset(end):
        raise RecordError(phrase("the start or end of a span is not a whole number"))
    start, end = line_ends.to_normalised(start), line_ends.to_normalised(end)
    if not 0 <= start < end <= length:
        raise RecordError(phrase("a span is empty or outside the text"))
    return start, end


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _attributes(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) and name for name in value):
        raise RecordError(phrase("the attributes of a span are not a list of names"))
    return tuple(sorted(set(value)))


def _pieces(value: object, whole: Piece, length: int, line_ends: LineEndMap) -> tuple[Piece, ...]:
    if not value:
        return ()
    if not isinstance(value, list):
        raise RecordError(phrase("the pieces of a span are not a list"))
    pieces = tuple(_stretch(pair, length, line_ends) for pair in value)
    edges = [edge for piece in pieces for edge in piece]
    if edges != sorted(edges) or (edges[0], edges[-1]) != whole:
        raise RecordError(phrase("the pieces of a span are not in order from its start to its end"))
    return pieces if len(pieces) > 1 else ()


def _origin(value: object) -> Origin:
    if value is None:
        return Origin.IMPORTED
    if not isinstance(value, str) or value not in set(Origin):
        raise RecordError(phrase("the origin of a span is unknown"))
    return Origin(value)


def _keeps_spans(
    value: Mapping[str, object], spans: tuple[Span, ...], place: Place, tally: Tally
) -> bool:
    """Tell whether the spans count: Prodigy's rejected and ignored tasks say they do not."""
    answer = value.get("answer")
    if answer not in ("reject", "ignore"):
        return True
    if answer == "reject":
        tally.note(place.line, phrase("a record that was rejected is taken as not reviewed"))
        left_out = phrase("spans of rejected records were left out")
    else:
        tally.note(place.line, phrase("a record that was ignored is taken as not reviewed"))
        left_out = phrase("spans of ignored records were left out")
    if spans:
        tally.note(place.line, left_out, len(spans))
    return False


def _is_reviewed(
    value: Mapping[str, object], spans: tuple[Span, ...], place: Place, tally: Tally
) -> bool:
    """Tell whether the file says that somebody has labelled the record."""
    said = value.get("reviewed")
    if isinstance(said, bool):
        return said
    answer = value.get("answer")
    if answer is not None:
        view = value.get("_view_id")
        manual = view is None or view in _MANUAL_VIEWS
        if answer == "accept" and not manual:
            tally.note(
                place.line, phrase("a record with a single decision is taken as not reviewed")
            )
        return answer == "accept" and manual
    if not spans and any(isinstance(value.get(key), list) for key in _SPAN_KEYS):
        tally.note(
            place.line, phrase("a record with an empty list of labels is taken as not reviewed")
        )
    return bool(spans)


def _tokens(
    value: object, text: str, line_ends: LineEndMap, place: Place, tally: Tally
) -> tuple[Piece, ...] | None:
    """Read word boundaries, pairs or Prodigy's objects; tokens of blanks alone are no words."""
    if not isinstance(value, list):
        return None
    pairs = [
        (entry.get("start"), entry.get("end")) if isinstance(entry, Mapping) else entry
        for entry in value
    ]
    try:
        stretches = [_stretch(pair, len(text), line_ends) for pair in pairs]
    except RecordError:
        stretches = []
    edges = [edge for piece in stretches for edge in piece]
    if len(stretches) < len(value) or edges != sorted(edges):
        tally.note(place.line, phrase("word boundaries that do not fit the text were left out"))
        return None
    return tuple((start, end) for start, end in stretches if not text[start:end].isspace())


def _meta(value: Mapping[str, object]) -> dict[str, str]:
    """Collect what else the object says: its ``meta``, and single values of unknown names."""
    held = value.get("meta")
    told = dict(held) if isinstance(held, Mapping) else {}
    for key, other in value.items():
        if (
            key not in _KNOWN_KEYS
            and not key.startswith("_")
            and isinstance(other, str | int | float)
        ):
            told.setdefault(key, other)
    return {
        key: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
        for key, one in told.items()
    }


def _count(value: object, reason: str, place: Place, tally: Tally) -> None:
    if isinstance(value, list) and value:
        tally.note(place.line, reason, len(value))


def _word(value: object) -> str:
    """Return an identifier as a word: a string or a whole number, else empty."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if _is_offset(value) else ""
