"""Backbones of a project: which one trainings begin from, and how others are made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.schema.errors import KnownError
from core.schema.pretraining import LEAST_PATIENTS, Budget, EncoderShape
from core.store.backbone import choose_backbone, chosen_backbone
from core.store.project import Project
from core.worker.messages import AdaptBackbone, BuildBackbone, MeasureCoverage

JOB = -2
"""Number of a job that makes a backbone; those of runs and models count from 1."""
COVERAGE_JOB = -3
"""Number of a job that compares one with the records."""
USUAL_MINUTES = 30
"""That a pre-training takes where nobody says otherwise: five of adapting were worth nothing."""
_WITHIN = "backbones"
"""Folder in a project's where its adapted backbones lie."""
_FEW_DONE = 100
_MANY_UNREAD = 200
"""Records: with fewer labels and more text than that an adaptation is worth points of F1, see
``tests.benchmarks.adapting``."""
_HEAD_WIDTH = 64


def backbone_in_use(*, project: Project, wanted: str = "", preferred: str = "") -> str:
    """Return the backbone that a training begins from; empty for the embedded one.

    Args:
        project: Its own choice comes before ``preferred``.
        wanted: Named for this very training.
        preferred: Where the project has none of its own.
    """
    return _absolute(wanted) or chosen_backbone(project=project) or _absolute(preferred)


def begin_build(
    *,
    out: Path,
    shape: EncoderShape,
    budget: Budget,
    files: Sequence[Path] = (),
    least_patients: int = LEAST_PATIENTS,
    seed: int = 13,
    device: str = "auto",
) -> BuildBackbone:
    """Return the request that builds a backbone from the open project's records, or from files.

    Raises:
        KnownError: There cannot be an encoder of that shape, or ``out`` is there already.
    """
    _must_be_new(out)
    if shape.hidden > _HEAD_WIDTH and shape.hidden % _HEAD_WIDTH:
        raise KnownError(
            "An encoder cannot be {hidden} wide.",
            "Choose a multiple of {width}.",
            hidden=shape.hidden,
            width=_HEAD_WIDTH,
        )
    return BuildBackbone(
        job=JOB,
        out_folder=str(out.absolute()),
        shape=shape,
        budget=budget,
        least_patients=least_patients,
        seed=seed,
        files=tuple(str(file.absolute()) for file in files),
        device=device,
    )


def begin_adapt(
    *,
    project: Project,
    out: Path,
    budget: Budget,
    backbone: str = "",
    preferred: str = "",
    seed: int = 13,
    device: str = "auto",
) -> AdaptBackbone:
    """Return the request that adapts the backbone in use (see ``backbone_in_use``).

    Raises:
        KnownError: ``out`` is there already.
    """
    _must_be_new(out)
    return AdaptBackbone(
        job=JOB,
        out_folder=str(out.absolute()),
        budget=budget,
        seed=seed,
        backbone=backbone_in_use(project=project, wanted=backbone, preferred=preferred),
        device=device,
    )


def begin_coverage(*, project: Project, backbone: str = "", preferred: str = "") -> MeasureCoverage:
    """Return the request that tells how well the backbone in use knows the records' words."""
    used = backbone_in_use(project=project, wanted=backbone, preferred=preferred)
    return MeasureCoverage(job=COVERAGE_JOB, backbone=used)


def worth_adapting(*, done: int, unread: int, backbone: str) -> bool:
    """Tell whether adapting the backbone in use is to be offered.

    Args:
        done: Records that are labelled.
        unread: Records that are not.
        backbone: In use; empty for the embedded one. Any other was chosen for these records, or
            adapted to them.
    """
    return not backbone and done < _FEW_DONE and unread >= _MANY_UNREAD


def next_adapted(*, project: Project) -> Path:
    """Return the folder within the project's for its next adapted backbone."""
    within = project.folder / _WITHIN
    try:
        within.mkdir(exist_ok=True)
    except OSError as error:
        raise KnownError(
            "{out} cannot be written ({reason}).",
            "Choose another place.",
            out=within,
            reason=error.strerror,
        ) from error
    names = {path.name for path in within.iterdir()}
    number = 1
    while f"adapted-{number}" in names:
        number += 1
    return within / f"adapted-{number}"


def use_backbone(*, project: Project, folder: Path) -> None:
    """Have the project's next trainings begin from the encoder in a folder.

    Raises:
        KnownError: There is none in it.
    """
    if not (folder / "config.json").is_file():
        raise KnownError(
            "{folder} holds no Hugging Face model.",
            "Choose a folder with a config.json.",
            folder=folder,
        )
    choose_backbone(project=project, backbone=str(folder))


def reset_backbone(*, project: Project) -> None:
    """Have the project's next trainings begin from the embedded backbone again."""
    choose_backbone(project=project, backbone="")


def _must_be_new(out: Path) -> None:
    """Refuse at once what the worker would refuse when it has loaded."""
    if out.exists():
        raise KnownError(
            "{out} is there already.", "Choose a folder that does not exist yet.", out=out
        )


def _absolute(backbone: str) -> str:
    """Name a folder in full: the worker stands in one of its own."""
    return str(Path(backbone).absolute()) if backbone and Path(backbone).is_dir() else backbone
