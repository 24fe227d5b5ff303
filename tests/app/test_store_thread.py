from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.store_thread import StoreThread


@pytest.fixture
def thread(qtbot: QtBot) -> Iterator[StoreThread]:
    made = StoreThread("store-test")
    yield made
    made.stop()


def test_work_is_done_elsewhere_and_answered_here_in_order(
    thread: StoreThread, qtbot: QtBot
) -> None:
    here = threading.current_thread()
    places: list[threading.Thread] = []
    answers: list[int] = []

    def answered(value: int) -> None:
        assert threading.current_thread() is here
        answers.append(value)

    def work(number: int) -> int:
        places.append(threading.current_thread())
        return number

    for number in range(50):
        thread.run(lambda number=number: work(number), done=answered)  # type: ignore[misc]  # bound by default
    qtbot.waitUntil(lambda: len(answers) == 50)
    assert answers == list(range(50))
    assert here not in places
    assert len(set(places)) == 1


def test_errors_come_back(thread: StoreThread, qtbot: QtBot) -> None:
    failures: list[Exception] = []

    def fail() -> None:
        raise ValueError("no")

    thread.run(fail, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    with qtbot.capture_exceptions() as caught:
        thread.run(fail)
        qtbot.waitUntil(lambda: bool(caught))
    assert issubclass(caught[0][0], ValueError)


def test_stopping_finishes_what_was_asked() -> None:
    done: list[int] = []
    stopping = StoreThread("store-test")
    for number in range(20):
        stopping.run(lambda number=number: done.append(number))  # type: ignore[misc]  # bound by default
    stopping.stop()
    assert done == list(range(20))
