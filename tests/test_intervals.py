"""Intervals: in order, finite, and told under stable names."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bordermap.intervals import Interval

# below 1e-300 a power of two no longer scales exactly
finite = st.floats(-1e9, 1e9).map(lambda value: value if abs(value) > 1e-300 else 0.0)
ends = st.none() | finite


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, best, high = sorted(draw(st.lists(finite, min_size=3, max_size=3)))
    return Interval(
        low=draw(st.sampled_from((low, None))),
        best=best,
        high=draw(st.sampled_from((high, None))),
        coverage=draw(st.sampled_from((None, 0.9))),
    )


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("end", ["low", "best", "high"])
def test_a_value_that_is_not_finite_is_refused(end: str, value: float) -> None:
    given_ends = {"low": 1.0, "best": 1.0, "high": 1.0, end: value}
    with pytest.raises(ValueError, match=r"needs finite numbers, not Interval\("):
        Interval(**given_ends)


@pytest.mark.parametrize(
    ("low", "best", "high"), [(2, 1, 3), (1, 3, 2), (2, 1, None), (None, 3, 2)]
)
def test_values_out_of_order_are_refused(
    low: float | None, best: float, high: float | None
) -> None:
    with pytest.raises(ValueError, match=r"must be in order, not Interval\("):
        Interval(low=low, best=best, high=high)


@pytest.mark.parametrize("coverage", [0.0, -0.1, 1.01, 90.0, math.nan])
def test_a_coverage_that_is_no_share_is_refused(coverage: float) -> None:
    with pytest.raises(ValueError, match=rf"share in \(0, 1\], not {coverage}"):
        Interval(low=0, best=1, high=2, coverage=coverage)


@pytest.mark.parametrize("coverage", [1e-9, 0.9, 1.0])
def test_a_share_up_to_all_is_a_coverage(coverage: float) -> None:
    assert Interval(low=0, best=1, high=2, coverage=coverage).coverage == coverage


@given(intervals(), st.sampled_from((0.25, 0.5, 2.0, 1024.0)))
def test_another_unit_changes_every_value_and_nothing_else(one: Interval, factor: float) -> None:
    scaled = one.scaled(factor)
    assert scaled.best == one.best * factor
    assert scaled.low == (None if one.low is None else one.low * factor)
    assert scaled.high == (None if one.high is None else one.high * factor)
    assert scaled.coverage == one.coverage
    assert scaled.scaled(1 / factor) == one


@given(intervals(), intervals())
def test_two_intervals_overlap_where_a_value_lies_in_both(one: Interval, other: Interval) -> None:
    def holds(interval: Interval, value: float) -> bool:
        low = -math.inf if interval.low is None else interval.low
        high = math.inf if interval.high is None else interval.high
        return low <= value <= high

    known = [end for each in (one, other) for end in (each.low, each.high) if end is not None]
    # two intervals that meet have an end of one of them, or any value at all, in common
    expected = any(holds(one, value) and holds(other, value) for value in [*known, 0.0])
    assert one.overlaps(other) == other.overlaps(one) == expected


def test_an_open_end_reaches_everything_on_its_side() -> None:
    up_to_ten, from_twenty = (
        Interval(low=None, best=10, high=10),
        Interval(low=20, best=20, high=None),
    )
    assert not up_to_ten.overlaps(from_twenty)
    assert up_to_ten.overlaps(Interval.exact(-1e9))
    assert from_twenty.overlaps(Interval.exact(1e9))
    assert not from_twenty.overlaps(Interval.exact(-1e9))
    assert up_to_ten.overlaps(Interval(low=10, best=15, high=20))


def test_an_exact_value_is_all_three() -> None:
    one = Interval.exact(150.0)
    assert (one.low, one.best, one.high, one.coverage) == (150.0, 150.0, 150.0, None)
    assert one.is_exact
    assert not Interval(low=149, best=150, high=150).is_exact
    assert not Interval(low=150, best=150, high=151).is_exact


def test_an_interval_is_told_under_stable_names() -> None:
    one = Interval(low=145, best=150, high=None, coverage=0.9)
    assert one.as_json() == {"low": 145, "best": 150, "high": None, "coverage": 0.9}
