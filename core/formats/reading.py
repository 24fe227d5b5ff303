"""Reading files and folders of any format: documents, and all that could not be taken as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.formats.opening import open_source
from core.formats.recognition import recognise
from core.formats.registry import FORMATS
from core.formats.values import Fault, FileReading, Note, ReadOptions, Source
from core.formats.walking import walk
from core.schema.documents import ImportedDocument
from core.schema.errors import KnownError
from core.schema.phrases import phrase

_UNKNOWN = phrase("its format is not known; name it if it is one that Chartmark reads")
_REPEATED = phrase("spans of the same stretch and label as another are kept once")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        documents: The records, in the order of files and places in them.
        faults: What could not be read.
        notes: What was read otherwise than written, or left out.
        formats: Format of each file that was read, by its base name.
    """

    documents: tuple[ImportedDocument, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    formats: dict[str, str]


def read(
    *,
    paths: Sequence[Path],
    format: str | None = None,
    options: ReadOptions | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """Read files and folders.

    Args:
        paths: Files and folders.
        format: Name of the format of all files; recognised file by file where None.
        options: Columns, encoding and the like.
        progress: Told after each file how many bytes are done, of how many; what it raises ends
            the reading.

    Raises:
        KnownError: A path is not there, the format or encoding has no such name, or none of the
            files is one that Chartmark reads (one such file among others is a fault).
    """
    if format is not None and format not in FORMATS:
        raise KnownError(
            "There is no format of that name.", "Use {formats}.", formats=", ".join(FORMATS)
        )
    chosen = options or ReadOptions()
    found = walk(paths)
    sizes = [_size(file) for file in found.files]
    documents: list[ImportedDocument] = []
    faults: list[Fault] = []
    notes: list[Note] = list(found.notes)
    formats: dict[str, str] = {}
    refused: list[Fault] = []
    done = 0
    for file, size in zip(found.files, sizes, strict=True):
        name, reading = read_file(file, format, chosen)
        if name:
            formats[file.name] = name
        elif reading.faults and not reading.faults[0].line:
            refused.append(reading.faults[0])
        documents += reading.documents
        faults += reading.faults
        notes += reading.notes
        done += size
        if progress is not None:
            progress(done, sum(sizes))
    if refused and len(refused) == len(found.files):
        _refuse(refused)
    return Reading(tuple(documents), tuple(faults), tuple(notes), formats)


def read_file(
    path: Path, format: str | None, options: ReadOptions, *, limit: int | None = None
) -> tuple[str, FileReading]:
    """Read one file.

    Args:
        path: The file.
        format: Name of its format; recognised where None.
        options: Columns, encoding and the like.
        limit: Read only so many bytes of it.

    Returns:
        The name of its format, empty where it could not be read at all, and what it holds. Of
        the beginning of a file, a record that the cut goes through is left out.

    Raises:
        KnownError: There is no encoding of the name that was given.
    """
    opened = open_source(path, options, limit=limit)
    if opened.source is None:
        return "", FileReading(faults=(opened.fault,) if opened.fault else ())
    name = format or recognise(opened.source)
    if name is None:
        return "", FileReading(faults=(Fault(path.name, 0, _UNKNOWN),))
    reading = FORMATS[name].read(opened.source, options)
    if not opened.complete:
        reading = _without_last(reading, opened.source)
    kept = _storable(reading)
    return name, FileReading(kept.documents, kept.faults, (*opened.notes, *kept.notes))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _refuse(refused: list[Fault]) -> None:
    first = refused[0]
    remedy = phrase(
        "Choose files of a format that Chartmark reads: {formats}.", formats=", ".join(FORMATS)
    )
    if len(refused) == 1:
        raise KnownError(
            "{file} cannot be imported: {reason}.", remedy, file=first.file, reason=first.reason
        )
    raise KnownError(
        "None of the {count} files can be imported; of {file}: {reason}.",
        remedy,
        count=len(refused),
        file=first.file,
        reason=first.reason,
    )


def _without_last(reading: FileReading, source: Source) -> FileReading:
    """Drop what the cut at the end of a beginning may have spoilt."""
    documents = reading.documents[:-1] if len(reading.documents) > 1 else reading.documents
    last = reading.documents[-1].line if reading.documents else source.text.count("\n")
    return FileReading(
        documents,
        tuple(fault for fault in reading.faults if fault.line < last),
        reading.notes,
    )


def _storable(reading: FileReading) -> FileReading:
    """Part off documents that no store can hold, and tell of spans that it holds once only."""
    documents: list[ImportedDocument] = []
    faults = list(reading.faults)
    repeated: list[Note] = []
    for document in reading.documents:
        reason = _why_not(document)
        if reason:
            faults.append(Fault(document.source, document.line, reason))
            continue
        documents.append(document)
        different = {(span.stretches(), span.label) for span in document.spans}
        if len(different) < len(document.spans):
            count = len(document.spans) - len(different)
            repeated.append(Note(document.source, document.line, _REPEATED, count))
    return FileReading(tuple(documents), tuple(faults), (*reading.notes, *_together(repeated)))


def _together(notes: list[Note]) -> tuple[Note, ...]:
    """Count notes of one reason in one, at the line of the first."""
    return (replace(notes[0], count=sum(note.count for note in notes)),) if notes else ()


def _why_not(document: ImportedDocument) -> str:
    words = [
        *(document.key, document.name, document.text, document.patient_id),
        *document.meta,
        *document.meta.values(),
        *(word for span in document.spans for word in (span.label, *span.attributes)),
    ]
    if not document.text.strip():
        return phrase("the text of this record is empty")
    if any("\0" in word for word in words):
        return phrase("it holds a NUL character")
    try:
        for word in words:
            word.encode("utf-8")
    except UnicodeEncodeError:
        return phrase("it holds half a surrogate pair, which is no character")
    return ""
