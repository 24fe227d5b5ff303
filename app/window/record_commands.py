"""The commands of the record on the screen: its review, its labels, its suggestions."""

from __future__ import annotations

from app.texts import QT_TRANSLATE_NOOP
from app.window.command import NEEDS_EDITABLE, NEEDS_PROJECT, NEEDS_RECORD, Command, Menu, Where
from core.schema.documents import Attribute

ATTRIBUTE_KEYS = {
    Attribute.NEGATED: "N",
    Attribute.HISTORICAL: "H",
    Attribute.FAMILY: "F",
    Attribute.UNCERTAIN: "U",
    Attribute.CONDITIONAL: "C",
}
"""One key for each attribute: its first letter."""

ATTRIBUTE_TEXTS = {
    Attribute.NEGATED: QT_TRANSLATE_NOOP("Commands", "Negated"),
    Attribute.HISTORICAL: QT_TRANSLATE_NOOP("Commands", "Historical"),
    Attribute.FAMILY: QT_TRANSLATE_NOOP("Commands", "Family"),
    Attribute.UNCERTAIN: QT_TRANSLATE_NOOP("Commands", "Uncertain"),
    Attribute.CONDITIONAL: QT_TRANSLATE_NOOP("Commands", "Conditional"),
}

RECORD = Menu(
    "record",
    QT_TRANSLATE_NOOP("Commands", "&Record"),
    (
        Command(
            "record.next",
            QT_TRANSLATE_NOOP("Commands", "&Next record"),
            ("Alt+Down", "]"),
            icon="next",
            needs=NEEDS_PROJECT,
        ),
        Command(
            "record.previous",
            QT_TRANSLATE_NOOP("Commands", "&Previous record"),
            ("Alt+Up", "["),
            icon="previous",
            needs=NEEDS_PROJECT,
        ),
        None,
        Command(
            "record.done",
            QT_TRANSLATE_NOOP("Commands", "&Done and next"),
            ("Ctrl+Return", "Ctrl+Enter"),
            icon="done",
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "record.reopen",
            QT_TRANSLATE_NOOP("Commands", "&Reopen record"),
            ("Ctrl+Shift+Return",),
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "record.flag",
            QT_TRANSLATE_NOOP("Commands", "&Flag for a second look"),
            ("Ctrl+B",),
            icon="flag",
            needs=NEEDS_EDITABLE,
        ),
        None,
        Command(
            "section.go",
            QT_TRANSLATE_NOOP("Commands", "&Go to a section…"),
            ("G",),
            Where.RECORD,
            needs=NEEDS_RECORD,
        ),
        Command(
            "section.next",
            QT_TRANSLATE_NOOP("Commands", "Next &section"),
            ("Ctrl+PgDown",),
            needs=NEEDS_RECORD,
        ),
        Command(
            "section.previous",
            QT_TRANSLATE_NOOP("Commands", "Previous se&ction"),
            ("Ctrl+PgUp",),
            needs=NEEDS_RECORD,
        ),
        Command(
            "section.fold",
            QT_TRANSLATE_NOOP("Commands", "Fold or &unfold the section"),
            ("Z",),
            Where.RECORD,
            needs=NEEDS_RECORD,
        ),
        Command(
            "section.fold_all",
            QT_TRANSLATE_NOOP("Commands", "Fold or unfold &all sections"),
            ("Shift+Z",),
            Where.RECORD,
            needs=NEEDS_RECORD,
        ),
    ),
)

LABEL = Menu(
    "label",
    QT_TRANSLATE_NOOP("Commands", "&Label"),
    (
        *(
            Command(
                f"attribute.{attribute.value}",
                ATTRIBUTE_TEXTS[attribute],
                (key,),
                Where.RECORD,
                needs=NEEDS_EDITABLE,
            )
            for attribute, key in ATTRIBUTE_KEYS.items()
        ),
        Command(
            "attribute.edit",
            QT_TRANSLATE_NOOP("Commands", "&Edit attributes…"),
            ("E",),
            Where.RECORD,
            tip=QT_TRANSLATE_NOOP("Commands", "Give the selected label values of its attributes"),
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "assertion.confirm",
            QT_TRANSLATE_NOOP("Commands", "Set what is s&uggested"),
            ("Y",),
            Where.RECORD,
            tip=QT_TRANSLATE_NOOP(
                "Commands", "Set the attributes that the sentence suggests for the selected label"
            ),
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "assertion.confirm_all",
            QT_TRANSLATE_NOOP("Commands", "Set what is suggested for all labels of the record"),
            ("Shift+Y",),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        None,
        Command(
            "label.relabel",
            QT_TRANSLATE_NOOP("Commands", "Change &label…"),
            ("R",),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "label.repeat",
            QT_TRANSLATE_NOOP("Commands", "Repeat the &last label"),
            (".",),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "label.delete",
            QT_TRANSLATE_NOOP("Commands", "&Delete label"),
            ("Delete",),
            Where.RECORD,
            icon="delete",
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "label.add_piece",
            QT_TRANSLATE_NOOP("Commands", "Add a piece…"),
            ("P",),
            Where.RECORD,
            tip=QT_TRANSLATE_NOOP("Commands", "Add other words to the selected label"),
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "label.remove_piece",
            QT_TRANSLATE_NOOP("Commands", "Remove a piece"),
            ("Shift+P",),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        None,
        Command(
            "mentions.record",
            QT_TRANSLATE_NOOP("Commands", "Label all identical mentions in this record…"),
            ("M",),
            Where.RECORD,
            icon="mentions",
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "mentions.project",
            QT_TRANSLATE_NOOP("Commands", "Label all identical mentions in all records…"),
            ("Shift+M",),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
    ),
)

SUGGESTION = Menu(
    "suggestion",
    QT_TRANSLATE_NOOP("Commands", "&Suggestion"),
    (
        Command(
            "suggestion.next",
            QT_TRANSLATE_NOOP("Commands", "&Next suggestion"),
            ("J",),
            Where.RECORD,
            needs=NEEDS_RECORD,
        ),
        Command(
            "suggestion.previous",
            QT_TRANSLATE_NOOP("Commands", "&Previous suggestion"),
            ("K",),
            Where.RECORD,
            needs=NEEDS_RECORD,
        ),
        None,
        Command(
            "suggestion.accept",
            QT_TRANSLATE_NOOP("Commands", "&Accept"),
            ("Return", "Enter", "A"),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "suggestion.reject",
            QT_TRANSLATE_NOOP("Commands", "&Reject"),
            ("X", "Backspace"),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        None,
        Command(
            "suggestion.accept_visible",
            QT_TRANSLATE_NOOP("Commands", "Accept all &visible at or above…"),
            ("V",),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "suggestion.accept_all",
            QT_TRANSLATE_NOOP("Commands", "Accept all in this record"),
            ("Shift+A",),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        Command(
            "suggestion.reject_all",
            QT_TRANSLATE_NOOP("Commands", "Reject all in this record"),
            ("Shift+X",),
            Where.RECORD,
            needs=NEEDS_EDITABLE,
        ),
        None,
        Command(
            "suggestion.fewer",
            QT_TRANSLATE_NOOP("Commands", "Show only &surer ones"),
            (">",),
            Where.RECORD,
            needs=NEEDS_RECORD,
        ),
        Command(
            "suggestion.more",
            QT_TRANSLATE_NOOP("Commands", "Show &less sure ones too"),
            ("<",),
            Where.RECORD,
            needs=NEEDS_RECORD,
        ),
        Command(
            "suggestion.show_all",
            QT_TRANSLATE_NOOP("Commands", "Show all suggestions"),
            ("Ctrl+Shift+A",),
            needs=NEEDS_RECORD,
        ),
        None,
        Command(
            "suggestion.review",
            QT_TRANSLATE_NOOP("Commands", "Revie&w suggestions one by one"),
            ("F8",),
            needs=NEEDS_EDITABLE,
            checkable=True,
        ),
    ),
)
