"""Rows of the attributes that a project defines: how they are read, audited and inserted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from core.schema.attributes import (
    AttributeDefinition,
    AttributeKind,
    Code,
    check_definitions,
    clean_value,
)
from core.store.models import AttributeDefinitionRow, CodeRow, table_of
from core.store.scheme import live_labels

ATTRIBUTE = table_of(AttributeDefinitionRow)
CODE = table_of(CodeRow)
Columns = dict[str, Any]
NO_CODES: Columns = {"code_count": 0, "code_source": "", "code_digest": ""}
"""What a definition's row holds of its look-up list while none is loaded."""


def live_attributes(connection: Connection) -> tuple[AttributeDefinition, ...]:
    """Return the definitions in the order in which they were made."""
    names = {label.id: label.name for label in live_labels(connection)}
    return tuple(
        to_definition(key, columns, names)
        for key, columns in sorted(stored_attributes(connection).items())
    )


def stored_attributes(connection: Connection) -> dict[int, Columns]:
    """Return by key what the audit keeps of each definition."""
    return {
        row.id: {column.name: row._mapping[column] for column in ATTRIBUTE.c if column.name != "id"}
        for row in connection.execute(select(ATTRIBUTE))
    }


def to_definition(
    key: int, columns: Mapping[str, Any], label_names: Mapping[int, str]
) -> AttributeDefinition:
    """Return what a row, or the audit, says of a definition as a value."""
    labels = (label_names.get(label_id) for label_id in columns["label_ids"])
    return AttributeDefinition(
        name=columns["name"],
        kind=AttributeKind(columns["kind"]),
        choices=tuple(columns["choices"]),
        labels=tuple(name for name in labels if name is not None),
        description=columns["description"],
        code_count=columns["code_count"],
        code_source=columns["code_source"],
        id=key,
    )


def definition_columns(connection: Connection, definition: AttributeDefinition) -> Columns:
    """Return what a definition's row holds, its look-up list left out.

    Raises:
        ValueError: It is for a label that the scheme has not.
    """
    keys = {label.name: label.id for label in live_labels(connection)}
    if not keys.keys() >= set(definition.labels):
        raise ValueError("the scheme has no such label")
    chooses = definition.kind is AttributeKind.CHOICE
    return {
        "name": definition.name,
        "kind": definition.kind.value,
        "choices": [clean_value(choice) for choice in definition.choices] if chooses else [],
        "label_ids": sorted(keys[name] for name in set(definition.labels)),
        "description": clean_value(definition.description),
    }


def insert_attributes(
    connection: Connection, definitions: Sequence[AttributeDefinition]
) -> dict[str, Columns]:
    """Put definitions behind those that are there.

    Returns:
        By key (as JSON has it, a string) what the audit keeps of each.

    Raises:
        KnownError: A name is taken or no name.
        ValueError: One is for a label that the scheme has not.
    """
    if not definitions:
        return {}
    check_definitions((*live_attributes(connection), *definitions))
    made: dict[str, Columns] = {}
    for definition in definitions:
        columns = definition_columns(connection, definition) | NO_CODES
        adding = insert(ATTRIBUTE).values(**columns).returning(ATTRIBUTE.c.id)
        made[str(connection.execute(adding).scalar_one())] = columns
    return made


def follow_merge(connection: Connection, source_id: int, target_id: int) -> None:
    """Let what is defined for one label hold for the label that it was merged into."""
    for key, columns in stored_attributes(connection).items():
        moved = merged_labels(columns["label_ids"], source_id, target_id)
        if moved != columns["label_ids"]:
            connection.execute(update(ATTRIBUTE).where(ATTRIBUTE.c.id == key), {"label_ids": moved})


def merged_labels(label_ids: Iterable[int], source_id: int, target_id: int) -> list[int]:
    """Return keys of labels once one of them has become another."""
    return sorted({target_id if key == source_id else key for key in label_ids})


def digest_of(codes: Iterable[Code]) -> str:
    """Return SHA-256 over a look-up list in its order, by which the audit knows it again."""
    digest = hashlib.sha256()
    for entry in codes:
        digest.update(json.dumps([entry.code, entry.term], ensure_ascii=False).encode())
    return digest.hexdigest()


def stored_codes(connection: Connection, attribute_id: int) -> tuple[int, str]:
    """Return count and digest of the look-up list as it is stored; 0 and empty without one."""
    if not connection.execute(
        select(func.count()).select_from(CODE).where(CODE.c.attribute_id == attribute_id)
    ).scalar_one():
        return 0, ""
    query = select(CODE.c.code, CODE.c.term).where(CODE.c.attribute_id == attribute_id)
    codes = [Code(row.code, row.term) for row in connection.execute(query.order_by(CODE.c.id))]
    return len(codes), digest_of(codes)
