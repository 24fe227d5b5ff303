"""A text area whose sections can be folded: what is to be seen is unfolded before it is shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal

from app.editor.text_area import TextArea


class FoldedArea(TextArea):
    """Folds and unfolds sections without a leap of the text, and tells which one is read."""

    section_seen = Signal(str)
    """Another section is scrolled through (the title of its heading above; empty for none)."""

    _section_seen = ""

    def set_folded(self, sections: Iterable[int], folded: bool) -> bool:
        """Fold or unfold sections; what is at the top of the view stays there.

        Returns:
            Whether anything changed.
        """
        anchor = self.column.place_at(self.scrolled).index
        before = self.column.top(anchor)
        changed = [section for section in sections if self.folds.set_folded(section, folded)]
        if changed:
            self.column.refold(changed)
            shown = self.folds.shown(anchor)
            stood = before if shown == anchor else self.scrolled
            self._settle(self.column.top(shown) - stood, held=True)
        return bool(changed)

    def unfold(self, start: int, end: int) -> None:
        """Unfold the sections that hide a part of a stretch."""
        hiding = self.folds.folded_over(start, end)
        if hiding:
            self.set_folded(hiding, folded=False)

    def ensure_visible(self, start: int, end: int) -> None:
        """Unfold a stretch and scroll just as far as needed to show it."""
        self.unfold(start, end)
        super().ensure_visible(start, end)

    def centre(self, position: int) -> None:
        """Unfold a position and scroll so that it stands half-way down."""
        self.unfold(position, position)
        super().centre(position)

    def _settle(self, moved: float = 0.0, *, held: bool = False) -> None:
        super()._settle(moved, held=held)
        top = self.first_shown()
        at = self.folds.section_at(top)
        above = at >= 0 and self.folds.sections[at].start < top
        title = self.folds.sections[at].title if above else ""
        if title != self._section_seen:
            self._section_seen = title
            self.section_seen.emit(title)
