"""The door from degrees to metres: equal areas, stated distances, edges that stay geodesics."""

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import example, given
from pyproj import Geod, Transformer

from bordermap.areas import geodesic_area_km2, geodesic_length_km
from bordermap.errors import CRSError, GeometryError
from bordermap.projection import (
    LONGEST_EDGE_DEGREES,
    REACH_M,
    LocalProjection,
    continuous,
    densified,
)
from tests.shapes import Anchor, Neighbours, rotated_rings, square, with_hole
from tests.strategies import LATITUDES, LONGITUDES, anchors, winding_neighbours

WGS84 = Geod(ellps="WGS84")


@given(winding_neighbours())
def test_projected_and_geodesic_areas_agree(land: Neighbours) -> None:
    # trap 4
    for polygon in land.provinces.values():
        metres = LocalProjection.around(polygon).to_metres(polygon)
        assert metres.area / 1e6 == pytest.approx(geodesic_area_km2(polygon), rel=1e-8)


@pytest.mark.parametrize("lat", [0, 40, -65])
def test_a_long_edge_is_a_geodesic_after_projection(lat: float) -> None:
    # trap 4: an edge of three degrees leaves its parallel by kilometres
    box = shapely.box(10, lat, 13, lat + 1)
    metres = LocalProjection.around(box).to_metres(box)
    assert metres.area / 1e6 == pytest.approx(geodesic_area_km2(box), rel=1e-8)
    undivided = shapely.transform(box, LocalProjection.around(box).project)
    assert abs(undivided.area / metres.area - 1) > 1e-5


@given(anchors(), st.floats(0, 360), st.floats(1, 150_000))
def test_a_distance_from_the_centre_is_good_to_what_is_stated(
    anchor: Anchor, azimuth: float, metres: float
) -> None:
    lon, lat, _ = WGS84.fwd(anchor.lon, anchor.lat, azimuth, metres)
    projected = LocalProjection(lon=anchor.lon, lat=anchor.lat).project(np.array([(lon, lat)]))
    stated = (metres / 6_371_000) ** 2 / 8
    assert np.hypot(*projected[0]) == pytest.approx(metres, rel=stated + 1e-6, abs=1e-3)


@given(anchors(), st.floats(-150, 150), st.floats(-150, 150))
def test_there_and_back_is_the_same_point(anchor: Anchor, east_km: float, north_km: float) -> None:
    local = LocalProjection(lon=anchor.lon, lat=anchor.lat)
    metres = np.array([(east_km * 1e3, north_km * 1e3)])
    assert local.project(local.unproject(metres)) == pytest.approx(metres, abs=2e-3)


def test_an_equal_area_projection_of_the_whole_earth_does_not_save_a_buffer() -> None:
    # trap 2: the same disc, buffered in a cylindrical equal-area projection
    point = shapely.Point(46, 40)
    cylindrical = Transformer.from_crs("EPSG:4326", "EPSG:6933", always_xy=True)
    here = shapely.Point(*cylindrical.transform(point.x, point.y)).buffer(1_000)
    east, north = shapely.get_coordinates(here).T
    ring = np.column_stack(cylindrical.transform(east, north, direction="INVERSE"))
    far_m = WGS84.inv(*np.broadcast_to([[46.0], [40.0]], (2, len(ring))), *ring.T)[2]
    assert max(far_m) / min(far_m) > 1.2
    local = LocalProjection.centred_on(point)
    ring = local.unproject(shapely.get_coordinates(shapely.Point(0, 0).buffer(1_000)))
    far_m = WGS84.inv(*np.broadcast_to([[46.0], [40.0]], (2, len(ring))), *ring.T)[2]
    assert max(far_m) / min(far_m) < 1 + 1e-5


def test_default_segments_of_a_circle_lose_area_that_ours_do_not() -> None:
    # trap 3
    disc_m2 = np.pi * 1_000**2
    point = shapely.Point(0, 0)
    assert 1 - point.buffer(1_000, quad_segs=8).area / disc_m2 == pytest.approx(6.4e-3, rel=0.01)
    assert 1 - point.buffer(1_000, quad_segs=64).area / disc_m2 == pytest.approx(1.0e-4, rel=0.01)


def test_too_large_a_region_is_refused_for_one_projection() -> None:
    # trap 5
    with pytest.raises(GeometryError, match="too large for one local projection"):
        LocalProjection.around(shapely.box(40, 38, 46, 42))
    LocalProjection.around(shapely.box(44, 39, 46, 41))


@given(LONGITUDES, LATITUDES)
@example(180.0, 0.0)
@example(-180.0, 70.0)
@example(179.99, -70.0)
def test_the_centre_is_in_the_middle_wherever_the_antimeridian_is(lon: float, lat: float) -> None:
    land = Anchor(lon=lon, lat=lat).polygon(square(-20, -20, 40))
    local = LocalProjection.around(land)
    assert local.reach_m(land) < 32_000
    assert abs((local.lon - lon + 180) % 360 - 180) < 0.2
    assert -180 <= local.lon <= 180


def test_longitudes_beside_the_antimeridian_become_neighbours() -> None:
    assert continuous(np.array([179.9, -179.9])).tolist() == [179.9, 180.1]
    assert continuous(np.array([-179.9, -179.8])).tolist() == [-179.9, -179.8]
    assert continuous(np.array([])).tolist() == []


@pytest.mark.parametrize("empty", [shapely.Polygon(), shapely.GeometryCollection()])
def test_an_empty_geometry_has_no_centre(empty: shapely.Polygon) -> None:
    with pytest.raises(GeometryError, match="empty"):
        LocalProjection.around(empty)


def test_metres_are_refused_at_the_door() -> None:
    metres = shapely.box(500_000, 4_000_000, 600_000, 4_100_000)
    with pytest.raises(CRSError, match="metres"):
        LocalProjection.around(metres)
    with pytest.raises(CRSError, match="metres"):
        LocalProjection(lon=45, lat=40).to_metres(metres)


@given(anchors(), st.integers(0, 3))
def test_densifying_moves_nothing(anchor: Anchor, by: int) -> None:
    land = with_hole(anchor.polygon(square(0, 0, 30)), anchor.polygon(square(5, 5, 7)))
    dense = densified(rotated_rings(land, by))
    assert geodesic_area_km2(dense) == pytest.approx(geodesic_area_km2(land), rel=1e-9)
    assert geodesic_length_km(dense.boundary) == pytest.approx(
        geodesic_length_km(land.boundary), rel=1e-9
    )
    lon, lat = shapely.get_coordinates(dense.geoms[0].exterior).T
    steps = np.hypot(np.diff(continuous(lon)), np.diff(lat))
    assert steps.max() < 2.2 * LONGEST_EDGE_DEGREES / np.cos(np.radians(75))


def test_densifying_keeps_every_vertex_and_the_kind() -> None:
    line = shapely.MultiLineString(
        [[(0, 0), (0.5, 0.2)], [(1, 1), (1.001, 1.001)], [(3, 3), (2, 3)]]
    )
    dense = densified(line)
    assert isinstance(dense, shapely.MultiLineString)
    assert len(dense.geoms) == 3
    given_points = {tuple(point) for point in shapely.get_coordinates(line).tolist()}
    assert given_points <= {tuple(point) for point in shapely.get_coordinates(dense).tolist()}
    assert len(shapely.get_coordinates(dense.geoms[1])) == 2


def test_an_edge_across_the_antimeridian_is_divided_along_the_short_way() -> None:
    dense = densified(shapely.LineString([(179.95, 60), (-179.95, 60)]))
    lon, _ = shapely.get_coordinates(dense).T
    assert len(lon) == 12
    assert np.abs(lon).min() >= 179.95


def test_points_and_empty_geometries_have_no_edges_to_divide() -> None:
    point, empty = shapely.Point(1, 2), shapely.MultiPolygon()
    assert densified(point) is point
    assert densified(empty) is empty


def test_the_limit_is_where_the_distance_error_is_stated() -> None:
    error = (REACH_M / 6_371_000) ** 2 / 8
    assert error == pytest.approx(1.3e-4, rel=0.1)
