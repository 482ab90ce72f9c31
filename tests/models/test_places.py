"""Incursions and caps as a model: land shared counts once, best and draws fit together."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
import shapely

from bordermap.areas import geodesic_area_km2
from bordermap.errors import GeometryError
from bordermap.estimates import VARIED_SOURCES, Setting, between
from bordermap.intervals import Interval
from bordermap.models import best_km2
from bordermap.scenarios import Scenario
from bordermap.uncertainty import BLOCK, Draws
from tests.assumptions import cap, estimated, incursion, quantity, scenario, setting, site
from tests.shapes import Anchor, along, jagged, side_by_side

BORDERS = side_by_side(cuts=[2]).borders()


def incursions(
    *north_km: float, front: tuple[float, ...], depth: tuple[float, ...]
) -> tuple[Scenario, Setting]:
    names = [f"place-{number}" for number in range(len(north_km))]
    assumed = scenario(
        "incursions",
        incursions=tuple(incursion(name, quantity(*front), quantity(*depth)) for name in names),
    )
    sites = [
        site(name, Anchor().point(0.5, north)) for name, north in zip(names, north_km, strict=True)
    ]
    return assumed, setting(BORDERS, sites=sites)


def caps(
    *east_km: float, radius: tuple[float, ...], accuracy_m: float = 1e-3
) -> tuple[Scenario, Setting]:
    names = [f"place-{number}" for number in range(len(east_km))]
    assumed = scenario("caps", caps=tuple(cap(name, quantity(*radius)) for name in names))
    sites = [
        site(name, Anchor().point(east, 10), accuracy_m)
        for name, east in zip(names, east_km, strict=True)
    ]
    return assumed, setting(BORDERS, sites=sites)


def test_one_incursion_of_known_numbers_has_a_known_area() -> None:
    assumed, given = incursions(10, front=(4,), depth=(2,))
    given = replace(given, varied=frozenset())
    one = estimated(assumed, given)
    assert one.area_km2.best == pytest.approx(8, rel=1e-3)
    assert one.totals_km2 == pytest.approx(np.full(2_000, 8.0), rel=1e-3)
    assert one.by_province == pytest.approx({"AA-1": 4, "AA-2": 4}, rel=0.02)


def test_land_of_two_incursions_counts_once_in_best_and_in_draws() -> None:
    # trap 14
    assumed, given = incursions(9, 11, front=(4,), depth=(2,))
    one = estimated(assumed, replace(given, varied=frozenset()))
    assert one.area_km2.best == pytest.approx(12, rel=2e-3)
    assert one.totals_km2 is not None
    assert one.totals_km2.mean() == pytest.approx(12, rel=0.01)
    assert sum(one.by_province.values()) == pytest.approx(one.area_km2.best, abs=1e-6)
    assert [land.area_km2.best for land in one.footprints] == pytest.approx([8, 8], rel=2e-3)


def test_best_by_province_is_the_union_of_the_footprints_shown() -> None:
    borders = along(jagged(3), cuts=[20]).borders()
    assumed = scenario(
        "incursions",
        incursions=tuple(incursion(name, quantity(3), quantity(1.5)) for name in "abc"),
    )
    sites = [site(name, Anchor().point(1, 6 + 2 * i)) for i, name in enumerate("abc")]
    one = estimated(assumed, setting(borders, sites=sites))
    shown = [polygon for land in one.footprints for polygon in land.polygons["best"].values()]
    assert sum(one.by_province.values()) == pytest.approx(
        geodesic_area_km2(shapely.union_all(shown)), abs=1e-4
    )


def test_the_interval_of_a_front_is_that_of_its_draws() -> None:
    assumed, given = incursions(10, front=(2, 4, 8), depth=(1,))
    one = estimated(assumed, replace(given, varied=frozenset(["front"])))
    # half of it between 2 and 4, half between 4 and 8, thinning out to each end; 1 km deep
    low, high = 4 - 2 * (1 - np.sqrt(0.1)), 4 + 4 * (1 - np.sqrt(0.1))
    assert one.area_km2.low == pytest.approx(low, rel=0.02)
    assert one.area_km2.high == pytest.approx(high, rel=0.02)
    assert one.area_km2.best == pytest.approx(4, rel=1e-3)


def test_one_cap_of_known_radius_is_its_disc() -> None:
    assumed, given = caps(7, radius=(2,))
    one = estimated(assumed, replace(given, varied=frozenset()))
    assert one.area_km2.best == pytest.approx(np.pi * 4, rel=2e-4)
    assert one.followed_km == 0


def test_caps_over_one_another_count_once() -> None:
    assumed, given = caps(6, 8, radius=(2,))
    one = estimated(assumed, replace(given, varied=frozenset()))
    lens = 2 * 4 * np.arccos(0.5) - np.sqrt(12)
    assert one.area_km2.best == pytest.approx(8 * np.pi - lens, rel=2e-3)
    assert one.totals_km2 is not None
    assert one.totals_km2.mean() == pytest.approx(8 * np.pi - lens, rel=0.015)


@pytest.mark.parametrize(
    ("assumed", "given"),
    [incursions(9, 11, front=(2, 4, 8), depth=(1, 2, 3)), caps(6, 8, radius=(1, 2, 3))],
)
def test_best_alone_is_that_of_the_estimate_to_the_bit(assumed: Scenario, given: Setting) -> None:
    given = replace(given, varied=frozenset())
    assert best_km2(assumed, given) == estimated(assumed, given).area_km2.best


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    assumed, given = incursions(8, 10, front=(1, 3, 5), depth=(1, 2, 3))
    one, again = estimated(assumed, given), estimated(assumed, given)
    other = estimated(assumed, replace(given, draws=replace(given.draws, seed=8)))
    assert one.totals_km2 is not None
    assert again.totals_km2 is not None
    assert other.totals_km2 is not None
    assert one.totals_km2.tobytes() == again.totals_km2.tobytes()
    assert one.totals_km2.tobytes() != other.totals_km2.tobytes()
    assert one.area_km2.best == other.area_km2.best


def test_more_draws_begin_with_the_fewer() -> None:
    assumed, given = incursions(8, 10, front=(1, 3, 5), depth=(1, 2, 3))
    less = estimated(assumed, replace(given, draws=Draws(seed=7, count=100))).totals_km2
    more = estimated(assumed, replace(given, draws=Draws(seed=7, count=BLOCK + 100))).totals_km2
    assert less is not None
    assert more is not None
    assert more[:100] == pytest.approx(less, rel=1e-12)


def test_a_site_more_does_not_change_the_draws_of_the_others() -> None:
    first, given = incursions(3, front=(1, 2, 3), depth=(1,))
    both, wider = incursions(3, 17, front=(1, 2, 3), depth=(1,))
    alone = estimated(first, replace(given, varied=frozenset(["front"]))).totals_km2
    together = estimated(both, replace(wider, varied=frozenset(["front"]))).totals_km2
    assert alone is not None
    assert together is not None
    rest = together - alone
    assert np.corrcoef(alone, rest)[0, 1] == pytest.approx(0, abs=0.08)
    assert rest.min() >= 1 * (1 - 1e-3)


@pytest.mark.parametrize("wider", [(1.5, 3, 5), (2, 3, 7), (1, 3, 8)])
def test_wider_inputs_never_give_a_narrower_interval(wider: tuple[float, ...]) -> None:
    def width(front: tuple[float, ...]) -> float:
        assumed, given = incursions(10, front=front, depth=(1, 1.5, 2))
        area = estimated(assumed, given).area_km2
        return (area.high or 0) - (area.low or 0)

    assert width(wider) > width((2, 3, 5))


def test_each_source_varies_alone_and_none_is_none() -> None:
    assumed, given = incursions(10, front=(2, 4, 6), depth=(1, 2, 3))
    one = estimated(assumed, given)
    assert one.variation is not None
    spreads = {source: np.ptp(one.variation.alone(source)) for source in one.variation.sources}
    assert set(spreads) <= set(VARIED_SOURCES)
    assert spreads["front"] > 5
    assert spreads["depth"] > 5
    assert spreads["shape"] == 0  # the fill is certain here
    assert spreads["border"] > 0
    still = estimated(assumed, replace(given, varied=frozenset()))
    assert still.totals_km2 is not None
    assert np.ptp(still.totals_km2) == 0


def test_a_source_held_at_an_end_gives_that_ends_area() -> None:
    assumed, given = incursions(10, front=(2, 4, 6), depth=(1, 2, 3))
    variation = estimated(assumed, given).variation
    assert variation is not None
    held = [variation.held_at("depth", place) for place in (-1, -0.5, 0, 0.5, 1)]
    assert held == pytest.approx([4, 6, 8, 10, 12], rel=1e-3)


def test_a_place_between_low_and_high_is_on_the_way() -> None:
    interval = Interval(low=1, best=2, high=6)
    assert [between(interval, place) for place in (-1, -0.5, 0, 0.5, 1)] == [1, 1.5, 2, 4, 6]
    assert between(Interval(low=None, best=2, high=None), 0.7) == 2


def test_a_site_of_uncertain_position_moves_its_cap() -> None:
    # at the border's edge a move to either side gains or loses land
    assumed, given = caps(0.5, radius=(2,), accuracy_m=1_500)
    moved = estimated(assumed, replace(given, varied=frozenset(["position"]))).totals_km2
    assert moved is not None
    assert 2 < np.ptp(moved) < np.pi * 4


def test_an_area_never_falls_below_nothing() -> None:
    borders = replace(side_by_side(cuts=[2]), accuracy_m=5_000).borders()
    assumed, given = incursions(10, front=(0.5,), depth=(0.2,))
    one = estimated(assumed, replace(given, borders=borders))
    assert one.totals_km2 is not None
    assert one.totals_km2.min() == 0
    assert one.area_km2.low == 0


def test_memory_does_not_grow_with_the_number_of_draws() -> None:
    assumed, given = incursions(8, 10, front=(1, 3, 5), depth=(1, 2, 3))

    def peak_bytes(count: int) -> int:
        tracemalloc.start()
        estimated(assumed, replace(given, draws=Draws(seed=7, count=count)))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak_bytes(10)  # tables that are made once
    few, many = peak_bytes(2 * BLOCK), peak_bytes(16 * BLOCK)
    # but for the totals themselves, eight bytes a draw and a copy to sort
    assert many - few < 14 * BLOCK * 8 * 8


def test_a_site_far_from_the_border_is_refused_by_name_of_its_place() -> None:
    assumed = scenario("incursions", incursions=(incursion("far", quantity(1), quantity(1)),))
    given = setting(BORDERS, sites=[site("far", Anchor().point(90, 10))])
    with pytest.raises(GeometryError, match="no border within"):
        estimated(assumed, given)


def test_a_fill_that_no_shape_has_is_refused() -> None:
    assumed = scenario(
        "incursions",
        incursions=(incursion("here", quantity(1), quantity(1), quantity(0.2, 0.3, 0.4)),),
    )
    given = setting(BORDERS, sites=[site("here", Anchor().point(1, 10))])
    with pytest.raises(GeometryError, match=r"0\.5 \(a triangle\)"):
        estimated(assumed, given)
