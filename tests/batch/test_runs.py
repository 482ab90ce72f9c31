import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bordermap.batch import Batch, Outcome, Progress, Report, Settings
from bordermap.batch.items import Item
from bordermap.errors import DataError, OutputError
from tests.batch.feeds import article, articles, feed

BAD: list[dict[str, Any] | str] = [
    article(1, id="unknown country", countries=["AM", "ZZZ"]),
    "broken",
    {"id": "empty", "text": ""},
]


def batch(folder: Path, *sources: Path | str, boundaries: str | None = None) -> Batch:
    return Batch(
        sources=[str(source) for source in sources],
        folder=folder,
        settings=Settings(draws=20),
        boundaries=boundaries,
    )


def stamps(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (folder / "items").iterdir()}


def table(report: Report) -> pd.DataFrame:
    return pd.read_parquet(report.table)


def test_cases_and_articles_are_one_table_and_a_folder_each(tmp_path: Path) -> None:
    source = feed(tmp_path / "feed.jsonl", articles(3))
    report = batch(tmp_path / "out", source, "chamizal-1963").run()
    assert report.failures == ()
    found = table(report)
    assert list(found["item"].unique()) == [
        "article-0000",
        "article-0001",
        "article-0002",
        "chamizal-1963",
    ]
    for folder in found["folder"].unique():
        assert (tmp_path / "out" / folder / "summary.json").is_file()
    assert [one["item"] for one in report.as_json()] == list(found["item"].unique())
    assert report.as_json()[3]["case"] == "chamizal-1963"


def test_bad_items_are_listed_and_do_not_stop_the_rest(tmp_path: Path) -> None:
    source = feed(tmp_path / "feed.jsonl", [*BAD, *articles(2)])
    report = batch(tmp_path / "out", source, "no-such-case").run()
    assert [failure.name for failure in report.failures] == [
        "unknown country",
        "feed.jsonl:2",
        "empty",
        "no-such-case",
    ]
    assert list(table(report)["item"]) == ["article-0000", "article-0001"]
    lines = (tmp_path / "out" / "failures.csv").read_text("utf-8").splitlines()
    assert lines[0] == "item,reason"
    assert len(lines) == 5
    manifest = json.loads((tmp_path / "out" / "batch.json").read_text("utf-8"))
    assert (manifest["items"], manifest["failed"]) == (6, 4)


def test_finished_work_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = feed(tmp_path / "feed.jsonl", articles(3)), tmp_path / "out"
    first = batch(out, source).run()
    before, written = first.table.read_bytes(), stamps(out)

    def unexpected(item: Item, *_: object) -> Outcome:
        raise AssertionError(item.name)

    monkeypatch.setattr("bordermap.batch.runs.worked", unexpected)
    again = batch(out, source).run()
    assert again.table.read_bytes() == before
    assert stamps(out) == written


def test_only_what_is_new_is_done(tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch(out, feed(tmp_path / "feed.jsonl", articles(2))).run()
    written, told = stamps(out), list[Progress]()
    report = batch(out, feed(tmp_path / "feed.jsonl", articles(4))).run(told.append)
    assert told[-1] == Progress(done=4, failed=0, kept=2, total=4)
    assert len(table(report)) == 4
    assert stamps(out).items() >= written.items()


def test_other_settings_are_other_work(tmp_path: Path) -> None:
    source, out = feed(tmp_path / "feed.jsonl", articles(1)), tmp_path / "out"
    batch(out, source).run()
    report = batch(out, source, boundaries="natural-earth-10m").run()
    assert table(report)["dataset"].tolist() == ["natural-earth-10m"]
    assert len(stamps(out)) == 2


def test_what_failed_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = feed(tmp_path / "feed.jsonl", articles(1)), tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr("bordermap.batch.runs.worked", lambda *_: Outcome(reason="the weather"))
        assert [one.reason for one in batch(out, source).run().failures] == ["the weather"]
    assert batch(out, source).run().failures == ()


def test_a_run_that_dies_loses_nothing_that_was_finished(tmp_path: Path) -> None:
    source, out = feed(tmp_path / "feed.jsonl", articles(4)), tmp_path / "out"

    class Died(BaseException):
        pass

    def dying(progress: Progress) -> None:
        if progress.done == 2:
            raise Died

    with pytest.raises(Died):
        batch(out, source).run(dying)
    written = stamps(out)
    assert len(written) == 2
    resumed = batch(out, source).run()
    assert stamps(out).items() >= written.items()
    whole = batch(tmp_path / "other", source).run()
    assert resumed.table.read_bytes() == whole.table.read_bytes()


def test_the_order_of_the_sources_changes_no_number(tmp_path: Path) -> None:
    records = articles(6)
    one = batch(tmp_path / "one", feed(tmp_path / "a.jsonl", records)).run()
    other = batch(tmp_path / "other", feed(tmp_path / "b.jsonl", records[::-1])).run()
    pd.testing.assert_frame_equal(table(one), table(other)[::-1].reset_index(drop=True))


def test_a_user_s_boundaries_are_used_for_every_item(tmp_path: Path) -> None:
    mine = tmp_path / "mine.geojson"
    sides = {
        "AM-SU": [[45, 39], [46, 39], [46, 40], [45, 40]],
        "AZ-X": [[46, 39], [47, 39], [47, 40], [46, 40]],
    }
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "country": code[:2], "name": code},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for code, ring in sides.items()
    ]
    mine.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    source = feed(tmp_path / "feed.jsonl", articles(1))
    found = table(batch(tmp_path / "out", source, boundaries=str(mine)).run())
    assert found["dataset"].tolist() == ["mine"]
    assert found["border_length_km"][0] == pytest.approx(111, abs=1)


def test_boundaries_that_cannot_be_used_are_refused_at_once(tmp_path: Path) -> None:
    broken = tmp_path / "broken.geojson"
    broken.write_text("{", "utf-8")
    with pytest.raises(DataError):
        batch(tmp_path / "out", "chamizal-1963", boundaries=str(broken)).run()
    assert not (tmp_path / "out").exists()


def test_a_folder_of_something_else_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="no batch wrote"):
        batch(tmp_path, "chamizal-1963").run()
