"""
Small invented neighbours, laid anywhere on the globe.

Shapes are given in kilometres east and north of an anchor, so that one shape can be laid at any
place: beside the antimeridian, far north, in the southern hemisphere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.boundaries import Borders, Country, Province, shared_borders
from bordermap.provenance import Dataset

KM_A_DEGREE = 111.2
CLAIMED, OTHER = "AA", "BB"
WORLD = shapely.box(-180, -90, 180, 90)


def dataset(accuracy_m: float = 50.0) -> Dataset:
    return Dataset(
        id="invented",
        title="Invented land",
        publisher="The tests",
        licence="CC0-1.0",
        attribution="nobody",
        vintage="2024",
        accuracy_m=accuracy_m,
        accuracy_reason="chosen",
        worldview="the tests'",
        countries=(CLAIMED, OTHER),
        sha256="0" * 64,
    )


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """Where on the globe kilometres start [degrees]."""

    lon: float = 45.0
    lat: float = 40.0

    def degrees(self, km: ArrayLike) -> NDArray[np.float64]:
        east, north = np.asarray(km, dtype=float).T
        across = KM_A_DEGREE * np.cos(np.radians(self.lat))
        return np.column_stack((self.lon + east / across, self.lat + north / KM_A_DEGREE))

    def point(self, east_km: float, north_km: float) -> shapely.Point:
        lon, lat = self.degrees([(east_km, north_km)])[0]
        return shapely.Point((lon + 180) % 360 - 180, lat)

    def polygon(self, *rings_km: ArrayLike) -> shapely.MultiPolygon:
        """Return polygons without holes, cut at the antimeridian as RFC 7946 wants it."""
        rings = [self.degrees(ring) for ring in rings_km]
        return cut_at_antimeridian(shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings]))


def cut_at_antimeridian(land: shapely.MultiPolygon) -> shapely.MultiPolygon:
    parts: list[BaseGeometry] = []
    for turn in (-360.0, 0.0, 360.0):
        here = shifted(land, turn)
        west, _, east, _ = here.bounds
        if west >= -180 and east <= 180:
            return here
        if west < 180 and east > -180:
            parts.extend(shapely.get_parts(shapely.intersection(here, WORLD)))
    return shapely.MultiPolygon([part for part in parts if isinstance(part, shapely.Polygon)])


def shifted(land: shapely.MultiPolygon, degrees: float) -> shapely.MultiPolygon:
    return shapely.transform(land, lambda lonlat: lonlat + np.array([degrees, 0.0]))


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Two countries side by side."""

    provinces: Mapping[str, shapely.MultiPolygon]
    neighbour: shapely.MultiPolygon
    sections: Mapping[str, shapely.Point] = field(default_factory=dict)
    accuracy_m: float = 50.0
    claimed: shapely.MultiPolygon | None = None

    def borders(self) -> Borders:
        assert all(land.is_valid for land in (*self.provinces.values(), self.neighbour))
        claimed = self.claimed or multi(shapely.union_all(list(self.provinces.values())))
        return shared_borders(
            [
                Province(code=code, name=code, country=CLAIMED, polygon=polygon)
                for code, polygon in self.provinces.items()
            ],
            claimed=Country(code=CLAIMED, name="Aland", polygon=claimed),
            neighbour=Country(code=OTHER, name="Bland", polygon=self.neighbour),
            dataset=dataset(self.accuracy_m),
            sections=self.sections,
        )

    def changed(
        self, change: Callable[[shapely.MultiPolygon], shapely.MultiPolygon]
    ) -> "Neighbours":
        return replace(
            self,
            provinces={code: change(polygon) for code, polygon in self.provinces.items()},
            neighbour=change(self.neighbour),
        )


def multi(geometry: BaseGeometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon(list(shapely.get_parts(geometry)))


def side_by_side(
    anchor: Anchor | None = None,
    *,
    east_km: Sequence[float] = (0.0, 0.0, 0.0, 0.0, 0.0),
    step_km: float = 5.0,
    deep_km: float = 15.0,
    cuts: Sequence[int] = (),
) -> Neighbours:
    """
    Return claimed land east of a line that runs north, cut into provinces at some of its vertices.

    The line leaves the meridian by `east_km` at each of its vertices, `step_km` apart; `deep_km` is
    how far the land reaches.
    """
    line = np.column_stack((east_km, np.arange(len(east_km)) * step_km))
    return along(line, anchor, deep_km=deep_km, cuts=cuts)


def along(
    line_km: ArrayLike,
    anchor: Anchor | None = None,
    *,
    deep_km: float = 15.0,
    cuts: Sequence[int] = (),
) -> Neighbours:
    """Return claimed land east of any line that runs north; see `side_by_side`."""
    anchor = anchor or Anchor()
    line = np.asarray(line_km, dtype=float)
    ends = [0, *cuts, len(line) - 1]
    provinces = {
        f"{CLAIMED}-{number}": anchor.polygon(
            [*line[low : high + 1], (deep_km, line[high, 1]), (deep_km, line[low, 1])]
        )
        for number, (low, high) in enumerate(pairwise(ends), start=1)
    }
    beyond = [*line, (-deep_km, line[-1, 1]), (-deep_km, line[0, 1])]
    return Neighbours(provinces=provinces, neighbour=anchor.polygon(beyond))


def jagged(turns: int = 4) -> NDArray[np.float64]:
    """Return a line of 20 km that winds on every scale, as coasts and crests do [km]."""
    line = np.array([0, 20j])
    for _ in range(turns):
        start, third = line[:-1], np.diff(line) / 3
        peak = start + third * (1 + np.exp(0.45j * np.pi))
        line = np.append(np.column_stack((start, start + third, peak, start + 2 * third)), line[-1])
    return np.column_stack((line.real, line.imag))


def square(east_km: float, north_km: float, side_km: float) -> list[tuple[float, float]]:
    """Return a ring, its south-west corner given [km]."""
    far_east, far_north = east_km + side_km, north_km + side_km
    return [(east_km, north_km), (far_east, north_km), (far_east, far_north), (east_km, far_north)]


def with_hole(land: shapely.MultiPolygon, *holes: shapely.MultiPolygon) -> shapely.MultiPolygon:
    return multi(shapely.difference(land, shapely.union_all(holes)))


def scattered(anchor: Anchor | None = None) -> Neighbours:
    """
    Return neighbours of every kind of border.

    A mainland border along the meridian, a detached part of the neighbour in the east (its border
    is ``far``), an exclave of the neighbour inside the claimed land, an exclave of the claimed land
    inside the neighbour, and an island of the neighbour that touches nothing.
    """
    anchor = anchor or Anchor()
    theirs_inside = anchor.polygon(square(10, 8, 2))
    ours_inside = anchor.polygon(square(-12, 14, 3))
    ours = anchor.polygon([(0, 0), (20, 0), (20, 5), (20, 12), (20, 20), (0, 20)])
    mainland = anchor.polygon([(0, 0), (0, 20), (-30, 20), (-30, 0)])
    detached = anchor.polygon([(20, 5), (26, 5), (26, 12), (20, 12)])
    island = anchor.polygon(square(40, 0, 3))
    neighbour = shapely.union_all(
        [with_hole(mainland, ours_inside), theirs_inside, detached, island]
    )
    return Neighbours(
        provinces={"AA-1": multi(shapely.union_all([with_hole(ours, theirs_inside), ours_inside]))},
        neighbour=multi(neighbour),
        sections={"far": anchor.point(23, 8)},
    )


def reversed_rings(land: shapely.MultiPolygon) -> shapely.MultiPolygon:
    turned: shapely.MultiPolygon = shapely.reverse(land)
    return turned


def rotated_rings(land: shapely.MultiPolygon, by: int) -> shapely.MultiPolygon:
    """Return the same land, every ring starting at another vertex."""

    def ring(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.vstack((turned := np.roll(coordinates[:-1], by, axis=0), turned[:1]))

    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                ring(shapely.get_coordinates(part.exterior)),
                [ring(shapely.get_coordinates(hole)) for hole in part.interiors],
            )
            for part in land.geoms
        ]
    )
