"""Second opinions: the same quantities by other means than the package's."""

from functools import partial
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj
from shapely.geometry.base import BaseGeometry

from bordermap.footprints.incursion_frame import IncursionFrame

WGS84 = Geod(ellps="WGS84")
EDGE_M = 500.0


def tiled_strip_km2(
    line: BaseGeometry, land: BaseGeometry, depth_m: float, *, tile_degrees: float = 0.1
) -> float:
    """
    Return the land within a depth of a line [km²], tile by tile.

    Each tile has an azimuthal equidistant projection of its own, in which distances are true; its
    land is cut from a plane in which it is the smallest piece, and areas are geodesic.
    """
    line, land = finely(line), finely(land)
    west, south, east, north = line.bounds
    up = 1.1 * np.degrees(depth_m / 6.33e6) + 0.01
    farthest = min(max(abs(south), abs(north)) + up + tile_degrees, 89.0)
    across = up / np.cos(np.radians(farthest))
    wide = tile_degrees / np.cos(np.radians(farthest))
    total = 0.0
    for bottom in np.arange(south - up, north + up, tile_degrees):
        for left in np.arange(west - across, east + across, wide):
            tile = shapely.box(left, bottom, left + wide, bottom + tile_degrees)
            near = shapely.clip_by_rect(
                line, left - across, bottom - up, left + wide + across, bottom + tile_degrees + up
            )
            mine = shapely.intersection(land, tile)
            if near.is_empty or mine.area == 0:
                continue
            plane = Proj(
                proj="aeqd", lon_0=left + wide / 2, lat_0=bottom + tile_degrees / 2, ellps="WGS84"
            )
            disc = shapely.transform(near, partial(_project, plane)).buffer(depth_m, quad_segs=128)
            here = shapely.transform(shapely.segmentize(mine, 0.005), partial(_project, plane))
            total += float(shapely.area(shapely.intersection(here, disc))) / 1e6
    return total


def _project(plane: Proj, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(plane(lonlat[:, 0], lonlat[:, 1]))


def finely(geometry: BaseGeometry) -> BaseGeometry:
    """Return lines or polygons with a vertex every `EDGE_M` along their geodesics."""
    if isinstance(geometry, shapely.Polygon):
        holes = [_fine_ring(hole) for hole in geometry.interiors]
        return shapely.Polygon(_fine_ring(geometry.exterior), holes)
    if isinstance(geometry, shapely.LineString):
        return shapely.LineString(_fine_ring(geometry))
    polygons, lines = [], []
    for part in shapely.get_parts(geometry):
        fine = finely(part)
        if isinstance(fine, shapely.Polygon):
            polygons.append(fine)
        elif isinstance(fine, shapely.LineString):
            lines.append(fine)
    return shapely.MultiPolygon(polygons) if polygons else shapely.MultiLineString(lines)


def _fine_ring(line: BaseGeometry) -> list[tuple[float, float]]:
    points = shapely.get_coordinates(line)
    fine = []
    for (lon, lat), (to_lon, to_lat) in pairwise(points):
        _, _, metres = WGS84.inv(lon, lat, to_lon, to_lat)
        count = int(metres // EDGE_M)
        between = WGS84.npts(lon, lat, to_lon, to_lat, count) if count else []
        fine += [(lon, lat), *between]
    return [*fine, tuple(points[-1])]


def swept_km2(
    frame: IncursionFrame, *, front_m: float, depth_m: float, exponent: float, step_m: float = 10.0
) -> float:
    """
    Return the land that a border sweeps [km²], from points on a grid.

    A point is swept if, straight outward of it, the border is at most as far away as the
    superellipse of that exponent is deep there.
    """
    along = np.arange(-front_m / 2, front_m / 2, step_m) + step_m / 2
    low, high = frame.arc[:, 1].min(), frame.arc[:, 1].max() + depth_m
    inward = np.arange(low, high, step_m) + step_m / 2
    deep = depth_m * (1 - np.abs(2 * along / front_m) ** exponent) ** (1 / exponent)
    swept = np.zeros((len(along), len(inward)), dtype=np.bool_)
    for (x, y), (to_x, to_y) in pairwise(frame.arc):
        crossed = (min(x, to_x) <= along) & (along < max(x, to_x))
        if crossed.any():
            at = y + (along[crossed] - x) / (to_x - x) * (to_y - y)
            away = inward[None] - at[:, None]
            swept[crossed] |= (away >= 0) & (away <= deep[crossed][:, None])
    land = shapely.union_all(list(frame.land.values()))
    shapely.prepare(land)
    x, y = np.meshgrid(along, inward, indexing="ij")
    return float((swept & shapely.contains_xy(land, x, y)).sum()) * step_m**2 / 1e6
