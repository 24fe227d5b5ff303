from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.crash import CrashReporter


def fail(record: str) -> None:
    try:
        raise KeyError(record)
    except KeyError as error:
        raise ValueError(f"cannot read {record}") from error


def test_report_names_places_and_holds_no_words(tmp_path: Path, qtbot: QtBot) -> None:
    reporter = CrashReporter(tmp_path)
    try:
        fail("Mrs Llewellyn has diabetes")
    except ValueError as error:
        with qtbot.waitSignal(reporter.reported) as reported:
            file = reporter.report(error)
    assert reported.args == [file]
    text = file.read_text(encoding="utf-8")
    assert "Llewellyn" not in text
    assert "diabetes" not in text
    assert "ValueError at test_crash.py:" in text
    assert "KeyError at test_crash.py:" in text
    assert "Chartmark 0." in text


def test_old_reports_make_room(tmp_path: Path) -> None:
    reporter = CrashReporter(tmp_path)
    files = [reporter.report(ValueError()) for _ in range(23)]
    left = sorted((tmp_path / "crashes").glob("crash-*.txt"))
    assert left == files[3:]
