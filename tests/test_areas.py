"""Areas and lengths are geodesic: GeographicLib gives the second opinion."""

from itertools import pairwise

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from bordermap.areas import (
    GLOBE_M2,
    edges_of,
    geodesic_area_km2,
    geodesic_areas_km2,
    geodesic_length_km,
    multilinestring,
    multipolygon,
    multipolygons,
    require_degrees,
)
from bordermap.claims import GLOBE_KM2
from bordermap.errors import CRSError, GeometryError
from tests.shapes import Anchor, multi, reversed_rings, rotated_rings, square, with_hole
from tests.strategies import LATITUDES, LONGITUDES, anchors

EARTH_KM2 = 510_065_621.724


@st.composite
def stars(draw: st.DrawFn) -> shapely.Polygon:
    """Return a polygon whose vertices go round its middle once."""
    lon, lat = draw(LONGITUDES), draw(LATITUDES)
    radii = draw(st.lists(st.floats(0.05, 5), min_size=3, max_size=12))
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    points = np.column_stack((np.cos(angles), np.sin(angles))) * np.array(radii)[:, None]
    return shapely.Polygon(points + np.clip([lon, lat], [-175, -75], [175, 75]))


def second_opinion_km2(polygon: shapely.Polygon) -> float:
    def ring_km2(ring: BaseGeometry) -> float:
        planimeter = Geodesic.WGS84.Polygon()
        for lon, lat in shapely.get_coordinates(ring)[:-1]:
            planimeter.AddPoint(lat, lon)
        _, _, area_m2 = planimeter.Compute(reverse=False, sign=True)
        return abs(float(area_m2)) / 1e6

    return ring_km2(polygon.exterior) - sum(ring_km2(hole) for hole in polygon.interiors)


@given(stars())
def test_an_area_is_what_geographiclib_says(star: shapely.Polygon) -> None:
    assert geodesic_area_km2(star) == pytest.approx(second_opinion_km2(star), rel=1e-9)


@given(stars())
def test_a_length_is_what_geographiclib_says(star: shapely.Polygon) -> None:
    line = star.exterior
    points = shapely.get_coordinates(line)[:, ::-1]
    expected_m = sum(
        Geodesic.WGS84.Inverse(*here, *there)["s12"] for here, there in pairwise(points)
    )
    assert geodesic_length_km(line) == pytest.approx(expected_m / 1e3, rel=1e-9)


def test_an_octant_is_an_eighth_of_the_earth() -> None:
    octant = shapely.Polygon([(0, 0), (90, 0), (0, 90)])
    assert geodesic_area_km2(octant) == pytest.approx(EARTH_KM2 / 8, rel=1e-9)


def test_land_round_a_pole_is_measured() -> None:
    # as a file in longitude, latitude has it: along the antimeridian to the pole and back
    cap = shapely.Polygon([(lon, -80) for lon in range(-180, 181, 10)] + [(180, -90), (-180, -90)])
    assert geodesic_area_km2(cap) == pytest.approx(second_opinion_km2(cap), rel=1e-9)
    assert geodesic_area_km2(cap) == pytest.approx(3.86e6, rel=0.02)


@pytest.mark.parametrize("step", [45, 90, 360])
def test_the_whole_globe_has_the_area_of_the_globe(step: int) -> None:
    # geodesics lead from pole to pole and back on one meridian: between them lies nothing, or all
    lons = list(range(-180, 181, step))
    ring = [*((lon, -90) for lon in lons), *((lon, 90) for lon in reversed(lons))]
    octant_km2 = geodesic_area_km2(shapely.Polygon([(0, 0), (90, 0), (0, 90)]))
    for polygon in (shapely.Polygon(ring), shapely.Polygon(ring[::-1])):
        assert geodesic_area_km2(polygon) == pytest.approx(8 * octant_km2, rel=1e-9)


def test_all_but_the_caps_is_the_globe_less_the_caps() -> None:
    lons = list(range(-180, 181, 10))
    belt = [*((lon, -80) for lon in lons), *((lon, 80) for lon in reversed(lons))]
    cap = [*((lon, 80) for lon in lons), (180, 90), (-180, 90)]
    caps_km2 = 2 * geodesic_area_km2(shapely.Polygon(cap))
    assert geodesic_area_km2(shapely.Polygon(belt)) == pytest.approx(GLOBE_M2 / 1e6 - caps_km2)


def test_a_ring_whose_inside_is_not_known_is_refused() -> None:
    ring = [(-170, -10), (0, -10), (170, -10), (170, 10), (0, 10), (-170, 10)]
    with pytest.raises(GeometryError, match="from longitude -170 to 170 has edges so long"):
        geodesic_area_km2(shapely.Polygon(ring))


@given(stars(), st.integers(0, 11))
def test_an_area_does_not_depend_on_where_a_ring_starts_or_which_way_it_winds(
    star: shapely.Polygon, by: int
) -> None:
    land = multi(star)
    area_km2 = geodesic_area_km2(land)
    assert geodesic_area_km2(reversed_rings(land)) == pytest.approx(area_km2, rel=1e-12)
    assert geodesic_area_km2(rotated_rings(land, by)) == pytest.approx(area_km2, rel=1e-12)


@given(stars(), LONGITUDES)
def test_an_area_does_not_depend_on_longitude(star: shapely.Polygon, to_lon: float) -> None:
    by = to_lon - star.bounds[0]
    moved = shapely.transform(
        star, lambda lonlat: np.column_stack(((lonlat[:, 0] + by + 180) % 360 - 180, lonlat[:, 1]))
    )
    assert geodesic_area_km2(moved) == pytest.approx(geodesic_area_km2(star), rel=1e-9)


@given(anchors())
def test_a_hole_is_taken_off_whichever_way_it_winds(anchor: Anchor) -> None:
    # trap 7: layers wind either way
    land, hole = anchor.polygon(square(0, 0, 10)), anchor.polygon(square(3, 3, 2))
    left = geodesic_area_km2(land) - geodesic_area_km2(hole)
    assert geodesic_area_km2(with_hole(land, hole)) == pytest.approx(left, rel=1e-9)
    assert geodesic_area_km2(reversed_rings(with_hole(land, hole))) == pytest.approx(left, rel=1e-9)


@given(anchors(), st.floats(1, 9))
def test_areas_add_up_over_a_cut(anchor: Anchor, at_km: float) -> None:
    whole = anchor.polygon([(0, 0), (0, 10), (10, 10), (10, at_km), (10, 0)])
    low = anchor.polygon([(0, 0), (10, at_km), (10, 0)])
    high = anchor.polygon([(0, 0), (0, 10), (10, 10), (10, at_km)])
    parts = geodesic_areas_km2([low, high])
    assert parts.sum() == pytest.approx(geodesic_area_km2(whole), rel=1e-9)


def test_many_areas_are_those_of_each() -> None:
    shapes: list[BaseGeometry] = [
        shapely.box(0, 0, 1, 1),
        shapely.Point(0, 0),
        shapely.Polygon(),
        shapely.MultiPolygon([shapely.box(2, 2, 3, 3), shapely.box(4, 4, 5, 5)]),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.GeometryCollection(
            [shapely.box(6, 6, 7, 7), shapely.GeometryCollection([shapely.MultiPoint([(0, 0)])])]
        ),
        shapely.Polygon(
            shapely.box(8, 8, 9, 9).exterior, [shapely.box(8.2, 8.2, 8.3, 8.3).exterior]
        ),
    ]
    assert geodesic_areas_km2(shapes).tolist() == [geodesic_area_km2(shape) for shape in shapes]
    assert geodesic_areas_km2(shapes)[[1, 2, 4]].tolist() == [0, 0, 0]
    assert geodesic_areas_km2([]).shape == (0,)


def test_holes_belong_to_their_own_polygon() -> None:
    ring = shapely.box(0, 0, 1, 1).exterior
    holed = shapely.Polygon(ring, [shapely.box(0.4, 0.4, 0.5, 0.5).exterior])
    plain = shapely.box(2, 0, 3, 1)
    holed_km2, plain_km2 = geodesic_areas_km2([holed, plain])
    assert plain_km2 == pytest.approx(second_opinion_km2(plain), rel=1e-9)
    assert holed_km2 == pytest.approx(second_opinion_km2(holed), rel=1e-9)


def test_lines_of_several_pieces_do_not_count_the_way_between_them() -> None:
    here, there = shapely.LineString([(0, 0), (0, 1)]), shapely.LineString([(50, 0), (50, 1)])
    both = shapely.MultiLineString([here, there])
    one_km = geodesic_length_km(here)
    assert one_km == pytest.approx(110.574, abs=1e-3)
    assert geodesic_length_km(both) == pytest.approx(2 * one_km, rel=1e-12)
    assert geodesic_length_km(shapely.MultiLineString()) == 0
    assert geodesic_length_km(shapely.Point(1, 1)) == 0


def test_a_line_across_the_antimeridian_is_short() -> None:
    line = shapely.LineString([(179.9, 60), (-179.9, 60)])
    assert geodesic_length_km(line) == pytest.approx(11.16, abs=0.01)


def test_web_mercator_is_refused_and_would_be_two_thirds_too_large() -> None:
    # trap 1
    land = Anchor(lat=40).polygon(square(0, 0, 10))
    to_mercator = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
    mercator = shapely.transform(
        land, lambda lonlat: np.column_stack(to_mercator.transform(*lonlat.T))
    )
    assert mercator.area / 1e6 / geodesic_area_km2(land) == pytest.approx(1.69, abs=0.02)
    with pytest.raises(CRSError, match="looks like metres"):
        geodesic_area_km2(mercator)


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ((180.1, 0), "metres"),
        ((500_000, 4_400_000), "metres"),
        ((39.5, 145.0), "latitude, longitude"),
        ((float("nan"), 40), "nan"),
        ((45, float("inf")), "inf"),
    ],
)
def test_what_is_not_in_degrees_is_refused(point: tuple[float, float], message: str) -> None:
    with pytest.raises(CRSError, match=message):
        require_degrees(np.array([(45.0, 40.0), point]))


def test_the_ends_of_the_range_are_degrees() -> None:
    require_degrees(np.array([(180.0, 90.0), (-180.0, -90.0)]))
    require_degrees(np.empty((0, 2)))


def test_a_collection_in_a_collection_has_the_area_of_its_polygons() -> None:
    one, other = shapely.box(45, 40, 46, 41), shapely.box(50, 40, 51, 41)
    inner = shapely.GeometryCollection([other, shapely.Point(0, 0)])
    nested = shapely.GeometryCollection([one, shapely.GeometryCollection([inner])])
    assert geodesic_area_km2(nested) == pytest.approx(
        geodesic_area_km2(one) + geodesic_area_km2(other), rel=1e-12
    )


def test_no_geometries_have_no_areas() -> None:
    assert geodesic_areas_km2([]).shape == (0,)
    assert geodesic_area_km2(shapely.Point(1, 1)) == 0


def test_the_edges_of_lines_are_those_between_vertices_of_one_line() -> None:
    lines = [
        shapely.LineString([(0, 0), (1, 0), (1, 1)]),
        shapely.MultiLineString([[(5, 5), (6, 6)], [(7, 7), (8, 8)]]),
    ]
    found = [shapely.get_coordinates(edge).tolist() for edge in edges_of(lines)]
    assert found == [
        [[0, 0], [1, 0]],
        [[1, 0], [1, 1]],
        [[5, 5], [6, 6]],
        [[7, 7], [8, 8]],
    ]


def test_the_globe_is_as_large_for_claims_as_for_areas() -> None:
    assert pytest.approx(GLOBE_M2 / 1e6, abs=0.5) == GLOBE_KM2


def test_the_lines_of_a_geometry_are_its_lines_and_rings_alone() -> None:
    line, ring = shapely.LineString([(0, 0), (1, 1)]), shapely.LinearRing([(5, 5), (6, 5), (6, 6)])
    mixed = shapely.GeometryCollection(
        [shapely.Point(9, 9), line, shapely.box(2, 2, 3, 3), ring, shapely.LineString()]
    )
    assert shapely.get_num_geometries(multilinestring(mixed)) == 2
    assert shapely.length(multilinestring(mixed)) == pytest.approx(line.length + ring.length)


def test_many_geometries_keep_the_polygons_that_each_alone_keeps() -> None:
    one, other = shapely.box(45, 40, 46, 41), shapely.box(50, 40, 51, 41)
    line, nothing = shapely.LineString([(0, 0), (1, 1)]), shapely.Polygon()
    mixed = shapely.GeometryCollection([shapely.Point(9, 9), one, line, other])
    given = np.array([line, one, mixed, nothing, shapely.MultiPolygon([one, other]), line])
    assert multipolygons(given).tolist() == [multipolygon(geometry) for geometry in given]
    assert [len(found.geoms) for found in multipolygons(given)] == [0, 1, 2, 0, 2, 0]
    assert multipolygons(given[:0]).shape == (0,)
