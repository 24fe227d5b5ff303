"""What an import did: counts, and what could not be read, to be copied elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from app.design.tokens import SPACE_M, SPACE_S, SPACE_XL
from app.dialogs.dialog import text_label
from app.dialogs.report_table import ReportTable
from app.quantities import whole
from app.texts import worded
from core.formats.registry import FORMATS
from core.operations.importing import ImportReport

_NAMES_SHOWN = 12


class ReportPage(QWidget):
    """Shows an ImportReport."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.summary = text_label("", "lead")
        self._counts = QGridLayout()
        self._counts.setHorizontalSpacing(SPACE_XL)
        self._counts.setVerticalSpacing(SPACE_S)
        self._counts.setColumnStretch(1, 1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(self.tr("Parts"))
        self.faults = ReportTable(
            (self.tr("File"), self.tr("Line"), self.tr("Could not be read")), stretch=2
        )
        self.notes = ReportTable(
            (
                self.tr("File"),
                self.tr("Line"),
                self.tr("Read otherwise, or left out"),
                self.tr("How often"),
            ),
            stretch=2,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(self.summary)
        column.addLayout(self._counts)
        column.addWidget(self.tabs, 1)
        self._rest = column.count()
        column.addStretch(0)
        self._column = column

    def show_report(self, report: ImportReport) -> None:
        """Show a report."""
        self.summary.setText(self._summary(report))
        for row, (caption, value) in enumerate(self._lines(report)):
            label = QLabel(caption)
            label.setProperty("role", "note")
            self._counts.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._counts.addWidget(text_label(value, ""), row, 1)
        self.faults.fill(
            [(item.file, _line(item.line), worded(item.reason)) for item in report.faults]
        )
        self.notes.fill(
            [
                (item.file, _line(item.line), worded(item.reason), whole(item.count))
                for item in report.notes
            ]
        )
        if report.faults:
            self.tabs.addTab(self.faults, self.tr("Faults ({0})").format(whole(len(report.faults))))
        if report.notes:
            self.tabs.addTab(self.notes, self.tr("Notes ({0})").format(whole(len(report.notes))))
        if not self.tabs.count():
            self.tabs.hide()
            self._column.setStretch(self._rest, 1)

    def _summary(self, report: ImportReport) -> str:
        if report.rolled_back:
            return self.tr("Nothing was imported, because some of it could not be read.")
        if report.added == 0:
            return self.tr("No record is new.")
        if report.added == 1:
            return self.tr("1 record was added.")
        return self.tr("{0} records were added.").format(whole(report.added))

    def _lines(self, report: ImportReport) -> list[tuple[str, str]]:
        """Return a caption and a value for each count that says something."""
        formats = sorted({FORMATS[name].title for name in report.formats.values()})
        lines = [
            (self.tr("Labels"), whole(report.spans)),
            (self.tr("Already here"), self._names(report.duplicates)),
            (self.tr("New labels"), ", ".join(report.labels_added)),
            (self.tr("Format"), ", ".join(formats)),
        ]
        if report.rolled_back:
            remedy = self.tr("Mend the places below, or import again and leave them out.")
            lines = [(self.tr("What to do"), remedy), lines[-1]]
        return [(caption, value) for caption, value in lines if value not in {"", "0"}]

    def _names(self, names: Sequence[str]) -> str:
        if not names:
            return ""
        shown = ", ".join(names[:_NAMES_SHOWN])
        more = len(names) - _NAMES_SHOWN
        if more > 0:
            shown = self.tr("{0} and {1} more").format(shown, whole(more))
        return self.tr("{0} ({1})").format(whole(len(names)), shown)


def _line(line: int) -> str:
    """Return a line number as shown; nothing where the whole file is meant."""
    return str(line) if line else ""
