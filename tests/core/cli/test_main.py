from __future__ import annotations

import io
import sys
from pathlib import Path

import click
import pytest

from core.cli import main as main_module
from core.cli.main import EXIT_BUG, EXIT_STOPPED, cli
from core.cli.output import Output
from tests.core.cli.conftest import Chartmark

SECRET = "Mrs Example has diabetes"


def test_every_command_has_its_help(chartmark: Chartmark) -> None:
    answer = chartmark("--help")
    assert answer.code == 0
    for name in cli.commands:
        assert f"  {name} " in answer.out
        about = chartmark(name, "--help")
        assert about.code == 0
        assert about.out.startswith(f"Usage: chartmark {name} ")
    # No command's line is cut short.
    assert "..." not in answer.out.split("Commands:")[1]


def test_the_version_is_told(chartmark: Chartmark) -> None:
    assert chartmark("--version").out.startswith("chartmark, version ")


@pytest.mark.parametrize(
    "wrong",
    [
        ("nonsense",),
        ("new",),
        ("new", "p"),
        ("verify",),
        ("import", "p", "/does/not/exist"),
        ("import", "p", ".", "--format", "fhir"),
        ("import", "p", ".", "--group", "0"),
        ("evaluate", "p", "--split", "auto"),
        ("suggest", "p", "--strategy", "magic"),
        ("suggest", "p", "--limit", "0"),
        ("train", "p", "--seed", "many"),
        ("predict", "/does/not/exist", "x"),
        ("export", "p", "out"),
        ("export", "p", "out", "--format", "text"),
        ("verify", "p", "--passphrase-file", "/does/not/exist"),
        ("open", "p"),
    ],
)
def test_wrong_usage_is_2(chartmark: Chartmark, wrong: tuple[str, ...]) -> None:
    answer = chartmark(*wrong)
    assert answer.code == 2
    assert "Error: " in answer.err
    assert answer.out == ""


def test_a_bug_is_named_by_its_place_never_by_its_words(
    chartmark: Chartmark, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command("stumble")
    def stumble() -> None:
        raise ValueError(SECRET)

    monkeypatch.setitem(cli.commands, "stumble", stumble)
    answer = chartmark("stumble")
    assert answer.code == EXIT_BUG
    assert "ValueError at test_main.py" in answer.err
    assert SECRET not in answer.err + answer.out


def test_an_interrupt_is_130(chartmark: Chartmark, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("wait")
    def wait() -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.commands, "wait", wait)
    answer = chartmark("wait")
    assert (answer.code, answer.err.strip()) == (EXIT_STOPPED, "Stopped.")


def test_arguments_are_those_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["chartmark", "--version"])
    assert main_module.main() == 0
    assert "version" in capsys.readouterr().out


def test_torch_is_not_loaded_for_a_command(tmp_path: Path) -> None:
    import subprocess

    script = (
        "import sys\n"
        "from core.cli.main import main\n"
        "assert main(sys.argv[1:]) == 0\n"
        "print(*{'torch', 'transformers', 'PySide6', 'onnxruntime'} & sys.modules.keys())\n"
    )
    folder = tmp_path / "x.chartmark"
    ended = subprocess.run(
        [sys.executable, "-c", script, "new", str(folder), "--labels", "a", "--json"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).resolve().parents[3],
    )
    assert ended.stdout.splitlines()[1:] == [""]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, json, shown in (
        (Terminal(), False, True),
        (Terminal(), True, False),
        (io.StringIO(), False, False),
    ):
        monkeypatch.setattr(sys, "stderr", stream)
        with Output(json=json).progress() as tell:
            tell("Reading", 0, 0)
            tell("Training, loss 0.5", 12, 30)
        assert ("12/30" in stream.getvalue()) == shown
