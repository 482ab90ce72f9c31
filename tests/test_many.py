from pathlib import Path

import pytest

import bordermap as bm
from bordermap.series import by_period
from tests.batch.feeds import articles, feed
from tests.series.grid import area_km2, moving_front, write_days


def test_a_series_is_one_call(tmp_path: Path) -> None:
    truth = moving_front()
    write_days(tmp_path, truth)
    steps = list(bm.series_of([tmp_path], by="UA"))
    assert [step.area_km2 for step in steps] == pytest.approx(
        [area_km2(cells) for cells in truth.values()], rel=1e-9
    )
    assert steps[-1].parts is not None
    assert steps[-1].parts.by_province["UA-14"] > 0
    assert len(list(by_period(steps, "month"))) == 1


def test_a_batch_is_one_call(tmp_path: Path) -> None:
    source = feed(tmp_path / "feed.jsonl", [*articles(2), "broken"])
    report = bm.batch_of([source], tmp_path / "out")
    assert [failure.name for failure in report.failures] == ["feed.jsonl:3"]
    assert len(report.entries) == 3
    assert report.table.exists()


def test_a_sweep_is_one_call() -> None:
    answers, failures = bm.sweep_of(["PT"], area_km2=50.0)
    assert [(one.pair.country, one.pair.neighbour) for one in answers] == [("PT", "ES")]
    assert sum(answers[0].strip_km2.values()) == pytest.approx(50.0, rel=1e-6)
    assert not failures
