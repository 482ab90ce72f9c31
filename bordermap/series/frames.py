"""Shapes one after the other as a page reads them: what the one before has is copied from it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

Points = NDArray[np.int64]
"""Places on a grid, x and y, shape (n, 2)."""

NO_POINTS: Points = np.empty((0, 2), dtype=np.int64)

Rings = list[list[list[int]]]
"""
Polygons, each an exterior and its holes, a ring being a list of runs.

A run of n points begins with 3n where they follow as steps, each from the point before it (the
first of a ring from the origin); with 3n + 1 where they are points of the shape before, in its
order, and 3n + 2 where in the reverse order: then follows where the first one is, counted from the
last point that was copied.
"""

LITERAL, FORWARD, BACKWARD = 0, 1, 2

_FEWEST = 3


class Copying:
    """
    Writes and reads shapes by the points of another one.

    Parameters
    ----------
    known
        The points that can be copied.
    """

    def __init__(self, known: Points) -> None:
        keys = _keys(known)
        self.known = known
        self.order = np.argsort(keys, kind="stable")
        self.keys = keys[self.order]

    def written(self, polygons: NDArray[np.object_], *, digits: int) -> tuple[Rings, Points]:
        """
        Return polygons as runs, and all their points in order.

        Parameters
        ----------
        polygons
            Longitude, latitude [degrees, WGS 84].
        digits
            Decimals of a degree to keep; rings of no extent go.
        """
        rings: Rings = []
        points = [NO_POINTS]
        last = 0
        for polygon in shapely.get_parts(shapely.orient_polygons(polygons)):
            drawn = [*_on_grid(shapely.get_rings([polygon]), digits)]
            if not drawn or drawn[0] is None:
                continue
            rings.append([])
            for ring in drawn:
                if ring is not None:
                    runs, last = self._runs(ring, last)
                    rings[-1].append(runs)
                    points.append(ring)
        return rings, np.concatenate(points)

    def read(self, rings: Rings) -> tuple[list[list[Points]], Points]:
        """Return the rings of each polygon, and all their points in order; the reverse."""
        last = 0
        polygons: list[list[Points]] = []
        for polygon in rings:
            polygons.append([])
            for runs in polygon:
                ring, last = self._ring(runs, last)
                polygons[-1].append(ring)
        points = [ring for polygon in polygons for ring in polygon]
        return polygons, np.concatenate([NO_POINTS, *points])

    def _runs(self, ring: Points, last: int) -> tuple[list[int], int]:
        """Return a ring as runs, and the last point copied."""
        place = self._places(ring)
        runs: list[int] = []
        before = np.zeros(2, dtype=np.int64)
        for start, stop, kind in _stretches(place):
            if kind == LITERAL:
                steps = np.diff(ring[start:stop], axis=0, prepend=before[np.newaxis])
                runs += [3 * (stop - start), *steps.reshape(-1).tolist()]
            else:
                runs += [3 * (stop - start) + kind, int(place[start]) - last]
                last = int(place[stop - 1])
            before = ring[stop - 1]
        return runs, last

    def _places(self, ring: Points) -> NDArray[np.int64]:
        """Return where each point is among the known ones; -1 where it is not."""
        if not len(self.keys):
            return np.full(len(ring), -1, dtype=np.int64)
        sought = _keys(ring)
        nearest = np.minimum(np.searchsorted(self.keys, sought), len(self.keys) - 1)
        return np.where(self.keys[nearest] == sought, self.order[nearest], -1)

    def _ring(self, runs: Sequence[int], last: int) -> tuple[Points, int]:
        pieces = [np.zeros((1, 2), dtype=np.int64)]
        at = 0
        while at < len(runs):
            count, kind = divmod(runs[at], 3)
            if kind == LITERAL:
                steps = np.array(runs[at + 1 : at + 1 + 2 * count], dtype=np.int64).reshape(-1, 2)
                pieces.append(pieces[-1][-1] + np.cumsum(steps, axis=0))
                at += 1 + 2 * count
            else:
                turn = 1 if kind == FORWARD else -1
                first = last + runs[at + 1]
                last = first + turn * (count - 1)
                pieces.append(self.known[first + turn * np.arange(count)])
                at += 2
        return np.concatenate(pieces[1:]), last


def _stretches(place: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Yield start, stop and kind of stretches that are copied, and of those that are not."""
    step = np.diff(place)
    step[(place[1:] < 0) | (place[:-1] < 0) | (np.abs(step) != 1)] = 0
    at = 0
    ends = [0, *(np.flatnonzero(np.diff(step)) + 1).tolist(), len(step)]
    for start, stop in pairwise(ends):
        if step[start] == 0 or stop < at:
            continue
        first = max(start, at)
        if first > at:
            yield at, first, LITERAL
        yield first, stop + 1, FORWARD if step[start] > 0 else BACKWARD
        at = stop + 1
    if at < len(place):
        yield at, len(place), LITERAL


def _on_grid(rings: NDArray[np.object_], digits: int) -> Iterator[Points | None]:
    """Yield the points of rings, the last not that of the first again; None for one of no area."""
    for ring in rings:
        points = np.rint(shapely.get_coordinates(ring) * 10**digits).astype(np.int64)
        moved = np.r_[True, (points[1:] != points[:-1]).any(axis=1)]
        points = points[moved]
        points = points[:-1] if len(points) > 1 and (points[0] == points[-1]).all() else points
        yield points if len(points) >= _FEWEST else None


def _keys(points: Points) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = (points[:, 0] << 32) + points[:, 1]
    return keys
