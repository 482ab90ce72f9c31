"""What was gained and lost between two outlines: only the land between changed edges is cut."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.areas import geodesic_areas_km2, wgs84
from bordermap.errors import DataError, GeometryError
from bordermap.series.edges import Edges, changed_edges, divided, heights, lines_of

Polygons = NDArray[np.object_]

GAINED, LOST = "gained", "lost"

WRITTEN = frozenset({"date", "kind", "area_km2", "days", "file"})
"""Properties of land gained and lost as it is written, by which it is known again."""

NOTHING_KM2 = 1e-9
"""What rounding leaves between lines that nearly meet: a thousandth of a square metre."""

NOTHING_DEGREES2 = 1e-13
"""The same in square degrees."""

OFF_DEGREES2 = 1e-8
"""Most that faces may differ from the land between edges, in square degrees: some 100 m²."""

CUT_KM2 = 2e-5
"""Most that a cut edge of a kilometre adds to one side and takes off the other [km²]."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """
    Land gained and lost.

    Parameters
    ----------
    gained, lost
        Polygons that share no land; longitude, latitude [degrees, WGS 84].
    gained_km2, lost_km2
        Geodesic area of each kind [km²].
    """

    gained: Polygons = field(repr=False)
    lost: Polygons = field(repr=False)
    gained_km2: float
    lost_km2: float

    @classmethod
    def between(cls, before: Edges, after: Edges, *, net_km2: float) -> Self:
        """
        Return the change from one outline to the next.

        Parameters
        ----------
        before, after
            The edges of the two outlines.
        net_km2
            Area after less area before [km²].

        Raises
        ------
        GeometryError
            If the faces are not all the land between the edges.

        Notes
        -----
        The lines that only one outline has are cut where they meet and divide the plane into
        faces; a face is gained, lost or neither, as the edges round it rise or fall. What both
        outlines have costs nothing. A cut through the middle of an edge is good to `CUT_KM2` at
        worst, and far better where little changed (`divided`); where outlines meet at their
        vertices, and in gained less lost, there is no such error.
        """
        edges = divided(changed_edges(before, after))
        noded = shapely.get_parts(shapely.union_all(lines_of(edges)))
        faces = shapely.get_parts(shapely.polygonize(noded))
        faces = faces[shapely.area(faces) > NOTHING_DEGREES2]
        height = heights(shapely.get_coordinates(shapely.point_on_surface(faces)), edges)
        gained, lost = faces[height > 0], faces[height < 0]
        _require_whole(gained, lost, edges)
        gained_km2, lost_km2 = _sums_km2(gained, lost, net_km2)
        return cls(gained=gained, lost=lost, gained_km2=gained_km2, lost_km2=lost_km2)

    @property
    def net_km2(self) -> float:
        """Land gained less land lost [km²]."""
        return self.gained_km2 - self.lost_km2

    @cached_property
    def gained_parts_km2(self) -> NDArray[np.float64]:
        """The area of each polygon gained [km²]; they add up to `gained_km2`."""
        return _parts_km2(self.gained, self.gained_km2)

    @cached_property
    def lost_parts_km2(self) -> NDArray[np.float64]:
        """The area of each polygon lost [km²]; they add up to `lost_km2`."""
        return _parts_km2(self.lost, self.lost_km2)


def require_no_change(properties: Mapping[str, object], where: str) -> None:
    """
    Refuse land gained and lost, as a series writes it, where an outline is wanted.

    Parameters
    ----------
    properties
        The properties of a feature.
    where
        How the message calls its file.

    Raises
    ------
    DataError
        If the feature is such land.
    """
    if properties.get("kind") in {GAINED, LOST} and properties.keys() >= WRITTEN:
        raise DataError(
            f"{where}: holds land gained and lost, as a series writes it, and no outline;"
            " leave it out, or move it out of the folder"
        )


def _sums_km2(gained: Polygons, lost: Polygons, net_km2: float) -> tuple[float, float]:
    """Return the area gained and the area lost [km²]: one is measured, the other follows."""
    if not len(lost):
        return max(net_km2, 0.0), 0.0
    if not len(gained):
        return 0.0, max(-net_km2, 0.0)
    if shapely.get_num_coordinates(gained).sum() < shapely.get_num_coordinates(lost).sum():
        gained_km2 = max(_sum_km2(gained), net_km2)
        return gained_km2, gained_km2 - net_km2
    lost_km2 = max(_sum_km2(lost), -net_km2)
    return lost_km2 + net_km2, lost_km2


def _sum_km2(faces: Polygons) -> float:
    """
    Return the geodesic area of polygons together [km²].

    Notes
    -----
    All rings are run through as one ring: from the start of each to the start of the next, and
    at last back by the same edges, which take off what they added. One call for a thousand faces
    takes a fifth of the time of a call for each.
    """
    rings = shapely.get_rings(shapely.orient_polygons(faces))
    if not len(rings):
        return 0.0
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    starts = coordinates[np.flatnonzero(np.diff(ring, prepend=-1))]
    lon, lat = np.ascontiguousarray(np.vstack((coordinates, starts[::-1])).T)
    return float(wgs84().polygon_area_perimeter(lon, lat)[0]) / 1e6


def _parts_km2(faces: Polygons, total_km2: float) -> NDArray[np.float64]:
    parts_km2 = geodesic_areas_km2(faces.tolist())
    scaled: NDArray[np.float64] = parts_km2 * (total_km2 / max(parts_km2.sum(), NOTHING_KM2))
    return scaled


def _require_whole(gained: Polygons, lost: Polygons, edges: Edges) -> None:
    """
    Refuse faces that are not all the land between the edges.

    In the plane of degrees the two are equal but for rounding, so that a face that was not
    closed would be seen.
    """
    middle = edges.starts.mean(axis=0) if len(edges) else 0.0
    (x1, y1), (x2, y2) = (edges.starts - middle).T, (edges.ends - middle).T
    bound = float(((x1 * y2 - x2 * y1) * edges.rise).sum()) / 2
    found = float(shapely.area(gained).sum() - shapely.area(lost).sum())
    if abs(found - bound) > OFF_DEGREES2:
        raise GeometryError(
            f"land between two outlines was lost ({found - bound:+.3g} square degrees); this is"
            " a fault of the overlay, please report the two files"
        )
