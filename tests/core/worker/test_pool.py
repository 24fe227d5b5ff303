"""The int8 form is made when it pays, checked against the full model, and else done without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from transformers import BertConfig

from core.inference.encoding import Encoder
from core.inference.heads import Head, HeadKind
from core.inference.model import embedded_backbone, load_tokenizer, save_tokenizer
from core.inference.scoring import Scorer
from core.inference.session import INT8_MODEL
from core.inference.settings import ModelSettings, write_settings
from core.schema.documents import Document, PredictedSpan
from core.schema.learning import ScoredDocument
from core.schema.process_failure import ProcessFailedError
from core.worker.pool import WORTH_CHARACTERS, Int8Models, agreement_of_spans

LABELS = ("drug", "disease")
WORDS = 31_000
DOCUMENTS = [Document(number, "note", "No gout ; aspirin was stopped .") for number in range(1, 51)]


def table(seed: int) -> NDArray[np.float32]:
    """Logits of each sub-token: the whole model."""
    drawn = np.random.default_rng(seed).normal(0, 3, (WORDS, 5))
    return drawn.astype(np.float32)


def write_model(file: Path, seed: int) -> None:
    """Write a graph that looks each sub-token's logits up."""
    sizes = ["batch", "length"]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["logits"])],
        "table",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, sizes)
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*sizes, 5])],
        [numpy_helper.from_array(table(seed), "table")],
    )
    opset = helper.make_opsetid("", 18)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=10), file)


class Pool:
    """Scores with a full model that looks up a table, and notes what is done for it."""

    def __init__(self, folder: Path, convert: Callable[[Path], None]) -> None:
        self.folder, self._convert = folder, convert
        self.models = Int8Models()
        self.conversions = self.full_loads = 0
        self.told: list[str] = []

    def convert(self, folder: Path, out: Path, *, check: Callable[[], None]) -> None:
        assert folder == self.folder
        self.conversions += 1
        check()
        self._convert(out)

    def full(self) -> Scorer:
        self.full_loads += 1
        weights = table(1)
        return Scorer(
            forward=lambda ids, _: weights[ids],
            encoder=Encoder(load_tokenizer(self.folder), max_length=64, overlap=16),
            head=Head(HeadKind.SOFTMAX, LABELS),
            temperature=1.0,
            padding=0,
        )

    def score(
        self, characters: int = WORTH_CHARACTERS, documents: list[Document] = DOCUMENTS
    ) -> list[ScoredDocument]:
        stream = self.models.stream(
            iter(documents),
            folder=self.folder,
            full=self.full,
            device="cpu",
            characters=characters,
            seed=0,
            check=lambda: None,
            tell=self.told.append,
        )
        return [answer for portion in stream for answer in portion]


@pytest.fixture
def make_pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Pool]:
    save_tokenizer(str(embedded_backbone()), tmp_path)
    BertConfig().save_pretrained(tmp_path)
    write_settings(tmp_path, ModelSettings(LABELS, max_length=64, overlap=16))

    def make(convert: Callable[[Path], None]) -> Pool:
        pool = Pool(tmp_path, convert)
        monkeypatch.setattr("core.worker.pool.convert", pool.convert)
        return pool

    return make


def good(out: Path) -> None:
    write_model(out / INT8_MODEL, seed=1)


def test_few_records_are_not_worth_a_conversion(make_pool: Callable[..., Pool]) -> None:
    pool = make_pool(good)
    assert len(pool.score(characters=WORTH_CHARACTERS - 1)) == len(DOCUMENTS)
    assert (pool.conversions, pool.full_loads, pool.told) == (0, 1, [])


def test_many_are_and_the_form_is_used_from_then_on(make_pool: Callable[..., Pool]) -> None:
    pool = make_pool(good)
    many = pool.score()
    assert [answer.document_id for answer in many] == [item.id for item in DOCUMENTS]
    assert any(answer.spans for answer in many)
    assert (pool.conversions, len(pool.told)) == (1, 1)
    # The full model was needed for the comparison alone; few records use what is there.
    again = pool.score(characters=10, documents=DOCUMENTS[:3])
    assert again == many[:3]
    assert (pool.conversions, pool.full_loads) == (1, 1)
    assert not (pool.folder / "int8.part").exists()


@pytest.mark.parametrize(
    "error", [ProcessFailedError("x"), OSError(28, "full"), MemoryError(), None]
)
def test_where_it_cannot_be_made_the_full_model_scores(
    error: Exception | None, make_pool: Callable[..., Pool]
) -> None:
    def fail(out: Path) -> None:
        if error is None:
            (out / INT8_MODEL).write_bytes(b"no model")
        else:
            raise error

    pool = make_pool(fail)
    for _ in range(2):
        assert len(pool.score()) == len(DOCUMENTS)
    # It is not tried again and again.
    assert pool.conversions == 1
    assert not list(pool.folder.glob("*int8*"))


def test_a_form_that_answers_otherwise_is_thrown_away(make_pool: Callable[..., Pool]) -> None:
    pool = make_pool(lambda out: write_model(out / INT8_MODEL, seed=2))
    answers = pool.score()
    assert answers == pool.full().predict(DOCUMENTS)
    assert not (pool.folder / INT8_MODEL).exists()


def test_a_damaged_form_is_replaced_when_that_pays(make_pool: Callable[..., Pool]) -> None:
    pool = make_pool(good)
    (pool.folder / INT8_MODEL).write_bytes(b"cut off")
    pool.score(characters=10)
    assert pool.conversions == 0
    pool.score()
    assert pool.conversions == 1
    assert (pool.folder / INT8_MODEL).is_file()


def test_agreement_is_the_f1_of_one_against_the_other() -> None:
    one, two = PredictedSpan(0, 3, "drug", 0.9), PredictedSpan(5, 8, "drug", 0.4)
    ours = [ScoredDocument(1, (one, two), {}), ScoredDocument(2, (), {})]
    theirs = [ScoredDocument(1, (one,), {}), ScoredDocument(2, (one,), {})]
    assert agreement_of_spans(ours, theirs) == pytest.approx(0.5)
    assert agreement_of_spans(ours, ours) == 1.0
    assert agreement_of_spans(ours[1:], ours[1:]) == 1.0
