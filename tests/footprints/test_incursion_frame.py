"""Where an incursion starts and which way is inward, and its polygons."""

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings

from bordermap.areas import geodesic_area_km2, geodesic_length_km
from bordermap.boundaries import Borders
from bordermap.errors import GeometryError
from bordermap.footprints.incursion_frame import STEP_M, IncursionFrame
from bordermap.footprints.profile import HALF_ELLIPSE
from bordermap.footprints.surroundings import nearest_border
from tests.oracles import swept_km2
from tests.shapes import (
    Anchor,
    Neighbours,
    along,
    cut_at_antimeridian,
    jagged,
    multi,
    reversed_rings,
    scattered,
    shifted,
    side_by_side,
    square,
    with_hole,
)
from tests.strategies import anchors, winding_neighbours

FEW = settings(max_examples=25)
FRONTS_M, PLACE_DEPTHS_M, FILLS = st.floats(200, 9_000), st.floats(50, 6_000), st.floats(0.5, 1)


def area_km2(
    borders: Borders, place: shapely.Point, *, front_m: float, depth_m: float, fill: float = 1.0
) -> float:
    frame = IncursionFrame.at(place, borders, widest_m=front_m, deepest_m=depth_m)
    polygons = frame.polygons(front_m=front_m, depth_m=depth_m, fill=fill)
    return sum(geodesic_area_km2(polygon) for polygon in polygons.values())


@pytest.mark.parametrize("fill", [0.5, 0.6, HALF_ELLIPSE, 0.9, 1.0])
@pytest.mark.parametrize("lat", [-50.0, 0.0, 40.0, 70.0])
def test_over_a_straight_border_the_area_is_fill_times_front_times_depth(
    lat: float, fill: float
) -> None:
    anchor = Anchor(lat=lat)
    borders = side_by_side(anchor).borders()
    found = area_km2(borders, anchor.point(2, 10), front_m=4_000, depth_m=3_000, fill=fill)
    assert found == pytest.approx(fill * 12, rel=2e-3)


@given(anchors(), FRONTS_M, PLACE_DEPTHS_M, FILLS)
@example(Anchor(lon=0.0, lat=0.0), 201.0, 50.0, 0.9375)
@example(Anchor(lon=0.0, lat=0.0), 230.0, 50.0, 0.98)
@FEW
def test_it_does_not_matter_where_on_the_globe_the_place_is(
    anchor: Anchor, front_m: float, depth_m: float, fill: float
) -> None:
    borders = side_by_side(anchor).borders()
    found = area_km2(borders, anchor.point(1, 10), front_m=front_m, depth_m=depth_m, fill=fill)
    # a profile that is all but a rectangle falls off within the outermost slices that are drawn
    assert found == pytest.approx(fill * front_m * depth_m / 1e6, rel=7e-3)


@pytest.mark.parametrize("east_km", [-5.0, -0.5, 0.0, 0.5, 5.0])
def test_inward_is_towards_the_claimed_land_from_whichever_side_the_place_is(
    east_km: float,
) -> None:
    borders = side_by_side().borders()
    place = Anchor().point(east_km, 10)
    frame = IncursionFrame.at(place, borders, widest_m=3_000, deepest_m=2_000)
    land = frame.polygons(front_m=3_000, depth_m=2_000, fill=1)["AA-1"]
    assert geodesic_area_km2(land) == pytest.approx(6, rel=1e-3)
    assert shapely.covers(shapely.buffer(borders.land["AA-1"], 1e-7), land)


@pytest.mark.parametrize("side", [1, -1], ids=["east", "west"])
def test_inward_is_towards_the_claimed_land_however_narrow_it_is(side: int) -> None:
    anchor = Anchor()
    ours, theirs = (
        anchor.polygon([(0, 0), (0, 20), (across_km, 20), (across_km, 0)])
        for across_km in (0.15 * side, -5 * side)
    )
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    found = area_km2(borders, anchor.point(0, 10), front_m=3_000, depth_m=500)
    assert found == pytest.approx(3 * 0.15, rel=5e-3)


@given(winding_neighbours(), FRONTS_M, PLACE_DEPTHS_M, FILLS, st.floats(1, 8))
@FEW
def test_an_incursion_lies_inside_the_provinces_and_starts_at_the_border(
    land: Neighbours, front_m: float, depth_m: float, fill: float, north_km: float
) -> None:
    borders = land.borders()
    line = shapely.union_all([line.line for line in borders.lines])
    west, south, _, north = line.bounds
    place = shapely.Point(west, south + (north - south) * north_km / 9)
    frame = IncursionFrame.at(place, borders, widest_m=front_m, deepest_m=depth_m)
    polygons = frame.polygons(front_m=front_m, depth_m=depth_m, fill=fill)
    for code, polygon in polygons.items():
        assert shapely.covers(shapely.buffer(borders.land[code], 1e-6), polygon)
    whole = shapely.union_all(list(polygons.values()))
    if not whole.is_empty:
        assert shapely.distance(whole, line) < 1e-5
    assert geodesic_area_km2(whole) <= fill * front_m * depth_m / 1e6 * 1.01 or (
        len(frame.starts_m) > 1  # a border that doubles back is swept more than once
    )


@given(winding_neighbours(), FRONTS_M, PLACE_DEPTHS_M, FILLS)
@FEW
def test_deeper_fuller_and_wider_is_never_smaller(
    land: Neighbours, front_m: float, depth_m: float, fill: float
) -> None:
    borders = land.borders()
    line = shapely.union_all([line.line for line in borders.lines])
    place = shapely.Point(shapely.get_coordinates(line)[1])
    frame = IncursionFrame.at(place, borders, widest_m=1.2 * front_m, deepest_m=1.5 * depth_m)

    def area(front_m: float, depth_m: float, fill: float) -> float:
        polygons = frame.polygons(front_m=front_m, depth_m=depth_m, fill=fill)
        return sum(geodesic_area_km2(polygon) for polygon in polygons.values())

    here = area(front_m, depth_m, fill)
    slack = 1 + 2e-3  # the profile is drawn in slices
    assert area(front_m, 1.5 * depth_m, fill) * slack >= here
    assert area(front_m, depth_m, min(1.0, fill + 0.2)) * slack >= here
    assert area(1.2 * front_m, depth_m, fill) * slack >= here


@pytest.mark.parametrize("turns", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("front_m", "depth_m"), [(2_000, 500), (4_000, 1_000), (8_000, 3_000), (4_000, 200)]
)
def test_a_winding_border_sweeps_what_points_on_a_grid_say(
    turns: int, front_m: float, depth_m: float
) -> None:
    borders = along(jagged(turns)).borders()
    frame = IncursionFrame.at(Anchor().point(1, 8), borders, widest_m=front_m, deepest_m=depth_m)
    polygons = frame.polygons(front_m=front_m, depth_m=depth_m, fill=HALF_ELLIPSE)
    found = sum(geodesic_area_km2(polygon) for polygon in polygons.values())
    expected = swept_km2(frame, front_m=front_m, depth_m=depth_m, exponent=2.0)
    assert found == pytest.approx(expected, rel=0.01)


def test_a_place_at_the_tip_of_a_spur_has_the_land_on_both_sides_of_it() -> None:
    # a spur of foreign land 200 m wide: the border comes back to where it came from
    line = [(0, 0), (0, 9.9), (5, 9.99), (5, 10.01), (0, 10.1), (0, 20)]
    borders = along(line).borders()
    place = Anchor().point(5.2, 10)
    found = area_km2(borders, place, front_m=4_000, depth_m=800, fill=1)
    assert found == pytest.approx(4 / 2 * 0.8, rel=0.1)


def test_a_front_longer_than_the_border_ends_with_it() -> None:
    # land goes on north and south of where the border ends
    ours = Anchor().polygon([(0, 0), (0, 4), (-0.001, 20), (20, 20), (20, -20), (0, -20)])
    theirs = Anchor().polygon([(0, 0), (0, 4), (-10, 4), (-10, 0)])
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    found = area_km2(borders, Anchor().point(1, 2), front_m=12_000, depth_m=1_000, fill=1)
    assert found == pytest.approx(4, rel=5e-3)


def test_a_depth_beyond_the_land_ends_with_it() -> None:
    borders = side_by_side().borders()
    found = area_km2(borders, Anchor().point(1, 10), front_m=4_000, depth_m=40_000)
    assert found == pytest.approx(4 * 15, rel=5e-3)


def test_a_move_along_the_border_moves_the_land() -> None:
    borders = side_by_side(cuts=[2]).borders()
    frame = IncursionFrame.at(Anchor().point(1, 10), borders, widest_m=9_000, deepest_m=1_000)
    areas = [
        frame.polygons(front_m=2_000, depth_m=1_000, fill=1, shift_m=shift_m)
        for shift_m in (-3_000, 0, 3_000)
    ]
    assert [len(one) for one in areas] == [1, 2, 1]
    assert {*areas[0], *areas[2]} == {"AA-1", "AA-2"}


def test_the_ring_of_an_exclave_can_be_started_from_at_any_place() -> None:
    theirs = Anchor().polygon(square(20, 20, 6))
    ours = with_hole(Anchor().polygon(square(0, 0, 50)), theirs)
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    for east_km, north_km in ((19, 23), (27, 23), (23, 19), (23, 27)):
        place = Anchor().point(east_km, north_km)
        assert area_km2(borders, place, front_m=3_000, depth_m=1_000) == pytest.approx(3, rel=5e-3)


def test_a_front_may_lie_across_the_place_where_a_ring_begins() -> None:
    # ours inside theirs, all but a circle of 2 km: every side of it is like every other
    angles = 2 * np.pi * np.arange(60) / 60
    ours = Anchor().polygon(np.column_stack((20 + 2 * np.cos(angles), 20 + 2 * np.sin(angles))))
    around = with_hole(Anchor().polygon(square(0, 0, 50)), ours)
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=around).borders()
    for angle in angles[::3]:
        place = Anchor().point(20 + 2.1 * np.cos(angle), 20 + 2.1 * np.sin(angle))
        frame = IncursionFrame.at(place, borders, widest_m=2_000, deepest_m=500)
        land = frame.polygons(front_m=2_000, depth_m=500, fill=1)["AA-1"]
        assert geodesic_area_km2(land) == pytest.approx(1, rel=5e-3)
        assert shapely.distance(land, place) < 0.002  # the place is 100 m off


def test_columns_divide_the_front_evenly_from_its_middle() -> None:
    borders = side_by_side().borders()
    frame = IncursionFrame.at(Anchor().point(1, 10), borders, widest_m=4_000, deepest_m=1_000)
    assert frame.columns_m == pytest.approx(-frame.columns_m[::-1])
    assert np.diff(frame.columns_m) == pytest.approx(STEP_M)
    assert frame.columns_m[-1] >= 2_000 > frame.columns_m[-2]
    assert frame.column(frame.columns_m).tolist() == list(range(len(frame.columns_m)))
    assert frame.column(np.array([-9e3, 9e3])).tolist() == [0, len(frame.columns_m) - 1]


def test_a_border_is_crossed_as_often_as_it_comes_by() -> None:
    straight = side_by_side().borders()
    # from 8 to 12 km it goes back and forth: three crossings of the columns between
    folded = along([(0, 0), (0, 12), (2, 8), (4, 8), (4, 20)]).borders()
    crossed = [
        IncursionFrame.at(Anchor().point(*place), borders, widest_m=16_000, deepest_m=500).starts_m
        for place, borders in (((1, 10), straight), ((1, 10), folded))
    ]
    assert [len(starts) for starts in crossed] == [1, 3]
    assert not np.isnan(crossed[0]).any()
    rises = np.diff(crossed[1], axis=0)
    assert (rises[~np.isnan(rises)] > 0).all()


def test_a_front_longer_than_the_ring_of_an_exclave_stays_in_the_exclave() -> None:
    ours = Anchor().polygon(square(20, 20, 2))
    around = with_hole(Anchor().polygon(square(0, 0, 50)), ours)
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=around).borders()
    found = area_km2(borders, Anchor().point(21, 21), front_m=20_000, depth_m=10_000)
    assert found == pytest.approx(4, rel=5e-3)


@pytest.mark.parametrize("lon", [179.99, -179.99, 179.8])
def test_a_place_beside_the_antimeridian_is_like_any_other(lon: float) -> None:
    land = side_by_side(Anchor(lon=0, lat=60), east_km=[0, 0.4, -0.3, 0.2, 0], cuts=[2])
    here = land.changed(lambda polygon: multi(shapely.segmentize(polygon, 0.01)))
    there = here.changed(lambda polygon: cut_at_antimeridian(shifted(polygon, lon)))
    place = Anchor(lon=lon, lat=60).point(1, 10)
    found = area_km2(there.borders(), place, front_m=5_000, depth_m=2_000, fill=0.8)
    expected = area_km2(
        here.borders(), Anchor(lon=0, lat=60).point(1, 10), front_m=5_000, depth_m=2_000, fill=0.8
    )
    assert found == pytest.approx(expected, rel=1e-5)


def test_rings_written_the_other_way_round_give_the_same_land() -> None:
    # trap 7
    land = along(jagged(3), cuts=[20])
    place = Anchor().point(1, 8)
    here = area_km2(land.borders(), place, front_m=4_000, depth_m=1_000, fill=0.7)
    turned = land.changed(reversed_rings).borders()
    assert area_km2(turned, place, front_m=4_000, depth_m=1_000, fill=0.7) == pytest.approx(
        here, rel=1e-6
    )


def test_the_nearest_border_counts_whichever_section_it_is_of() -> None:
    borders = scattered().borders()
    # two kilometres from the exclave's ring, ten from the mainland
    near_exclave = area_km2(borders, Anchor().point(10.9, 12.4), front_m=1_000, depth_m=500)
    assert near_exclave == pytest.approx(0.5, rel=0.01)


def test_the_nearest_border_is_the_foot_on_the_line_and_none_is_nearer() -> None:
    borders, place = along(jagged(3)).borders(), Anchor().point(1.5, 9.3)
    foot = nearest_border(place, borders, reach_m=20_000)
    found_m = geodesic_length_km(shapely.LineString([place, foot])) * 1e3
    line = shapely.segmentize(shapely.union_all([one.line for one in borders.lines]), 1e-3)
    points = [shapely.Point(one) for one in shapely.get_coordinates(line)]
    every_m = [geodesic_length_km(shapely.LineString([place, point])) * 1e3 for point in points]
    assert found_m == pytest.approx(min(every_m), rel=1e-3)
    assert shapely.distance(line, foot) < 1e-6


@given(st.floats(100, 3_000), st.floats(0.05, 0.9))
@FEW
def test_incursions_into_two_provinces_add_up(front_m: float, share: float) -> None:
    # trap 14: a place near the line between two provinces
    place = Anchor().point(0.5, 10 + (share - 0.5) * front_m / 1e3)
    parts, whole = side_by_side(cuts=[2]).borders(), side_by_side().borders()
    found = area_km2(parts, place, front_m=front_m, depth_m=500, fill=0.7)
    assert found == pytest.approx(
        area_km2(whole, place, front_m=front_m, depth_m=500, fill=0.7), rel=1e-6, abs=1e-6
    )


# Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("widest_m", "deepest_m"),
    [(0, 100), (100, 0), (-1, 100), (100_001, 100), (100, 50_001), (float("nan"), 100)],
)
def test_a_front_or_depth_out_of_range_is_refused(widest_m: float, deepest_m: float) -> None:
    with pytest.raises(GeometryError, match="cannot be measured"):
        IncursionFrame.at(
            Anchor().point(1, 10),
            side_by_side().borders(),
            widest_m=widest_m,
            deepest_m=deepest_m,
        )


def test_as_wide_and_deep_as_is_allowed_is_measured() -> None:
    frame = IncursionFrame.at(
        Anchor().point(1, 10), side_by_side().borders(), widest_m=100_000, deepest_m=50_000
    )
    assert np.abs(frame.columns_m[[0, -1]]).min() >= 50_000
    assert frame.depths_m[-1] >= 50_000


@pytest.mark.parametrize("place", [(200, 10), (-200, 10), (0, 300)])
def test_a_place_far_from_any_border_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(GeometryError, match=r"no border within .* check the site"):
        IncursionFrame.at(
            Anchor().point(*place), side_by_side().borders(), widest_m=5_000, deepest_m=5_000
        )


def test_a_place_at_a_very_short_border_is_measured() -> None:
    ours = Anchor().polygon([(0, 0), (0, 0.01), (10, 10), (10, -10)])
    theirs = Anchor().polygon([(0, 0), (0, 0.01), (-10, 10), (-10, -10)])
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    found = area_km2(borders, Anchor().point(1, 0), front_m=2_000, depth_m=1_000)
    assert 0 < found < 0.02
