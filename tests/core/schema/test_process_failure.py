"""What one process fails of is raised in the one that waits, in the same words."""

from __future__ import annotations

import json

import pytest

from core.schema.errors import KnownError
from core.schema.process_failure import ProcessFailedError, failure_line, raise_told


def raised(told: bytes, code: int = 1) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011  # which one is what is asked
        raise_told(told, code)
    assert isinstance(caught.value, Exception)
    return caught.value


def test_what_the_user_can_mend_keeps_template_and_values() -> None:
    line = failure_line(KnownError("{name} is odd.", "Mend {name}.", name="x"))
    error = raised(line.encode())
    assert isinstance(error, KnownError)
    assert (error.message, error.remedy, error.values) == ("x is odd.", "Mend x.", {"name": "x"})


def test_memory_and_disk_keep_their_types() -> None:
    assert isinstance(raised(failure_line(MemoryError()).encode()), MemoryError)
    full = raised(failure_line(OSError(28, "/a/place/of/this/machine")).encode())
    assert isinstance(full, OSError)
    assert full.errno == 28
    assert "machine" not in str(full)


def test_a_bug_is_named_without_its_own_words() -> None:
    line = failure_line(ValueError("a record's text"))
    assert "text" not in line
    error = raised(line.encode())
    assert isinstance(error, ProcessFailedError)
    assert "ValueError" in str(error)


def test_the_last_line_counts() -> None:
    told = b"a library's remark\n" + json.dumps({"memory": True}).encode() + b"\n"
    assert isinstance(raised(told), MemoryError)


@pytest.mark.parametrize(
    ("told", "code", "kind"),
    [(b"", -9, MemoryError), (b"", 1, ProcessFailedError), (b"no json", 1, ProcessFailedError)],
)
def test_one_that_says_nothing(told: bytes, code: int, kind: type[Exception]) -> None:
    assert type(raised(told, code)) is kind
