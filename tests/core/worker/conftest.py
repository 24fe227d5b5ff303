"""A tiny backbone, a tiny project and a real worker process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store.project import Project
from tests.core.worker.tiny import Worker, make_backbone, make_project


@pytest.fixture(scope="session")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a tiny untrained encoder."""
    return make_backbone(tmp_path_factory.mktemp("backbones") / "tiny")


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A worker process that has loaded."""
    with Worker(log_folder=tmp_path_factory.mktemp("logs")) as started:
        yield started


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A small project with labelled, held back and unread records."""
    with make_project(tmp_path / "tiny.chartmark") as made:
        yield made
