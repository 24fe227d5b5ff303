from __future__ import annotations

from tokenizers import Tokenizer

from core.inference.batching import nothing_to_check
from core.schema.documents import Document
from core.training.vocabulary import SPECIAL, train_vocabulary

COMMON = "患者服用aspirin 100 mg，每日一次。"


def documents(patients: int, *more: str) -> list[Document]:
    """A record of each patient; the first one's holds what no other does."""
    texts = [COMMON + "".join(more), *[COMMON] * (patients - 1)]
    return [
        Document(number, "note", text, f"patient {number}") for number, text in enumerate(texts)
    ]


def train(items: list[Document], **options: int) -> Tokenizer:
    settings = {"size": 500, **options}
    return train_vocabulary(items, check=nothing_to_check, **settings)


def test_chinese_characters_stand_alone_and_common_words_are_whole() -> None:
    encoding = train(documents(5)).encode(COMMON)
    assert encoding.tokens == [
        *("[CLS]", "患", "者", "服", "用", "aspirin", "100", "mg"),
        *(",", "每", "日", "一", "次", "。", "[SEP]"),
    ]


def test_special_entries_come_first() -> None:
    vocabulary = train(documents(5)).get_vocab()
    assert [vocabulary[token] for token in SPECIAL] == [0, 1, 2, 3, 4]
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))


def test_nothing_of_a_word_that_few_patients_have_is_written() -> None:
    items = documents(5, "张Zqxvicz")
    # Another record of the same patient makes no other patient of her.
    items += [Document(9, "note", "Zqxvicz " * 50, "patient 0")]
    vocabulary = train(items).get_vocab()
    assert not {"Z", "q", "x", "v", "张"} & set(vocabulary)
    assert not [piece for piece in vocabulary if "qx" in piece or "icz" in piece]
    assert "Zqxvicz" in train(items, least_patients=1).get_vocab()


def test_a_character_that_two_patients_have_is_known() -> None:
    items = documents(5, "张")
    items.append(Document(9, "note", "张", "patient 9"))
    vocabulary = train(items).get_vocab()
    assert "张" in vocabulary


def test_a_rare_word_of_known_letters_is_spelled() -> None:
    assert train(documents(5)).encode("map").tokens[1:-1] == ["m", "##a", "##p"]


def test_full_width_and_narrow_forms_are_the_same() -> None:
    tokenizer = train(documents(5))
    assert tokenizer.encode("１００ ｍｇ").ids == tokenizer.encode("100 mg").ids


def test_no_more_entries_than_wanted() -> None:
    assert train(documents(5), size=200).get_vocab_size() <= 200


def test_the_order_of_records_is_of_no_account() -> None:
    items = documents(6, "amoxicillin")
    assert train(items).to_str() == train(items[::-1]).to_str()
