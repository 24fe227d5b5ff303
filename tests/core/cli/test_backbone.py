from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.conftest import Chartmark
from tests.core.worker.tiny import make_project

TINY = ("--layers", 1, "--hidden", 32, "--vocabulary", 300, "--updates", 2, "--device", "cpu")


@pytest.fixture
def project(folder: Path) -> Path:
    make_project(folder).close()
    return folder


def test_a_project_uses_a_backbone_and_gives_it_up(
    chartmark: Chartmark, project: Path, backbone: Path
) -> None:
    used = chartmark("backbone", "use", project, backbone, "--json")
    assert (used.code, used.json) == (0, {"backbone": str(backbone)})
    given_up = chartmark("backbone", "reset", project, "--json")
    assert given_up.json == {"backbone": ""}


def test_what_is_no_encoder_is_refused(chartmark: Chartmark, project: Path, tmp_path: Path) -> None:
    answer = chartmark("backbone", "use", project, tmp_path)
    assert answer.code == 1
    assert "no Hugging Face model" in answer.err


def test_either_a_project_or_files_are_needed(
    chartmark: Chartmark, project: Path, tmp_path: Path
) -> None:
    assert chartmark("backbone", "build", tmp_path / "out").code == 2
    assert chartmark("backbone", "adapt", project, tmp_path / "o", "--minutes", 0).code == 2


@pytest.mark.slow
def test_a_backbone_is_built_and_used(chartmark: Chartmark, project: Path, tmp_path: Path) -> None:
    built = chartmark("backbone", "build", project, tmp_path / "built", *TINY, "--json")
    assert built.code == 0, built.err
    assert (built.json["updates"], built.json["folder"]) == (2, str(tmp_path / "built"))
    for command in ("build", "adapt"):
        again = chartmark("backbone", command, project, tmp_path / "built")
        assert again.code == 1
        assert "is there already" in again.err
    chartmark("backbone", "use", project, tmp_path / "built")
    checked = chartmark("backbone", "check", project, "--json")
    assert checked.json["backbone"] == str(tmp_path / "built")
    assert checked.json["warning"] == ""
