"""The real corpora as labelled documents, read as a user's import reads them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.formats.reading import read_file
from core.formats.values import ReadOptions
from core.operations.sample import sample_notes
from core.schema.documents import Document, ImportedDocument, LabelledDocument
from tests.benchmarks.figures import ROOT

ABSTRACT = 10
"""Sentences of a record where a corpus does not say where its abstracts end: about their mean."""
_FOLDERS = {"ncbi": "ncbi-disease/conll", "bionlp13cg": "bionlp13cg/conll"}


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus in the parts that its makers gave it."""

    train: list[LabelledDocument]
    dev: list[LabelledDocument]
    test: list[LabelledDocument]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that occurs, sorted."""
        parts = (*self.train, *self.dev, *self.test)
        return tuple(sorted({span.label for item in parts for span in item.spans}))


def corpora_folder() -> Path:
    """Return where the corpora are looked for."""
    return Path(os.environ.get("CHARTMARK_CORPORA", ROOT.parent / "shared" / "corpora"))


def is_here(name: str) -> bool:
    """Tell whether a corpus is on this machine, and say so on the screen if it is not."""
    folder = corpora_folder() / _FOLDERS[name]
    if not folder.is_dir():
        print(f"{name}: skipped, for {folder} is not here; set CHARTMARK_CORPORA")
    return folder.is_dir()


def asked_for(names: Sequence[str]) -> list[str]:
    """Return those of some corpora that are here and that ``$CHARTMARK_BENCH_CORPORA`` names.

    Args:
        names: Of corpora; all are asked for where the variable is not set.
    """
    wanted = os.environ.get("CHARTMARK_BENCH_CORPORA", ",".join(names)).split(",")
    return [name for name in names if name in wanted and (name not in _FOLDERS or is_here(name))]


def read_corpus(name: str, *, group: int = ABSTRACT) -> Corpus:
    """Return a corpus.

    Args:
        name: ``ncbi``, ``bionlp13cg``, or ``sample`` for the sample project's notes, whose unread
            ones are to learn from here.
        group: Sentences in a record.
    """
    if name == "sample":
        return _sample()
    folder = corpora_folder() / _FOLDERS[name]
    parts = [_read(folder / f"{part}.tsv", group) for part in ("train", "devel", "test")]
    return Corpus(*parts)


def _sample() -> Corpus:
    notes = sample_notes()
    parts = (("done", "unread"), ("dev",), ("test",))
    return Corpus(
        *(_labelled([note.document for note in notes if note.status in part]) for part in parts)
    )


def _read(file: Path, group: int) -> list[LabelledDocument]:
    _, reading = read_file(file, "conll", ReadOptions(group=group))
    if reading.faults:
        raise ValueError(f"{file.name}: line {reading.faults[0].line}: {reading.faults[0].reason}")
    return _labelled(reading.documents)


def _labelled(documents: Sequence[ImportedDocument]) -> list[LabelledDocument]:
    return [
        LabelledDocument(
            Document(number, item.name, item.text, tokens=item.tokens, meta=item.meta), item.spans
        )
        for number, item in enumerate(documents, start=1)
    ]
