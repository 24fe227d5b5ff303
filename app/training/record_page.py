"""The page of a run's record: what it was made of, and the command that repeats it."""

from __future__ import annotations

import shlex

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_L, SPACE_M, SPACE_S
from app.quantities import whole
from app.training.curves import RunCurves
from app.training.figures import tabular
from app.training.library import Library
from app.training.words import Words
from core.schema.learning import Run
from core.schema.run_record import Energy, RunRecord

_ROW_HEIGHT = 24
_NAME_WIDTH = 180
_DIGITS = 12
"""Digits of a digest that are shown; the whole of it is in the tooltip."""
_JOULES_IN_WATT_HOUR = 3600

Row = tuple[str, str, str]
"""A name, what is shown, and what is shown on hover."""


class RecordPage(QWidget):
    """Shows the record of the run whose curves are on the screen."""

    def __init__(self, project: str, parent: QWidget | None = None) -> None:
        """Build an empty page.

        Args:
            project: The project's folder, for the command line.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._project = project
        self._curves = RunCurves()
        self._library = Library()
        self._words = Words(self)
        self.title = QLabel()
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(self.tr("Record"))
        self.table.setProperty("role", "flat")
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().resizeSection(0, _NAME_WIDTH)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.repeat = QLabel()
        self.repeat.setProperty("role", "small")
        self.repeat.setTextFormat(Qt.TextFormat.PlainText)
        self.repeat.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.empty = QLabel(
            self.tr("No record yet. A training keeps one from its first update on.")
        )
        self.empty.setProperty("role", "quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_S)
        column.setSpacing(SPACE_S)
        column.addWidget(self.title)
        column.addWidget(self.table, 1)
        column.addWidget(self.repeat)
        column.addWidget(self.empty, 1)
        self._show()

    def show_curves(self, curves: RunCurves) -> None:
        """Show the record of a run."""
        self._curves = curves
        self._show()

    def show_library(self, library: Library) -> None:
        """Take the runs and models that records speak of."""
        self._library = library
        self._show()

    def _show(self) -> None:
        run_id, record = self._curves.run_id, self._curves.record
        run = next((run for run in self._library.runs if run.id == run_id), None)
        rows = [] if run is None or record is None else self._rows(run, record)
        self.title.setText(self.tr("Training {0}").format(run_id))
        command = f"chartmark train {shlex.quote(self._project)} --repeat {run_id}"
        self.repeat.setText(self.tr("To repeat it: {0}").format(command))
        self.table.setRowCount(len(rows))
        for index, (name, value, hint) in enumerate(rows):
            for column, text in enumerate((name, value)):
                item = QTableWidgetItem(text)
                item.setFont(tabular(item.font()))
                item.setToolTip(hint)
                self.table.setItem(index, column, item)
        for widget in (self.title, self.table, self.repeat):
            widget.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _rows(self, run: Run, record: RunRecord) -> list[Row]:
        recipe, schedule = run.recipe, record.schedule
        finished = self._curves.finished
        digest = record.weights_sha256
        versions = " · ".join(f"{name} {number}" for name, number in record.versions.items())
        course = self.tr("{0} passes of {1} updates, {2} windows each, {3} at once").format(
            whole(schedule["epochs"]),
            whole(schedule["updates_per_epoch"]),
            whole(schedule["micro_batch_size"] * schedule["accumulation"]),
            whole(schedule["micro_batch_size"]),
        )
        rows: list[Row] = [
            (self.tr("Kind"), self._kind(run), ""),
            (self.tr("Data"), self._data(run), ""),
            (
                self.tr("Began from"),
                f"{record.began_from} · {digest[:_DIGITS]}" if digest else record.began_from,
                self.tr("SHA-256 of the weights: {0}").format(digest) if digest else "",
            ),
            (self.tr("Seed"), str(recipe.seed), ""),
            (self.tr("Learning rate"), f"{recipe.learning_rate:g}", ""),
            (self.tr("Course"), course, ""),
            *self._rounds(recipe.rounds, schedule.get("beside", 1)),
            (
                self.tr("Windows"),
                self.tr("{0} sub-tokens, {1} shared").format(
                    whole(recipe.max_length), whole(recipe.overlap)
                ),
                "",
            ),
            (
                self.tr("Computed on"),
                f"{record.processor} · {record.precision.value} · "
                + self.tr("threads: {0}").format(record.threads),
                "",
            ),
            (self.tr("Versions"), versions, versions),
        ]
        if finished is not None:
            rows += [
                (self.tr("Took"), self._words.duration(finished.seconds), ""),
                (self.tr("Energy"), self._energy(finished.energy), ""),
            ]
        return rows

    def _rounds(self, count: int, beside: int) -> list[Row]:
        if count == 1:
            return []
        said = self.tr("{0}, each from the beginning; the model is the mean of them")
        if beside > 1:
            said = self.tr(
                "{0}, each from the beginning, {1} at a time; the model is the mean of them"
            )
        return [(self.tr("Rounds"), said.format(whole(count), whole(beside)), "")]

    def _kind(self, run: Run) -> str:
        names = {model.id: model.name for model in self._library.models}
        if run.teacher_model_id:
            return self.tr("Full training, learns from {0} too").format(
                names.get(run.teacher_model_id, "–")
            )
        if not run.start_model_id:
            return self.tr("Full training")
        return self.tr("Continues {0}").format(names.get(run.start_model_id, "–"))

    def _data(self, run: Run) -> str:
        words = self.tr("as of entry {0} of the history").format(whole(run.snapshot_event))
        started = self._curves.started
        if started is None:
            return words
        counts = self.tr("{0} records to learn from, {1} to check on").format(
            whole(started.train_documents), whole(started.dev_documents)
        )
        return f"{counts} · {words}"

    def _energy(self, energy: Energy | None) -> str:
        if energy is None:
            return self.tr("not told by this machine")
        amount = QLocale().toString(energy.joules / _JOULES_IN_WATT_HOUR, "f", 2)
        return self.tr("{0} Wh, all programs together").format(amount)
