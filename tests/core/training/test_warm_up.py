from __future__ import annotations

import gc

import pytest

from core.inference import model
from core.schema.errors import KnownError
from core.training import warm_up


def test_a_damaged_backbone_is_left_for_the_training_to_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged() -> None:
        raise KnownError("The embedded backbone's weights are damaged.", "Install it again.")

    monkeypatch.setattr(warm_up, "embedded_backbone", damaged)
    warm_up.warm_up()


def test_the_tokenizer_is_ready_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    # Objects of other tests are garbage some day; only a worker keeps what it has for good.
    monkeypatch.setattr(gc, "freeze", lambda: None)
    warm_up.warm_up()
    before = model.fast_tokenizer.cache_info().hits
    model.fast_tokenizer(str(model.embedded_backbone()))
    assert model.fast_tokenizer.cache_info().hits == before + 1
