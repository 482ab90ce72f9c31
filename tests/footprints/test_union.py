"""Land that several footprints share counts once: rasters give the second opinion."""

from collections.abc import Sequence

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from numpy.typing import NDArray

from bordermap.areas import geodesic_area_km2
from bordermap.footprints.caps import CapFrame, Caps
from bordermap.footprints.incursion_frame import IncursionFrame
from bordermap.footprints.incursions import Incursions
from bordermap.footprints.union import (
    TOGETHER,
    DrawnFootprints,
    near_one_another,
    union_areas_km2,
)
from bordermap.projection import LocalProjection
from tests.shapes import Anchor, along, jagged, side_by_side

BORDERS = side_by_side(cuts=[2]).borders()
JAGGED = along(jagged(3)).borders()
PROVINCES = ("AA-1", "AA-2")


def rectangle(north_km: float, *, front_m: float, depth_m: float) -> Incursions:
    frame = IncursionFrame.at(
        Anchor().point(0.5, north_km), BORDERS, widest_m=front_m, deepest_m=depth_m
    )
    one = np.ones(1)
    return Incursions(
        frame=frame, front_m=front_m * one, depth_m=depth_m * one, fill=one, shift_m=0 * one
    )


def disc(east_km: float, north_km: float, radius_m: float) -> Caps:
    frame = CapFrame.at(Anchor().point(east_km, north_km), BORDERS, widest_m=radius_m, move_m=0)
    return Caps(frame=frame, radius_m=np.array([radius_m]), east_m=np.zeros(1), north_m=np.zeros(1))


def together(drawn: Sequence[DrawnFootprints]) -> NDArray[np.float64]:
    neighbours = near_one_another([one.frame for one in drawn])
    return union_areas_km2(drawn, neighbours=neighbours, provinces=PROVINCES)


def polygons_of(one: DrawnFootprints) -> list[shapely.MultiPolygon]:
    if isinstance(one, Incursions):
        drawn = one.frame.polygons(
            front_m=float(one.front_m[0]),
            depth_m=float(one.depth_m[0]),
            fill=float(one.fill[0]),
            shift_m=float(one.shift_m[0]),
        )
    elif isinstance(one, Caps):
        drawn = one.frame.polygons(radius_m=float(one.radius_m[0]))
    return list(drawn.values())


def rastered_km2(drawn: Sequence[DrawnFootprints], step_m: float = 20.0) -> float:
    """Return the area of the union from points on a grid."""
    polygons = [polygon for one in drawn for polygon in polygons_of(one)]
    bounds = np.array([polygon.bounds for polygon in polygons])
    local = LocalProjection(lon=float(bounds[:, 0].mean()), lat=float(bounds[:, 1].mean()))
    corners = local.project(np.vstack((bounds[:, :2], bounds[:, 2:])))
    x = np.arange(corners[:, 0].min() - 500, corners[:, 0].max() + 500, step_m)
    y = np.arange(corners[:, 1].min() - 500, corners[:, 1].max() + 500, step_m)
    grid = local.unproject(np.column_stack([part.ravel() for part in np.meshgrid(x, y)]))
    inside = np.zeros(len(grid), dtype=np.bool_)
    for polygon in polygons:
        shapely.prepare(polygon)
        inside |= shapely.contains_xy(polygon, *grid.T)
    return float(inside.sum()) * step_m**2 / 1e6


def test_two_rectangles_half_over_one_another_count_their_common_half_once() -> None:
    drawn = [
        rectangle(9, front_m=4_000, depth_m=2_000),
        rectangle(11, front_m=4_000, depth_m=2_000),
    ]
    found = together(drawn)
    assert found.sum() == pytest.approx(6 * 2, rel=0.01)
    assert found.sum() == pytest.approx(rastered_km2(drawn), rel=0.01)


def test_the_same_land_twice_or_five_times_is_that_land() -> None:
    for count in (2, 5):
        drawn = [rectangle(10, front_m=4_000, depth_m=2_000) for _ in range(count)]
        assert together(drawn).sum() == pytest.approx(8, rel=1e-6)
        assert together([disc(6, 10, 2_000) for _ in range(count)]).sum() == pytest.approx(
            4 * np.pi, rel=1e-3
        )


@given(st.floats(0, 6))
@settings(max_examples=20)
def test_two_discs_are_twice_a_disc_without_their_lens(apart_km: float) -> None:
    drawn = [disc(6, 10, 2_000), disc(6 + apart_km, 10, 2_000)]
    half = min(apart_km / 4, 1.0)
    lens = 8 * np.arccos(half) - apart_km * np.sqrt(max(4 - apart_km**2 / 4, 0)) if half < 1 else 0
    assert together(drawn).sum() == pytest.approx(8 * np.pi - lens, rel=0.015)


@pytest.mark.parametrize("apart_m", [0.0, 5.0, 30.0])
def test_land_drawn_from_sites_far_apart_is_known_for_the_same_to_decimetres(
    apart_m: float,
) -> None:
    # two discs of 5 m, drawn from sites 12 km apart, either moved by half of the way
    frames = [
        CapFrame.at(Anchor().point(3, north), BORDERS, widest_m=5, move_m=8_000)
        for north in (4, 16)
    ]
    middle = Anchor().point(3.5, 10.5)
    moves = [
        frame.in_frame(frame.projection.project(np.array([middle.coords[0]])))[0]
        + (number * apart_m, 0)
        for number, frame in enumerate(frames)
    ]
    drawn = [
        Caps(frame=frame, radius_m=np.array([5.0]), east_m=move[:1], north_m=move[1:])
        for frame, move in zip(frames, moves, strict=True)
    ]
    half = min(apart_m / 10, 1.0)
    lens = 50 * np.arccos(half) - 50 * half * np.sqrt(1 - half**2)
    assert together(drawn).sum() * 1e6 == pytest.approx(50 * np.pi - lens, rel=0.03)


def test_discs_and_incursions_together_are_what_points_on_a_grid_say() -> None:
    drawn: list[DrawnFootprints] = [
        rectangle(8, front_m=5_000, depth_m=3_000),
        disc(2.5, 10.5, 2_500),
        disc(4, 8, 1_500),
    ]
    assert together(drawn).sum() == pytest.approx(rastered_km2(drawn), rel=0.015)


def crowded(seed: int) -> list[DrawnFootprints]:
    """Return four incursions from a jagged border, each over some of the others."""
    random = np.random.default_rng(seed)
    drawn: list[DrawnFootprints] = []
    for north_km in random.uniform(4, 15, 4):
        front_m, depth_m = random.uniform((2_000, 500), (6_000, 4_000))
        frame = IncursionFrame.at(
            Anchor().point(1, north_km), JAGGED, widest_m=front_m, deepest_m=depth_m
        )
        drawn.append(
            Incursions(
                frame=frame,
                front_m=np.array([front_m]),
                depth_m=np.array([depth_m]),
                fill=random.uniform(0.5, 1, 1),
                shift_m=np.zeros(1),
            )
        )
    return drawn


def test_incursions_from_a_jagged_border_are_what_points_on_a_grid_say() -> None:
    ratios = [together(drawn).sum() / rastered_km2(drawn) for drawn in map(crowded, range(8))]
    assert ratios == pytest.approx([1] * 8, abs=0.04)
    assert np.mean(ratios) == pytest.approx(1, abs=0.015)


def test_footprints_that_none_comes_near_are_measured_whole() -> None:
    drawn = [
        rectangle(3, front_m=2_000, depth_m=1_000),
        rectangle(17, front_m=2_000, depth_m=1_000),
    ]
    assert near_one_another([one.frame for one in drawn]) == [[], []]
    assert together(drawn).sum() == pytest.approx(4, rel=1e-9)


def test_a_union_is_given_by_province_and_adds_up() -> None:
    # trap 14: shared land beside the line of two provinces
    drawn: list[DrawnFootprints] = [
        rectangle(9.5, front_m=4_000, depth_m=2_000),
        disc(2, 10.5, 2_000),
    ]
    found = together(drawn)
    assert found.shape == (1, 2)
    polygons = [polygon for one in drawn for polygon in polygons_of(one)]
    expected = [
        geodesic_area_km2(shapely.union_all([*polygons]) & BORDERS.land[code]) for code in PROVINCES
    ]
    assert found[0] == pytest.approx(expected, rel=0.04)
    assert found.sum() == pytest.approx(sum(expected), rel=0.015)


def test_land_shared_in_some_draws_counts_once_in_those_alone() -> None:
    frames = [
        CapFrame.at(Anchor().point(east, 10), BORDERS, widest_m=2_000, move_m=3_000)
        for east in (6, 9)
    ]
    radii = np.array([1_000.0, 2_000.0, 1_000.0])
    east = np.array([[0.0, 1_000.0, 0.0], [0.0, -1_000.0, 3_000.0]])

    def discs(draws: slice) -> list[DrawnFootprints]:
        zero = np.zeros(3)[draws]
        return [
            Caps(frame=frame, radius_m=radii[draws], east_m=shift[draws], north_m=zero)
            for frame, shift in zip(frames, east, strict=True)
        ]

    alone = [together(discs(slice(number, number + 1))).sum() for number in range(3)]
    assert together(discs(slice(None))).sum(axis=1) == pytest.approx(alone, rel=1e-9)
    apart_km2 = 2 * np.pi
    assert alone[0] == pytest.approx(apart_km2, rel=0.01)
    assert alone[2] == pytest.approx(apart_km2, rel=0.01)
    # two circles of 2 km whose middles are 1 km apart, less their lens once
    lens_km2 = 2 * 4 * np.arccos(0.25) - 0.5 * np.sqrt(15)
    assert alone[1] == pytest.approx(2 * np.pi * 4 - lens_km2, rel=0.01)


def test_a_draw_is_what_it_would_be_alone_however_many_there_are() -> None:
    random = np.random.default_rng(5)
    count = 2 * TOGETHER + 7
    frames = [
        IncursionFrame.at(Anchor().point(1, north), JAGGED, widest_m=5_000, deepest_m=2_000)
        for north in (8, 10)
    ]
    every = [
        Incursions(
            frame=frame,
            front_m=random.uniform(500, 4_000, count),
            depth_m=random.uniform(300, 2_000, count),
            fill=random.uniform(0.5, 1, count),
            shift_m=random.uniform(-400, 400, count),
        )
        for frame in frames
    ]
    found = together(every)
    assert found.shape == (count, 2)
    for number in (0, TOGETHER - 1, TOGETHER, 2 * TOGETHER, count - 1):
        alone = together([one.of_draws(np.array([number])) for one in every])
        assert found[number] == pytest.approx(alone[0], rel=1e-9, abs=1e-12)


def test_the_order_of_footprints_does_not_matter() -> None:
    drawn: list[DrawnFootprints] = [
        rectangle(8, front_m=5_000, depth_m=3_000),
        disc(2.5, 10.5, 2_500),
        disc(4, 8, 1_500),
    ]
    assert together(drawn[::-1]).sum() == pytest.approx(together(drawn).sum(), rel=1e-9)


def test_one_more_footprint_is_never_less_land() -> None:
    drawn = [disc(5, 6 + north, 1_500 + 200 * north) for north in range(6)]
    sums = [together(drawn[: count + 1]).sum() for count in range(6)]
    assert (np.diff(sums) > -0.02 * np.array(sums[:-1])).all()


def test_no_footprint_is_no_land() -> None:
    assert union_areas_km2([], neighbours=[], provinces=PROVINCES).sum() == 0


@given(st.lists(st.floats(2, 18), min_size=2, max_size=4), st.integers(0, 1_000))
@settings(max_examples=25)
def test_footprints_that_share_land_in_a_draw_are_near_one_another(
    places_km: list[float], seed: int
) -> None:
    # a move along a winding border may carry land farther than the move is long
    random = np.random.default_rng(seed)
    frames = [
        IncursionFrame.at(Anchor().point(1, north_km), JAGGED, widest_m=3_000, deepest_m=1_000)
        for north_km in places_km
    ]
    near = near_one_another(frames)
    lands = [
        shapely.union_all(
            list(
                frame.polygons(
                    front_m=1_000,
                    depth_m=1_000,
                    fill=1,
                    shift_m=float(random.uniform(-1_000, 1_000)),
                ).values()
            )
        )
        for frame in frames
    ]
    for number, land in enumerate(lands):
        for other, there in enumerate(lands):
            if other != number and shapely.intersection(land, there).area > 0:
                assert other in near[number]
