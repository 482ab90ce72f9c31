"""The strip: all land of some provinces within a depth of their border."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.boundaries import Borders
from bordermap.cells import DEEPEST_M, Cell
from bordermap.errors import GeometryError

QUARTER_SEGMENTS = 64
"""Segments to a quarter circle; a disc of them is 1.0e-4 smaller than the true one."""

DEPTH_TOLERANCE_M = 0.005
"""Largest error of a depth that is solved for [m]."""

MOST_EVALUATIONS = 60


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
        Depth [m], above 0 and at most `DEEPEST_M`.

    Raises
    ------
    GeometryError
        If the depth is out of range.

    Notes
    -----
    Land is measured in a local equal-area projection, where the strip is a buffer of the border
    with round ends (`QUARTER_SEGMENTS` a quarter) that is cut by each province. Strips of two
    provinces never overlap, because the provinces do not.
    """
    _require_depth(depth_m)
    by_province = {province.code: 0.0 for province in borders.provinces}
    inner_edge_km = dict(by_province)
    for cell in borders.cells:
        near = _near(cell, depth_m)
        edge = near.boundary
        for code, land in cell.land.items():
            by_province[code] += float(shapely.area(shapely.intersection(land, near))) / 1e6
            inner_edge_km[code] += float(shapely.length(shapely.intersection(edge, land))) / 1e3
    return Strip(depth_m=depth_m, by_province=by_province, inner_edge_km=inner_edge_km)


def strip_polygons(borders: Borders, depth_m: float) -> dict[str, shapely.MultiPolygon]:
    """
    Return the land within a depth of the border, by province [degrees, WGS 84].

    Raises
    ------
    GeometryError
        If the depth is out of range.
    """
    _require_depth(depth_m)
    pieces: dict[str, list[BaseGeometry]] = {p.code: [] for p in borders.provinces}
    for cell in borders.cells:
        near = _near(cell, depth_m)
        for code, land in cell.land.items():
            part = shapely.intersection(land, near)
            pieces[code].append(cell.projection.to_degrees(part))
    return {code: multipolygon(shapely.union_all(found)) for code, found in pieces.items()}


def depth_for_area(
    borders: Borders, area_km2: float, *, tolerance_m: float = DEPTH_TOLERANCE_M
) -> float:
    """
    Return the depth at which the strip has a given area [m].

    Parameters
    ----------
    borders
        The lines, and the provinces whose land counts.
    area_km2
        Area to reach [km²], above 0.
    tolerance_m
        Largest error of the depth returned [m].

    Raises
    ------
    GeometryError
        If the area is not above 0, or more than the land within `DEEPEST_M` of the border.

    Notes
    -----
    The area grows with the depth at the length of the inner edge (the co-area formula), so that
    each evaluation gives value and derivative, and Newton's method needs few; a bracket keeps it
    safe where the edge jumps.
    """
    if not 0 < area_km2 < np.inf:
        raise GeometryError(f"an area of {area_km2:g} km² has no strip; give one above 0")
    if area_km2 > borders.held_km2:
        raise GeometryError(
            f"{area_km2:,.6g} km² is more than {borders.codes} hold behind this border"
            f" ({borders.held_km2:,.1f} km²); give a smaller area or more provinces"
        )
    low_m, high_m = 0.0, DEEPEST_M
    depth_m = min(area_km2 / borders.length_km * 1e3, DEEPEST_M)
    for _ in range(MOST_EVALUATIONS):
        here = strip(borders, depth_m)
        excess_km2 = here.area_km2 - area_km2
        if depth_m >= DEEPEST_M and excess_km2 < 0:
            break
        if excess_km2 > 0:
            high_m = depth_m
        else:
            low_m = depth_m
        grows = here.darea_ddepth_km2_per_m
        step_m = -excess_km2 / grows if grows > 0 else np.inf
        if abs(step_m) <= tolerance_m / 2:
            return float(depth_m + step_m)
        if high_m - low_m <= tolerance_m / 2:
            return depth_m
        ahead_m = depth_m + step_m
        if not low_m < ahead_m < high_m:
            ahead_m = min(2 * depth_m, DEEPEST_M) if high_m == DEEPEST_M else (low_m + high_m) / 2
        depth_m = ahead_m
    raise GeometryError(
        f"{area_km2:,.6g} km² is more than {borders.codes} hold within {DEEPEST_M / 1e3:,.0f} km of"
        f" this border; give a smaller area or more provinces"
    )


def _require_depth(depth_m: float) -> None:
    if not 0 < depth_m <= DEEPEST_M:
        raise GeometryError(
            f"a depth of {depth_m:g} m cannot be measured; give one above 0 and at most"
            f" {DEEPEST_M:,.0f} m"
        )


def _near(cell: Cell, depth_m: float) -> BaseGeometry:
    """Return everything within a depth of the border, on both sides of it [m]."""
    return shapely.buffer(cell.line_within(depth_m), depth_m, quad_segs=QUARTER_SEGMENTS)


def multipolygon(geometry: BaseGeometry) -> shapely.MultiPolygon:
    """Return the polygons of a geometry, without the lines and points where land only touches."""
    parts = shapely.get_parts(geometry)
    return shapely.MultiPolygon([part for part in parts if isinstance(part, shapely.Polygon)])
