"""Import: files through a reader into the store, in one piece, with a report that stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from core.formats.reading import read
from core.formats.values import Fault, Note, ReadOptions
from core.operations.prelabelling import Prelabelling, later_lists
from core.schema.documents import Split
from core.schema.errors import KnownError
from core.schema.phrases import phrase
from core.store import documents, reports
from core.store.changes import ChangeSet
from core.store.project import Project

OnFault = Literal["skip", "rollback"]
Progress = Callable[[str, int, int], None]
"""Gets the step's name, how much is done and how much there is (0: not known)."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; kept in the project as it is shown.

    Attributes:
        at: When, UTC, ISO 8601.
        formats: Format of each file.
        added: Documents that are new in the project.
        duplicates: Names of documents that were there already.
        spans: Labelled spans that came with the new documents.
        labels_added: Labels that the scheme did not have.
        faults: What could not be read, with file and line.
        notes: What was read otherwise than written, or left out.
        rolled_back: Whether nothing was added because of the faults.
    """

    at: str
    formats: dict[str, str]
    added: int
    duplicates: tuple[str, ...]
    spans: int
    labels_added: tuple[str, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]
    rolled_back: bool


def import_files(
    *,
    project: Project,
    paths: Sequence[Path],
    format: str | None = None,
    options: ReadOptions | None = None,
    split: Split | Literal["auto"] | None = None,
    on_fault: OnFault = "skip",
    progress: Progress | None = None,
) -> tuple[ImportReport, ChangeSet | None]:
    """Read files and add their documents to the project.

    Args:
        project: The open project.
        paths: Files and folders.
        format: Name of the format; recognised file by file where None.
        options: Columns, encoding and the like.
        split: Part of the data for all new documents; ``auto`` places whole patients by a hash.
        on_fault: Whether a fault leaves out what it concerns, or everything.
        progress: Called now and then; may raise to cancel, and nothing is imported then. While
            the new records are looked through for terms they stay, and only that ends.

    Returns:
        The report, and the change set unless nothing was added.

    Raises:
        KnownError: A file cannot be opened, is of a foreign format, or holds nothing to import.
    """
    reading = read(
        paths=paths,
        format=format,
        options=options or ReadOptions(),
        progress=_step(progress, phrase("Reading")),
    )
    if not reading.documents and not reading.faults:
        raise KnownError(
            "There is nothing to import in the chosen files.", "Choose files that hold records."
        )
    rolled_back = on_fault == "rollback" and bool(reading.faults)
    added = None
    if reading.documents and not rolled_back:
        added = documents.add_documents(
            project=project,
            documents=reading.documents,
            split=split,
            progress=_step(progress, phrase("Saving")),
        )
        _look_for_terms(project, added.document_ids, progress)
    report = ImportReport(
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        formats=dict(reading.formats),
        added=added.added if added else 0,
        duplicates=tuple(added.duplicates) if added else (),
        spans=added.spans if added else 0,
        labels_added=tuple(added.labels_added) if added else (),
        faults=tuple(reading.faults),
        notes=tuple(reading.notes),
        rolled_back=rolled_back,
    )
    reports.add_report(project=project, report=asdict(report))
    return report, added.changes if added else None


def _look_for_terms(
    project: Project, document_ids: Sequence[int], progress: Progress | None
) -> None:
    """Suggest in new records what those lists find that are to look through later ones."""
    for key in later_lists(project=project) if document_ids else ():
        try:
            work = Prelabelling(project=project, list_ids=[key], document_ids=document_ids)
        except KnownError:
            # The list's own dialog says which of its patterns is invalid.
            continue
        while not work.finished:
            work.keep(work.look())
            try:
                if progress is not None:
                    progress(phrase("Looking for terms"), work.tally.looked, work.tally.total)
            except Exception:
                # Whoever waits has had enough; the records are saved, and a list can be run later.
                return


def _step(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    tell = progress

    def told(done: int, total: int) -> None:
        tell(name, done, total)

    return told
