"""Which format a file is of, by what it holds first and by its suffix second."""

from __future__ import annotations

from core.formats import brat, conll, jsonl, plain, pubtator, table
from core.formats.values import Source

_TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".psv"})


def recognise(source: Source) -> str | None:
    """Return the name of a file's format, or None where it may be anything.

    The order matters: a TSV of records and a CoNLL file part by tabs alike, so a header with a
    text's name is looked for before tags are; plain text is what is left over.
    """
    suffix = source.path.suffix.lower()
    if jsonl.recognises(source):
        return "jsonl"
    if brat.recognises(source):
        return "brat"
    if pubtator.recognises(source):
        return "pubtator"
    tabular = suffix in _TABLE_SUFFIXES
    if (tabular or plain.recognises(source)) and table.recognises(source):
        return _table(source)
    if conll.recognises(source):
        return "conll"
    if tabular:
        return _table(source)
    return "text" if plain.recognises(source) else None


def _table(source: Source) -> str:
    return "tsv" if table.is_tab_separated(source) else "csv"
