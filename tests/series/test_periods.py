from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bordermap.series import UNITS, Parts, Step, Unit, by_period, instant_of

CHANGES = st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=1, max_size=60)


def parts(km2: float) -> Parts:
    return Parts(by_province={"AA-1": km2 / 4, "AA-2": km2 / 2}, outside_km2=km2 / 4)


def daily(changes: list[tuple[float, float]], first: date = date(2023, 12, 20)) -> list[Step]:
    """Return steps a day apart with some land gained and lost on each but the first."""
    steps, area_km2 = [], 5_000.0
    for number, (gained, lost) in enumerate(changes):
        start = number == 0
        area_km2 += 0 if start else gained - lost
        steps.append(
            Step(
                instant=instant_of((first + timedelta(days=number)).isoformat()),
                file=f"{number}.geojson",
                features=1,
                area_km2=area_km2,
                parts=parts(area_km2),
                gained_km2=None if start else gained,
                lost_km2=None if start else lost,
                gained_parts=None if start else parts(gained),
                lost_parts=None if start else parts(lost),
            )
        )
    return steps


@pytest.mark.parametrize("unit", UNITS)
@given(changes=CHANGES)
def test_periods_add_up_to_the_series(unit: Unit, changes: list[tuple[float, float]]) -> None:
    steps = daily(changes)
    periods = list(by_period(steps, unit))
    assert sum(one.outlines for one in periods) == len(steps)
    assert sum(one.gained_km2 or 0 for one in periods) == pytest.approx(
        sum(gained for gained, _ in changes[1:])
    )
    net_km2 = sum(one.net_km2 or 0 for one in periods)
    assert net_km2 == pytest.approx(steps[-1].area_km2 - steps[0].area_km2, abs=1e-6)
    assert periods[-1].area_km2 == steps[-1].area_km2


@given(CHANGES)
def test_a_period_of_a_day_is_the_step(changes: list[tuple[float, float]]) -> None:
    steps = daily(changes)
    for step, period in zip(steps, by_period(steps, "day"), strict=True):
        assert period.name == str(step.instant)
        assert (period.area_km2, period.gained_km2) == (step.area_km2, step.gained_km2)
        assert period.gained_parts == step.gained_parts


def test_weeks_are_those_of_iso_8601_and_years_those_of_the_calendar() -> None:
    steps = daily([(1.0, 0.0)] * 20)
    assert [one.name for one in by_period(steps, "week")] == [
        "2023-W51",
        "2023-W52",
        "2024-W01",
        "2024-W02",
    ]
    assert [one.name for one in by_period(steps, "month")] == ["2023-12", "2024-01"]
    assert [(one.name, one.outlines) for one in by_period(steps, "year")] == [
        ("2023", 12),
        ("2024", 8),
    ]


def test_the_last_outline_of_a_day_is_the_day_s_area() -> None:
    noon, night = (
        Step(instant=instant_of(f"2024-07-08T{hour}:00Z"), file="", features=1, area_km2=km2)
        for hour, km2 in (("12", 1.0), ("22", 2.0))
    )
    (day,) = by_period([noon, night], "day")
    assert (day.area_km2, day.outlines, day.gained_km2) == (2.0, 2, None)
    kyiv = by_period([noon, night], "day", zone=ZoneInfo("Europe/Kyiv"))
    assert [one.name for one in kyiv] == ["2024-07-08", "2024-07-09"]


def test_a_gap_counts_where_it_ends() -> None:
    steps = daily([(1.0, 0.0)] * 2, date(2024, 6, 29))
    later = Step(
        instant=instant_of("2024-07-04"),
        file="",
        features=1,
        area_km2=1.0,
        missing=(date(2024, 7, 1), date(2024, 7, 3)),
    )
    june, july = by_period([*steps, later], "month", zone=UTC)
    assert (june.missing_days, july.missing_days) == (0, 3)


def test_a_period_is_json_with_its_own_keys() -> None:
    (first, *_) = by_period(daily([(1.0, 0.5)] * 3), "day")
    row = first.as_json()
    assert row["period"] == "2023-12-20"
    assert row["gained_km2"] is None
    assert row["by_province"] == {"AA-1": 1250.0, "AA-2": 2500.0}
    assert row["gained_by_province"] == {}
