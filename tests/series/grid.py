"""
Land made of cells of a grid, so that every area is known without an overlay.

Each edge of an outline is an edge of a cell, so that outlines share theirs to the last bit, and
what was gained or lost is the sum of some cells, each measured by GeographicLib.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import shapely
from geographiclib.geodesic import Geodesic

from bordermap.boundaries import Province

Cell = tuple[int, int]
Cells = frozenset[Cell]

WEST, SOUTH, SIDE = 37.0, 47.0, 0.05


def block(columns: range, rows: range) -> Cells:
    """Return a rectangle of cells."""
    return frozenset((column, row) for column in columns for row in rows)


def corners(cell: Cell) -> list[tuple[float, float]]:
    column, row = cell
    lon = [round(WEST + SIDE * (column + right), 7) for right in (0, 1)]
    lat = [round(SOUTH + SIDE * (row + up), 7) for up in (0, 1)]
    return [(lon[0], lat[0]), (lon[1], lat[0]), (lon[1], lat[1]), (lon[0], lat[1])]


@cache
def cell_km2(row: int) -> float:
    """Return the area of a cell, which does not depend on its column, by GeographicLib."""
    ring = Geodesic.WGS84.Polygon()
    for lon, lat in corners((0, row)):
        ring.AddPoint(lat, lon)
    return float(ring.Compute()[2]) / 1e6


def area_km2(cells: Iterable[Cell]) -> float:
    return sum(cell_km2(row) for _, row in cells)


def land(cells: Cells) -> shapely.MultiPolygon:
    """Return the land of some cells, every corner of a cell along its edge kept."""
    boxes = [shapely.Polygon(corners(cell)) for cell in sorted(cells)]
    united = shapely.coverage_union_all(boxes)
    return shapely.MultiPolygon(list(shapely.get_parts(united)))


def province(code: str, cells: Cells) -> Province:
    return Province(code=code, name=code, country="AA", polygon=land(cells))


def feature(cells: Cells, properties: Mapping[str, object] | None = None) -> dict[str, object]:
    geometry = json.loads(shapely.to_geojson(land(cells)))
    return {"type": "Feature", "properties": dict(properties or {}), "geometry": geometry}


def write(path: Path, features: Sequence[Mapping[str, object]]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def write_days(folder: Path, days: Mapping[str, Cells]) -> list[Path]:
    """Write an outline for each day, its name the day's."""
    return [write(folder / f"{day}.geojson", [feature(cells)]) for day, cells in days.items()]


def moving_front() -> dict[str, Cells]:
    """
    Return outlines of a week: a front that moves, a hole, islands; the fifth day is missing.

    Land is east of the front. It moves west in the north and back in the south; a pocket in it
    closes day by day; an island appears, and another one goes.
    """
    days = {}
    for day in (1, 2, 3, 4, 6, 7):
        north = block(range(10 - day, 20), range(6, 12))
        south = block(range(8 + day, 20), range(6))
        pocket = block(range(15, 19 - day // 2), range(4, 9))
        islands = (block(range(2), range(2)) if day < 4 else frozenset()) | (
            block(range(1, 3), range(13, 15)) if day > 2 else frozenset()
        )
        days[f"2024070{day}"] = ((north | south) - pocket) | islands
    return days
