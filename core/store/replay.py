"""The past: spans, reviews and splits as they were after any audit event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.schema.documents import Origin, ReviewStatus, Span, Split
from core.store import audit
from core.store.project import Project
from core.store.rows import LabelNames


@dataclass(slots=True)
class Past:
    """What the events up to one say.

    Attributes:
        spans: By key, the document and the columns of each span that was there.
        statuses: How far each document's review was.
        splits: Which part of the data each placed document was in.
    """

    labels: LabelNames
    spans: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    statuses: dict[int, ReviewStatus] = field(default_factory=dict)
    splits: dict[int, Split] = field(default_factory=dict)
    _by_document: dict[int, list[int]] = field(default_factory=dict)

    def spans_of(self, document_id: int) -> list[Span]:
        """Return the spans a document had."""
        if not self._by_document:
            for key, (owner, _) in self.spans.items():
                self._by_document.setdefault(owner, []).append(key)
        return [self._span(key) for key in self._by_document.get(document_id, ())]

    def _span(self, key: int) -> Span:
        columns = self.spans[key][1]
        return Span(
            start=columns["start"],
            end=columns["end"],
            label=self.labels.name(columns["label_id"]),
            attributes=tuple(columns["attributes"]),
            pieces=tuple((first, last) for first, last in columns["pieces"]),
            origin=Origin(columns["origin"]),
            id=key,
        )


def spans_as_of(*, project: Project, event: int | None = None) -> Past:
    """Rebuild the state after an event (the last one where None) from the audit alone."""
    with project.read() as connection:
        past = Past(LabelNames(connection))
    for item in audit.events(project=project, until=event):
        match item.kind:
            case "import":
                for entry in item.payload["documents"]:
                    _import(past, entry)
            case "splits":
                for key, split in item.payload["splits"].items():
                    past.splits[int(key)] = Split(split)
            case "edit" | "undo" | "redo":
                for change in item.payload["changes"]:
                    _change(past, change)
            case "merge":
                source, target = item.payload["source"], item.payload["target"]
                for _, columns in past.spans.values():
                    if columns["label_id"] == source:
                        columns["label_id"] = target
            case _:
                pass
    return past


def _import(past: Past, entry: dict[str, Any]) -> None:
    key = entry["id"]
    past.statuses[key] = ReviewStatus(entry["status"])
    if entry["split"]:
        past.splits[key] = Split(entry["split"])
    for span_key, columns in entry["spans"].items():
        past.spans[int(span_key)] = (key, dict(columns))


def _change(past: Past, change: dict[str, Any]) -> None:
    if "span" in change:
        if change["after"] is None:
            past.spans.pop(change["span"], None)
        else:
            past.spans[change["span"]] = (change["document"], dict(change["after"]))
    elif "review" in change:
        past.statuses[change["document"]] = ReviewStatus(change["after"])
