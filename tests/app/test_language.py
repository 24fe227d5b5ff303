"""Which language the window speaks, and that all of it then does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.language import CHINESE, ENGLISH, core_templates, install, language_for


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (["zh-Hans-CN", "en"], CHINESE),
        (["zh_CN"], CHINESE),
        (["zh"], CHINESE),
        (["en-GB", "zh-CN"], ENGLISH),
        (["de-DE", "zh-CN"], CHINESE),
        (["zh-Hant-TW"], ENGLISH),
        (["de"], ENGLISH),
        ([], ENGLISH),
    ],
)
def test_the_system_is_followed_where_its_language_is_spoken(
    wishes: list[str], language: str
) -> None:
    assert language_for("system", wishes) == language
    assert language_for("en", wishes) == ENGLISH
    assert language_for("zh_CN", wishes) == CHINESE


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    install(qapp, CHINESE)
    yield
    for translator in qapp.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
        translator.deleteLater()
    install(qapp, ENGLISH)
    QLocale.setDefault(before)


@pytest.mark.usefixtures("chinese")
def test_qts_own_texts_and_figures_follow() -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() == QLocale.Language.Chinese


def test_the_file_of_translations_lists_what_core_says() -> None:
    templates = core_templates(CHINESE)
    assert "There is no project in {folder}." in templates
    assert len(templates) == len(set(templates))
