"""What an export wrote, and what its format could not hold."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.design.tokens import SPACE_M
from app.dialogs.dialog import text_label
from app.dialogs.report_table import ReportTable
from app.quantities import whole
from app.texts import worded
from core.formats.writing import WriteReport


class ExportedPage(QWidget):
    """Shows a WriteReport."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.summary = text_label("", "lead")
        self.place = text_label("", "note")
        self.verdict = text_label("", "")
        self.left_out = ReportTable(
            (self.tr("Record"), self.tr("Left out"), self.tr("How often")), stretch=1
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(self.summary)
        column.addWidget(self.place)
        column.addWidget(self.verdict)
        column.addWidget(self.left_out, 1)
        column.addStretch(0)
        self._column = column

    def show_report(self, out: Path, report: WriteReport) -> None:
        """Show what was written to ``out``."""
        self.summary.setText(
            self.tr("{0} records with {1} labels were written.").format(
                whole(report.documents), whole(report.spans)
            )
        )
        self.place.setText(str(out))
        if report.left_out:
            self.verdict.setText(self.tr("The format could not hold all of them as they are:"))
            self.left_out.fill(
                [
                    (item.document, worded(item.reason), whole(item.count))
                    for item in report.left_out
                ]
            )
        else:
            self.verdict.setText(self.tr("Nothing was left out."))
            self.left_out.hide()
            self._column.setStretch(self._column.count() - 1, 1)
