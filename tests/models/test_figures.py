"""The sum of stated figures: what may be the same land is shared openly."""

from dataclasses import replace

import numpy as np
import pytest

from bordermap.errors import ScenarioError
from tests.assumptions import estimated, quantity, scenario, setting, statement
from tests.shapes import side_by_side

BORDERS = side_by_side().borders()


def test_figures_of_separate_places_add_up() -> None:
    assumed = scenario(
        "stated", statements=(statement("a", quantity(3)), statement("b", quantity(4)))
    )
    one = estimated(assumed, setting(BORDERS))
    assert one.area_km2.best == 7
    assert (one.area_km2.low, one.area_km2.high) == pytest.approx((7, 7))
    assert sum(one.by_province.values()) == pytest.approx(7, abs=1e-6)
    assert one.footprints == ()


def test_figures_that_may_overlap_come_to_the_largest_at_least_and_the_sum_at_most() -> None:
    assumed = scenario(
        "stated", statements=(statement("a", quantity(3), "b"), statement("b", quantity(4)))
    )
    one = estimated(assumed, setting(BORDERS))
    assert one.area_km2.best == pytest.approx(5.5)
    assert one.totals_km2 is not None
    assert 4 <= one.totals_km2.min() < 4.1
    assert 6.9 < one.totals_km2.max() <= 7


def test_statements_that_share_land_with_a_third_one_only_count_both_at_least() -> None:
    # a and c lie apart, however much of either b may be
    assumed = scenario(
        "stated",
        statements=(
            statement("a", quantity(3), "b"),
            statement("b", quantity(4)),
            statement("c", quantity(2.5), "b"),
        ),
    )
    one = estimated(assumed, setting(BORDERS))
    assert one.area_km2.best == pytest.approx(3 + 2.5 + 4 / 2)
    assert one.totals_km2 is not None
    assert 5.5 <= one.totals_km2.min() < 5.7
    assert 9.3 < one.totals_km2.max() <= 9.5


def test_too_many_statements_of_one_land_are_refused() -> None:
    many = [
        statement("s0", quantity(1)),
        *(statement(f"s{n}", quantity(1), "s0") for n in range(1, 18)),
    ]
    with pytest.raises(ScenarioError, match="18 statements may speak of the same land"):
        estimated(scenario("stated", statements=tuple(many)), setting(BORDERS))


def test_it_does_not_matter_which_of_two_says_that_they_overlap_or_their_order() -> None:
    a, b, c = quantity(2, 3, 5), quantity(1, 4, 6), quantity(2)
    orders = (
        (statement("a", a, "b"), statement("b", b), statement("c", c)),
        (statement("a", a), statement("b", b, "a"), statement("c", c)),
        (statement("c", c), statement("b", b, "a"), statement("a", a, "b")),
    )
    found = [
        estimated(scenario("stated", statements=order), setting(BORDERS)).totals_km2
        for order in orders
    ]
    for totals in found[1:]:
        assert totals == pytest.approx(found[0])


def test_statements_outside_the_cases_provinces_still_count() -> None:
    elsewhere = replace(statement("a", quantity(3)), province="AM-TV")
    one = estimated(scenario("stated", statements=(elsewhere,)), setting(BORDERS))
    assert one.by_province == {"AA-1": 0.0, "AM-TV": 3.0}
    assert one.area_km2.best == 3


def test_the_budget_of_a_sum_has_its_figures_and_its_overlaps() -> None:
    assumed = scenario(
        "stated", statements=(statement("a", quantity(2, 3, 5), "b"), statement("b", quantity(4)))
    )
    variation = estimated(assumed, setting(BORDERS)).variation
    assert variation is not None
    assert variation.sources == ("figures", "overlap")
    assert np.ptp(variation.alone("figures")) > 1
    assert np.ptp(variation.alone("overlap")) > 1
    assert variation.held_at("overlap", 1) == pytest.approx(4)
    assert variation.held_at("overlap", -1) == pytest.approx(7)
