"""Numbers as the page is given them: intervals, and what an assumed one leans on."""

from collections.abc import Sequence
from dataclasses import dataclass

from bordermap.intervals import Interval
from bordermap.maps.page_data.sources import Cited, SourceLine
from bordermap.scenarios import Quantity

AREA_DIGITS = 6
"""Decimals of a square kilometre that thousands of areas keep: a square metre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """
    An interval; None where an end is not given.

    Parameters
    ----------
    low, best, high
        In the unit of the field that holds it.
    coverage
        Share of the draws it holds; None for bounds that are stated or read.
    """

    low: float | None
    best: float
    high: float | None
    coverage: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeColumns:
    """
    Intervals, a column for each end.

    Parameters
    ----------
    low, best, high
        One value a row; low and high are None where all of them equal best.
    """

    low: list[float | None] | None
    best: list[float]
    high: list[float | None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """
    An assumed number.

    Parameters
    ----------
    of
        What it belongs to, such as a site; empty for the scenario's own.
    name
        Its name, such as ``front_km``.
    value
        The interval, in the unit its name ends with.
    reason
        Why it is this one.
    sources
        What it leans on.
    """

    of: str
    name: str
    value: Range
    reason: str = ""
    sources: tuple[SourceLine, ...] = ()


def range_of(interval: Interval) -> Range:
    """Return an interval as the page is given it."""
    return Range(
        low=interval.low, best=interval.best, high=interval.high, coverage=interval.coverage
    )


def range_columns(intervals: Sequence[Interval]) -> RangeColumns:
    """Return intervals in columns, their ends rounded to `AREA_DIGITS`."""
    exact = all(one.low == one.best == one.high for one in intervals)
    return RangeColumns(
        low=None if exact else [_to_square_metre(one.low) for one in intervals],
        best=[round(one.best, AREA_DIGITS) for one in intervals],
        high=None if exact else [_to_square_metre(one.high) for one in intervals],
    )


def _to_square_metre(value: float | None) -> float | None:
    return None if value is None else round(value, AREA_DIGITS)


def parameter_of(of: str, name: str, value: Interval, cited: Cited) -> Parameter:
    """Return an assumed number as the page is given it."""
    why = value if isinstance(value, Quantity) else None
    return Parameter(
        of=of,
        name=name,
        value=range_of(value),
        reason="" if why is None else why.reason,
        sources=() if why is None else tuple(cited(source) for source in why.sources),
    )
