"""
Every area and length against rulers that share no code with the package.

The package uses GeographicLib in C as PROJ ships it. The rulers are GeographicLib in Python,
Vincenty's geodesics with the equal-area cylinder (`ellipsoid`), and, where it is installed,
GeographicLib in C++ as DuckDB's spatial extension has it.
"""

import importlib.util
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings

from bordermap.areas import geodesic_area_km2, geodesic_length_km
from bordermap.cases import Case
from bordermap.footprints.strip import strip
from tests.hardening import ellipsoid, hostile, oracle
from tests.shapes import Anchor, side_by_side
from tests.strategies import anchors

Ring = list[tuple[float, float]]

rings = hostile.stars().map(lambda ring: [(float(lon), float(lat)) for lon, lat in ring])
many = settings(max_examples=200)


def by_geographiclib_km(line: Ring) -> float:
    metres = (Geodesic.WGS84.Inverse(*a[::-1], *b[::-1])["s12"] for a, b in pairwise(line))
    return float(sum(metres)) / 1e3


@many
@given(rings)
def test_an_area_is_what_two_other_rulers_say(ring: Ring) -> None:
    found = geodesic_area_km2(shapely.Polygon(ring))
    assert found == pytest.approx(oracle.ring_km2([list(p) for p in ring]), rel=1e-9, abs=1e-9)
    assert found == pytest.approx(ellipsoid.area_km2(ring), rel=1e-6, abs=1e-8)


@many
@given(rings)
def test_a_length_is_what_two_other_rulers_say(ring: Ring) -> None:
    found = geodesic_length_km(shapely.LineString(ring))
    assert found == pytest.approx(by_geographiclib_km(ring), rel=1e-9, abs=1e-9)
    assert found == pytest.approx(ellipsoid.length_km(ring), rel=1e-8, abs=1e-6)


def test_the_rulers_know_what_is_known() -> None:
    # Vincenty's formulas reach half a millimetre; the octant is an eighth of the whole
    assert ellipsoid.length_km([(0, 0), (1, 0)]) == pytest.approx(111.319_490_793, abs=1e-6)
    assert ellipsoid.length_km([(7, 0), (7, 89.999_999)]) == pytest.approx(10_001.965_6, abs=1e-3)
    assert ellipsoid.area_km2([(0, 0), (89.9, 0), (0, 89.9), (0, 0)], pieces=400) == pytest.approx(
        510_065_621.724 / 8, rel=3e-3
    )


@pytest.fixture(scope="module")
def by_duckdb() -> Callable[[str, shapely.Geometry], float]:
    """Return DuckDB's ruler; skipped where it or its spatial extension is not installed."""
    if importlib.util.find_spec("duckdb") is None:
        pytest.skip("duckdb is not installed (pip install duckdb duckdb-ext-spatial)")
    import duckdb  # type: ignore[import-not-found, import-untyped, unused-ignore]

    root = Path(duckdb.__file__).parents[1] / "duckdb_ext" / "extensions"
    found = sorted(root.glob("*/*/spatial.duckdb_extension"))
    if not found:
        pytest.skip("duckdb-ext-spatial is not installed (pip install duckdb duckdb-ext-spatial)")
    connection: Any = duckdb.connect()
    connection.execute(f"LOAD '{found[0]}'")

    def measured(function: str, geometry: shapely.Geometry) -> float:
        # DuckDB takes latitude first
        turned = shapely.transform(geometry, lambda lonlat: lonlat[:, ::-1])
        text = shapely.to_wkt(turned, rounding_precision=-1)
        query = f"SELECT {function}(ST_GeomFromText(?))"
        return float(connection.execute(query, [text]).fetchone()[0])

    return measured


@many
@given(ring=rings)
def test_duckdb_agrees(by_duckdb: Callable[[str, shapely.Geometry], float], ring: Ring) -> None:
    area, line = shapely.Polygon(ring), shapely.LineString(ring)
    found_km2 = by_duckdb("ST_Area_Spheroid", area) / 1e6
    assert geodesic_area_km2(area) == pytest.approx(found_km2, rel=1e-9, abs=1e-9)
    found_km = by_duckdb("ST_Length_Spheroid", line) / 1e3
    assert geodesic_length_km(line) == pytest.approx(found_km, rel=1e-9, abs=1e-9)


def test_the_provinces_of_the_case_are_what_every_ruler_says(armenia: Case) -> None:
    for province in armenia.provinces:
        found = armenia.province_areas_km2[province.code]
        parts = [
            [list(ring.coords) for ring in (part.exterior, *part.interiors)]
            for part in province.polygon.geoms
        ]
        by_planimeter = sum(oracle.polygon_km2([list(map(list, r)) for r in p]) for p in parts)
        by_cylinder = sum(
            sign * ellipsoid.area_km2([(x, y) for x, y in ring], pieces=1)
            for shell, *holes in parts
            for sign, ring in ((1, shell), *((-1, hole) for hole in holes))
        )
        assert found == pytest.approx(by_planimeter, rel=1e-9)
        assert found == pytest.approx(by_cylinder, rel=1e-8)


def test_the_border_of_the_case_is_as_long_as_every_ruler_says(armenia: Case) -> None:
    lines = [part for line in armenia.borders.lines for part in line.line.geoms]
    points = [[(float(x), float(y)) for x, y in part.coords] for part in lines]
    found = armenia.borders.length_km
    assert found == pytest.approx(sum(map(by_geographiclib_km, points)), rel=1e-9)
    assert found == pytest.approx(sum(map(ellipsoid.length_km, points)), rel=1e-8)


@settings(max_examples=30)
@given(anchors(), st.floats(50, 3_000))
def test_a_strip_along_a_meridian_is_length_times_depth(anchor: Anchor, depth_m: float) -> None:
    borders = side_by_side(anchor).borders()
    line = [(float(x), float(y)) for x, y in shapely.get_coordinates(borders.lines[0].line)]
    expected_km2 = ellipsoid.length_km(line) * depth_m / 1e3
    assert strip(borders, depth_m).area_km2 == pytest.approx(expected_km2, rel=2e-3)


@settings(max_examples=30)
@given(rings, st.floats(-170, 170), st.integers(1, 8))
def test_laws_of_area(ring: Ring, turn: float, times: int) -> None:
    area_km2 = geodesic_area_km2(shapely.Polygon(ring))
    points = np.array(ring)
    moved = np.column_stack(((points[:, 0] + turn + 180) % 360 - 180, points[:, 1]))
    same = pytest.approx(area_km2, rel=1e-7, abs=1e-8)
    assert geodesic_area_km2(shapely.Polygon(moved)) == same
    assert geodesic_area_km2(shapely.Polygon(points * [1, -1])) == same
    assert geodesic_area_km2(shapely.Polygon(np.repeat(points, times, axis=0))) == same
