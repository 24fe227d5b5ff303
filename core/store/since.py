"""What was worked on between two audit events, read from the events between them alone."""

from __future__ import annotations

from dataclasses import dataclass

from core.store.chain import events_in
from core.store.project import Project


@dataclass(frozen=True, slots=True)
class Since:
    """What changed between two audit events.

    Attributes:
        documents: Keys of the documents whose labels or review changed, and of those imported.
        labels: Whether a label was added, renamed or merged.
    """

    documents: frozenset[int]
    labels: bool


def changes_between(*, project: Project, after: int, until: int | None = None) -> Since:
    """Return what changed after one audit event and up to another.

    What was undone again counts too: to rebuild both states costs more than to look at a
    document once more.

    Args:
        project: The open project.
        after: Number of the first event, itself not looked at.
        until: Number of the last one, itself looked at; the latest where None.
    """
    documents: set[int] = set()
    labels = False
    with project.read() as connection:
        for event in events_in(connection, after=after, until=until):
            payload = event.payload
            match event.kind:
                case "import":
                    documents.update(entry["id"] for entry in payload["documents"])
                    labels = labels or bool(payload["labels"])
                case "edit" | "undo" | "redo":
                    documents.update(
                        change["document"] for change in payload["changes"] if "document" in change
                    )
                case "scheme" if "label" in payload:
                    before, now = payload["before"], payload["after"]
                    labels = labels or before is None or before["name"] != now["name"]
                case "merge":
                    labels = True
                case _:
                    pass
    return Since(frozenset(documents), labels)
