"""Land that several polygons share, counted once, without comparing each with each."""

import math
from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

Indices = NDArray[np.int64]

PAIRS_AT_ONCE = 2_000_000
"""Most pairs of boxes that are held at a time."""

PAIRS_WORTH_TESTING = 8
"""With more neighbours than this to a polygon, testing pairs costs more than uniting them."""

GROUP = 256
"""How many polygons that lie near one another are united at a time, where they lie so thick."""

_INTERIORS_MEET = "T********"


def counted_once(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """
    Return polygons that have the land of the polygons given, no land in two of them.

    Parameters
    ----------
    polygons
        Valid polygons in longitude, latitude [degrees, WGS 84], with short edges: a union is made
        where edges are straight in degrees.

    Returns
    -------
    Polygons that overlap no other as they are, the union of the others in parts.

    Notes
    -----
    Only polygons whose boxes overlap are compared, so that data without overlaps costs one pass
    over the boxes. Where boxes overlap very often, neighbours are united group by group first.
    """
    is_empty = shapely.is_empty(polygons)
    if is_empty.any():  # what a repair leaves nothing of has no box
        polygons = polygons[~is_empty]
    if not len(polygons):
        return polygons
    shares = np.zeros(len(polygons), dtype=bool)
    pairs = overlapping_pairs(polygons)
    if pairs is None:
        fewer = _united_in_groups(polygons)
        if len(fewer) < len(polygons):
            return counted_once(fewer)
        shares[:] = True
    else:
        shares[np.concatenate(pairs)] = True
    if not shares.any():
        return polygons
    united = shapely.disjoint_subset_union_all(polygons[shares])
    return np.concatenate([polygons[~shares], shapely.get_parts(united)])


def overlapping_pairs(polygons: NDArray[np.object_]) -> tuple[Indices, Indices] | None:
    """
    Return the numbers of polygons that overlap, each pair once.

    None where polygons have so many neighbours that looking would take too long.
    """
    some: list[tuple[Indices, Indices]] = []
    for block in _box_pairs(shapely.bounds(polygons)):
        some.append(block)
        if sum(len(one) for one, _ in some) > PAIRS_WORTH_TESTING * len(polygons):
            return None
    ones, others = (
        np.concatenate([np.empty(0, np.int64), *(pair[side] for pair in some)]) for side in (0, 1)
    )
    meet = shapely.relate_pattern(polygons[ones], polygons[others], _INTERIORS_MEET)
    return ones[meet], others[meet]


def _united_in_groups(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the parts of unions of polygons that lie near one another."""
    lon, lat = shapely.bounds(polygons)[:, :2].T
    columns = math.ceil(math.sqrt(len(polygons) / GROUP))
    column = np.argsort(np.argsort(lon, kind="stable"), kind="stable") * columns // len(polygons)
    near = polygons[np.lexsort((lat, column))]
    groups = [near[start : start + GROUP] for start in range(0, len(near), GROUP)]
    return np.concatenate([shapely.get_parts(shapely.union_all(group)) for group in groups])


def _box_pairs(boxes: NDArray[np.float64]) -> Iterator[tuple[Indices, Indices]]:
    """Yield pairs of boxes that share more than an edge, each pair once, some at a time."""
    # a diagonal has the same box as the polygon, and takes a tenth of the memory
    diagonals = np.asarray(shapely.linestrings(boxes.reshape(-1, 2, 2)), dtype=object)
    tree = shapely.STRtree(diagonals)
    for block in _blocks(boxes):
        one, other = tree.query(diagonals[block])
        one += block.start
        first = np.maximum(boxes[one, :2], boxes[other, :2])
        last = np.minimum(boxes[one, 2:], boxes[other, 2:])
        kept = (one < other) & (first < last).all(axis=1)
        if kept.any():
            yield one[kept], other[kept]


def _blocks(boxes: NDArray[np.float64]) -> Iterator[slice]:
    """Yield slices of the boxes, so that no slice has more than `PAIRS_AT_ONCE` neighbours."""
    most = np.minimum(*(_spans_met(boxes[:, axis], boxes[:, axis + 2]) for axis in (0, 1)))
    blocks = np.cumsum(most) // PAIRS_AT_ONCE
    starts = np.flatnonzero(np.diff(blocks, prepend=-1))
    for start, stop in zip(starts, [*starts[1:], len(boxes)], strict=True):
        yield slice(int(start), int(stop))


def _spans_met(low: NDArray[np.float64], high: NDArray[np.float64]) -> Indices:
    """Return for each span on a line how many spans it meets."""
    begun = np.searchsorted(np.sort(low), high, side="right")
    ended = np.searchsorted(np.sort(high), low, side="left")
    met: Indices = begun - ended
    return met
