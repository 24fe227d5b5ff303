from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    fired = Signal(bool)


def test_emitting_keeps_the_references_of_true() -> None:
    sender = Sender()
    heard: list[bool] = []
    sender.fired.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(500):
        sender.fired.emit(False)
    assert sys.getrefcount(True) > before - 100
    assert len(heard) == 500
