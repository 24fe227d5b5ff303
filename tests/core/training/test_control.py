"""A job is steered from another thread."""

from __future__ import annotations

import threading

import pytest

from core.training.control import Control, StoppedByUserError


def test_without_a_wish_nothing_happens() -> None:
    control = Control()
    control.check()
    control.hold()
    assert not control.paused
    assert not control.stopping


def test_cancelling_ends_the_job_at_its_next_check() -> None:
    control = Control()
    control.cancel()
    with pytest.raises(StoppedByUserError):
        control.check()
    with pytest.raises(StoppedByUserError):
        control.hold()


@pytest.mark.parametrize("wish", [Control.resume, Control.stop_keep_best, Control.cancel])
def test_a_held_job_notices_what_ends_the_pause(wish: object) -> None:
    control = Control()
    control.pause()
    held = control.paused
    assert held
    ended = threading.Event()

    def job() -> None:
        try:
            control.hold()
        except StoppedByUserError:
            assert wish is Control.cancel
        ended.set()

    thread = threading.Thread(target=job)
    thread.start()
    assert not ended.is_set()
    assert callable(wish)
    wish(control)
    assert ended.wait(5)
    thread.join()
    assert not control.paused
    assert control.stopping is (wish is Control.stop_keep_best)


class Heard:
    """A follower that remembers what it was told."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def pause(self) -> None:
        self.words.append("pause")

    def resume(self) -> None:
        self.words.append("resume")


def test_followers_pause_and_go_on_with_the_job() -> None:
    control, first, second = Control(), Heard(), Heard()
    control.lead(first)
    control.pause()
    # One that comes late is held at once.
    control.lead(second)
    control.resume()
    control.lead()
    control.pause()
    control.stop_keep_best()
    assert first.words == ["pause"]
    assert second.words == ["pause", "resume"]


def test_a_stop_lets_followers_go_on_too() -> None:
    control, follower = Control(), Heard()
    control.lead(follower)
    control.pause()
    control.stop_keep_best()
    assert follower.words == ["pause", "resume"]
