"""The loss is one mean over the words of an update, however the update is parted."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import torch
from transformers import TrainerCallback, TrainingArguments, set_seed
from transformers.modeling_utils import PreTrainedModel

from core.inference.encoding import Encoder
from core.inference.heads import Head, HeadKind
from core.inference.model import load_tokenizer, new_model
from core.schema.documents import LabelledDocument
from core.training.chain import Chain
from core.training.control import Control, StoppedByUserError
from core.training.dataset import IGNORED, LengthGroupedOrder, PadTogether, WindowDataset
from core.training.last_layer import LastLayer
from core.training.progress import Meter
from core.training.trainer import WordTrainer, check_between_layers, update_loss

HEAD = Head(HeadKind.SOFTMAX, ("drug", "disease"))


class _StopAfterOne(TrainerCallback):
    def on_step_end(self, *args: object, **kwargs: object) -> None:
        args[2].should_training_stop = True  # type: ignore[attr-defined]  # a TrainerControl


def one_update(
    folder: Path, backbone: str, documents: list[LabelledDocument], micro: int, batch: int
) -> tuple[PreTrainedModel, Meter]:
    """Train for one update of plain gradient descent."""
    set_seed(5)
    model = new_model(backbone, HEAD, fused=False)
    data = WindowDataset(
        documents, Encoder(load_tokenizer(Path(backbone)), max_length=64, overlap=8), HEAD
    )
    meter = Meter()
    chain = Chain(HEAD)
    chain.join(model)
    trainer = WordTrainer(
        chain=chain,
        meter=meter,
        order=LengthGroupedOrder(
            [len(example.ids) for example in data.examples], batch_size=batch, seed=3
        ),
        rate=lambda _done: 1.0,
        model=model,
        args=TrainingArguments(
            output_dir=str(folder),
            per_device_train_batch_size=micro,
            gradient_accumulation_steps=batch // micro,
            learning_rate=1.0,
            max_grad_norm=0.0,
            optim="sgd",
            use_cpu=True,
            remove_unused_columns=False,
            save_strategy="no",
            report_to="none",
            disable_tqdm=True,
        ),
        train_dataset=data,
        data_collator=PadTogether(0),
        callbacks=[_StopAfterOne()],
    )
    trainer.train()
    return model, meter


@pytest.mark.parametrize("micro", [8, 4, 1])
def test_an_update_is_the_same_in_one_pass_or_in_several(
    tmp_path: Path, calm: str, train_documents: list[LabelledDocument], micro: int
) -> None:
    whole, whole_meter = one_update(tmp_path, calm, train_documents, 16, 16)
    parted, parted_meter = one_update(tmp_path, calm, train_documents, micro, 16)
    set_seed(5)
    begun = new_model(calm, HEAD)
    Chain(HEAD).join(begun)
    before = dict(begun.named_parameters())
    moved = 0.0
    for (name, one), (_, other) in zip(
        whole.named_parameters(), parted.named_parameters(), strict=True
    ):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5, msg=name)
        moved = max(moved, float((one - before[name]).detach().abs().max()))
    assert moved > 0.01
    assert parted_meter.mean_loss(1) == pytest.approx(whole_meter.mean_loss(1), rel=1e-5)
    assert parted_meter.tokens == whole_meter.tokens


@pytest.mark.parametrize("kind", list(HeadKind))
def test_the_loss_is_a_mean_over_words_alone(kind: HeadKind) -> None:
    head = Head(kind, ("drug", "disease"))
    chain, rows = Chain(head), len(head.rows)
    logits = torch.randn((2, 3, head.outputs), generator=torch.Generator().manual_seed(3))
    targets = torch.full((2, 3) if rows == 1 else (2, 3, rows), IGNORED)
    targets[0, :2] = targets[1, 0] = 1
    whole, outputs = chain.loss(logits, targets), {"logits": logits}
    torch.testing.assert_close(update_loss(outputs, targets, chain=chain), whole / 3)
    # The Trainer counts targets, of which a word has as many as there are rows.
    torch.testing.assert_close(update_loss(outputs, targets, 6 * rows, chain=chain), whole / 6)


def test_the_last_layer_goes_over_taught_words_alone(
    tmp_path: Path,
    calm: str,
    train_documents: list[LabelledDocument],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[torch.Tensor] = []
    answering = LastLayer.answering

    def heard(self: LastLayer, where: torch.Tensor) -> AbstractContextManager[None]:
        asked.append(where)
        return answering(self, where)

    monkeypatch.setattr(LastLayer, "answering", heard)
    data = WindowDataset(
        train_documents, Encoder(load_tokenizer(Path(calm)), max_length=64, overlap=8), HEAD
    )
    one_update(tmp_path, calm, train_documents, len(data), len(data))
    taught = sum(int((example.targets != IGNORED).sum()) for example in data.examples)
    assert sum(int(where.sum()) for where in asked) == taught
    assert taught < sum(data.lengths)


def test_a_model_is_in_training_mode_however_it_came(
    tmp_path: Path, calm: str, train_documents: list[LabelledDocument]
) -> None:
    # Loaded models are not; ``one_update`` loads one.
    model, _ = one_update(tmp_path, calm, train_documents, 16, 16)
    assert all(module.training for module in model.modules())


def test_work_can_end_between_two_layers_forward_and_backward(backbone: Path) -> None:
    model = new_model(str(backbone), HEAD)
    control = Control()
    check_between_layers(model, control.check)
    ids = torch.ones((1, 8), dtype=torch.long)
    loss = model(input_ids=ids).logits.sum()
    control.cancel()
    with pytest.raises(StoppedByUserError):
        loss.backward()
    with pytest.raises(StoppedByUserError):
        model(input_ids=ids)
