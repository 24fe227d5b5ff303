"""Speed of training: a textbook's recipe, the Trainer's defaults, Chartmark, the machine's limit.

All on the same sentences, windows and words, in one process, for the same number of epochs. Tokens
are real ones: padding is work for nothing. The limit is what the machine's fastest matrix product
of the encoder's shape would allow if training were nothing else: six operations for each weight of
the encoder's matrices and each token, forward and backward (Kaplan et al. 2020, "Scaling laws for
neural language models").

Chartmark's rounds go on side by side, a process each: their tokens add up, and what the first one
waits for the others at the end is time of training, as is all but evaluations. Each round has the
same number of epochs as the others' only one.

``$CHARTMARK_BENCH_SENTENCES`` limits the sentences (1,200), ``$CHARTMARK_BENCH_EPOCHS`` the epochs
(3; fewer updates than the schedule's least are not to be compared).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from torch.utils.data import DataLoader
from transformers import (
    AutoTokenizer,
    DataCollatorForTokenClassification,
    Trainer,
    TrainingArguments,
    set_seed,
)
from transformers.modeling_utils import PreTrainedModel

from core.inference.devices import choose_precision
from core.inference.encoding import Encoder
from core.inference.heads import Head, HeadKind
from core.inference.model import embedded_backbone, load_tokenizer, new_model
from core.inference.predict import document_logits
from core.schema.documents import LabelledDocument
from core.schema.learning import Precision, Recipe
from core.training.control import Control
from core.training.dataset import IGNORED, WindowDataset
from core.training.evaluation import report_on_logits
from core.training.events import Evaluated, Progress, Started, TrainingEvent
from core.training.run import train
from tests.benchmarks.corpora import Corpus, is_here, read_corpus
from tests.benchmarks.figures import Figure, at_least, machine, publish, times_peer

_PADDED = 128
_BATCH = 16
_RATE = 3e-5
"""A textbook's: of the order of those in the papers of BERT."""
_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Speed:
    """What a way of training reached: real tokens a second, and F1 on dev at its end."""

    tokens_per_second: float
    f1: float


def run() -> bool:
    """Measure and publish; returns whether the goals are met (or the corpus is not here)."""
    if not is_here("ncbi"):
        return True
    sentences = int(os.environ.get("CHARTMARK_BENCH_SENTENCES", "1200"))
    epochs = int(os.environ.get("CHARTMARK_BENCH_EPOCHS", "3"))
    whole = read_corpus("ncbi", group=1)
    corpus = Corpus(whole.train[:sentences], whole.dev[: sentences // 3], [])
    limit = _limit()
    ours, precision = _chartmark(corpus, epochs)
    trainer = _trainer(corpus, epochs)
    textbook = _textbook(corpus, epochs)
    limit = max(limit, _limit())
    factor = 6.0 if "bf16" in machine()["units"] else 3.5
    unit = "tokens/s"
    return publish(
        "training",
        {
            "training_vs_recipe": times_peer(
                ours.tokens_per_second, textbook.tokens_per_second, unit, factor
            ),
            "training_vs_trainer": times_peer(
                ours.tokens_per_second, trainer.tokens_per_second, unit, 1.4
            ),
            "training_of_gemm_limit": times_peer(ours.tokens_per_second, limit, unit, 0.6),
            "training_f1_vs_recipe": at_least(ours.f1, textbook.f1, "F1"),
            "trainer_f1": Figure(trainer.f1, "F1", None, None, "for comparison", met=True),
            "bf16_chosen": Figure(
                float(precision == Precision.BF16.value), "", None, None, "by the probe", met=True
            ),
            "threads": Figure(torch.get_num_threads(), "", None, None, "", met=True),
        },
    )


def _chartmark(corpus: Corpus, epochs: int) -> tuple[Speed, str]:
    """Train as the window does; its last evaluation counts, as it does for the others."""
    tokens = seconds = f1 = heard = updates = 0.0
    precision = ""
    evaluation = float("inf")

    def take(event: TrainingEvent) -> None:
        nonlocal tokens, seconds, f1, precision, heard, updates, evaluation
        now = time.perf_counter()
        if isinstance(event, Started):
            precision, updates = event.precision, event.total_steps
        elif isinstance(event, Progress):
            tokens += event.tokens_per_second * event.seconds
            seconds += event.seconds
        elif isinstance(event, Evaluated):
            if event.step > updates:
                # A round of another process is taken in: what is no evaluation was waiting.
                seconds += max(now - heard - evaluation, 0.0)
            else:
                evaluation = min(evaluation, now - heard)
            f1 = event.report.micro.f1
            _say("chartmark", tokens / seconds, f1)
        heard = now

    with TemporaryDirectory() as folder:
        train(
            train=corpus.train,
            dev=corpus.dev,
            labels=corpus.labels,
            recipe=Recipe(epochs=epochs, patience=1000),
            run_folder=Path(folder) / "run",
            model_folder=Path(folder) / "model",
            control=Control(),
            emit=take,
            device="cpu",
        )
    return Speed(tokens / seconds, f1), precision


def _trainer(corpus: Corpus, epochs: int) -> Speed:
    """Train by Hugging Face's Trainer with the arguments that it has by itself."""
    model, data = _model_and_data(corpus)
    tokenizer: Any = AutoTokenizer.from_pretrained(embedded_backbone())
    with TemporaryDirectory() as folder:
        trainer = Trainer(
            model=model,
            args=TrainingArguments(
                output_dir=folder,
                num_train_epochs=epochs,
                use_cpu=True,
                save_strategy="no",
                report_to="none",
                disable_tqdm=True,
                logging_strategy="no",
            ),
            train_dataset=data,
            data_collator=DataCollatorForTokenClassification(tokenizer),
        )
        began = time.perf_counter()
        trainer.train()
        seconds = time.perf_counter() - began
    speed = epochs * sum(data.lengths) / seconds
    return _spoken("trainer", Speed(speed, _f1(model, _encoder(), corpus.dev, corpus.labels)))


def _textbook(corpus: Corpus, epochs: int) -> Speed:
    """Train by the loop of many a tutorial: padded to 128, batches of 16, fp32, plain AdamW."""
    model, data = _model_and_data(corpus)
    model.train()
    loader: Any = DataLoader(
        data, batch_size=_BATCH, shuffle=True, generator=torch.Generator().manual_seed(13),
        collate_fn=_pad_to_128,
    )  # fmt: skip
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE)
    began = time.perf_counter()
    for _ in range(epochs):
        for batch in loader:
            optimizer.zero_grad()
            model(**batch).loss.backward()
            optimizer.step()
    speed = epochs * sum(data.lengths) / (time.perf_counter() - began)
    return _spoken("textbook", Speed(speed, _f1(model, _encoder(), corpus.dev, corpus.labels)))


def _encoder() -> Encoder:
    return Encoder(load_tokenizer(embedded_backbone()), max_length=_PADDED, overlap=16)


def _model_and_data(corpus: Corpus) -> tuple[PreTrainedModel, WindowDataset]:
    set_seed(13)
    head = Head(HeadKind.SOFTMAX, corpus.labels)
    model = new_model(str(embedded_backbone()), head)
    return model, WindowDataset(corpus.train, _encoder(), head)


def _pad_to_128(rows: list[dict[str, list[int]]]) -> dict[str, torch.Tensor]:
    def padded(values: Sequence[int], filling: int) -> list[int]:
        return [*values, *[filling] * (_PADDED - len(values))]

    return {
        "input_ids": torch.tensor([padded(row["input_ids"], 0) for row in rows]),
        "attention_mask": torch.tensor([padded([1] * len(row["input_ids"]), 0) for row in rows]),
        "labels": torch.tensor([padded(row["labels"], IGNORED) for row in rows]),
    }


def _f1(
    model: PreTrainedModel,
    encoder: Encoder,
    dev: list[LabelledDocument],
    labels: tuple[str, ...],
) -> float:
    model.train(False)
    logits = document_logits(
        model,
        encoder,
        [item.document for item in dev],
        device=torch.device("cpu"),
        precision=Precision.FP32,
    )
    head = Head(HeadKind.SOFTMAX, labels)
    return report_on_logits(dev, logits, head).micro.f1


def _limit() -> float:
    """Return the tokens a second that the fastest matrix products alone would allow."""
    model = new_model(str(embedded_backbone()), Head(HeadKind.SOFTMAX, ("label",)))
    weights = sum(
        module.weight.numel() for module in model.modules() if isinstance(module, torch.nn.Linear)
    )
    types = [torch.float32]
    if choose_precision(torch.device("cpu")) is Precision.BF16:
        types.append(torch.bfloat16)
    fastest = max(_operations_per_second(dtype) for dtype in types)
    return fastest / (6 * weights)


def _operations_per_second(dtype: torch.dtype) -> float:
    rows, width, inner = 2048, 384, 1536
    left, right = torch.ones(rows, width, dtype=dtype), torch.ones(width, inner, dtype=dtype)
    return 2 * rows * width * inner / _fastest(lambda: torch.mm(left, right))


def _fastest(work: Callable[[], object]) -> float:
    best = float("inf")
    for round_ in range(_WARM_UP + 20):
        began = time.perf_counter()
        work()
        if round_ >= _WARM_UP:
            best = min(best, time.perf_counter() - began)
    return best


def _spoken(name: str, speed: Speed) -> Speed:
    _say(name, speed.tokens_per_second, speed.f1)
    return speed


def _say(name: str, tokens_per_second: float, f1: float) -> None:
    print(f"{name}: {tokens_per_second:,.0f} tokens/s, dev F1 {f1:.4f}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(0 if run() else 1)
