"""Disagreement: where two datasets place the same land on different sides of a border."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import edges_of, geodesic_area_km2, multipolygon, wgs84
from bordermap.boundaries import Borders, Country
from bordermap.errors import GeometryError
from bordermap.projection import LocalProjection, densified, rolled, turned_to
from bordermap.shown import Shown

SAMPLE_M = 100.0
"""Spacing of the points at which the distance of two lines is measured [m]."""


@dataclass(frozen=True, kw_only=True)
class Distance:
    """
    How far one line lies from another [m], sampled every `SAMPLE_M`.

    Parameters
    ----------
    mean_m, p95_m, max_m
        Mean, 95th percentile and largest distance [m].
    """

    mean_m: float
    p95_m: float
    max_m: float


@dataclass(frozen=True, kw_only=True)
class Side:
    """
    Land that one dataset gives to a province and the other to the neighbour.

    Parameters
    ----------
    a_only, b_only
        Land of the province in the first dataset and of the neighbour in the second, and the
        reverse [degrees, WGS 84].
    a_only_km2, b_only_km2
        Their areas [km²].
    distance
        How far the province's border in the first dataset lies from the second one's border.
    """

    a_only: shapely.MultiPolygon
    b_only: shapely.MultiPolygon
    a_only_km2: float
    b_only_km2: float
    distance: Distance


@dataclass(frozen=True, kw_only=True, repr=False)
class Disagreement(Shown):
    """
    Where two datasets differ, by province.

    Parameters
    ----------
    a, b
        Ids of the datasets.
    by_province
        What differs in each province.
    """

    a: str
    b: str
    by_province: Mapping[str, Side]

    @property
    def total_km2(self) -> float:
        """Area that the two place on different sides [km²]."""
        return sum(side.a_only_km2 + side.b_only_km2 for side in self.by_province.values())

    def as_json(self) -> dict[str, Any]:
        """Return what ``boundaries compare --json`` prints."""
        return {
            "a": self.a,
            "b": self.b,
            "total_km2": self.total_km2,
            "by_province": {
                code: {
                    "a_only_km2": side.a_only_km2,
                    "b_only_km2": side.b_only_km2,
                    "mean_m": side.distance.mean_m,
                    "p95_m": side.distance.p95_m,
                    "max_m": side.distance.max_m,
                }
                for code, side in self.by_province.items()
            },
        }


def disagreement(
    a: Borders, b: Borders, *, neighbour_in_a: Country, neighbour_in_b: Country
) -> Disagreement:
    """
    Return where two datasets place land of some provinces on different sides.

    Parameters
    ----------
    a, b
        The same provinces' borders in each dataset.
    neighbour_in_a, neighbour_in_b
        The country on the other side in each.

    Raises
    ------
    GeometryError
        If the two are not about the same provinces.

    Notes
    -----
    Only the border between the two countries counts: lines between two provinces of one country
    may differ without any land changing sides.
    """
    theirs = {province.code: province.polygon for province in b.provinces}
    ours = {province.code: province.polygon for province in a.provinces}
    if ours.keys() != theirs.keys():
        raise GeometryError(
            f"{a.dataset.id} was asked for {a.codes} and {b.dataset.id} for {b.codes};"
            " compare the same provinces"
        )
    distances = _distances(a, b)
    # Edges are divided before they are cut: a piece of an edge is no geodesic of its own.
    neighbour_here, neighbour_there = (
        densified(neighbour_in_a.polygon),
        densified(neighbour_in_b.polygon),
    )
    sides = {}
    for code, polygon in ours.items():
        a_only = multipolygon(shapely.intersection(densified(polygon), neighbour_there))
        b_only = multipolygon(shapely.intersection(densified(theirs[code]), neighbour_here))
        sides[code] = Side(
            a_only=a_only,
            b_only=b_only,
            a_only_km2=geodesic_area_km2(a_only),
            b_only_km2=geodesic_area_km2(b_only),
            distance=distances[code],
        )
    return Disagreement(a=a.dataset.id, b=b.dataset.id, by_province=sides)


def _distances(a: Borders, b: Borders) -> dict[str, Distance]:
    """Return how far each province's border in one dataset lies from the other's border."""
    there = shapely.union_all([line.line for line in b.lines])
    sampled = [
        (line.province, _evenly_along(piece))
        for line in a.lines
        for piece in shapely.get_parts(line.line)
    ]
    metres = _sampled_distances_m(np.vstack([points for _, points in sampled]), there)
    province = np.repeat([code for code, _ in sampled], [len(points) for _, points in sampled])
    return {one.code: _summed_up(metres[province == one.code]) for one in a.provinces}


def _sampled_distances_m(points: NDArray[np.float64], there: BaseGeometry) -> NDArray[np.float64]:
    """Return the distance of points in longitude, latitude from a line [m]."""
    metres = np.empty(len(points))
    cells = np.floor(points).astype(int)
    for cell in np.unique(cells, axis=0):
        mine = (cells == cell).all(axis=1)
        box = shapely.box(*cell, *(cell + 1))
        projection = LocalProjection.centred_on(box)
        near = shapely.clip_by_rect(
            turned_to(there, float(cell[0]) + 0.5), *(cell - 1), *(cell + 2)
        )
        line = projection.to_metres(there if near.is_empty else rolled(near))
        metres[mine] = _distances_m(projection.project(points[mine]), line)
    return metres


def _evenly_along(piece: BaseGeometry) -> NDArray[np.float64]:
    """Return points every `SAMPLE_M` along a line, however its vertices lie [degrees, WGS 84]."""
    lon, lat = shapely.get_coordinates(densified(piece)).T
    _, _, metres = wgs84().inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    along = np.concatenate(([0.0], np.cumsum(metres)))
    count = max(round(along[-1] / SAMPLE_M), 1)
    middles = (np.arange(count) + 0.5) / count * along[-1]
    return np.column_stack((np.interp(middles, along, lon), np.interp(middles, along, lat)))


def _distances_m(points: NDArray[np.float64], line: BaseGeometry) -> NDArray[np.float64]:
    """Return how far each point is from the nearest edge of a line [m]."""
    (_, _), metres = shapely.STRtree(edges_of(line)).query_nearest(
        shapely.points(points), return_distance=True, all_matches=False
    )
    return metres


def _summed_up(metres: NDArray[np.float64]) -> Distance:
    return Distance(
        mean_m=float(metres.mean()),
        p95_m=float(np.quantile(metres, 0.95)),
        max_m=float(metres.max()),
    )
