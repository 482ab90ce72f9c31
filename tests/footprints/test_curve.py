"""The curve of a strip: as good as it says between its nodes, and never falling."""

from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from bordermap.errors import GeometryError
from bordermap.footprints.curve import DEPTH_ERROR_M, FIRST_M, TOLERANCE, StripCurve, hermite
from bordermap.footprints.strip import depth_for_area, strip
from tests.shapes import Anchor, Neighbours, along, jagged, multi, scattered, side_by_side
from tests.strategies import winding_neighbours

FEW = settings(max_examples=25)


def neck() -> Neighbours:
    """Return land whose strip grows forty times faster beyond a neck of 8 km."""
    anchor = Anchor()
    ours = [(0, 0), (8, 0), (8, -40), (90, -40), (90, 40), (8, 40), (8, 2), (0, 2)]
    return Neighbours(
        provinces={"AA-1": anchor.polygon(ours)},
        neighbour=anchor.polygon([(0, 0), (0, 2), (-5, 2), (-5, 0)]),
    )


@pytest.mark.parametrize(
    ("land", "nodes"),
    [(side_by_side(cuts=[2]), 5), (along(jagged()), 45), (scattered(), 50), (neck(), 28)],
    ids=["straight", "jagged", "scattered", "neck"],
)
def test_the_curve_is_the_strip_to_its_tolerance_at_any_depth(land: Neighbours, nodes: int) -> None:
    borders = land.borders()
    curve = StripCurve.of(borders, deepest_m=12_000)
    depths_m = np.random.default_rng(2).uniform(0, 1, 25) ** 2 * 12_000
    measured = np.array([strip(borders, depth_m).area_km2 for depth_m in depths_m])
    found = curve.areas_at(depths_m).sum(axis=1)
    assert curve.worst <= TOLERANCE
    assert len(curve.depths_m) <= nodes
    assert np.abs(found / measured - 1).max() <= TOLERANCE


@given(winding_neighbours(), st.lists(st.floats(0, 9_000), min_size=2, max_size=12))
@FEW
def test_the_curve_never_falls(land: Neighbours, depths_m: list[float]) -> None:
    curve = StripCurve.of(land.borders(), deepest_m=9_000)
    areas = curve.areas_at(np.array(sorted(depths_m))).sum(axis=1)
    assert (np.diff(areas) >= -1e-9).all()
    assert areas.min() >= 0


@given(winding_neighbours(), st.floats(0.001, 0.99))
@FEW
def test_the_depth_for_an_area_undoes_the_curve(land: Neighbours, share: float) -> None:
    borders = land.borders()
    curve = StripCurve.of(borders, deepest_m=6_000)
    area_km2 = share * sum(curve.at(6_000).values())
    depth_m = curve.depth_for(area_km2)
    assert sum(curve.at(depth_m).values()) == pytest.approx(area_km2, rel=1e-8, abs=5e-8)
    exact_m = depth_for_area(borders, area_km2)
    slope = strip(borders, max(exact_m, 0.01)).darea_ddepth_km2_per_m
    assert abs(depth_m - exact_m) * slope <= 3 * TOLERANCE * area_km2 + 1e-9


def test_a_depth_beside_a_node_of_the_curve_is_found_as_any_other() -> None:
    curve = StripCurve.of(along(jagged(2), cuts=[9]).borders(), deepest_m=3_000)
    nodes_m = curve.depths_m[1:-1]
    for depth_m in np.concatenate((nodes_m - 1e-3, nodes_m, nodes_m + 1e-3)).tolist():
        area_km2 = sum(curve.at(depth_m).values())
        assert curve.depth_for(area_km2) == pytest.approx(depth_m, abs=2 * DEPTH_ERROR_M)


def test_the_curve_begins_at_nothing_and_grows_by_the_border_at_first() -> None:
    borders = along(jagged(2)).borders()
    curve = StripCurve.of(borders, deepest_m=500)
    assert curve.at(0.0) == {"AA-1": 0.0}
    assert sum(curve.at(0.001).values()) == pytest.approx(borders.length_km * 1e-6, rel=1e-3)
    assert curve.deepest_m == 500


def test_the_curve_of_parts_is_that_of_the_whole() -> None:
    whole = StripCurve.of(along(jagged(2)).borders(), deepest_m=3_000)
    parts = StripCurve.of(along(jagged(2), cuts=[4, 9]).borders(), deepest_m=3_000)
    depths_m = np.linspace(0, 3_000, 31)
    assert parts.provinces == ("AA-1", "AA-2", "AA-3")
    assert parts.areas_at(depths_m).sum(axis=1) == pytest.approx(
        whole.areas_at(depths_m).sum(axis=1), rel=4e-4
    )


def test_the_sum_of_curves_is_their_sum_at_each_depth_and_slope() -> None:
    borders = scattered().borders()
    curves = [
        StripCurve.of(borders.of_section(section), deepest_m=600) for section in borders.sections
    ]
    whole = StripCurve.sum_of(curves)
    depths_m = np.linspace(0, 600, 97)
    areas_km2 = sum(curve.areas_at(depths_m) for curve in curves)
    assert whole.areas_at(depths_m) == pytest.approx(areas_km2, rel=1e-12, abs=1e-12)
    slopes = sum(curve.slopes_at(depths_m) for curve in curves)
    assert whole.slopes_at(depths_m) == pytest.approx(slopes, rel=1e-9, abs=1e-12)
    assert whole.worst == max(curve.worst for curve in curves)


def test_the_slopes_of_a_curve_are_how_fast_it_grows() -> None:
    curve = StripCurve.of(along(jagged(2), cuts=[9]).borders(), deepest_m=600)
    depths_m = np.linspace(1, 599, 50)
    step_m = 1e-3
    grown_km2 = curve.areas_at(depths_m + step_m) - curve.areas_at(depths_m - step_m)
    assert curve.slopes_at(depths_m) == pytest.approx(grown_km2 / 2 / step_m, rel=1e-5)


def test_a_section_behind_which_a_province_has_no_land_has_nothing_of_it() -> None:
    land = scattered()
    far = Anchor().polygon([(0, 20), (20, 20), (20, 30), (0, 30)])
    theirs = multi(land.neighbour.union(Anchor().polygon([(0, 20), (0, 30), (-30, 30), (-30, 20)])))
    borders = replace(land, provinces={**land.provinces, "AA-2": far}, neighbour=theirs).borders()
    curve = StripCurve.of(borders.of_section("exclaves"), deepest_m=600)
    assert curve.at(600)["AA-1"] > 0
    assert curve.at(600)["AA-2"] == 0


@pytest.mark.parametrize("depth_m", [-1.0, 500.1, float("nan")])
def test_a_depth_beyond_the_curve_is_refused(depth_m: float) -> None:
    curve = StripCurve.of(side_by_side().borders(), deepest_m=500)
    with pytest.raises(GeometryError, match="beyond the curve, which ends at 500 m"):
        curve.at(depth_m)


@pytest.mark.parametrize("depth_m", [-1.0, 501.0])
def test_of_many_depths_the_one_beyond_the_curve_is_named(depth_m: float) -> None:
    curve = StripCurve.of(side_by_side().borders(), deepest_m=500)
    with pytest.raises(GeometryError, match=f"a depth of {depth_m:g} m is beyond"):
        curve.areas_at(np.array([0.0, 10.0, depth_m, 490.0, 500.0]))


@pytest.mark.parametrize("area_km2", [0.0, -3.0, 1e6, float("nan")])
def test_an_area_that_the_curve_does_not_reach_is_refused(area_km2: float) -> None:
    curve = StripCurve.of(side_by_side().borders(), deepest_m=500)
    ends_km2 = sum(curve.at(500).values())
    with pytest.raises(GeometryError, match=f"does not reach .* ends at {ends_km2:,.1f} km²"):
        curve.depth_for(area_km2)


@pytest.mark.parametrize("deepest_m", [0.0, FIRST_M, float("nan"), 100_001.0])
def test_a_curve_needs_a_depth_to_end_at(deepest_m: float) -> None:
    with pytest.raises(GeometryError, match="m"):
        StripCurve.of(side_by_side().borders(), deepest_m=deepest_m)


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(-5, 5), st.floats(-5, 5), st.floats(0, 1))
def test_the_cubic_is_the_one_with_both_values_and_slopes(
    a: float, b: float, c: float, d: float, x: float
) -> None:
    polynomial = np.polynomial.Polynomial([a, b, c, d])
    ends = np.array([0.2, 1.7])
    found = hermite(np.array(x), ends, polynomial(ends), polynomial.deriv()(ends))
    assert found == pytest.approx(polynomial(x), abs=1e-9)


def test_rounding_at_the_end_of_the_curve_is_within_it() -> None:
    curve = StripCurve.of(side_by_side().borders(), deepest_m=500)
    total = float(curve.areas_km2.sum(axis=1)[-1])
    assert curve.depth_for(total) == pytest.approx(500, abs=1e-3)
