"""Adding documents: many in one transaction, each once, and their places in the splits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, insert, select, update

from core.schema.documents import ImportedDocument, Piece, ReviewStatus, Split
from core.schema.labels import Label, complete_labels
from core.store.chain import append, last_event_in
from core.store.changes import ChangeSet
from core.store.models import ReviewRow, table_of
from core.store.project import Project
from core.store.rows import DOCUMENT, SPAN, LabelNames, check_span, span_columns
from core.store.scheme import insert_labels, live_labels

_REVIEW = table_of(ReviewRow)
_DEV_SHARE = 0.2
_AT_ONCE = 200
"""Documents between two rounds of inserting, auditing and telling."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding documents.

    Attributes:
        added: Documents that are new.
        duplicates: Names of documents that were there already, or twice in what was given.
        spans: Spans that came with the new ones.
        labels_added: Labels that the scheme did not have.
        changes: What views must read again.
        faulty: Names of documents that were left out because they cannot be stored.
        repeated_spans: Spans left out because one of the same stretch and label came before.
        document_ids: Keys of the new documents.
    """

    added: int
    duplicates: tuple[str, ...]
    spans: int
    labels_added: tuple[str, ...]
    changes: ChangeSet
    faulty: tuple[str, ...] = ()
    repeated_spans: int = 0
    document_ids: tuple[int, ...] = ()


def identity(*, source: str, key: str, text: str) -> str:
    """Return what makes a document the same one: its file, its key in it, and its text."""
    return hashlib.sha256("\0".join((source, key, text)).encode("utf-8")).hexdigest()


def add_documents(
    *,
    project: Project,
    documents: Sequence[ImportedDocument],
    split: Split | Literal["auto"] | None = None,
    progress: Callable[[int, int], None] | None = None,
    skip_faulty: bool = False,
) -> Added:
    """Add documents in one transaction; labels that the scheme lacks are added to it.

    Args:
        project: The open project.
        documents: As read; ones that are there already are passed over.
        split: Where to place all of them; ``auto`` places whole patients by a hash (70 % train,
            15 % dev, 15 % test); None keeps what each says itself. A patient who has a place
            keeps it.
        progress: Told how many are done, of how many; what it raises undoes everything.
        skip_faulty: Leave out a document that cannot be stored, and name it in the answer.

    Raises:
        ValueError: A document cannot be stored (a span outside its text, a label without a name,
            half a surrogate pair in the text) and ``skip_faulty`` is off; nothing is added then.
    """
    with project.write() as connection:
        fresh, duplicates, faulty = _sort_out(connection, documents, skip_faulty=skip_faulty)
        names = dict.fromkeys(span.label for _, item in fresh for span in item.spans)
        labels_added = _add_labels(connection, list(names))
        places = _Places(connection)
        batch = _Batch(connection, project.annotator, labels_added)
        for done, (mark, document) in enumerate(fresh, start=1):
            patient = document.patient_id or mark
            batch.add(mark, document, patient, places.place(patient, document.split, split))
            if done % _AT_ONCE == 0 or done == len(fresh):
                batch.write()
                if progress is not None:
                    progress(done, len(fresh))
        event = last_event_in(connection)
    return Added(
        added=len(fresh),
        duplicates=tuple(duplicates),
        spans=batch.spans_written,
        labels_added=tuple(columns["name"] for columns in labels_added.values()),
        changes=ChangeSet(event_id=event, queue=bool(fresh), scheme=bool(labels_added)),
        faulty=tuple(faulty),
        repeated_spans=batch.spans_repeated,
        document_ids=tuple(batch.document_ids),
    )


def _sort_out(
    connection: Connection, documents: Sequence[ImportedDocument], *, skip_faulty: bool
) -> tuple[list[tuple[str, ImportedDocument]], list[str], list[str]]:
    """Part documents into new ones with their identity, and names of known and faulty ones."""
    known = set(connection.execute(select(DOCUMENT.c.identity)).scalars())
    fresh: list[tuple[str, ImportedDocument]] = []
    duplicates: list[str] = []
    faulty: list[str] = []
    for document in documents:
        try:
            mark = identity(source=document.source, key=document.key, text=document.text)
            _check(document)
        # A UnicodeEncodeError (half a surrogate pair) is a ValueError too, and quotes the text.
        except ValueError as error:
            if not skip_faulty:
                reason = "half a character" if isinstance(error, UnicodeError) else str(error)
                raise ValueError(f"a document cannot be stored: {reason}") from None
            faulty.append(document.name)
            continue
        if mark in known:
            duplicates.append(document.name)
            continue
        known.add(mark)
        fresh.append((mark, document))
    return fresh, duplicates, faulty


def _check(document: ImportedDocument) -> None:
    """Check that everything of a document can be stored.

    Raises:
        ValueError: It cannot.
    """
    for words in (document.name, document.patient_id, *document.meta, *document.meta.values()):
        words.encode("utf-8")
    for span in document.spans:
        check_span(span, len(document.text))
        if not span.label.strip():
            raise ValueError("a label needs a name")
        for words in (span.label, *span.attributes):
            words.encode("utf-8")


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
        held = places.settled | set(chosen.values())
        if new and Split.DEV not in held and (len(new) > 1 or Split.TRAIN in places.settled):
            chosen[new[0]] = Split.DEV
        held = places.settled | set(chosen.values())
        if new and Split.TRAIN not in held:
            chosen[new[-1]] = Split.TRAIN
        splits = {
            row.id: (places.of.get(row.patient_id) or chosen[row.patient_id]).value for row in rows
        }
        event = last_event_in(connection)
        if splits:
            placing = update(DOCUMENT).where(DOCUMENT.c.id == bindparam("document"))
            connection.execute(
                placing.values(split=bindparam("place")),
                [{"document": key, "place": value} for key, value in splits.items()],
            )
            event = append(
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
    """Rows that wait to be written together, with the audit event that tells of them."""

    def __init__(
        self, connection: Connection, annotator: str, labels_added: dict[str, dict[str, Any]]
    ) -> None:
        self._connection = connection
        self._annotator = annotator
        self._labels = LabelNames(connection)
        self._labels_added = labels_added
        self._key = connection.execute(select(func.max(DOCUMENT.c.id))).scalar() or 0
        self._span_key = connection.execute(select(func.max(SPAN.c.id))).scalar() or 0
        self._documents: list[dict[str, Any]] = []
        self._spans: list[dict[str, Any]] = []
        self._reviews: list[dict[str, Any]] = []
        self._audited: list[dict[str, Any]] = []
        self.spans_written = 0
        self.spans_repeated = 0
        self.document_ids: list[int] = []

    def add(self, mark: str, document: ImportedDocument, patient: str, place: Split | None) -> None:
        """Take in a document."""
        self._key += 1
        self.document_ids.append(self._key)
        split = place.value if place else None
        status = (ReviewStatus.DONE if document.reviewed else ReviewStatus.TODO).value
        tokens = document.tokens
        self._documents.append(
            {
                "id": self._key,
                "identity": mark,
                "name": document.name,
                "text": document.text,
                "length": len(document.text),
                "patient_id": patient,
                "split": split,
                "source": document.source,
                "key": document.key,
                "tokens": None if tokens is None else [list(piece) for piece in tokens],
                "meta": document.meta,
                "hidden": False,
            }
        )
        self._reviews.append(
            {
                "document_id": self._key,
                "annotator": self._annotator,
                "status": status,
                "seconds": 0.0,
            }
        )
        spans = self._take_spans(document)
        self._audited.append(
            {"id": self._key, "identity": mark, "status": status, "split": split, "spans": spans}
        )

    def _take_spans(self, document: ImportedDocument) -> dict[str, dict[str, Any]]:
        taken: set[tuple[tuple[Piece, ...], str]] = set()
        spans: dict[str, dict[str, Any]] = {}
        for span in document.spans:
            if (span.stretches(), span.label) in taken:
                self.spans_repeated += 1
                continue
            taken.add((span.stretches(), span.label))
            self._span_key += 1
            columns = span_columns(span, self._labels)
            spans[str(self._span_key)] = columns
            row = {"id": self._span_key, "document_id": self._key, **columns, "hidden": False}
            self._spans.append(row)
        return spans

    def write(self) -> None:
        """Insert what waits."""
        self.spans_written += len(self._spans)
        for table, rows in (
            (DOCUMENT, self._documents),
            (SPAN, self._spans),
            (_REVIEW, self._reviews),
        ):
            if rows:
                self._connection.execute(insert(table), rows)
                rows.clear()
        append(
            self._connection,
            annotator=self._annotator,
            kind="import",
            payload={"documents": self._audited, "labels": self._labels_added},
        )
        self._audited = []
        self._labels_added = {}


def _add_labels(connection: Connection, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Add the labels that the scheme lacks; returns what the audit keeps of them, by key."""
    known = live_labels(connection)
    have = LabelNames(connection)
    new = [Label(name) for name in names if not have.knows(name)]
    return insert_labels(connection, complete_labels((*known, *new))[len(known) :])


def _hash(patient: str, seed: int) -> float:
    """Return a number from 0 to 1 that only the patient and the seed decide."""
    digest = hashlib.sha256(f"{seed}\0{patient}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
