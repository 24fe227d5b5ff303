"""A student learns from a teacher's answers, on labelled records and on unread ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.inference.decoding import softmax
from core.inference.heads import Head, HeadKind
from core.inference.model import load_encoder
from core.inference.settings import read_settings
from core.schema.documents import Document, LabelledDocument
from core.schema.errors import KnownError
from core.training.chain import Chain
from core.training.control import Control, StoppedByUserError
from core.training.dataset import IGNORED
from core.training.distilling import Teacher, taught_loss, teacher_scores, windows_to_learn
from core.training.events import Recorded, Saved, TrainingEvent
from tests.core.training.bench import LABELS, RECIPE, Bench, same

CPU = torch.device("cpu")
HEAD = Head(HeadKind.SOFTMAX, LABELS)


def drawn(*shape: int, seed: int = 1) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def test_a_student_that_says_the_same_learns_from_labels_alone() -> None:
    chain = Chain(Head(HeadKind.SOFTMAX, ("drug", "sign")))
    logits = drawn(2, 4, 5)
    targets = torch.tensor([[1, IGNORED, 2, 0], [3, 0, IGNORED, IGNORED]])
    words = targets != IGNORED
    said = torch.full_like(logits, torch.nan)
    said[words] = chain.log_posteriors(logits, words)[:, 0].detach()
    expected = chain.loss(logits, targets) / 5
    torch.testing.assert_close(taught_loss(logits, targets, said, chain=chain), expected)
    other = drawn(2, 4, 5, seed=2)
    other[targets == IGNORED] = torch.nan
    assert taught_loss(logits, targets, other, chain=chain) > expected + 0.1


@pytest.mark.parametrize("rows", [1, 2])
def test_micro_batches_add_up_to_the_update_unread_ones_included(rows: int) -> None:
    head = Head(HeadKind.MULTI_LABEL if rows > 1 else HeadKind.SOFTMAX, ("drug", "sign"))
    chain = Chain(head)
    logits, said = drawn(3, 4, head.outputs), drawn(3, 4, head.outputs, seed=2)
    shape = (3, 4) if rows == 1 else (3, 4, rows)
    targets = torch.full(shape, IGNORED)
    targets[0, :3] = 1  # the other windows are unread
    said[:, 3] = torch.nan
    whole = taught_loss(logits, targets, said, chain=chain)
    every = [slice(at, at + 1) for at in range(3)]
    parts = [
        taught_loss(logits[one], targets[one], said[one], torch.tensor(9), chain=chain)
        for one in every
    ]
    torch.testing.assert_close(sum(parts), whole)
    assert whole.isfinite()


@pytest.fixture(scope="module")
def teacher(
    backbone: Path,
    train_documents: list[LabelledDocument],
    dev_documents: list[LabelledDocument],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A model that knows the records well."""
    folder = tmp_path_factory.mktemp("teacher")
    made = Bench(folder, str(backbone), train_documents, dev_documents)
    made.go(replace(RECIPE, epochs=10, patience=2))
    return made.model_folder


def distance(folder: Path, teacher: Path, documents: list[Document]) -> float:
    """Return the divergence of a model's answers from the teacher's, nats per word."""
    ours, theirs = (
        softmax(np.concatenate(teacher_scores(one, HEAD, documents, device=CPU)), 1.0)
        for one in (folder, teacher)
    )
    return float((theirs * (np.log(theirs) - np.log(ours))).sum(-1).mean())


def test_unread_records_bring_a_student_nearer_to_its_teacher(bench: Bench, teacher: Path) -> None:
    unread = [item.document for item in bench.train[4:]]
    dev = [item.document for item in bench.dev]
    alone, taught = bench.again("alone"), bench.again("taught")
    alone.train = taught.train = bench.train[:4]
    taught.teacher = Teacher(teacher, unread)
    recipe = replace(RECIPE, epochs=5)
    alone.go(recipe)
    taught.go(recipe)
    assert distance(taught.model_folder, teacher, dev) < 0.5 * distance(
        alone.model_folder, teacher, dev
    )
    (record,) = [event.record for event in taught.events if isinstance(event, Recorded)]
    assert (record.teacher, len(record.teacher_sha256)) == ("model", 64)


def test_a_distilling_that_was_cut_off_ends_as_if_it_had_not_been(
    bench: Bench, teacher: Path
) -> None:
    bench.teacher = Teacher(teacher, [item.document for item in bench.train[20:]])
    bench.train = bench.train[:20]
    whole, broken = bench.again("whole"), bench.again("broken")
    recipe = replace(RECIPE, epochs=3)
    whole.go(recipe)

    def cut(event: TrainingEvent) -> None:
        if isinstance(event, Saved):
            broken.control.cancel()

    with pytest.raises(StoppedByUserError):
        broken.go(recipe, on_event=cut)
    again = replace(broken, control=Control(), events=[])
    again.go(recipe, resume=True)
    assert again.starts()[0].resumed_step > 0
    assert same(again.weights(), whole.weights())


def test_windows_hold_what_the_teacher_says_of_their_words(bench: Bench, teacher: Path) -> None:
    encoder = load_encoder(teacher, read_settings(teacher))
    unread = [bench.dev[0].document]
    data = windows_to_learn(bench.train[:3], Teacher(teacher, unread), encoder, HEAD, device=CPU)
    assert len(data) == len(data.lengths) > 3
    said = teacher_scores(teacher, HEAD, unread, device=CPU)[0]
    last = data[len(data) - 1]
    assert (last["labels"] == IGNORED).all()
    soft = last["teacher"]
    assert soft.shape == (len(last["input_ids"]), HEAD.outputs)
    np.testing.assert_allclose(
        soft[np.isfinite(soft[:, 0])], said[-np.isfinite(soft[:, 0]).sum() :], rtol=1e-5
    )
    taught = data[0]
    assert (np.isfinite(taught["teacher"][:, 0]) == (taught["labels"] != IGNORED)).all()


def test_a_teacher_of_other_labels_is_refused(bench: Bench, teacher: Path) -> None:
    other = Head(HeadKind.SOFTMAX, ("drug", "sign"))
    with pytest.raises(KnownError, match="other labels"):
        teacher_scores(teacher, other, [bench.dev[0].document], device=CPU)
