"""What keys do to the pieces of labels: adding one, and removing one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.editor import accessible
from app.editor.record_view import RecordView
from app.editor.selection import Selection
from app.session import Session
from app.window.banner import Banner
from app.window.keymap import Keymap
from core.schema.documents import Piece, Span
from core.schema.errors import KnownError
from core.text.pieces import in_pieces, joined


class PieceVerbs(QObject):
    """Makes labels discontinuous, and whole again.

    Adding begins with one press: until the next one, or Enter, the caret chooses other words.
    """

    def __init__(
        self,
        view: RecordView,
        banner: Banner,
        keymap: Keymap,
        session: Callable[[], Session | None],
        parent: QObject | None = None,
    ) -> None:
        """Serve a view.

        Args:
            view: The record.
            banner: Says what to do next.
            keymap: The keys in force, which hints name.
            session: Returns the open project, or None.
            parent: Owns the verbs.
        """
        super().__init__(parent)
        self._view = view
        self._banner = banner
        self._keymap = keymap
        self._session = session
        self._guide = ""
        view.pieces.added.connect(self._on_added)
        view.pieces.reshaped.connect(self._on_reshaped)
        view.pieces.confirmed.connect(self.add)
        view.selection_changed.connect(self._on_selection_changed)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        return {
            "label.add_piece": self.add,
            "label.remove_piece": self.remove,
        }

    def add(self) -> None:
        """Begin to choose other words, or join those that were chosen."""
        chosen = self._view.selection()
        if chosen.gathering:
            self._join(chosen)
        elif chosen.suggestion_id:
            self._hint(self.tr("Accept the suggestion first, then add a piece to the label."))
        elif chosen.empty:
            self._hint(self.tr("Select a label or some words first, then add other words to it."))
        else:
            self._view.pieces.gather()
            self._guide = self.tr(
                "Select the other words, then press {0} again or Enter; Escape gives up."
            ).format(self._keymap.shown("label.add_piece"))
            self._hint(self._guide, stays=True)

    def remove(self) -> None:
        """Take away the piece that was clicked or that holds the caret, else the last one."""
        chosen = self._view.selection()
        pieces = self._own_pieces(chosen)
        if len(pieces) < 2:
            self._hint(self.tr("Select a label in several pieces first: this one has no other."))
            return
        gone = next((p for p in pieces if _share(p, chosen.piece)), pieces[-1])
        if not chosen.span_id:
            self._view.pieces.let_go(gone)
            return
        self._view.pieces.stop()

        def without(span: Span) -> Span:
            left = tuple(piece for piece in span.stretches() if piece != gone)
            if not left:
                raise KnownError("This label is in one piece.", "Delete the label itself.")
            return in_pieces(span, left)

        self._change(chosen.span_id, without)

    def _join(self, chosen: Selection) -> None:
        taken = chosen.stretch or chosen.word
        if taken is None or (chosen.stretch is None and chosen.piece is not None):
            self._hint(self.tr("Select the other words first: arrows go there, Shift+arrows take."))
            return
        if chosen.stretch is None:
            self._view.select_stretch(*taken)
        if chosen.span_id:
            self._view.pieces.take()
        else:
            self._view.pieces.stop(joining=True)
            self._hint(self.tr("Now press a label's key: all pieces become one label."))

    def _own_pieces(self, chosen: Selection) -> tuple[Piece, ...]:
        """Return the pieces of the selected label, or of the selected text without one."""
        session = self._session()
        record = session.record if session is not None else None
        span = record.span(chosen.span_id) if record is not None else None
        return span.stretches() if span is not None else chosen.pieces

    def _change(self, span_id: int, change: Callable[[Span], Span]) -> None:
        session = self._session()
        if session is not None:
            session.change_span(span_id, change, name="Pieces")

    def _hint(self, text: str, *, stays: bool = False) -> None:
        self._banner.say(text, stays=stays)
        accessible.announce(self._view, text)

    def _on_added(self, span_id: int, piece: Piece) -> None:
        text = self._view.steps.text
        self._change(
            span_id, lambda span: in_pieces(span, joined((*span.stretches(), piece), text))
        )

    def _on_reshaped(self, span_id: int, pieces: tuple[Piece, ...]) -> None:
        self._change(span_id, lambda span: in_pieces(span, pieces))

    def _on_selection_changed(self, chosen: Selection) -> None:
        if self._guide and not chosen.gathering:
            if self._banner.text.text() == self._guide:
                self._banner.hide()
            self._guide = ""


def _share(one: Piece, other: Piece | None) -> bool:
    return other is not None and one[0] < other[1] and other[0] < one[1]
