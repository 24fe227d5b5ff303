from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.tour.driver import Driver
from tests.tour.launch import window_on
from tests.tour.steps import Tour


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_main_job_in_the_real_window(qapp: QApplication, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    with window_on(tmp_path, qapp) as window:
        driver = Driver(window, pictures)
        Tour(driver, tmp_path).walk()
    assert len(driver.pictures) >= 35
    assert all(file.stat().st_size > 3_000 for file in driver.pictures)
