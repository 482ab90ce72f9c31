"""Pairs: every country with each of its neighbours, seen from the edges they have in common."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.datasets import BoundaryDataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """
    A country, and a neighbour that some of its provinces share border with.

    Parameters
    ----------
    country, neighbour
        ISO 3166-1 alpha-2 codes.
    provinces
        ISO 3166-2 codes, in order.
    """

    country: str
    neighbour: str
    provinces: tuple[str, ...]


def neighbouring(dataset: BoundaryDataset) -> tuple[Pair, ...]:
    """
    Return every country with each of its neighbours, in order of their codes.

    Parameters
    ----------
    dataset
        Provinces of many countries, under some view.

    Notes
    -----
    Two countries are neighbours where provinces of theirs have an edge in common; that is seen by
    sorting all edges once, without laying any two polygons over one another.
    """
    entries = [
        entry
        for entry in dataset.entries
        if entry.level == "province" and entry.country_in(dataset.worldview) is not None
    ]
    one, other = _meeting(dataset.read(entries))
    touching: dict[tuple[str, str], set[str]] = defaultdict(set)
    for first, second in {*zip(one.tolist(), other.tolist(), strict=True)}:
        here, there = (entries[index].country_in(dataset.worldview) for index in (first, second))
        if here is not None and there is not None and here != there:
            touching[here, there].add(entries[first].code)
            touching[there, here].add(entries[second].code)
    return tuple(
        Pair(country=country, neighbour=neighbour, provinces=tuple(sorted(provinces)))
        for (country, neighbour), provinces in sorted(touching.items())
    )


def _meeting(
    polygons: Sequence[shapely.MultiPolygon],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the indices of polygons that have an edge in common, once for each edge."""
    rings, polygon = _rings(polygons)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    ends = np.ascontiguousarray(coordinates + 0.0).view(np.complex128)[:, 0]  # -0.0 is 0.0
    start = np.flatnonzero(ring[1:] == ring[:-1])
    first, last = ends[start], ends[start + 1]
    turned = (first.real > last.real) | ((first.real == last.real) & (first.imag > last.imag))
    first, last = np.where(turned, last, first), np.where(turned, first, last)
    order = np.lexsort((last, first))
    owner = polygon[ring[start[order]]]
    same = (np.diff(first[order]) == 0) & (np.diff(last[order]) == 0)
    return owner[:-1][same], owner[1:][same]


def _rings(
    polygons: Sequence[shapely.MultiPolygon],
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Return all rings, and the index of the polygon that each is of."""
    parts, whole = shapely.get_parts(np.asarray(polygons, dtype=object), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return rings, whole[part]
