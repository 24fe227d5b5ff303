"""JSON values one after the other: one a line, printed over several, or in one array."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from core.schema.phrases import phrase

_DECODER = json.JSONDecoder()
_WHITE = " \t\n\r"


@dataclass(frozen=True, slots=True)
class Item:
    """A value of the stream.

    Attributes:
        line: Where it begins, from 1.
        value: What was read.
        error: Why it could not be read, a plain phrase; else empty.
    """

    line: int
    value: object = None
    error: str = ""


def json_items(text: str) -> Iterator[Item]:
    """Read all values of a text; what is broken is told, and reading goes on where it can.

    A stream goes on at the next line that begins with a brace; of an array, what follows a broken
    element cannot be told apart from it and is not read.
    """
    start = _skip(text, 0)
    if text[start : start + 1] == "[":
        yield from _array(text, start)
    else:
        yield from _stream(text, start)


def _stream(text: str, at: int) -> Iterator[Item]:
    line, counted = 1, 0
    while at < len(text):
        line += text.count("\n", counted, at)
        counted = at
        item, end = _value(text, at, line)
        if item.error:
            end = _next_brace(text, at)
        yield item
        at = _skip(text, end)


def _array(text: str, at: int) -> Iterator[Item]:
    line, counted = 1, 0
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        line += text.count("\n", counted, at)
        counted = at
        item, at = _value(text, at, line)
        at = _skip(text, at)
        yield item
        if item.error:
            return
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            line += text.count("\n", counted, at)
            yield Item(line, error=phrase("the JSON array is broken off here"))
            return
    rest = _skip(text, at + 1)
    if rest < len(text):
        line += text.count("\n", counted, rest)
        yield Item(line, error=phrase("something follows the end of the JSON array"))


def _value(text: str, at: int, line: int) -> tuple[Item, int]:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except RecursionError:
        return Item(line, error=phrase("its JSON is nested too deeply")), at
    except json.JSONDecodeError as error:
        return Item(
            line, error=phrase("it is not valid JSON ({reason})", reason=error.msg.lower())
        ), at
    except ValueError:
        return Item(line, error=phrase("it holds a number that is too long")), at
    return Item(line, value), end


def _next_brace(text: str, at: int) -> int:
    found = text.find("\n{", at)
    return len(text) if found < 0 else found + 1


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITE:
        at += 1
    return at
