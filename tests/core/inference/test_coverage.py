from __future__ import annotations

import pytest
from tokenizers import Tokenizer

from core.inference.coverage import measure_coverage
from core.schema.documents import Document
from core.schema.pretraining import Coverage


def measure(tokenizer: Tokenizer, *texts: str) -> Coverage:
    documents = [Document(number, "note", text) for number, text in enumerate(texts, start=1)]
    return measure_coverage(tokenizer, documents)


def test_english_is_known_to_an_english_vocabulary(tokenizer: Tokenizer) -> None:
    coverage = measure(
        tokenizer,
        "Hyperbilirubinaemia improved after 12.5 mg of hydrochlorothiazide, 1234567890.",
        "HbA1c 7.2 %; no electrocardiographic changes.",
    )
    assert (coverage.documents, coverage.words) == (2, 18)
    assert coverage.unknown == coverage.crumbled == 0
    assert coverage.warning == ""


def test_chinese_is_unknown_to_it(tokenizer: Tokenizer) -> None:
    coverage = measure(tokenizer, "患者服用阿司匹林后血压恢复正常，继续观察。")
    assert coverage.unknown_share > 0.5
    assert f"{round(100 * coverage.poor_share)} %" in coverage.warning


@pytest.mark.parametrize("text", ["Пациент принимает метформин ежедневно", "سكري المريض يعاني"])
def test_what_it_knows_letter_by_letter_alone_counts_as_well(
    tokenizer: Tokenizer, text: str
) -> None:
    coverage = measure(tokenizer, text)
    assert coverage.unknown == 0
    assert coverage.crumbled / coverage.words > 0.5
    assert coverage.warning


def test_no_words_are_no_cause_for_concern(tokenizer: Tokenizer) -> None:
    coverage = measure(tokenizer, "", " \n")
    assert (coverage.words, coverage.unknown_share, coverage.warning) == (0, 0.0, "")
