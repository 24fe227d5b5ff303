"""What keys and clicks do to the attributes that a project defines: the panel beside a label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.record import Record
from app.window.attribute_editor import AttributeEditor
from core.schema.attributes import (
    AttributeDefinition,
    AttributeKind,
    offered,
    value_of,
    with_value,
    without,
)
from core.schema.documents import Span
from core.store.codes import look_up

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


class AttributeVerbs(QObject):
    """Opens the panel at the selected label, and makes each change one edit.

    Attributes:
        editor: The panel.
    """

    def __init__(self, window: MainWindow) -> None:
        """Serve a window, whatever project is open in it."""
        super().__init__(window)
        self._window = window
        self._span_id = 0
        self.editor = AttributeEditor(window)
        self.editor.changed.connect(self._on_changed)
        self.editor.codes_wanted.connect(self._on_codes_wanted)
        self.editor.closed.connect(self._on_closed)
        window.docks.palette.own_attribute_chosen.connect(self._on_chosen)
        window.project_opened.connect(self._on_project_opened)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the commands call."""
        return {"attribute.edit": self.edit}

    def edit(self, first: str = "") -> None:
        """Show the attributes of the selected label.

        Args:
            first: Name of the attribute to begin with.
        """
        span, definitions = self._selected()
        view = self._window.area.view
        if span is None:
            self._window.say(
                self.tr("Accept the suggestion first, then give the label its attributes.")
                if view.selection().suggestion_id
                else self.tr("Select a label first: click it, or press Tab.")
            )
        elif not definitions:
            self._window.say(
                self.tr("No attributes are defined for {0}.").format(span.label),
                act=self._window.actions_["labels.edit"].trigger,
                act_text=self.tr("Define some"),
            )
        else:
            view.ensure_visible(span.start, span.end)
            self._span_id = span.id
            at = view.viewport().mapTo(self._window, view.point_of(span.end - 1))
            self.editor.edit(definitions, span.attributes, at=at, label=span.label, first=first)

    def _selected(self) -> tuple[Span | None, tuple[AttributeDefinition, ...]]:
        """Return the selected label and what may be set on it."""
        session = self._window.session
        if session is None or session.record is None or session.read_only:
            return None, ()
        span = session.record.span(self._window.area.view.selection().span_id)
        if span is None:
            return None, ()
        return span, offered(session.scheme.attributes, span.label, span.attributes)

    def _set(self, span_id: int, name: str, value: str | None) -> None:
        def change(span: Span) -> Span:
            attributes = (
                without(span.attributes, name)
                if value is None
                else with_value(span.attributes, name, value)
            )
            return replace(span, attributes=attributes)

        if self._window.session is not None:
            self._window.session.change_span(span_id, change, name="Attribute")

    def _on_chosen(self, name: str) -> None:
        span, definitions = self._selected()
        kinds = {one.name: one.kind for one in definitions}
        if span is not None and kinds.get(name) is AttributeKind.FLAG:
            held = value_of(span.attributes, name) is not None
            self._set(span.id, name, None if held else "")
        else:
            self.edit(name)

    def _on_changed(self, name: str, value: str | None) -> None:
        self._set(self._span_id, name, value)

    def _on_codes_wanted(self, attribute_id: int, typed: str) -> None:
        session = self._window.session
        if session is not None:
            project = session.project
            session.run(
                lambda: look_up(project=project, attribute_id=attribute_id, query=typed),
                done=lambda codes: self.editor.show_codes(attribute_id, typed, codes),
                reading=True,
            )

    def _on_closed(self, back: bool) -> None:
        if back:
            self._window.area.view.setFocus()

    def _on_project_opened(self) -> None:
        session = self._window.session
        if session is not None:
            session.record_changed.connect(self._on_record_changed)
            session.record_opened.connect(lambda _record: self.editor.close_panel(back=True))

    def _on_record_changed(self, record: Record) -> None:
        if self.editor.isHidden():
            return
        span = record.span(self._span_id)
        if span is None:
            self.editor.close_panel(back=True)
        else:
            self.editor.set_attributes(span.attributes)
