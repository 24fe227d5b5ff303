"""The loss is one mean over the words of an update, however the update is parted."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import TrainerCallback, TrainingArguments, set_seed
from transformers.modeling_utils import PreTrainedModel

from core.inference.encoding import Encoder
from core.inference.heads import Head, HeadKind
from core.inference.model import load_tokenizer, new_model
from core.schema.documents import LabelledDocument
from core.training.control import Control, StoppedByUserError
from core.training.dataset import IGNORED, LengthGroupedOrder, PadTogether, WindowDataset
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
    trainer = WordTrainer(
        meter=meter,
        order=LengthGroupedOrder(
            [len(example.ids) for example in data.examples], batch_size=batch, seed=3
        ),
        model=model,
        args=TrainingArguments(
            output_dir=str(folder),
            per_device_train_batch_size=micro,
            gradient_accumulation_steps=batch // micro,
            learning_rate=1.0,
            lr_scheduler_type="constant",
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
    before = dict(new_model(calm, HEAD).named_parameters())
    moved = 0.0
    for (name, one), (_, other) in zip(
        whole.named_parameters(), parted.named_parameters(), strict=True
    ):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5, msg=name)
        moved = max(moved, float((one - before[name]).detach().abs().max()))
    assert moved > 0.01
    assert parted_meter.mean_loss(1) == pytest.approx(whole_meter.mean_loss(1), rel=1e-5)
    assert parted_meter.tokens == whole_meter.tokens


def test_the_loss_is_a_mean_over_words_alone() -> None:
    logits = torch.tensor([[[2.0, 0.0], [0.0, 1.0], [9.0, 9.0]]])
    targets = torch.tensor([[0, 0, IGNORED]])
    by_hand = (
        torch.log(1 + torch.exp(torch.tensor(-2.0))) + torch.log(1 + torch.exp(torch.tensor(1.0)))
    ) / 2
    torch.testing.assert_close(update_loss({"logits": logits}, targets), by_hand)
    torch.testing.assert_close(update_loss({"logits": logits}, targets, 4), by_hand / 2)


def test_a_words_loss_is_the_sum_over_rows() -> None:
    random = torch.Generator().manual_seed(3)
    logits = torch.randn((2, 3, 6), generator=random)
    targets = torch.tensor(
        [[[0, 1], [2, 0], [IGNORED] * 2], [[1, 1], [IGNORED] * 2, [IGNORED] * 2]]
    )
    by_hand = sum(
        -torch.log_softmax(logits[window, word, 3 * row : 3 * row + 3], 0)[
            targets[window, word, row]
        ]
        for window, word in ((0, 0), (0, 1), (1, 0))
        for row in range(2)
    )
    assert isinstance(by_hand, torch.Tensor)
    torch.testing.assert_close(update_loss({"logits": logits}, targets), by_hand / 3)
    # The Trainer counts targets, of which a word has two here.
    torch.testing.assert_close(update_loss({"logits": logits}, targets, 12), by_hand / 6)


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
