from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.numpy import load_file

from core.inference.heads import Head, HeadKind
from core.inference.model import find_backbone, load_tokenizer, new_model, save_tokenizer
from core.schema.documents import Document
from core.schema.errors import KnownError
from core.schema.pretraining import Budget, EncoderShape
from core.training.backbones import DESCRIPTION, Watch, adapt_backbone, build_backbone
from core.training.control import Control, StoppedByUserError
from core.training.pretraining import Pace, Pretrained

SHAPE = EncoderShape(layers=1, hidden=32, vocabulary=300, max_length=64)
SECRET = "Xylographos"


def records() -> list[Document]:
    texts = ("患者服用阿司匹林，血压正常。", "患者无发热，继续服用 aspirin 治疗。")
    common = [
        Document(number, "note", texts[number % 2] * 4, f"patient {number}") for number in range(20)
    ]
    return [*common, Document(99, "note", f"{SECRET} " * 9, "patient 99")]


def watch(control: Control | None = None, pace: Callable[[Pace], None] | None = None) -> Watch:
    return Watch(control or Control(), lambda _: None, pace or (lambda _: None))


def build(out: Path, updates: int = 4, seed: int = 5, **options: Watch) -> Pretrained:
    return build_backbone(
        records(),
        out,
        shape=SHAPE,
        least_patients=5,
        budget=Budget(updates=updates),
        seed=seed,
        device="cpu",
        **{"watch": watch(), **options},
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backbone built from the records; not to be changed."""
    out = tmp_path_factory.mktemp("built") / "encoder"
    build(out)
    return out


def test_what_is_built_serves_as_a_backbone(built: Path, tmp_path: Path) -> None:
    model = new_model(find_backbone(str(built)), Head(HeadKind.SOFTMAX, ("drug",)))
    assert model.config.num_hidden_layers == 1
    weights = load_file(built / "model.safetensors")
    own = model.get_parameter("bert.embeddings.word_embeddings.weight").detach().numpy()
    assert (own == weights["embeddings.word_embeddings.weight"]).all()
    save_tokenizer(str(built), tmp_path)
    ours, theirs = (
        json.loads((folder / "tokenizer.json").read_text("utf-8")) for folder in (built, tmp_path)
    )
    assert ours["model"] == theirs["model"]
    assert ours["normalizer"] == theirs["normalizer"]


def test_nothing_that_one_patient_alone_has_is_written(built: Path) -> None:
    for file in built.iterdir():
        assert SECRET[1:].encode() not in file.read_bytes()
    vocabulary = json.loads((built / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    assert "aspirin" in vocabulary
    assert "X" not in vocabulary


def test_the_folder_says_how_it_came_to_be(built: Path) -> None:
    about = json.loads((built / DESCRIPTION).read_bytes())
    assert (about["records"], about["seed"], about["least_patients"]) == (21, 5, 5)
    assert about["pretraining"]["updates"] == 4


def test_the_seed_alone_decides_the_weights(built: Path, tmp_path: Path) -> None:
    build(tmp_path / "again")
    build(tmp_path / "other", seed=6)
    first, again, other = (
        (folder / "model.safetensors").read_bytes()
        for folder in (built, tmp_path / "again", tmp_path / "other")
    )
    assert first == again
    assert first != other
    assert (built / "tokenizer.json").read_bytes() == (
        tmp_path / "again" / "tokenizer.json"
    ).read_bytes()


def test_the_loss_falls_and_the_figures_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.pretraining._SECONDS_BETWEEN", 0.0)
    told: list[Pace] = []
    done = build(tmp_path / "encoder", updates=40, watch=watch(pace=told.append))
    assert [pace.updates for pace in told] == list(range(41))
    assert [pace.share for pace in told] == sorted(pace.share for pace in told)
    assert told[-1].share == 1.0
    assert done.loss < told[1].loss
    assert math.isfinite(done.loss)
    assert done.tokens > 0


def test_a_budget_of_time_ends_in_time(tmp_path: Path) -> None:
    done = build_backbone(
        records(),
        tmp_path / "encoder",
        shape=SHAPE,
        least_patients=5,
        budget=Budget(seconds=0.3),
        seed=5,
        watch=watch(),
    )
    assert done.updates >= 1
    assert done.seconds >= 0.3


def test_ended_early_it_settles_and_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.pretraining._SECONDS_BETWEEN", 0.0)
    rates: list[float] = []
    control = Control()
    step = torch.optim.AdamW.step

    def noted(optimizer: torch.optim.AdamW) -> None:
        rates.append(optimizer.param_groups[0]["lr"])
        step(optimizer)

    def stop(pace: Pace) -> None:
        if pace.updates == 40:
            control.stop_keep_best()

    monkeypatch.setattr(torch.optim.AdamW, "step", noted)
    done = build(tmp_path / "encoder", updates=200, watch=watch(control, stop))
    assert done.updates == 44
    assert rates[39] > 8 * rates[40]
    assert rates[40:] == sorted(rates[40:], reverse=True)
    assert (tmp_path / "encoder" / "model.safetensors").is_file()


def test_ended_early_in_its_last_moments_it_takes_no_longer(tmp_path: Path) -> None:
    control = Control()
    control.stop_keep_best()
    assert build(tmp_path / "encoder", updates=1, watch=watch(control)).updates == 1


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    control = Control()
    with pytest.raises(StoppedByUserError):
        build(tmp_path / "encoder", updates=10**6, watch=watch(control, lambda _: control.cancel()))
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_taken_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "encoder").mkdir()
    with pytest.raises(KnownError, match="is there already"):
        build(tmp_path / "encoder")
    (tmp_path / "other.part").mkdir()
    with pytest.raises(KnownError, match="in the way"):
        build(tmp_path / "other")
    assert (tmp_path / "other.part").is_dir()


def test_what_a_dead_process_left_is_replaced(tmp_path: Path) -> None:
    part = tmp_path / "encoder.part"
    part.mkdir()
    (part / DESCRIPTION).touch()
    build(tmp_path / "encoder", updates=1)
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]


def test_words_of_too_few_patients_make_no_vocabulary(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="at least 5 patients"):
        build_backbone(
            [Document(1, "note", f"{SECRET} " * 99, "patient 1")],
            tmp_path / "encoder",
            shape=SHAPE,
            least_patients=5,
            budget=Budget(updates=1),
            seed=5,
            watch=watch(),
        )


def test_adapting_changes_the_weights_and_keeps_the_tokenizer(
    backbone: Path, tmp_path: Path
) -> None:
    out = tmp_path / "adapted"
    items = [Document(key, "note", "He was given aspirin for his gout . " * 8) for key in range(9)]
    adapt_backbone(
        items, out, backbone=str(backbone), budget=Budget(updates=6), seed=5, watch=watch()
    )
    before = load_file(backbone / "model.safetensors")["embeddings.word_embeddings.weight"]
    after = load_file(out / "model.safetensors")["embeddings.word_embeddings.weight"]
    assert before.shape == after.shape
    words = load_tokenizer(out).encode("he was given aspirin for his gout .").ids
    changed = set((before != after).any(axis=1).nonzero()[0].tolist())
    assert set(words[1:-1]) <= changed
    assert len(changed) <= len(set(words)) + 1  # and the mark of a hidden word
    ours, theirs = (
        json.loads((folder / "tokenizer.json").read_text("utf-8")) for folder in (backbone, out)
    )
    assert ours["model"] == theirs["model"]
    assert (
        new_model(find_backbone(str(out)), Head(HeadKind.SOFTMAX, ("drug",))).config.hidden_size
        == before.shape[1]
    )
    assert json.loads((out / DESCRIPTION).read_bytes())["base"] == "tiny"


def test_what_is_frequent_is_guessed_from_the_first_update_on(
    backbone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.training.pretraining._SECONDS_BETWEEN", 0.0)
    told: list[Pace] = []
    items = [Document(key, "note", "he " * 60 + "was . ") for key in range(20)]
    adapt_backbone(
        items,
        tmp_path / "adapted",
        backbone=str(backbone),
        budget=Budget(updates=2),
        seed=5,
        watch=watch(pace=told.append),
    )
    assert told[1].loss < 0.5 * math.log(3)  # even guesses among three words give more


def test_too_little_text_is_said(backbone: Path, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="too little text"):
        adapt_backbone(
            [Document(1, "note", "Short .")],
            tmp_path / "adapted",
            backbone=str(backbone),
            budget=Budget(updates=1),
            seed=5,
            watch=watch(),
        )
    assert list(tmp_path.iterdir()) == []
