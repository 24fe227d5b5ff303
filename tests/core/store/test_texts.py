from __future__ import annotations

from pathlib import Path

import pytest

from core.schema.documents import Split
from core.store.backbone import choose_backbone, chosen_backbone
from core.store.project import Project
from core.store.texts import LearnableTexts
from tests.core.worker.tiny import make_project, records


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "tiny.chartmark")


def test_records_that_models_are_judged_on_are_left_out(project: Project) -> None:
    texts = LearnableTexts(project)
    expected = [item.text for item in records() if item.split in {Split.TRAIN, None}]
    assert [item.text for item in texts] == expected
    assert [item.text for item in texts] == expected
    assert len(texts) == len(expected) == 42


def test_some_of_them_are_taken_from_everywhere(project: Project) -> None:
    keys = [item.id for item in LearnableTexts(project, most=10)]
    assert len(keys) <= 10
    assert keys[0] == 1
    assert keys[-1] > 32


def test_a_project_keeps_its_backbone(project: Project, tmp_path: Path) -> None:
    assert chosen_backbone(project=project) == ""
    outside = tmp_path / "encoder"
    outside.mkdir()
    choose_backbone(project=project, backbone=str(outside))
    choose_backbone(project=project, backbone=str(outside))
    assert chosen_backbone(project=project) == str(outside)
    choose_backbone(project=project, backbone="some/name")
    assert chosen_backbone(project=project) == "some/name"
    choose_backbone(project=project, backbone="")
    assert chosen_backbone(project=project) == ""


def test_a_backbone_within_the_project_moves_with_it(project: Project, tmp_path: Path) -> None:
    (project.folder / "backbones" / "adapted").mkdir(parents=True)
    choose_backbone(project=project, backbone=str(project.folder / "backbones" / "adapted"))
    project.close()
    moved = tmp_path / "moved.chartmark"
    project.folder.rename(moved)
    with Project.open(folder=moved, read_only=True) as opened:
        assert chosen_backbone(project=opened) == str(moved / "backbones" / "adapted")
