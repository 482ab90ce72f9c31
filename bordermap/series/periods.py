"""A series by day, week, month or year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from itertools import groupby
from typing import Any, Literal, get_args

from bordermap.series.instants import Instant
from bordermap.series.steps import Parts, Step

Unit = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)


@dataclass(frozen=True, kw_only=True)
class Period:
    """
    The steps of a day, week, month or year together.

    Parameters
    ----------
    name
        ``2024-07-08``, ``2024-W28``, ``2024-07`` or ``2024``, as ISO 8601 has it.
    first, last
        Its first and last outline.
    outlines
        How many it has.
    missing_days
        Days without an outline, over its steps: those of a gap count where the gap ends.
    area_km2
        Area of the last outline [km²].
    gained_km2, lost_km2
        What its steps gained and lost, added up [km²]: land that came and went counts as both.
        None where it has only the series' first outline.
    parts
        The last outline's area by province; None where no provinces were asked for.
    gained_parts, lost_parts
        The changes by province, added up; None where `gained_km2` or `parts` is.
    """

    name: str
    first: Instant
    last: Instant
    outlines: int
    missing_days: int
    area_km2: float
    gained_km2: float | None
    lost_km2: float | None
    parts: Parts | None = None
    gained_parts: Parts | None = None
    lost_parts: Parts | None = None

    @property
    def net_km2(self) -> float | None:
        """Land gained less land lost [km²]: the area less that of the period before."""
        if self.gained_km2 is None or self.lost_km2 is None:
            return None
        return self.gained_km2 - self.lost_km2

    def as_json(self) -> dict[str, Any]:
        """Return what the command line says of it."""
        return {
            "period": self.name,
            "first": str(self.first),
            "last": str(self.last),
            "outlines": self.outlines,
            "missing_days": self.missing_days,
            "area_km2": self.area_km2,
            "gained_km2": self.gained_km2,
            "lost_km2": self.lost_km2,
            "net_km2": self.net_km2,
            "by_province": by_province(self.parts),
            "outside_km2": self.parts and self.parts.outside_km2,
            "gained_by_province": by_province(self.gained_parts),
            "lost_by_province": by_province(self.lost_parts),
        }


def by_period(steps: Iterable[Step], unit: Unit, *, zone: tzinfo = UTC) -> Iterator[Period]:
    """
    Yield the periods of a series that have outlines, oldest first.

    Parameters
    ----------
    steps
        The steps, oldest first.
    unit
        How long a period is.
    zone
        Time zone that days begin in.
    """
    for name, group in groupby(steps, key=lambda step: period_of(step.instant.day_in(zone), unit)):
        inside = list(group)
        changes = [step for step in inside if step.gained_km2 is not None]
        yield Period(
            name=name,
            first=inside[0].instant,
            last=inside[-1].instant,
            outlines=len(inside),
            missing_days=sum(step.missing_days for step in inside),
            area_km2=inside[-1].area_km2,
            gained_km2=sum(step.gained_km2 or 0.0 for step in changes) if changes else None,
            lost_km2=sum(step.lost_km2 or 0.0 for step in changes) if changes else None,
            parts=inside[-1].parts,
            gained_parts=_sum([step.gained_parts for step in changes]),
            lost_parts=_sum([step.lost_parts for step in changes]),
        )


def period_of(day: date, unit: Unit) -> str:
    """
    Return the name of the period that a day is in.

    Examples
    --------
    >>> period_of(date(2024, 12, 30), "week"), period_of(date(2024, 12, 30), "month")
    ('2025-W01', '2024-12')
    """
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def by_province(parts: Parts | None) -> dict[str, float]:
    """Return an area by province; empty where no provinces were asked for."""
    return {} if parts is None else dict(parts.by_province)


def _sum(parts: Sequence[Parts | None]) -> Parts | None:
    known = [part for part in parts if part is not None]
    if not known:
        return None
    codes: Mapping[str, float] = known[0].by_province
    return Parts(
        by_province={code: sum(part.by_province[code] for part in known) for code in codes},
        outside_km2=sum(part.outside_km2 for part in known),
    )
