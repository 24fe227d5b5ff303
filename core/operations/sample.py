"""The sample project: synthetic notes with inline gold labels, read from resources/sample."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from core.schema.documents import ImportedDocument, Origin, Span, Split
from core.schema.labels import Label, LabelScheme
from core.store import documents
from core.store.project import Project

LABELS = (
    Label(
        "diabetes",
        description="Diabetes mellitus of any type and complications named by it",
        guideline="The disease, its types and complications named by it. Not measurements "
        "(*HbA1c*), not *hyperglycaemia* alone, not the clinic.",
    ),
    Label(
        "cancer",
        description="Malignant tumours and their spread",
        guideline="Malignant tumours and metastases. Not benign tumours, not a *mass* or *lesion* "
        "without a diagnosis. Stage and grade stay outside.",
    ),
    Label(
        "heart_disease",
        description="Diseases of the heart",
        guideline="Diseases of the heart. Not symptoms (*chest pain*), not *hypertension*, "
        "not tests (*ECG*).",
    ),
    Label(
        "medication",
        description="Drugs and drug classes",
        guideline="Names of drugs and drug classes. Doses, routes and frequencies stay outside.",
    ),
)
"""The sample project's labels."""

_MARK = re.compile(r"\{\{(\w+)((?: \w+)*):([^{}]+)\}\}")
_STATUSES = {"done": Split.TRAIN, "dev": Split.DEV, "test": Split.TEST, "unread": None}


@dataclass(frozen=True, slots=True)
class SampleNote:
    """One note of the sample project.

    Attributes:
        document: The note with its gold spans, whether or not the project shows them.
        status: ``done``, ``dev``, ``test`` or ``unread``.
    """

    document: ImportedDocument
    status: str


def sample_folder() -> Traversable:
    """Return the folder of the sample project's files."""
    return resources.files("resources") / "sample"


def read_note(source: str, text: str) -> SampleNote:
    """Read one note: a header between lines of three dashes, then text with inline marks.

    ``{{label attribute:words}}`` labels ``words``.

    Raises:
        ValueError: The header is not as it should be.
    """
    _, header, body = text.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in header.strip().splitlines())
    status = fields["status"]
    plain: list[str] = []
    spans: list[Span] = []
    at = length = 0
    body = body.strip("\n") + "\n"
    for mark in _MARK.finditer(body):
        before = body[at : mark.start()]
        plain += (before, mark[3])
        start = length + len(before)
        length = start + len(mark[3])
        attributes = tuple(sorted(mark[2].split()))
        spans.append(Span(start, length, mark[1], attributes, origin=Origin.IMPORTED))
        at = mark.end()
    plain.append(body[at:])
    return SampleNote(
        ImportedDocument(
            key=fields["name"],
            name=fields["name"],
            text="".join(plain),
            spans=tuple(spans),
            reviewed=status != "unread",
            source=source,
            patient_id=fields["patient"],
            meta={"kind": fields["kind"]},
            split=_STATUSES[status],
        ),
        status,
    )


def sample_notes() -> list[SampleNote]:
    """Return every note of the sample project, gold labels of the unread ones included."""
    notes = sorted(
        (entry for entry in (sample_folder() / "notes").iterdir() if entry.name.endswith(".txt")),
        key=lambda entry: entry.name,
    )
    return [read_note(entry.name, entry.read_text(encoding="utf-8")) for entry in notes]


def create_sample_project(*, folder: Path, passphrase: str | None = None) -> Project:
    """Make the sample project: done, dev and test notes labelled, the rest unread.

    Raises:
        KnownError: The folder exists already.
    """
    guideline = (sample_folder() / "GUIDELINE.md").read_text(encoding="utf-8")
    project = Project.create(
        folder=folder, scheme=LabelScheme(LABELS, guideline), passphrase=passphrase
    )
    documents.add_documents(project=project, documents=[_as_shown(note) for note in sample_notes()])
    return project


def _as_shown(note: SampleNote) -> ImportedDocument:
    """Return the note as the project holds it: an unread one without its gold labels."""
    shown = note.document
    if note.status != "unread":
        return shown
    return ImportedDocument(
        key=shown.key,
        name=shown.name,
        text=shown.text,
        source=shown.source,
        patient_id=shown.patient_id,
        meta=shown.meta,
    )
