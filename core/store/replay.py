"""The past: documents, spans, reviews, splits and labels as the audit alone tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from core.schema.documents import Origin, ReviewStatus, Span, Split
from core.store.attribute_rows import merged_labels
from core.store.chain import events_in
from core.store.rows import reading_order

Columns = dict[str, Any]


@dataclass(slots=True)
class Past:
    """What the events up to one say.

    Attributes:
        identities: Each document's identity.
        spans: By key, the document and the columns of each span that was there.
        statuses: How far each document's review was.
        suggestions: Status and span of each suggestion that somebody decided on.
        splits: Which part of the data each placed document was in.
        labels: By key, the columns of each label that was in the scheme.
        attributes: By key, the columns of each attribute that was defined.
        term_lists: By key, the columns of each term list, its terms only as a digest.
        guideline: The scheme's.
        recipe: The project's own, as JSON; None where there was none.
    """

    identities: dict[int, str] = field(default_factory=dict)
    spans: dict[int, tuple[int, Columns]] = field(default_factory=dict)
    statuses: dict[int, ReviewStatus] = field(default_factory=dict)
    suggestions: dict[int, tuple[str, int]] = field(default_factory=dict)
    splits: dict[int, Split] = field(default_factory=dict)
    labels: dict[int, Columns] = field(default_factory=dict)
    attributes: dict[int, Columns] = field(default_factory=dict)
    term_lists: dict[int, Columns] = field(default_factory=dict)
    guideline: str = ""
    recipe: str | None = None
    _by_document: dict[int, list[int]] = field(default_factory=dict)

    def spans_of(self, document_id: int) -> tuple[Span, ...]:
        """Return the spans a document had, by the names their labels had then."""
        if not self._by_document:
            for key, (owner, _) in self.spans.items():
                self._by_document.setdefault(owner, []).append(key)
        found = [self._span(key) for key in self._by_document.get(document_id, ())]
        return tuple(sorted(found, key=reading_order))

    def _span(self, key: int) -> Span:
        columns = self.spans[key][1]
        return Span(
            start=columns["start"],
            end=columns["end"],
            label=self.labels[columns["label_id"]]["name"],
            attributes=tuple(columns["attributes"]),
            pieces=tuple((first, last) for first, last in columns["pieces"]),
            origin=Origin(columns["origin"]),
            id=key,
        )


def replay(connection: Connection, *, until: int | None = None) -> Past:
    """Rebuild the state after an event (the last one where None) from the audit alone."""
    past = Past()
    for event in events_in(connection, until=until):
        payload = event.payload
        match event.kind:
            case "create":
                past.guideline = payload["guideline"]
                _labels(past, payload["labels"])
                # Projects of the first revision had none.
                for key, columns in payload.get("attributes", {}).items():
                    past.attributes[int(key)] = columns
            case "import":
                _labels(past, payload["labels"])
                for entry in payload["documents"]:
                    _import(past, entry)
            case "splits":
                for key, split in payload["splits"].items():
                    past.splits[int(key)] = Split(split)
            case "edit" | "undo" | "redo":
                for change in payload["changes"]:
                    _change(past, change)
            case "scheme" if "label" in payload:
                past.labels[payload["label"]] = payload["after"]
            case "scheme" if "term_list" in payload:
                _put(past.term_lists, payload["term_list"], payload["after"])
            case "scheme" if "attribute" in payload:
                _put(past.attributes, payload["attribute"], payload["after"])
            case "scheme":
                past.guideline = payload["after"]
            case "merge":
                _merge(past, payload)
            case "recipe":
                past.recipe = payload["after"]
            case _:
                pass
    return past


def _labels(past: Past, labels: Mapping[str, Columns]) -> None:
    for key, columns in labels.items():
        past.labels[int(key)] = columns


def _import(past: Past, entry: Mapping[str, Any]) -> None:
    key = entry["id"]
    past.identities[key] = entry["identity"]
    past.statuses[key] = ReviewStatus(entry["status"])
    if entry["split"]:
        past.splits[key] = Split(entry["split"])
    for span_key, columns in entry["spans"].items():
        past.spans[int(span_key)] = (key, columns)


def _change(past: Past, change: Mapping[str, Any]) -> None:
    after = change["after"]
    if "span" in change:
        if after is None:
            past.spans.pop(change["span"], None)
        else:
            past.spans[change["span"]] = (change["document"], after)
    elif "suggestion" in change:
        past.suggestions[change["suggestion"]] = (after[0], after[1])
    else:
        past.statuses[change["document"]] = ReviewStatus(after)


def _put(there: dict[int, Columns], key: int, after: Columns | None) -> None:
    if after is None:
        there.pop(key, None)
    else:
        there[key] = after


def _merge(past: Past, payload: Mapping[str, Any]) -> None:
    for key in payload["repeated"]:
        past.spans.pop(key, None)
    for _, columns in past.spans.values():
        if columns["label_id"] == payload["source"]:
            columns["label_id"] = payload["target"]
    for key in payload["suggestions_removed"]:
        past.suggestions.pop(key, None)
    past.labels.pop(payload["source"], None)
    for columns in past.attributes.values():
        columns["label_ids"] = merged_labels(
            columns["label_ids"], payload["source"], payload["target"]
        )
