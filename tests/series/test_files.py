import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from bordermap.errors import OutputError
from bordermap.geojson import read_features
from bordermap.series import Step, by_period, dated, read_series
from bordermap.series.files import (
    period_row,
    recorded,
    require_writable,
    step_row,
    write_tables,
)
from tests.series.grid import area_km2, block, moving_front, province, write_days

PROVINCES = (province("AA-1", block(range(-5, 9), range(-5, 20))),)


@pytest.fixture
def steps(tmp_path: Path) -> list[Step]:
    folder = tmp_path / "outlines"
    folder.mkdir()
    return list(read_series(dated(write_days(folder, moving_front())), provinces=PROVINCES))


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_csv_and_parquet_hold_the_same_numbers(steps: list[Step], tmp_path: Path) -> None:
    paths = [tmp_path / "series.csv", tmp_path / "series.parquet"]
    write_tables([step_row(step) for step in steps], paths)
    from_csv, from_parquet = pd.read_csv(paths[0]), pd.read_parquet(paths[1])
    pd.testing.assert_frame_equal(from_csv, from_parquet, check_dtype=False)
    assert from_csv["area_km2"].tolist() == [step.area_km2 for step in steps]
    assert from_csv["gained_km2:AA-1"].isna().tolist() == [True, *[False] * 5]


def test_tables_written_twice_are_the_same_bytes(steps: list[Step], tmp_path: Path) -> None:
    rows = [step_row(step) for step in steps]
    for suffix in (".csv", ".parquet"):
        one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
        write_tables(rows, [one, other])
        assert one.read_bytes() == other.read_bytes()


def test_periods_have_a_table_too(steps: list[Step], tmp_path: Path) -> None:
    write_tables([period_row(one) for one in by_period(steps, "month")], [tmp_path / "m.csv"])
    (row,) = rows_of(tmp_path / "m.csv")
    assert (row["period"], row["outlines"], row["missing_days"]) == ("2024-07", "6", "1")
    assert float(row["net_km2"]) == pytest.approx(steps[-1].area_km2 - steps[0].area_km2)


def test_land_gained_and_lost_is_written_as_geojson(steps: list[Step], tmp_path: Path) -> None:
    path = tmp_path / "land.geojson"
    kept = recorded(iter(steps), [path]).steps
    assert [step.as_json() for step in kept] == [step.as_json() for step in steps]
    assert all(step.change is None for step in kept)
    truth = list(moving_front().values())
    features = {feature.id: feature for feature in read_features(path)}
    gained = features["2024-07-02-gained"]
    assert gained.properties["area_km2"] == pytest.approx(area_km2(truth[1] - truth[0]))
    assert gained.properties["kind"] == "gained"
    assert gained.properties["date"] == "2024-07-02"
    assert len(features) == 10
    assert json.loads(path.read_text("utf-8"))["features"][0]["id"] == "2024-07-02-gained"


def test_without_a_file_for_the_land_every_step_is_kept_all_the_same(steps: list[Step]) -> None:
    assert len(recorded(iter(steps), []).steps) == len(steps)


def test_a_file_s_name_that_a_spreadsheet_would_run_is_inert(tmp_path: Path) -> None:
    (file,) = write_days(tmp_path, {"=1+1_20240708": block(range(2), range(2))})
    named = file.relative_to(tmp_path)
    step = Step(instant=dated([file])[0].instant, file=str(named), features=1, area_km2=1.0)
    write_tables([step_row(step)], [tmp_path / "s.csv"])
    (row,) = rows_of(tmp_path / "s.csv")
    assert row["file"].startswith("'=")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["series.xlsx"], "give a name that ends in"),
        (["series"], "give a name that ends in"),
        (["a.geojson", "b.geojson"], "the land is written once"),
        (["no/such/series.csv"], "is no folder"),
    ],
)
def test_a_name_that_cannot_be_written_is_refused(
    tmp_path: Path, names: list[str], told: str
) -> None:
    with pytest.raises(OutputError, match=told):
        require_writable([tmp_path / name for name in names])
