"""Many incursions at once: what each polygon would be, without drawing it."""

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from numpy.typing import NDArray

from bordermap.areas import geodesic_area_km2
from bordermap.boundaries import Borders
from bordermap.footprints.incursion_frame import STEP_M, IncursionFrame
from bordermap.footprints.incursions import Incursions
from bordermap.footprints.profile import HALF_ELLIPSE, SLICES, mean_profile
from tests.shapes import Anchor, Neighbours, along, jagged, side_by_side
from tests.strategies import winding_neighbours

FEW = settings(max_examples=25)


def incursions(frame: IncursionFrame, *draws: tuple[float, float, float, float]) -> Incursions:
    """Return incursions of given front [m], depth [m], fill and shift [m]."""
    front_m, depth_m, fill, shift_m = np.array(draws, dtype=float).T
    return Incursions(frame=frame, front_m=front_m, depth_m=depth_m, fill=fill, shift_m=shift_m)


def drawn(count: int, *, front_m: float, depth_m: float, seed: int = 1) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    low, high = np.array([[0.3, 0.2, 0.5, -0.1], [1.0, 1.0, 1.0, 0.1]])
    draws: NDArray[np.float64] = random.uniform(low, high, (count, 4))
    return draws * (front_m, depth_m, 1, front_m)


def polygon_km2(
    frame: IncursionFrame, front_m: float, depth_m: float, fill: float, shift_m: float
) -> float:
    polygons = frame.polygons(front_m=front_m, depth_m=depth_m, fill=fill, shift_m=shift_m)
    return sum(geodesic_area_km2(polygon) for polygon in polygons.values())


@given(st.floats(200, 9_000), st.floats(10, 9_000), st.floats(0.5, 1), st.floats(-400, 400))
@FEW
def test_with_land_enough_an_area_is_fill_times_front_times_depth(
    front_m: float, depth_m: float, fill: float, shift_m: float
) -> None:
    borders = side_by_side().borders()
    frame = IncursionFrame.at(
        Anchor().point(1, 10), borders, widest_m=front_m + 800, deepest_m=depth_m
    )
    found = incursions(frame, (front_m, depth_m, fill, shift_m)).areas_km2()
    assert found.sum() == pytest.approx(fill * front_m * depth_m / 1e6, rel=1e-4)


@pytest.mark.parametrize(
    "borders",
    [
        side_by_side(cuts=[2]).borders(),
        along(jagged(2), cuts=[9]).borders(),
        along(jagged(3)).borders(),
        along(jagged(4)).borders(),
    ],
    ids=["straight", "two turns", "three turns", "four turns"],
)
@pytest.mark.parametrize(("front_m", "depth_m"), [(8_000, 4_000), (4_000, 400), (6_000, 20_000)])
def test_areas_of_draws_are_those_of_their_polygons(
    borders: Borders, front_m: float, depth_m: float
) -> None:
    frame = IncursionFrame.at(
        Anchor().point(1, 8), borders, widest_m=1.2 * front_m, deepest_m=depth_m
    )
    draws = drawn(12, front_m=front_m, depth_m=depth_m)
    found = incursions(frame, *draws.tolist()).areas_km2().sum(axis=1)
    expected = np.array([polygon_km2(frame, *draw) for draw in draws.tolist()])
    assert found == pytest.approx(expected, rel=0.03)
    assert found.mean() == pytest.approx(expected.mean(), rel=0.01)


def test_some_of_the_draws_are_the_incursions_of_those_numbers() -> None:
    frame = IncursionFrame.at(
        Anchor().point(1, 10), along(jagged(2)).borders(), widest_m=6_000, deepest_m=2_000
    )
    every = incursions(frame, *drawn(4, front_m=4_000, depth_m=2_000).tolist())
    numbers = np.array([3, 1])
    some = every.of_draws(numbers)
    assert some.frame is frame
    assert some.areas_km2().tolist() == every.areas_km2()[numbers].tolist()
    assert some.bounds().tolist() == every.bounds()[..., numbers].tolist()
    points, _ = every.samples()
    here = points[:, [0, 0]]
    holds = every.contains(points[:, [0, 0, 0, 0]])[numbers]
    assert some.contains(here).tolist() == holds.tolist()
    assert every.of_draws(np.arange(4)) is every


def test_areas_are_given_by_province() -> None:
    borders = side_by_side(cuts=[2]).borders()
    frame = IncursionFrame.at(Anchor().point(1, 10), borders, widest_m=6_000, deepest_m=1_000)
    areas = incursions(
        frame, (2_000, 1_000, 1, -2_000), (2_000, 1_000, 1, 0), (2_000, 1_000, 1, 2_000)
    ).areas_km2()
    first = frame.provinces.index("AA-1")
    south = areas[:, first]
    if frame.columns_m[0] < 0 and south[0] < south[2]:
        south = south[::-1]  # along may run either way
    assert south == pytest.approx([2, 1, 0], abs=0.03)
    assert areas.sum(axis=1) == pytest.approx([2, 2, 2], rel=1e-6)


def test_a_front_that_reaches_beyond_the_border_ends_with_it_in_every_draw() -> None:
    borders = side_by_side().borders()
    frame = IncursionFrame.at(Anchor().point(1, 10), borders, widest_m=60_000, deepest_m=1_000)
    found = incursions(frame, (40_000, 1_000, 1, 0), (4_000, 1_000, 1, 25_000)).areas_km2()
    assert found.sum(axis=1) == pytest.approx([20, 0], rel=0.02)


@given(winding_neighbours(), st.integers(0, 10))
@FEW
def test_deeper_is_never_smaller_in_any_draw(land: Neighbours, seed: int) -> None:
    borders = land.borders()
    place = shapely.Point(shapely.get_coordinates(borders.lines[0].line)[1])
    frame = IncursionFrame.at(place, borders, widest_m=5_000, deepest_m=6_000)
    draws = drawn(40, front_m=4_000, depth_m=3_000, seed=seed)
    deeper = draws * (1, 2, 1, 1)
    less = incursions(frame, *draws.tolist()).areas_km2()
    more = incursions(frame, *deeper.tolist()).areas_km2()
    assert (less <= more + 1e-9).all()


@pytest.mark.parametrize("turns", [0, 2, 4])
def test_samples_lie_in_the_incursion_and_stand_for_all_of_it(turns: int) -> None:
    borders = along(jagged(turns)).borders()
    frame = IncursionFrame.at(Anchor().point(1, 8), borders, widest_m=8_000, deepest_m=3_000)
    found = incursions(frame, *drawn(20, front_m=6_000, depth_m=3_000).tolist())
    points, areas = found.samples()
    whole = areas.sum(axis=2).T
    assert whole == pytest.approx(found.areas_km2(), rel=1e-12)
    counted = areas.sum(axis=0) > 0
    assert found.contains(points)[counted].mean() > 0.95


def test_a_point_is_in_an_incursion_where_its_polygon_is() -> None:
    borders = along(jagged(2)).borders()
    frame = IncursionFrame.at(Anchor().point(1, 8), borders, widest_m=6_000, deepest_m=2_000)
    one = (5_000.0, 1_500.0, HALF_ELLIPSE, 200.0)
    random = np.random.default_rng(0)
    points = random.uniform((-4_000, -4_000), (4_000, 5_000), (4_000, 2))
    inside = incursions(frame, one).contains(points.T[:, None])[0]
    polygon = frame.polygons(front_m=one[0], depth_m=one[1], fill=one[2], shift_m=one[3])["AA-1"]
    lonlat = frame.projection.unproject(frame.in_projection(points))
    expected = shapely.contains_xy(polygon, *lonlat.T)
    on_land = shapely.contains_xy(borders.land["AA-1"], *lonlat.T)
    assert (inside & on_land == expected).mean() > 0.99


@pytest.mark.parametrize("fill", [0.5, HALF_ELLIPSE, 0.9, 1.0])
def test_an_incursion_ends_at_its_profile_in_every_slice(fill: float) -> None:
    frame = IncursionFrame.at(
        Anchor().point(1, 10), side_by_side().borders(), widest_m=6_000, deepest_m=2_000
    )
    one = incursions(frame, (4_800, 2_000, fill, 100))
    along_m = 100 + 4_800 * ((np.arange(SLICES) + 0.5) / SLICES - 0.5)
    border_m = frame.starts_m[0, frame.column(along_m)]
    deep_m = 2_000 * mean_profile(np.array([fill]))[0]
    for share, is_in in ((-0.01, False), (0.01, True), (0.5, True), (0.99, True), (1.01, False)):
        found = one.contains(np.stack((along_m, border_m + share * deep_m))[:, None])
        assert found.tolist() == [[is_in] * SLICES]


def test_the_edges_of_an_incursion_belong_to_it() -> None:
    frame = IncursionFrame.at(
        Anchor().point(1, 10), side_by_side().borders(), widest_m=6_000, deepest_m=2_000
    )
    one = incursions(frame, (4_096, 1_024, 1, 0))
    ends_m = np.array([-2_048.0, 2_048.0])
    border_m = frame.starts_m[0, frame.column(ends_m)]
    assert one.contains(np.stack((ends_m, border_m))[:, None]).all()
    assert not one.contains(np.stack((1.001 * ends_m, border_m))[:, None]).any()


@pytest.mark.parametrize("turns", [0, 3])
def test_the_box_of_an_incursion_holds_its_land_and_little_more(turns: int) -> None:
    frame = IncursionFrame.at(
        Anchor().point(1, 10), along(jagged(turns)).borders(), widest_m=6_000, deepest_m=2_000
    )
    draws = drawn(8, front_m=5_000, depth_m=2_000).tolist()
    boxes = incursions(frame, *draws).bounds()
    for (front_m, depth_m, fill, shift_m), box in zip(
        draws, np.moveaxis(boxes, -1, 0), strict=True
    ):
        land = frame.polygons(front_m=front_m, depth_m=depth_m, fill=fill, shift_m=shift_m)
        lonlat = shapely.get_coordinates(list(land.values()))
        points = frame.in_frame(frame.projection.project(lonlat)).T
        assert (points >= box[:, :1] - 0.01).all()
        assert (points <= box[:, 1:] + 0.01).all()
        assert np.ptp(box[0]) == pytest.approx(front_m)
        assert np.ptp(box[1]) <= depth_m + np.ptp(frame.arc[:, 1]) + 2 * STEP_M
