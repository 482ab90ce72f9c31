"""Neighbours from different sources, made to share their border: whose line it is, what moved."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2, multipolygon, wgs84
from bordermap.countries import country_name
from bordermap.fetching.units import Unit

WIDEST_GAP_KM = 5.0
"""Land of neither that is no wider than this between two neighbours is given to the later one."""

GRID_DEGREES = 1e-7
"""Coordinates are kept to this (about 1 cm), so that what is shared is shared to the last digit."""

SAMPLE_KM = 0.25
"""How far apart the distance between two lines is measured along the border."""

GIVING_STEP_KM = 0.5
"""By how much the reach of provinces grows at a time, until the gaps are given away."""

_KM_A_DEGREE = 111.2
_ROUGH = 2

Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """
    What it took to make two countries share their border.

    Parameters
    ----------
    first, second
        Alpha-2 codes; the line is the first one's.
    overlap_km2
        Land that both had, now the first one's alone.
    gaps_km2
        Land between them that neither had, now the second one's.
    mean_m, p95_m, max_m
        How far the second one's own line lies from the border.
    """

    first: str
    second: str
    overlap_km2: float
    gaps_km2: float
    mean_m: float
    p95_m: float
    max_m: float

    def __str__(self) -> str:
        first, second = self.first, self.second
        return (
            f"border of {first} and {second}: the line is that of {first}; that of {second} lies"
            f" {self.mean_m:,.0f} m from it on average, {self.p95_m:,.0f} m 95 times in 100,"
            f" {self.max_m:,.0f} m at most; {self.overlap_km2:,.3f} km² that both had are given to"
            f" {first}, {self.gaps_km2:,.3f} km² between them that neither had to {second}"
        )


def joined(units: Sequence[Unit], order: Sequence[str]) -> tuple[tuple[Unit, ...], list[Seam]]:
    """
    Return units of several countries whose shared borders are the same vertices on both sides.

    Parameters
    ----------
    units
        Provinces and countries without provinces; those of one country fit together.
    order
        Alpha-2 codes of the countries; where two differ the earlier one keeps its line.

    Notes
    -----
    Land of two countries goes to the earlier one. Land of neither that lies between them and is at
    most `WIDEST_GAP_KM` wide goes to the nearest province of the later one. Then all lines are
    cut where they meet, on a grid of `GRID_DEGREES`, and each face is given to whom it was.
    """
    if len(order) < 2:
        return tuple(units), []
    land = {code: _whole(units, code) for code in order}
    fitted: list[Unit] = []
    seams: list[Seam] = []
    for place, code in enumerate(order):
        own = [unit for unit in units if unit.country == code]
        for earlier in order[:place]:
            own, seam = _fitted(own, fitted, earlier, land)
            seams += seam
        fitted += own
    return tuple(_noded(fitted)), seams


def _fitted(
    own: Sequence[Unit], fitted: Sequence[Unit], earlier: str, land: Mapping[str, BaseGeometry]
) -> tuple[list[Unit], list[Seam]]:
    """Return a later country's units fitted to an earlier one, and the seam if they meet."""
    first = shapely.union_all([unit.polygon for unit in fitted if unit.country == earlier])
    taken = shapely.union_all([unit.polygon for unit in fitted])
    second = shapely.union_all([unit.polygon for unit in own])
    code = own[0].country
    gaps = multipolygon(shapely.difference(_between(first, second), taken))
    overlap = multipolygon(shapely.intersection(first, second))
    if gaps.is_empty and overlap.is_empty and not shapely.intersects(first, second):
        return list(own), []
    cut = [replace(unit, polygon=_less(unit.polygon, first)) for unit in own]
    grown = _given(gaps, cut)
    beside = shapely.union_all([unit.polygon for unit in grown])
    border = shapely.intersection(
        first.boundary, shapely.buffer(beside, 10 * GRID_DEGREES, quad_segs=1)
    )
    apart_m = _distances_m(border, land[code].boundary)
    if not len(apart_m):
        return grown, []
    seam = Seam(
        first=earlier,
        second=code,
        overlap_km2=geodesic_area_km2(overlap),
        gaps_km2=geodesic_area_km2(gaps),
        mean_m=float(apart_m.mean()),
        p95_m=float(np.quantile(apart_m, 0.95)),
        max_m=float(apart_m.max()),
    )
    return grown, [seam]


def _between(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Return the narrow land of neither that touches both."""
    reach = _degrees(2 * WIDEST_GAP_KM)
    west, south, east, north = shapely.bounds(first)
    here = shapely.box(west, south, east, north)
    there = shapely.box(*shapely.bounds(second))
    zone = shapely.intersection(
        shapely.buffer(here, 2 * reach, join_style="mitre"),
        shapely.buffer(there, 2 * reach, join_style="mitre"),
    )
    if zone.is_empty:
        return shapely.MultiPolygon()
    scale = math.cos(math.radians(shapely.centroid(zone).y))
    near = [_scaled(shapely.intersection(one, zone), scale) for one in (first, second)]
    both = shapely.union_all(near)
    half = _degrees(WIDEST_GAP_KM) / 2
    closed = shapely.buffer(shapely.buffer(both, half, quad_segs=_ROUGH), -half, quad_segs=_ROUGH)
    parts = shapely.get_parts(shapely.difference(closed, both))
    touching = [
        part
        for part in parts
        if isinstance(part, shapely.Polygon)
        and all(shapely.dwithin(part, one, GRID_DEGREES) for one in near)
    ]
    return _scaled(shapely.MultiPolygon(touching), 1 / scale)


def _given(gaps: BaseGeometry, units: Sequence[Unit]) -> list[Unit]:
    """Return units with the gaps beside them: each has what lies nearest to it."""
    if gaps.is_empty:
        return list(units)
    widest = _degrees(2 * WIDEST_GAP_KM)
    zone = shapely.buffer(gaps, widest, quad_segs=_ROUGH)
    edges = [shapely.intersection(unit.polygon.boundary, zone) for unit in units]
    parts: list[list[BaseGeometry]] = [[] for _ in units]
    left: BaseGeometry = gaps
    # From near to far, so that the line between two of them runs about the middle.
    for reach in np.arange(_degrees(GIVING_STEP_KM), widest, _degrees(GIVING_STEP_KM)):
        for edge, part in zip(edges, parts, strict=True):
            if left.is_empty or not shapely.dwithin(left, edge, reach):
                continue
            near = shapely.buffer(edge, reach, quad_segs=_ROUGH)
            part.append(shapely.intersection(left, near))
            left = multipolygon(shapely.difference(left, near))
    return [
        replace(unit, polygon=multipolygon(shapely.union_all([unit.polygon, *part])))
        for unit, part in zip(units, parts, strict=True)
    ]


def _noded(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield units of which any two share their vertices where they touch."""
    lines = shapely.union_all([unit.polygon.boundary for unit in units], grid_size=GRID_DEGREES)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines).tolist()))
    polygons = [unit.polygon for unit in units]
    owner = np.full(len(faces), -1)
    face, unit_number = shapely.STRtree(polygons).query(
        shapely.point_on_surface(faces), predicate="intersects"
    )
    owner[face[::-1]] = unit_number[::-1]  # the first of several owners counts
    for number, unit in enumerate(units):
        mine = faces[owner == number]
        if len(mine):
            whole = multipolygon(shapely.coverage_union_all(mine))
            yield replace(unit, polygon=shapely.orient_polygons(whole))


def _whole(units: Sequence[Unit], country: str) -> BaseGeometry:
    return shapely.union_all([unit.polygon for unit in units if unit.country == country])


def _less(polygon: shapely.MultiPolygon, other: BaseGeometry) -> shapely.MultiPolygon:
    return multipolygon(shapely.difference(polygon, other))


def _distances_m(border: BaseGeometry, line: BaseGeometry) -> NDArray[np.float64]:
    """Return how far points along a border lie from a line [m]."""
    lines = [
        part for part in shapely.get_parts(border) if shapely.get_dimensions(part) == 1
    ]  # fmt: skip
    if not lines:
        return np.empty(0)
    dense = shapely.segmentize(shapely.MultiLineString(lines), _degrees(SAMPLE_KM))
    points = shapely.points(shapely.get_coordinates(dense))
    tree = shapely.STRtree(shapely.get_parts(line))
    nearest = shapely.get_parts(line)[tree.nearest(points)]
    ends = shapely.get_coordinates(shapely.shortest_line(points, nearest)).reshape(-1, 4)
    _, _, metres = wgs84().inv(*ends.T)
    distances: NDArray[np.float64] = np.asarray(metres)
    return distances


def _scaled(geometry: BaseGeometry, factor: float) -> BaseGeometry:
    """Return a geometry whose longitudes are shortened, so that a degree is alike both ways."""
    scaled: BaseGeometry = shapely.transform(
        geometry, lambda lonlat: lonlat * np.array([factor, 1.0])
    )
    return scaled


def _degrees(km: float) -> float:
    return km / _KM_A_DEGREE


def untouched(order: Sequence[str], seams: Sequence[Seam]) -> Iterator[str]:
    """Yield what to say of countries that do not touch."""
    met = {(seam.first, seam.second) for seam in seams}
    for first, second in combinations(order, 2):
        if (first, second) not in met:
            yield f"{country_name(first)} and {country_name(second)} do not touch in this source"
