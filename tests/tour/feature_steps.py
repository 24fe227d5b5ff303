"""The part of the tour that looks at what goes beyond labels and a model, without a training."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.dialogs.edit_labels import LabelsDialog
from app.dialogs.import_files import ImportDialog
from app.dialogs.term_lists import TermListsDialog
from app.window.attribute_editor import AttributeEditor
from app.window.command_palette import CommandPalette
from app.window.goal_popup import GoalPopup
from app.window.pace_bar import PaceBar
from core.schema.attributes import AttributeKind
from tests.tour.driver import Driver, TourError
from tests.tour.showcase import LONG, LONG_CHARACTERS, NESTED, write_showcase
from tests.tour.walk import Walk

_TERMS = "bisoprolol\nramipril\nfurosemide\ninsulin\nparacetamol\naspirin\nomeprazole"
_LEAST_SURE = 80


class FeatureSteps(Walk[Driver]):
    """Steps through what a second day brings; each checks that it did what it says."""

    def look_at_features(self) -> None:
        """Take all these steps, on records of their own."""
        self.import_the_showcase()
        self.find_a_command()
        self.see_nested_labels()
        self.label_in_pieces()
        self.confirm_what_is_suggested()
        self.define_an_attribute()
        self.give_the_attribute()
        self.go_to_a_section_and_fold()
        self.suggest_by_terms()
        self.accept_what_is_visible()
        self.review_one_by_one()
        self.hide_all_but_the_record()
        self.set_a_goal()
        self.scroll_a_long_record()

    def import_the_showcase(self) -> None:
        """Import records through the dialog, to its report."""
        do = self._do
        before = len(self.session.queue.rows)
        file = write_showcase(self._folder)
        do.window.extensions.dialogs().import_files(do.window, [file])
        dialog = do.dialog(ImportDialog)
        if not isinstance(dialog, ImportDialog):
            raise TourError("no import dialog")
        do.wait(dialog.primary.isEnabled, "the import to be possible")
        do.click(dialog.primary)
        do.wait(lambda: dialog.pages.currentWidget() is dialog.report_page, "the import's report")
        do.picture("import-report", dialog)
        do.click(dialog.primary)
        do.wait_closed(dialog)
        do.wait(lambda: len(self.session.queue.rows) == before + 3, "three records more")

    def find_a_command(self) -> None:
        """Type a few letters of a record's name in the command palette, and open it."""
        do = self._do
        do.window.area.view.setFocus()
        do.press("Ctrl+K")
        do.wait(lambda: do.window.findChild(CommandPalette), "the command palette")
        palette = do.window.findChild(CommandPalette)
        if palette is None or not palette.isVisible():
            raise TourError("no command palette")
        do.write("lab")
        do.picture("palette")
        palette.field.clear()
        do.write("nested")
        do.wait(lambda: palette.rows.rowCount() > 0, "the record in the palette")
        do.press("Return")
        do.wait(lambda: self.record.document.name == NESTED, "the record that was found")
        if palette.isVisible():
            raise TourError("the palette stays open")

    def see_nested_labels(self) -> None:
        """Select the inner one of labels that nest and cross."""
        do = self._do
        self.open_named(NESTED)
        spans = self.record.spans
        inner, _ = do.find("adenocarcinoma")
        if not any(s.start < inner < s.end for s in spans):
            raise TourError("the labels do not nest")
        do.click_text(inner + 2)
        do.wait(lambda: do.window.area.view.selection().span_id, "a label selected")
        do.picture("nested")

    def label_in_pieces(self) -> None:
        """Select words, hold Ctrl and drag over others: one label in two pieces; then a third."""
        do = self._do
        view = do.window.area.view
        first, second = do.find("Clinic"), do.find("Bloods")
        do.drag_text(first)
        do.drag_text(second, modifiers=Qt.KeyboardModifier.ControlModifier)
        do.write("2")
        whole = (first[0], second[1])
        self.wait_for_label(*whole, "cancer")
        if self.span(*whole).stretches() != (first, second):
            raise TourError("the label is not in two pieces")
        do.press("P")
        third = do.find("weeks")
        for _ in range(30):
            word = view.selection().word
            if word is not None and word[0] == third[0]:
                break
            do.press("Right")
        do.picture("adding-a-piece")
        do.press("P")
        do.wait(lambda: len(self.span(*whole).stretches()) == 3, "the third piece")
        do.picture("pieces")

    def confirm_what_is_suggested(self) -> None:
        """See that the sentence denies a label, and say so with one key."""
        do = self._do
        start, end = do.find("angina")
        do.click_text(start + 1)
        do.wait(
            lambda: do.window.area.view.selection().span_id == self.span(start, end).id, "angina"
        )
        do.picture("hints")
        do.press("Y")
        do.wait(lambda: self.span(start, end).attributes == ("negated",), "the attribute")
        do.press("Shift+Y")
        mother = do.find("breast cancer")
        do.wait(lambda: self.span(*mother).attributes == ("family",), "all that is suggested")
        do.press("Ctrl+Z")
        do.wait(lambda: self.span(*mother).attributes == (), "one undo for all")

    def define_an_attribute(self) -> None:
        """Define a severity in the labels dialog, looking at its other pages on the way."""
        do = self._do
        do.press("Ctrl+L")
        dialog = do.dialog(LabelsDialog)
        if not isinstance(dialog, LabelsDialog):
            raise TourError("no labels dialog")
        do.picture("labels", dialog)
        tabs = dialog.tabs.tabBar()
        do.click(tabs, tabs.tabRect(1).center())
        page = dialog.attributes
        do.write("severity", page.add)
        do.press("Return", page.add)
        do.wait(lambda: page.current and page.current.name == "severity", "the attribute")
        form = page.form
        form.kind.setFocus()
        form.kind.setCurrentIndex(list(AttributeKind).index(AttributeKind.CHOICE))
        form.kind.activated.emit(form.kind.currentIndex())
        do.wait(form.choices.isVisible, "the field for its choices")
        form.choices.setFocus()
        form.choices.setPlainText("mild\nmoderate\nsevere")
        form.description.setFocus()
        do.wait(
            lambda: (
                [a.choices for a in self.session.scheme.attributes]
                == [("mild", "moderate", "severe")]
            ),
            "the choices",
        )
        do.picture("attributes", dialog)
        do.click(tabs, tabs.tabRect(2).center())
        do.picture("guideline", dialog)
        do.press("Escape", dialog)
        do.wait_closed(dialog)

    def give_the_attribute(self) -> None:
        """Open the attributes of a label beside it, and choose by a digit."""
        do = self._do
        place = do.find("Type 2 diabetes mellitus")
        do.window.area.view.select_span(self.span(*place).id)
        do.window.area.view.setFocus()
        do.press("E")
        editor = do.window.findChild(AttributeEditor)
        if editor is None:
            raise TourError("no panel of attributes")
        do.wait(editor.isVisible, "the attributes beside the label")
        do.picture("attribute-values")
        do.write("3")
        do.wait(lambda: "severity=severe" in self.span(*place).attributes, "the value")
        if editor.isVisible():
            do.press("Escape")

    def go_to_a_section_and_fold(self) -> None:
        """Go to a section by what it is, and fold it away."""
        do = self._do
        view = do.window.area.view
        view.setFocus()
        do.press("G")
        sections = do.window.section_verbs.list
        do.wait(sections.isVisible, "the list of sections")
        do.picture("sections")
        do.write("medic")
        do.press("Return")
        heading, _ = do.find("\nMedication\n")
        do.wait(lambda: view.caret_position() == heading + 1, "the section")
        do.press("Z")
        section = view.folds.section_at(view.caret_position())
        do.wait(lambda: view.folds.is_folded(section), "the folded section")
        do.picture("folded")
        do.press("Z")
        do.wait(lambda: not view.folds.folded, "the section open again")

    def suggest_by_terms(self) -> None:
        """Write a list of terms, see what it finds here, and run it over all unread records."""
        do = self._do
        do.press("Ctrl+D")
        dialog = do.dialog(TermListsDialog)
        if not isinstance(dialog, TermListsDialog):
            raise TourError("no term lists")
        do.picture("no-terms", dialog)
        do.click(dialog.add)
        do.wait(lambda: dialog.form.shown_list.id, "the new list")
        do.wait(lambda: not dialog.form.terms.isReadOnly(), "its terms")
        dialog.form.name.selectAll()
        do.write("Usual drugs", dialog.form.name)
        dialog.form.label.setCurrentText("medication")
        dialog.form.label.activated.emit(dialog.form.label.currentIndex())
        dialog.form.terms.setPlainText(_TERMS)
        dialog.form.terms.flush()
        do.wait(dialog.preview.examples.count, "what it finds in this record")
        do.click(dialog.run_.everywhere)
        do.wait(dialog.run_.result.text, "the result")
        do.wait(lambda: not dialog.run_.running, "the end of the run")
        do.picture("terms", dialog)
        do.press("Escape", dialog)
        do.wait_closed(dialog)
        do.wait(lambda: sum(r.suggestion_count for r in self.session.queue.rows), "suggestions")

    def accept_what_is_visible(self) -> None:
        """See what would be accepted before it is, accept it, and take all of it back."""
        do = self._do
        self.open_named(LONG)
        do.wait(lambda: len(self.record.suggestions) > 20, "suggestions in the long record")
        do.window.area.view.setFocus()
        count = len(self.record.suggestions)
        do.press("V")
        panel = do.window.area.accept
        do.wait(panel.isVisible, "the sheet")
        panel.slider.setValue(_LEAST_SURE)
        do.breathe(100)
        do.picture("accept-visible")
        offered = panel.list.count()
        if not 0 < offered < count:
            raise TourError("not just the visible ones are offered")
        do.press("Return")
        do.wait(lambda: len(self.record.suggestions) == count - offered, "those accepted alone")
        do.press("Ctrl+Z")
        do.wait(lambda: len(self.record.suggestions) == count, "all of them taken back")

    def review_one_by_one(self) -> None:
        """Walk the suggestions: accept one, skip one, and leave."""
        do = self._do
        view = do.window.area.view
        view.setFocus()
        count = len(self.record.suggestions)
        do.press("F8")
        review = do.window.suggestion_verbs.review
        do.wait(lambda: review.active and view.selection().suggestion_id, "the review")
        do.picture("review")
        do.press("A")
        do.wait(lambda: len(self.record.suggestions) == count - 1, "one accepted")
        do.wait(lambda: view.selection().suggestion_id, "the next one")
        shown = view.selection().suggestion_id
        do.press("J")
        do.wait(lambda: view.selection().suggestion_id not in {0, shown}, "the one skipped to")
        do.press("Escape")
        do.wait(lambda: not review.active, "the end of the review")

    def hide_all_but_the_record(self) -> None:
        """Hide all else, and bring it back."""
        do = self._do
        self.open_named(NESTED)
        do.window.area.view.setFocus()
        do.press("F11")
        if do.window.docks.queue.isVisible() or do.window.toolbar.isVisible():
            raise TourError("something beside the record is left")
        do.picture("focus")
        do.press("F11")
        do.wait(do.window.docks.queue.isVisible, "the queue back")
        if not do.window.toolbar.isVisible():
            raise TourError("the toolbar did not come back")

    def set_a_goal(self) -> None:
        """Set a goal of records a day."""
        do = self._do
        bar = do.window.findChild(PaceBar)
        if bar is None:
            raise TourError("no lines about the pace")
        do.click(bar)
        popup = next((p for p in QApplication.topLevelWidgets() if isinstance(p, GoalPopup)), None)
        if popup is None:
            raise TourError("nothing asks for a goal")
        popup.number.setValue(12)
        do.picture("goal", popup)
        QTest.keyClick(popup.number.lineEdit(), Qt.Key.Key_Return)
        do.wait(lambda: bar.progress.isVisible() and bar.progress.maximum() == 12, "the goal")

    def scroll_a_long_record(self) -> None:
        """Show the middle of a record of 120,000 characters."""
        do = self._do
        self.open_named(LONG)
        text = self.record.document.text
        if len(text) < LONG_CHARACTERS:
            raise TourError("the long record is short")
        view = do.window.area.view
        view.put_caret(text.index("\nWard round", len(text) // 2) + 1)
        do.breathe(50)
        bar = view.verticalScrollBar()
        if not 0.3 < bar.value() / max(1, bar.maximum()) < 0.7:
            raise TourError("the view did not go to the middle")
        do.picture("long-record")

    def open_named(self, name: str) -> None:
        """Show the record with a name."""
        key = next(r.document_id for r in self.session.queue.rows if r.name == name)
        if self.record.id != key:
            self.open_record(key)
