"""What all models share: footprints, the border's own error, the union by province."""

from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import given

from bordermap.areas import geodesic_area_km2
from bordermap.estimates import (
    CORRELATION_M,
    FARTHEST_SIGMAS,
    Footprint,
    between,
    followed_km,
    footprint,
    union_by_province,
)
from bordermap.footprints.strip import strip_polygons
from bordermap.intervals import Interval
from bordermap.uncertainty import NORMAL_95_SIGMAS, RADIUS_95_SIGMAS, Draws
from tests.assumptions import setting
from tests.shapes import Anchor, side_by_side, square

LAND = side_by_side(cuts=[2])
BORDERS = LAND.borders()


def drawn(**polygons: shapely.MultiPolygon) -> Footprint:
    """Return a footprint that is the same at each end."""
    parts = {code.replace("_", "-"): polygon for code, polygon in polygons.items()}
    return footprint(
        "one", "One", polygons=dict.fromkeys(("low", "best", "high"), parts), parameters={}
    )


def test_a_footprints_areas_are_those_of_its_polygons() -> None:
    small, large = Anchor().polygon(square(2, 2, 2)), Anchor().polygon(square(2, 2, 3))
    one = footprint(
        "one",
        "One",
        polygons={"low": {}, "best": {"AA-1": small}, "high": {"AA-1": large}},
        parameters={},
    )
    assert one.area_km2 == Interval(
        low=0, best=geodesic_area_km2(small), high=geodesic_area_km2(large)
    )


def test_a_footprint_that_runs_out_of_land_stays_in_order() -> None:
    small, large = Anchor().polygon(square(2, 2, 2)), Anchor().polygon(square(2, 2, 3))
    one = footprint(
        "one",
        "One",
        polygons={"low": {"AA-1": large}, "best": {"AA-1": large}, "high": {"AA-1": small}},
        parameters={},
    )
    assert one.area_km2.high == one.area_km2.best == one.area_km2.low


def test_the_union_of_footprints_counts_common_land_once_and_by_province() -> None:
    # trap 14
    one = drawn(AA_1=Anchor().polygon(square(2, 2, 4)))
    other = drawn(AA_1=Anchor().polygon(square(4, 2, 4)), AA_2=Anchor().polygon(square(2, 12, 2)))
    found = union_by_province(BORDERS, [one.polygons["best"], other.polygons["best"]])
    assert found == pytest.approx({"AA-1": 24, "AA-2": 4}, rel=0.01)
    assert union_by_province(BORDERS, []) == {"AA-1": 0.0, "AA-2": 0.0}


def test_land_along_the_border_follows_it_and_land_inside_does_not() -> None:
    whole = strip_polygons(BORDERS, 300)
    along = footprint(
        "one", "One", polygons=dict.fromkeys(("low", "best", "high"), whole), parameters={}
    )
    assert followed_km([along], BORDERS) == pytest.approx(BORDERS.length_km, rel=1e-3)
    inside = drawn(AA_1=Anchor().polygon(square(4, 4, 2)))
    assert followed_km([inside], BORDERS) == 0
    assert followed_km([], BORDERS) == pytest.approx(BORDERS.length_km)


@pytest.mark.parametrize("length_km", [0.5, 2.0, 20.0, 700.0])
def test_the_borders_error_grows_with_the_root_of_its_length(length_km: float) -> None:
    given = setting(BORDERS, draws=Draws(seed=3, count=40_000))
    error = given.border_error_km2(length_km, "border")
    apart_km = np.sqrt(length_km * min(length_km, CORRELATION_M / 1e3))
    assert error.std() == pytest.approx(0.05 / NORMAL_95_SIGMAS * apart_km, rel=0.02)
    assert error.mean() == pytest.approx(0, abs=0.02 * error.std())


def test_the_borders_error_is_nothing_where_no_border_is_followed_or_it_does_not_vary() -> None:
    given = setting(BORDERS)
    assert not given.border_error_km2(0, "border").any()
    assert not replace(given, varied=frozenset()).border_error_km2(10, "border").any()


def test_a_place_lies_within_its_accuracy_95_times_in_100() -> None:
    given = setting(BORDERS, draws=Draws(seed=5, count=100_000))
    east, north = given.moved(1_000, "a", "east"), given.moved(1_000, "a", "north")
    assert (np.hypot(east, north) <= 1_000).mean() == pytest.approx(0.95, abs=0.003)
    assert np.abs(east).max() <= FARTHEST_SIGMAS * 1_000 / RADIUS_95_SIGMAS


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted),
    st.floats(-1, 1),
    st.floats(-1, 1),
)
def test_a_place_between_the_ends_rises_from_low_over_best_to_high(
    ends: list[float], one: float, other: float
) -> None:
    interval = Interval(low=ends[0], best=ends[1], high=ends[2])
    lower, upper = sorted((one, other))
    slack = 1e-9 * (1 + abs(ends[0]) + abs(ends[2]))
    assert between(interval, lower) <= between(interval, upper) + slack
    assert [between(interval, place) for place in (-1, 0, 1)] == pytest.approx(ends)


def test_a_source_that_is_held_stays_where_it_is_said_to() -> None:
    given = setting(BORDERS, draws=Draws(seed=5, count=100))
    interval = Interval(low=1, best=2, high=4)
    held = replace(given, varied=frozenset(), held={"front": 1.0})
    assert (held.drawn("front", interval, "a", "front") == 4).all()
