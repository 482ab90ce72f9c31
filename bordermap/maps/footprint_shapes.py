"""The land of scenarios as the page is given it: one by one, or thousands in columns."""

from collections.abc import Callable, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.estimates import Estimate, Extent, Footprint
from bordermap.intervals import Interval
from bordermap.maps.page_data import (
    FootprintShape,
    FootprintTable,
    Parameter,
    Range,
    RangeColumns,
    SourceLine,
)
from bordermap.maps.shapes import encoded_polygons
from bordermap.scenarios import Quantity

AREA_DIGITS = 6
"""Decimals of a square kilometre that thousands of areas keep: a square metre."""

Cited = Callable[[str], SourceLine]


def footprint_shapes(estimate: Estimate, cited: Cited) -> tuple[FootprintShape, ...]:
    """
    Return the footprints of an estimate with all that is known of each.

    Parameters
    ----------
    estimate
        What a scenario comes to.
    cited
        Turns an id of a report or claim, or an address, into a source.
    """
    footprints = estimate.footprints
    best = encoded_polygons([_together(one, "best") for one in footprints])
    exact = [one.area_km2.is_exact for one in footprints]
    low, high = (
        encoded_polygons(
            [
                shapely.MultiPolygon() if same else _together(one, extent)
                for one, same in zip(footprints, exact, strict=True)
            ]
        )
        for extent in ("low", "high")
    )
    return tuple(
        FootprintShape(
            id=one.id,
            name=one.title,
            site=one.site or "",
            area_km2=range_of(one.area_km2),
            parameters=tuple(
                parameter_of("", name, value, cited) for name, value in one.parameters.items()
            ),
            low=low[number],
            best=best[number],
            high=high[number],
        )
        for number, one in enumerate(footprints)
    )


def footprint_table(estimate: Estimate) -> FootprintTable:
    """
    Return the footprints of an estimate in columns.

    Parameters
    ----------
    estimate
        What a scenario comes to; a parameter that not every footprint has is left out.
    """
    footprints = estimate.footprints
    common = set.intersection(*(set(one.parameters) for one in footprints))
    return FootprintTable(
        names=[one.title for one in footprints],
        sites=[one.site or "" for one in footprints],
        area_km2=_columns([one.area_km2 for one in footprints]),
        parameters={
            name: _columns([one.parameters[name] for one in footprints])
            for name in footprints[0].parameters
            if name in common
        },
        shapes=encoded_polygons([_together(one, "best") for one in footprints]),
    )


def _columns(intervals: Sequence[Interval]) -> RangeColumns:
    exact = all(one.low == one.best == one.high for one in intervals)
    return RangeColumns(
        low=None if exact else [_to_square_metre(one.low) for one in intervals],
        best=[round(one.best, AREA_DIGITS) for one in intervals],
        high=None if exact else [_to_square_metre(one.high) for one in intervals],
    )


def _to_square_metre(value: float | None) -> float | None:
    return None if value is None else round(value, AREA_DIGITS)


def range_of(interval: Interval) -> Range:
    """Return an interval as the page is given it."""
    return Range(
        low=interval.low, best=interval.best, high=interval.high, coverage=interval.coverage
    )


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


def _together(one: Footprint, extent: Extent) -> BaseGeometry:
    parts: Mapping[str, shapely.MultiPolygon] = one.polygons[extent]
    if len(parts) == 1:
        return next(iter(parts.values()))
    return shapely.union_all(list(parts.values()))
