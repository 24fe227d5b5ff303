"""What a training was made of: enough to repeat it and to say what has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.schema.learning import Precision


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Where and with what a Run computed; recipe, data and backbone stand in the Run itself.

    Attributes:
        device: As torch names it, ``cpu`` or ``cuda:0``.
        processor: The device as it is shown, or the processor's name.
        precision: The arithmetic that was chosen, never ``auto``.
        threads: That torch computed with.
        began_from: Name of the backbone, or of the folder of the model that was continued.
        weights_sha256: Of the weights that it began from; empty where they lie in no folder.
        schedule: Windows at once, accumulation, updates in a pass, passes, and updates between
            evaluations, by the names of ``core.training.schedule.Schedule``; of several processes
            their number as well, and of several rounds theirs.
        versions: Of Python and of the libraries that decide the result.
        teacher: Name of the folder of the bigger model that it learned from; empty for none.
        teacher_sha256: Of that model's weights.
    """

    device: str
    processor: str
    precision: Precision
    threads: int
    began_from: str
    weights_sha256: str
    schedule: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    teacher: str = ""
    teacher_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Energy:
    """What a machine says that it used in the course of a training, all its programs together.

    Attributes:
        joules: Sum over the sources.
        sources: Who counted: ``rapl`` (the processor), ``nvml`` (the graphics processor).
    """

    joules: float
    sources: tuple[str, ...]
