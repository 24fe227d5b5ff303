"""Attributes that a project defines for its labels, and how a span holds their values.

A span's attribute is a string: ``name`` for a flag, ``name=value`` for one with a value. Only this
module puts the two together and takes them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.schema.documents import Attribute
from core.schema.errors import KnownError

_NAME = re.compile(r"[\w-]+")
_MARK = "="


class AttributeKind(StrEnum):
    """What values an attribute takes."""

    FLAG = "flag"
    CHOICE = "choice"
    TEXT = "text"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class AttributeDefinition:
    """An attribute beside the five of ``Attribute``.

    Attributes:
        name: Unique in its scheme; letters, digits, ``_`` and ``-``.
        kind: What values it takes.
        choices: The values of a choice, in the order in which they are offered.
        labels: Names of the labels that have it; empty for all labels.
        description: One line.
        code_count: How many entries the look-up list of a code has; 0 where none is loaded.
        code_source: Base name of the file that the list came from.
        id: Key in the store; 0 while it is not stored.
    """

    name: str
    kind: AttributeKind = AttributeKind.FLAG
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    description: str = ""
    code_count: int = 0
    code_source: str = ""
    id: int = 0

    def holds_for(self, label: str) -> bool:
        """Tell whether spans of a label may have it."""
        return not self.labels or label in self.labels


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of a look-up list, ``J44.1`` with its term, say."""

    code: str
    term: str


def encoded(name: str, value: str = "") -> str:
    """Return the string by which a span holds an attribute; a flag has no value."""
    return f"{name}{_MARK}{value}" if value else name


def decoded(attribute: str) -> tuple[str, str]:
    """Return name and value (empty for a flag) of a span's attribute."""
    name, _, value = attribute.partition(_MARK)
    return name, value


def value_of(attributes: Iterable[str], name: str) -> str | None:
    """Return the value that a span has for a name, empty for a flag, or None where it has none."""
    return next((value for held, value in map(decoded, attributes) if held == name), None)


def with_value(attributes: Iterable[str], name: str, value: str = "") -> tuple[str, ...]:
    """Return attributes with one set, whatever it was before, sorted."""
    return tuple(sorted({*without(attributes, name), encoded(name, clean_value(value))}))


def without(attributes: Iterable[str], name: str) -> tuple[str, ...]:
    """Return attributes without one, sorted."""
    return tuple(sorted({held for held in attributes if decoded(held)[0] != name}))


def clean_value(value: str) -> str:
    """Return a value as it is kept: on one line, blanks single and none at the ends."""
    return " ".join(value.split())


def offered(
    definitions: Iterable[AttributeDefinition], label: str, attributes: Iterable[str] = ()
) -> tuple[AttributeDefinition, ...]:
    """Return what may be set on a span, and what it has though nobody defined it for its label.

    An undefined attribute (imported, or of a definition that was removed) is a text where it has
    a value and a flag where it has none; its key is 0. The five of ``Attribute`` are left out.

    Args:
        definitions: The scheme's.
        label: The span's label.
        attributes: The span's attributes.
    """
    held = dict(map(decoded, attributes))
    found = [one for one in definitions if one.holds_for(label) or one.name in held]
    known = {one.name for one in found} | set(Attribute)
    found += [
        AttributeDefinition(name, AttributeKind.TEXT if value else AttributeKind.FLAG)
        for name, value in sorted(held.items())
        if name not in known
    ]
    return tuple(found)


def check_definitions(definitions: Sequence[AttributeDefinition]) -> None:
    """Check what the definitions of one scheme must keep to.

    Raises:
        KnownError: A name is empty, there twice, one of the five, or has other characters; or a
            choice is empty or there twice.
    """
    names: set[str] = set()
    for definition in definitions:
        name = definition.name
        if not name:
            raise KnownError("An attribute needs a name.", "Type one.")
        if not _NAME.fullmatch(name):
            raise KnownError(
                "The name of an attribute has letters, digits, _ and - only.",
                "Write severity or icd-10, say.",
            )
        if name.casefold() in set(Attribute):
            raise KnownError(
                "Every label has the attribute {name} already.", "Choose another name.", name=name
            )
        if name.casefold() in names:
            raise KnownError(
                "There is an attribute named {name} already.", "Choose another name.", name=name
            )
        names.add(name.casefold())
        choices = [clean_value(choice) for choice in definition.choices]
        if "" in choices or len(set(choices)) < len(choices):
            raise KnownError(
                "A choice of the attribute {name} is empty or there twice.",
                "Write each choice once, on a line of its own.",
                name=name,
            )
