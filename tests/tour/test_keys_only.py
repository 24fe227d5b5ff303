from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.tour.keys_only import Keyboard, KeysOnlyJob
from tests.tour.launch import window_on


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_main_job_without_a_mouse(qapp: QApplication, tmp_path: Path) -> None:
    with window_on(tmp_path, qapp) as window:
        KeysOnlyJob(Keyboard(window, tmp_path / "pictures"), tmp_path).walk()
