"""Two neighbours made to share their border exactly, where a dataset lets them miss by metres."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from recipe.features import multipolygon, rounded

LARGEST_SLIVER_KM2 = 0.01
_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """
    Two countries without gap or overlap, and what that took.

    Parameters
    ----------
    first, second
        The countries; the first keeps its land.
    overlap_km2
        Land of both, and slivers of the second cut off by it, now the first's alone [km²].
    gaps_km2
        Slivers of neither, now the second's [km²].
    holes_km2
        Holes that lay inside the second alone, now filled [km²], the largest first.
    """

    first: shapely.MultiPolygon
    second: shapely.MultiPolygon
    overlap_km2: float
    gaps_km2: float
    holes_km2: tuple[float, ...]


def joined(first: shapely.MultiPolygon, second: shapely.MultiPolygon, *, decimals: int) -> Seam:
    """
    Return two neighbours whose shared border is the same vertices on both sides.

    Parameters
    ----------
    first, second
        Longitude, latitude [degrees, WGS 84].
    decimals
        Decimals to keep.

    Notes
    -----
    Both outlines are cut where they cross; of the faces between them each is given to one side.
    So the first country stays what it was, with vertices added where the second's line meets it.
    """
    lines = shapely.union_all([first.boundary, second.boundary])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines).tolist()))
    points = shapely.point_on_surface(faces)
    in_first, in_second = shapely.contains(first, points), shapely.contains(second, points)
    gaps, holes = [], []
    for face in faces[~in_first & ~in_second]:
        if not face.boundary.intersects(first.boundary):
            holes.append(face)
        elif _area_km2([face]) <= LARGEST_SLIVER_KM2:
            gaps.append(face)
    beyond = shapely.coverage_union_all([*faces[in_second & ~in_first], *gaps, *holes])
    parts = shapely.get_parts(beyond).tolist()
    crumbs = [part for part in parts if _area_km2([part]) <= LARGEST_SLIVER_KM2]
    return Seam(
        first=_country([*faces[in_first], *crumbs], decimals),
        second=_country([part for part in parts if part not in crumbs], decimals),
        overlap_km2=_area_km2([*faces[in_first & in_second], *crumbs]),
        gaps_km2=_area_km2(gaps),
        holes_km2=tuple(sorted((_area_km2([hole]) for hole in holes), reverse=True)),
    )


def _country(faces: Sequence[BaseGeometry], decimals: int) -> shapely.MultiPolygon:
    return multipolygon(rounded(shapely.coverage_union_all(faces), decimals))


def _area_km2(faces: Sequence[BaseGeometry]) -> float:
    return sum(abs(float(_WGS84.geometry_area_perimeter(face)[0])) for face in faces) / 1e6
