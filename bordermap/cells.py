"""Cells: a border and the land behind it in metres, each piece in a projection of its own."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import multipolygon
from bordermap.errors import GeometryError
from bordermap.projection import (
    HALF_TURN,
    LONGEST_EDGE_DEGREES,
    LocalProjection,
    Shape,
    densified,
    rolled,
)

DEEPEST_M = 100_000.0
"""Deepest land that is measured from a border [m]."""

LEAST_RADIUS_M = 6_335_439.0
"""Radius of curvature of a meridian at the equator, where it is smallest [m]."""

CUT_DEGREES = 1.5 * LONGEST_EDGE_DEGREES
"""Edges that are longer than the diagonal of a divided one are those of a cell's box."""

CELL_DEGREES = 1.0
"""Height of a cell, and its width at the equator; farther north it is as wide in metres."""

STRETCH_EDGES = 32
"""Edges of a stretch, the piece of border that is near a province's land or not."""

SINGLE_CELL_REACH_M = 150_000.0
"""A region that reaches no farther from its centre is one cell [m]; distances hold to 7e-5."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """
    A piece of the land behind a border, and the border near it.

    Parameters
    ----------
    projection
        Local projection, centred on the piece.
    line_degrees
        All the border [degrees, WGS 84, continuous longitudes].
    land_degrees
        Land by province code [degrees, WGS 84, continuous longitudes].
    box
        What is cut out of both [degrees]; None for a region that is one cell.
    """

    projection: LocalProjection
    line_degrees: shapely.MultiLineString
    land_degrees: Mapping[str, BaseGeometry]
    box: shapely.Polygon | None

    @cached_property
    def land(self) -> dict[str, BaseGeometry]:
        """Land by province code [m]; the cells of a region do not overlap."""
        cut = {code: self._cut(land) for code, land in self.land_degrees.items()}
        return {
            code: self.projection.to_metres(land)
            for code, land in cut.items()
            if shapely.area(land) > 0
        }

    def _cut(self, land: BaseGeometry) -> BaseGeometry:
        if self.box is None:
            return land
        # The box is made of meridians and parallels, not of geodesics between its corners.
        return rolled(shapely.segmentize(multipolygon(land & self.box), CUT_DEGREES))

    @cached_property
    def line(self) -> BaseGeometry:
        """The border that is at most `DEEPEST_M` from the box [m]."""
        if self.box is None:
            return self.projection.to_metres(self.line_degrees)
        near = shapely.clip_by_rect(self.line_degrees, *_grown(self.box.bounds))
        return self.projection.to_metres(rolled(near))

    def lines_within(self, depth_m: float) -> NDArray[np.object_]:
        """Return the border within a depth of each province's land [m], shape (len(land),)."""
        land = list(self.land.values())
        number, stretch = self._stretches.query(land, "dwithin", depth_m)
        order = np.lexsort((stretch, number))
        near = np.full(len(land), shapely.MultiLineString(), dtype=object)
        shapely.multilinestrings(
            self._stretches.geometries[stretch[order]], indices=number[order], out=near
        )
        lines: NDArray[np.object_] = shapely.line_merge(near)
        return lines

    @cached_property
    def _stretches(self) -> shapely.STRtree:
        """The border in pieces of `STRETCH_EDGES`, of which each province's land is near a few."""
        paths = [shapely.get_coordinates(part) for part in shapely.get_parts(self.line)]
        return shapely.STRtree(
            [
                shapely.LineString(path[first : first + STRETCH_EDGES + 1])
                for path in paths
                for first in range(0, len(path) - 1, STRETCH_EDGES)
            ]
        )


def cells(line: shapely.MultiLineString, land: Mapping[str, BaseGeometry]) -> tuple[Cell, ...]:
    """
    Return the cells of a border and the land behind it.

    Parameters
    ----------
    line
        Longitude, latitude [degrees, WGS 84]; may cross the antimeridian.
    land
        Polygons by province code [degrees, WGS 84] that do not overlap.

    Raises
    ------
    GeometryError
        If the line is empty.

    Notes
    -----
    A small region is one cell. A larger one is cut along meridians and parallels into pieces of
    about 111 km; since land is cut, not the border, what is measured in the pieces adds up.
    """
    if shapely.is_empty(line):
        raise GeometryError("a border without a line has no land behind it")
    everything = shapely.GeometryCollection([line, *land.values()])
    projection = LocalProjection.centred_on(everything)
    if projection.reach_m(everything) <= SINGLE_CELL_REACH_M:
        return (Cell(projection=projection, line_degrees=line, land_degrees=land, box=None),)
    # Edges are divided before land is cut: a piece of an edge is no geodesic of its own.
    line, land = densified(line), {code: densified(part) for code, part in land.items()}
    if np.ptp(shapely.get_coordinates(everything)[:, 0]) > HALF_TURN:
        line, land = _unrolled(line), {code: _unrolled(part) for code, part in land.items()}
    return tuple(cell for cell in _grid(line, land) if cell.land)


def _grid(line: shapely.MultiLineString, land: Mapping[str, BaseGeometry]) -> Iterator[Cell]:
    """Yield the cells that hold land at most `DEEPEST_M` from the line."""
    shapely.prepare(line)
    west, south, east, north = _grown(line.bounds)
    for bottom in np.arange(math.floor(south), north, CELL_DEGREES):
        top = min(bottom + CELL_DEGREES, 90.0)
        # The side nearer to the equator decides, so that no cell is wider than it is high.
        parallel = math.radians(min(abs(bottom), abs(top)))
        width = CELL_DEGREES / max(math.cos(parallel), CELL_DEGREES / HALF_TURN)
        for left in np.arange(west, east, width):
            box = shapely.box(left, bottom, left + width, top)
            if not shapely.intersects(line, shapely.box(*_grown(box.bounds))):
                continue
            here = {code: part for code, part in land.items() if shapely.intersects(part, box)}
            if here:
                yield Cell(
                    projection=LocalProjection.centred_on(rolled(box)),
                    line_degrees=line,
                    land_degrees=here,
                    box=box,
                )


def _grown(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return bounds [degrees] that reach `DEEPEST_M` farther on each side."""
    west, south, east, north = bounds
    up = math.degrees(DEEPEST_M / LEAST_RADIUS_M)
    parallel = math.radians(min(max(abs(south), abs(north)) + up, 89.0))
    across = up / math.cos(parallel)
    return west - across, max(south - up, -90.0), east + across, min(north + up, 90.0)


def _unrolled(geometry: Shape) -> Shape:
    """Return a geometry whose longitudes run on past 180 instead of starting anew at -180."""
    return shapely.transform(
        geometry, lambda lonlat: np.where([[True, False]] & (lonlat < 0), lonlat + 360, lonlat)
    )
