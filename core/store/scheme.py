"""Rows of the label scheme: what makes a label valid, and how labels are read and inserted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from core.schema.errors import KnownError
from core.schema.labels import Label
from core.store.models import LabelRow, table_of

LABEL = table_of(LabelRow)
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def live_labels(connection: Connection) -> tuple[Label, ...]:
    """Return the scheme's labels in the order of the palette."""
    query = select(LABEL).where(LABEL.c.merged_into.is_(None))
    rows = connection.execute(query.order_by(LABEL.c.position, LABEL.c.id))
    return tuple(_to_label(row) for row in rows)


def label_columns(label: Label) -> dict[str, Any]:
    """Return what the audit keeps of a label: its row but for key and place."""
    return {
        "name": label.name,
        "colour": label.colour,
        "hotkey": label.hotkey,
        "description": label.description,
        "guideline": label.guideline,
    }


def insert_labels(connection: Connection, labels: Sequence[Label]) -> dict[str, dict[str, Any]]:
    """Put labels at the end of the palette.

    Returns:
        By key (as JSON has it, a string) what the audit keeps of each.
    """
    last = select(
        func.coalesce(func.max(LABEL.c.id), 0), func.coalesce(func.max(LABEL.c.position), 0)
    )
    key, position = connection.execute(last).one()
    rows = {key + ordinal: label_columns(label) for ordinal, label in enumerate(labels, start=1)}
    if rows:
        connection.execute(
            insert(LABEL),
            [
                {"id": row_key, "position": position + row_key - key, **columns}
                for row_key, columns in rows.items()
            ],
        )
    return {str(row_key): columns for row_key, columns in rows.items()}


def check_labels(labels: Sequence[Label]) -> None:
    """Check what labels of one scheme must keep to.

    Raises:
        KnownError: A name is empty or there twice, a key is there twice, or a colour is none.
    """
    names: set[str] = set()
    keys: dict[str, str] = {}
    for label in labels:
        if not label.name.strip():
            raise KnownError("A label needs a name.", "Type one.")
        if label.name in names:
            raise KnownError(
                "There is a label named {label} already.",
                "Choose another name.",
                label=label.name,
            )
        names.add(label.name)
        if len(label.hotkey) > 1:
            raise KnownError("The key of a label is a single character.", "Choose one.")
        if label.hotkey and label.hotkey in keys:
            raise KnownError(
                "The key {key} belongs to {label}.",
                "Choose another key.",
                key=label.hotkey,
                label=keys[label.hotkey],
            )
        keys[label.hotkey] = label.name
        if not _COLOUR.fullmatch(label.colour):
            raise KnownError(
                "The colour of a label is # and six hexadecimal digits.", "Choose one."
            )


def _to_label(row: Row[Any]) -> Label:
    return Label(
        name=row.name,
        colour=row.colour,
        hotkey=row.hotkey,
        description=row.description,
        guideline=row.guideline,
        id=row.id,
    )
