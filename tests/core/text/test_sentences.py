from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.sentences import MOST_AFTER, MOST_BEFORE, sentence_around


def around(text: str, word: str) -> str:
    start = text.index(word)
    begin, end = sentence_around(text, start, start + len(word))
    return text[begin:end].strip()


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("No fever. Cough since May. Well.", "Cough", "Cough since May."),
        ("Seen by Dr. Hale for angina. Well.", "angina", "Seen by Dr. Hale for angina."),
        ("HbA1c 41. No ulcer.", "ulcer", "No ulcer."),
        ("EF 38.5 % and AF. Well.", "AF", "EF 38.5 % and AF."),
        ("- no fever\n- cough\n- no rash", "cough", "- cough"),
        ("PMH:\n1. angina\n2. asthma", "asthma", "2. asthma"),
        ("Diabetes: no\nAsthma", "Asthma", "Asthma"),
        (
            "She denies any chest pain at rest, nausea or\nany palpitations. Well.",
            "palpitations",
            "She denies any chest pain at rest, nausea or\nany palpitations.",
        ),
        ("Question of ? LADA in youth. Well.", "LADA", "Question of ? LADA in youth."),
        ("Angina? Not likely.", "Angina", "Angina?"),
        ("否认发热。有咳嗽；无皮疹。", "咳嗽", "有咳嗽；"),
    ],
)
def test_sentence(text: str, word: str, sentence: str) -> None:
    assert around(text, word) == sentence


@given(st.text(alphabet="ab .?!\n-1。:；", max_size=300), st.data())
def test_sentence_holds_the_stretch_and_is_short(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    begin, until = sentence_around(text, start, end)
    assert 0 <= begin <= start < end <= until <= len(text)
    assert start - begin <= MOST_BEFORE
    assert until - end <= MOST_AFTER
