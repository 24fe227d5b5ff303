"""Numbers, lengths of time, dates and sizes as the user's language writes them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, QObject

_MINUTE = 60


def whole(number: float) -> str:
    """Return a number rounded to a whole one, its digits in groups."""
    return QLocale().toString(round(number))


def decimal(number: float, places: int) -> str:
    """Return a number with so many decimal places."""
    return QLocale().toString(number, "f", places)


def percent(share: float) -> str:
    """Return a share (0 to 1) in whole percent."""
    return _Words().percent(whole(share * 100))


def duration(seconds: float) -> str:
    """Return a length of time in its two largest units."""
    return _Words().duration(round(seconds))


def size(number: int) -> str:
    """Return a number of bytes in the unit that fits."""
    return QLocale().formattedDataSize(number, 1)


def day(at: datetime) -> str:
    """Return the date of a moment, in the user's own time zone."""
    return QLocale().toString(_local(at).date(), QLocale.FormatType.ShortFormat)


def moment(at: datetime) -> str:
    """Return the date and time of a moment, in the user's own time zone."""
    return QLocale().toString(_local(at), QLocale.FormatType.ShortFormat)


def _local(at: datetime) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(int(at.timestamp() * 1000)).toLocalTime()


class _Words(QObject):
    """The words that stand around figures."""

    def percent(self, figure: str) -> str:
        return self.tr("{0} %").format(figure)

    def duration(self, seconds: int) -> str:
        minutes, rest = divmod(seconds, _MINUTE)
        hours, minutes_left = divmod(minutes, 60)
        if hours:
            return self.tr("{0} h {1} min").format(whole(hours), minutes_left)
        if minutes and rest:
            return self.tr("{0} min {1} s").format(minutes, rest)
        if minutes:
            return self.tr("{0} min").format(minutes)
        return self.tr("{0} s").format(rest)
