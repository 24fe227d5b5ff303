"""Export: the project's labelled records to files, and its current model to a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import overload

from core.export.points import Form, PointTable, read_points
from core.formats.writing import WriteReport, write
from core.operations.training import model_folder
from core.schema.documents import LabelledDocument, Split
from core.schema.errors import KnownError
from core.schema.learning import ModelVersion
from core.schema.phrases import phrase
from core.store import documents, labels, runs
from core.store.project import Project
from core.worker.messages import ExportModel, MeasurePoints

Progress = Callable[[str, int, int], None]
"""Gets a step, how much of it is done, and how much there is."""

_WRITING = phrase("Writing")


def export_documents(
    *,
    project: Project,
    out: Path,
    format: str,
    split: Split | None = None,
    done_only: bool = True,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> WriteReport:
    """Write labelled records.

    Args:
        project: The open project.
        out: File or folder, as the format has it.
        format: ``jsonl``, ``conll``, ``brat`` or another that can be written.
        split: Only this part of the data.
        done_only: Leave out records whose review is not done.
        overwrite: Replace ``out`` if it is there.
        progress: Called now and then with the step, how many records are written, and of how
            many; may raise to cancel, and nothing is left behind then. Formats that look at all
            records before they write any tell them twice.

    Returns:
        What was written, and what the format could not hold.

    Raises:
        KnownError: There is nothing to write, or ``out`` cannot be written.
    """
    chosen = documents.labelled_documents(project=project, split=split, done_only=done_only)
    if not chosen:
        raise KnownError(
            "There is no record to export.",
            "Mark records as done first, or export all records.",
        )
    watched = chosen if progress is None else _Watched(chosen, progress)
    return write(documents=watched, format=format, out=out, overwrite=overwrite)


class _Watched(Sequence[LabelledDocument]):
    """Documents that tell how far they are gone through."""

    def __init__(self, documents: Sequence[LabelledDocument], progress: Progress) -> None:
        self._documents, self._progress = documents, progress

    def __len__(self) -> int:
        return len(self._documents)

    @overload
    def __getitem__(self, index: int) -> LabelledDocument: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[LabelledDocument]: ...

    def __getitem__(self, index: int | slice) -> LabelledDocument | Sequence[LabelledDocument]:
        return self._documents[index]

    def __iter__(self) -> Iterator[LabelledDocument]:
        for number, document in enumerate(self._documents):
            self._progress(_WRITING, number, len(self._documents))
            yield document


def current_model(*, project: Project) -> ModelVersion:
    """Return the project's current model.

    Raises:
        KnownError: No model has been trained yet.
    """
    model = runs.current_model(project=project)
    if model is None:
        raise KnownError("This project has no model yet.", "Press Retrain to make one first.")
    return model


def measured_points(*, project: Project, model: ModelVersion) -> PointTable | None:
    """Return what was measured of the forms of a model version; None if nothing was."""
    return read_points(model_folder(project=project, model=model))


def begin_measuring(*, project: Project, pruned_share: float = 0.0) -> MeasurePoints:
    """Return the request that measures the forms of the current model.

    Args:
        project: The open project.
        pruned_share: Of the feed-forward neurons that pruned forms are to lack, 0 to 1; 0 for no
            pruned forms.

    Raises:
        KnownError: There is no model, or the project cannot be written.
    """
    model = current_model(project=project)
    if project.read_only:
        raise KnownError(project.read_only_reason, "Forms are kept in the project.")
    run = runs.run(project=project, run_id=model.run_id)
    return MeasurePoints(
        job=model.id,
        model_folder=str(model_folder(project=project, model=model)),
        snapshot_event=run.snapshot_event,
        recipe=run.recipe,
        pruned_share=pruned_share,
    )


def begin_model_export(*, project: Project, out: Path, form: Form | None = None) -> ExportModel:
    """Return the request that writes the current model to a folder.

    Its card says per label what was taught (``train_spans/NAME``) and meant (``label/NAME``), and
    each hyperparameter (``recipe/NAME``).

    Args:
        project: The open project.
        out: The folder to make.
        form: The only one that it is to hold; full precision and dynamic int8 if None.

    Raises:
        KnownError: There is no model, or ``out`` is there already.
    """
    model = current_model(project=project)
    if out.exists():
        raise KnownError(
            "{out} is there already.", "Choose a folder that does not exist yet.", out=out
        )
    run = next(run for run in runs.runs(project=project) if run.id == model.run_id)
    done = documents.labelled_documents(project=project, as_of=run.snapshot_event)
    by_split = {split: sum(1 for item in done if item.document.split is split) for split in Split}
    taught = Counter(
        span.label for item in done if item.document.split is Split.TRAIN for span in item.spans
    )
    scheme = labels.scheme(project=project, as_of=run.snapshot_event)
    card = {
        "project": project.name,
        "model": model.name,
        "run": str(run.id),
        "seed": str(run.recipe.seed),
        "backbone": _shown_backbone(run.backbone),
        "snapshot_event": str(run.snapshot_event),
        "device": run.device,
        "created": model.created.astimezone(UTC).isoformat(timespec="seconds"),
        "exported": datetime.now(UTC).isoformat(timespec="seconds"),
        "train_documents": str(by_split[Split.TRAIN]),
        "dev_documents": str(by_split[Split.DEV]),
        "train_spans": str(taught.total()),
        **{f"train_spans/{name}": str(taught[name]) for name in scheme.names()},
        **{f"label/{label.name}": label.description for label in scheme.labels},
        **{f"recipe/{name}": str(value) for name, value in asdict(run.recipe).items()},
    }
    return ExportModel(
        job=model.id,
        model_folder=str(model_folder(project=project, model=model)),
        out_folder=str(out.resolve()),
        card=card,
        form=form,
        snapshot_event=run.snapshot_event,
    )


def _shown_backbone(backbone: str) -> str:
    """Return a backbone without the place on this machine, which is nobody else's business."""
    if not backbone:
        return "all-MiniLM-L6-v2 (embedded)"
    return Path(backbone).name if Path(backbone).is_absolute() else backbone
