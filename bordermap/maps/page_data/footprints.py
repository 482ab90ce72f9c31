"""The land of scenarios: one by one, or thousands in columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.estimates import Estimate, Extent, Footprint
from bordermap.maps.page_data.figures import (
    Parameter,
    Range,
    RangeColumns,
    parameter_of,
    range_columns,
    range_of,
)
from bordermap.maps.page_data.sources import Cited
from bordermap.maps.shapes import Polygons, encoded_polygons

MOST_SHAPES = 2_000
"""Most shapes of a layer that are elements of the page; more are drawn on a canvas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintShape:
    """
    The land of one assumption, for low, best and high.

    Parameters
    ----------
    id, name
        Key and name to show.
    site
        Id of the site it starts from; empty for none.
    area_km2
        Area of the three [km²].
    parameters
        The numbers it follows from.
    low, best, high
        Polygons; low and high are empty where they equal best.
    """

    id: str
    name: str
    site: str
    area_km2: Range
    parameters: tuple[Parameter, ...]
    low: Polygons
    best: Polygons
    high: Polygons


@dataclass(frozen=True, slots=True, kw_only=True)
class FootprintTable:
    """
    Thousands of footprints in columns, in a fraction of the bytes.

    Parameters
    ----------
    names, sites
        As each `FootprintShape` has them.
    area_km2
        Areas to a square metre [km²].
    parameters
        The numbers each follows from, by name; without reasons.
    shapes
        Polygons of best; the other ends are not drawn.
    """

    names: list[str]
    sites: list[str]
    area_km2: RangeColumns
    parameters: Mapping[str, RangeColumns]
    shapes: list[Polygons]


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
        area_km2=range_columns([one.area_km2 for one in footprints]),
        parameters={
            name: range_columns([one.parameters[name] for one in footprints])
            for name in footprints[0].parameters
            if name in common
        },
        shapes=encoded_polygons([_together(one, "best") for one in footprints]),
    )


def _together(one: Footprint, extent: Extent) -> BaseGeometry:
    parts: Mapping[str, shapely.MultiPolygon] = one.polygons[extent]
    if len(parts) == 1:
        return next(iter(parts.values()))
    return shapely.union_all(list(parts.values()))
