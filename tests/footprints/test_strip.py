"""The strip: known answers, laws, and tiles in another projection as the second opinion."""

from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import assume, example, given, settings

from bordermap.areas import geodesic_area_km2, geodesic_length_km, multipolygon
from bordermap.cells import DEEPEST_M
from bordermap.errors import GeometryError
from bordermap.footprints.strip import (
    DEPTH_TOLERANCE_M,
    depth_for_area,
    strip,
    strip_polygons,
)
from bordermap.projection import LocalProjection
from tests.oracles import tiled_strip_km2
from tests.shapes import (
    Anchor,
    Neighbours,
    along,
    cut_at_antimeridian,
    jagged,
    multi,
    reversed_rings,
    rotated_rings,
    scattered,
    shifted,
    side_by_side,
    square,
    with_hole,
)
from tests.strategies import DEPTHS_M, LONGITUDES, winding_neighbours

FEW = settings(max_examples=40)


def held_km2(land: Neighbours) -> float:
    return sum(geodesic_area_km2(polygon) for polygon in land.provinces.values())


# Known answers ------------------------------------------------------------------------------


@pytest.mark.parametrize("lat", [0.0, 40.0, -52.0, 74.0])
@pytest.mark.parametrize("depth_m", [0.01, 1.0, 210.0, 9_000.0])
def test_along_a_straight_border_a_strip_is_length_times_depth(lat: float, depth_m: float) -> None:
    borders = side_by_side(Anchor(lat=lat)).borders()
    expected = borders.length_km * depth_m / 1e3
    assert strip(borders, depth_m).area_km2 == pytest.approx(expected, rel=1e-3)


def test_round_a_convex_exclave_a_strip_is_perimeter_times_depth_and_a_disc() -> None:
    theirs = Anchor().polygon(square(20, 20, 5))
    ours = with_hole(Anchor().polygon(square(0, 0, 50)), theirs)
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    found = strip(borders, 3_000)
    assert found.area_km2 == pytest.approx(borders.length_km * 3 + np.pi * 9, rel=2e-4)
    assert found.inner_edge_km["AA-1"] == pytest.approx(borders.length_km + 2 * np.pi * 3, rel=2e-4)


def test_inside_a_square_exclave_a_strip_leaves_a_smaller_square() -> None:
    ours = Anchor().polygon(square(20, 20, 5))
    around = with_hole(Anchor().polygon(square(0, 0, 50)), ours)
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=around).borders()
    side_km = borders.length_km / 4
    assert strip(borders, 1_000).area_km2 == pytest.approx(
        side_km**2 - (side_km - 2) ** 2, rel=2e-3
    )
    assert strip(borders, 2_600).area_km2 == pytest.approx(geodesic_area_km2(ours), rel=1e-8)


def test_strips_of_two_provinces_do_not_count_their_common_corner_twice() -> None:
    # trap 14
    whole = side_by_side(east_km=[0, 1, -1, 0.5, 0])
    parts = side_by_side(east_km=[0, 1, -1, 0.5, 0], cuts=[1, 2])
    for depth_m in (100.0, 3_000.0, 12_000.0):
        one, three = strip(whole.borders(), depth_m), strip(parts.borders(), depth_m)
        assert len(three.by_province) == 3
        assert three.area_km2 == pytest.approx(one.area_km2, rel=1e-5)


def test_land_of_a_province_without_that_border_counts_where_the_strip_reaches_it() -> None:
    # only the southern of two provinces is asked for with the northern one's land left out
    land = side_by_side(cuts=[2])
    south = replace(
        land,
        provinces={"AA-1": land.provinces["AA-1"]},
        claimed=multi(shapely.union_all(list(land.provinces.values()))),
    )
    assert strip(south.borders(), 5_000).area_km2 < strip(land.borders(), 5_000).area_km2
    assert strip(south.borders(), 5_000).by_province.keys() == {"AA-1"}


def test_an_exclave_beyond_foreign_land_counts_only_its_own_border() -> None:
    borders = scattered().borders()
    ring = strip(borders.of_section("exclaves"), 500)
    # inside a square of 3 km, and round one of 2 km
    assert ring.area_km2 == pytest.approx(3**2 - 2**2 + 8 * 0.5 + np.pi * 0.25, rel=5e-3)
    # the mainland's border is 9 km from the exclave of the claimed side
    deep = strip(borders.of_section("mainland"), 12_000)
    everything = strip(borders, 12_000)
    assert deep.area_km2 < everything.area_km2


# Laws -----------------------------------------------------------------------------------------


@given(winding_neighbours(), DEPTHS_M, DEPTHS_M)
@FEW
def test_deeper_is_never_smaller_and_never_more_than_the_land(
    land: Neighbours, one_m: float, other_m: float
) -> None:
    borders = land.borders()
    shallow, deep = (strip(borders, depth_m) for depth_m in sorted((one_m, other_m)))
    assert shallow.area_km2 <= deep.area_km2 * (1 + 1e-12)
    assert deep.area_km2 <= held_km2(land) * (1 + 1e-9)


@given(winding_neighbours())
@FEW
def test_as_deep_as_can_be_is_the_province(land: Neighbours) -> None:
    found = strip(land.borders(), DEEPEST_M)
    assert found.by_province == pytest.approx(
        {code: geodesic_area_km2(polygon) for code, polygon in land.provinces.items()}, rel=1e-8
    )
    assert found.inner_edge_km == pytest.approx(dict.fromkeys(land.provinces, 0.0))


@given(winding_neighbours(), DEPTHS_M)
@FEW
def test_parts_add_up_to_the_whole_to_a_square_metre(land: Neighbours, depth_m: float) -> None:
    borders = land.borders()
    found = strip(borders, depth_m)
    assert sum(found.by_province.values()) == pytest.approx(found.area_km2, abs=1e-6)
    united = shapely.union_all(list(strip_polygons(borders, depth_m).values()))
    assert geodesic_area_km2(united) == pytest.approx(found.area_km2, abs=1e-6, rel=1e-7)


def test_a_strip_with_corners_on_the_antimeridian_is_put_together() -> None:
    anchor = Anchor(lon=179.999, lat=0.0)
    ours = [(0, 0), (0, 3), (0, 6), (0.1112, 9), (12, 9), (12, 0), (0.1112, 0)]
    theirs = [(0, 0), (0, 3), (0, 6), (0.1112, 9), (-1.5, 9), (-1.5, 0)]
    borders = Neighbours(
        provinces={"AA-1": anchor.polygon(ours)}, neighbour=anchor.polygon(theirs)
    ).borders()
    land = strip_polygons(borders, 112.0)["AA-1"]
    assert geodesic_area_km2(land) == pytest.approx(strip(borders, 112.0).area_km2, rel=1e-6)


@given(winding_neighbours(), DEPTHS_M)
@FEW
def test_polygons_are_the_land_that_was_measured(land: Neighbours, depth_m: float) -> None:
    borders = land.borders()
    polygons = strip_polygons(borders, depth_m)
    measured = strip(borders, depth_m).by_province
    assert {code: geodesic_area_km2(polygon) for code, polygon in polygons.items()} == (
        pytest.approx(measured, rel=1e-6, abs=1e-4)
    )
    for code, polygon in polygons.items():
        outside = shapely.difference(polygon, borders.land[code])
        assert geodesic_area_km2(multipolygon(outside)) < 1e-4


@given(winding_neighbours(anchor=Anchor(lon=0, lat=51.5)), LONGITUDES, DEPTHS_M)
@example(side_by_side(Anchor(lon=0, lat=51.5), cuts=[2]), 179.95, 5_000.0)
@example(side_by_side(Anchor(lon=0, lat=51.5), cuts=[2]), -179.99, 5_000.0)
@FEW
def test_a_strip_does_not_depend_on_longitude(land: Neighbours, lon: float, depth_m: float) -> None:
    def moved(polygon: shapely.MultiPolygon) -> shapely.MultiPolygon:
        return cut_at_antimeridian(shifted(polygon, lon))

    # short edges: where the antimeridian cuts a long one it becomes two other geodesics
    fine = land.changed(lambda polygon: multi(shapely.segmentize(polygon, 0.01)))
    assume(fine.changed(moved).neighbour.is_valid)
    assert strip(fine.changed(moved).borders(), depth_m).area_km2 == pytest.approx(
        strip(fine.borders(), depth_m).area_km2, rel=1e-6
    )


@given(winding_neighbours(), DEPTHS_M, st.integers(1, 5))
@FEW
def test_a_strip_does_not_depend_on_how_rings_are_written(
    land: Neighbours, depth_m: float, by: int
) -> None:
    # trap 7
    expected = strip(land.borders(), depth_m).by_province
    turned = land.changed(reversed_rings)
    started = land.changed(lambda polygon: rotated_rings(polygon, by))
    assert strip(turned.borders(), depth_m).by_province == pytest.approx(expected, rel=1e-9)
    assert strip(started.borders(), depth_m).by_province == pytest.approx(expected, rel=1e-9)


@given(winding_neighbours(), DEPTHS_M)
@FEW
def test_a_strip_does_not_depend_on_vertices_put_into_edges(
    land: Neighbours, depth_m: float
) -> None:
    # the vertices lie on straight lines, metres from the geodesic of an edge of 12 km
    dense = land.changed(lambda polygon: multi(shapely.segmentize(polygon, 0.003)))
    assert strip(dense.borders(), depth_m).area_km2 == pytest.approx(
        strip(land.borders(), depth_m).area_km2, rel=5e-4
    )


@given(winding_neighbours(), st.floats(1, 9_000))
@FEW
def test_the_depth_for_an_area_undoes_the_strip_to_its_tolerance(
    land: Neighbours, depth_m: float
) -> None:
    borders = land.borders()
    found = strip(borders, depth_m)
    assume(found.darea_ddepth_km2_per_m > 1e-4)  # where all land is taken no depth is the one
    assert depth_for_area(borders, found.area_km2) == pytest.approx(depth_m, abs=DEPTH_TOLERANCE_M)


@given(winding_neighbours(), st.floats(1e-6, 0.999))
@FEW
def test_the_strip_undoes_the_depth_for_an_area(land: Neighbours, share: float) -> None:
    borders = land.borders()
    area_km2 = share * borders.held_km2
    found = strip(borders, depth_for_area(borders, area_km2))
    assert found.area_km2 == pytest.approx(area_km2, abs=1e-6)  # to a square metre


@given(winding_neighbours(), st.floats(5, 9_000))
@FEW
def test_the_area_grows_by_the_length_of_the_inner_edge(land: Neighbours, depth_m: float) -> None:
    # the co-area formula, against a difference over 2 m
    borders = land.borders()
    below, here, above = (strip(borders, depth_m + off) for off in (-1.0, 0.0, 1.0))
    # an edge appears or ends where a front reaches a corner: the slope lies between those around
    slopes = [one.darea_ddepth_km2_per_m for one in (below, here, above)]
    slope = (above.area_km2 - below.area_km2) / 2
    slack = 2e-3 * max(slopes) + 1e-9
    assert min(slopes) - slack <= slope <= max(slopes) + slack


@given(winding_neighbours(), DEPTHS_M)
@settings(max_examples=25)
def test_a_strip_is_that_of_tiles_in_an_equidistant_projection(
    land: Neighbours, depth_m: float
) -> None:
    borders = land.borders()
    line = shapely.union_all([line.line for line in borders.lines])
    assume(max(abs(x) for x in line.bounds[::2]) < 179)  # the tiles know no antimeridian
    whole = multi(shapely.union_all(list(land.provinces.values())))
    expected = tiled_strip_km2(line, whole, depth_m, tile_degrees=0.15)
    assert strip(borders, depth_m).area_km2 == pytest.approx(expected, rel=2e-4)


def test_the_border_of_an_island_world_is_that_of_its_islands() -> None:
    # forty islands before the coast, none of which touches the neighbour
    land = side_by_side()
    islands = [Anchor().polygon(square(16 + 2 * (i % 8), 4 * (i // 8), 1)) for i in range(40)]
    many = replace(
        land, provinces={"AA-1": multi(shapely.union_all([land.provinces["AA-1"], *islands]))}
    )
    assert strip(many.borders(), 10_000).area_km2 == pytest.approx(
        strip(land.borders(), 10_000).area_km2, rel=1e-5
    )
    assert strip(many.borders(), 60_000).area_km2 == pytest.approx(held_km2(many), rel=1e-6)


# Traps ----------------------------------------------------------------------------------------


def test_a_single_sided_buffer_is_not_a_strip() -> None:
    # trap 6: on a winding border it is too large, too small or no polygon at all
    land = along(jagged())
    borders = land.borders()
    local = LocalProjection.around(land.provinces["AA-1"])
    line = local.to_metres(shapely.line_merge(borders.lines[0].line))
    expected_km2 = strip(borders, 2_000).area_km2
    for sign in (1, -1):
        side_km2 = line.buffer(sign * 2_000, single_sided=True).area / 1e6
        assert side_km2 / expected_km2 > 1.05


def test_a_simplified_border_has_a_smaller_strip() -> None:
    # trap 8
    land = along(jagged())
    areas_km2 = [strip(land.borders(), 200).area_km2]
    for tolerance in (0.002, 0.01):
        ours, theirs = shapely.coverage_simplify(
            [land.provinces["AA-1"], land.neighbour], tolerance, simplify_boundary=False
        )
        simple = Neighbours(provinces={"AA-1": multi(ours)}, neighbour=multi(theirs))
        areas_km2.append(strip(simple.borders(), 200).area_km2)
    assert np.array(areas_km2) / areas_km2[0] == pytest.approx([1, 0.976, 0.549], abs=0.005)


def test_degrees_are_not_metres() -> None:
    # trap 1: degrees times 111.32 km either way
    land = side_by_side(Anchor(lat=40)).provinces["AA-1"]
    flat_km2 = land.area * 111.32**2
    assert flat_km2 / geodesic_area_km2(land) == pytest.approx(1.30, abs=0.01)


# Limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth_m", [0.0, -1.0, float("nan"), float("inf"), DEEPEST_M * 1.0001])
def test_a_depth_that_cannot_be_measured_is_refused(depth_m: float) -> None:
    with pytest.raises(GeometryError, match="cannot be measured"):
        strip(side_by_side().borders(), depth_m)


def test_a_depth_just_beyond_the_deepest_is_told_in_full() -> None:
    with pytest.raises(GeometryError, match=r"a depth of 100,000\.1 m .* at most 100,000 m"):
        strip(side_by_side().borders(), DEEPEST_M + 0.1)


def test_a_depth_below_what_coordinates_hold_is_refused() -> None:
    # coordinates in metres are good to nanometres: a strip thinner than a micrometre is noise
    with pytest.raises(GeometryError, match="cannot be measured"):
        strip(side_by_side().borders(), 1e-9)


@pytest.mark.parametrize("area_km2", [0.0, -1.0, float("nan"), float("inf")])
def test_an_area_that_is_none_is_refused(area_km2: float) -> None:
    with pytest.raises(GeometryError, match="has no strip"):
        depth_for_area(side_by_side().borders(), area_km2)


def test_an_area_beyond_the_land_is_refused_with_how_much_there_is() -> None:
    borders = side_by_side().borders()
    with pytest.raises(GeometryError, match=r"more than AA-1 hold behind this border \(299"):
        depth_for_area(borders, 400)


def test_an_area_beyond_the_deepest_strip_is_refused() -> None:
    # the land goes on for 200 km
    line = [(0.0, north) for north in np.arange(0, 81, 20.0)]
    anchor = Anchor()
    borders = Neighbours(
        provinces={"AA-1": anchor.polygon([*line, (200, 80), (200, 0)])},
        neighbour=anchor.polygon([*line, (-50, 80), (-50, 0)]),
    ).borders()
    assert depth_for_area(borders, 80 * 90) == pytest.approx(90_000, rel=0.01)
    with pytest.raises(GeometryError, match="within 100 km of this border"):
        depth_for_area(borders, 80 * 110)


def test_a_search_that_does_not_end_says_so_and_not_that_there_is_too_little_land(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bordermap.footprints.strip.MOST_EVALUATIONS", 1)
    borders = side_by_side(east_km=[0, 1, -1, 0.5, 0]).borders()
    with pytest.raises(GeometryError, match=r"no depth found whose strip has 123\.4 km²: between"):
        depth_for_area(borders, 123.4)


def test_the_last_of_the_land_has_a_depth() -> None:
    borders = side_by_side().borders()
    for share in (0.999999, 1 - 1e-9, 1.0):
        depth_m = depth_for_area(borders, share * borders.held_km2)
        assert 14_990 < depth_m < 15_200
        assert strip(borders, depth_m).area_km2 == pytest.approx(borders.held_km2, rel=1e-5)


@pytest.mark.parametrize("share", [0.2, 0.4999, 0.5, 0.5001, 0.7, 0.98, 0.99, 0.9999])
def test_a_depth_is_found_where_the_inner_edge_jumps(share: float) -> None:
    # land between two borders 10 km apart, with one bay 40 km deep: at 5 km most of it is taken
    anchor = Anchor()
    ours = anchor.polygon(
        [(0, 0), (0, 60), (10, 60), (10, 40), (50, 40), (50, 38), (10, 38), (10, 0)]
    )
    theirs = [
        anchor.polygon([(0, 0), (0, 60), (-20, 60), (-20, 0)]),
        anchor.polygon([(10, 60), (10, 40), (30, 60)]),
    ]
    borders = Neighbours(
        provinces={"AA-1": ours}, neighbour=multi(shapely.union_all(theirs))
    ).borders()
    area_km2 = share * borders.held_km2
    assert strip(borders, depth_for_area(borders, area_km2)).area_km2 == pytest.approx(
        area_km2, abs=1e-6
    )


@pytest.mark.parametrize("area_km2", [500.0, 641.0, 900.0, 2_000.0, 5_500.0])
def test_a_depth_is_found_where_the_strip_reaches_wide_land_behind_narrow(area_km2: float) -> None:
    # a neck 2 km wide and 8 km long, then land 80 km wide: the slope grows by forty times
    anchor = Anchor()
    neck = [(0, 0), (8, 0), (8, -40), (90, -40), (90, 40), (8, 40), (8, 2), (0, 2)]
    borders = Neighbours(
        provinces={"AA-1": anchor.polygon(neck)},
        neighbour=anchor.polygon([(0, 0), (0, 2), (-5, 2), (-5, 0)]),
    ).borders()
    depth_m = depth_for_area(borders, area_km2)
    assert strip(borders, depth_m).area_km2 == pytest.approx(area_km2, abs=1e-6)


@pytest.mark.parametrize("depth_m", [0.5, 1.0, 7_999.99, 8_000.0, 8_000.01, 8_003.0, 8_250.0])
def test_a_depth_is_found_where_the_first_guess_is_right_or_just_before_a_jump(
    depth_m: float,
) -> None:
    anchor = Anchor()
    neck = [(0, 0), (8, 0), (8, -40), (90, -40), (90, 40), (8, 40), (8, 2), (0, 2)]
    borders = Neighbours(
        provinces={"AA-1": anchor.polygon(neck)},
        neighbour=anchor.polygon([(0, 0), (0, 2), (-5, 2), (-5, 0)]),
    ).borders()
    area_km2 = strip(borders, depth_m).area_km2
    assert depth_for_area(borders, area_km2) == pytest.approx(depth_m, abs=DEPTH_TOLERANCE_M)


def test_a_length_is_geodesic_all_along() -> None:
    borders = side_by_side(east_km=[0, 3, -2, 4, 0]).borders()
    assert borders.length_km == pytest.approx(
        sum(geodesic_length_km(line.line) for line in borders.lines), rel=1e-12
    )
