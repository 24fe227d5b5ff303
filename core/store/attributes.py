"""The attributes that a project defines: added, changed and removed, each change audited.

Spans keep what they hold. So an attribute that spans hold cannot be renamed; a choice that is
taken away, or a definition that is removed, stays on the spans that have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, delete, text, update

from core.schema.attributes import AttributeDefinition, AttributeKind, check_definitions, encoded
from core.schema.errors import KnownError
from core.store.attribute_rows import (
    ATTRIBUTE,
    CODE,
    NO_CODES,
    definition_columns,
    insert_attributes,
    live_attributes,
    stored_attributes,
)
from core.store.chain import append
from core.store.changes import ChangeSet
from core.store.project import Project

_HOLDING = text(
    "SELECT count(DISTINCT span.id) FROM span JOIN json_each(span.attributes) AS held "
    "WHERE NOT span.hidden AND (held.value = :name "
    "OR substr(held.value, 1, length(:marked)) = :marked)"
)


class Verb(Protocol):
    """What adds or changes a definition."""

    def __call__(self, *, project: Project, definition: AttributeDefinition) -> ChangeSet:
        """Do so, and return what changed."""


def definitions(*, project: Project) -> tuple[AttributeDefinition, ...]:
    """Return the attributes that the project defines, in the order in which they were made."""
    with project.read() as connection:
        return live_attributes(connection)


def add_attribute(*, project: Project, definition: AttributeDefinition) -> ChangeSet:
    """Define an attribute.

    Raises:
        KnownError: The name is taken or no name, or a choice is there twice.
        ValueError: It is for a label that the scheme has not.
    """
    with project.write() as connection:
        [(key, columns)] = insert_attributes(connection, [_trimmed(definition)]).items()
        return audit_definition(project, connection, int(key), None, columns)


def change_attribute(*, project: Project, definition: AttributeDefinition) -> ChangeSet:
    """Change the definition with ``definition.id``; one that is no code loses its look-up list.

    Raises:
        KnownError: The name is taken or no name, a choice is there twice, or the name is to be
            another while labels hold it.
        LookupError: There is no such attribute.
        ValueError: It is for a label that the scheme has not.
    """
    definition = _trimmed(definition)
    with project.write() as connection:
        before = find_columns(connection, definition.id)
        present = live_attributes(connection)
        check_definitions([definition if one.id == definition.id else one for one in present])
        if definition.name != before["name"] and (count := _holding(connection, before["name"])):
            raise KnownError(
                "{name} cannot be renamed: {count} labels have it.",
                "Clear it there first, or define another attribute.",
                name=before["name"],
                count=count,
            )
        after = before | definition_columns(connection, definition)
        if definition.kind is not AttributeKind.CODE:
            connection.execute(delete(CODE).where(CODE.c.attribute_id == definition.id))
            after |= NO_CODES
        return write_definition(project, connection, definition.id, before, after)


def remove_attribute(*, project: Project, attribute_id: int) -> ChangeSet:
    """Take an attribute and its look-up list from the scheme; labels keep what they hold.

    Raises:
        LookupError: There is no such attribute.
    """
    with project.write() as connection:
        before = find_columns(connection, attribute_id)
        connection.execute(delete(CODE).where(CODE.c.attribute_id == attribute_id))
        connection.execute(delete(ATTRIBUTE).where(ATTRIBUTE.c.id == attribute_id))
        return audit_definition(project, connection, attribute_id, before, None)


def use_counts(*, project: Project) -> dict[int, int]:
    """Return how many labels hold each attribute in all records, by the attribute's key."""
    with project.read() as connection:
        return {one.id: _holding(connection, one.name) for one in live_attributes(connection)}


def find_columns(connection: Connection, attribute_id: int) -> dict[str, Any]:
    """Return what the audit keeps of a definition.

    Raises:
        LookupError: There is no such attribute.
    """
    return stored_attributes(connection)[attribute_id]


def write_definition(
    project: Project,
    connection: Connection,
    attribute_id: int,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> ChangeSet:
    """Write and audit a definition's row within the caller's transaction."""
    change = update(ATTRIBUTE).where(ATTRIBUTE.c.id == bindparam("key"))
    connection.execute(change, {"key": attribute_id, **after})
    return audit_definition(project, connection, attribute_id, before, after)


def audit_definition(
    project: Project,
    connection: Connection,
    attribute_id: int,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> ChangeSet:
    """Audit what became of a definition; None where it was not there, or is no more."""
    payload = {"attribute": attribute_id, "before": before, "after": after}
    event = append(connection, annotator=project.annotator, kind="scheme", payload=payload)
    return ChangeSet(event_id=event, scheme=True)


def _holding(connection: Connection, name: str) -> int:
    marked = encoded(name, "x").removesuffix("x")
    return int(connection.execute(_HOLDING, {"name": name, "marked": marked}).scalar_one())


def _trimmed(definition: AttributeDefinition) -> AttributeDefinition:
    return replace(definition, name=definition.name.strip())
