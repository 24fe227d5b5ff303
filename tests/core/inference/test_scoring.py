"""Documents stream through a model in portions, alike on one thread and on several."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from core.inference import scoring
from core.inference.encoding import Encoder
from core.inference.heads import Head, HeadKind
from core.inference.scoring import Scorer
from core.schema.documents import Document
from core.training.control import Control, StoppedByUserError

LABELS = ("drug", "disease")
TEXTS = ("Aspirin for gout .", "", "He takes insulin ; no cancer . " * 30, "Asthma", "\n \n")


def answer(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    """Logits that depend on the sub-token alone."""
    tags = np.arange(5)
    return (np.sin(ids[..., None] * (tags + 1.0)) * 6 * mask[..., None]).astype(np.float32)


def scorer(tokenizer: Tokenizer, threads: int) -> Scorer:
    return Scorer(
        forward=answer,
        encoder=Encoder(tokenizer, max_length=32, overlap=8),
        head=Head(HeadKind.SOFTMAX, LABELS),
        temperature=1.5,
        padding=0,
        threads=threads,
    )


def documents() -> Iterator[Document]:
    """Records without end."""
    for number in itertools.count(1):
        yield Document(number, "note", TEXTS[number % len(TEXTS)])


@pytest.fixture
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    for sizes in ("_USUAL", "_IN_THREADS"):
        monkeypatch.setattr(scoring, sizes, getattr(scoring, sizes)._replace(portion=100))


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("threads", [0, 1, 3])
def test_portions_hold_the_answers_of_each_document_alone_in_order(
    tokenizer: Tokenizer, threads: int
) -> None:
    some = list(itertools.islice(documents(), 23))
    portions = list(scorer(tokenizer, threads).stream(iter(some), seed=4))
    assert len(portions) > 3
    together = [item for portion in portions for item in portion]
    alone = [scorer(tokenizer, 0).predict([document], seed=4)[0] for document in some]
    assert together == alone
    assert any(item.spans for item in together)


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("threads", [0, 2])
def test_documents_are_taken_as_they_are_needed(tokenizer: Tokenizer, threads: int) -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        for document in documents():
            taken += 1
            yield document

    stream = scorer(tokenizer, threads).stream(endless())
    answered = len(next(stream)) + len(next(stream))
    # No more than the portion ahead, which the longest record of these may end.
    assert answered <= taken <= answered + 2 * len(TEXTS)
    stream.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("scoring")]


@pytest.mark.parametrize("threads", [0, 2])
def test_a_cancel_ends_the_stream_and_its_threads(tokenizer: Tokenizer, threads: int) -> None:
    control = Control()
    stream = scorer(tokenizer, threads).stream(documents(), check=control.check)
    next(stream)
    control.cancel()
    with pytest.raises(StoppedByUserError):
        next(stream)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("scoring")]


def test_what_a_model_raises_on_another_thread_is_raised(tokenizer: Tokenizer) -> None:
    def fail(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        raise MemoryError

    failing = Scorer(
        forward=fail,
        encoder=Encoder(tokenizer, max_length=32, overlap=8),
        head=Head(HeadKind.SOFTMAX, LABELS),
        temperature=1.0,
        padding=0,
        threads=2,
    )
    with pytest.raises(MemoryError):
        failing.predict([Document(1, "note", "gout")])
