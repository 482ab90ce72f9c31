"""The only door from degrees to metres: a local equal-area projection, centred on the data."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import require_degrees, wgs84
from bordermap.errors import GeometryError

if TYPE_CHECKING:
    import pyproj

Shape = TypeVar("Shape", bound=BaseGeometry)

REACH_M = 200_000.0
"""Farthest from its centre that a projection is used [m]; distances are then good to 1.3e-4."""

LONGEST_EDGE_DEGREES = 0.01
"""Longer edges are divided along their geodesic before they are projected (about 1 km)."""

HALF_TURN = 180.0


@dataclass(frozen=True, kw_only=True)
class LocalProjection:
    """
    Lambert's azimuthal equal-area projection of the WGS 84 ellipsoid about a centre.

    Parameters
    ----------
    lon, lat
        Centre [degrees, WGS 84].

    Notes
    -----
    Areas are exact everywhere; a distance at r from the centre is off by at most
    (r / 6371 km)² / 8, which is 3.1e-5 at 100 km and 1.3e-4 at `REACH_M`
    (J. P. Snyder, *Map Projections: A Working Manual*, USGS 1395, 1987, p. 182).
    """

    lon: float
    lat: float

    @classmethod
    def centred_on(cls, geometry: BaseGeometry) -> Self:
        """
        Return the projection centred on the bounds of a geometry, however far it reaches.

        Parameters
        ----------
        geometry
            Longitude, latitude [degrees, WGS 84]; may cross the antimeridian.

        Raises
        ------
        CRSError
            If a coordinate is out of range for degrees.
        GeometryError
            If the geometry is empty.
        """
        coordinates = shapely.get_coordinates(geometry)
        if not len(coordinates):
            raise GeometryError("an empty geometry has no centre")
        require_degrees(coordinates)
        lon, lat = continuous(coordinates[:, 0]), coordinates[:, 1]
        middle = float(lon.min() + lon.max()) / 2
        return cls(
            lon=(middle + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN,
            lat=float(lat.min() + lat.max()) / 2,
        )

    @classmethod
    def around(cls, geometry: BaseGeometry) -> Self:
        """
        Return the projection centred on a geometry that is small enough for one.

        Raises
        ------
        GeometryError
            If the geometry is empty or reaches farther than `REACH_M` from its centre.
        """
        here = cls.centred_on(geometry)
        reach_m = here.reach_m(geometry)
        if reach_m > REACH_M:
            raise GeometryError(
                f"a geometry that reaches {reach_m / 1e3:,.0f} km from its centre is too large for"
                f" one local projection (at most {REACH_M / 1e3:,.0f} km); cut it into cells"
            )
        return here

    def reach_m(self, geometry: BaseGeometry) -> float:
        """Return how far a geometry reaches from the centre [m]; coordinates in degrees."""
        return float(np.hypot(*self.project(shapely.get_coordinates(geometry)).T).max())

    @cached_property
    def _laea(self) -> "pyproj.Proj":
        import pyproj

        return pyproj.Proj(proj="laea", lat_0=self.lat, lon_0=self.lon, ellps="WGS84")

    def project(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return metres for longitude, latitude; both of shape (n, 2)."""
        return np.column_stack(self._laea(coordinates[:, 0], coordinates[:, 1]))

    def unproject(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return longitude, latitude for metres; both of shape (n, 2)."""
        return np.column_stack(self._laea(coordinates[:, 0], coordinates[:, 1], inverse=True))

    def to_metres(self, geometry: Shape) -> Shape:
        """Return a geometry in metres; long edges are divided along their geodesic first."""
        require_degrees(shapely.get_coordinates(geometry))
        return shapely.transform(densified(geometry), self.project)

    def to_degrees(self, geometry: Shape) -> Shape:
        """Return a geometry in longitude, latitude from metres."""
        return shapely.transform(geometry, self.unproject)


def continuous(longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return longitudes of one region on one side of a cut, so that 179.9 and -179.9 are near."""
    if not len(longitudes) or np.ptp(longitudes) <= HALF_TURN:
        return longitudes
    return np.where(longitudes < 0, longitudes + 2 * HALF_TURN, longitudes)


def turned_to(geometry: Shape, lon: float) -> Shape:
    """
    Return a geometry whose longitudes lie within half a turn of one.

    Parameters
    ----------
    geometry
        Longitude, latitude [degrees, WGS 84], cut at the antimeridian.
    lon
        Longitude [degrees]; beside the antimeridian those of the result run on past 180 or -180.
    """
    west, _, east, _ = shapely.bounds(geometry)
    if east - lon <= HALF_TURN and west - lon >= -HALF_TURN:
        return geometry
    across = np.array([360.0, 0.0])
    return shapely.transform(
        geometry,
        lambda lonlat: (
            lonlat
            - across * (lonlat[:, :1] - lon > HALF_TURN)
            + across * (lonlat[:, :1] - lon < -HALF_TURN)
        ),
    )


def rolled(geometry: Shape) -> Shape:
    """Return a geometry whose longitudes lie between -180 and 180 again."""
    west, _, east, _ = shapely.bounds(geometry)
    if (west >= -HALF_TURN and east <= HALF_TURN) or shapely.is_empty(geometry):
        return geometry
    return shapely.transform(
        geometry,
        lambda lonlat: np.where(
            [[True, False]] & (np.abs(lonlat) > HALF_TURN),
            lonlat - np.copysign(2 * HALF_TURN, lonlat),
            lonlat,
        ),
    )


def densified(geometry: Shape) -> Shape:
    """
    Return a geometry whose edges are at most `LONGEST_EDGE_DEGREES` long.

    Parameters
    ----------
    geometry
        Lines or polygons in longitude, latitude [degrees, WGS 84].

    Notes
    -----
    The points put in lie on the geodesic of their edge, so that the shape measured stays the one
    whose edges are geodesics between the vertices as given. They are the same to the last bit
    whichever way an edge is run along, so that polygons that share an edge still do.
    """
    if shapely.is_empty(geometry) or shapely.get_dimensions(geometry) == 0:
        return geometry
    pieces = _pieces(shapely.get_coordinates(geometry))
    if (pieces == 1).all():  # also from the end of one ring to the next, where there is no edge
        return geometry
    kind, coordinates, offsets = shapely.to_ragged_array([geometry], include_z=False)
    pieces[offsets[0][1:-1] - 1] = 1
    if (pieces == 1).all():
        return geometry
    edge = np.repeat(np.arange(len(pieces)), pieces)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    dense = np.vstack((coordinates[edge], coordinates[-1:]))
    new = step > 0
    dense[:-1][new] = _along_edges(coordinates, edge[new], step[new] / pieces[edge[new]])
    starts = np.r_[0, np.cumsum(pieces), len(dense)][offsets[0]]
    dense_geometry: Shape = shapely.from_ragged_array(kind, dense, (starts, *offsets[1:]))[0]
    return dense_geometry


def _pieces(coordinates: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return into how many pieces each step from one vertex to the next is divided."""
    across, up = np.abs(np.diff(coordinates, axis=0)).T
    reach = np.maximum(np.minimum(across, 2 * HALF_TURN - across), up)
    pieces: NDArray[np.float64] = np.maximum(np.ceil(reach / LONGEST_EDGE_DEGREES), 1)
    return pieces.astype(np.intp)


def _along_edges(
    coordinates: NDArray[np.float64], edge: NDArray[np.intp], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return points at a share of the way along some edges [degrees, WGS 84]."""
    start, end = coordinates[edge], coordinates[edge + 1]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start, end = np.where(turned[:, None], (end, start), (start, end))
    (west, south), (east, north) = start.T, end.T
    azimuth, _, metres = wgs84().inv(west, south, east, north)
    lon, lat, _ = wgs84().fwd(west, south, azimuth, metres * np.where(turned, 1 - share, share))
    # Where an edge runs beside the antimeridian, a point on it is given the side of the edge.
    strayed = (east - west <= HALF_TURN) & (np.abs(lon - west) > HALF_TURN)
    lon = np.where(strayed, lon + np.copysign(2 * HALF_TURN, west), lon)
    return np.column_stack((lon, lat))
