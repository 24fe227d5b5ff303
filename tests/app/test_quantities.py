"""Numbers, lengths of time and dates by language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from app.quantities import day, decimal, duration, moment, percent, size, whole


@pytest.fixture(params=["en_GB", "zh_CN"], autouse=True)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(str(request.param)))
    yield str(request.param)
    QLocale.setDefault(before)


def test_digits_stand_in_groups() -> None:
    assert whole(1234567) == "1,234,567"
    assert whole(1234.6) == "1,235"
    assert decimal(0.5, 3) == "0.500"
    assert decimal(1234.5, 1) == "1,234.5"


def test_shares_and_sizes() -> None:
    assert percent(0.826) == "83 %"
    assert size(2048) in {"2.0 KiB", "2.0 kB"}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (59.4, "59 s"), (60, "1 min"), (200, "3 min 20 s"), (7260, "2 h 1 min")],
)
def test_a_length_of_time_has_two_units_at_most(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_dates_are_in_the_order_of_the_language(locale: str) -> None:
    at = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
    assert day(at) == ("09/03/2026" if locale == "en_GB" else "2026/3/9")
    assert moment(at).startswith(day(at))
    assert moment(at) != day(at)
