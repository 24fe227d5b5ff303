"""Device and precision follow what torch says of the machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from transformers import DebertaConfig, DebertaForTokenClassification

from core.inference import devices
from core.inference.devices import (
    autocast_type,
    choose_device,
    choose_precision,
    describe_device,
    describe_devices,
    memory_mb,
)
from core.schema.errors import KnownError
from core.schema.learning import Precision


@pytest.fixture(autouse=True)
def fresh_probe() -> Iterator[None]:
    devices._probe_cpu.cache_clear()
    yield
    devices._probe_cpu.cache_clear()


def have(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Pretend that just these accelerators are here."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: "cuda" in names)
    monkeypatch.setattr(torch.xpu, "is_available", lambda: "xpu" in names)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: "mps" in names)


@pytest.mark.parametrize(
    ("present", "chosen"),
    [
        (("cuda", "xpu", "mps"), "cuda"),
        (("xpu", "mps"), "xpu"),
        (("mps",), "mps"),
        ((), "cpu"),
    ],
)
def test_the_fastest_device_is_chosen(
    monkeypatch: pytest.MonkeyPatch, present: tuple[str, ...], chosen: str
) -> None:
    have(monkeypatch, *present)
    assert choose_device() == torch.device(chosen)


def test_a_named_device_is_taken_if_it_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, "cuda")
    assert choose_device("cpu") == torch.device("cpu")
    assert choose_device("cuda:0") == torch.device("cuda:0")
    with pytest.raises(KnownError, match="mps is not in this machine"):
        choose_device("mps")
    with pytest.raises(KnownError, match="no device called toaster"):
        choose_device("toaster")


def times(monkeypatch: pytest.MonkeyPatch, *, fp32: float, bf16: float) -> None:
    seconds = {torch.float32: fp32, torch.bfloat16: bf16}
    monkeypatch.setattr(devices, "_time_product", lambda dtype, _: seconds[dtype])


@pytest.mark.parametrize(
    ("bf16", "chosen"),
    [(0.5, Precision.BF16), (0.9, Precision.FP32), (2.0, Precision.FP32)],
)
def test_a_cpu_computes_in_bf16_only_where_that_pays(
    monkeypatch: pytest.MonkeyPatch, bf16: float, chosen: Precision
) -> None:
    times(monkeypatch, fp32=1.0, bf16=bf16)
    assert choose_precision(torch.device("cpu")) is chosen


def test_emulated_bf16_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def emulated(dtype: torch.dtype, rows: int) -> float:
        asked.append(rows)
        return 50.0 if dtype is torch.bfloat16 else 1.0

    monkeypatch.setattr(devices, "_time_product", emulated)
    assert choose_precision(torch.device("cpu")) is Precision.FP32
    # The full product, in which it would take many seconds, is not tried.
    assert max(asked) == 64


def test_a_wanted_precision_is_not_probed(monkeypatch: pytest.MonkeyPatch) -> None:
    times(monkeypatch, fp32=1.0, bf16=0.1)
    assert choose_precision(torch.device("cpu"), Precision.FP32) is Precision.FP32


@pytest.mark.parametrize("wanted", list(Precision))
def test_a_family_that_fails_under_autocast_computes_in_fp32(
    monkeypatch: pytest.MonkeyPatch, wanted: Precision
) -> None:
    times(monkeypatch, fp32=1.0, bf16=0.1)
    for device in ("cpu", "cuda"):
        chosen = choose_precision(torch.device(device), wanted, family="deberta")
        assert chosen is Precision.FP32
    assert choose_precision(torch.device("cpu"), family="deberta-v2") is Precision.BF16


def test_such_a_family_does_fail() -> None:
    config = DebertaConfig(
        vocab_size=20,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
    )
    model = DebertaForTokenClassification(config)
    ids = torch.arange(6)[None]
    model(input_ids=ids)
    with torch.autocast("cpu", dtype=torch.bfloat16), pytest.raises(RuntimeError, match="overflow"):
        model(input_ids=ids)


@pytest.mark.parametrize(("units", "chosen"), [(True, Precision.BF16), (False, Precision.FP16)])
def test_an_older_gpu_computes_in_fp16(
    monkeypatch: pytest.MonkeyPatch, units: bool, chosen: Precision
) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda **_: units)
    assert choose_precision(torch.device("cuda")) is chosen


def test_other_devices() -> None:
    assert choose_precision(torch.device("xpu")) is Precision.BF16
    assert choose_precision(torch.device("mps")) is Precision.FP32


def test_a_gpu_counts_bf16_units_not_emulation(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def supported(including_emulation: bool = True) -> bool:
        asked.append(including_emulation)
        return including_emulation

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", supported)
    assert choose_precision(torch.device("cuda")) is Precision.FP16
    assert asked == [False]


def test_the_probe_measures_this_machine() -> None:
    assert choose_precision(torch.device("cpu")) in {Precision.FP32, Precision.BF16}


def test_autocast_types() -> None:
    assert autocast_type(Precision.FP32) is None
    assert autocast_type(Precision.BF16) is torch.bfloat16
    assert autocast_type(Precision.FP16) is torch.float16


def test_devices_as_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch)
    times(monkeypatch, fp32=1.0, bf16=0.5)
    threads = torch.get_num_threads()
    assert describe_devices() == (f"CPU ({threads} threads), bf16",)
    assert describe_device(torch.device("mps")) == "MPS"


def test_memory_of_the_process() -> None:
    assert memory_mb(torch.device("cpu")) > 10
