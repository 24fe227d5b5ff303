from __future__ import annotations

from pathlib import Path

import pytest

from core.operations import backbones
from core.operations.training import begin_retrain
from core.schema.errors import KnownError
from core.schema.pretraining import Budget, EncoderShape
from core.store.project import Project
from tests.core.worker.tiny import make_backbone, make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "tiny.chartmark")


def test_the_projects_own_backbone_comes_before_the_preferred_one(
    project: Project, tmp_path: Path
) -> None:
    own, other = make_backbone(tmp_path / "own"), make_backbone(tmp_path / "other")
    assert begin_retrain(project=project)[1].backbone == ""
    preferred = begin_retrain(project=project, preferred_backbone=str(other))[1]
    assert preferred.backbone == str(other)
    backbones.use_backbone(project=project, folder=own)
    run, request = begin_retrain(project=project, preferred_backbone=str(other))
    assert run.backbone == request.backbone == str(own)
    assert begin_retrain(project=project, backbone=str(other))[1].backbone == str(other)
    adaptation = backbones.begin_adapt(project=project, out=tmp_path / "out", budget=Budget())
    assert adaptation.backbone == str(own)
    backbones.reset_backbone(project=project)
    assert backbones.begin_coverage(project=project).backbone == ""


def test_a_folder_without_an_encoder_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no Hugging Face model"):
        backbones.use_backbone(project=project, folder=tmp_path)


def test_a_width_that_heads_do_not_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="100 wide"):
        backbones.begin_build(out=tmp_path / "out", shape=EncoderShape(hidden=100), budget=Budget())


@pytest.mark.parametrize(
    ("done", "unread", "backbone", "worth"),
    [
        (0, 200, "", True),
        (99, 5000, "", True),
        (100, 5000, "", False),
        (0, 199, "", False),
        (0, 5000, "adapted-1", False),
    ],
)
def test_adapting_is_worth_it_while_little_is_labelled_and_much_unread(
    done: int, unread: int, backbone: str, *, worth: bool
) -> None:
    assert backbones.worth_adapting(done=done, unread=unread, backbone=backbone) is worth
