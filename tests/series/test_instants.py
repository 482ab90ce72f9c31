from datetime import UTC, date, datetime, timedelta, timezone

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bordermap.errors import DataError
from bordermap.series import Instant, instant_in_name, instant_of
from bordermap.series.instants import days_between, days_from

MOMENTS = st.datetimes(datetime(2001, 9, 10), datetime(2030, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
DAYS = st.dates(date(1900, 1, 2), date(2199, 12, 30))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("20240708.geojson", "2024-07-08"),
        ("2024-07-08.geojson", "2024-07-08"),
        ("map_2024_07_08_final.geojson", "2024-07-08"),
        ("2024.07.08.json", "2024-07-08"),
        ("2022-11-15_1668470640.geojson", "2022-11-15T00:04:00Z"),
        ("1668470640.geojson", "2022-11-15T00:04:00Z"),
        ("1668470640000.geojson", "2022-11-15T00:04:00Z"),
        ("20240708T0630.geojson", "2024-07-08T06:30:00Z"),
        ("2024-07-08T06-30-15Z.geojson", "2024-07-08T06:30:15Z"),
        ("2024070806.geojson", "2024-07-08T06:00:00Z"),
        ("20240708063015.geojson", "2024-07-08T06:30:15Z"),
        ("v12345678_20240708.geojson", "2024-07-08"),
        ("20240708_copy_of_2024-07-08.geojson", "2024-07-08"),
        ("20240105_0630.geojson", "2024-01-05T06:30:00Z"),
        ("front_2024-01-05_063015Z_final.geojson", "2024-01-05T06:30:15Z"),
        ("2024-01-05 06.30.geojson", "2024-01-05T06:30:00Z"),
        ("20240105-2359.geojson", "2024-01-05T23:59:00Z"),
        ("20240105_2460.geojson", "2024-01-05"),
        ("20240105_06.geojson", "2024-01-05"),
        ("20240105_12345.geojson", "2024-01-05"),
        ("20240105_0630_1668470640.geojson", "2022-11-15T00:04:00Z"),
    ],
)
def test_a_name_tells_its_day_or_moment(name: str, told: str) -> None:
    assert str(instant_in_name(name)) == told


@pytest.mark.parametrize(
    "name", ["front.geojson", "20241341.geojson", "2024-7-8.geojson", "123456.geojson", "", "٢٠٢٤"]
)
def test_a_name_without_a_date_tells_none(name: str) -> None:
    assert instant_in_name(name) is None


@pytest.mark.parametrize(
    "name", ["2024-07-08_to_2024-07-15.geojson", "1668470640_1668470641.geojson"]
)
def test_a_name_with_two_dates_is_refused(name: str) -> None:
    with pytest.raises(DataError, match=r"the name tells .* and "):
        instant_in_name(name)


def test_a_unix_time_wins_over_the_day_beside_it() -> None:
    assert str(instant_in_name("2022-11-15_1668466800.geojson")) == "2022-11-14T23:00:00Z"


@given(MOMENTS)
def test_a_moment_is_read_from_its_unix_time_in_a_name(moment: datetime) -> None:
    assert instant_in_name(f"x_{int(moment.timestamp())}.geojson") == Instant(moment, is_day=False)


@given(DAYS)
def test_a_day_is_read_from_however_it_is_written(day: date) -> None:
    long, short = day.isoformat(), day.strftime("%Y%m%d")
    assert instant_in_name(long) == instant_in_name(short) == instant_of(long) == instant_of(short)
    assert str(instant_of(long)) == long


@given(st.text(max_size=40))
def test_any_name_tells_a_date_or_none_or_is_refused(name: str) -> None:
    try:
        found = instant_in_name(name)
    except DataError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert found is None or str(found)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1668470640, "2022-11-15T00:04:00Z"),
        (1668470640.0, "2022-11-15T00:04:00Z"),
        (1668470640000, "2022-11-15T00:04:00Z"),
        ("1668470640", "2022-11-15T00:04:00Z"),
        (" 2024-07-08 ", "2024-07-08"),
        ("2024-07-08T06:30:00+03:00", "2024-07-08T03:30:00Z"),
        ("2024-07-08 06:30", "2024-07-08T06:30:00Z"),
        ("2024-07-08T00:00:00", "2024-07-08T00:00:00Z"),
    ],
    ids=repr,
)
def test_a_value_gives_its_day_or_moment(value: object, told: str) -> None:
    assert str(instant_of(value)) == told


@pytest.mark.parametrize(
    "value",
    [
        "8 July",
        "",
        None,
        True,
        [],
        1e300,
        float("inf"),
        float("nan"),
        "99999999999999",
        0.5e9**2,
    ],
)
def test_a_value_that_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(DataError, match=r"is no date|not one of an outline"):
        instant_of(value)


@pytest.mark.parametrize(
    "value", ["1066-10-14", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00+14:00"]
)
def test_a_year_that_no_outline_is_of_is_refused(value: str) -> None:
    with pytest.raises(DataError, match=r"is no date|not one of an outline"):
        instant_of(value)


def test_a_refusal_shows_a_value_short_and_without_what_steers_a_terminal() -> None:
    with pytest.raises(DataError) as refusal:
        instant_of("\x1b[2J" + "x" * 500)
    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value)) < 200


def test_a_day_is_the_same_day_everywhere_and_a_moment_is_not() -> None:
    east = timezone(timedelta(hours=3))
    assert instant_of("2024-07-08").day_in(east) == date(2024, 7, 8)
    assert instant_of("2024-07-08T22:30:00Z").day_in(east) == date(2024, 7, 9)


def test_days_between_two_days_are_those_inside() -> None:
    friday, monday = instant_of("2024-07-05"), instant_of("2024-07-08")
    assert days_between(friday, monday, UTC) == (date(2024, 7, 6), date(2024, 7, 7))
    assert days_between(friday, instant_of("2024-07-06"), UTC) is None
    assert days_between(friday, friday, UTC) is None
    assert days_from(friday, monday) == 3
    assert days_from(friday, instant_of("2024-07-05T06:00Z")) == 0.25
