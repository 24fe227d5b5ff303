"""The real corpora as labelled documents, read as a user's import reads them.

The sentences of NCBI-disease come without a word on where its abstracts end, but the texts of the
abstracts lie beside them (PubTator), and a record is a whole text. Where there are only sentences
(BioNLP13CG), some of them in a row stand for an abstract.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.formats.reading import read_file
from core.formats.values import ReadOptions
from core.operations.sample import sample_notes
from core.schema.documents import Document, ImportedDocument, LabelledDocument, Span
from tests.benchmarks.figures import ROOT

ABSTRACT = 10
"""Sentences of a record where a corpus does not say where its abstracts end: about their mean."""
_FOLDERS = {"ncbi": "ncbi-disease/conll", "bionlp13cg": "bionlp13cg/conll"}
_PARTS = ("train", "devel", "test")
_ABSTRACTS = [f"NCBI{part}set.PubTator.txt" for part in ("train", "develop", "test")]
_BLANK = re.compile(r"\s+")


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


def read_corpus(name: str, *, group: int = 0) -> Corpus:
    """Return a corpus.

    Args:
        name: ``ncbi``, ``bionlp13cg``, or ``sample`` for the sample project's notes, whose unread
            ones are to learn from here.
        group: Sentences in a record; 0 for whole abstracts, or ``ABSTRACT`` sentences where the
            corpus does not say which these are.
    """
    if name == "sample":
        return _sample()
    folder = corpora_folder() / _FOLDERS[name]
    files = [folder / f"{part}.tsv" for part in _PARTS]
    if group or name != "ncbi":
        return Corpus(*(_labelled(_read(file, group or ABSTRACT)) for file in files))
    texts = [folder.parent / "pubtator" / file for file in _ABSTRACTS]
    return Corpus(
        *(
            _labelled(join_sentences(_read(file, 1), _texts(text)))
            for file, text in zip(files, texts, strict=True)
        )
    )


def join_sentences(
    sentences: Sequence[ImportedDocument], texts: Sequence[str]
) -> list[ImportedDocument]:
    """Put sentences together to the texts that they come from, a line each.

    Args:
        sentences: With their tokens, in order; blanks may differ from those of the texts.
        texts: In any order. A sentence that no text holds is a record by itself.
    """
    bare = [_BLANK.sub("", text) for text in texts]
    joined: list[list[ImportedDocument]] = []
    current = ""
    for sentence in sentences:
        letters = _BLANK.sub("", sentence.text)
        if not joined or letters not in current:
            # Titles recur in other texts: the one that begins with it comes first.
            holding = [text for text in bare if letters in text] or [letters]
            current = min(holding, key=lambda text: not text.startswith(letters))
            joined.append([])
        joined[-1].append(sentence)
    return [_in_one(parts) for parts in joined]


def _in_one(parts: Sequence[ImportedDocument]) -> ImportedDocument:
    spans: list[Span] = []
    tokens: list[tuple[int, int]] = []
    lines: list[str] = []
    at = 0
    for part in parts:
        spans += [replace(span, start=span.start + at, end=span.end + at) for span in part.spans]
        tokens += [(start + at, end + at) for start, end in part.tokens or ()]
        lines.append(part.text)
        at += len(part.text) + 1
    return replace(parts[0], text="\n".join(lines), spans=tuple(spans), tokens=tuple(tokens))


def _texts(file: Path) -> list[str]:
    _, reading = read_file(file, "pubtator", ReadOptions())
    return [item.text for item in reading.documents]


def _sample() -> Corpus:
    notes = sample_notes()
    parts = (("done", "unread"), ("dev",), ("test",))
    return Corpus(
        *(_labelled([note.document for note in notes if note.status in part]) for part in parts)
    )


def _read(file: Path, group: int) -> Sequence[ImportedDocument]:
    _, reading = read_file(file, "conll", ReadOptions(group=group))
    if reading.faults:
        raise ValueError(f"{file.name}: line {reading.faults[0].line}: {reading.faults[0].reason}")
    return reading.documents


def _labelled(documents: Sequence[ImportedDocument]) -> list[LabelledDocument]:
    return [
        LabelledDocument(
            Document(number, item.name, item.text, tokens=item.tokens, meta=item.meta), item.spans
        )
        for number, item in enumerate(documents, start=1)
    ]
