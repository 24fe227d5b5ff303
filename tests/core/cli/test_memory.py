from __future__ import annotations

from pathlib import Path

from tests.core.cli.conftest import Chartmark


def test_memory_is_told_by_encoder_and_window(chartmark: Chartmark) -> None:
    answer = chartmark("memory")
    assert answer.code == 0
    assert "MiniLM-L6" in answer.out
    assert "DeBERTa-v3-base" in answer.out
    assert "are free here; an update has" in answer.out
    told = chartmark("memory", "--json").json
    assert told["free_bytes"] > 0
    assert len(told["encoders"]) == 5
    row = told["encoders"][0]["windows"][2]
    assert row["length"] == 256
    # More cores train more rounds at the same time, each in a process of its own.
    assert 2**30 < row["cpu_bytes"] < 5 * 2**30
    assert set(row) == {"length", "cpu_bytes", "gpu_bytes", "windows_at_once", "taken_bytes"}


def test_memory_of_a_folder(chartmark: Chartmark, backbone: Path, tmp_path: Path) -> None:
    told = chartmark("memory", "--json", "--backbone", backbone).json
    (encoder,) = told["encoders"]
    assert encoder["name"] == backbone.name
    assert [row["length"] for row in encoder["windows"]] == [64, 128]
    refused = chartmark("memory", "--backbone", tmp_path)
    assert refused.code == 1
    assert "holds no Hugging Face model" in refused.err
