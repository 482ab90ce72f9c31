"""The ground of the map: land and waters that nothing is measured on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2
from bordermap.boundaries import Province
from bordermap.cases import Case
from bordermap.countries import country_name
from bordermap.datasets import Basemap, IndexEntry, Water, load_basemap, load_dataset
from bordermap.datasets.collection import Box
from bordermap.maps.ground_names import country_places, part_places, water_places
from bordermap.maps.names import towns_of
from bordermap.maps.page_data.ground import Ground, Reference
from bordermap.maps.shapes import GROUND_DIGITS, Path, encoded_lines, encoded_polygons

WORLD = "natural-earth-10m"
"""Dataset of the land beyond the two countries."""

FAR_DEGREES = 0.004
"""What simplifying may move on land of third countries [degrees], about 400 m."""

NEAR_DEGREES = 0.0008
"""The same on the two countries, away from the border that is drawn in full [degrees]."""

FINE_SHARE = 4_000
"""The ground of a wide map is simplified to this share of its width."""

TOWNS_CREDIT = "GeoNames (CC BY 4.0)"
"""What the gazetteer's towns are credited with."""

MARGIN = 1.1
"""How far the ground reaches beyond what the map is framed on, as a share of its size."""


@dataclass(frozen=True, kw_only=True)
class GroundWithCredits:
    """
    The ground, and what it is credited with.

    Parameters
    ----------
    ground
        What is drawn.
    attributions
        Lines to show with it.
    references
        Things of a familiar size in it.
    lakes
        The lakes, which are no place for a province's name.
    """

    ground: Ground
    attributions: tuple[str, ...]
    references: tuple[Reference, ...]
    lakes: tuple[Water, ...]


def limits_around(bounds: Box) -> Box:
    """Return how far the map can be moved from what it is framed on [degrees]."""
    west, south, east, north = bounds
    across, up = (east - west) * MARGIN, (north - south) * MARGIN
    return (
        max(west - across, -180),
        max(south - up, -85),
        min(east + across, 180),
        min(north + up, 85),
    )


def ground_of(case: Case, limits: Box) -> GroundWithCredits:
    """
    Return the ground of a case's map.

    Parameters
    ----------
    case
        The case.
    limits
        West, south, east, north of what is drawn [degrees, WGS 84].

    Raises
    ------
    DataError
        If a shipped file is missing or is not the registered one.
    """
    world, waters = load_dataset(WORLD), load_basemap(limits)
    units = world.within(limits)
    two = {case.country.code, case.neighbour.code}
    polygons = _clipped(world.read(units), limits)
    simple = list(shapely.simplify(polygons, FAR_DEGREES))
    claimed, neighbour = (
        shapely.simplify(polygon, NEAR_DEGREES)
        for polygon in _clipped([case.country.polygon, case.neighbour.polygon], limits)
    )
    others = _united(units, simple, without=two)
    lakes, rivers = waters_within(waters, limits)
    encode = encoded_polygons(
        [shapely.union_all(simple), claimed, neighbour, shapely.union_all(lakes)],
        digits=GROUND_DIGITS,
    )
    towns = tuple(towns_of(case.provinces))
    places = [
        *towns,
        *country_places(
            {
                **{code: (country_name(code), shape) for code, shape in others.items()},
                case.country.code: (case.country.name, _beside(claimed, case.provinces)),
                case.neighbour.code: (case.neighbour.name, neighbour),
            }
        ),
        *part_places(world, units, polygons, case),
        *water_places(waters, lakes, rivers),
    ]
    return GroundWithCredits(
        ground=Ground(
            land=encode[0],
            claimed=encode[1],
            neighbour=encode[2],
            lines=encoded_lines(_between(list(others.values())), digits=GROUND_DIGITS),
            lakes=encode[3],
            rivers=_river_lines(rivers),
            places=tuple(places),
        ),
        attributions=(
            world.info.attribution,
            waters.attribution,
            *([TOWNS_CREDIT] if towns else []),
        ),
        references=_references(case, waters.lakes),
        lakes=waters.lakes,
    )


def ground_around(limits: Box) -> GroundWithCredits:
    """
    Return the ground of a map that no country is at the centre of.

    Parameters
    ----------
    limits
        West, south, east, north of what is drawn [degrees, WGS 84].

    Raises
    ------
    DataError
        If a shipped file is missing or is not the registered one.
    """
    world, waters = load_dataset(WORLD), load_basemap(limits)
    units = world.within(limits)
    fine = max(NEAR_DEGREES, (limits[2] - limits[0]) / FINE_SHARE)
    # as one coverage, so that neighbours keep their line in common
    land = [_areal(shape) for shape in _clipped(world.read(units), limits)]
    simple = list(shapely.coverage_simplify(land, fine))
    countries = _united(units, simple)
    lakes, rivers = waters_within(waters, limits)
    drawn, inland = encoded_polygons(
        [shapely.union_all(simple), shapely.union_all(lakes)], digits=GROUND_DIGITS
    )
    named = {code: (country_name(code), shape) for code, shape in countries.items()}
    return GroundWithCredits(
        ground=Ground(
            land=drawn,
            claimed=[],
            neighbour=[],
            lines=encoded_lines(_between(list(countries.values())), digits=GROUND_DIGITS),
            lakes=inland,
            rivers=_river_lines(rivers),
            places=(*country_places(named), *water_places(waters, lakes, rivers)),
        ),
        attributions=(world.info.attribution, waters.attribution),
        references=(),
        lakes=waters.lakes,
    )


def waters_within(waters: Basemap, limits: Box) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
    """Return lakes and rivers, cut to a box."""
    return (
        _clipped([lake.shape for lake in waters.lakes], limits),
        [shapely.clip_by_rect(river.shape, *limits) for river in waters.rivers],
    )


def _united(
    units: Sequence[IndexEntry], shapes: Sequence[BaseGeometry], without: Collection[str] = ()
) -> dict[str, BaseGeometry]:
    """Return the land of each country by its code."""
    return {
        country: shapely.union_all(
            [shape for unit, shape in zip(units, shapes, strict=True) if unit.country == country]
        )
        for country in dict.fromkeys(unit.country for unit in units)
        if country is not None and country not in without
    }


def _river_lines(rivers: Sequence[BaseGeometry]) -> list[Path]:
    return [line for river in rivers for line in encoded_lines(river, digits=GROUND_DIGITS)]


def _clipped(shapes: Sequence[BaseGeometry], limits: Box) -> list[BaseGeometry]:
    """Return shapes cut to a box; what is not valid for that is mended, for it is only drawn."""
    cut = shapely.clip_by_rect(np.asarray(shapes, dtype=object), *limits)
    return [shape if shape.is_valid else shapely.make_valid(shape) for shape in cut]


def _areal(shape: BaseGeometry) -> shapely.MultiPolygon:
    """Return the polygons of a shape that cutting may have left lines or points in."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _beside(country: BaseGeometry, provinces: Sequence[Province]) -> BaseGeometry:
    """Return a country without the provinces that are named themselves, if that leaves any."""
    rest = shapely.difference(country, shapely.union_all([one.polygon for one in provinces]))
    return country if rest.is_empty else rest


def _between(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the lines that shapes have in common."""
    lines = [
        shapely.intersection(one.boundary, other.boundary)
        for number, one in enumerate(shapes)
        for other in shapes[:number]
    ]
    return shapely.union_all(lines)


def _references(case: Case, lakes: Sequence[Water]) -> tuple[Reference, ...]:
    """Return the claimed country's smallest province and its largest lake."""
    provinces = case.boundaries.provinces_of(case.file.country)
    smallest = min(provinces, key=lambda province: float(province.polygon.area))
    inside = [
        lake
        for lake in lakes
        if lake.name and shapely.intersects(case.country.polygon, shapely.centroid(lake.shape))
    ]
    named: list[Province | Water] = [smallest]
    named += sorted(inside, key=lambda lake: -float(lake.shape.area))[:1]
    return tuple(
        Reference(
            name=one.name,
            names=one.names,
            area_km2=geodesic_area_km2(one.polygon if isinstance(one, Province) else one.shape),
        )
        for one in named
    )
