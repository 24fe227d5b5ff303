"""The queue on the left: search, filters, order, and the records."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.design.icons import icon
from app.design.tokens import SPACE_L, SPACE_S, SPACE_XS, Ground
from app.quantities import whole
from app.queue_feed import QueueQuery
from app.settings import STRATEGY
from app.texts import translated
from app.window.queue_delegate import QueueDelegate
from app.window.queue_empty import EmptyQueue
from app.window.queue_model import ROW_ROLE, STATUS_TEXTS, QueueModel
from core.schema.documents import ReviewStatus, Split
from core.schema.labels import LabelScheme
from core.schema.learning import Strategy
from core.store.documents import QueueRow

_TYPING_MS = 180
"""Pause in typing after which the search begins."""
_LEAST_HEIGHT = 64
_FILTERS_FROM = 140
_FIGURES_FROM = 230
"""Heights under which filters and figures leave their room to the records."""


class QueueDock(QWidget):
    """Shows the queue and lets the user narrow and order it."""

    record_chosen = Signal(int)
    """A record was clicked or chosen with Enter (its key)."""
    query_changed = Signal(object)
    """The user searches, filters or orders another way (QueueQuery)."""
    import_requested = Signal()
    """The button of the empty queue was pressed."""

    def __init__(self, ground: Ground, parent: QWidget | None = None) -> None:
        """Build an empty queue."""
        super().__init__(parent)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._query = QueueQuery()
        self._labels: tuple[str, ...] = ()
        self._ground = ground
        self._opens_first = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search all records"))
        self.search.setAccessibleName(self.tr("Search all records"))
        self.search.setClearButtonEnabled(True)
        self._search_icon = QAction(self)
        self.search.addAction(self._search_icon, QLineEdit.ActionPosition.LeadingPosition)
        self.filter_button = self._menu_button(self.tr("Filter"))
        self.order_button = self._menu_button(self.tr("Order"))
        self.model = QueueModel(self)
        self.view = QListView()
        self.view.setProperty("role", "flat")
        self.view.setAccessibleName(self.tr("Records"))
        self.view.setModel(self.model)
        self._delegate = QueueDelegate(ground, self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.empty = EmptyQueue()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self._count = QLabel()
        self._count.setProperty("role", "small")
        self._done = QLabel()
        self._done.setProperty("role", "small")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._lay_out()
        self._typing.timeout.connect(self._on_typed)
        self.search.textChanged.connect(self._on_typing)
        self.search.returnPressed.connect(self._on_entered)
        self.search.installEventFilter(self)
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)
        self.empty.button.clicked.connect(self._on_empty_pressed)
        self._build_menus()
        self.tint(ground)

    @property
    def query(self) -> QueueQuery:
        """What is asked for."""
        return self._query

    def set_query(self, query: QueueQuery) -> None:
        """Show what is asked for, without asking for it."""
        self._query = query
        self.search.blockSignals(True)
        self.search.setText(query.search)
        self.search.blockSignals(False)
        self._build_menus()

    def set_rows(self, rows: list[QueueRow]) -> None:
        """Show the queue."""
        self.model.set_rows(rows)
        if self._opens_first:
            self._opens_first = False
            self._open_first()
        count = (
            self.tr("1 record")
            if len(rows) == 1
            else self.tr("{0} records").format(whole(len(rows)))
        )
        self._count.setText(count)
        self._pages.setCurrentWidget(self.view if rows else self.empty)
        self.empty.explain(filtered=self._query.filtered)

    def set_progress(self, counts: dict[ReviewStatus, int]) -> None:
        """Show how many of all records are done."""
        total = sum(counts.values())
        done = counts.get(ReviewStatus.DONE, 0)
        self._progress.setMaximum(max(total, 1))
        self._progress.setValue(done)
        self._done.setText(self.tr("{0} of {1} done").format(whole(done), whole(total)))
        self._progress.setAccessibleName(self._done.text())

    def set_row(self, index: int, row: QueueRow) -> None:
        """Show one row anew."""
        self.model.set_row(index, row)

    def set_current(self, document_id: int) -> None:
        """Mark the record on the screen and bring it into sight."""
        index = self.model.set_current(document_id)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Offer these labels as filters."""
        self._labels = scheme.names()
        self._build_menus()

    def tint(self, ground: Ground) -> None:
        """Draw everything for a ground."""
        self._ground = ground
        self._delegate.ground = ground
        self._search_icon.setIcon(icon("find", ground, ground.quiet))
        self.filter_button.setIcon(
            icon("filter", ground, ground.accent if self._query.filtered else ground.quiet)
        )
        self.order_button.setIcon(icon("sort", ground, ground.quiet))
        self.view.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search into the list by Down."""
        if watched is self.search and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_Down and self.model.rowCount():
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                if not self.view.currentIndex().isValid():
                    self.view.setCurrentIndex(self.model.index(0))
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what matters least give way to the records."""
        super().resizeEvent(event)
        height = event.size().height()
        for button in (self.filter_button, self.order_button):
            button.setVisible(height >= _FILTERS_FROM)
        for figure in (self._count, self._done, self._progress):
            figure.setVisible(height >= _FIGURES_FROM)

    def _menu_button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMenu(QMenu(button))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_S)
        column.setSpacing(SPACE_XS)
        top = QHBoxLayout()
        top.setContentsMargins(SPACE_L, SPACE_XS, SPACE_L, 0)
        top.addWidget(self.search)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE_S, 0, SPACE_S, 0)
        row.setSpacing(0)
        row.addWidget(self.filter_button)
        row.addStretch(1)
        row.addWidget(self.order_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._done)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE_L, 0, SPACE_L, SPACE_XS)
        bar.addWidget(self._progress)
        column.addLayout(top)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        column.addLayout(bar)

    def _build_menus(self) -> None:
        menu = self.filter_button.menu()
        menu.clear()
        self._section(
            menu,
            "status",
            self.tr("Any status"),
            [(status, translated("Queue", text)) for status, text in STATUS_TEXTS.items()],
            self._query.status,
        )
        menu.addSeparator()
        self._section(
            menu,
            "split",
            self.tr("Any part of the data"),
            [
                (Split.TRAIN, self.tr("Training")),
                (Split.DEV, self.tr("Development")),
                (Split.TEST, self.tr("Test")),
            ],
            self._query.split,
        )
        menu.addSeparator()
        self._section(
            menu,
            "label",
            self.tr("Any label"),
            [(name, name) for name in self._labels],
            self._query.label,
        )
        order = self.order_button.menu()
        order.clear()
        self._section(
            order,
            "strategy",
            "",
            [(Strategy(key), translated("Preferences", text)) for key, text in STRATEGY.choices],
            self._query.strategy,
        )
        self._name_buttons()

    def _section(
        self,
        menu: QMenu,
        field: str,
        any_text: str,
        offered: list[tuple[ReviewStatus | Split | Strategy | str, str]]
        | list[tuple[ReviewStatus, str]]
        | list[tuple[Split, str]]
        | list[tuple[Strategy, str]]
        | list[tuple[str, str]],
        chosen: object,
    ) -> None:
        group = QActionGroup(menu)
        choices: list[tuple[object, str]] = [(None, any_text)] if any_text else []
        choices += offered
        for value, text in choices:
            action = QAction(text.replace("&", "&&"), group)
            action.setObjectName(f"{field}.{value or 'any'}")
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.setData((field, value))
            menu.addAction(action)
        group.triggered.connect(self._on_picked)

    def _name_buttons(self) -> None:
        words = []
        if self._query.status is not None:
            words.append(translated("Queue", STATUS_TEXTS[self._query.status]))
        if self._query.split is not None:
            words.append(self._query.split.value)
        if self._query.label is not None:
            words.append(self._query.label)
        text = " · ".join(words) or self.tr("All records")
        metrics = self.filter_button.fontMetrics()
        self.filter_button.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, 150))
        self.filter_button.setToolTip(self.tr("Which records are shown"))
        self.order_button.setText(self.tr("Order"))
        chosen = dict(STRATEGY.choices)[self._query.strategy]
        self.order_button.setToolTip(
            self.tr("Order of unread records: {0}").format(translated("Preferences", chosen))
        )
        self.tint(self._ground)

    def _ask(self, query: QueueQuery) -> None:
        if query != self._query:
            self._query = query
            self._name_buttons()
            self.query_changed.emit(query)

    def _on_picked(self, action: QAction) -> None:
        field, value = action.data()
        self._ask(replace(self._query, **{field: value}))

    def _on_typing(self) -> None:
        self._typing.start()

    def _on_typed(self) -> None:
        self._typing.stop()
        self._ask(replace(self._query, search=self.search.text().strip()))

    def _on_entered(self) -> None:
        """Open the first record that is found, once the search has answered."""
        asked = replace(self._query, search=self.search.text().strip())
        self._opens_first = bool(asked.search) and asked != self._query
        self._on_typed()
        if asked.search and not self._opens_first:
            self._open_first()

    def _open_first(self) -> None:
        if self.model.rowCount():
            self._on_chosen(self.model.index(0))

    def _on_chosen(self, index: QModelIndex) -> None:
        row: QueueRow = index.data(ROW_ROLE)
        self.record_chosen.emit(row.document_id)

    def _on_empty_pressed(self) -> None:
        if not self._query.filtered:
            self.import_requested.emit()
            return
        self.search.clear()
        self._typing.stop()
        self._ask(QueueQuery(strategy=self._query.strategy))
        self._build_menus()
