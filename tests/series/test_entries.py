from pathlib import Path

import pytest

from bordermap.errors import DataError
from bordermap.series import dated, outline_files, read_series
from tests.series.grid import block, feature, write, write_days

SOME = block(range(2), range(2))


def days(folder: Path, *names: str) -> list[Path]:
    return write_days(folder, dict.fromkeys(names, SOME))


def test_outlines_are_put_in_the_order_of_time(tmp_path: Path) -> None:
    files = days(tmp_path, "2024-07-10", "20240708", "a_1720400400", "2024-07-08T12")
    assert [str(entry.instant) for entry in dated(files)] == [
        "2024-07-08",
        "2024-07-08T01:00:00Z",
        "2024-07-08T12:00:00Z",
        "2024-07-10",
    ]


def test_two_outlines_of_one_day_are_told_apart_by_their_time(tmp_path: Path) -> None:
    files = days(tmp_path, "20240708_1800", "20240708_0630")
    assert [str(entry.instant) for entry in dated(files)] == [
        "2024-07-08T06:30:00Z",
        "2024-07-08T18:00:00Z",
    ]


@pytest.mark.parametrize(
    "names",
    [("20240708", "2024-07-08"), ("20240708", "x-20240708"), ("1720400400", "2024-07-08T01:00")],
)
def test_two_outlines_of_one_instant_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    with pytest.raises(DataError, match="are both of 2024-07-08") as refusal:
        dated(days(tmp_path, *names))
    assert all(name in str(refusal.value) for name in names)


def test_a_folder_gives_its_geojson_files(tmp_path: Path) -> None:
    days(tmp_path, "20240709", "20240708")
    (tmp_path / "README.md").write_text("about", "utf-8")
    (tmp_path / ".20240707.geojson").write_text("hidden", "utf-8")
    (tmp_path / "older").mkdir()
    assert [path.name for path in outline_files([tmp_path])] == [
        "20240708.geojson",
        "20240709.geojson",
    ]


def test_a_folder_without_outlines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"holds no \.geojson"):
        outline_files([tmp_path])


def test_a_property_tells_the_date_where_the_name_does_not(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "b.geojson", [feature(SOME, {"date": "2024-07-08"})]),
        write(tmp_path / "a.geojson", [feature(SOME, {"date": 1720483200})]),
    ]
    assert [(str(entry.instant), entry.path.name) for entry in dated(files)] == [
        ("2024-07-08", "b.geojson"),
        ("2024-07-09T00:00:00Z", "a.geojson"),
    ]


def test_a_property_that_is_asked_for_goes_before_the_name(tmp_path: Path) -> None:
    file = write(tmp_path / "20240101.geojson", [feature(SOME, {"as_of": "2024-07-08"})])
    (entry,) = dated([file], date_property="as_of")
    assert str(entry.instant) == "2024-07-08"


def test_one_file_may_hold_outlines_of_several_dates(tmp_path: Path) -> None:
    features = [feature(SOME, {"date": f"2024-07-0{day}"}) for day in (3, 1, 2, 1)]
    entries = dated([write(tmp_path / "all.geojson", features)])
    assert [str(entry.instant) for entry in entries] == ["2024-07-01", "2024-07-02", "2024-07-03"]


def test_a_feature_without_its_date_is_refused(tmp_path: Path) -> None:
    features = [feature(SOME, {"as_of": "2024-07-08"}), feature(SOME)]
    with pytest.raises(DataError, match="feature 2 has no property 'as_of'"):
        dated([write(tmp_path / "a.geojson", features)], date_property="as_of")


def test_a_feature_whose_date_is_none_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.geojson", [feature(SOME, {"as_of": "soon"})])
    with pytest.raises(DataError, match="feature 1: the property 'as_of': 'soon' is no date"):
        dated([file], date_property="as_of")


def test_a_file_whose_date_nothing_tells_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="neither the name nor a property 'date'"):
        dated([write(tmp_path / "front.geojson", [feature(SOME)])])


def test_a_table_goes_before_the_name(tmp_path: Path) -> None:
    files = days(tmp_path, "20240101", "front")
    table = tmp_path / "dates.csv"
    table.write_text("file,date\nfront.geojson,2024-07-08\n20240101.geojson,2024-07-09\n", "utf-8")
    entries = dated(files, table=table)
    assert [entry.path.name for entry in entries] == ["front.geojson", "20240101.geojson"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("file,day\na.geojson,2024-07-08\n", "needs the columns 'file' and 'date'"),
        ("file,date\nother.geojson,2024-07-08\n", "names other.geojson, which is not among"),
        ("file,date\na.geojson,8 July\n", "line 2: '8 July' is no date"),
        ("file,date\na.geojson,2024-07-08\na.geojson,2024-07-09\n", "line 3: names a.geojson a"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path: Path, rows: str, told: str) -> None:
    (tmp_path / "dates.csv").write_text(rows, "utf-8")
    with pytest.raises(DataError, match=told):
        dated(days(tmp_path, "a"), table=tmp_path / "dates.csv")


def test_the_land_that_a_series_wrote_is_no_outline(tmp_path: Path) -> None:
    outlines = days(tmp_path, "20240708", "20240709")
    for name in ("changes.geojson", "changes-20240710.geojson"):
        written = write(
            tmp_path / name,
            [
                feature(
                    SOME,
                    {
                        "date": "2024-07-09",
                        "kind": "gained",
                        "area_km2": 1.0,
                        "days": 1.0,
                        "file": "20240709.geojson",
                    },
                )
            ],
        )
        with pytest.raises(DataError, match="holds land gained and lost, as a series"):
            list(read_series(dated([*outlines, written])))
