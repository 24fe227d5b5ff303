"""What the strip opens into: live charts, the report, models with trainings, record, search."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.design.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, Ground
from app.training.board import Board
from app.training.curves import RunCurves
from app.training.library import Library
from app.training.loss_chart import LossChart
from app.training.models_page import ModelsPage
from app.training.record_page import RecordPage
from app.training.report_page import ReportPage
from app.training.score_chart import ScoreChart
from app.training.search_page import SearchPage
from app.training.state import State
from core.schema.labels import LabelScheme


class Details(QWidget):
    """Shows what a board holds; pages that are hidden are brought up to date when shown."""

    def __init__(
        self, board: Board, ground: Ground, project: str, parent: QWidget | None = None
    ) -> None:
        """Show what the board holds now.

        Args:
            board: What is shown.
            ground: Colours.
            project: The project's folder, as a command would be given it.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._board = board
        self.loss = LossChart(ground)
        self.scores = ScoreChart(ground)
        self.report = ReportPage(ground)
        self.models = ModelsPage(ground)
        self.search = SearchPage(ground)
        self.record = RecordPage(project)
        live = QWidget()
        row = QHBoxLayout(live)
        row.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_S)
        row.setSpacing(SPACE_XL)
        row.addWidget(self.loss, 4)
        row.addWidget(self.scores, 5)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("What is shown of training"))
        self._pages = QStackedWidget()
        for page, title in (
            (live, self.tr("Live")),
            (self.report, self.tr("Report")),
            (self.models, self.tr("Models")),
            (self.search, self.tr("Recipe")),
            (self.record, self.tr("Record")),
        ):
            page.setProperty("role", "canvas")
            page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self._pages.addWidget(page)
            self.tabs.addTab(title)
        self.tabs.currentChanged.connect(self._on_tab_chosen)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_XS, 0, SPACE_L, 0)
        head.addWidget(self.tabs)
        head.addStretch(1)
        line = QFrame()
        line.setProperty("role", "line")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line)
        column.addWidget(self._pages, 1)
        board.curves_changed.connect(self._show_curves)
        board.library_changed.connect(self._show_library)
        board.state_changed.connect(self._show_state)
        self.models.run_chosen.connect(board.show_run)
        self._show_library(board.library)
        self._show_state(board.state)
        self._show_curves(board.curves)

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Take order and colours of the labels."""
        self.scores.set_scheme(scheme)
        self.report.set_scheme(scheme)

    def show_search(self) -> None:
        """Show the page of the search for a recipe."""
        self.tabs.setCurrentIndex(self._pages.indexOf(self.search))

    def tint(self, ground: Ground) -> None:
        """Take the colours of a ground."""
        for part in (self.loss, self.scores, self.report, self.models, self.search):
            part.tint(ground)

    def _on_tab_chosen(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self._show_curves(self._board.curves)

    def _show_curves(self, curves: RunCurves) -> None:
        if self.tabs.currentIndex() == 0:
            self.loss.show_curves(curves)
            self.scores.show_curves(curves)
        self.report.show_curves(curves)
        self.record.show_curves(curves)

    def _show_library(self, library: Library) -> None:
        self.scores.set_current(library.current)
        self.report.show_library(library)
        self.models.show_library(library)
        self.search.show_library(library)
        self.record.show_library(library)

    def _show_state(self, state: State) -> None:
        self.models.show_state(state)
        self.search.show_state(state)
