"""Draws are repeatable, independent of what else is drawn, and intervals hold what they say."""

from itertools import pairwise

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from bordermap.intervals import Interval
from bordermap.uncertainty import (
    BLOCK,
    COVERAGE,
    FEWEST_FOR_ERROR,
    RADIUS_95_SIGMAS,
    Draws,
    half_width,
    interval_of,
    is_settled,
    split_quantile,
    standard_error,
)

NUMBERS = st.floats(-1e6, 1e6)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, best, high = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3)))
    return Interval(low=low, best=best, high=high)


@given(st.integers(0, 2**63 - 1), st.lists(st.text(), min_size=1, max_size=3))
@settings(max_examples=30)
def test_the_same_seed_and_name_give_the_same_numbers(seed: int, name: list[str]) -> None:
    one, other = Draws(seed=seed, count=50), Draws(seed=seed, count=50)
    assert one.uniform(*name).tobytes() == other.uniform(*name).tobytes()
    assert one.normal(*name).tobytes() == other.normal(*name).tobytes()


def test_numbers_do_not_depend_on_what_was_asked_before() -> None:
    draws = Draws(seed=1, count=100)
    first = draws.uniform("b")
    draws.uniform("a")
    draws.normal("b")
    assert draws.uniform("b").tobytes() == first.tobytes()


@pytest.mark.parametrize("few", [1, 10, BLOCK - 1, BLOCK, BLOCK + 1])
def test_more_draws_only_add_to_those_there_are(few: int) -> None:
    less, more = Draws(seed=3, count=few), Draws(seed=3, count=3 * BLOCK)
    assert more.uniform("x")[:few].tobytes() == less.uniform("x").tobytes()
    assert more.normal("x")[:few].tobytes() == less.normal("x").tobytes()


@pytest.mark.parametrize("count", [1, BLOCK, BLOCK + 1, 2 * BLOCK + 17])
def test_blocks_are_the_draws_a_part_at_a_time(count: int) -> None:
    draws = Draws(seed=5, count=count)
    parts = list(draws.blocks())
    assert sum(part.count for part in parts) == count
    assert max(part.count for part in parts) <= BLOCK
    assert np.concatenate([part.normal("y") for part in parts]).tobytes() == (
        draws.normal("y").tobytes()
    )


def test_streams_of_other_names_and_seeds_are_independent() -> None:
    streams = [
        Draws(seed=seed, count=20_000).uniform(*name)
        for seed in (0, 1)
        for name in (("a",), ("b",), ("a", "b"), ("ab",), ("a", "", "b"))
    ]
    correlations = np.asarray(np.corrcoef(streams)) - np.eye(len(streams))
    assert np.abs(correlations).max() < 0.03


def test_draws_have_the_distributions_they_are_named_for() -> None:
    draws = Draws(seed=11, count=100_000)
    assert draws.uniform("u").mean() == pytest.approx(0.5, abs=0.005)
    assert draws.uniform("u").std() == pytest.approx(1 / np.sqrt(12), abs=0.005)
    assert draws.normal("n").mean() == pytest.approx(0, abs=0.02)
    assert draws.normal("n").std() == pytest.approx(1, abs=0.02)
    middle = draws.between(Interval(low=1, best=3, high=5), "t")  # a triangle
    assert middle.mean() == pytest.approx(3, abs=0.02)
    assert middle.var() == pytest.approx(4 / 6, rel=0.02)
    split = draws.between(Interval(low=1, best=2, high=6), "t")
    assert np.median(split) == pytest.approx(2, abs=0.02)
    # a third of the way to each end on average, a sixth of its square the mean square
    assert split.mean() == pytest.approx(2 + (4 - 1) / 6, abs=0.02)
    assert ((split - 2) ** 2).mean() == pytest.approx((16 + 1) / 12, rel=0.02)


def test_the_radius_of_95_in_100_is_in_standard_deviations() -> None:
    assert pytest.approx(np.sqrt(-2 * np.log(0.05)), abs=1e-4) == RADIUS_95_SIGMAS


@given(intervals(), st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_a_draw_lies_in_its_interval_and_rises_with_the_share(
    interval: Interval, shares: list[float]
) -> None:
    found = split_quantile(np.array(sorted(shares)), interval)
    slack = 1e-9 * (1 + abs(interval.low or 0) + abs(interval.high or 0))
    assert (found >= (interval.low or 0) - slack).all()
    assert (found <= (interval.high or 0) + slack).all()
    assert (np.diff(found) >= -slack).all()


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 50), st.floats(0, 50))
def test_the_interval_of_a_number_lies_in_that_of_the_number_with_wider_ends(
    below: float, above: float, more_below: float, more_above: float
) -> None:
    draws = Draws(seed=2, count=400)

    def found(below: float, above: float) -> Interval:
        return interval_of(draws.between(Interval(low=-below, best=0, high=above), "z"), 0)

    narrow, wide = found(below, above), found(below + more_below, above + more_above)
    assert (wide.low or 0) <= (narrow.low or 0)
    assert (wide.high or 0) >= (narrow.high or 0)


@given(st.lists(intervals(), min_size=1, max_size=5), st.floats(1, 4))
def test_the_interval_of_a_sum_lies_in_that_of_the_sum_with_all_ends_wider_in_proportion(
    numbers: list[Interval], factor: float
) -> None:
    draws = Draws(seed=4, count=400)
    best = sum(number.best for number in numbers)

    def found(factor: float) -> Interval:
        stretched = [
            Interval(
                low=one.best - factor * (one.best - (one.low or 0)),
                best=one.best,
                high=one.best + factor * ((one.high or 0) - one.best),
            )
            for one in numbers
        ]
        total = sum(draws.between(one, str(at)) for at, one in enumerate(stretched))
        return interval_of(np.asarray(total), best)

    narrow, wide = found(1), found(factor)
    slack = 1e-9 * (1 + sum(abs(one.low or 0) + abs(one.high or 0) for one in numbers))
    assert (wide.low or 0) <= (narrow.low or 0) + slack
    assert (wide.high or 0) >= (narrow.high or 0) - slack


def test_an_end_that_is_missing_is_the_best() -> None:
    draws = Draws(seed=2, count=500)
    at_least = draws.between(Interval(low=200, best=215, high=None), "a")
    assert at_least.max() <= 215
    up_to = draws.between(Interval(low=None, best=35, high=40), "a")
    assert up_to.min() >= 35
    assert (draws.between(Interval.exact(3), "a") == 3).all()


@given(st.lists(NUMBERS, min_size=1, max_size=60), NUMBERS)
def test_an_interval_is_in_order_and_holds_the_best(values: list[float], best: float) -> None:
    found = interval_of(np.array(values), best)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.best == best <= found.high
    assert found.coverage == COVERAGE
    assert half_width(np.array(values)) >= 0


def test_an_interval_holds_its_share_of_fresh_draws() -> None:
    values = Draws(seed=1, count=4_000).normal("v")
    found = interval_of(values, 0.0)
    fresh = Draws(seed=2, count=20_000).normal("v")
    inside = ((fresh >= (found.low or 0)) & (fresh <= (found.high or 0))).mean()
    assert inside == pytest.approx(COVERAGE, abs=0.01)


def test_the_standard_error_is_how_ends_scatter_over_seeds() -> None:
    lows, highs, stated = [], [], []
    for seed in range(200):
        values = Draws(seed=seed, count=1_000).normal("w") ** 3
        found = interval_of(values, 0.0)
        lows.append(found.low)
        highs.append(found.high)
        stated.append(standard_error(values))
    scatter = max(np.std(np.array(lows, dtype=float)), np.std(np.array(highs, dtype=float)))
    assert np.mean(np.array(stated, dtype=float)) == pytest.approx(scatter, rel=0.2)


def test_more_draws_have_a_smaller_standard_error() -> None:
    errors = [
        standard_error(Draws(seed=4, count=count).normal("e")) or 0.0
        for count in (100, 1_000, 10_000, 100_000)
    ]
    assert all(more < 0.6 * less for less, more in pairwise(errors))


@pytest.mark.parametrize("count", [1, 2, 5, FEWEST_FOR_ERROR - 1])
def test_of_a_handful_of_draws_no_standard_error_is_known(count: int) -> None:
    values = Draws(seed=1, count=count).normal("few")
    assert standard_error(values) is None
    assert not is_settled(values)


def test_many_draws_settle_an_interval_and_few_do_not() -> None:
    assert not is_settled(Draws(seed=1, count=100).normal("s"))
    assert is_settled(Draws(seed=1, count=20_000).normal("s"))
    assert is_settled(np.full(100, 3.0))
