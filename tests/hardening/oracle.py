"""
A second reader and a second ruler, which share no code with the package.

Files are read by the standard library alone; rings are measured by GeographicLib in Python.
"""

import json
import math
from itertools import pairwise
from typing import Any

import shapely
from geographiclib.geodesic import Geodesic

Rings = list[list[list[float]]]


def ring_km2(ring: list[list[float]]) -> float:
    """Return the area a ring encloses, whichever way it winds [km²]."""
    planimeter = Geodesic.WGS84.Polygon()
    for lon, lat, *_ in ring[:-1]:
        planimeter.AddPoint(lat, lon)
    return abs(float(planimeter.Compute(reverse=False, sign=True)[2])) / 1e6


def polygon_km2(rings: Rings) -> float:
    """Return the area of a polygon: its shell less its holes [km²]."""
    shell, *holes = map(ring_km2, rings)
    return shell - sum(holes)


def polygons_of(content: bytes) -> list[Rings]:
    """Return every polygon of the GeoJSON texts in a file, one after the other."""
    text = content.decode("utf-8").removeprefix("\ufeff")
    decoder = json.JSONDecoder()
    found: list[Rings] = []
    at = 0
    while text[at:].strip(" \t\r\n\x1e"):
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n\x1e"))
        value, at = decoder.raw_decode(text, at)
        if isinstance(value, dict) and value.get("type") == "Topology":
            found += [one for item in value["objects"].values() for one in _unpacked(item, value)]
        else:
            found += _polygons_in(value)
    return found


def _polygons_in(value: Any) -> list[Rings]:  # noqa: ANN401
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection":
        return [one for feature in value["features"] for one in _polygons_in(feature)]
    if kind == "Feature":
        return _polygons_in(value.get("geometry"))
    if kind == "GeometryCollection":
        return [one for part in value["geometries"] for one in _polygons_in(part)]
    if kind == "MultiPolygon":
        return [part for part in value["coordinates"] if part]
    if kind == "Polygon":
        return [value["coordinates"]] if value["coordinates"] else []
    return []


def _unpacked(item: Any, topology: Any) -> list[Rings]:  # noqa: ANN401
    """Return the polygons of an object of TopoJSON."""
    if item["type"] == "GeometryCollection":
        return [one for part in item["geometries"] for one in _unpacked(part, topology)]
    if item["type"] not in ("Polygon", "MultiPolygon"):
        return []
    polygons = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
    return [[_joined(numbers, topology) for numbers in rings] for rings in polygons if rings]


def _joined(numbers: list[int], topology: Any) -> list[list[float]]:  # noqa: ANN401
    ring: list[list[float]] = []
    for number in numbers:
        points = [list(p[:2]) for p in topology["arcs"][number if number >= 0 else -1 - number]]
        if "transform" in topology:
            scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
            for before, point in pairwise(points):
                point[:] = [before[0] + point[0], before[1] + point[1]]
            points = [[x * scale[0] + shift[0], y * scale[1] + shift[1]] for x, y in points]
        ring += (points if number >= 0 else points[::-1])[1 if ring else 0 :]
    return ring


def bounds_km2(polygons: list[Rings]) -> tuple[float, float]:
    """
    Return the least and the largest area [km²] that the land of some polygons can have.

    The two are one where no two of them overlap. Where some do, the land is no less than the
    largest and no more than all together.
    """
    areas = [polygon_km2(rings) for rings in polygons]
    total = math.fsum(areas)
    if _overlap(polygons):
        return max(areas), total
    return total, total


def _overlap(polygons: list[Rings]) -> bool:
    shapes = [shapely.Polygon([p[:2] for p in shell], [[p[:2] for p in hole] for hole in holes])
              for shell, *holes in polygons]  # fmt: skip
    return any(
        shapely.relate_pattern(one, other, "T********")
        for number, one in enumerate(shapes)
        for other in shapes[:number]
        if one.is_valid and other.is_valid
    )
