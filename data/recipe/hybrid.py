"""
Provinces of a country: the country's own outline, cut by another layer's internal lines.

The outline keeps each vertex it has. An internal line that falls short of the outline is led on to
the nearest vertex of the outline; one that runs past it is cut back and led to such a vertex. So no
vertex is added to the border, neighbours keep sharing it exactly, and the provinces partition the
country.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from recipe.features import multipolygon

_TRIES = 500  # vertices of the outline tried, nearest first

Coordinates = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class DetachedPart:
    """
    A country part that belongs to one province as a whole.

    Parameters
    ----------
    point
        A point inside the part; longitude, latitude [degrees, WGS 84].
    province
        Code of the province.
    """

    point: shapely.Point
    province: str


def cut_into_provinces(
    country: shapely.MultiPolygon,
    units: Mapping[str, BaseGeometry],
    detached: Sequence[DetachedPart] = (),
) -> dict[str, shapely.MultiPolygon]:
    """
    Return the provinces of a country by code; together they are the country.

    Parameters
    ----------
    country
        Outline to keep; longitude, latitude [degrees, WGS 84].
    units
        The other layer's provinces by code, vertices shared between neighbours.
    detached
        Country parts that no internal line may cut.

    Raises
    ------
    ValueError
        If a province is left without land, or an internal line cannot reach the outline.
    """
    pieces: dict[str, list[BaseGeometry]] = {code: [] for code in units}
    for part in country.geoms:
        owner = next((d.province for d in detached if part.contains(d.point)), None)
        if owner is not None:
            pieces[owner].append(part)
            continue
        for face in _faces(part, units):
            pieces[_holder(face, units)].append(face)
    if empty := sorted(code for code, faces in pieces.items() if not faces):
        message = f"no land for {', '.join(empty)}"
        raise ValueError(message)
    return {code: multipolygon(shapely.coverage_union_all(faces)) for code, faces in pieces.items()}


def _faces(part: shapely.Polygon, units: Mapping[str, BaseGeometry]) -> list[shapely.Polygon]:
    lines = list(_fitted_lines(part, units))
    # lines meet the outline at its own vertices only, so noding adds no point
    noded = shapely.union_all([part.boundary, *lines])
    faces = shapely.get_parts(shapely.polygonize([*shapely.get_parts(noded)]))
    return [face for face in faces if part.contains(face.representative_point())]


def _holder(face: shapely.Polygon, units: Mapping[str, BaseGeometry]) -> str:
    shared = {code: face.intersection(unit).area for code, unit in units.items()}
    if any(shared.values()):
        return max(shared, key=lambda code: shared[code])
    return min(units, key=lambda code: units[code].distance(face))


def _fitted_lines(
    part: shapely.Polygon, units: Mapping[str, BaseGeometry]
) -> Iterator[shapely.LineString]:
    lines = _internal_lines(units)
    ends = Counter(point for line in lines for point in (line.coords[0], line.coords[-1]))
    for line in lines:
        found = _with_core(shapely.get_coordinates(line), part)
        if found is None:
            continue
        coordinates, core = found
        before, after = coordinates[core::-1], coordinates[core:]
        if ends[line.coords[0]] == 1:
            before = _led_to_outline(before, part)
        if ends[line.coords[-1]] == 1:
            after = _led_to_outline(after, part)
        yield shapely.LineString(np.vstack([before[::-1], after[1:]]))


def _with_core(coordinates: Coordinates, part: shapely.Polygon) -> tuple[Coordinates, int] | None:
    """Return a line and which of its points to start from, one inside; None if it has none."""
    inside = np.flatnonzero(shapely.contains_xy(part, coordinates))
    if len(inside):
        return coordinates, int(inside[len(inside) // 2])
    # a long edge may cross the country without a vertex in it: give it one
    for number, edge in enumerate(pairwise(coordinates)):
        within = shapely.intersection(shapely.LineString(edge), part)
        if within.length > 0:
            longest = max(shapely.get_parts(within), key=lambda piece: piece.length)
            middle = shapely.get_coordinates(longest.interpolate(0.5, normalized=True))
            return np.insert(coordinates, number + 1, middle, axis=0), number + 1
    return None


def _internal_lines(units: Mapping[str, BaseGeometry]) -> list[shapely.LineString]:
    """Return the lines between two units, split where three meet."""
    edges: Counter[tuple[tuple[float, ...], ...]] = Counter()
    for unit in units.values():
        for ring in _rings(unit):
            edges.update(
                tuple(sorted((tuple(a), tuple(b))))
                for a, b in zip(ring[:-1].tolist(), ring[1:].tolist(), strict=True)
            )
    shared = [shapely.LineString(edge) for edge, count in sorted(edges.items()) if count > 1]
    merged = shapely.line_merge(shapely.MultiLineString(shared))
    return sorted(shapely.get_parts(merged), key=lambda line: line.coords[0])


def _rings(geometry: BaseGeometry) -> list[Coordinates]:
    return [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(geometry)
        for ring in (polygon.exterior, *polygon.interiors)
    ]


def _led_to_outline(coordinates: Coordinates, part: shapely.Polygon) -> Coordinates:
    """Return a line whose last point is a vertex of the outline, the rest inside it."""
    inside = _inside(coordinates, part)
    target = coordinates[min(len(inside), len(coordinates) - 1)]
    if len(inside) < len(coordinates):
        target = _crossing(inside[-1], target, part)
    vertices = shapely.get_coordinates(part.exterior)[:-1]
    order = np.argsort(np.hypot(*(vertices - target).T), kind="stable")[:_TRIES]
    for vertex in vertices[order]:
        last = shapely.LineString([inside[-1], vertex])
        if last.length > 0 and part.covers(last) and _touches_at_end(last, part):
            return np.vstack([inside, vertex])
    message = f"no way from {inside[-1]} to the outline"
    raise ValueError(message)


def _inside(coordinates: Coordinates, part: shapely.Polygon) -> Coordinates:
    """Return the points of a line up to where it first leaves the outline."""
    shapely.prepare(part)
    for number in range(1, len(coordinates)):
        if not part.contains(shapely.LineString(coordinates[number - 1 : number + 1])):
            return coordinates[:number]
    return coordinates


def _crossing(start: Coordinates, end: Coordinates, part: shapely.Polygon) -> Coordinates:
    meeting = shapely.LineString([start, end]).intersection(part.boundary)
    points = shapely.get_coordinates(meeting)
    nearest: Coordinates = points[np.argmin(np.hypot(*(points - start).T))]
    return nearest


def _touches_at_end(line: shapely.LineString, part: shapely.Polygon) -> bool:
    meeting = line.intersection(part.boundary)
    return meeting.geom_type == "Point"
