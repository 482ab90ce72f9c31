"""The strip: all land of some provinces within a depth of their border."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import multipolygon
from bordermap.boundaries import Borders
from bordermap.cells import DEEPEST_M, Cell
from bordermap.errors import GeometryError
from bordermap.projection import rolled, turned_to

QUARTER_SEGMENTS = 64
"""Segments to a quarter circle; a disc of them is 1.0e-4 smaller than the true one."""

DEPTH_TOLERANCE_M = 1e-5
"""Largest error of a depth that is solved for [m]."""

AREA_TOLERANCE_KM2 = 5e-7
"""Largest difference of the area at that depth and the one asked for [km²]: half a square metre."""

SHALLOWEST_M = 0.001
"""Smallest depth that is measured [m]; what coordinates cannot hold is noise."""

MOST_EVALUATIONS = 80
"""Every second one halves the bracket at least: enough for `DEPTH_TOLERANCE_M` from `DEEPEST_M`."""

LONG_STEP = 1e-3
"""A step of the search above this share of the depth is looked at before it is trusted."""


@dataclass(frozen=True, kw_only=True)
class Strip:
    """
    Land within a depth of a border.

    Parameters
    ----------
    depth_m
        Depth [m].
    by_province
        Area of each province's land in it [km²].
    inner_edge_km
        Length of the edge at that depth in each province, which is how fast the area grows: the
        derivative of area by depth, in km² a km.
    """

    depth_m: float
    by_province: Mapping[str, float]
    inner_edge_km: Mapping[str, float]

    @property
    def area_km2(self) -> float:
        """Area of all provinces [km²]: the sum of the parts."""
        return sum(self.by_province.values())

    @property
    def darea_ddepth_km2_per_m(self) -> float:
        """How much the area grows for a metre of depth [km²/m]."""
        return sum(self.inner_edge_km.values()) / 1e3


def strip(borders: Borders, depth_m: float) -> Strip:
    """
    Return how much land lies within a depth of the border.

    Parameters
    ----------
    borders
        The lines, and the provinces whose land counts.
    depth_m
        Depth [m], from `SHALLOWEST_M` to `DEEPEST_M`.

    Raises
    ------
    GeometryError
        If the depth is out of range.

    Notes
    -----
    Land is measured in a local equal-area projection, where the strip is a buffer of the border
    with round ends (`QUARTER_SEGMENTS` a quarter) that is cut by each province. Strips of two
    provinces never overlap, because the provinces do not.

    Examples
    --------
    >>> import bordermap as bm
    >>> there = bm.strip(bm.borders_of(["AM-VD"]), 100.0)
    >>> f"{there.area_km2:.2f} km², and {there.darea_ddepth_km2_per_m:.3f} more for a metre"
    '12.59 km², and 0.126 more for a metre'
    """
    _require_depth(depth_m)
    by_province = {province.code: 0.0 for province in borders.provinces}
    inner_edge_km = dict(by_province)
    for cell in borders.cells:
        land, near = _land(cell), _near(cell, depth_m)
        areas_m2 = shapely.area(shapely.intersection(land, near))
        edges_m = shapely.length(shapely.intersection(shapely.boundary(near), land))
        for code, area_m2, edge_m in zip(cell.land, areas_m2, edges_m, strict=True):
            by_province[code] += float(area_m2) / 1e6
            inner_edge_km[code] += float(edge_m) / 1e3
    return Strip(depth_m=depth_m, by_province=by_province, inner_edge_km=inner_edge_km)


def strip_polygons(borders: Borders, depth_m: float) -> dict[str, shapely.MultiPolygon]:
    """
    Return the land within a depth of the border, by province [degrees, WGS 84].

    Raises
    ------
    GeometryError
        If the depth is out of range.

    Examples
    --------
    >>> import bordermap as bm
    >>> land = bm.strip_polygons(bm.borders_of(["AM-VD"]), 100.0)
    >>> f"{bm.geodesic_area_km2(land['AM-VD']):.2f} km²"
    '12.59 km²'
    """
    _require_depth(depth_m)
    pieces: dict[str, list[BaseGeometry]] = {p.code: [] for p in borders.provinces}
    middle = borders.cells[0].projection.lon
    for cell in borders.cells:
        found = shapely.intersection(_land(cell), _near(cell, depth_m))
        for code, part_m in zip(cell.land, found, strict=True):
            part = cell.projection.to_degrees(part_m)
            # At the antimeridian longitudes run on while pieces are put together.
            pieces[code].append(turned_to(part, middle))
    return {code: multipolygon(rolled(shapely.union_all(found))) for code, found in pieces.items()}


@lru_cache(maxsize=256)
def depth_for_area(borders: Borders, area_km2: float) -> float:
    """
    Return the depth at which the strip has a given area [m].

    Parameters
    ----------
    borders
        The lines, and the provinces whose land counts.
    area_km2
        Area to reach [km²], above 0.

    Raises
    ------
    GeometryError
        If the area is not above 0, or more than the land within `DEEPEST_M` of the border.

    Notes
    -----
    The area grows with the depth by the inner edge's length for each unit of it (the co-area
    formula), at first by the border's length. The edge is measured at the first depth looked at;
    from there each step follows the slope and how it has changed, and a bracket keeps it safe where
    the edge jumps. The error left is below `DEPTH_TOLERANCE_M`; on real borders it is a hundredth
    of that.

    Examples
    --------
    >>> import bordermap as bm
    >>> borders = bm.borders_of(["AM-VD"])
    >>> depth_m = bm.depth_for_area(borders, 25.0)
    >>> f"{depth_m:.1f} m", f"{bm.strip(borders, depth_m).area_km2:.6f} km²"
    ('198.9 m', '25.000000 km²')
    """
    if not 0 < area_km2 < np.inf:
        raise GeometryError(f"an area of {area_km2:g} km² has no strip; give one above 0")
    if area_km2 > borders.held_km2:
        raise GeometryError(
            f"{area_km2:,.6g} km² is more than {borders.codes} hold behind this border"
            f" ({borders.held_km2:,.1f} km²); give a smaller area or more provinces"
        )
    # All but a thousandth of a square metre in a square kilometre: of the very last of the land
    # rounding decides.
    search = _Search(min(area_km2, borders.held_km2 * (1 - 1e-9)), slope=borders.length_km / 1e3)
    first = strip(borders, search.next_m())
    search.found(first.depth_m, first.area_km2, first.darea_ddepth_km2_per_m)
    for _ in range(MOST_EVALUATIONS):
        if search.low_m == DEEPEST_M:
            raise GeometryError(
                f"{area_km2:,.6g} km² is more than {borders.codes} hold within"
                f" {DEEPEST_M / 1e3:,.0f} km of this border; give a smaller area or more provinces"
            )
        if search.is_near_enough():
            return search.ahead_m()
        depth_m = search.next_m()
        search.found(depth_m, _area_km2(borders, depth_m))
    raise GeometryError(
        f"no depth found whose strip has {area_km2:,.6g} km²: between {search.low_m:,.6f} and"
        f" {search.high_m:,.6f} m its area jumps past it; give a little more or less"
    )


class _Search:
    """
    The search for a depth: where it has come to, and what brackets the answer.

    That the strip at the bracket's upper end holds the area is not known (`is_held`) until one
    that does was measured, the deepest of all included.
    """

    def __init__(self, area_km2: float, *, slope: float) -> None:
        self.area_km2 = area_km2
        self.depth_m, self.found_km2 = 0.0, 0.0
        self.slope, self.bend, self.surprise = slope, 0.0, np.inf
        self.low_m, self.high_m = 0.0, DEEPEST_M
        self.is_held = False

    def ahead_m(self) -> float:
        """Return where the slope leads, or the end of the bracket before it [m]."""
        return min(max(self.depth_m + self._step_m(), self.low_m), self.high_m)

    def next_m(self) -> float:
        """Return where to look next [m]: where the slope leads, or into the bracket's middle."""
        ahead_m = self.ahead_m()
        if self.low_m < ahead_m < self.high_m:
            return ahead_m
        if not self.is_held:
            return min(2 * max(self.low_m, 1.0), DEEPEST_M)
        return (self.low_m + self.high_m) / 2

    def error_m(self) -> float:
        """
        Return how far off the depth ahead may be [m].

        That is its step by how much the slope was another one than expected. Of a long step
        nothing is known: the edge may jump on the way.
        """
        bracket_m, step_m = self.high_m - self.low_m, abs(self._step_m())
        if step_m <= DEPTH_TOLERANCE_M / 100:
            return step_m
        if step_m > LONG_STEP * self.depth_m:
            return bracket_m
        return min(self.surprise * step_m, bracket_m)

    def is_near_enough(self) -> bool:
        """Return whether depth and area are found to their tolerances."""
        error_m = self.error_m()
        error_km2 = error_m * max(self.slope, 0.0)
        return error_m <= DEPTH_TOLERANCE_M and error_km2 <= AREA_TOLERANCE_KM2

    def found(self, depth_m: float, area_km2: float, slope: float | None = None) -> None:
        """Take in the area at a depth, and its derivative where that was measured too."""
        way_m = depth_m - self.depth_m
        expected, mean = self.slope + self.bend * way_m, (area_km2 - self.found_km2) / way_m
        if slope is None:
            # Two areas and the slope at the first make a parabola, whose slope at the second
            # this is.
            slope = 2 * mean - self.slope
            if not mean / 2 <= slope <= 2 * mean:
                # The edge jumped on the way. A parabola would hand on the error of its first slope,
                # turned round, for ever; the mean slope is nearer, but nobody knows how near.
                slope, expected = mean, 0.0
        self.surprise = abs(slope / expected - 1) if expected > 0 else np.inf
        self.bend = (slope - self.slope) / way_m
        self.depth_m, self.found_km2, self.slope = depth_m, area_km2, slope
        if area_km2 > self.area_km2:
            self.high_m, self.is_held = depth_m, True
        else:
            self.low_m = depth_m

    def _step_m(self) -> float:
        """Return how much deeper the area lies, were the slope to go on changing as it did [m]."""
        missing_km2 = self.area_km2 - self.found_km2
        if self.slope <= 0:
            return math.copysign(math.inf, missing_km2)
        # The nearer root of missing = slope × step + bend × step² / 2.
        inside = self.slope**2 + 2 * self.bend * missing_km2
        return 2 * missing_km2 / (self.slope + math.sqrt(max(inside, 0.0)))


def _area_km2(borders: Borders, depth_m: float) -> float:
    """Return a strip's area without its parts and its inner edge [km²]."""
    return sum(
        float(shapely.area(shapely.intersection(_land(cell), _near(cell, depth_m))).sum()) / 1e6
        for cell in borders.cells
    )


def _require_depth(depth_m: float) -> None:
    if not SHALLOWEST_M <= depth_m <= DEEPEST_M:
        raise GeometryError(
            f"a depth of {depth_m:,.10g} m cannot be measured; give one of at least"
            f" {SHALLOWEST_M:g} m and at most {DEEPEST_M:,.0f} m"
        )


def _land(cell: Cell) -> NDArray[np.object_]:
    """Return each province's land [m]."""
    return np.array(list(cell.land.values()), dtype=object)


def _near(cell: Cell, depth_m: float) -> NDArray[np.object_]:
    """Return everything within a depth of the border that is near each province's land [m]."""
    near: NDArray[np.object_] = shapely.buffer(
        cell.lines_within(depth_m), depth_m, quad_segs=QUARTER_SEGMENTS
    )
    return near
