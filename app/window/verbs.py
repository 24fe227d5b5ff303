"""What keys, buttons and menus do to the record on the screen: verbs on what is selected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.editor.record_view import RecordView
from app.editor.selection import Selection
from app.record import Record, with_toggled
from app.session import Session
from app.window.actions import Actions
from core.schema.documents import Attribute, Piece, ReviewStatus, Span
from core.schema.labels import Label


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be selected once the store has answered: a new label, or a suggestion."""

    pieces: tuple[Piece, ...] = ()
    label: str = ""
    suggestion_id: int = 0


class RecordVerbs(QObject):
    """Turns what the user does into verbs of the session, given what is selected.

    A label key labels the selected stretch, or the word at the caret; it relabels the selected
    label, and accepts the selected suggestion under that label.
    """

    hinted = Signal(str)
    """Nothing was done, and this sentence says what to do first."""
    mentions_requested = Signal(str, str, bool)
    """Identical mentions are to be labelled (text, label, whether in all records)."""

    def __init__(self, view: RecordView, actions: Actions, parent: QObject | None = None) -> None:
        """Serve a view; ``session`` is set when a project is opened.

        ``goes_round`` says whether the first suggestion follows the last one that is judged.
        """
        super().__init__(parent)
        self.session: Session | None = None
        self.goes_round = True
        self._view = view
        self._actions = actions
        self._wanted: _Wanted | None = None
        self._last_label = ""
        view.label_key_pressed.connect(self._on_label_key)
        view.span_resized.connect(self._on_span_resized)
        view.suggestion_resized.connect(self._on_suggestion_resized)
        view.menu_requested.connect(self._on_menu)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the record's commands call."""
        attributes: dict[str, Callable[[], object]] = {
            f"attribute.{attribute.value}": _bound(self.toggle, attribute)
            for attribute in Attribute
        }
        return attributes | {
            "label.relabel": self._offer_labels,
            "label.repeat": self.repeat_label,
            "label.delete": self.delete,
            "mentions.record": lambda: self._ask_mentions(everywhere=False),
            "mentions.project": lambda: self._ask_mentions(everywhere=True),
            "suggestion.accept": self.accept,
            "suggestion.reject": self.reject,
            "record.flag": self._flag,
            "record.reopen": lambda: self._set_review(ReviewStatus.IN_PROGRESS),
        }

    def show_answer(self, record: Record) -> None:
        """Select what the last verb made, now that the store has answered."""
        wanted = self._wanted
        if wanted is None:
            return
        if wanted.pieces:
            made = next(
                (
                    span
                    for span in record.spans
                    if span.stretches() == wanted.pieces and span.label == wanted.label
                ),
                None,
            )
            if made is None:
                return
            self._view.select_span(made.id)
        elif record.suggestion(wanted.suggestion_id) is not None:
            self._view.select_suggestion(wanted.suggestion_id)
        self._wanted = None

    def forget(self) -> None:
        """Wait for no answer any more: another record is shown, or the verb was refused."""
        self._wanted = None

    def apply_label(self, name: str) -> None:
        """Give what is selected this label."""
        session, record, chosen = self._present()
        if session is None or record is None:
            return
        self._last_label = name
        suggestion = record.suggestion(chosen.suggestion_id)
        if chosen.span_id:
            session.relabel(span_id=chosen.span_id, label=name)
        elif suggestion is not None:
            self._wanted = self._after(record, suggestion.id)
            if suggestion.label == name:
                session.accept(suggestion_ids=[suggestion.id])
            else:
                span = Span(suggestion.start, suggestion.end, name)
                session.correct(suggestion_id=suggestion.id, span=span)
        elif pieces := chosen.pieces or ((chosen.word,) if chosen.word is not None else ()):
            self._wanted = _Wanted(pieces, label=name)
            session.label_stretch(stretches=pieces, label=name)
        else:
            self.hinted.emit(self.tr("Select some text first."))

    def repeat_label(self) -> None:
        """Give what is selected the label that was given last."""
        if last := self._known_last():
            self.apply_label(last)
        else:
            self.hinted.emit(self.tr("Give a label first: this key gives the last one again."))

    def toggle(self, attribute: Attribute) -> None:
        """Set or clear an attribute of the selected label; a suggestion is accepted with it."""
        session, record, chosen = self._present()
        if session is None or record is None:
            return
        suggestion = record.suggestion(chosen.suggestion_id)
        if chosen.span_id:
            session.toggle_attribute(span_id=chosen.span_id, attribute=attribute)
        elif suggestion is not None:
            span = Span(suggestion.start, suggestion.end, suggestion.label)
            self._wanted = _Wanted(span.stretches(), span.label)
            session.correct(suggestion_id=suggestion.id, span=with_toggled(span, attribute))
        else:
            self.hinted.emit(self.tr("Select a label first: click it, or press Tab."))

    def delete(self) -> None:
        """Take the selected label away; a suggestion is rejected."""
        session, _, chosen = self._present()
        if session is None:
            return
        if chosen.span_id:
            session.delete(span_ids=[chosen.span_id])
        elif chosen.suggestion_id:
            self.reject()
        else:
            self.hinted.emit(self.tr("Select a label first: click it, or press Tab."))

    def accept(self) -> None:
        """Accept the selected suggestion and go to the next; without one, select the next."""
        self._resolve(accepting=True)

    def reject(self) -> None:
        """Reject the selected suggestion and go to the next; a selected label is deleted."""
        _, _, chosen = self._present()
        if chosen.span_id:
            self.delete()
        else:
            self._resolve(accepting=False)

    def step_suggestion(self, step: int) -> None:
        """Select the next (1) or previous (-1) suggestion."""
        if not self._view.step_suggestion(step):
            self.hinted.emit(self.tr("There are no suggestions in this record."))

    def _resolve(self, *, accepting: bool) -> None:
        session, record, chosen = self._present()
        if session is None or record is None:
            return
        if record.suggestion(chosen.suggestion_id) is None:
            self.step_suggestion(1)
            return
        self._wanted = self._after(record, chosen.suggestion_id)
        if accepting:
            session.accept(suggestion_ids=[chosen.suggestion_id])
        else:
            session.reject(suggestion_ids=[chosen.suggestion_id])

    def _present(self) -> tuple[Session | None, Record | None, Selection]:
        record = self.session.record if self.session is not None else None
        return self.session, record, self._view.selection()

    def _after(self, record: Record, suggestion_id: int) -> _Wanted | None:
        """Return the suggestion behind one, as the view shows them; None if there is none."""
        shown = self._view.record or record
        keys = [item.id for item in shown.suggestions]
        at = keys.index(suggestion_id) if suggestion_id in keys else -1
        others = keys[at + 1 :] + (keys[: max(at, 0)] if self.goes_round else [])
        return _Wanted(suggestion_id=others[0]) if others else None

    def _set_review(self, status: ReviewStatus) -> None:
        if self.session is not None:
            self.session.set_review(status=status)

    def _flag(self) -> None:
        _, record, _ = self._present()
        if record is not None:
            flagged = record.review.status is ReviewStatus.FLAGGED
            self._set_review(ReviewStatus.IN_PROGRESS if flagged else ReviewStatus.FLAGGED)

    def _ask_mentions(self, *, everywhere: bool) -> None:
        _, record, chosen = self._present()
        if record is None:
            return
        marked = record.span(chosen.span_id) or record.suggestion(chosen.suggestion_id)
        stretch = (marked.start, marked.end) if marked else chosen.stretch or chosen.word
        label = marked.label if marked else self._known_last()
        if stretch is None or not label:
            self.hinted.emit(self.tr("Select a label first: all that reads the same gets it too."))
            return
        if len(chosen.pieces) > 1:
            self.hinted.emit(self.tr("Only what is in one piece can be sought in other places."))
            return
        text = record.document.text[stretch[0] : stretch[1]]
        self.mentions_requested.emit(text, label, everywhere)

    def _known_last(self) -> str:
        """Return the label given last; nothing where the project does not have it."""
        names = self.session.scheme.names() if self.session is not None else ()
        return self._last_label if self._last_label in names else ""

    def _offer_labels(self) -> None:
        _, record, chosen = self._present()
        if record is None or (chosen.empty and chosen.word is None):
            return
        marked = record.span(chosen.span_id) or record.suggestion(chosen.suggestion_id)
        stretch = (marked.start, marked.end) if marked else chosen.stretch or chosen.word
        menu = self._label_menu()
        at = self._view.point_of(stretch[1] - 1) if stretch else QPoint()
        menu.popup(self._view.viewport().mapToGlobal(at + QPoint(0, 12)))

    def _label_menu(self, parent: QMenu | None = None) -> QMenu:
        menu = QMenu(self.tr("Change label"), parent or self._view)
        for label in self.session.scheme.labels if self.session else ():
            action = QAction(self._with_key(label), menu)
            action.triggered.connect(_without_checked(_bound(self.apply_label, label.name)))
            menu.addAction(action)
        return menu

    def _with_key(self, label: Label) -> str:
        shown = label.name.replace("&", "&&")
        return f"{shown}\t{label.hotkey.upper()}" if self._has_key(label) else shown

    def _has_key(self, label: Label) -> bool:
        return self._actions.keymap.may_be_label_key(label.hotkey)

    def _on_menu(self, at: QPoint) -> None:
        _, record, chosen = self._present()
        if record is None:
            return
        menu = QMenu(self._view)
        if chosen.suggestion_id:
            menu.addAction(self._actions["suggestion.accept"])
            menu.addAction(self._actions["suggestion.reject"])
            menu.addSeparator()
        labels = self._label_menu(menu)
        labels.setTitle(self.tr("Change label") if chosen.stretch is None else self.tr("Label as"))
        menu.addMenu(labels)
        if chosen.span_id:
            menu.addSeparator()
            for attribute in Attribute:
                menu.addAction(self._actions[f"attribute.{attribute.value}"])
            menu.addAction(self._actions["attribute.edit"])
            menu.addSeparator()
            menu.addAction(self._actions["label.delete"])
        menu.addSeparator()
        menu.addAction(self._actions["mentions.record"])
        menu.addAction(self._actions["mentions.project"])
        menu.popup(at)

    def _on_label_key(self, key: str) -> None:
        if self.session is None or self.session.read_only:
            return
        for label in self.session.scheme.labels:
            if label.hotkey.casefold() == key.casefold() and self._has_key(label):
                self.apply_label(label.name)
                return

    def _on_span_resized(self, span_id: int, start: int, end: int) -> None:
        if self.session is not None:
            self.session.resize(span_id=span_id, start=start, end=end)

    def _on_suggestion_resized(self, suggestion_id: int, start: int, end: int) -> None:
        session, record, _ = self._present()
        suggestion = record.suggestion(suggestion_id) if record is not None else None
        if session is not None and suggestion is not None:
            span = Span(start, end, suggestion.label)
            self._wanted = _Wanted(span.stretches(), suggestion.label)
            session.correct(suggestion_id=suggestion_id, span=span)


def _bound(verb: Callable[..., object], *arguments: object) -> Callable[[], object]:
    return lambda: verb(*arguments)


def _without_checked(handler: Callable[[], object]) -> Callable[[bool], None]:
    def slot(checked: bool = False) -> None:
        del checked
        handler()

    return slot
