from __future__ import annotations

import platform
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.schema.errors import KnownError
from core.schema.learning import Precision
from core.schema.run_record import RunRecord
from core.training.record import check_repeat, describe_run
from core.training.schedule import Schedule

SCHEDULE = Schedule(4, 2, 10, 3, 25)


@pytest.fixture(scope="module")
def record(backbone: Path) -> RunRecord:
    return describe_run(
        device=torch.device("cpu"),
        precision=Precision.FP32,
        begins_from=str(backbone),
        schedule=SCHEDULE,
    )


def test_a_record_says_where_and_with_what(record: RunRecord, backbone: Path) -> None:
    assert (record.device, record.precision) == ("cpu", Precision.FP32)
    assert record.threads == torch.get_num_threads()
    assert record.began_from == backbone.name
    assert len(record.weights_sha256) == 64
    assert record.schedule["micro_batch_size"] == 4
    assert record.versions["python"] == platform.python_version()
    assert record.versions["torch"] == torch.__version__
    assert set(record.versions) == {"python", "chartmark", "torch", "transformers", "tokenizers"}


def test_the_same_again_is_no_matter(record: RunRecord) -> None:
    assert check_repeat(record, record) == ""
    renamed = replace(record, began_from="moved")
    assert check_repeat(record, renamed) == ""


def test_other_weights_are_refused(record: RunRecord) -> None:
    with pytest.raises(KnownError, match="not those that the training began from"):
        check_repeat(record, replace(record, weights_sha256="0" * 64))


def test_what_differs_is_named_with_what_it_was(record: RunRecord) -> None:
    other = replace(
        record,
        threads=record.threads + 1,
        schedule={**record.schedule, "micro_batch_size": 2},
        versions={**record.versions, "torch": "9.9"},
    )
    words = check_repeat(record, other)
    assert f"threads {record.threads + 1} ({record.threads})" in words
    assert "micro_batch_size 2 (4)" in words
    assert f"torch 9.9 ({torch.__version__})" in words
    assert "python" not in words
