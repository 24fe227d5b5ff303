"""The command line called in this process, and files for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.cli.main import main
from core.schema.documents import ImportedDocument, Split
from tests.core.worker.tiny import make_backbone, records


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object that it printed."""
        (line,) = self.out.splitlines()
        return json.loads(line)


Chartmark = Callable[..., Answer]


@pytest.fixture
def chartmark(capsys: pytest.CaptureFixture[str]) -> Chartmark:
    """What runs a command in this process."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a project can be made."""
    return tmp_path / "clinic.chartmark"


@pytest.fixture(scope="session")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a tiny untrained encoder."""
    return make_backbone(tmp_path_factory.mktemp("backbones") / "tiny")


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with train.conll, dev.conll and test.conll, and unread notes as text files."""
    folder = tmp_path_factory.mktemp("records") / "files"
    (folder / "unread").mkdir(parents=True)
    for split in Split:
        sentences = [_conll(item) for item in records() if item.split is split]
        (folder / f"{split}.conll").write_text("\n".join(sentences), encoding="utf-8")
    for item in records():
        if item.split is None:
            (folder / "unread" / f"{item.key}.txt").write_text(item.text, encoding="utf-8")
    return folder


def _conll(item: ImportedDocument) -> str:
    lines = []
    at = 0
    for word in item.text.split():
        start = item.text.index(word, at)
        at = start + len(word)
        label = next((s.label for s in item.spans if s.start <= start and at <= s.end), None)
        lines.append(f"{word}\t{f'B-{label}' if label else 'O'}\n")
    return "".join(lines)
