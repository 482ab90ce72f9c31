import json
from pathlib import Path

import pytest

from bordermap.batch import Batch
from bordermap.cli.app import DONE, REFUSED, run
from tests.batch.feeds import articles, feed


def test_a_feed_gives_a_summary_an_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = feed(tmp_path / "feed.jsonl", articles(2)), tmp_path / "out"
    command = ["batch", str(source), "-o", str(out), "--workers", "1", "--json"]
    assert run(command) == DONE
    printed, err = capsys.readouterr()
    assert err == ""
    assert [one["item"] for one in json.loads(printed)] == ["article-0000", "article-0001"]
    assert (out / "results.parquet").is_file()


def test_failures_are_printed_and_make_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = feed(tmp_path / "feed.jsonl", [*articles(1), "broken"])
    assert run(["batch", str(source), "-o", str(tmp_path / "out"), "--workers", "1"]) == REFUSED
    printed, err = capsys.readouterr()
    assert "1 items are in" in printed
    assert "feed.jsonl:2" in printed
    assert err.count("\n") == 1
    assert "1 of 2 items failed, the first: feed.jsonl:2: the line is no JSON object" in err


def test_a_case_that_is_not_there_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["batch", "no-such-case", "-o", str(tmp_path / "out"), "--workers", "1", "--json"]
    assert run(command) == REFUSED
    printed, _ = capsys.readouterr()
    (only,) = json.loads(printed)
    assert only["item"] == "no-such-case"
    assert "no case 'no-such-case'" in only["error"]


def test_an_interrupted_batch_says_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Batch, "run", interrupted)
    assert run(["batch", "armenia-150", "-o", str(tmp_path / "out")]) == 130
    _, err = capsys.readouterr()
    assert "what is finished is kept" in err


def test_a_sweep_of_some_countries_writes_what_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("w.csv", "w.parquet", "w.geojson")]
    options = [part for file in files for part in ("-o", str(file))]
    assert run(["sweep", "--countries", "LSO", "--workers", "1", *options, "--json"]) == DONE
    printed, err = capsys.readouterr()
    assert err == ""
    (only,) = json.loads(printed)
    assert (only["country"], only["neighbour"]) == ("LS", "ZA")
    assert only["depth_m"] > 0
    assert all(file.stat().st_size for file in files)


def test_a_sweep_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sweep", "--countries", "LS", "--workers", "1"]) == DONE
    assert "LS-ZA" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-o", "world.xlsx"], "give a name that ends in"),
        (["--countries", "JP"], "JP has no neighbour on land"),
        (["--boundaries", "no-such"], "no dataset"),
        (["--workers", "0"], "workers"),
    ],
)
def test_a_sweep_that_cannot_be_done_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    assert run(["sweep", *options]) == REFUSED
    _, err = capsys.readouterr()
    assert err.count("\n") == 1
    assert told in err
