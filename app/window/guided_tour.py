"""The three-minute tour in the sample project: a card that explains, a ring around what it means.

It teaches by doing: a lesson ends when its act was done in the real window, or by Next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.design.tokens import RADIUS, SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, Ground
from app.history import Saved
from app.texts import translated
from app.window.lessons import CONTEXT, LESSONS, Act, Lesson, Target

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

_CARD_WIDTH = 420
_PRAISE_MS = 900
"""How long a lesson that was done says so before the next one comes."""
_ACTS = {"edit.undo": Act.UNDO, "record.done": Act.FINISH, "model.retrain": Act.RETRAIN}
_EDITS = {"Label": Act.LABEL, "Attribute": Act.ATTRIBUTE}


class Ring(QWidget):
    """A line around a part of the window; the pointer goes through it."""

    def __init__(self, ground: Ground, parent: QWidget) -> None:
        """Build it, hidden."""
        super().__init__(parent)
        self.ground = ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line just within."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.ground.accent), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), RADIUS, RADIUS)


class Card(QFrame):
    """A lesson's words, how far the tour is, and its buttons."""

    stepped = Signal(int)
    """The next (1) lesson or the one before (-1) is wanted."""
    ended = Signal()
    """The tour is over."""

    def __init__(self, parent: QWidget) -> None:
        """Build the card, hidden."""
        super().__init__(parent)
        self.setProperty("role", "overlay")
        self.setFixedWidth(_CARD_WIDTH)
        self.title = QLabel()
        self.title.setProperty("role", "lead")
        self.place = QLabel()
        self.place.setProperty("role", "small")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.back = QPushButton(self.tr("Bac&k"))
        self.onward = QPushButton(self.tr("Ne&xt"))
        self.onward.setProperty("role", "primary")
        self.end = QPushButton(self.tr("End &tour"))
        self.end.setProperty("role", "quiet")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.place)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.end)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.onward)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addSpacing(SPACE_XS)
        column.addLayout(row)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.onward.clicked.connect(lambda: self.stepped.emit(1))
        self.end.clicked.connect(self.ended)
        self.hide()

    def show_lesson(self, title: str, text: str, at: int, total: int) -> None:
        """Show a lesson; ``at`` counts from 0."""
        self.title.setText(title)
        self.text.setText(text)
        self.place.setText(self.tr("{0} of {1}").format(at + 1, total))
        self.back.setEnabled(at > 0)
        last = at + 1 == total
        self.onward.setText(self.tr("&Finish") if last else self.tr("Ne&xt"))
        self.end.setVisible(not last)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        # A wrapped text asks for its height only once its width is known.
        self.setFixedHeight(self.heightForWidth(_CARD_WIDTH))


class GuidedTour(QObject):
    """Walks through the lessons in a window; nothing it shows keeps the user from working."""

    def __init__(self, window: MainWindow) -> None:
        """Serve a window; ``start`` begins."""
        super().__init__(window)
        self._window = window
        self._at = -1
        self.card = Card(window)
        self.ring = Ring(window.theme.ground, window)
        self.card.stepped.connect(self._step)
        self.card.ended.connect(self.stop)
        self._praise = QTimer(self)
        self._praise.setSingleShot(True)
        self._praise.setInterval(_PRAISE_MS)
        self._praise.timeout.connect(lambda: self._step(1))
        for command, act in _ACTS.items():
            window.actions_[command].triggered.connect(lambda _=False, done=act: self._did(done))
        window.project_opened.connect(self._on_project_opened)
        window.theme.changed.connect(self._on_ground)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson on the card, or None while there is no tour."""
        return LESSONS[self._at] if self._at >= 0 else None

    def begin(self) -> None:
        """Start the tour in the sample project, opened first where another one is open."""
        window = self._window
        session = window.session
        if session is not None and session.project.folder == window.sample_folder:
            self.start()
        else:
            self._at = 0
            window.open_sample(window.sample_folder)

    def start(self) -> None:
        """Show the first lesson."""
        self._window.installEventFilter(self)
        self._window.area.installEventFilter(self)
        self._show(0)

    def stop(self) -> None:
        """End the tour, wherever it is."""
        self._praise.stop()
        self._at = -1
        self.card.hide()
        self.ring.hide()
        self._window.removeEventFilter(self)
        self._window.area.removeEventFilter(self)
        self._window.area.view.setFocus()

    def offer(self) -> None:
        """Offer the tour in a line under the toolbar."""
        self._window.say(
            self.tr("New here? A tour of three minutes shows the whole job."),
            act=self.start,
            act_text=self.tr("Take the tour"),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep card and ring in their places when the window changes its size.

        Where the record goes, its project was closed: then there is nothing left to teach.
        """
        if watched is self._window.area:
            if event.type() == QEvent.Type.Hide and self._window.session is None:
                self.stop()
        elif event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def _on_project_opened(self) -> None:
        session = self._window.session
        if session is None:
            return
        session.saved.connect(self._on_saved)
        if session.project.folder != self._window.sample_folder:
            if self._at >= 0:
                self.stop()
        elif self._at >= 0:
            self.start()
        else:
            self.offer()

    def _on_saved(self, saved: Saved) -> None:
        act = _EDITS.get(saved.name)
        if act is not None:
            self._did(act)

    def _did(self, act: Act) -> None:
        lesson = self.lesson
        if lesson is not None and lesson.act is act and not self._praise.isActive():
            self.card.text.setText(self.tr("Well done."))
            self._praise.start()

    def _step(self, steps: int) -> None:
        self._praise.stop()
        if self._at < 0:
            return
        if self._at + steps >= len(LESSONS):
            self.stop()
        else:
            self._show(max(0, self._at + steps))

    def _show(self, at: int) -> None:
        self._at = at
        lesson = LESSONS[at]
        key = ""
        if lesson.command:
            action = self._window.actions_[lesson.command]
            key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        text = translated(CONTEXT, lesson.text).format(key=key)
        self.card.show_lesson(translated(CONTEXT, lesson.title), text, at, len(LESSONS))
        self._place()
        self.card.show()
        self.card.raise_()

    def _place(self) -> None:
        """Ring the lesson's part, and put the card at the foot of the record."""
        lesson = self.lesson
        if lesson is None:
            return
        part = self._part(lesson.target)
        if part is None or not part.isVisible():
            self.ring.hide()
        else:
            corner = part.mapTo(self._window, part.rect().topLeft())
            self.ring.setGeometry(QRect(corner, part.size()).adjusted(-2, -2, 2, 2))
            self.ring.show()
            self.ring.raise_()
        area = self._window.area.view
        corner = area.mapTo(self._window, area.rect().bottomLeft())
        x = corner.x() + (area.width() - self.card.width()) // 2
        y = corner.y() - self.card.height() - SPACE_XL
        room = self._window.rect().size() - self.card.size()
        # A small window leaves no foot of the record that is wide or high enough.
        self.card.move(max(0, min(x, room.width())), max(0, min(y, room.height())))
        self.card.raise_()

    def _part(self, target: Target) -> QWidget | None:
        window = self._window
        match target:
            case Target.QUEUE:
                return window.docks.queue
            case Target.TEXT:
                return window.area.view
            case Target.PALETTE:
                return window.docks.palette
            case Target.DONE:
                return window.area.done
            case Target.RETRAIN:
                return window.toolbar.widgetForAction(window.actions_["model.retrain"])
            case Target.TRAINING:
                return window.panel.widget() if window.panel is not None else None
            case Target.NONE:
                return None

    def _on_ground(self, ground: Ground) -> None:
        self.ring.ground = ground
        self.ring.update()
