"""The text of the records that may be learned from without labels, read a few at a time."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from sqlalchemy import or_, select

from core.schema.documents import Document, Split
from core.store.project import Project
from core.store.rows import DOCUMENT, chunks, to_document

_HELD_BACK = (Split.DEV.value, Split.TEST.value)


class LearnableTexts:
    """All records but those of the dev and test splits, on which models are judged.

    It can be gone through any number of times, and holds no more than some records at once.
    """

    def __init__(
        self, project: Project, *, most: int | None = None, seed: int | None = None
    ) -> None:
        """Look up which records there are.

        Args:
            project: The open project.
            most: Take only so many, spread evenly over all.
            seed: Draws the order by chance, so that whoever takes only the first gets some of
                everything; import order if None.
        """
        self._project = project
        query = (
            select(DOCUMENT.c.id)
            .where(
                ~DOCUMENT.c.hidden,
                or_(DOCUMENT.c.split.is_(None), DOCUMENT.c.split.not_in(_HELD_BACK)),
            )
            .order_by(DOCUMENT.c.id)
        )
        with project.read() as connection:
            keys = list(connection.execute(query).scalars())
        self._keys = keys if most is None else keys[:: max(math.ceil(len(keys) / most), 1)]
        if seed is not None:
            random.Random(seed).shuffle(self._keys)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._keys)

    def __iter__(self) -> Iterator[Document]:
        """Give the records, each time in the same order."""
        for keys in chunks(self._keys):
            query = select(DOCUMENT).where(DOCUMENT.c.id.in_(keys))
            with self._project.read() as connection:
                found = {row.id: row for row in connection.execute(query)}
            yield from (to_document(found[key]) for key in keys if key in found)
