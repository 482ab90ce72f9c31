"""The edges of outlines, and which of them only one of two outlines has."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.areas import wgs84
from bordermap.projection import HALF_TURN, LONGEST_EDGE_DEGREES

Coordinates = NDArray[np.float64]
Shapes = NDArray[np.object_]

PIECES = 2_000
"""About how many pieces edges are divided into."""

FINEST_DEGREES = 0.0005
"""Shortest piece that an edge is divided into: some 50 m, good to a few square centimetres."""

PAIRS_AT_ONCE = 2_000_000
"""Most pairs of an edge and a point that are held at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """
    Directed edges, each with how much more there is to the left of it than to the right.

    Parameters
    ----------
    starts, ends
        Longitude, latitude [degrees, WGS 84], shape (n, 2) each.
    rise
        Left less right, shape (n,): of an outline 1, of the change from one outline to the next
        -2 to 2, where land is 1 and the rest 0.
    """

    starts: Coordinates
    ends: Coordinates
    rise: NDArray[np.int64]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.rise)

    def chosen(self, which: NDArray[np.intp], rise: NDArray[np.int64]) -> "Edges":
        """Return some of the edges with another rise."""
        return Edges(starts=self.starts[which], ends=self.ends[which], rise=rise)


def edges_of(polygons: Shapes) -> Edges:
    """
    Return the edges of polygons, with the land to their left.

    Parameters
    ----------
    polygons
        Valid polygons that share no land; longitude, latitude [degrees, WGS 84].
    """
    wound = shapely.orient_polygons(shapely.get_parts(polygons))
    coordinates, ring = shapely.get_coordinates(shapely.get_rings(wound), return_index=True)
    coordinates += 0.0  # so that -0.0 and 0.0 have the same bits
    inside = np.flatnonzero(ring[1:] == ring[:-1])
    return Edges(
        starts=coordinates[inside],
        ends=coordinates[inside + 1],
        rise=np.ones(len(inside), dtype=np.int64),
    )


def changed_edges(before: Edges, after: Edges) -> Edges:
    """
    Return the edges at which the change from one outline to the next rises or falls.

    Parameters
    ----------
    before, after
        The edges of the two outlines.

    Notes
    -----
    An edge that both have, in whichever direction, cancels, and so does one between two polygons
    of one outline. What is left bounds the land that was gained or lost; it is in the order of
    `before`, then `after`, so that what hangs together stays together.
    """
    starts = np.concatenate([before.starts, after.starts])
    ends = np.concatenate([before.ends, after.ends])
    rise = np.concatenate([-before.rise, after.rise])
    # an edge and its reverse are one key: its ends, the western (or southern) one first
    one, other = _as_complex(starts), _as_complex(ends)
    turned = _is_before(other, one)
    first, last = np.where(turned, other, one), np.where(turned, one, other)
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    if not len(order):
        return after
    begins = np.flatnonzero(np.r_[True, (first[1:] != first[:-1]) | (last[1:] != last[:-1])])
    total = np.add.reduceat(np.where(turned, -rise, rise)[order], begins)
    # lexsort is stable, so the first of a key's edges is the earliest
    kept = order[begins[total != 0]]
    in_order = np.argsort(kept)
    kept, total = kept[in_order], total[total != 0][in_order]
    both = Edges(starts=starts, ends=ends, rise=rise)
    return both.chosen(kept, np.where(turned[kept], -total, total))


def divided(edges: Edges) -> Edges:
    """
    Return edges whose long ones are divided into pieces along their geodesic.

    Parameters
    ----------
    edges
        Longitude, latitude [degrees, WGS 84].

    Notes
    -----
    Lines are cut where they are straight in degrees, so a piece that is cut is off its geodesic;
    the area that this moves falls with the third power of its length. The fewer edges, the
    finer they are divided: into about `PIECES`, between `FINEST_DEGREES` and
    `LONGEST_EDGE_DEGREES` long.
    """
    reach = np.abs(edges.ends - edges.starts).max(axis=1, initial=0.0)
    length = np.clip(reach.sum() / PIECES, FINEST_DEGREES, LONGEST_EDGE_DEGREES)
    count = np.maximum(np.ceil(reach / length), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(edges)), count)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    starts, ends = edges.starts[edge], edges.ends[edge]
    inner = np.flatnonzero(step)
    points = _along(edges.starts[edge[inner]], edges.ends[edge[inner]], (step / count[edge])[inner])
    starts[inner] = ends[inner - 1] = points
    return Edges(starts=starts, ends=ends, rise=edges.rise[edge])


def lines_of(edges: Edges) -> Shapes:
    """Return the lines that edges make up, where each begins with the end of the one before."""
    if not len(edges):
        return np.empty(0, dtype=object)
    begins = np.flatnonzero(np.r_[True, (edges.starts[1:] != edges.ends[:-1]).any(axis=1)])
    # each line has one position more than edges: the end of its last
    positions = np.insert(edges.starts, begins[1:], edges.ends[begins[1:] - 1], axis=0)
    positions = np.vstack((positions, edges.ends[-1:]))
    offsets = np.r_[0, np.cumsum(np.diff(np.r_[begins, len(edges)]) + 1)]
    lines: Shapes = shapely.from_ragged_array(
        shapely.GeometryType.LINESTRING, positions, (offsets,)
    )
    return lines


def heights(points: Coordinates, edges: Edges) -> NDArray[np.int64]:
    """
    Return at each point how high what the edges bound is there; far away it is 0.

    Parameters
    ----------
    points
        Longitude, latitude [degrees, WGS 84], shape (n, 2), none of them on an edge.
    edges
        Edges that close.

    Notes
    -----
    The winding number: a ray eastwards from the point crosses edges, and each one counts its
    rise, with a plus where it runs north and a minus where it runs south (D. Sunday, "Inclusion
    of a point in a polygon", 2001). The points are sorted by latitude, so that those an edge
    passes are found without looking at the others.
    """
    north_up = np.argsort(points[:, 1], kind="stable")
    x, y = points[north_up].T
    (x1, y1), (x2, y2) = edges.starts.T, edges.ends.T
    first = np.searchsorted(y, np.minimum(y1, y2))
    count = np.searchsorted(y, np.maximum(y1, y2)) - first
    height = np.zeros(len(points), dtype=np.int64)
    for block in _blocks(count):
        edge = np.repeat(np.arange(block.start, block.stop), count[block])
        before = np.cumsum(count[block]) - count[block]
        point = np.arange(len(edge)) + np.repeat(first[block] - before, count[block])
        run, climb = (x2 - x1)[edge], (y2 - y1)[edge]
        west_of_it = (run * (y[point] - y1[edge]) - (x[point] - x1[edge]) * climb) * climb > 0
        crossings = np.sign(climb[west_of_it]).astype(np.int64) * edges.rise[edge[west_of_it]]
        np.add.at(height, north_up[point[west_of_it]], crossings)
    return height


def _blocks(count: NDArray[np.int64]) -> Iterator[slice]:
    """Yield slices of edges that pass at most about `PAIRS_AT_ONCE` points together."""
    block = np.cumsum(count) // PAIRS_AT_ONCE
    starts = np.flatnonzero(np.diff(block, prepend=-1)).tolist()
    for start, stop in pairwise([*starts, len(count)]):
        yield slice(start, stop)


def _along(starts: Coordinates, ends: Coordinates, share: NDArray[np.float64]) -> Coordinates:
    """Return points at a share of the way along geodesics [degrees, WGS 84]."""
    (from_lon, from_lat), (to_lon, to_lat) = starts.T, ends.T
    azimuth, _, metres = wgs84().inv(from_lon, from_lat, to_lon, to_lat)
    lon, lat, _ = wgs84().fwd(from_lon, from_lat, azimuth, metres * share)
    # a point of an edge along the antimeridian is given the side of the edge
    strayed = np.abs(lon - from_lon) > HALF_TURN
    return np.column_stack((np.where(strayed, lon + np.copysign(360.0, from_lon), lon), lat))


def _as_complex(coordinates: Coordinates) -> NDArray[np.complex128]:
    joined: NDArray[np.complex128] = np.ascontiguousarray(coordinates).view(np.complex128)[:, 0]
    return joined


def _is_before(one: NDArray[np.complex128], other: NDArray[np.complex128]) -> NDArray[np.bool_]:
    level = one.real == other.real
    before: NDArray[np.bool_] = (one.real < other.real) | (level & (one.imag < other.imag))
    return before
