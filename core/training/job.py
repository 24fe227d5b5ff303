"""One training by the Trainer: its data, arguments and callbacks, and the model it leaves."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import Trainer, TrainingArguments, set_seed
from transformers.modeling_utils import PreTrainedModel

from core.inference.decoding import decode, softmax
from core.inference.devices import choose_precision, describe_device
from core.inference.encoding import Encoder
from core.inference.model import (
    ModelSettings,
    new_model,
    save_tokenizer,
    write_settings,
)
from core.inference.predict import Floats, document_logits
from core.schema.documents import LabelledDocument
from core.schema.learning import Precision, Recipe, Report
from core.text.words import document_words
from core.training.calibration import fit_temperature
from core.training.control import Control
from core.training.dataset import PadToLongest, WindowDataset
from core.training.evaluation import report
from core.training.events import Notice, Started, TrainingEvent
from core.training.progress import BestModel, EvaluateAndStop, LiveFigures, Meter, Steering

_LEAST_UPDATES = 300
"""Updates below which a small project's model has hardly moved: it gets more passes instead."""
_EVALUATE_EVERY = 25
"""Fewest updates between two evaluations, so that small projects do not evaluate all the time."""


def count_epochs(recipe: Recipe, updates_per_epoch: int) -> int:
    """Return the passes to make: those of the recipe, more where the data are few."""
    return max(recipe.epochs, math.ceil(_LEAST_UPDATES / updates_per_epoch))


def last_checkpoint(folder: Path) -> Path | None:
    """Return the latest checkpoint that was written to its end, or None.

    The Trainer writes ``trainer_state.json`` last; one cut off in writing is no JSON.
    """
    whole = []
    for checkpoint in folder.glob("checkpoint-*"):
        try:
            json.loads((checkpoint / "trainer_state.json").read_bytes())
        except (OSError, ValueError):
            continue
        whole.append(checkpoint)
    return max(whole, key=_step, default=None)


def _step(checkpoint: Path) -> int:
    return int(checkpoint.name.rsplit("-", 1)[1])


class _MeteredTrainer(Trainer):
    """A Trainer that lets a meter see each batch and its loss."""

    def __init__(self, *, meter: Meter, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._meter = meter

    def compute_loss(
        self, model: torch.nn.Module, inputs: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:  # a tensor, or a tensor with outputs, as the Trainer asks
        counted = {"attention_mask": inputs["attention_mask"]}
        answer = super().compute_loss(model, inputs, *args, **kwargs)
        loss = answer[0] if isinstance(answer, tuple) else answer
        self._meter.take(counted, loss)
        return answer


class TrainingJob:
    """What stays the same when a training has to be begun anew with smaller batches."""

    def __init__(
        self,
        *,
        train: Sequence[LabelledDocument],
        dev: Sequence[LabelledDocument],
        labels: tuple[str, ...],
        recipe: Recipe,
        run_folder: Path,
        control: Control,
        emit: Callable[[TrainingEvent], None],
        backbone: str,
        device: torch.device,
    ) -> None:
        self._train, self._dev, self._labels, self._recipe = train, dev, labels, recipe
        self._folder, self._control, self._emit = run_folder, control, emit
        self._backbone = backbone
        self.device = device
        self.precision = choose_precision(device, recipe.precision)
        run_folder.mkdir(parents=True, exist_ok=True)
        self._tokenizer_folder = run_folder / "tokenizer"
        if not (self._tokenizer_folder / "tokenizer.json").is_file():
            save_tokenizer(backbone, self._tokenizer_folder)
        self._encoder = self._new_encoder()
        self._data = WindowDataset(train, self._encoder, labels)
        control.check()
        if self._data.left_out:
            emit(
                Notice(
                    f"{self._data.left_out} labels overlap others or are discontinuous; the "
                    "model cannot learn those."
                )
            )
        self._model: PreTrainedModel
        self._best: BestModel

    @property
    def best_step(self) -> int:
        """The update after which the model was the best."""
        best = self._best.best
        return best.step if best else 0

    def fit(self, micro: int, *, resume: bool) -> str:
        """Train to the end of the schedule, to early stopping or to the user's stop."""
        recipe = self._recipe
        if not resume:
            for old in self._folder.glob("checkpoint-*"):
                shutil.rmtree(old)
        checkpoint = last_checkpoint(self._folder) if resume else None
        resumed_step = _step(checkpoint) if checkpoint else 0
        set_seed(recipe.seed)
        self._model = new_model(self._backbone, self._labels)
        self._best = BestModel(self._folder, resumed_step)
        accumulation = max(recipe.batch_size // micro, 1)
        updates = math.ceil(math.ceil(len(self._data) / micro) / accumulation)
        arguments = self._arguments(micro, accumulation, count_epochs(recipe, updates), updates)
        meter = Meter()
        stopping = EvaluateAndStop(
            best=self._best,
            evaluate=self._evaluate,
            meter=meter,
            model=self._model,
            every=max(updates, _EVALUATE_EVERY),
            patience=recipe.patience,
            emit=self._emit,
        )
        trainer = _MeteredTrainer(
            meter=meter,
            model=self._model,
            args=arguments,
            train_dataset=self._data,
            data_collator=PadToLongest(self._padding()),
            callbacks=[
                Steering(self._control, self._emit),
                LiveFigures(meter, self._emit, self.device),
                stopping,
            ],
        )
        self._emit(
            Started(
                device=describe_device(self.device),
                precision=self.precision.value,
                train_documents=len(self._train),
                dev_documents=len(self._dev),
                train_spans=self._data.spans,
                total_steps=updates * int(arguments.num_train_epochs),
                resumed_step=resumed_step,
            )
        )
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        if self._control.stopping:
            return "stopped"
        return "early_stopping" if stopping.stopped_early else "completed"

    def finish(self, model_folder: Path) -> Report:
        """Calibrate the best model, write its folder, and return its report."""
        self._best.restore(self._model)
        self._model.train(False)
        logits = self._logits()
        settings = ModelSettings(
            labels=self._labels,
            max_length=self._recipe.max_length,
            overlap=self._recipe.overlap,
            temperature=fit_temperature(self._dev, logits, self._labels),
            backbone=Path(self._backbone).name,
            versions={name: version(name) for name in ("chartmark", "torch", "transformers")},
        )
        part = model_folder.with_name(model_folder.name + ".part")
        if part.exists():
            shutil.rmtree(part)
        shutil.copytree(self._tokenizer_folder, part)
        self._model.save_pretrained(part, safe_serialization=True)
        write_settings(part, settings)
        if model_folder.exists():
            shutil.rmtree(model_folder)
        part.rename(model_folder)
        for checkpoint in self._folder.glob("checkpoint-*"):
            shutil.rmtree(checkpoint)
        return self._report(logits, settings.temperature)

    def _new_encoder(self) -> Encoder:
        tokenizer = Tokenizer.from_file(str(self._tokenizer_folder / "tokenizer.json"))
        return Encoder(tokenizer, max_length=self._recipe.max_length, overlap=self._recipe.overlap)

    def _padding(self) -> int:
        return int(getattr(self._model.config, "pad_token_id", 0) or 0)

    def _arguments(
        self, micro: int, accumulation: int, epochs: int, updates: int
    ) -> TrainingArguments:
        recipe = self._recipe
        return TrainingArguments(
            output_dir=str(self._folder),
            per_device_train_batch_size=micro,
            gradient_accumulation_steps=accumulation,
            num_train_epochs=epochs,
            learning_rate=recipe.learning_rate,
            weight_decay=recipe.weight_decay,
            warmup_steps=round(recipe.warmup_ratio * epochs * updates),
            lr_scheduler_type="linear",
            max_grad_norm=1.0,
            optim="adamw_torch_fused",
            bf16=self.precision is Precision.BF16,
            fp16=self.precision is Precision.FP16,
            use_cpu=self.device.type == "cpu",
            train_sampling_strategy="group_by_length",
            remove_unused_columns=False,
            save_strategy="no",
            save_total_limit=1,
            eval_strategy="no",
            logging_strategy="no",
            report_to="none",
            disable_tqdm=True,
            seed=recipe.seed,
            data_seed=recipe.seed,
            dataloader_pin_memory=self.device.type == "cuda",
        )

    def _logits(self) -> list[Floats]:
        return document_logits(
            self._model,
            self._encoder,
            [item.document for item in self._dev],
            device=self.device,
            precision=Precision.FP32,
            check=self._control.check,
        )

    def _evaluate(self) -> Report:
        return self._report(self._logits(), 1.0)

    def _report(self, logits: Sequence[Floats], temperature: float) -> Report:
        predicted = [
            decode(softmax(rows, temperature), document_words(item.document), self._labels)
            for item, rows in zip(self._dev, logits, strict=True)
        ]
        return report(self._dev, predicted, self._labels)
