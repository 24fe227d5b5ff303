"""Texts in the language of the window: those of tables, and what core says in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from string import Formatter

from PySide6.QtCore import QCoreApplication

from core.schema.errors import KnownError

CORE = "Core"
"""The context of all that core says."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text`` as it is; lupdate knows this name and collects it under ``context``.

    Qt's own function of the name does the same but is typed as returning any object.
    """
    del context
    return text


def translated(context: str, text: str) -> str:
    """Return a collected text in the language of the window."""
    return QCoreApplication.translate(context, text)


def without_mnemonic(text: str) -> str:
    """Return a text of a menu without its letter (``&File``, ``文件(&F)``) and without dots."""
    return re.sub(r"\(&.\)|&", "", text).rstrip("…")


def message_of(error: KnownError) -> str:
    """Return what happened, in the language of the window."""
    return _filled(error.template, error.values)


def remedy_of(error: KnownError) -> str:
    """Return what the user can do about an error, in the language of the window."""
    return _filled(error.remedy_template, error.values)


def shown(error: KnownError) -> str:
    """Return what happened and what the user can do, in the language of the window."""
    return f"{message_of(error)} {remedy_of(error)}".strip()


def worded(text: str) -> str:
    """Return a phrase of core (``core.schema.phrases.phrase``) in the language of the window.

    What the store keeps and the worker sends is English with its values filled in; the template
    it was made from is found again by its fixed words.

    Args:
        text: The phrase, or several sentences of core with a blank between them.
    """
    return _catalogue.worded(text)


def learn_templates(templates: Callable[[], Iterable[str]] | None) -> None:
    """Say which templates core has.

    Args:
        templates: Called when the first phrase is worded; None where the window speaks English.
    """
    _catalogue.learn(templates)


class _Catalogue:
    """Finds the template that an English phrase was made from."""

    def __init__(self) -> None:
        self._templates: Callable[[], Iterable[str]] | None = None
        self._plain: frozenset[str] = frozenset()
        self._patterns: list[tuple[re.Pattern[str], str]] = []

    def learn(self, templates: Callable[[], Iterable[str]] | None) -> None:
        self._templates = templates
        self._plain, self._patterns = frozenset(), []

    def worded(self, text: str) -> str:
        if self._templates is None or not text:
            return text
        if not self._plain:
            self._read(self._templates())
        return self._whole(text) or self._sentences(text) or text

    def _read(self, templates: Iterable[str]) -> None:
        found = sorted(templates, key=_fixed_length, reverse=True)
        self._plain = frozenset(item for item in found if "{" not in item)
        self._patterns = [(_pattern(item), item) for item in found if "{" in item]

    def _whole(self, text: str) -> str:
        if text in self._plain:
            return translated(CORE, text)
        for pattern, template in self._patterns:
            match = pattern.fullmatch(text)
            if match:
                return _filled(template, match.groupdict())
        return ""

    def _sentences(self, text: str) -> str:
        """Word a message and its remedy, which stand after one another."""
        for end in re.finditer(r"(?<=[.!?]) ", text):
            first = self._whole(text[: end.start()])
            rest = self._whole(text[end.end() :])
            if first and rest:
                return f"{first} {rest}"
        return ""


def _filled(template: str, values: dict[str, object] | dict[str, str]) -> str:
    text = translated(CORE, template)
    if text == template and not values:
        # Said by another part of core, and handed on with an error.
        return worded(template)
    inner = {
        name: worded(value) if isinstance(value, str) else value for name, value in values.items()
    }
    return text.format(**inner) if values else text


def _fixed_length(template: str) -> int:
    """Return how many characters of a template are not values."""
    return sum(len(fixed) for fixed, *_ in Formatter().parse(template))


def _pattern(template: str) -> re.Pattern[str]:
    """Return what matches the phrases made from a template."""
    parts: list[str] = []
    named: set[str] = set()
    for fixed, name, *_ in Formatter().parse(template):
        parts.append(re.escape(fixed))
        if name:
            parts.append(f"(?P={name})" if name in named else f"(?P<{name}>.+?)")
            named.add(name)
    return re.compile("".join(parts), re.DOTALL)


_catalogue = _Catalogue()
