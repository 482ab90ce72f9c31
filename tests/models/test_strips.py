"""The strip model: a depth for the stated area, or an area for assumed depths."""

import numpy as np
import pytest

from bordermap.areas import geodesic_area_km2
from bordermap.errors import GeometryError, NoSharedBorderError
from bordermap.footprints.strip import depth_for_area, strip
from bordermap.intervals import Interval
from bordermap.models.strips import depths_for
from tests.assumptions import estimated, quantity, setting, strip_of
from tests.shapes import along, jagged, scattered, side_by_side

BORDERS = side_by_side(cuts=[2]).borders()


def test_a_strip_for_the_stated_area_has_that_area_at_each_end() -> None:
    stated = Interval(low=9, best=10, high=11)
    one = estimated(strip_of(), setting(BORDERS, stated_km2=stated))
    assert one.area_km2 == stated
    (land,) = one.footprints
    depths = land.parameters["depth_m"]
    assert (depths.low, depths.best, depths.high) == pytest.approx(
        tuple(depth_for_area(BORDERS, km2) for km2 in (9, 10, 11)), abs=0.01
    )
    assert (land.area_km2.low, land.area_km2.best, land.area_km2.high) == pytest.approx(
        (9, 10, 11), rel=1e-5
    )
    assert one.totals_km2 is None
    assert one.draws is None
    assert one.standard_error_km2 is None


def test_parts_by_province_add_up_to_the_stated_area_to_a_square_metre() -> None:
    borders = along(jagged(3), cuts=[16, 48]).borders()
    one = estimated(strip_of(), setting(borders, stated_km2=Interval.exact(17.3)))
    assert sum(one.by_province.values()) == pytest.approx(17.3, abs=1e-6)


def test_a_claim_of_at_least_or_at_most_leaves_that_end_of_the_depth_open() -> None:
    at_least = depths_for(BORDERS, Interval(low=10, best=10, high=None))
    assert at_least.high is None
    assert at_least.low == at_least.best
    up_to = depths_for(BORDERS, Interval(low=None, best=10, high=10))
    assert up_to.low is None


def test_assumed_depths_give_the_areas_of_their_strips() -> None:
    one = estimated(strip_of(quantity(200, 300, 500)), setting(BORDERS))
    low, best, high = (strip(BORDERS, depth_m).area_km2 for depth_m in (200, 300, 500))
    assert one.area_km2.best == pytest.approx(best, rel=1e-5)
    assert one.totals_km2 is not None
    slack = 4 * 0.05 * np.sqrt(2 * 20)  # the border's own error: 50 m, four times its spread
    assert one.totals_km2.min() > low - slack
    assert one.totals_km2.max() < high + slack
    assert one.footprints[0].area_km2.low == pytest.approx(low, rel=1e-5)
    assert one.footprints[0].area_km2.high == pytest.approx(high, rel=1e-5)


def test_a_depth_that_may_be_nothing_has_no_land_at_that_end() -> None:
    one = estimated(strip_of(quantity(0, 300, 500)), setting(BORDERS))
    (land,) = one.footprints
    assert land.area_km2.low == 0
    assert sum(map(geodesic_area_km2, land.polygons["low"].values())) == 0
    assert land.area_km2.best == pytest.approx(strip(BORDERS, 300).area_km2, rel=1e-5)


def test_a_strip_of_one_section_is_that_sections() -> None:
    borders = scattered().borders()
    one = estimated(strip_of(quantity(100), "far"), setting(borders))
    assert one.area_km2.best == pytest.approx(0.1 * 7 + np.pi * 0.1**2 / 2, rel=5e-3)
    assert one.followed_km == pytest.approx(7, rel=0.04)


def test_a_section_that_there_is_not_is_refused() -> None:
    with pytest.raises(NoSharedBorderError, match="no section 'moon'"):
        estimated(strip_of(quantity(100), "moon"), setting(BORDERS))


def test_a_stated_area_that_the_land_cannot_hold_is_refused() -> None:
    with pytest.raises(GeometryError, match="hold behind this border"):
        estimated(strip_of(), setting(BORDERS, stated_km2=Interval.exact(5_000)))
