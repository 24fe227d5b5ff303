from __future__ import annotations

from dataclasses import replace

import pytest

from core.schema.documents import LabelledDocument, Span
from core.schema.errors import KnownError
from core.training.events import Notice
from core.training.readiness import check_vocabulary
from tests.core.training.bench import Bench

CHINESE = "患者服用阿司匹林后血压恢复正常"


def in_chinese(item: LabelledDocument, words: int) -> LabelledDocument:
    """The record with so many Chinese characters behind it."""
    text = item.document.text + " " + (CHINESE * 9)[:words]
    return replace(item, document=replace(item.document, text=text))


def told(bench: Bench, documents: list[LabelledDocument]) -> list[Notice]:
    notices: list[Notice] = []
    check_vocabulary(bench.backbone, documents, emit=notices.append, check=bench.control.check)
    return notices


def test_a_backbone_of_the_records_language_is_no_matter(bench: Bench) -> None:
    assert told(bench, bench.train) == []


def test_one_that_knows_part_of_the_words_is_told_of(bench: Bench) -> None:
    (notice,) = told(bench, [in_chinese(item, 3) for item in bench.train])
    assert "% of the words are unknown" in notice.text


def test_a_training_on_one_of_another_language_is_refused(bench: Bench) -> None:
    bench.train = [
        replace(in_chinese(item, 60), spans=(Span(0, 2, "drug"),)) for item in bench.train
    ]
    with pytest.raises(KnownError, match="are unknown"):
        bench.go()
    assert bench.events == []
    assert not bench.run_folder.exists()
