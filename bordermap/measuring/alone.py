"""Land that one of several polygons has and no other one has."""

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.measuring.overlaps import overlapping_pairs

GROUP = 8
"""How many polygons are no longer halved."""

COVERS = 64
"""How many polygons over some others are kept apart before they are united."""


def held_alone(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """
    Return what of each polygon lies in none of the others.

    Parameters
    ----------
    polygons
        Valid polygons in longitude, latitude [degrees, WGS 84].

    Returns
    -------
    One geometry for each, in order; a polygon that shares no land is returned as it is.

    Notes
    -----
    Where few overlap, each is cut by those that overlap it, all at once. Where they lie thick they
    are halved again and again, east from west and north from south. Each half takes along what of
    the other one reaches over it, which is little where polygons lie side by side and is united
    where they lie thick: no polygon is compared with every other one.
    """
    alone = polygons.copy()
    some = np.flatnonzero(~shapely.is_empty(polygons))
    if len(some) < 2:
        return alone
    pairs = overlapping_pairs(polygons[some])
    if pairs is None:
        return _halved_until_few(alone, some)
    owner, other = np.concatenate((pairs, pairs[::-1]), axis=1)
    order = np.argsort(owner, kind="stable")
    owners, number = np.unique(owner[order], return_inverse=True)
    covers = shapely.geometrycollections(polygons[some[other[order]]], indices=number)
    cut = some[owners]
    alone[cut] = shapely.difference(polygons[cut], shapely.union_all(covers[:, None], axis=1))
    return alone


def _halved_until_few(polygons: NDArray[np.object_], some: NDArray[np.intp]) -> NDArray[np.object_]:
    """Return what of each polygon lies in none of the others that are named beside it."""
    alone = polygons.copy()
    boxes = shapely.bounds(polygons)
    halves = [(some, np.empty(0, dtype=object))]
    while halves:
        few, covers = halves.pop()
        if len(few) <= GROUP:
            for index in few.tolist():
                others = np.concatenate([covers, polygons[few[few != index]]])
                alone[index] = _beyond(polygons[index], others)
            continue
        for half, other in _halved(few, boxes):
            over = np.concatenate([covers, polygons[other]])
            halves.append((half, _over(over, boxes[half])))
    return alone


def _halved(
    some: NDArray[np.intp], boxes: NDArray[np.float64]
) -> tuple[tuple[NDArray[np.intp], NDArray[np.intp]], ...]:
    """Return each half of some polygons with the other one, cut across their longer side."""
    low, high = boxes[some, :2], boxes[some, 2:]
    along = int(np.ptp((low + high) / 2, axis=0).argmax())
    order = some[np.argsort((low + high)[:, along], kind="stable")]
    one, other = order[: len(order) // 2], order[len(order) // 2 :]
    return (one, other), (other, one)


def _over(covers: NDArray[np.object_], boxes: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return those of some polygons whose box meets that of others; few of them."""
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    x, y, right, top = shapely.bounds(covers).T
    covers = covers[(x < east) & (right > west) & (y < north) & (top > south)]
    if len(covers) <= COVERS:
        return covers
    return shapely.get_parts(shapely.union_all(covers))


def _beyond(polygon: shapely.Geometry, covers: NDArray[np.object_]) -> shapely.Geometry:
    near = covers[shapely.relate_pattern(covers, polygon, "T********")]
    return polygon if not len(near) else shapely.difference(polygon, shapely.union_all(near))
