"""Errors that the user can mend, and the naming of those that are bugs."""

from __future__ import annotations

from core.schema.errors import KnownError, describe_bug


def test_a_known_error_says_what_happened_and_what_to_do() -> None:
    error = KnownError("The disk is full.", "Make room.")
    assert (error.message, error.remedy) == ("The disk is full.", "Make room.")
    assert str(error) == "The disk is full. Make room."
    assert str(KnownError("The disk is full.")) == "The disk is full."


def test_a_bug_is_named_by_type_and_place_without_its_words() -> None:
    def read() -> None:
        raise ValueError("Jane Doe has gout")

    try:
        read()
    except ValueError as error:
        words = describe_bug(error)
    assert "Jane" not in words
    assert words.startswith("ValueError at test_errors.py:")
    assert words.index("in read") < words.index("in test_a_bug_is_named")


def test_a_bug_that_was_never_raised_has_no_places() -> None:
    assert describe_bug(ValueError("Jane Doe")) == "ValueError at "
