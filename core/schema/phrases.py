"""Phrases of core that people read besides errors: in English, translated where shown."""

from __future__ import annotations


def phrase(template: str, /, **values: object) -> str:
    """Return a phrase in English.

    It is a plain string, fit for the store, the worker's pipe and a terminal. The call marks
    ``template`` for translation: the window knows the phrase again by it (``app.texts.worded``).

    Args:
        template: A literal with ``{name}`` for each value.
        **values: What stands in the place of the names.
    """
    return template.format(**values) if values else template
