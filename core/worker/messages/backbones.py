"""Messages about backbones: built from records' text, adapted to it, compared with it."""

from __future__ import annotations

from core.schema.pretraining import Budget, Coverage, EncoderShape
from core.worker.messages.envelope import Event, Request


class BuildBackbone(Request, frozen=True, tag="build_backbone", kw_only=True):
    """Make a tokenizer and an encoder from text alone.

    Attributes:
        out_folder: Absolute folder to make.
        least_patients: Those in whose records a word must stand to be in the vocabulary.
        files: Take the text of these files and not of the project's records.
    """

    out_folder: str
    shape: EncoderShape
    budget: Budget
    least_patients: int
    seed: int
    files: tuple[str, ...] = ()
    device: str = "auto"


class AdaptBackbone(Request, frozen=True, tag="adapt_backbone", kw_only=True):
    """Go on pre-training a backbone on the project's records.

    Attributes:
        out_folder: Absolute folder to make.
        backbone: Folder to begin from; empty for the embedded backbone.
    """

    out_folder: str
    budget: Budget
    seed: int
    backbone: str = ""
    device: str = "auto"


class MeasureCoverage(Request, frozen=True, tag="measure_coverage", kw_only=True):
    """Tell how much of the records' words a backbone's vocabulary knows.

    Attributes:
        backbone: Folder or hub name; empty for the embedded backbone.
    """

    backbone: str = ""


class BackboneProgress(Event, frozen=True, tag="backbone_progress", kw_only=True):
    """How far a backbone is.

    Attributes:
        share: Of the budget that is spent, 0 to 1.
        updates: So far.
        loss: Cross-entropy in nats a hidden sub-token.
        tokens_per_second: Real (non-padding) sub-tokens.
        seconds_left: At the present speed.
    """

    share: float
    updates: int
    loss: float
    tokens_per_second: float
    seconds_left: float


class BackboneMade(Event, frozen=True, tag="backbone_made", kw_only=True):
    """The backbone's folder is written.

    Attributes:
        updates: Made.
        seconds: Of computing.
        tokens: Sub-tokens read, each as often as it was.
        loss: At the end, in nats a hidden sub-token.
    """

    out_folder: str
    updates: int
    seconds: float
    tokens: int
    loss: float
    device: str
    precision: str


class CoverageMeasured(Event, frozen=True, tag="coverage_measured", kw_only=True):
    """Answer to MeasureCoverage."""

    backbone: str
    coverage: Coverage
