import json
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bordermap.boundaries import Province
from bordermap.errors import DataError, GeometryError
from bordermap.measuring import measured_files
from bordermap.series import Step, Where, dated, read_series
from tests.series.grid import (
    Cells,
    area_km2,
    block,
    feature,
    moving_front,
    province,
    write,
    write_days,
)

WEST_HALF, EAST_HALF = block(range(-5, 9), range(-5, 20)), block(range(9, 18), range(-5, 20))
PROVINCES = (province("AA-W", WEST_HALF), province("AA-E", EAST_HALF))


def steps_of(files: Sequence[Path], provinces: Sequence[Province] = ()) -> list[Step]:
    return list(read_series(dated(files), provinces=provinces))


def days_of(folder: Path, days: Sequence[Cells]) -> list[Path]:
    start = date(2024, 7, 1)
    return write_days(
        folder, {(start + timedelta(days=day)).isoformat(): cells for day, cells in enumerate(days)}
    )


def test_a_series_of_known_truth_is_reproduced_exactly(tmp_path: Path) -> None:
    truth = moving_front()
    steps = steps_of(write_days(tmp_path, truth), PROVINCES)
    assert [str(step.instant).replace("-", "") for step in steps] == list(truth)
    for step, cells in zip(steps, truth.values(), strict=True):
        assert step.area_km2 == pytest.approx(area_km2(cells), rel=1e-9)
        assert step.parts is not None
        assert step.parts.by_province == pytest.approx(
            {"AA-W": area_km2(cells & WEST_HALF), "AA-E": area_km2(cells & EAST_HALF)}, abs=1e-6
        )
        outside_km2 = area_km2(cells - WEST_HALF - EAST_HALF)
        assert step.parts.outside_km2 == pytest.approx(outside_km2, abs=1e-6)
    for step, (before, after) in zip(steps[1:], pairwise(truth.values()), strict=True):
        assert step.gained_km2 == pytest.approx(area_km2(after - before), rel=1e-9)
        assert step.lost_km2 == pytest.approx(area_km2(before - after), rel=1e-9)
        assert step.gained_parts is not None
        assert step.lost_parts is not None
        for half, code in ((WEST_HALF, "AA-W"), (EAST_HALF, "AA-E")):
            gained_km2, lost_km2 = area_km2(half & after - before), area_km2(half & before - after)
            assert step.gained_parts.by_province[code] == pytest.approx(gained_km2, abs=1e-6)
            assert step.lost_parts.by_province[code] == pytest.approx(lost_km2, abs=1e-6)


def test_the_first_row_has_no_change(tmp_path: Path) -> None:
    first, *_ = steps_of(write_days(tmp_path, moving_front()))
    row = first.as_json()
    assert [row[key] for key in ("gained_km2", "lost_km2", "net_km2", "days", "missing")] == [
        None
    ] * 5


def test_a_missing_day_is_told(tmp_path: Path) -> None:
    steps = steps_of(write_days(tmp_path, moving_front()))
    told = {str(step.instant): step.as_json()["missing"] for step in steps if step.missing}
    assert told == {"2024-07-06": {"first": "2024-07-05", "last": "2024-07-05", "days": 1}}
    assert [step.days for step in steps] == [None, 1, 1, 1, 2, 1]


def test_days_are_those_of_the_time_zone(tmp_path: Path) -> None:
    land = block(range(2), range(2))
    files = write_days(tmp_path, {"20240708T2200": land, "20240710T1000": land})
    utc = list(read_series(dated(files)))
    kyiv = list(read_series(dated(files), zone=ZoneInfo("Europe/Kyiv")))
    assert (utc[1].missing_days, kyiv[1].missing_days) == (1, 0)


@given(st.lists(st.frozensets(st.tuples(st.integers(0, 3), st.integers(0, 3))), max_size=5))
def test_areas_by_province_add_up_to_a_square_metre(days: list[Cells]) -> None:
    with TemporaryDirectory() as folder:
        files = days_of(Path(folder), [cells for cells in days if cells])
        steps = steps_of(files, (province("AA-1", block(range(2), range(3))),))
    for step in steps:
        for whole_km2, parts in (
            (step.area_km2, step.parts),
            (step.gained_km2, step.gained_parts),
            (step.lost_km2, step.lost_parts),
        ):
            if parts is not None and whole_km2 is not None:
                sum_km2 = sum(parts.by_province.values()) + parts.outside_km2
                assert sum_km2 == pytest.approx(whole_km2, abs=1e-6)


def test_net_is_the_difference_of_the_areas(tmp_path: Path) -> None:
    steps = steps_of(write_days(tmp_path, moving_front()))
    for before, after in pairwise(steps):
        assert after.net_km2 == pytest.approx(after.area_km2 - before.area_km2, abs=1e-9)


def test_areas_by_province_are_those_of_the_file_measured_alone(tmp_path: Path) -> None:
    files = write_days(tmp_path, moving_front())
    *_, last = steps_of(files, PROVINCES)
    (alone,) = measured_files(files[-1:], provinces=PROVINCES)
    assert last.parts is not None
    assert last.parts.by_province == pytest.approx(alone.by_province, abs=1e-6)
    assert last.area_km2 == pytest.approx(alone.area_km2, rel=1e-12)


def test_many_small_steps_do_not_let_areas_by_province_drift(tmp_path: Path) -> None:
    strip = [block(range(8 + day % 3, 12), range(4)) for day in range(40)]
    files = days_of(tmp_path, strip)
    *_, last = steps_of(files, PROVINCES)
    (alone,) = measured_files(files[-1:], provinces=PROVINCES)
    assert last.parts is not None
    assert last.parts.by_province == pytest.approx(alone.by_province, abs=1e-6)


def test_outlines_of_many_edges_give_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write_days(tmp_path, moving_front())
    ahead = [step.as_json() for step in steps_of(files, PROVINCES)]
    monkeypatch.setattr("bordermap.series.steps.MANY_EDGES", 10)
    assert [step.as_json() for step in steps_of(files, PROVINCES)] == ahead


def test_a_class_that_is_not_there_on_a_day_has_no_area_then(tmp_path: Path) -> None:
    land = block(range(2), range(2))
    files = [
        write(tmp_path / "20240708.geojson", [feature(land, {"name": "a"})]),
        write(tmp_path / "20240709.geojson", [feature(land, {"name": "b"})]),
        write(tmp_path / "20240710.geojson", [feature(land, {"name": "a"})]),
    ]
    series = read_series(dated(files), provinces=PROVINCES, where=Where.reading(["name=a"]))
    assert [round(step.area_km2 / area_km2(land), 9) for step in series] == [1, 0, 1]


def test_a_class_that_no_file_has_is_refused(tmp_path: Path) -> None:
    files = write_days(tmp_path, moving_front())
    with pytest.raises(DataError, match="no feature of any file has name=occupied"):
        list(read_series(dated(files), where=Where.reading(["name=occupied"])))


def test_a_broken_file_is_refused_by_its_name(tmp_path: Path) -> None:
    files = write_days(tmp_path, moving_front())
    files[3].write_text('{"type": "FeatureColl', "utf-8")
    with pytest.raises(DataError, match=r"20240704\.geojson: line 1"):
        list(read_series(dated(files)))


def test_provinces_that_overlap_are_refused(tmp_path: Path) -> None:
    files = write_days(tmp_path, moving_front())
    overlapping = (province("AA-1", WEST_HALF), province("AA-2", WEST_HALF | EAST_HALF))
    with pytest.raises(GeometryError, match="provinces overlap"):
        list(read_series(dated(files), provinces=overlapping))


def test_the_rows_are_json(tmp_path: Path) -> None:
    steps = steps_of(write_days(tmp_path, moving_front()), PROVINCES)
    rows = [step.as_json() for step in steps]
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
