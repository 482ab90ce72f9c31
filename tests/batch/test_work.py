import datetime as dt
import json
from typing import Any

import pytest

from bordermap._shipped import shipped
from bordermap.assessment import assess
from bordermap.batch import Item, Outcome, Settings
from bordermap.batch.work import worked
from bordermap.cases import load_case
from tests.batch.feeds import article


def an_article(text: str, **more: Any) -> Item:  # noqa: ANN401
    more.setdefault("countries", ("AM", "AZ"))
    return Item(name="a", kind="article", files={"article.txt": text.encode()}, **more)


def summary_of(outcome: Outcome) -> dict[str, Any]:
    assert outcome.reason == ""
    content: dict[str, Any] = json.loads(outcome.files["summary.json"])
    return content


def shipped_files(case: str) -> dict[str, bytes]:
    folder = shipped("cases", case)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_article_is_read_linked_and_laid_on_its_border() -> None:
    outcome = worked(an_article(article(150)["text"]), Settings(), None)
    (claim,) = summary_of(outcome)["claims"]
    assert claim["figure_text"] == "150 square kilometers"
    assert claim["on_border"]["provinces"] == ["AM-SU"]
    assert claim["on_border"]["resolvable"] is True
    (row,) = outcome.rows
    assert row["stated_best_km2"] == 150
    assert row["depth_best_m"] == claim["on_border"]["depth_m_for_stated"]["best"]


def test_an_article_without_a_claim_is_finished_too() -> None:
    outcome = worked(an_article("The weather was calm."), Settings(), None)
    assert summary_of(outcome)["claims"] == []
    assert len(outcome.rows) == 1


def test_a_claim_whose_border_is_not_told_stays_with_a_note() -> None:
    text = "The ministry said that 12 square kilometers of land were occupied."
    outcome = worked(an_article(text, countries=()), Settings(), None)
    (claim,) = summary_of(outcome)["claims"]
    assert claim["on_border"] is None
    assert "give 'countries'" in claim["note"]
    assert outcome.rows[0]["stated_best_km2"] == 12


def test_a_figure_larger_than_the_land_is_noted() -> None:
    text = "Yerevan says Azerbaijan has occupied 90,000 square kilometers in Syunik."
    (row,) = worked(an_article(text), Settings(), None).rows
    assert row["depth_best_m"] is None
    assert "is less than the figure" in str(row["note"])


def test_an_empty_article_fails_with_its_reason() -> None:
    assert worked(an_article("  \n"), Settings(), None).reason.startswith("the text is empty")


def test_a_shipped_case_has_the_summary_of_its_assessment() -> None:
    assessment = assess(load_case("chamizal-1963"), draws=50)
    item = Item(name="x", kind="case", shipped="chamizal-1963")
    outcome = worked(item, Settings(draws=50), None)
    assert summary_of(outcome) == json.loads(json.dumps(assessment.summary))
    assert [row["scenario"] for row in outcome.rows] == [
        one.scenario.id for one in assessment.estimates
    ]
    assert {row["neighbour"] for row in outcome.rows} == {assessment.case.neighbour.code}
    assert {row["depth_best_m"] for row in outcome.rows} == {
        assessment.summary["strip"][0]["depth_m_for_stated"]["best"]
    }


def test_a_case_that_is_sent_gives_what_the_shipped_one_does() -> None:
    settings = Settings(draws=50)
    sent = Item(name="sent", kind="case", files=shipped_files("chamizal-1963"))
    here = Item(name="here", kind="case", shipped="chamizal-1963")
    assert worked(sent, settings, None) == worked(here, settings, None)


def test_a_broken_case_names_the_item_and_no_scratch_folder() -> None:
    files = shipped_files("chamizal-1963") | {"case.toml": b"id = ["}
    outcome = worked(Item(name="my/case", kind="case", files=files), Settings(), None)
    assert outcome.reason.startswith("my/case/case.toml")
    assert "bordermap-" not in outcome.reason


def test_a_case_whose_file_leads_out_of_its_folder_fails() -> None:
    files = {"../outside.toml": b""}
    outcome = worked(Item(name="x", kind="case", files=files), Settings(), None)
    assert "leads out" in outcome.reason or "no file of the case" in outcome.reason


def test_a_fault_of_ours_stays_with_its_item(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bordermap.batch.work.read_article", broken)
    outcome = worked(an_article("text"), Settings(), None)
    assert outcome.reason == "a fault of bordermap, please report it: ZeroDivisionError()"


def test_an_article_is_built_as_the_case_that_is_drafted_from_it() -> None:
    item = an_article(article(150)["text"], day=dt.date(2023, 5, 1))
    outcome = worked(item, Settings(builds=True, draws=20), None)
    assert outcome.reason == ""
    assert {"summary.json", "case/case.toml", "build/map.html", "build/run.json"} <= set(
        outcome.files
    )


def test_an_article_without_a_day_is_not_built() -> None:
    outcome = worked(an_article(article(150)["text"]), Settings(builds=True), None)
    assert "give its 'date'" in outcome.reason


@pytest.mark.parametrize(
    "other", [Settings(draws=7), Settings(builds=True), Settings(worldview="in"), Settings(seed=1)]
)
def test_settings_that_differ_read_differently(other: Settings) -> None:
    assert str(other) != str(Settings())
