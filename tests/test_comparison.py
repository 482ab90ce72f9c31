"""An estimate beside the stated figure, in neutral words."""

from dataclasses import replace
from typing import get_args

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from bordermap.boundaries import Borders
from bordermap.comparison import Outcome, Resolution, compare, in_words
from bordermap.estimates import Estimate
from bordermap.intervals import Interval
from bordermap.uncertainty import Draws
from tests.assumptions import (
    claim,
    estimated,
    quantity,
    scenario,
    setting,
    statement,
    strip_of,
)
from tests.shapes import side_by_side

BORDERS = side_by_side().borders()
FINE = replace(side_by_side(), accuracy_m=1.0).borders()
ORDERED = st.lists(st.floats(0.1, 1e5), min_size=3, max_size=3).map(sorted)


STRIP = estimated(strip_of(quantity(500)), setting(BORDERS, draws=Draws(seed=1, count=10)))


def estimate_of(area: Interval, totals: list[float] | None = None) -> Estimate:
    """Return an estimate of land along 10 km of border."""
    drawn = None if totals is None else np.array(totals)
    return replace(STRIP, area_km2=area, totals_km2=drawn, followed_km=10)


@given(ORDERED, ORDERED)
def test_outcomes_are_neutral_and_follow_from_the_intervals(
    found: list[float], said: list[float]
) -> None:
    area = Interval(low=found[0], best=found[1], high=found[2], coverage=0.9)
    stated = Interval(low=said[0], best=said[1], high=said[2])
    result = compare(estimate_of(area), stated_km2=stated, borders=FINE)
    assert result.outcome in get_args(Outcome)
    if not result.resolvable:
        assert result.outcome == "not resolvable"
    elif found[2] < said[0]:
        assert result.outcome == "stated above"
    elif said[2] < found[0]:
        assert result.outcome == "stated below"
    else:
        assert result.outcome == "consistent"
    assert result.difference_km2 == pytest.approx(found[1] - said[1])
    assert result.ratio == pytest.approx(found[1] / said[1])
    low, high = result.difference_interval_km2
    assert low is not None
    assert high is not None
    assert low <= result.difference_km2 <= high
    assert result.why.endswith(".")
    assert not {"true", "false", "confirmed", "refuted"} & set(result.why.lower().split())


@pytest.mark.parametrize(
    ("stated", "outcome"),
    [
        (Interval(low=50, best=50, high=None), "stated above"),
        (Interval(low=15, best=15, high=None), "consistent"),
        (Interval(low=None, best=5, high=5), "stated below"),
        (Interval(low=None, best=15, high=15), "consistent"),
    ],
)
def test_an_open_end_of_the_statement_is_unbounded(stated: Interval, outcome: str) -> None:
    area = Interval(low=10, best=20, high=30, coverage=0.9)
    result = compare(estimate_of(area), stated_km2=stated, borders=FINE)
    assert result.outcome == outcome
    assert (result.difference_interval_km2[0] is None) == (stated.high is None)
    assert (result.difference_interval_km2[1] is None) == (stated.low is None)


def test_the_probability_is_the_share_of_draws_that_reach_the_figure() -> None:
    area = Interval(low=10, best=20, high=30, coverage=0.9)
    stated = Interval.exact(25)
    one = estimate_of(area, [10, 24.9, 25, 40])
    assert compare(one, stated_km2=stated, borders=FINE).probability_at_least_stated == 0.5
    assert (
        compare(estimate_of(area), stated_km2=stated, borders=FINE).probability_at_least_stated
        is None
    )


@pytest.mark.parametrize(
    ("accuracy_m", "outcome"), [(99.0, "consistent"), (101.0, "not resolvable")]
)
def test_an_area_thinner_than_the_line_is_uncertain_is_not_resolvable(
    accuracy_m: float, outcome: Outcome
) -> None:
    borders: Borders = replace(side_by_side(), accuracy_m=accuracy_m).borders()
    area = Interval(low=0.5, best=1.0, high=1.5, coverage=0.9)
    result = compare(estimate_of(area), stated_km2=Interval.exact(1.0), borders=borders)
    assert result.outcome == outcome
    assert result.resolvable == (outcome != "not resolvable")


@pytest.mark.parametrize(
    ("stated_km2", "why"),
    [
        (50, "The stated figure (50 km²) lies above the estimate (20 km², 10 to 30)."),
        (5, "The stated figure (5 km²) lies below the estimate (20 km², 10 to 30)."),
        (
            25,
            "The estimate (20 km², 10 to 30) and the stated figure (25 km²) have values in common.",
        ),
    ],
)
def test_one_sentence_says_what_the_outcome_rests_on(stated_km2: float, why: str) -> None:
    area = Interval(low=10, best=20, high=30, coverage=0.9)
    result = compare(estimate_of(area), stated_km2=Interval.exact(stated_km2), borders=FINE)
    assert result.why == why


def test_a_line_too_coarse_for_the_figure_says_what_it_can_tell() -> None:
    borders = replace(side_by_side(), accuracy_m=2_000.0).borders()
    area = Interval(low=1, best=2, high=3, coverage=0.9)
    result = compare(estimate_of(area), stated_km2=Interval.exact(2), borders=borders)
    assert result.why == (
        f"{borders.dataset.id} is good to 2,000 m, which along 10 km of border is up to 20 km²,"
        " more than the 2 km² stated."
    )


def test_a_sum_of_stated_figures_needs_no_line_to_resolve_it() -> None:
    borders = replace(side_by_side(), accuracy_m=2_000.0).borders()
    area = Interval(low=1, best=2, high=3)
    reports = (statement("a", quantity(2)),)
    reported = replace(estimate_of(area), scenario=scenario("reports", statements=reports))
    result = compare(reported, stated_km2=Interval.exact(2), borders=borders)
    assert result.outcome == "consistent"
    assert not result.resolvable


@given(st.floats(0.1, 1_000), st.floats(0.1, 5_000))
def test_a_longer_or_less_accurate_border_tells_less(length_km: float, accuracy_m: float) -> None:
    least = Resolution(length_km=length_km, accuracy_m=accuracy_m).least_km2
    assert Resolution(length_km=2 * length_km, accuracy_m=accuracy_m).least_km2 == 2 * least
    assert Resolution(length_km=length_km, accuracy_m=2 * accuracy_m).least_km2 == 2 * least
    assert not Resolution(length_km=length_km, accuracy_m=accuracy_m).can_tell(least)


def test_a_strip_solved_for_the_figure_says_that_it_agrees_by_construction() -> None:
    stated = Interval(low=9, best=10, high=11)
    one = estimated(strip_of(), setting(FINE, stated_km2=stated))
    result = compare(one, stated_km2=stated, borders=FINE)
    assert result.outcome == "consistent"
    assert result.why == (
        "The depth is solved for the stated figure, so the two agree by construction; what it"
        " tells is the depth."
    )


def test_a_comparison_is_the_same_as_json() -> None:
    area = Interval(low=10, best=20, high=30, coverage=0.9)
    document = compare(estimate_of(area), stated_km2=Interval.exact(25), borders=FINE).as_json()
    assert document["difference_km2"] == -5
    assert document["difference_interval_km2"] == {"low": -15, "high": 5}
    assert document["scenario"] == STRIP.scenario.id
    assert document["ratio"] == 0.8
    assert document["outcome"] == "consistent"
    assert document["resolvable"] is True
    assert document["probability_at_least_stated"] is None
    assert document["why"] == (
        "The estimate (20 km², 10 to 30) and the stated figure (25 km²) have values in common."
    )


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (Interval.exact(150), "150 km²"),
        (Interval(low=9_000, best=12_345.6, high=None), "at least 9,000 km²"),
        (Interval.exact(12_345.6), "12,346 km²"),
        (Interval.exact(1e40), f"{10**40:,} km²"),
        (Interval.exact(1e-300), f"0.{'0' * 299}1 km²"),
        (Interval(low=145, best=150, high=155), "150 km², 145 to 155"),
        (Interval(low=215, best=220, high=None), "at least 215 km²"),
        (Interval(low=None, best=35, high=40), "at most 40 km²"),
        (Interval(low=None, best=35, high=None), "35 km²"),
    ],
)
def test_an_area_in_words(area: Interval, words: str) -> None:
    assert in_words(area) == words


@pytest.mark.parametrize("best", [0.0, -1.0])
def test_a_claim_of_no_area_is_no_claim(best: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        claim(Interval(low=best, best=best, high=5))
