from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from bordermap.errors import DataError
from bordermap.intervals import Interval
from bordermap.provenance import Source
from bordermap.sites import Site, read_reports, read_sites

HEADER = (
    "id,name,name_hy,name_az,also,province,kind,lon,lat,accuracy_m,accuracy_reason,"
    "position_title,position_publisher,position_url,note\n"
)
ROW = "ford,Ford,Ֆորդ,,Furt; Furd,WM-NO,village,45.5,40.25,500,two sources,A list,A press,,\n"

REPORT = """
[[report]]
id = "ford-2024"
site = "ford"
event = "A post is said to stand beyond the line."
date = 2024-01-15
figure_text = "up to 3 km … 13 km²"
depth_km = { best = 3, high = 3 }
area_km2 = { low = 13, best = 13, high = 13 }

[report.speaker]
text = "Government of Westmark"
country = "WM"

[report.source]
title = "A day on the frontier"
publisher = "The Example Gazette"

[[report.countered_by]]
text = "It is said to stand before the line."
speaker = { text = "Government of Eastmark", country = "EM" }
source = { title = "An answer", publisher = "The Eastmark Gazette", url = "https://example.org" }
"""


def written(folder: Path, text: str, name: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        call()
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_a_site_is_read_from_its_row(tmp_path: Path) -> None:
    (site,) = read_sites(written(tmp_path, HEADER + ROW, "sites.csv"))
    assert site.names == {"hy": "Ֆորդ"}
    assert site.also == ("Furt", "Furd")
    assert site.point == shapely.Point(45.5, 40.25)
    assert site.accuracy_m == 500.0
    assert site.position_source == Source(title="A list", publisher="A press")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("45.5", "145.5.1", "line 2: lon is '145.5.1'"),
        ("45.5", "nan", "line 2: "),
        ("45.5", "500", "longitude, latitude in degrees"),
        ("40.25", "5040250", "longitude, latitude in degrees"),
        ("500", "0", "accuracy_m is above 0"),
        ("500", "", "accuracy_m is missing"),
        ("village", "hamlet", "kind is 'hamlet'; give 'village'"),
        ("WM-NO", "North", "ISO 3166-2"),
        ("ford,", "The Ford,", "an id has"),
        ("A press,", "A press,file:///x", "an address begins with"),
        ("two sources", '" "', "accuracy_reason is missing"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    path = written(tmp_path, HEADER + ROW.replace(old, new, 1), "sites.csv")
    message = refusal(lambda: read_sites(path))
    assert "sites.csv: line 2" in message
    assert word in message


def test_a_site_named_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + ROW + ROW, "sites.csv")
    assert "two sites are named 'ford'" in refusal(lambda: read_sites(path))


def test_an_unknown_column_is_named(tmp_path: Path) -> None:
    text = HEADER.replace(",note", ",noot") + ROW.replace(",,\n", ",,x\n")
    assert "noot is not known" in refusal(lambda: read_sites(written(tmp_path, text, "s.csv")))


def test_a_site_needs_a_place_on_the_earth() -> None:
    site = Site(
        id="ford",
        name="Ford",
        province="WM-NO",
        kind="village",
        point=shapely.Point(45.5, 40.25),
        accuracy_m=500.0,
        accuracy_reason="two sources",
        position_source=Source(title="A list", publisher="A press"),
    )
    with pytest.raises(ValueError, match="longitude, latitude"):
        replace(site, point=shapely.Point(float("nan"), 0))
    with pytest.raises(ValueError, match="above 0"):
        replace(site, accuracy_m=float("nan"))


def test_a_report_is_read_with_the_ends_that_were_stated(tmp_path: Path) -> None:
    (report,) = read_reports(written(tmp_path, REPORT, "reports.toml"))
    assert report.depth_km == Interval(low=None, best=3.0, high=3.0)
    assert report.area_km2 == Interval.exact(13.0)
    assert report.front_km is None
    assert report.countered_by[0].speaker.country == "EM"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('figure_text = "up to 3 km … 13 km²"\n', "", "figure_text holds the words"),
        ("depth_km = { best = 3, high = 3 }", "depth_km = { best = -3 }", "not below 0"),
        (
            "depth_km = { best = 3, high = 3 }",
            "depth_km = { high = 3 }",
            "depth_km.best is missing",
        ),
        ("depth_km = { best = 3, high = 3 }", "depth_km = 3", "depth_km is 3; give a table"),
        ("date = 2024-01-15\n", "", "date_note is missing"),
        ('site = "ford"', 'site = "The Ford"', "an id has"),
        ("https://example.org", "data:text/html,x", "report (no. 1).countered_by (no. 1).source"),
        ("event =", "evnt =", "report (no. 1).evnt is not known"),
    ],
)
def test_a_faulty_report_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    path = written(tmp_path, REPORT.replace(old, new, 1), "reports.toml")
    message = refusal(lambda: read_reports(path))
    assert "reports.toml" in message
    assert word in message


def test_a_report_without_another_version_says_why(tmp_path: Path) -> None:
    alone = REPORT[: REPORT.index("[[report.countered_by]]")]
    path = written(tmp_path, alone, "reports.toml")
    assert "no_counter" in refusal(lambda: read_reports(path))
    path = written(tmp_path, alone.replace("date =", 'no_counter = "none found"\ndate ='), "r.toml")
    assert read_reports(path)[0].countered_by == ()


def test_a_report_named_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, REPORT + REPORT, "reports.toml")
    assert "two reports are named 'ford-2024'" in refusal(lambda: read_reports(path))


def test_a_case_may_have_no_reports_yet(tmp_path: Path) -> None:
    assert read_reports(written(tmp_path, "# none yet\n", "reports.toml")) == ()
