"""The flow put together, on invented land: answers, budget, conditions, coverage."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from bordermap.areas import geodesic_area_km2
from bordermap.budget import BUDGET_DRAWS, budget_of, conditions_of, without_each
from bordermap.cells import DEEPEST_M
from bordermap.estimates import Estimate
from bordermap.footprints.incursion_frame import IncursionFrame
from bordermap.footprints.strip import strip
from bordermap.intervals import Interval
from bordermap.strip_answers import strip_answers
from bordermap.uncertainty import Draws, split_quantile
from tests.assumptions import estimated, incursion, quantity, scenario, setting, site
from tests.shapes import (
    Anchor,
    Neighbours,
    along,
    jagged,
    multi,
    scattered,
    side_by_side,
    square,
)

BORDERS = side_by_side(cuts=[2]).borders()


def two_incursions() -> Estimate:
    assumed = scenario(
        "incursions",
        incursions=(
            incursion("south", quantity(1, 2, 4), quantity(1, 1.5, 3), quantity(0.5, 0.75, 1)),
            incursion("north", quantity(2, 3, 3), quantity(1)),
        ),
    )
    sites = [site("south", Anchor().point(1, 4)), site("north", Anchor().point(1, 15))]
    return estimated(assumed, setting(BORDERS, sites=sites))


def islands_beyond_the_coast() -> Neighbours:
    land = side_by_side()
    islands = [Anchor().polygon(square(16, 4 * i, 1.5)) for i in range(5)]
    return replace(
        land, provinces={"AA-1": multi(shapely.union_all([land.provinces["AA-1"], *islands]))}
    )


# Strips ----------------------------------------------------------------------------------------


def test_every_section_has_its_answer_and_a_section_too_small_has_none() -> None:
    borders = scattered().borders()
    answers = {one.section: one for one in strip_answers(borders, Interval.exact(60))}
    assert list(answers) == ["all", "mainland", "far", "exclaves"]
    for answer in answers.values():
        depth = answer.depth_m_for_stated
        if depth is not None:
            part = borders.of_section(answer.section)
            assert strip(part, depth.best).area_km2 == pytest.approx(60, abs=1e-3)
            assert sum(answer.by_province.values()) == pytest.approx(60, abs=1e-6)
            assert sum(answer.curve.at(depth.best).values()) == pytest.approx(60, rel=2e-4)
    large = {one.section: one for one in strip_answers(borders, Interval.exact(380))}
    assert large["all"].depth_m_for_stated is not None
    assert large["all"].as_json()["by_province"] != {}
    assert (
        strip_answers(borders, Interval(low=300, best=300, high=9_999))[0].as_json()[
            "depth_m_for_stated"
        ]
        is None
    )


def test_a_figure_that_no_section_can_hold_has_no_depth_and_curves_all_the_same() -> None:
    answers = strip_answers(BORDERS, Interval.exact(1e6))
    assert [answer.depth_m_for_stated for answer in answers] == [None, None]
    assert all(answer.curve.deepest_m > 0 for answer in answers)


def test_a_figure_that_takes_land_near_the_deepest_has_a_curve_that_ends_there() -> None:
    line = [(0.0, north) for north in np.arange(0, 81, 20.0)]
    anchor = Anchor()
    borders = Neighbours(
        provinces={"AA-1": anchor.polygon([*line, (200, 80), (200, 0)])},
        neighbour=anchor.polygon([*line, (-50, 80), (-50, 0)]),
    ).borders()
    answer = strip_answers(borders, Interval.exact(80 * 90))[0]
    assert answer.depth_m_for_stated is not None
    assert answer.curve.deepest_m == DEEPEST_M
    assert strip_answers(borders, Interval.exact(80 * 120))[0].depth_m_for_stated is None


@pytest.mark.parametrize(
    ("land", "stated_km2", "is_sum"),
    [
        (scattered(), 12, True),
        (scattered(), 60, False),  # deep enough for strips of two sections to meet
        (islands_beyond_the_coast(), 150, True),
        (islands_beyond_the_coast(), 280, False),  # deep enough to reach land behind no section
        (side_by_side(cuts=[2]), 150, True),
    ],
)
def test_the_curve_of_the_whole_border_is_that_of_its_strip(
    land: Neighbours, stated_km2: float, *, is_sum: bool
) -> None:
    borders = land.borders()
    whole, *sections = strip_answers(borders, Interval.exact(stated_km2))
    for depth_m in np.linspace(0.02, 1, 9) * whole.curve.deepest_m:
        area_km2 = strip(borders, depth_m).area_km2
        assert sum(whole.curve.at(depth_m).values()) == pytest.approx(area_km2, rel=2e-3)
    nodes_m = np.unique(np.concatenate([one.curve.depths_m for one in sections]))
    assert np.array_equal(whole.curve.depths_m, nodes_m) == is_sum


# What an interval is made of -------------------------------------------------------------------


def test_the_budget_names_every_source_with_its_part() -> None:
    one = two_incursions()
    lines = {line.source: line for line in budget_of(one, BORDERS)}
    assert {"position", "front", "depth", "shape", "border"} <= lines.keys()
    drawn = [line.share for line in lines.values() if line.share is not None]
    assert all(0 <= share <= 1 for share in drawn)
    assert 0.7 < sum(drawn) < 1.2
    assert max(lines.values(), key=lambda line: line.share or 0).source in {"front", "depth"}
    assert lines["border, errors to one side"].km2 == pytest.approx(5 * 0.05, rel=0.05)


def test_shares_of_fronts_depths_and_shapes_are_the_first_order_indices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bordermap.budget.BUDGET_DRAWS", 16_384)
    # over an even border each area is front × depth × fill, so that indices follow from the means
    # and variances of the numbers alone
    numbers: dict[str, dict[str, tuple[float, float, float]]] = {
        "south": {"front": (1, 2, 4), "depth": (1, 1.5, 3), "shape": (0.5, 0.75, 1)},
        "north": {"front": (2, 3, 3.5), "depth": (0.5, 1, 3), "shape": (0.6, 0.7, 0.9)},
    }
    assumed = scenario(
        "incursions",
        incursions=tuple(
            incursion(name, *(quantity(*ends) for ends in numbers[name].values()))
            for name in numbers
        ),
    )
    sites = [site("south", Anchor().point(1, 4)), site("north", Anchor().point(1, 15))]
    given = setting(BORDERS, sites=sites, draws=Draws(seed=3, count=16_384))
    lines = {line.source: line.share for line in budget_of(estimated(assumed, given), BORDERS)}
    middles = (np.arange(100_000) + 0.5) / 100_000
    drawn = {
        (name, source): split_quantile(middles, Interval(low=low, best=best, high=high))
        for name, of_site in numbers.items()
        for source, (low, best, high) in of_site.items()
    }
    mean = {key: values.mean() for key, values in drawn.items()}
    square = {key: (values**2).mean() for key, values in drawn.items()}
    sources = ("front", "depth", "shape")
    whole = sum(
        np.prod([square[name, source] for source in sources])
        - np.prod([mean[name, source] for source in sources]) ** 2
        for name in numbers
    )
    for source in sources:
        alone = sum(
            (square[name, source] - mean[name, source] ** 2)
            * np.prod([mean[name, other] for other in sources if other != source]) ** 2
            for name in numbers
        )
        assert lines[source] == pytest.approx(alone / whole, abs=0.02)
    assert lines["position"] == pytest.approx(0, abs=0.005)


def test_a_budget_is_of_the_first_draws_however_many_there_are() -> None:
    assumed = scenario("incursions", incursions=(incursion("a", quantity(2, 3, 4), quantity(1)),))
    sites = [site("a", Anchor().point(1, 10))]
    few, many = (
        list(budget_of(estimated(assumed, setting(BORDERS, sites=sites, draws=draws)), BORDERS))
        for draws in (Draws(seed=7, count=BUDGET_DRAWS), Draws(seed=7, count=3_000))
    )
    for here, there in zip(few, many, strict=True):
        assert here.km2 == pytest.approx(there.km2, rel=1e-9)
        assert (here.share or 0) == pytest.approx(there.share or 0, rel=1e-9)


def test_one_certain_source_has_no_part_in_the_budget() -> None:
    assumed = scenario("incursions", incursions=(incursion("a", quantity(2, 3, 4), quantity(1)),))
    given = setting(BORDERS, sites=[site("a", Anchor().point(1, 10))])
    one = estimated(assumed, given)
    lines = {line.source: line for line in budget_of(one, BORDERS)}
    assert lines["depth"].km2 == pytest.approx(0, abs=1e-6)
    assert lines["depth"].share == pytest.approx(0, abs=0.005)
    explained = (lines["front"].share or 0) + (lines["border"].share or 0)
    assert explained == pytest.approx(1, abs=0.005)


def test_a_condition_says_where_numbers_would_have_to_be() -> None:
    assumed = scenario("incursions", incursions=(incursion("a", quantity(4), quantity(1, 2, 4)),))
    given = setting(BORDERS, sites=[site("a", Anchor().point(1, 10))])
    one = estimated(assumed, given)
    found = {line.source: line for line in conditions_of(one, stated_km2=12)}
    assert (found["depth"].low_km2, found["depth"].high_km2) == pytest.approx((4, 16), rel=1e-3)
    assert found["depth"].place == pytest.approx(0.5, abs=1e-3)
    assert found["front"].place is None
    assert next(iter(conditions_of(one, stated_km2=100))).place is None


def test_without_one_footprint_the_best_is_that_of_the_others() -> None:
    one = two_incursions()
    without = without_each(one)
    areas = {land.id: land.area_km2.best for land in one.footprints}
    assert without == pytest.approx({"south": areas["north"], "north": areas["south"]}, rel=1e-9)


# Coverage --------------------------------------------------------------------------------------


@pytest.mark.parametrize("turns", [0, 2])
def test_ninety_in_a_hundred_truths_lie_in_the_interval(turns: int) -> None:
    # truths are drawn from the assumptions by other random numbers, and measured as polygons
    borders = replace(along(jagged(turns), cuts=[]), accuracy_m=1e-6).borders()
    places = {"a": Anchor().point(1, 6), "b": Anchor().point(1, 13)}
    front, depth, fill = quantity(2, 4, 7), quantity(0.4, 1.2, 3), quantity(0.5, 0.8, 1)
    assumed = scenario(
        "incursions",
        incursions=tuple(incursion(name, front, depth, fill) for name in places),
    )
    sites = [site(name, point, accuracy_m=600) for name, point in places.items()]
    area = estimated(
        assumed, setting(borders, sites=sites, draws=Draws(seed=1, count=4_000))
    ).area_km2
    random = np.random.default_rng(99)
    frames = [
        IncursionFrame.at(point, borders, widest_m=7_000 + 2 * 3 * 600 / 2.4477, deepest_m=3_000)
        for point in places.values()
    ]
    truths = np.array([truth_km2(frames, random) for _ in range(300)])
    covered = ((truths >= (area.low or 0)) & (truths <= (area.high or 0))).mean()
    assert covered == pytest.approx(0.9, abs=0.03)


def split_triangle(random: np.random.Generator, low: float, best: float, high: float) -> float:
    """Return a number that is as likely below best as above it, and rarer towards each end."""
    end = low if random.random() < 0.5 else high
    return random.triangular(min(best, end), best, max(best, end))


def truth_km2(frames: list[IncursionFrame], random: np.random.Generator) -> float:
    """Return the land of one possible truth, drawn as a polygon."""
    land: list[shapely.MultiPolygon] = []
    for frame in frames:
        shift_m = float(np.clip(random.normal(), -3, 3)) * 600 / 2.4477
        polygons = frame.polygons(
            front_m=split_triangle(random, 2_000, 4_000, 7_000),
            depth_m=split_triangle(random, 400, 1_200, 3_000),
            fill=split_triangle(random, 0.5, 0.8, 1),
            shift_m=shift_m,
        )
        land.extend(polygons.values())
    return geodesic_area_km2(shapely.union_all(land))
