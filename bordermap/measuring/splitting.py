"""Areas of polygons by the province they lie in."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.areas import geodesic_areas_km2, multipolygon
from bordermap.boundaries import Province
from bordermap.errors import GeometryError
from bordermap.projection import LONGEST_EDGE_DEGREES, densified

_NOTHING_KM2 = 1e-9
"""What rounding leaves along an edge that two polygons share: a thousandth of a square metre."""
_OVERLAP_KM2 = 1e-6
"""Land that two provinces may share: a square metre, to which parts add up."""


class ProvinceSplit:
    """
    Provinces that polygons are split by.

    Parameters
    ----------
    provinces
        Provinces that do not overlap.

    Raises
    ------
    GeometryError
        If they do, so that land would count twice.
    """

    def __init__(self, provinces: Sequence[Province]) -> None:
        self.codes = tuple(province.code for province in provinces)
        self._land = with_short_edges(np.array([p.polygon for p in provinces], dtype=object))
        self._tree = shapely.STRtree(self._land)
        self._require_apart()
        shapely.prepare(self._land)

    @cached_property
    def _all_land(self) -> shapely.Geometry:
        land = shapely.union_all(self._land)
        shapely.prepare(land)
        return land

    def areas_km2(
        self, polygons: NDArray[np.object_], whole_km2: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """
        Return what area of each polygon lies in each province, and in none.

        Parameters
        ----------
        polygons
            Valid polygons with short edges; longitude, latitude [degrees, WGS 84].
        whole_km2
            The area of each, shape (n,) [km²].

        Returns
        -------
        Shape (n, provinces + 1); the last column is what lies in no province. Each row adds up
        to the whole.

        Notes
        -----
        A polygon inside one province counts there as it is. Others are cut where edges are
        straight in degrees; between points a kilometre apart that is within two centimetres of
        the geodesic, and the parts are scaled to the whole.
        """
        parts_km2 = np.zeros((len(polygons), len(self.codes) + 1))
        polygon, province = self._tree.query(polygons)
        meets = shapely.intersects(self._land[province], polygons[polygon])
        polygon, province = polygon[meets], province[meets]
        holds = shapely.covers(self._land[province], polygons[polygon])
        parts_km2[polygon[holds], province[holds]] = whole_km2[polygon[holds]]
        is_apart = ~np.isin(np.arange(len(polygons)), polygon)
        parts_km2[is_apart, -1] = whole_km2[is_apart]
        is_cut = ~is_apart & ~np.isin(np.arange(len(polygons)), polygon[holds])
        parts_km2[is_cut] = self._cut_km2(polygons[is_cut], whole_km2[is_cut])
        return parts_km2

    def would_hold_turned(self, polygons: NDArray[np.object_]) -> str | None:
        """
        Return a province that holds land of every polygon, were they latitude, longitude.

        Returns
        -------
        Code of one of the provinces; None unless every polygon would meet one.
        """
        turned = shapely.transform(polygons, lambda lonlat: lonlat[:, ::-1])
        polygon, province = self._tree.query(turned, predicate="intersects")
        if not len(polygon) or len(np.unique(polygon)) < len(polygons):
            return None
        return self.codes[int(province[0])]

    def _cut_km2(
        self, polygons: NDArray[np.object_], whole_km2: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the areas of polygons that no province holds whole, as `areas_km2` does."""
        parts_km2 = np.zeros((len(polygons), len(self.codes) + 1))
        if not len(polygons):
            return parts_km2
        polygon, province = self._tree.query(polygons)
        pieces = shapely.intersection(self._land[province], polygons[polygon])
        parts_km2[polygon, province] = geodesic_areas_km2(list(pieces))
        is_beyond = ~shapely.covers(self._all_land, polygons)
        beyond = shapely.difference(polygons[is_beyond], self._all_land)
        parts_km2[is_beyond, -1] = geodesic_areas_km2(list(beyond))
        parts_km2[parts_km2 < _NOTHING_KM2] = 0.0
        sum_km2 = parts_km2.sum(axis=1)
        return parts_km2 * (whole_km2 / np.where(sum_km2 > 0, sum_km2, 1.0))[:, np.newaxis]

    def _require_apart(self) -> None:
        one, other = self._tree.query(self._land)
        one, other = one[one < other], other[one < other]
        shared_km2 = geodesic_areas_km2(
            list(shapely.intersection(self._land[one], self._land[other]))
        )
        if shared_km2.max(initial=0.0) > _OVERLAP_KM2:
            worst = int(shared_km2.argmax())
            raise GeometryError(
                f"provinces overlap: {self.codes[one[worst]]} and {self.codes[other[worst]]} share"
                f" {shared_km2[worst]:,.6g} km², which would count twice; see what"
                " `bordermap boundaries check` says of the file"
            )


def with_short_edges(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """
    Return polygons whose long edges are divided along their geodesic; the others as they are.

    Parameters
    ----------
    polygons
        Longitude, latitude [degrees, WGS 84].

    Notes
    -----
    Two edges that run a hair's breadth apart may cross once they are divided; such polygons are
    made valid again.
    """
    coordinates, owner = shapely.get_coordinates(polygons, return_index=True)
    reach = np.abs(np.diff(coordinates, axis=0)).max(axis=1, initial=0.0)
    is_long = np.unique(owner[1:][(reach > LONGEST_EDGE_DEGREES) & (owner[1:] == owner[:-1])])
    divided = polygons.copy()
    divided[is_long] = [densified(polygon) for polygon in polygons[is_long]]
    for index in is_long[~shapely.is_valid(divided[is_long])].tolist():
        divided[index] = repaired(divided[index])
    return divided


def repaired(polygon: shapely.Geometry) -> shapely.Geometry:
    """
    Return a polygon made valid.

    Notes
    -----
    Rings are made valid one by one, shells are united, holes are taken off; what has no area
    goes. A hole that lies outside its shell therefore takes nothing off.
    """
    valid = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
    # now and then a collapsed ring is kept all the same, as a line
    return valid if valid.geom_type.endswith("Polygon") else multipolygon(valid)
