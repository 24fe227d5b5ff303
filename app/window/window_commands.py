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
        Command(
            "project.sample",
            QT_TRANSLATE_NOOP("Commands", "&Sample project"),
            ("Ctrl+Shift+O",),
            icon="sample",
        ),
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
        Command(
            "labels.terms",
            QT_TRANSLATE_NOOP("Commands", "&Term lists…"),
            ("Ctrl+D",),
            tip=QT_TRANSLATE_NOOP("Commands", "Suggest a label wherever a term stands"),
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
            "model.quick_update",
            QT_TRANSLATE_NOOP("Commands", "&Quick update"),
            ("Ctrl+Shift+T",),
            icon="quick",
            tip=QT_TRANSLATE_NOOP(
                "Commands", "Teach the current model only the records that are new, within seconds"
            ),
            needs=NEEDS_WRITABLE,
        ),
        Command(
            "model.thorough",
            QT_TRANSLATE_NOOP("Commands", "Retrain t&horoughly"),
            ("Ctrl+Shift+H",),
            tip=QT_TRANSLATE_NOOP(
                "Commands",
                "Train four times over instead of twice and keep the mean: it takes twice as long "
                "and makes fewer mistakes",
            ),
            needs=NEEDS_WRITABLE,
        ),
        Command(
            "model.search",
            QT_TRANSLATE_NOOP("Commands", "&Search for a recipe…"),
            ("Ctrl+Shift+R",),
            tip=QT_TRANSLATE_NOOP("Commands", "Find hyperparameters that suit this project better"),
            needs=NEEDS_PROJECT,
        ),
        Command(
            "model.adapt",
            QT_TRANSLATE_NOOP("Commands", "&Adapt to our records…"),
            ("Ctrl+Shift+B",),
            tip=QT_TRANSLATE_NOOP(
                "Commands", "Let the backbone read all records, so that trainings begin from more"
            ),
            needs=NEEDS_WRITABLE,
        ),
        Command(
            "model.teacher",
            QT_TRANSLATE_NOOP("Commands", "&Learn from a bigger model…"),
            ("Ctrl+Shift+M",),
            tip=QT_TRANSLATE_NOOP(
                "Commands", "Train the quick model also on what a bigger one says of the records"
            ),
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
        Command(
            "view.queue",
            QT_TRANSLATE_NOOP("Commands", "Show the &queue"),
            ("Ctrl+1",),
            icon="queue",
            tip=QT_TRANSLATE_NOOP("Commands", "Show or hide the queue"),
            needs=NEEDS_PROJECT,
            checkable=True,
        ),
        Command(
            "view.labels",
            QT_TRANSLATE_NOOP("Commands", "Show the la&bels"),
            ("Ctrl+2",),
            icon="labels",
            tip=QT_TRANSLATE_NOOP("Commands", "Show or hide the labels"),
            needs=NEEDS_PROJECT,
            checkable=True,
        ),
        Command(
            "view.pace",
            QT_TRANSLATE_NOOP("Commands", "&Pace"),
            ("Ctrl+3",),
            tip=QT_TRANSLATE_NOOP("Commands", "Show or hide how the work goes, under the queue"),
            needs=NEEDS_PROJECT,
            checkable=True,
        ),
        Command(
            "view.goal",
            QT_TRANSLATE_NOOP("Commands", "Set a &goal…"),
            ("Ctrl+Alt+3",),
            tip=QT_TRANSLATE_NOOP("Commands", "Set how many records are to be done"),
            needs=NEEDS_PROJECT,
        ),
        None,
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
        Command(
            "view.focus",
            QT_TRANSLATE_NOOP("Commands", "&Focus mode"),
            ("F11",),
            tip=QT_TRANSLATE_NOOP("Commands", "Hide all but the record"),
            needs=NEEDS_RECORD,
            checkable=True,
        ),
        None,
        Command(
            "view.light",
            QT_TRANSLATE_NOOP("Commands", "Light colours"),
            ("Ctrl+F5",),
            checkable=True,
        ),
        Command(
            "view.dark", QT_TRANSLATE_NOOP("Commands", "Dark colours"), ("Ctrl+F6",), checkable=True
        ),
        Command(
            "view.contrast",
            QT_TRANSLATE_NOOP("Commands", "High contrast"),
            ("Ctrl+F7",),
            checkable=True,
        ),
        Command(
            "view.system",
            QT_TRANSLATE_NOOP("Commands", "Colours of the desktop"),
            ("Ctrl+F8",),
            checkable=True,
        ),
    ),
)

HELP = Menu(
    "help",
    QT_TRANSLATE_NOOP("Commands", "&Help"),
    (
        Command(
            "help.commands",
            QT_TRANSLATE_NOOP("Commands", "&Find a command…"),
            ("Ctrl+K",),
            icon="find",
            tip=QT_TRANSLATE_NOOP("Commands", "Find and run any command by its name"),
        ),
        Command("help.keys", QT_TRANSLATE_NOOP("Commands", "&Keys"), ("F1", "?")),
        Command(
            "help.tour",
            QT_TRANSLATE_NOOP("Commands", "&Tour of three minutes"),
            ("Ctrl+F1",),
            tip=QT_TRANSLATE_NOOP("Commands", "Learn the whole job in the sample project"),
        ),
        Command(
            "help.change_keys", QT_TRANSLATE_NOOP("Commands", "&Change keys…"), ("Ctrl+Shift+K",)
        ),
        Command("help.about", QT_TRANSLATE_NOOP("Commands", "&About Chartmark"), ("Shift+F1",)),
    ),
)
