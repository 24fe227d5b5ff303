"""What core says in English is found again by its template, whatever its values are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from app.texts import learn_templates, shown, worded
from core.schema.errors import KnownError
from core.schema.phrases import phrase

_GERMAN = {
    "{file} is missing.": "{file} fehlt.",
    "Choose another.": "Anderes wählen.",
    "{file} is missing and {other} too.": "{file} und {other} fehlen.",
    "it cannot be opened ({reason})": "nicht zu öffnen ({reason})",
    "the disk refuses": "die Platte weigert sich",
    "{file} cannot be imported: {reason}.": "{file}: {reason}.",
}


class German(QTranslator):
    """A language of a few sentences."""

    def translate(
        self,
        context: str | bytes | bytearray | memoryview,
        text: str | bytes | bytearray | memoryview,
        disambiguation: str | bytes | bytearray | memoryview | None = None,
        n: int = -1,
    ) -> str:
        del disambiguation, n
        return _GERMAN.get(str(text), str(text)) if context == "Core" else str(text)


@pytest.fixture(autouse=True, scope="module")
def german(qapp: QApplication) -> Iterator[None]:
    translator = German(qapp)
    QCoreApplication.installTranslator(translator)
    learn_templates(lambda: _GERMAN)
    yield
    learn_templates(None)
    QCoreApplication.removeTranslator(translator)


@given(name=st.text(min_size=1))
def test_a_phrase_is_found_by_its_template_whatever_its_value(name: str) -> None:
    text = phrase("{file} is missing.", file=name)
    assert worded(text) == f"{name} fehlt." or " is missing and " in text


@given(name=st.text("ab ", min_size=1), braces=st.text("{}n0"))
def test_values_with_braces_are_only_values(name: str, braces: str) -> None:
    error = KnownError("{file} is missing.", "Choose another.", file=name + braces)
    assert error.message == f"{name}{braces} is missing."
    assert shown(error) == f"{name}{braces} fehlt. Anderes wählen.".strip()


def test_the_template_with_the_most_fixed_words_wins() -> None:
    assert worded("a is missing and b too.") == "a und b fehlen."


def test_a_phrase_within_a_phrase_is_worded_too() -> None:
    reason = phrase("it cannot be opened ({reason})", reason=phrase("the disk refuses"))
    assert worded(reason) == "nicht zu öffnen (die Platte weigert sich)"
    error = KnownError("{file} cannot be imported: {reason}.", file="x.txt", reason=reason)
    assert shown(error) == "x.txt: nicht zu öffnen (die Platte weigert sich)."


def test_a_message_and_its_remedy_kept_as_one_text_are_worded_one_by_one() -> None:
    assert worded("a.b is missing. Choose another.") == "a.b fehlt. Anderes wählen."


def test_what_is_not_known_stays_as_it_is() -> None:
    assert worded("No such words.") == "No such words."
    assert shown(KnownError("{n} of a kind.", "None.", n=3)) == "3 of a kind. None."


def test_an_error_that_hands_on_a_phrase_is_worded() -> None:
    assert shown(KnownError(phrase("{file} is missing.", file="a"))) == "a fehlt."
