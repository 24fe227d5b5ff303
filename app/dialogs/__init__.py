"""The dialogs: each a function that opens one over the window and returns at once."""

from app.dialogs.adapt_backbone import adapt_backbone
from app.dialogs.edit_labels import edit_labels
from app.dialogs.export_data import export_data
from app.dialogs.export_model import export_model
from app.dialogs.import_files import import_files
from app.dialogs.keys import keys
from app.dialogs.mentions import mentions
from app.dialogs.new_project import new_project
from app.dialogs.open_project import open_project
from app.dialogs.passphrase import ask_passphrase
from app.dialogs.settings import settings
from app.dialogs.teacher import learn_from_model
from app.dialogs.term_lists import term_lists

__all__ = (
    "adapt_backbone",
    "ask_passphrase",
    "edit_labels",
    "export_data",
    "export_model",
    "import_files",
    "keys",
    "learn_from_model",
    "mentions",
    "new_project",
    "open_project",
    "settings",
    "term_lists",
)
