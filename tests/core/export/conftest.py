"""A tiny model with random weights, and the folder that its export makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from transformers import BertConfig, BertForTokenClassification

from core.export.conversion import quantize
from core.export.conversion_process import STATIC_MODEL
from core.export.model import ExportResult, export_model
from core.export.static_int8 import quantize_statically
from core.inference.chain import Transitions
from core.inference.heads import Head, HeadKind
from core.inference.model import embedded_backbone, save_tokenizer
from core.inference.session import FULL_MODEL, INT8_MODEL
from core.inference.settings import ModelSettings, write_settings
from core.operations.sample import sample_notes
from core.schema.documents import Document, LabelledDocument, Span
from core.schema.learning import Calibration

LABELS = ("diabetes", "medication")
CARD = {
    "project": "tiny",
    "model": "v7",
    "backbone": "all-MiniLM-L6-v2 (embedded)",
    "seed": "13",
    "train_documents": "52",
    "train_spans": "431",
    "train_spans/diabetes": "97",
    "label/diabetes": "Diabetes | of any type",
    "recipe/learning_rate": "0.0003",
}


@dataclass(frozen=True)
class Exported:
    folder: Path
    model_folder: Path
    result: ExportResult
    steps: list[str]


def write_model(folder: Path, head: Head) -> Path:
    """Write what a training leaves: small windows, so that an ordinary note needs several."""
    names = head.output_names()
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=64,
        id2label=dict(enumerate(names)),
        label2id={name: index for index, name in enumerate(names)},
    )
    with torch.random.fork_rng():
        torch.manual_seed(5)
        model = BertForTokenClassification(config)
    with torch.no_grad():
        # Far from ties, so that rounding decides nothing.
        model.classifier.weight *= 40
    save_tokenizer(str(embedded_backbone()), folder)
    model.save_pretrained(folder)
    write_settings(
        folder,
        ModelSettings(
            labels=head.labels,
            max_length=48,
            overlap=16,
            temperature=1.4,
            backbone="all-MiniLM-L6-v2",
            versions={"torch": "2.13.0"},
            head=head.kind,
            transitions=_transitions(len(head.rows), head.outputs // len(head.rows)),
            abbreviations=True,
            calibration=Calibration(0.0312, 77, unscaled=0.0841, cross_fitted=True),
        ),
    )
    (folder / "notes-of-the-user.txt").write_text("stays behind", encoding="utf-8")
    return folder


def _transitions(rows: int, tags: int) -> Transitions:
    drawn = np.random.default_rng(5).normal(size=(rows, tags, tags)).tolist()
    return tuple(tuple(tuple(line) for line in row) for row in drawn)


def export(model_folder: Path, dev: list[LabelledDocument], folder: Path) -> Exported:
    """Export a model into a folder."""
    steps: list[str] = []
    result = export_model(
        model_folder=model_folder,
        dev=dev,
        out=folder,
        card=CARD,
        check=lambda: None,
        tell=steps.append,
    )
    return Exported(folder, model_folder, result, steps)


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with the softmax head."""
    folder = tmp_path_factory.mktemp("models") / "run-1"
    return write_model(folder, Head(HeadKind.SOFTMAX, LABELS))


@pytest.fixture(scope="session")
def dev() -> list[LabelledDocument]:
    """Sample notes, and a sentence whose tokens are not those of the splitter."""
    notes = [note.document for note in sample_notes() if note.status == "dev"][:3]
    documents = [
        LabelledDocument(
            Document(index, note.name, note.text),
            tuple(span for span in note.spans if span.label in LABELS),
        )
        for index, note in enumerate(notes, start=1)
    ]
    text = "Type-2 diabetes (T2DM), on co-amoxiclav/metformin."
    tokens = ((0, 6), (7, 15), (16, 23), (24, 26), (27, 50))
    spans = (Span(0, 15, "diabetes"), Span(27, 50, "medication"))
    return [*documents, LabelledDocument(Document(9, "tokens", text, tokens=tokens), spans)]


@pytest.fixture(scope="session")
def exported(
    model_folder: Path, dev: list[LabelledDocument], tmp_path_factory: pytest.TempPathFactory
) -> Exported:
    return export(model_folder, dev, tmp_path_factory.mktemp("exports") / "tiny model")


@pytest.fixture
def converted(
    exported: Exported, monkeypatch: pytest.MonkeyPatch
) -> Callable[[onnx.ModelProto], None]:
    """Let exports take a graph that is there instead of tracing the model again."""

    def take(graph: onnx.ModelProto) -> None:
        def convert(
            _: Path,
            out: Path,
            *,
            check: Callable[[], None],
            on_onnx: Callable[[], None] = lambda: None,
            calibration: Sequence[Sequence[int]] = (),
        ) -> None:
            onnx.save(graph, out / FULL_MODEL)
            check()
            on_onnx()
            quantize(out / FULL_MODEL, out / INT8_MODEL)
            check()
            if calibration:
                quantize_statically(out / FULL_MODEL, out / STATIC_MODEL, calibration)

        monkeypatch.setattr("core.export.model.convert", convert)

    take(onnx.load(exported.folder / FULL_MODEL))
    return take
