from __future__ import annotations

from core.schema.documents import Document, LabelledDocument
from core.training.replay import with_replay


def documents(count: int) -> list[LabelledDocument]:
    return [LabelledDocument(Document(key, f"note {key}", "Text."), ()) for key in range(count)]


def keys(chosen: list[LabelledDocument]) -> list[int]:
    return [item.document.id for item in chosen]


def test_old_documents_are_replayed_with_the_new_ones() -> None:
    everything = documents(200)
    new = set(range(60, 150))
    chosen = keys(with_replay(everything, new, seed=5))
    assert new <= set(chosen)
    assert len(chosen) == 120
    assert chosen == sorted(chosen)


def test_a_single_new_document_is_not_learned_alone() -> None:
    assert len(with_replay(documents(100), {7}, seed=5)) == 17
    assert len(with_replay(documents(10), {7}, seed=5)) == 10


def test_the_seed_decides_the_sample() -> None:
    everything = documents(100)
    new = {99, 1234}
    assert with_replay(everything, new, seed=5) == with_replay(everything, new, seed=5)
    assert with_replay(everything, new, seed=5) != with_replay(everything, new, seed=6)
