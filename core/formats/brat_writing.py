"""brat standoff written: a folder with a text and its annotations each, and the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.formats.brat_attributes import written_attribute
from core.formats.naming import file_stems, safe_names
from core.formats.tally import Losses
from core.formats.values import LeftOut
from core.schema.documents import LabelledDocument, Piece, Span
from core.schema.phrases import phrase

_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]+")
"""What brat does not take in the name of a type."""
_NOT_IN_VALUES = re.compile(r"[\s|,<>\[\]]+")
"""What parts values, or means something else, in annotation.conf; codes keep their points."""
_CHANGED_LABELS = phrase("labels with characters that brat does not take, written with _")
_CHANGED_ATTRIBUTES = phrase("attributes with characters that brat does not take, written with _")


def write(documents: Sequence[LabelledDocument], out: Path) -> tuple[LeftOut, ...]:
    """Write documents to a folder that brat opens.

    ``visual.conf`` shows labels whose names brat does not take under their own names.

    Returns:
        Names that had to be changed, and spans of nothing but line ends.
    """
    losses = Losses()
    spans = [span for item in documents for span in item.spans]
    labels = safe_names((span.label for span in spans), _FORBIDDEN, "label")
    written = [written_attribute(a) for span in spans for a in span.attributes]
    names = safe_names((name for name, _ in written), _FORBIDDEN, "attribute")
    values = safe_names((value for _, value in written if value), _NOT_IN_VALUES, "value")
    out.mkdir()
    stems = file_stems(item.document.name for item in documents)
    for item, stem in zip(documents, stems, strict=True):
        (out / f"{stem}.txt").write_text(item.document.text, encoding="utf-8", newline="\n")
        lines = _annotations(item, labels, names, {"": "", **values}, losses)
        (out / f"{stem}.ann").write_text("".join(lines), encoding="utf-8", newline="\n")
    choices: dict[str, dict[str, None]] = {}
    for name, value in written:
        choices.setdefault(names[name], {}).update({values[value]: None} if value else {})
    configuration = _configuration(labels.values(), choices)
    (out / "annotation.conf").write_text(configuration, encoding="utf-8", newline="\n")
    (out / "visual.conf").write_text(_display(labels), encoding="utf-8", newline="\n")
    return losses.told()


def _annotations(
    item: LabelledDocument,
    labels: dict[str, str],
    names: dict[str, str],
    values: dict[str, str],
    losses: Losses,
) -> list[str]:
    """Return the lines of a document's annotations."""
    text, document = item.document.text, item.document.name
    lines: list[str] = []
    number, attributes = 0, 0
    for span in item.spans:
        pieces = _pieces(span, text)
        if not pieces:
            losses.add(document, phrase("spans of nothing but line ends"))
            continue
        number += 1
        losses.add(document, _CHANGED_LABELS, int(labels[span.label] != span.label))
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        quoted = " ".join(text[start:end] for start, end in pieces)
        lines.append(f"T{number}\t{labels[span.label]} {offsets}\t{quoted}\n")
        for attribute in span.attributes:
            name, value = written_attribute(attribute)
            changed = (names[name], values[value]) != (name, value)
            losses.add(document, _CHANGED_ATTRIBUTES, int(changed))
            attributes += 1
            tail = f" {values[value]}" if value else ""
            lines.append(f"A{attributes}\t{names[name]} T{number}{tail}\n")
    return lines


def _pieces(span: Span, text: str) -> list[Piece]:
    """Return a span's stretches, cut at line ends, which brat cannot hold within one."""
    pieces: list[Piece] = []
    for start, end in span.stretches():
        at = start
        for part in text[start:end].split("\n"):
            if part:
                pieces.append((at, at + len(part)))
            at += len(part) + 1
    return pieces


def _configuration(labels: Iterable[str], choices: dict[str, dict[str, None]]) -> str:
    """Return annotation.conf: the labels, and the attributes with their values."""
    lines = ["[entities]", *labels, "", "[relations]", "", "[events]", "", "[attributes]"]
    for name, values in choices.items():
        chosen = f", Value:{'|'.join(values)}" if values else ""
        lines.append(f"{name}\tArg:<ENTITY>{chosen}")
    return "\n".join([*lines, ""])


def _display(labels: dict[str, str]) -> str:
    """Return visual.conf: the names to be shown where they are not those of the files."""
    shown = [
        f"{form} | {' '.join(name.replace('|', '/').split())}"
        for name, form in labels.items()
        if form != name
    ]
    return "\n".join(["[labels]", *shown, "", "[drawing]", ""])
