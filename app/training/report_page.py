"""The page of the report: per label and on the whole, compared with the model before."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, Ground
from app.quantities import decimal, whole
from app.texts import translated
from app.training.curves import RunCurves
from app.training.library import Library
from app.training.report_model import ReportModel
from app.training.words import RUN_ENDS
from core.schema.labels import LabelScheme
from core.schema.learning import Calibration, Report

_ROW_HEIGHT = 24
_NAME_WIDTH = 240
_FIGURE_WIDTH = 96


class ReportPage(QWidget):
    """Shows the report of the run on screen, or of the current model where there is no run."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build an empty page."""
        super().__init__(parent)
        self._curves = RunCurves()
        self._library = Library()
        self._scheme = LabelScheme(())
        self.title = QLabel()
        self.note = QLabel()
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self.confidence = QLabel()
        self.confidence.setProperty("role", "small")
        self.confidence.setWordWrap(True)
        self.model = ReportModel(ground)
        self.table = _table(self.tr("Report"))
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.resizeSection(ReportModel.LABEL, _NAME_WIDTH)
        for column in range(ReportModel.PRECISION, ReportModel.SUPPORT + 1):
            header.resizeSection(column, _FIGURE_WIDTH)
        self.table.setMaximumWidth(_NAME_WIDTH + 5 * _FIGURE_WIDTH + SPACE_L)
        self.empty = QLabel(self.tr("No evaluation yet. A training makes one after each pass."))
        self.empty.setProperty("role", "quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_S)
        column_layout.setSpacing(SPACE_S)
        column_layout.addWidget(self.title)
        column_layout.addWidget(self.table, 1)
        column_layout.addWidget(self.confidence)
        column_layout.addWidget(self.note)
        column_layout.addWidget(self.empty, 1)
        self._show()

    def show_curves(self, curves: RunCurves) -> None:
        """Show the report of a run."""
        self._curves = curves
        self._show()

    def show_library(self, library: Library) -> None:
        """Take the models to compare with."""
        self._library = library
        self._show()

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Take order and colours of the labels."""
        self._scheme = scheme
        self._show()

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        self.model.ground = ground
        self._show()

    def _show(self) -> None:
        report, former, title, note = self._contents()
        self.model.set_report(report, former, self._scheme)
        self.title.setText(title)
        self.note.setText(note)
        self.table.setColumnHidden(ReportModel.CHANGE, former is None)
        calibration = report.calibration if report is not None else None
        self.confidence.setText(self._confidence(calibration) if calibration is not None else "")
        for widget in (self.title, self.table, self.note):
            widget.setVisible(report is not None)
        self.confidence.setVisible(calibration is not None)
        self.empty.setVisible(report is None)

    def _confidence(self, measured: Calibration) -> str:
        """Say how far confidence can be taken at its word."""
        error = decimal(100 * measured.error, 1)
        if measured.unscaled is None:
            text = self.tr(
                "Confidence is off by {0} points of 100 on average (expected calibration error)."
            ).format(error)
        else:
            text = self.tr(
                "Confidence is off by {0} points of 100 on average, without calibration by {1} "
                "(expected calibration error)."
            ).format(error, decimal(100 * measured.unscaled, 1))
        if not measured.cross_fitted:
            return text
        fitted = self.tr(
            "Calibration is fitted on these dev records; here each half is measured with what the "
            "other half gave."
        )
        return f"{text} {fitted}"

    def _contents(self) -> tuple[Report | None, Report | None, str, str]:
        """Return the report, what to compare it with, a title and a note."""
        curves, current = self._curves, self._library.current
        if curves.report is None:
            if current is None:
                return None, None, "", ""
            title = self.tr("{0}, the current model, on its dev records").format(current.name)
            return current.report, None, title, ""
        finished = curves.finished
        if finished is not None:
            made = next((m for m in self._library.models if m.run_id == curves.run_id), None)
            name = made.name if made is not None else self.tr("Training {0}").format(curves.run_id)
            count = curves.started.dev_documents if curves.started is not None else 0
            title = self.tr("{0} on {1} dev records").format(name, count)
            parts = [translated("Training", RUN_ENDS.get(finished.reason, ""))]
            if finished.current_report is not None:
                parts.append(self.tr("Change: against the model before, on the same records."))
            return finished.report, finished.current_report, title, " ".join(filter(None, parts))
        best = curves.best
        step = whole(best.step) if best is not None else "0"
        title = self.tr("Training {0}, best so far (step {1})").format(curves.run_id, step)
        if current is None:
            return curves.report, None, title, ""
        note = self.tr(
            "Change: against {0} as it was measured at its own training. Both are measured on "
            "the same records at the end."
        ).format(current.name)
        return curves.report, current.report, title, note


def _table(name: str) -> QTableView:
    table = QTableView()
    table.setAccessibleName(name)
    table.setProperty("role", "flat")
    table.setShowGrid(False)
    table.setIconSize(QSize(10, 10))
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
    table.horizontalHeader().setHighlightSections(False)
    return table
