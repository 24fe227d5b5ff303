"""The label scheme: labels can be added, renamed, recoloured and merged at any time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from core.schema.errors import KnownError
from core.schema.labels import Label, LabelScheme, complete_labels
from core.store import audit
from core.store.changes import ChangeSet
from core.store.models import LabelRow, SettingRow, SuggestionRow, table_of
from core.store.project import Project
from core.store.rows import SPAN

_LABEL = table_of(LabelRow)
_SETTING = table_of(SettingRow)
_SUGGESTION = table_of(SuggestionRow)


def scheme(*, project: Project) -> LabelScheme:
    """Return the labels in the palette's order, and the guideline."""
    with project.read() as connection:
        return _scheme(connection)


def add_label(*, project: Project, label: Label) -> ChangeSet:
    """Add a label; colour and hotkey are filled in where they are missing.

    Raises:
        KnownError: The name or the hotkey is taken, or the name is empty.
    """
    with project.write() as connection:
        present = _scheme(connection).labels
        completed = complete_labels((*present, label))[-1]
        _check(completed, present)
        position = connection.execute(select(func.max(_LABEL.c.position))).scalar()
        connection.execute(insert(_LABEL), {**_columns(completed), "position": (position or 0) + 1})
        return _done(project, connection, "scheme", {"added": _columns(completed)})


def change_label(*, project: Project, label: Label) -> ChangeSet:
    """Rename, recolour or re-key the label with ``label.id``, or change what is said of it.

    Raises:
        KnownError: The name or the hotkey is taken, or the name is empty.
        LookupError: There is no such label.
    """
    with project.write() as connection:
        present = _scheme(connection).labels
        before = _find(present, label.id)
        _check(label, tuple(other for other in present if other.id != label.id))
        connection.execute(update(_LABEL).where(_LABEL.c.id == label.id).values(**_columns(label)))
        payload = {"label": label.id, "before": _columns(before), "after": _columns(label)}
        return _done(project, connection, "scheme", payload)


def merge_labels(*, project: Project, source_id: int, target_id: int) -> ChangeSet:
    """Give all spans and suggestions of one label to another, and take it from the scheme.

    Raises:
        LookupError: One of the labels is not in the scheme, or both are the same.
    """
    if source_id == target_id:
        raise LookupError(source_id)
    with project.write() as connection:
        present = _scheme(connection).labels
        source, target = _find(present, source_id), _find(present, target_id)
        affected = set(
            connection.execute(
                select(SPAN.c.document_id).where(SPAN.c.label_id == source_id)
            ).scalars()
        )
        connection.execute(
            update(SPAN).where(SPAN.c.label_id == source_id).values(label_id=target_id)
        )
        # A model may have made the same suggestion for both; the target's stays.
        connection.exec_driver_sql(
            "DELETE FROM suggestion WHERE label_id = ? AND EXISTS (SELECT 1 FROM suggestion o "
            "WHERE o.label_id = ? AND o.document_id = suggestion.document_id "
            "AND o.model_version_id = suggestion.model_version_id "
            'AND o.start = suggestion.start AND o."end" = suggestion."end")',
            (source_id, target_id),
        )
        connection.execute(
            update(_SUGGESTION)
            .where(_SUGGESTION.c.label_id == source_id)
            .values(label_id=target_id)
        )
        connection.execute(
            update(_LABEL).where(_LABEL.c.id == source_id).values(merged_into=target_id, hotkey="")
        )
        payload = {
            "source": source_id,
            "target": target_id,
            "names": [source.name, target.name],
        }
        return _done(project, connection, "merge", payload, affected)


def set_guideline(*, project: Project, text: str) -> ChangeSet:
    """Change the guideline that covers the whole scheme (Markdown)."""
    with project.write() as connection:
        before = _scheme(connection).guideline
        connection.execute(update(_SETTING).where(_SETTING.c.key == "guideline").values(value=text))
        return _done(project, connection, "scheme", {"before": before, "after": text})


def _scheme(connection: Connection) -> LabelScheme:
    rows = connection.execute(
        select(_LABEL).where(_LABEL.c.merged_into.is_(None)).order_by(_LABEL.c.position)
    )
    found = tuple(
        Label(
            name=row.name,
            colour=row.colour,
            hotkey=row.hotkey,
            description=row.description,
            guideline=row.guideline,
            id=row.id,
        )
        for row in rows
    )
    guideline = connection.execute(
        select(_SETTING.c.value).where(_SETTING.c.key == "guideline")
    ).scalar()
    return LabelScheme(found, guideline or "")


def _columns(label: Label) -> dict[str, Any]:
    return {
        "name": label.name.strip(),
        "colour": label.colour,
        "hotkey": label.hotkey,
        "description": label.description,
        "guideline": label.guideline,
    }


def _find(present: tuple[Label, ...], key: int) -> Label:
    for label in present:
        if label.id == key:
            return label
    raise LookupError(key)


def _check(label: Label, others: tuple[Label, ...]) -> None:
    name = label.name.strip()
    if not name:
        raise KnownError("A label needs a name.", "Type one.")
    if any(other.name == name for other in others):
        raise KnownError(f"There is a label named {name} already.", "Choose another name.")
    taken = [other.name for other in others if other.hotkey and other.hotkey == label.hotkey]
    if taken:
        raise KnownError(f"The key {label.hotkey} belongs to {taken[0]}.", "Choose another key.")


def _done(
    project: Project,
    connection: Connection,
    kind: str,
    payload: dict[str, Any],
    documents: set[int] | None = None,
) -> ChangeSet:
    event = audit.append(connection, annotator=project.annotator, kind=kind, payload=payload)
    return ChangeSet(
        event_id=event,
        documents=frozenset(documents or ()),
        spans=bool(documents),
        suggestions=kind == "merge",
        scheme=True,
    )
