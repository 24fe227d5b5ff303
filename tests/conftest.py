"""Fixtures for every test: offline flags, an offscreen Qt, and the real corpora."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"

_ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real corpora; the test is skipped where it is absent."""
    folder = Path(os.environ.get("CHARTMARK_CORPORA", _ROOT.parent / "shared" / "corpora"))
    if not folder.is_dir():
        pytest.skip("the real corpora are not here: set CHARTMARK_CORPORA to their folder")
    return folder
