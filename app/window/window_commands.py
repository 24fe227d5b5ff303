"""The commands of the window and the project: files, search, model, view, help."""

from __future__ import annotations

from app.texts import QT_TRANSLATE_NOOP
from app.window.command import NEEDS_PROJECT, NEEDS_RECORD, NEEDS_WRITABLE, Command, Menu

FILE = Menu(
    "file",
    QT_TRANSLATE_NOOP("Commands", "&File"),
    (
        Command(
            "project.new",
            QT_TRANSLATE_NOOP("Commands", "&New project…"),
            ("Ctrl+N",),
            icon="new",
        ),
        Command(
            "project.open",
            QT_TRANSLATE_NOOP("Commands", "&Open project…"),
            ("Ctrl+O",),
            icon="open",
            short=QT_TRANSLATE_NOOP("Commands", "Open"),
        ),
        Command("project.sample", QT_TRANSLATE_NOOP("Commands", "&Sample project"), icon="sample"),
        Command(
            "project.close",
            QT_TRANSLATE_NOOP("Commands", "&Close project"),
            ("Ctrl+W",),
            needs=NEEDS_PROJECT,
        ),
        None,
        Command(
            "data.import",
            QT_TRANSLATE_NOOP("Commands", "&Import records…"),
            ("Ctrl+I",),
            icon="import",
            short=QT_TRANSLATE_NOOP("Commands", "Import"),
            needs=NEEDS_WRITABLE,
        ),
        Command(
            "data.export",
            QT_TRANSLATE_NOOP("Commands", "&Export labels…"),
            ("Ctrl+E",),
            icon="export",
            short=QT_TRANSLATE_NOOP("Commands", "Export"),
            needs=NEEDS_PROJECT,
        ),
        None,
        Command(
            "app.settings",
            QT_TRANSLATE_NOOP("Commands", "Se&ttings…"),
            ("Ctrl+,",),
            icon="settings",
            short=QT_TRANSLATE_NOOP("Commands", "Settings"),
        ),
        Command("app.quit", QT_TRANSLATE_NOOP("Commands", "&Quit"), ("Ctrl+Q",)),
    ),
)

EDIT = Menu(
    "edit",
    QT_TRANSLATE_NOOP("Commands", "&Edit"),
    (
        Command(
            "edit.undo",
            QT_TRANSLATE_NOOP("Commands", "&Undo"),
            ("Ctrl+Z",),
            icon="undo",
            needs=NEEDS_WRITABLE,
        ),
        Command(
            "edit.redo",
            QT_TRANSLATE_NOOP("Commands", "&Redo"),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            icon="redo",
            needs=NEEDS_WRITABLE,
        ),
        None,
        Command(
            "find.record",
            QT_TRANSLATE_NOOP("Commands", "&Find in record"),
            ("Ctrl+F",),
            icon="find",
            short=QT_TRANSLATE_NOOP("Commands", "Find"),
            needs=NEEDS_RECORD,
        ),
        Command(
            "find.next",
            QT_TRANSLATE_NOOP("Commands", "Find &next"),
            ("F3", "Ctrl+G"),
            needs=NEEDS_RECORD,
        ),
        Command(
            "find.previous",
            QT_TRANSLATE_NOOP("Commands", "Find &previous"),
            ("Shift+F3", "Ctrl+Shift+G"),
            needs=NEEDS_RECORD,
        ),
        Command(
            "find.project",
            QT_TRANSLATE_NOOP("Commands", "&Search all records"),
            ("Ctrl+Shift+F",),
            needs=NEEDS_PROJECT,
        ),
        None,
        Command(
            "labels.edit",
            QT_TRANSLATE_NOOP("Commands", "&Labels and guideline…"),
            ("Ctrl+L",),
            icon="edit",
            needs=NEEDS_PROJECT,
        ),
    ),
)

MODEL = Menu(
    "model",
    QT_TRANSLATE_NOOP("Commands", "&Model"),
    (
        Command(
            "model.retrain",
            QT_TRANSLATE_NOOP("Commands", "&Retrain"),
            ("Ctrl+T",),
            icon="retrain",
            tip=QT_TRANSLATE_NOOP("Commands", "Train the model on the records that are done"),
            needs=NEEDS_WRITABLE,
        ),
        Command(
            "model.export",
            QT_TRANSLATE_NOOP("Commands", "&Export model…"),
            ("Ctrl+Shift+E",),
            icon="model",
            short=QT_TRANSLATE_NOOP("Commands", "Export model"),
            needs=NEEDS_PROJECT,
        ),
    ),
)

VIEW = Menu(
    "view",
    QT_TRANSLATE_NOOP("Commands", "&View"),
    (
        Command("view.larger", QT_TRANSLATE_NOOP("Commands", "&Larger text"), ("Ctrl+=", "Ctrl++")),
        Command("view.smaller", QT_TRANSLATE_NOOP("Commands", "&Smaller text"), ("Ctrl+-",)),
        Command("view.usual", QT_TRANSLATE_NOOP("Commands", "&Usual text size"), ("Ctrl+0",)),
        None,
        Command(
            "view.next_part",
            QT_TRANSLATE_NOOP("Commands", "Go to the next &part"),
            ("F6",),
            needs=NEEDS_PROJECT,
        ),
        None,
        Command("view.light", QT_TRANSLATE_NOOP("Commands", "Light colours"), checkable=True),
        Command("view.dark", QT_TRANSLATE_NOOP("Commands", "Dark colours"), checkable=True),
        Command("view.contrast", QT_TRANSLATE_NOOP("Commands", "High contrast"), checkable=True),
        Command(
            "view.system",
            QT_TRANSLATE_NOOP("Commands", "Colours of the desktop"),
            checkable=True,
        ),
    ),
)

HELP = Menu(
    "help",
    QT_TRANSLATE_NOOP("Commands", "&Help"),
    (
        Command("help.keys", QT_TRANSLATE_NOOP("Commands", "&Keys"), ("F1", "?")),
        Command("help.about", QT_TRANSLATE_NOOP("Commands", "&About Chartmark")),
    ),
)
