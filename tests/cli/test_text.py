import io
import json
import sys
from pathlib import Path

import pytest

from bordermap.cli.app import DONE, REFUSED, run

ARTICLE = (
    "The government in Yerevan says that Azerbaijan has held about 1,200 hectares of Syunik"
    " province since May 2021. Baku denies it.\n"
)


def test_read_finds_the_claim_and_its_span(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    assert run(["read", str(file), "--json"]) == DONE
    (claim,) = json.loads(capsys.readouterr().out)
    assert ARTICLE[claim["start"] : claim["end"]] == claim["figure_text"]
    assert claim["area_km2"]["best"] == pytest.approx(12)
    assert [place["feature_id"] for place in claim["places"]] == ["AM-SU"]
    assert claim["about"]["country"] == "AZ"


def test_read_takes_stdin_and_prints_the_text_it_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert run(["read", "-", "--text"]) == DONE
    assert capsys.readouterr().out == ARTICLE


def test_an_article_without_a_claim_gives_an_empty_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("The two ministers met in 1991 for 30 years of talks.", encoding="utf-8")
    assert run(["read", str(file), "--json"]) == DONE
    assert json.loads(capsys.readouterr().out) == []


def test_a_new_case_can_be_built_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    options = ["--article", str(file), "--countries", "ARM,AZE", "--date", "2021-06-01"]
    assert run(["new", str(tmp_path / "case"), *options, "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["files"]
    built = ["build", str(tmp_path / "case"), "-o", str(tmp_path / "out"), "--draws", "20"]
    assert run([*built, "--json"]) == DONE
    summary = json.loads(capsys.readouterr().out)
    assert summary["claim"]["provinces"] == ["AM-SU"]
    assert summary["claim"]["stated_area_km2"]["best"] == pytest.approx(12)
    assert run(["verify", str(tmp_path / "out")]) == DONE


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["read", "missing.txt"], "missing.txt"),
        (["new", "case", "--article", "missing.txt", "--countries", "AM,AZ"], "missing.txt"),
    ],
)
def test_a_missing_article_is_named(
    capsys: pytest.CaptureFixture[str], options: list[str], named: str
) -> None:
    assert run(options) == REFUSED
    err = capsys.readouterr().err
    assert named in err
    assert err.count("\n") == 1
