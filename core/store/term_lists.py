"""The term lists of a project: added, changed and deleted, each change audited, and what they find.

A list's suggestions stand beside the model's (see ``core.store.shown``). Deleting a list hides
it: what became of its suggestions stays known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from core.schema.documents import Document, PredictedSpan, ReviewStatus, SuggestionStatus
from core.schema.errors import KnownError
from core.schema.learning import ScoredDocument
from core.schema.term_lists import TermList, tidied_terms
from core.store.chain import append, last_event_in
from core.store.changes import ChangeSet
from core.store.models import ReviewRow, SuggestionRow, table_of
from core.store.project import Project
from core.store.rows import DOCUMENT, LabelNames, chunks, to_document
from core.store.scores import put_suggestions
from core.store.term_list_rows import (
    HEAD,
    LIST,
    audited,
    head_columns,
    term_columns,
    to_list,
)

_SUGGESTION = table_of(SuggestionRow)
_REVIEW = table_of(ReviewRow)
_UNREAD = (ReviewStatus.TODO.value, ReviewStatus.IN_PROGRESS.value)


@dataclass(frozen=True, slots=True)
class Suggested:
    """What came of the matches of a list in some documents.

    Attributes:
        suggestions: Suggestions of the list that are open in them now.
        documents: Keys of documents that have one.
        changes: What views must read again.
    """

    suggestions: int
    documents: frozenset[int]
    changes: ChangeSet


def term_lists(*, project: Project) -> tuple[TermList, ...]:
    """Return the lists by name, without their terms."""
    with project.read() as connection:
        labels = LabelNames(connection)
        rows = connection.execute(select(*HEAD).where(~LIST.c.hidden).order_by(LIST.c.name))
        return tuple(to_list(row, labels) for row in rows)


def term_list(*, project: Project, list_id: int) -> TermList:
    """Return a list with its terms.

    Raises:
        LookupError: There is no such list.
    """
    with project.read() as connection:
        row = _found(connection, list_id, with_terms=True)
        return to_list(row, LabelNames(connection), terms=row.terms)


def add_list(*, project: Project, term_list: TermList) -> tuple[TermList, ChangeSet]:
    """Add a list; its terms are tidied.

    Returns:
        The list as it is stored, with its key.

    Raises:
        KnownError: It has no name, or another list's.
        ValueError: The label is not in the scheme.
    """
    made = _tidied(term_list)
    with project.write() as connection:
        labels = LabelNames(connection)
        _check_name(connection, made)
        columns = head_columns(made, labels) | term_columns(made.terms)
        key = connection.execute(insert(LIST).returning(LIST.c.id), columns).scalar_one()
        changes = _audit(project, connection, key, None, audited(columns))
    return replace(made, id=key), changes


def change_list(*, project: Project, term_list: TermList) -> ChangeSet:
    """Change all of the list with ``term_list.id`` but its terms.

    Its open suggestions stay until it is run again; only another label takes them away at once.

    Raises:
        KnownError: It has no name, or another list's.
        LookupError: There is no such list.
        ValueError: The label is not in the scheme.
    """
    after = _tidied(term_list)
    with project.write() as connection:
        labels = LabelNames(connection)
        before = _found(connection, after.id)
        _check_name(connection, after)
        columns = head_columns(after, labels)
        same_label = labels.name(before.label_id) == labels.name(columns["label_id"])
        connection.execute(update(LIST).where(LIST.c.id == after.id).values(columns))
        gone = set() if same_label else _remove_open(connection, after.id)
        shown = before.enabled != after.enabled
        said = audited(before)
        now = {name: columns.get(name, value) for name, value in said.items()}
        return _audit(project, connection, after.id, said, now, gone, shown=shown)


def set_terms(*, project: Project, list_id: int, terms: Sequence[str]) -> ChangeSet:
    """Give a list other terms, tidied; its open suggestions stay until it is run again.

    Raises:
        LookupError: There is no such list.
    """
    columns = term_columns(tidied_terms(terms))
    with project.write() as connection:
        said = audited(_found(connection, list_id))
        connection.execute(update(LIST).where(LIST.c.id == list_id).values(columns))
        now = {name: columns.get(name, value) for name, value in said.items()}
        return _audit(project, connection, list_id, said, now)


def delete_list(*, project: Project, list_id: int) -> ChangeSet:
    """Delete a list with its open suggestions; labels that came of it stay.

    Raises:
        LookupError: There is no such list.
    """
    with project.write() as connection:
        before = _found(connection, list_id)
        connection.execute(update(LIST).where(LIST.c.id == list_id).values(hidden=True))
        gone = _remove_open(connection, list_id)
        return _audit(project, connection, list_id, audited(before), None, gone)


def open_count(*, project: Project, list_id: int) -> int:
    """Count the open suggestions of a list."""
    with project.read() as connection:
        return len(connection.execute(_open_of(list_id)).all())


def unread_documents(*, project: Project, document_ids: Sequence[int]) -> list[Document]:
    """Return those of the documents that are to do or in progress, for a list to look through."""
    found: list[Document] = []
    with project.read() as connection:
        for keys in chunks(document_ids):
            query = (
                select(DOCUMENT)
                .join(_REVIEW, _REVIEW.c.document_id == DOCUMENT.c.id)
                .where(DOCUMENT.c.id.in_(keys), ~DOCUMENT.c.hidden, _REVIEW.c.status.in_(_UNREAD))
                .order_by(DOCUMENT.c.id)
            )
            found += [to_document(row) for row in connection.execute(query)]
    return found


def add_matches(
    *, project: Project, list_id: int, places: Mapping[int, Sequence[tuple[int, int]]]
) -> Suggested:
    """Put the places that a list found, by document, in the place of its open suggestions there.

    What is labelled so already, and what was accepted, corrected or rejected before from the same
    list, is passed over. A list that is gone meanwhile suggests nothing.
    """
    suggestions = 0
    with_some: set[int] = set()
    with project.write() as connection:
        row = connection.execute(select(*HEAD).where(LIST.c.id == list_id)).first()
        if row is None or row.hidden:
            return Suggested(0, frozenset(), ChangeSet(last_event_in(connection)))
        labels = LabelNames(connection)
        label = labels.name(row.label_id)
        for keys in chunks(places):
            found = [
                ScoredDocument(
                    key, tuple(PredictedSpan(*place, label, 1.0) for place in places[key]), {}
                )
                for key in keys
            ]
            suggestions += put_suggestions(connection, labels, ("term_list_id", list_id), found)
            held = _open_of(list_id).where(_SUGGESTION.c.document_id.in_(keys))
            with_some |= set(connection.execute(held).scalars())
        event = last_event_in(connection)
    changes = ChangeSet(event_id=event, documents=frozenset(places), suggestions=True)
    return Suggested(suggestions, frozenset(with_some), changes)


def _open_of(list_id: int) -> Any:
    return select(_SUGGESTION.c.document_id).where(
        _SUGGESTION.c.term_list_id == list_id,
        _SUGGESTION.c.status == SuggestionStatus.OPEN.value,
    )


def _remove_open(connection: Connection, list_id: int) -> set[int]:
    """Remove a list's open suggestions, and return the documents that had one."""
    documents = set(connection.execute(_open_of(list_id)).scalars())
    connection.execute(
        delete(_SUGGESTION).where(
            _SUGGESTION.c.term_list_id == list_id,
            _SUGGESTION.c.status == SuggestionStatus.OPEN.value,
        )
    )
    return documents


def _tidied(term_list: TermList) -> TermList:
    terms = tidied_terms(term_list.terms)
    name = " ".join(term_list.name.split())
    return replace(term_list, name=name, terms=terms, term_count=len(terms))


def _check_name(connection: Connection, term_list: TermList) -> None:
    if not term_list.name:
        raise KnownError("The list has no name.", "Type one.")
    same = select(LIST.c.id).where(
        LIST.c.name == term_list.name, ~LIST.c.hidden, LIST.c.id != term_list.id
    )
    if connection.execute(same).first() is not None:
        raise KnownError(
            "There is a list named {name} already.", "Choose another name.", name=term_list.name
        )


def _found(connection: Connection, list_id: int, *, with_terms: bool = False) -> Row[Any]:
    query = select(*LIST.c) if with_terms else select(*HEAD)
    row = connection.execute(query.where(LIST.c.id == list_id, ~LIST.c.hidden)).first()
    if row is None:
        raise LookupError(list_id)
    return row


def _audit(
    project: Project,
    connection: Connection,
    key: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    documents: set[int] | None = None,
    *,
    shown: bool = False,
) -> ChangeSet:
    payload = {"term_list": key, "before": before, "after": after}
    event = append(connection, annotator=project.annotator, kind="scheme", payload=payload)
    gone = frozenset(documents or ())
    return ChangeSet(event_id=event, documents=gone, suggestions=bool(gone), queue=shown)
