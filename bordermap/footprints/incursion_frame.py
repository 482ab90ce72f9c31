"""The frame of an incursion: where it starts, which way is inward, what land lies that way."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import multipolygon
from bordermap.boundaries import Borders
from bordermap.errors import GeometryError
from bordermap.footprints.columns import crossings
from bordermap.footprints.profile import SLICES, profile
from bordermap.footprints.surroundings import Surroundings, nearest_border
from bordermap.projection import LocalProjection

STEP_M = 25.0
"""Spacing of the columns along which the land behind a border is measured [m]."""

WIDEST_M, DEEPEST_M = 100_000.0, 50_000.0
"""Largest front and depth [m]."""

LEAST_CHORD_M = 2_000.0
"""Shortest piece of border that the inward direction is read from [m]."""


@dataclass(frozen=True, kw_only=True)
class IncursionFrame:
    """
    Where an incursion starts, which way is inward, and what land lies that way.

    Parameters
    ----------
    projection
        Local projection, centred on the border point nearest to the place.
    arc
        The border near the place in the frame [m]: shape (n, 2), along and inward; 0 is the
        border point nearest to the place.
    land
        Land by province code in the frame [m].
    columns_m
        Where along the front the land is tabulated [m].
    depths_m
        Depths at which the land is tabulated [m].
    turn
        Rotation from the frame to the projection, shape (2, 2).
    origin
        The step of the border nearest to the place in the projection [m].
    """

    projection: LocalProjection
    arc: NDArray[np.float64]
    land: Mapping[str, BaseGeometry]
    columns_m: NDArray[np.float64]
    depths_m: NDArray[np.float64]
    turn: NDArray[np.float64]
    origin: NDArray[np.float64]

    @classmethod
    def at(
        cls, place: shapely.Point, borders: Borders, *, widest_m: float, deepest_m: float
    ) -> Self:
        """
        Return the frame of an incursion at a place.

        Parameters
        ----------
        place
            Longitude, latitude [degrees, WGS 84].
        borders
            The lines it starts from, and the provinces whose land counts.
        widest_m
            Largest front that will be asked for, moves along the border included [m].
        deepest_m
            Largest depth that will be asked for [m].

        Raises
        ------
        GeometryError
            If front or depth is out of range, or no border is near enough to start from.

        Notes
        -----
        Inward is perpendicular to the straight line that fits the border best over the front
        (its principal axis), towards the claimed land.
        """
        if not (0 < widest_m <= WIDEST_M and 0 < deepest_m <= DEEPEST_M):
            raise GeometryError(
                f"a front of {widest_m:g} m and a depth of {deepest_m:g} m cannot be measured;"
                f" give at most {WIDEST_M:,.0f} m and {DEEPEST_M:,.0f} m, both above 0"
            )
        reach_m = np.hypot(widest_m, deepest_m) + LEAST_CHORD_M
        half_m = widest_m / 2 + STEP_M
        # From the border inward, not from the place: it may lie beyond the border, or far off.
        foot = nearest_border(place, borders, reach_m=reach_m)
        around = Surroundings.of(
            foot, borders, reach_m=np.hypot(half_m, reach_m + deepest_m) + STEP_M
        )
        path, start = _path_nearest(around.line)
        origin = path[start]
        chord_m = max(LEAST_CHORD_M, widest_m) / 2
        chord = _run(path, start, np.hypot(*(path - origin).T) <= chord_m)
        turn = _axes(chord)
        turned = {code: _turned(part, turn, origin) for code, part in around.land.items()}
        if not _land_is_ahead((chord - origin) @ turn, turned):
            turn = -turn  # half a turn: along and inward both change their sign
            turned = {code: _turned(part, turn, origin) for code, part in around.land.items()}
        local = (path - origin) @ turn
        arc = _run(local, start, (np.abs(local) <= (half_m, reach_m)).all(axis=1))
        columns_m = np.arange(-half_m + STEP_M / 2, half_m, STEP_M)
        return cls(
            projection=around.projection,
            arc=arc,
            land=turned,
            columns_m=columns_m,
            depths_m=np.arange(0, deepest_m + STEP_M, STEP_M),
            turn=turn,
            origin=origin,
        )

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces whose land can be reached, in the order of the tables."""
        return tuple(self._tables)

    @property
    def corners(self) -> NDArray[np.float64]:
        """Points between which all lies that may be drawn [m], shape (4, 2)."""
        across = self.columns_m[[0, -1]]
        starts_m = self.starts_m[~np.isnan(self.starts_m)]
        inward = (starts_m.min(), starts_m.max() + len(self.depths_m) * STEP_M)
        return np.array([(x, y) for x in across for y in inward])

    @cached_property
    def starts_m(self) -> NDArray[np.float64]:
        """
        Where each column crosses the border [m], shape (crossings, columns), each column's rising.

        NaN where there are fewer. Where the border doubles back there are several.
        """
        return _starts(self.arc, self.columns_m)

    @cached_property
    def is_crossed_again(self) -> NDArray[np.bool_]:
        """Whether each column crosses the border more than once, shape (columns,)."""
        again: NDArray[np.bool_] = (~np.isnan(self.starts_m)).sum(axis=0) > 1
        return again

    @cached_property
    def reached(self) -> NDArray[np.float64]:
        """
        Land by province, column and depth [m].

        How much of what the border sweeps on its way inward to that depth is claimed land.
        """
        tables = np.array(list(self._tables.values()))
        return tables.reshape(-1, len(self.columns_m), len(self.depths_m))

    @cached_property
    def _tables(self) -> dict[str, NDArray[np.float64]]:
        """Land by column and depth of each province that has any to be reached [m]."""
        tables = _reached(self.starts_m, self.land, self.columns_m, self.depths_m)
        return {code: table for code, table in zip(self.land, tables, strict=True) if table.any()}

    def polygons(
        self, *, front_m: float, depth_m: float, fill: float, shift_m: float = 0.0
    ) -> dict[str, shapely.MultiPolygon]:
        """
        Return the incursion's land by province [degrees, WGS 84].

        Parameters
        ----------
        front_m, depth_m
            Front and largest depth [m].
        fill
            Area as a share of front × depth: 0.5 a triangle, 1 a rectangle.
        shift_m
            Move along the border [m].

        Notes
        -----
        The border is moved inward by the profile's depth at each place along the front; what it
        sweeps is cut by the claimed land. Over a border that does not double back or end, and
        with land enough behind it, the area is fill × front × depth.
        """
        swept = self._swept(front_m, depth_m, fill, shift_m)
        cut = {code: shapely.intersection(swept, part) for code, part in self.land.items()}
        return {
            code: multipolygon(
                self.projection.to_degrees(shapely.transform(part, self.in_projection))
            )
            for code, part in cut.items()
            if part.area > 0
        }

    def _swept(self, front_m: float, depth_m: float, fill: float, shift_m: float) -> BaseGeometry:
        low, high = self.arc[:, 1].min() - 1, self.arc[:, 1].max() + 1
        half_m = front_m / 2
        front = shapely.clip_by_rect(
            shapely.LineString(self.arc), shift_m - half_m, low, shift_m + half_m, high
        )
        swept = []
        for piece in shapely.get_parts(shapely.segmentize(front, front_m / SLICES)):
            for base in _one_way_runs(shapely.get_coordinates(piece)):
                reach = depth_m * profile((base[:, 0] - shift_m) / half_m, fill)
                top = base + np.column_stack((np.zeros_like(reach), reach))
                swept.append(shapely.Polygon(np.vstack((base, top[::-1]))))
        return shapely.union_all(swept)

    def in_projection(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points of the frame in the projection [m]."""
        return points @ self.turn.T + self.origin

    def in_frame(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points of the projection in the frame [m]."""
        return (points - self.origin) @ self.turn

    def column(self, along_m: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the number of the column nearest to each place along the front [m]."""
        nearest = np.rint((along_m - self.columns_m[0]) / STEP_M).astype(np.intp)
        clipped: NDArray[np.intp] = np.clip(nearest, 0, len(self.columns_m) - 1)
        return clipped


def _turned(
    geometry: BaseGeometry, turn: NDArray[np.float64], origin: NDArray[np.float64]
) -> BaseGeometry:
    """Return a geometry of the projection in a frame [m]."""
    return shapely.transform(geometry, lambda xy: (xy - origin) @ turn)


def _path_nearest(line: BaseGeometry) -> tuple[NDArray[np.float64], int]:
    """Return the piece of border nearest to the centre, in steps, and where it is nearest [m]."""
    pieces = shapely.get_parts(line)
    piece = pieces[shapely.distance(pieces, shapely.Point(0, 0)).argmin()]
    path = shapely.get_coordinates(shapely.segmentize(piece, STEP_M))
    nearest = int(np.hypot(*path.T).argmin())
    if not shapely.is_closed(piece):
        return path, nearest
    middle = len(path) // 2
    turned = np.roll(path[:-1], middle - nearest % (len(path) - 1), axis=0)
    return np.vstack((turned, turned[:1])), middle


def _run(path: NDArray[np.float64], start: int, keep: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the unbroken piece of a path round a start of which every point is kept."""
    lost = np.flatnonzero(~keep)
    first = lost[lost < start].max(initial=-1) + 1
    last = lost[lost > start].min(initial=len(path))
    return path[first:last]


def _one_way_runs(path: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """
    Return the pieces of a path that go one way along the front, without what runs inward.

    What such a piece sweeps lies between two curves over the front, so that it is one polygon;
    edges that run inward sweep nothing.
    """
    way = np.sign(np.diff(path[:, 0]))
    turns = np.flatnonzero(way[1:] != way[:-1]) + 1
    firsts, lasts = np.append(0, turns), np.append(turns, len(way))
    return [
        path[first : last + 1] for first, last in zip(firsts, lasts, strict=True) if way[first] != 0
    ]


def _axes(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the unit vectors along a path and across it, as the columns of a rotation."""
    edges = np.diff(path, axis=0)
    lengths = np.hypot(*edges.T)
    middles = (path[:-1] + path[1:]) / 2
    away = middles - np.average(middles, axis=0, weights=lengths)
    spread = (away * lengths[:, None]).T @ away + (edges * lengths[:, None]).T @ edges / 12
    _, vectors = np.linalg.eigh(spread)
    along = vectors[:, -1]
    return np.column_stack((along, (-along[1], along[0])))


def _land_is_ahead(run: NDArray[np.float64], land: Mapping[str, BaseGeometry]) -> bool:
    """Return whether more of the claimed land lies ahead of a run than behind it."""
    everything = shapely.union_all(list(land.values()))
    shapely.prepare(everything)
    steps = np.array(STEP_M * 2 ** np.arange(1, 6))
    ahead = run[None] + np.stack((np.zeros_like(steps), steps), axis=1)[:, None]
    behind = run[None] - np.stack((np.zeros_like(steps), steps), axis=1)[:, None]
    inside = [
        shapely.contains_xy(everything, side[..., 0], side[..., 1]).sum()
        for side in (ahead, behind)
    ]
    return bool(inside[0] >= inside[1])


def _starts(arc: NDArray[np.float64], columns_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where each column crosses the border, rising, shape (crossings, columns) [m]."""
    column, low, _ = crossings(columns_m, -np.inf, np.inf, shapely.LineString(arc))
    order = np.lexsort((low, column))
    column, low = column[order], low[order]
    number = np.arange(len(column)) - np.searchsorted(column, column)
    starts = np.full((number.max(initial=0) + 1, len(columns_m)), np.nan)
    starts[number, column] = low
    return starts


def _reached(
    starts_m: NDArray[np.float64],
    land: Mapping[str, BaseGeometry],
    columns_m: NDArray[np.float64],
    depths_m: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return how much of what is swept is land, by province, column and depth [m]."""
    reached = np.zeros((len(land), len(columns_m), len(depths_m)))
    # What a crossing sweeps beyond the next one, that one sweeps too.
    nexts_m = np.vstack((starts_m[1:], np.full_like(starts_m[:1], np.nan)))
    for table, part in zip(reached, land.values(), strict=True):
        for start_m, next_m in zip(starts_m, nexts_m, strict=True):
            end_m = np.fmin(start_m + depths_m[-1], next_m)
            column, low, high = crossings(columns_m, start_m, end_m, part)
            low, high = low - start_m[column], high - start_m[column]
            np.add.at(table, column, np.clip(depths_m, low[:, None], high[:, None]) - low[:, None])
    return reached
