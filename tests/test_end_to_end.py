"""The real case, end to end: pinned numbers, second opinions on the real border, repeatability."""

import json
import subprocess
import sys
from dataclasses import replace
from unittest.mock import MagicMock

import numpy as np
import pytest
import shapely

from bordermap.areas import geodesic_area_km2
from bordermap.assessment import Assessment, assess
from bordermap.boundaries import ALL
from bordermap.cases import Case
from bordermap.estimates import Estimate
from bordermap.footprints.curve import TOLERANCE
from bordermap.footprints.strip import depth_for_area, strip, strip_polygons
from bordermap.projection import LocalProjection
from bordermap.spread import on_dataset, other_datasets
from tests.oracles import tiled_strip_km2

HEAVY = ("geopandas", "pandas", "folium", "scipy", "matplotlib")


def estimate_of(assessment: Assessment, scenario: str) -> Estimate:
    return next(one for one in assessment.estimates if one.scenario.id == scenario)


# Borders and strips ----------------------------------------------------------------------------


def test_the_border_of_the_case_is_as_long_as_it_was(armenia: Case) -> None:
    borders = armenia.borders
    assert borders.length_km == pytest.approx(715.57, abs=0.01)
    assert borders.length_km_by_section() == pytest.approx(
        {"mainland": 474.52, "nakhchivan": 214.04, "exclaves": 27.01}, abs=0.01
    )
    assert borders.length_km_by_province() == pytest.approx(
        {"AM-SU": 405.80, "AM-VD": 126.05, "AM-GR": 183.72}, abs=0.01
    )


@pytest.mark.parametrize(
    ("section", "depth_m"), [(ALL, 211.558), ("mainland", 321.815), ("nakhchivan", 708.249)]
)
def test_the_stated_figure_is_a_strip_of_this_depth(
    armenia: Case, section: str, depth_m: float
) -> None:
    borders = armenia.borders.of_section(section)
    found_m = depth_for_area(borders, 150)
    assert found_m == pytest.approx(depth_m, abs=1e-3)
    undone = strip(borders, found_m)
    assert undone.area_km2 == pytest.approx(150, abs=1e-6)
    assert sum(undone.by_province.values()) == pytest.approx(150, abs=1e-6)
    assert undone.darea_ddepth_km2_per_m == pytest.approx(
        (strip(borders, found_m + 1).area_km2 - strip(borders, found_m - 1).area_km2) / 2, rel=2e-3
    )


@pytest.mark.parametrize("depth_m", [211.558, 5_000.0])
def test_the_real_strip_is_that_of_tiles_in_an_equidistant_projection(
    armenia: Case, depth_m: float
) -> None:
    line = shapely.union_all([line.line for line in armenia.borders.lines])
    land = shapely.union_all([province.polygon for province in armenia.provinces])
    expected = tiled_strip_km2(line, land, depth_m, tile_degrees=0.3)
    assert strip(armenia.borders, depth_m).area_km2 == pytest.approx(expected, rel=2e-4)


@pytest.mark.parametrize("section", ["all", "mainland", "nakhchivan"])
@pytest.mark.parametrize("area_km2", [12.5, 150.0, 500.0])
def test_a_depth_takes_at_most_four_buffers(
    armenia: Case, section: str, area_km2: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    borders, buffer = armenia.borders.of_section(section), MagicMock(wraps=shapely.buffer)
    monkeypatch.setattr(shapely, "buffer", buffer)
    depth_m = depth_for_area.__wrapped__(borders, area_km2)
    assert 0 < buffer.call_count <= 4
    assert strip(borders, depth_m).area_km2 == pytest.approx(area_km2, abs=1e-6)


def test_the_polygons_of_a_real_strip_have_its_area(armenia: Case) -> None:
    polygons = strip_polygons(armenia.borders, 211.558)
    areas = {code: geodesic_area_km2(polygon) for code, polygon in polygons.items()}
    assert areas == pytest.approx(dict(strip(armenia.borders, 211.558).by_province), rel=1e-6)


def test_a_single_sided_buffer_of_the_real_border_is_broken(armenia: Case) -> None:
    # trap 6
    local = LocalProjection.centred_on(armenia.borders.lines[0].line)
    worst = 0.0
    for border in armenia.borders.lines:
        metres = local.to_metres(border.line)
        for sign in (1, -1):
            try:
                side = shapely.buffer(metres, sign * 2_000, single_sided=True)
            except shapely.GEOSException:
                return
            both = shapely.area(shapely.buffer(metres, 2_000)) / 2
            worst = max(worst, abs(shapely.area(side) / both - 1))
    assert worst > 0.1


def test_every_curve_is_its_strip_to_the_tolerance(assessment: Assessment) -> None:
    random = np.random.default_rng(3)
    for answer in assessment.strips:
        borders = assessment.case.borders.of_section(answer.section)
        for depth_m in random.uniform(0.5, answer.curve.deepest_m, 6):
            assert sum(answer.curve.at(depth_m).values()) == pytest.approx(
                strip(borders, depth_m).area_km2, rel=TOLERANCE
            )


# Estimates -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenario", "low", "best", "high"),
    [
        ("even-strip", 135, 150, 165),
        ("even-strip-mainland", 135, 150, 165),
        ("reported-incursions", 88.53, 105.46, 128.49),
        ("site-caps", 16.51, 22.30, 26.33),
        ("stated-by-place", 148.79, 155.39, 161.02),
    ],
)
def test_scenarios_come_to_what_they_came_to(
    assessment: Assessment, scenario: str, low: float, best: float, high: float
) -> None:
    one = estimate_of(assessment, scenario)
    found = (one.area_km2.low, one.area_km2.best, one.area_km2.high)
    assert found == pytest.approx((low, best, high), rel=1e-3)
    assert sum(one.by_province.values()) == pytest.approx(one.area_km2.best, abs=1e-6)
    assert one.settled is not False


def test_what_was_said_of_jermuk_stands_beside_what_was_stated_for_it(
    assessment: Assessment,
) -> None:
    # a front of 8.5 km and a depth of 7.5 km beside the 60.06 km² of 2023
    incursions = estimate_of(assessment, "reported-incursions")
    drawn = {land.id: land.area_km2.best for land in incursions.footprints}
    assert drawn["jermuk"] == pytest.approx(np.pi / 4 * 8.5 * 7.5, rel=1e-3)
    stated = estimate_of(assessment, "stated-by-place").parameters["jermuk"]
    assert stated["area_km2"]["best"] == 60.06


@pytest.mark.parametrize("scenario", ["reported-incursions", "site-caps", "stated-by-place"])
def test_with_every_number_at_its_best_a_draw_is_the_best(
    assessment: Assessment, scenario: str
) -> None:
    one = estimate_of(assessment, scenario)
    assert one.variation is not None
    still = one.variation.totals_km2(replace(one.variation.setting, varied=frozenset()))
    assert np.ptp(still) == 0
    assert still[0] == pytest.approx(one.area_km2.best, rel=5e-3)


def test_footprints_lie_in_the_provinces_they_are_counted_to(assessment: Assessment) -> None:
    land = {
        code: shapely.buffer(polygon, 1e-6)
        for code, polygon in assessment.case.borders.land.items()
    }
    for one in assessment.estimates:
        for footprint in one.footprints:
            for code, polygon in footprint.polygons["best"].items():
                assert shapely.covers(land[code], polygon)


def test_outcomes_are_as_they_were(assessment: Assessment) -> None:
    assert {one.scenario: one.outcome for one in assessment.comparisons} == {
        "even-strip": "consistent",
        "even-strip-mainland": "consistent",
        "reported-incursions": "stated above",
        "site-caps": "stated above",
        "stated-by-place": "consistent",
    }


# Other datasets --------------------------------------------------------------------------------


def test_open_datasets_differ_by_as_much_as_was_measured(assessment: Assessment) -> None:
    found = {one.b: one.total_km2 for one in assessment.disagreements}
    assert found == pytest.approx(
        {"osm-2024": 4.66, "osm-2017": 19.59, "natural-earth-10m": 973.5}, rel=1e-3
    )


def test_a_dataset_without_a_province_is_left_out(armenia: Case) -> None:
    unknown = replace(armenia.provinces[0], code="AM-XX")
    elsewhere = replace(armenia, borders=replace(armenia.borders, provinces=(unknown,)))
    assert other_datasets(armenia) == ("osm-2024", "osm-2017", "natural-earth-10m")
    assert on_dataset(elsewhere, "natural-earth-10m") is None


# Repeatability ---------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_summary_whatever_the_threads(armenia: Case) -> None:
    first, second = (assess(armenia, draws=50).summary for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_another_seed_moves_intervals_and_no_best(armenia: Case, assessment: Assessment) -> None:
    other = assess(armenia, draws=500, seed=1)
    for here, there in zip(assessment.estimates, other.estimates, strict=True):
        assert here.area_km2.best == there.area_km2.best
        if here.totals_km2 is not None and there.totals_km2 is not None:
            assert not np.array_equal(here.totals_km2[:500], there.totals_km2)
            assert there.standard_error_km2 is not None
            assert there.area_km2.low == pytest.approx(
                here.area_km2.low, abs=4 * there.standard_error_km2
            )


def test_one_draw_is_an_assessment_that_is_not_settled(armenia: Case) -> None:
    for one in assess(armenia, draws=1).estimates:
        if one.draws is not None:
            assert one.standard_error_km2 is None
            assert one.settled is False
            assert one.area_km2.low is not None
            assert one.area_km2.low <= one.area_km2.best


def test_an_assessment_is_worked_out_without_heavy_guests() -> None:
    code = (
        "import sys, bordermap.assessment;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
