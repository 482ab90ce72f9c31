"""The profile of an incursion: a triangle, a half ellipse, a rectangle and all between."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from bordermap.errors import GeometryError
from bordermap.footprints.profile import HALF_ELLIPSE, SLICES, mean_profile, profile

ACROSS = np.linspace(-1, 1, 20_001)
FILLS = st.floats(0.5, 1.0)


def test_a_triangle_a_half_ellipse_and_a_rectangle_are_what_they_are_called() -> None:
    assert profile(ACROSS, 0.5) == pytest.approx(1 - np.abs(ACROSS), abs=1e-6)
    assert profile(ACROSS, HALF_ELLIPSE) == pytest.approx(np.sqrt(1 - ACROSS**2), abs=1e-4)
    assert profile(ACROSS, 1.0) == pytest.approx(np.ones_like(ACROSS))


@given(FILLS)
def test_the_area_under_a_profile_is_its_fill(fill: float) -> None:
    assert profile(ACROSS, fill).mean() == pytest.approx(fill, abs=3e-4)
    assert mean_profile(np.array([fill])).mean() == pytest.approx(fill, rel=1e-12)


@given(FILLS)
def test_a_profile_is_even_falls_to_its_ends_and_is_deepest_in_the_middle(fill: float) -> None:
    depths = profile(ACROSS, fill)
    assert np.allclose(depths, depths[::-1])
    assert (np.diff(depths[: len(depths) // 2]) >= 0).all()
    assert depths.max() == pytest.approx(1)
    assert depths.min() >= 0


@given(FILLS, FILLS)
def test_more_fill_is_nowhere_less_deep(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert (profile(ACROSS, less) <= profile(ACROSS, more) + 1e-9).all()
    lower, upper = mean_profile(np.array([less, more]))
    assert (lower <= upper + 2e-3).all()  # the means are scaled to the fill


@given(FILLS)
def test_the_means_over_slices_are_those_of_the_profile(fill: float) -> None:
    fine = (np.arange(SLICES * 50) + 0.5) / (SLICES * 50) * 2 - 1
    expected = profile(fine, fill).reshape(SLICES, 50).mean(axis=1)
    assert mean_profile(np.array([fill]))[0] == pytest.approx(expected, abs=4e-3)


@pytest.mark.parametrize("fill", [0.0, 0.3, 0.4999, 1.0001, -1.0, float("nan")])
def test_a_fill_that_no_profile_has_is_refused(fill: float) -> None:
    with pytest.raises(GeometryError, match=r"0\.5 \(a triangle\) to 1 \(a rectangle\)"):
        profile(ACROSS, fill)
    with pytest.raises(GeometryError, match=f"a fill of {fill:g} has no shape"):
        mean_profile(np.array([0.7, fill, 0.5, 1.0]))
