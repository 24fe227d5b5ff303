"""Attributes as brat and its users name them, and the names that Chartmark has for them."""

from __future__ import annotations

from core.schema.attributes import decoded, encoded
from core.schema.documents import Attribute

_SYNONYMS = {
    "negated": Attribute.NEGATED,
    "negation": Attribute.NEGATED,
    "negative": Attribute.NEGATED,
    "uncertain": Attribute.UNCERTAIN,
    "uncertainty": Attribute.UNCERTAIN,
    "speculation": Attribute.UNCERTAIN,
    "speculated": Attribute.UNCERTAIN,
    "historical": Attribute.HISTORICAL,
    "history": Attribute.HISTORICAL,
    "family": Attribute.FAMILY,
    "familyhistory": Attribute.FAMILY,
    "conditional": Attribute.CONDITIONAL,
    "hypothetical": Attribute.CONDITIONAL,
}
_YES = frozenset({"", "true", "yes", "1"})
_NO = frozenset({"false", "no", "0"})


def attribute_of(name: str, value: str) -> str | None:
    """Return the name of a span's attribute.

    Args:
        name: As in the file; well-known names of the attributes become those.
        value: As in the file; empty for a flag.

    Returns:
        ``name``, ``name=value`` where the value says more than yes, or None where a well-known
        one is said not to hold.
    """
    plain = name.casefold().replace("_", "").replace("-", "")
    known = _SYNONYMS.get(plain)
    if known is not None and value.casefold() in _NO:
        return None
    if known is not None and value.casefold() in _YES:
        return known.value
    return encoded(name, value)


def written_attribute(attribute: str) -> tuple[str, str]:
    """Return name and value (empty for a flag) under which an attribute is written."""
    if attribute in set(Attribute):
        return attribute.capitalize(), ""
    return decoded(attribute)
