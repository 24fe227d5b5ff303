"""A bench on which trainings of a tiny encoder are run, steered and looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from safetensors.torch import load_file

from core.schema.documents import LabelledDocument
from core.schema.learning import Precision, Recipe
from core.training.control import Control
from core.training.distilling import Teacher
from core.training.events import Evaluated, Notice, Progress, Started, TrainingEvent
from core.training.run import TrainResult, train

LABELS = ("drug", "disease")
RECIPE = Recipe(
    epochs=5,
    rounds=1,
    learning_rate=1e-2,
    max_length=64,
    overlap=16,
    patience=100,
    seed=5,
    precision=Precision.FP32,
)


@dataclass
class Bench:
    """Trains on the tiny records; ``on_event`` may steer."""

    folder: Path
    backbone: str
    train: list[LabelledDocument]
    dev: list[LabelledDocument]
    start_model: Path | None = None
    teacher: Teacher | None = None
    labels: tuple[str, ...] = LABELS
    control: Control = field(default_factory=Control)
    events: list[TrainingEvent] = field(default_factory=list)

    @property
    def run_folder(self) -> Path:
        return self.folder / "run"

    @property
    def model_folder(self) -> Path:
        return self.folder / "model"

    def go(
        self,
        recipe: Recipe = RECIPE,
        *,
        resume: bool = False,
        on_event: Callable[[TrainingEvent], None] = lambda _: None,
    ) -> TrainResult:
        def emit(event: TrainingEvent) -> None:
            self.events.append(event)
            on_event(event)

        return train(
            train=self.train,
            dev=self.dev,
            labels=self.labels,
            recipe=recipe,
            run_folder=self.run_folder,
            model_folder=self.model_folder,
            control=self.control,
            emit=emit,
            backbone=self.backbone,
            start_model=self.start_model,
            teacher=self.teacher,
            device="cpu",
            resume=resume,
        )

    def again(self, name: str) -> Bench:
        return replace(self, folder=self.folder / name, control=Control(), events=[])

    def losses(self) -> dict[int, float]:
        return {event.step: event.loss for event in self.events if isinstance(event, Progress)}

    def evaluations(self) -> list[Evaluated]:
        return [event for event in self.events if isinstance(event, Evaluated)]

    def starts(self) -> list[Started]:
        return [event for event in self.events if isinstance(event, Started)]

    def notices(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Notice)]

    def weights(self) -> dict[str, torch.Tensor]:
        return load_file(self.model_folder / "model.safetensors")


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(
        torch.equal(value, other[name]) for name, value in one.items()
    )
