from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bordermap.series import Step, by_period, dated, read_series
from bordermap.series.chart import CHANGE_FOOT, CHANGE_TOP, chart
from tests.series.grid import moving_front, write_days

SVG = "{http://www.w3.org/2000/svg}"


def parts(drawn: str, name: str) -> list[ET.Element]:
    return ET.fromstring(drawn).findall(f"{SVG}{name}")  # noqa: S314  (our own drawing)


@pytest.fixture
def steps(tmp_path: Path) -> list[Step]:
    return list(read_series(dated(write_days(tmp_path, moving_front()))))


def test_bars_are_as_high_as_what_was_gained_and_lost(steps: list[Step]) -> None:
    bars = parts(chart(steps), "rect")
    drawn = [(bar[0].text, float(bar.attrib["height"])) for bar in bars]
    known = [
        (f"{step.instant}: {kind} {km2:,.3f} km²", km2)
        for step in steps
        for kind, km2 in (("gained", step.gained_km2), ("lost", step.lost_km2))
        if km2
    ]
    most = max(km2 for _, km2 in known)
    assert [text for text, _ in drawn] == [text for text, _ in known]
    half = (CHANGE_FOOT - CHANGE_TOP) / 2
    assert [height for _, height in drawn] == pytest.approx(
        [half * km2 / most for _, km2 in known], abs=0.06
    )


def test_the_line_is_broken_where_a_day_is_missing(steps: list[Step]) -> None:
    (path,) = parts(chart(steps), "path")
    assert path.attrib["d"].count("M") == 2
    assert path.attrib["d"].count("L") == len(steps) - 2


def test_a_lone_outline_and_periods_have_charts_too(steps: list[Step]) -> None:
    assert "1 outlines" in chart(steps[:1])
    assert len(parts(chart(list(by_period(steps, "week"))), "rect")) > 0


def test_a_chart_drawn_twice_is_the_same(steps: list[Step]) -> None:
    assert chart(steps) == chart(steps)
