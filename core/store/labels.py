"""The label scheme: labels can be added, renamed, recoloured and merged at any time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from core.schema.labels import Label, LabelScheme, complete_labels
from core.store.attribute_rows import follow_merge, live_attributes, to_definition
from core.store.chain import append
from core.store.changes import ChangeSet
from core.store.models import FormerNameRow, SettingRow, SuggestionRow, table_of
from core.store.project import Project
from core.store.replay import replay
from core.store.rows import DOCUMENT, SPAN, chunks
from core.store.scheme import LABEL, check_labels, insert_labels, label_columns, live_labels

_FORMER = table_of(FormerNameRow)
_SETTING = table_of(SettingRow)
_SUGGESTION = table_of(SuggestionRow)


def scheme(*, project: Project, as_of: int | None = None) -> LabelScheme:
    """Return labels (in the palette's order), guideline and attributes, now or as of an event."""
    with project.read() as connection:
        if as_of is None:
            return LabelScheme(
                live_labels(connection), _guideline(connection), live_attributes(connection)
            )
        past = replay(connection, until=as_of)
    labels = tuple(Label(**columns, id=key) for key, columns in sorted(past.labels.items()))
    names = {label.id: label.name for label in labels}
    attributes = tuple(
        to_definition(key, columns, names) for key, columns in sorted(past.attributes.items())
    )
    return LabelScheme(labels, past.guideline, attributes)


def span_counts(*, project: Project) -> dict[int, int]:
    """Return how many spans each label has in all records, by the label's key; none: no entry."""
    query = (
        select(SPAN.c.label_id, func.count())
        .join(DOCUMENT, DOCUMENT.c.id == SPAN.c.document_id)
        .where(~SPAN.c.hidden, ~DOCUMENT.c.hidden)
        .group_by(SPAN.c.label_id)
    )
    with project.read() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def add_label(*, project: Project, label: Label) -> ChangeSet:
    """Add a label; colour and hotkey are filled in where they are missing.

    Raises:
        KnownError: The name or the hotkey is taken, or one of them or the colour is invalid.
    """
    with project.write() as connection:
        completed = complete_labels((*live_labels(connection), _trimmed(label)))
        check_labels(completed)
        [(key, columns)] = insert_labels(connection, completed[-1:]).items()
        payload = {"label": int(key), "before": None, "after": columns}
        return _done(project, connection, "scheme", payload)


def change_label(*, project: Project, label: Label) -> ChangeSet:
    """Rename, recolour or re-key the label with ``label.id``, or change what is said of it.

    Raises:
        KnownError: The name or the hotkey is taken, or one of them or the colour is invalid.
        LookupError: There is no such label.
    """
    label = _trimmed(label)
    with project.write() as connection:
        present = live_labels(connection)
        before = _find(present, label.id)
        check_labels([label if other.id == label.id else other for other in present])
        columns = label_columns(label)
        connection.execute(update(LABEL).where(LABEL.c.id == label.id).values(**columns))
        if before.name != label.name:
            former = {"name": before.name, "label_id": label.id}
            connection.execute(insert(_FORMER), former)
        payload = {"label": label.id, "before": label_columns(before), "after": columns}
        return _done(project, connection, "scheme", payload)


def merge_labels(*, project: Project, source_id: int, target_id: int) -> ChangeSet:
    """Give all spans and suggestions of one label to another, and take it from the scheme.

    Where both labels have the same stretch, the target's span stays and the other goes.

    Raises:
        LookupError: One of the labels is not in the scheme, or both are the same.
    """
    if source_id == target_id:
        raise LookupError(source_id)
    with project.write() as connection:
        present = live_labels(connection)
        source, target = _find(present, source_id), _find(present, target_id)
        of_source = SPAN.c.label_id == source_id
        affected = set(connection.execute(select(SPAN.c.document_id).where(of_source)).scalars())
        repeated = _repeated_spans(connection, source_id, target_id)
        for keys in chunks(repeated):
            connection.execute(update(SPAN).where(SPAN.c.id.in_(keys)).values(hidden=True))
        connection.execute(update(SPAN).where(of_source).values(label_id=target_id))
        removed = _remove_repeated_suggestions(connection, source_id, target_id)
        connection.execute(
            update(_SUGGESTION)
            .where(_SUGGESTION.c.label_id == source_id)
            .values(label_id=target_id)
        )
        connection.execute(
            update(LABEL).where(LABEL.c.id == source_id).values(merged_into=target_id, hotkey="")
        )
        connection.execute(insert(_FORMER), {"name": source.name, "label_id": source_id})
        follow_merge(connection, source_id, target_id)
        payload = {
            "source": source_id,
            "target": target_id,
            "names": [source.name, target.name],
            "repeated": repeated,
            "suggestions_removed": removed,
        }
        return _done(project, connection, "merge", payload, affected)


def set_guideline(*, project: Project, text: str) -> ChangeSet:
    """Change the guideline that covers the whole scheme (Markdown)."""
    with project.write() as connection:
        before = _guideline(connection)
        connection.execute(update(_SETTING).where(_SETTING.c.key == "guideline").values(value=text))
        return _done(project, connection, "scheme", {"before": before, "after": text})


def _guideline(connection: Connection) -> str:
    query = select(_SETTING.c.value).where(_SETTING.c.key == "guideline")
    return str(connection.execute(query).scalar_one())


def _repeated_spans(connection: Connection, source_id: int, target_id: int) -> list[int]:
    """Return the source's spans whose very stretch the target has too."""
    other = SPAN.alias()
    same = and_(
        *(SPAN.c[name] == other.c[name] for name in ("document_id", "start", "end", "pieces"))
    )
    query = (
        select(SPAN.c.id)
        .join(other, same)
        .where(SPAN.c.label_id == source_id, ~SPAN.c.hidden)
        .where(other.c.label_id == target_id, ~other.c.hidden)
        .order_by(SPAN.c.id)
    )
    return list(connection.execute(query).scalars())


def _remove_repeated_suggestions(
    connection: Connection, source_id: int, target_id: int
) -> list[int]:
    """Remove the source's suggestions that the same model or list made for the target too."""
    other = _SUGGESTION.alias()
    names = ("document_id", "start", "end")
    makers = ("model_version_id", "term_list_id")
    same = and_(
        *(_SUGGESTION.c[name] == other.c[name] for name in names),
        # One of the two is null in every row.
        *(_SUGGESTION.c[name].is_not_distinct_from(other.c[name]) for name in makers),
    )
    query = (
        select(_SUGGESTION.c.id)
        .join(other, same)
        .where(_SUGGESTION.c.label_id == source_id, other.c.label_id == target_id)
        .order_by(_SUGGESTION.c.id)
    )
    removed = list(connection.execute(query).scalars())
    for keys in chunks(removed):
        connection.execute(_SUGGESTION.delete().where(_SUGGESTION.c.id.in_(keys)))
    return removed


def _trimmed(label: Label) -> Label:
    return replace(label, name=label.name.strip())


def _find(present: tuple[Label, ...], key: int) -> Label:
    for label in present:
        if label.id == key:
            return label
    raise LookupError(key)


def _done(
    project: Project,
    connection: Connection,
    kind: str,
    payload: dict[str, Any],
    documents: set[int] | None = None,
) -> ChangeSet:
    event = append(connection, annotator=project.annotator, kind=kind, payload=payload)
    return ChangeSet(
        event_id=event,
        documents=frozenset(documents or ()),
        spans=bool(documents),
        suggestions=kind == "merge",
        scheme=True,
    )
