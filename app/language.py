"""The language of the window: English, or Simplified Chinese; numbers and dates go with it."""

from __future__ import annotations

import logging
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.texts import CORE, learn_templates

ENGLISH, CHINESE = "en", "zh_CN"
AS_SYSTEM = "system"

_log = logging.getLogger(__name__)


def language_for(choice: str, wishes: list[str] | None = None) -> str:
    """Return the language that a setting comes to.

    Args:
        choice: ``system`` or a language.
        wishes: What the user reads, the best first (``zh-Hans-CN``); the system's by default.
    """
    if choice in {ENGLISH, CHINESE}:
        return choice
    for wish in QLocale.system().uiLanguages() if wishes is None else wishes:
        parts = wish.replace("_", "-").split("-")
        if parts[0] == "en":
            return ENGLISH
        # Traditional characters are another script: English is no worse for who reads them.
        if parts[0] == "zh" and not {"Hant", "TW", "HK", "MO"} & set(parts):
            return CHINESE
    return ENGLISH


def install(application: QCoreApplication, language: str) -> None:
    """Have the application speak a language; call it before the first widget is made."""
    QLocale.setDefault(_locale(language))
    if language == ENGLISH:
        learn_templates(None)
        return
    qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for file in (qt_folder / f"qtbase_{language}.qm", _folder() / f"chartmark_{language}.qm"):
        translator = QTranslator(application)
        if translator.load(str(file)):
            application.installTranslator(translator)
        else:
            _log.warning("%s cannot be loaded", file.name)
    learn_templates(lambda: core_templates(language))


def core_templates(language: str) -> list[str]:
    """Return all that core may say, as the file of translations lists it."""
    root = ElementTree.parse(_folder() / f"chartmark_{language}.ts").getroot()
    return [
        message.findtext("source", "")
        for context in root.iter("context")
        if context.findtext("name") == CORE
        for message in context.iter("message")
    ]


def _locale(language: str) -> QLocale:
    """Return the system's own locale where it is of the language, else that of the language."""
    system, plain = QLocale.system(), QLocale(language)
    return system if system.language() == plain.language() else plain


def _folder() -> Path:
    return Path(str(resources.files("resources"))) / "translations"
