import io
import json
from pathlib import Path

import pytest

import bordermap as bm
from bordermap.cli.app import DONE, REFUSED, run
from tests.series.grid import area_km2, block, feature, moving_front, write, write_days

ROW = {"date", "file", "area_km2", "gained_km2", "lost_km2", "net_km2", "by_province"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    outlines = tmp_path / "outlines"
    outlines.mkdir()
    write_days(outlines, moving_front())
    return outlines


def test_a_folder_gives_a_row_an_outline(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["series", str(folder), "--json"]) == DONE
    out, err = capsys.readouterr()
    rows = json.loads(out)
    assert err == ""
    assert all(row.keys() >= ROW for row in rows)
    assert [row["date"] for row in rows] == [f"2024-07-0{day}" for day in (1, 2, 3, 4, 6, 7)]
    assert rows[0]["gained_km2"] is None
    first, second, *_ = moving_front().values()
    assert rows[1]["gained_km2"] == pytest.approx(area_km2(second - first))


def test_provinces_of_a_country_split_the_area(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["series", str(folder), "--by", "UKR", "--json"]) == DONE
    rows = json.loads(capsys.readouterr().out)
    for row in rows:
        total = sum(row["by_province"].values()) + row["outside_km2"]
        assert total == pytest.approx(row["area_km2"], abs=1e-6)
    assert rows[-1]["by_province"]["UA-14"] > 0


def test_periods_and_files_are_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("s.csv", "s.parquet", "s.geojson")]
    options = [part for file in files for part in ("-o", str(file))]
    assert run(["series", str(folder), "--per", "week", *options, "--json"]) == DONE
    assert [row["period"] for row in json.loads(capsys.readouterr().out)] == ["2024-W27"]
    assert all(file.stat().st_size for file in files)


def test_a_map_is_written_with_its_title_and_language(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "map.html"
    options = ["-o", str(path), "--title", "A front", "--language", "ru"]
    assert run(["series", str(folder), *options]) == DONE
    page = path.read_text("utf-8")
    assert '<html lang="ru">' in page
    assert "<title>A front</title>" in page
    assert f"written: {path}" in capsys.readouterr().out
    saved = tmp_path / "saved.html"
    bm.explore_series(bm.series_of([folder]), title="A front", language="ru").save(str(saved))
    assert saved.read_bytes() == path.read_bytes()


class Terminal(io.StringIO):
    """What stands for a terminal on stderr."""

    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal_says_how_much_is_done_and_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    assert run(["series", str(folder), "--json"]) == DONE
    assert len(json.loads(capsys.readouterr().out)) == 6
    assert "reading the outlines" in terminal.getvalue()
    assert "6/6" in terminal.getvalue()


def test_what_a_reader_should_know_is_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    land = block(range(2), range(2))
    write(folder / "20240707T12.geojson", [feature(land), feature(land)])
    assert run(["series", str(folder), "--by", "UA"]) == DONE
    out, _ = capsys.readouterr()
    assert "no outline of 2024-07-05" in out
    assert "2024-07-07T12:00:00Z: another outline of the same day" in out
    assert "2024-07-07T12:00:00Z: features overlap by" in out
    assert "outside" in out


def test_periods_are_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["series", str(folder), "--per", "month"]) == DONE
    assert "2024-07" in capsys.readouterr().out


def test_a_repair_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ring = [[37, 47], [37.1, 47.1], [37.1, 47], [37, 47.1], [37, 47]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    path = write(
        tmp_path / "20240708.geojson",
        [{"type": "Feature", "properties": {}, "geometry": polygon}],
    )
    assert run(["series", str(path), "--repair"]) == DONE
    assert "2024-07-08, 1: made valid (Self-intersection" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--where", "name"], "is no condition"),
        (["--where", "name=x"], "no feature of any file has name=x"),
        (["--time-zone", "Mars/Olympus"], "no time zone 'Mars/Olympus' is known here"),
        (["--by", "ZZ"], "ZZ"),
        (["--language", "xx"], "xx"),
        (["-o", "series.xlsx"], "give a name that ends in"),
        (["--date-property", "when"], "has no property 'when'"),
        (["--dates", "none.csv"], "none.csv"),
        (["--per", "decade"], "decade"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    assert run(["series", str(folder), *options]) == REFUSED
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert told in err


def test_land_is_not_written_among_the_outlines(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["series", str(folder), "-o", str(folder / "changes.geojson")]) == REFUSED
    assert "would be among the outlines" in capsys.readouterr().err
    assert not (folder / "changes.geojson").exists()


def test_two_files_of_one_instant_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_days(folder, {"2024-07-01": block(range(2), range(2))})
    assert run(["series", str(folder)]) == REFUSED
    assert "are both of 2024-07-01" in capsys.readouterr().err
