"""When an outline is of: a day or a moment, read from a file's name or from a value."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from bordermap._text import printable
from bordermap.errors import DataError

YEARS = range(1900, 2200)
"""Years that an outline can be of."""

_LONGEST_SHOWN = 80
_IN_MILLISECONDS = 10**11
_MIDNIGHT = time(tzinfo=UTC)

_UNIX = re.compile(r"(?<!\d)(?:\d{10}|\d{13})(?!\d)")
_DAY = re.compile(
    r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})"
    r"(?:T?(\d{2})(?:[-:.]?(\d{2})(?:[-:.]?(\d{2}))?)?Z?"
    # after a sign that may part anything, only what can be a time: with minutes, and before 24:00
    r"|[-_ ]([01]\d|2[0-3])[-:.]?([0-5]\d)(?:[-:.]?([0-5]\d))?Z?"
    r")?(?!\d)"
)


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """
    A day, or a moment of it.

    Parameters
    ----------
    moment
        The moment in UTC; the day's beginning where only the day is known.
    is_day
        Whether only the day is known.
    """

    moment: datetime
    is_day: bool = True

    def __str__(self) -> str:
        """Return it by ISO 8601: ``2024-07-08``, or ``2024-07-08T06:30:00Z``."""
        if self.is_day:
            return self.moment.date().isoformat()
        return self.moment.isoformat().replace("+00:00", "Z")

    def day_in(self, zone: tzinfo) -> date:
        """Return the day that it falls on in a time zone; a mere day is that day everywhere."""
        return self.moment.date() if self.is_day else self.moment.astimezone(zone).date()


def instant_in_name(name: str) -> Instant | None:
    """
    Return the instant that a file's name tells; None where it tells none.

    Parameters
    ----------
    name
        Name without folder. A day is ``20240708`` or ``2024-07-08``; hour, minute and second may
        follow, after a ``T`` or at once. After ``_``, ``-`` or a blank, four or six digits that
        can be a time are one: ``20240708_0630``. A Unix time has ten digits (thirteen in
        milliseconds) and wins over a day beside it. All in UTC.

    Raises
    ------
    DataError
        If the name tells several.

    Notes
    -----
    Ten digits without a day beside them that read as year, month, day and hour are taken for
    those: no Unix time before the year 2030 does.

    Examples
    --------
    >>> str(instant_in_name("map_2022-11-15_1668470640.geojson"))
    '2022-11-15T00:04:00Z'
    >>> str(instant_in_name("20240708.geojson"))
    '2024-07-08'
    >>> str(instant_in_name("20240708_0630.geojson"))
    '2024-07-08T06:30:00Z'
    """
    unix = {_unix(int(match[0])) for match in _UNIX.finditer(name)}
    days = set(_days_in(name))
    days_beside = set(_days_in(_UNIX.sub("/", name)))
    found = unix if unix and (days_beside or not days) else days
    if len(found) > 1:
        told = " and ".join(str(instant) for instant in sorted(found))
        raise DataError(
            f"{shown(name)}: the name tells {told}; leave one of them, or give a table (--dates)"
        )
    return next(iter(found), None)


def instant_of(value: object) -> Instant:
    """
    Return the instant that a property or a cell of a table gives.

    Parameters
    ----------
    value
        ISO 8601 text, or a Unix time in seconds (in milliseconds from 1e11 on), as number or
        digits. A time without a zone is in UTC.

    Raises
    ------
    DataError
        If it is none of these, or not of a year in `YEARS`.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _unix(value)
    if isinstance(value, str):
        text = value.strip()
        if _UNIX.fullmatch(text):
            return _unix(int(text))
        for read in (_as_day, _as_moment):
            try:
                return read(text)
            except (ValueError, OverflowError):
                continue
    raise _no_date(value)


def days_from(before: Instant, after: Instant) -> float:
    """Return how many days lie between two instants."""
    return (after.moment - before.moment) / timedelta(days=1)


def days_between(before: Instant, after: Instant, zone: tzinfo) -> tuple[date, date] | None:
    """Return the first and the last of the days between two instants; None where there is none."""
    first, last = before.day_in(zone), after.day_in(zone)
    if (last - first).days <= 1:
        return None
    return first + timedelta(days=1), last - timedelta(days=1)


def shown(value: object) -> str:
    """Return a value from outside as a message may show it: short, on one line."""
    text = printable(str(value))
    if len(text) <= _LONGEST_SHOWN:
        return text
    if isinstance(value, Path):  # its end names the file
        return "…" + text[1 - _LONGEST_SHOWN :]
    return text[: _LONGEST_SHOWN - 1] + "…"


def _days_in(name: str) -> Iterator[Instant]:
    for match in _DAY.finditer(name):
        year, _, month, day, *clocks = match.groups()
        hour, minute, second = clocks[3:] if clocks[3] else clocks[:3]
        try:
            clock = time(int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC)
            moment = datetime.combine(date(int(year), int(month), int(day)), clock)
        except ValueError:  # eight digits that are no date, such as a number of a version
            continue
        if moment.year in YEARS:
            yield Instant(moment, is_day=hour is None)


def _unix(value: float) -> Instant:
    seconds = value / 1e3 if abs(value) >= _IN_MILLISECONDS else value
    if not math.isfinite(seconds):
        raise _no_date(value)
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise _no_date(value) from None
    return _of_our_time(moment, is_day=False)


def _as_day(text: str) -> Instant:
    day = datetime.combine(date.fromisoformat(text), _MIDNIGHT)
    return _of_our_time(day, is_day=True)


def _as_moment(text: str) -> Instant:
    moment = datetime.fromisoformat(text)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _of_our_time(zoned.astimezone(UTC), is_day=False)


def _of_our_time(moment: datetime, *, is_day: bool) -> Instant:
    if moment.year not in YEARS:
        raise DataError(
            f"the year {moment.year} is not one of an outline; give {YEARS[0]} to {YEARS[-1]}"
        )
    return Instant(moment, is_day=is_day)


def _no_date(value: object) -> DataError:
    return DataError(
        f"{shown(value)!r} is no date; give ISO 8601, such as 2024-07-08, or a Unix time"
    )
