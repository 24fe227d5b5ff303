"""Settings that hold from the next start: the offer, and a start that really happens."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.scale import apply_scale, environment_without_scale
from app.settings import LANGUAGE, SCALE, TEXT_SIZE
from app.window.main_window import MainWindow
from app.window.restart import Restart, restart_command, start_again


def test_the_offer_closes_the_window_and_remembers_its_project(
    opened: MainWindow, project_folder: Path, qtbot: QtBot
) -> None:
    restart = Restart(opened)
    opened.preferences.set(LANGUAGE, "zh_CN")
    assert opened.banner.isVisible()
    with qtbot.waitSignal(opened.closed):
        opened.banner.button.click()
    assert restart.wanted
    assert restart.project == project_folder
    assert restart_command(restart.project)[-2:] == ["open", str(project_folder)]


def test_nothing_is_offered_for_other_settings_or_once_a_change_is_taken_back(
    window: MainWindow,
) -> None:
    restart = Restart(window)
    window.preferences.set(TEXT_SIZE, 20)
    assert not window.banner.isVisible()
    window.preferences.set(SCALE, "125")
    assert window.banner.isVisible()
    window.preferences.set(SCALE, "100")
    assert not window.banner.isVisible()
    assert not restart.wanted


def test_another_process_is_started_without_the_scale_of_this_one(
    tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "said"
    script = f"import os; open({str(out)!r}, 'w').write(os.environ.get('QT_SCALE_FACTOR', 'none'))"
    start_again(None, command=[sys.executable, "-c", script])
    qtbot.waitUntil(lambda: out.is_file() and bool(out.read_text()))
    assert out.read_text() == environment_without_scale().get("QT_SCALE_FACTOR", "none")


def test_the_scale_is_multiplied_with_that_of_the_shell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QT_SCALE_FACTOR", "1.5")
    monkeypatch.setattr("app.scale._given", "1.5")
    apply_scale(200)
    assert os.environ["QT_SCALE_FACTOR"] == "3"
    assert environment_without_scale()["QT_SCALE_FACTOR"] == "1.5"
