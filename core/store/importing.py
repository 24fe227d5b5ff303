"""Adding documents: many in one transaction, each once, and their places in the splits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select, update

from core.schema.documents import ImportedDocument, ReviewStatus, Split
from core.schema.labels import Label, complete_labels
from core.store import audit
from core.store.changes import ChangeSet
from core.store.models import LabelRow, ReviewRow, table_of
from core.store.project import Project
from core.store.rows import DOCUMENT, SPAN, LabelNames, check_span, span_columns

_LABEL = table_of(LabelRow)
_REVIEW = table_of(ReviewRow)
_DEV_SHARE = 0.2
_TOLD_EVERY = 200


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding documents.

    Attributes:
        added: Documents that are new.
        duplicates: Names of documents that were there already, or twice in what was given.
        spans: Spans that came with the new ones.
        labels_added: Labels that the scheme did not have.
        changes: What views must read again.
    """

    added: int
    duplicates: tuple[str, ...]
    spans: int
    labels_added: tuple[str, ...]
    changes: ChangeSet


def identity(document: ImportedDocument) -> str:
    """Return what makes a document the same one: its file, its key in it, and its text."""
    parts = "\0".join((document.source, document.key, document.text))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


def add_documents(
    *,
    project: Project,
    documents: Sequence[ImportedDocument],
    split: Split | Literal["auto"] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Added:
    """Add documents, all or none; labels that the scheme lacks are added to it.

    Args:
        project: The open project.
        documents: As read; ones that are there already are passed over.
        split: Where to place all of them; ``auto`` places whole patients by a hash (70 % train,
            15 % dev, 15 % test); None keeps what each says itself.
        progress: Told how many are done, of how many; what it raises undoes everything.

    Raises:
        ValueError: A span lies outside its text.
    """
    with project.write() as connection:
        known = set(connection.execute(select(DOCUMENT.c.identity)).scalars())
        fresh: list[tuple[str, ImportedDocument]] = []
        duplicates: list[str] = []
        for document in documents:
            mark = identity(document)
            if mark in known:
                duplicates.append(document.name)
                continue
            known.add(mark)
            fresh.append((mark, document))
        names = dict.fromkeys(span.label for _, item in fresh for span in item.spans)
        labels_added = _add_labels(connection, list(names))
        places = _Places(connection)
        key = connection.execute(select(func.max(DOCUMENT.c.id))).scalar() or 0
        span_key = connection.execute(select(func.max(SPAN.c.id))).scalar() or 0
        labels = LabelNames(connection)
        batch = _Batch(project.annotator)
        for done, (mark, document) in enumerate(fresh, start=1):
            key += 1
            patient = document.patient_id or mark[:16]
            place = places.place(patient, document.split, split)
            span_key = batch.add(key, mark, document, patient, place, labels, span_key)
            if done % _TOLD_EVERY == 0 or done == len(fresh):
                batch.write(connection)
                if progress is not None:
                    progress(done, len(fresh))
        event = audit.last_event_in(connection)
        if fresh:
            event = audit.append(
                connection,
                annotator=project.annotator,
                kind="import",
                payload={"documents": batch.audited, "labels": labels_added},
            )
    return Added(
        added=len(fresh),
        duplicates=tuple(duplicates),
        spans=sum(len(document.spans) for _, document in fresh),
        labels_added=tuple(labels_added),
        changes=ChangeSet(event_id=event, queue=True, scheme=bool(labels_added)),
    )


def assign_splits(*, project: Project, seed: int = 0) -> ChangeSet:
    """Give every done document without a split its place: about a fifth of the patients to dev.

    A patient who has a split keeps it; where nobody is in dev (or train) yet and there are two
    patients to place, the one whose hash comes first (last) goes there.
    """
    with project.write() as connection:
        query = (
            select(DOCUMENT.c.id, DOCUMENT.c.patient_id)
            .join(_REVIEW, _REVIEW.c.document_id == DOCUMENT.c.id)
            .where(DOCUMENT.c.split.is_(None), ~DOCUMENT.c.hidden)
            .where(_REVIEW.c.status == ReviewStatus.DONE.value)
        )
        rows = connection.execute(query).all()
        places = _Places(connection)
        new = sorted(
            {row.patient_id for row in rows} - set(places.of), key=lambda p: _hash(p, seed)
        )
        chosen = {p: Split.DEV if _hash(p, seed) < _DEV_SHARE else Split.TRAIN for p in new}
        settled = places.settled | set(chosen.values())
        if new and Split.DEV not in settled and (len(new) > 1 or Split.TRAIN in settled):
            chosen[new[0]] = Split.DEV
        settled = places.settled | set(chosen.values())
        if new and Split.TRAIN not in settled and (len(new) > 1 or Split.DEV in places.settled):
            chosen[new[-1]] = Split.TRAIN
        splits = {
            row.id: (places.of.get(row.patient_id) or chosen[row.patient_id]).value for row in rows
        }
        for key, value in splits.items():
            connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == key).values(split=value))
        event = audit.last_event_in(connection)
        if splits:
            event = audit.append(
                connection,
                annotator=project.annotator,
                kind="splits",
                payload={"splits": {str(key): value for key, value in splits.items()}},
            )
    return ChangeSet(event_id=event, documents=frozenset(splits), queue=bool(splits))


class _Places:
    """Which split each patient is in."""

    def __init__(self, connection: Connection) -> None:
        query = select(DOCUMENT.c.patient_id, DOCUMENT.c.split).where(DOCUMENT.c.split.isnot(None))
        self.of = {row.patient_id: Split(row.split) for row in connection.execute(query)}

    @property
    def settled(self) -> set[Split]:
        """The splits that have a patient."""
        return set(self.of.values())

    def place(
        self, patient: str, own: Split | None, wanted: Split | Literal["auto"] | None
    ) -> Split | None:
        """Return the split for a patient's document; a patient who has one keeps it."""
        if patient in self.of:
            return self.of[patient]
        chosen = own if wanted is None else wanted
        if chosen == "auto":
            share = _hash(patient, 0)
            chosen = Split.TRAIN if share < 0.7 else Split.DEV if share < 0.85 else Split.TEST
        if chosen is not None:
            self.of[patient] = Split(chosen)
            return Split(chosen)
        return None


class _Batch:
    """Rows that wait to be written together."""

    def __init__(self, annotator: str) -> None:
        self._annotator = annotator
        self._documents: list[dict[str, Any]] = []
        self._spans: list[dict[str, Any]] = []
        self._reviews: list[dict[str, Any]] = []
        self.audited: list[dict[str, Any]] = []

    def add(
        self,
        key: int,
        mark: str,
        document: ImportedDocument,
        patient: str,
        place: Split | None,
        labels: LabelNames,
        span_key: int,
    ) -> int:
        """Take in a document; returns the last span key used."""
        length = len(document.text)
        split = place.value if place else None
        status = (ReviewStatus.DONE if document.reviewed else ReviewStatus.TODO).value
        self._documents.append(
            {
                "id": key,
                "identity": mark,
                "name": document.name,
                "text": document.text,
                "length": length,
                "patient_id": patient,
                "split": split,
                "source": document.source,
                "tokens": None
                if document.tokens is None
                else [list(piece) for piece in document.tokens],
                "meta": document.meta,
                "hidden": False,
            }
        )
        self._reviews.append(
            {
                "document_id": key,
                "annotator": self._annotator,
                "status": status,
                "seconds": 0.0,
            }
        )
        spans = {}
        for span in document.spans:
            check_span(span, length)
            span_key += 1
            columns = span_columns(span, labels)
            spans[str(span_key)] = columns
            self._spans.append({"id": span_key, "document_id": key, **columns, "hidden": False})
        self.audited.append(
            {"id": key, "identity": mark, "status": status, "split": split, "spans": spans}
        )
        return span_key

    def write(self, connection: Connection) -> None:
        """Insert what waits."""
        for table, rows in (
            (DOCUMENT, self._documents),
            (SPAN, self._spans),
            (_REVIEW, self._reviews),
        ):
            if rows:
                connection.execute(insert(table), rows)
                rows.clear()


def _add_labels(connection: Connection, names: Sequence[str]) -> list[str]:
    rows = connection.execute(
        select(_LABEL).where(_LABEL.c.merged_into.is_(None)).order_by(_LABEL.c.position)
    ).all()
    known = tuple(Label(row.name, row.colour, row.hotkey) for row in rows)
    new = [name for name in names if name not in {label.name for label in known}]
    completed = complete_labels(known + tuple(Label(name) for name in new))[len(known) :]
    for position, label in enumerate(completed, start=len(known)):
        connection.execute(
            insert(_LABEL),
            {
                "name": label.name,
                "colour": label.colour,
                "hotkey": label.hotkey,
                "description": "",
                "guideline": "",
                "position": position,
            },
        )
    return new


def _hash(patient: str, seed: int) -> float:
    """Return a number from 0 to 1 that only the patient and the seed decide."""
    digest = hashlib.sha256(f"{seed}\0{patient}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
