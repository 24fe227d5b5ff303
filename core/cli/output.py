"""How the command line speaks: tables and bars for people, JSON for scripts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from core.schema.learning import Calibration, Report, Score

Tell = Callable[[str, int, int], None]
"""Shows a step's name, how much of it is done and how much there is (0: not known)."""


class Output:
    """Where a command writes; chosen once by ``--json``."""

    def __init__(self, *, json: bool) -> None:
        """Speak JSON or to people."""
        self.json = json
        self._console = Console(highlight=False)

    def result(self, value: object, text: str) -> None:
        """Print the command's result: as one JSON object, or as text."""
        if self.json:
            self.line(value)
        elif text:
            self._console.print(text, markup=False, soft_wrap=True)

    def line(self, value: object) -> None:
        """Print one JSON object a line."""
        click.echo(msgspec.json.encode(value).decode())

    def say(self, text: str) -> None:
        """Tell people something on the way; scripts are not told."""
        if not self.json:
            self._console.print(text, markup=False, soft_wrap=True)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table for people; all columns but the first are aligned right."""
        if self.json:
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        for index, column in enumerate(columns):
            table.add_column(column, justify="right" if index else "left")
        for row in rows:
            table.add_row(*row)
        self._console.print(table)

    def report(self, report: Report) -> None:
        """Print an evaluation as a table for people."""
        rows = [(name, *_cells(score)) for name, score in report.labels.items()]
        averages = (("micro", report.micro), ("macro", report.macro), ("weighted", report.weighted))
        rows += [(f"{name} average", *_cells(score)) for name, score in averages]
        self.table(("label", "precision", "recall", "F1", "support"), rows)
        if report.calibration is not None:
            self.say(_calibration(report.calibration))

    @contextmanager
    def progress(self) -> Iterator[Tell]:
        """Show a bar while people wait on a terminal; elsewhere the function given does nothing."""
        if self.json or not sys.stderr.isatty():
            yield lambda _step, _done, _total: None
            return
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            # What is said meanwhile belongs above the bar, but in a file where one takes it.
            redirect_stdout=sys.stdout.isatty(),
        ) as bars:
            task = bars.add_task("", total=1, count="")

            def tell(step: str, done: int, total: int) -> None:
                count = f"{done}/{total}" if total else ""
                bars.update(
                    task, description=step, completed=done, total=max(total, 1), count=count
                )

            yield tell


def _cells(score: Score) -> tuple[str, str, str, str]:
    return (
        f"{score.precision:.4f}",
        f"{score.recall:.4f}",
        f"{score.f1:.4f}",
        str(score.support),
    )


def _calibration(measured: Calibration) -> str:
    before = "" if measured.unscaled is None else f", {measured.unscaled:.4f} before scaling"
    how = "; each half of dev with the other's temperature" if measured.cross_fitted else ""
    return (
        f"calibration error of confidence: {measured.error:.4f}{before} "
        f"({measured.spans} predicted spans{how})"
    )
