import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from bordermap.boundaries import Province
from bordermap.errors import GeometryError
from bordermap.measuring import measured_files


def written(folder: Path, *rings: list[list[float]], name: str = "a.geojson") -> Path:
    """Return a file of polygons, one for each ring."""
    path = folder / name
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for ring in rings
    ]
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    return path


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    """Return the ring of a box, counter-clockwise."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def planimeter_km2(ring: list[list[float]]) -> float:
    """Return the area of a ring by GeographicLib's own Planimeter."""
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring[:-1]:
        polygon.AddPoint(lat, lon)
    return float(abs(polygon.Compute()[2])) / 1e6


def province(code: str, west: float, east: float) -> Province:
    """Return a province that is a box between latitudes 40 and 41."""
    polygon = shapely.MultiPolygon([shapely.box(west, 40, east, 41)])
    return Province(code=code, name=code, country=code[:2], polygon=polygon)


@given(
    west=st.floats(-170, 160),
    south=st.floats(-80, 70),
    width=st.floats(0.001, 8),
    height=st.floats(0.001, 8),
    clockwise=st.booleans(),
)
def test_an_area_is_geographiclibs_either_way_round(  # noqa: PLR0913  (a box and its winding)
    tmp_path_factory: pytest.TempPathFactory,
    *,
    west: float,
    south: float,
    width: float,
    height: float,
    clockwise: bool,
) -> None:
    ring = box(west, south, west + width, south + height)
    path = written(tmp_path_factory.mktemp("area"), ring[::-1] if clockwise else ring)
    (found,) = measured_files([path])
    assert found.area_km2 == pytest.approx(planimeter_km2(ring), rel=1e-9)
    assert found.features == 1


def test_land_in_two_polygons_counts_once(tmp_path: Path) -> None:
    apart = [box(45, 40, 45.1, 40.1), box(45.2, 40, 45.3, 40.1)]
    over = [box(45, 40, 45.1, 40.1), box(45.05, 40, 45.15, 40.1)]
    (one,) = measured_files([written(tmp_path, *apart)])
    (two,) = measured_files([written(tmp_path, *over)])
    assert one.area_km2 == pytest.approx(2 * planimeter_km2(apart[0]), rel=1e-9)
    # The edges of the two bulge as two geodesics, those of the whole as one.
    assert two.area_km2 == pytest.approx(planimeter_km2(box(45, 40, 45.15, 40.1)), rel=1e-4)


def test_the_parts_by_province_add_up_to_a_square_metre(tmp_path: Path) -> None:
    provinces = [province("AA-1", 45, 45.5), province("AA-2", 45.5, 46)]
    path = written(tmp_path, box(45.2, 39.9, 45.9, 40.4), box(45.4, 40.3, 46.3, 40.8))
    (found,) = measured_files([path], provinces=provinces)
    assert found.outside_km2 is not None
    total = sum(found.by_province.values()) + found.outside_km2
    assert total == pytest.approx(found.area_km2, abs=1e-6)
    assert found.outside_km2 > 0
    assert all(km2 > 0 for km2 in found.by_province.values())


def test_a_ring_that_crosses_itself_is_refused_unless_repair_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, [[45, 40], [45.1, 40.1], [45.1, 40], [45, 40.1], [45, 40]])
    with pytest.raises(GeometryError, match="feature 1"):
        list(measured_files([path]))
    (found,) = measured_files([path], repair=True)
    (repair,) = found.repairs
    assert repair.feature == 1
    assert "intersection" in repair.reason.lower()
    assert found.area_km2 > 0


def test_a_hole_is_taken_off(tmp_path: Path) -> None:
    outer, hole = box(45, 40, 45.4, 40.4), box(45.1, 40.1, 45.2, 40.2)
    path = tmp_path / "hole.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [outer, hole]}), encoding="utf-8")
    (found,) = measured_files([path])
    expected = planimeter_km2(outer) - planimeter_km2(hole)
    assert found.area_km2 == pytest.approx(expected, rel=1e-9)
