"""Messages about finished models: evaluated, scoring records, exported."""

from __future__ import annotations

import msgspec

from core.export.points import Form, PointTable
from core.schema.learning import Recipe, Report, ScoredDocument
from core.worker.messages.envelope import Event, Request


class Evaluate(Request, frozen=True, tag="evaluate", kw_only=True):
    """Report on a model over the done documents of a split."""

    model_folder: str
    split: str
    device: str = "auto"


class ScoreDocuments(Request, frozen=True, tag="score", kw_only=True):
    """Predict spans and uncertainties for documents of the project."""

    model_folder: str
    document_ids: tuple[int, ...]
    seed: int = 0
    device: str = "auto"


class ExportModel(Request, frozen=True, tag="export_model", kw_only=True):
    """Write and verify a folder with the model that runs without Chartmark.

    Attributes:
        card: What the model card says besides what the worker knows itself: project name, run,
            seed, counts; strings only, never record text.
        form: The only one that the folder is to hold; None for full precision and dynamic int8.
        snapshot_event: The state that the model learned from: it calibrates static int8.
    """

    model_folder: str
    out_folder: str
    card: dict[str, str] = msgspec.field(default_factory=dict)
    form: Form | None = None
    snapshot_event: int = 0


class MeasurePoints(Request, frozen=True, tag="measure_points", kw_only=True):
    """Make the forms of a model and measure size, speed and F1 of each on the dev documents.

    Attributes:
        snapshot_event: The AuditEvent whose state the model learned from.
        recipe: Of the model's training.
        pruned_share: Of the feed-forward neurons that pruned forms are to lack, 0 to 1; 0 for no
            pruned forms.
    """

    model_folder: str
    snapshot_event: int
    recipe: Recipe
    pruned_share: float = 0.0


class PointsMeasured(Event, frozen=True, tag="points_measured", kw_only=True):
    """Answer to MeasurePoints; the table lies beside the model too."""

    table: PointTable


class Evaluating(Event, frozen=True, tag="evaluating", kw_only=True):
    """Some of the documents that Evaluate asked for are read."""

    done: int
    total: int


class Evaluated(Event, frozen=True, tag="evaluated", kw_only=True):
    """Answer to Evaluate."""

    report: Report
    documents: int


class Scored(Event, frozen=True, tag="scored", kw_only=True):
    """Some documents are scored; more events follow until ``done == total``."""

    documents: tuple[ScoredDocument, ...]
    done: int
    total: int


class ModelExported(Event, frozen=True, tag="model_exported", kw_only=True):
    """The folder is written and verified.

    Attributes:
        documents: Dev documents on which the exported models were run.
        f1: Of full precision, ONNX and int8 on them.
        words_per_second: Of each of these on this machine's CPU.
    """

    out_folder: str
    documents: int
    f1: dict[str, float]
    words_per_second: dict[str, float] = msgspec.field(default_factory=dict)
