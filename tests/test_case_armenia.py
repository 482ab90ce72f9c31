"""The shipped case: what is in it is complete, consistent, sourced and even-handed."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from bordermap._shipped import shipped
from bordermap.cases import Case, load_case
from bordermap.claims import HEDGES, claim_document
from bordermap.provenance import Source
from bordermap.scenarios import Quantity, quantities
from bordermap.sites import Site

FOLDER = shipped("cases", "armenia-150")
TEXTS = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file()
}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("armenia-150")


def values(value: object, kind: type[Any]) -> Iterator[Any]:
    """Yield every value of a dataclass inside another."""
    if isinstance(value, kind):
        yield value
    if is_dataclass(value):
        for part in fields(value):
            yield from values(getattr(value, part.name), kind)
    elif isinstance(value, tuple):
        for item in value:
            yield from values(item, kind)


# Claims ----------------------------------------------------------------------------------------


def test_the_main_claim_is_the_articles(case: Case) -> None:
    claim = case.claim
    assert claim.figure_text == "some 150 square kilometers"
    assert claim.stated_area_km2.best == 150.0
    assert claim.asserted_by.country == "AM"
    assert claim.about.country == "AZ"
    assert claim.rejected_by is not None
    assert claim.rejected_by.country == "AZ"
    assert set(claim.provinces) == {"AM-SU", "AM-VD", "AM-GR"} == set(case.file.provinces)


def test_the_register_is_long_and_in_order(case: Case) -> None:
    days = [claim.as_of for claim in case.register]
    assert len(days) >= 21
    assert days == sorted(days)


def test_the_register_has_both_parties_and_land_on_both_sides(case: Case) -> None:
    assert {claim.asserted_by.country for claim in case.register} == {"AM", "AZ"}
    assert {claim.about.country for claim in case.register} == {"AM", "AZ"}


def test_every_figure_stands_in_its_words(case: Case) -> None:
    for claim in case.register:
        stated = claim.figure_text.replace(",", "")
        for figure in claim.figures:
            assert re.search(rf"(?<![\d.]){figure:g}(?![\d])", stated), claim.id


def test_every_qualifier_that_the_words_carry_is_taken(case: Case) -> None:
    for claim in case.register:
        words = [hedge for hedge in HEDGES if hedge and hedge in claim.figure_text]
        if words:
            assert HEDGES[claim.qualifier] == HEDGES[max(words, key=len)], claim.id


def test_every_claim_is_read_by_the_rule(case: Case) -> None:
    for claim in case.register:
        assert "stated_area_km2" not in claim_document(claim), claim.id


def test_every_claim_has_both_parties_or_says_why_not(case: Case) -> None:
    for claim in case.register:
        if claim.rejected_by is None:
            assert claim.no_rejection, claim.id
        else:
            assert claim.rejected_by.source.url, claim.id
            assert claim.rejected_by.says, claim.id


def test_only_claims_that_say_the_same_are_comparable(case: Case) -> None:
    rows = {row["claim"]: row for row in case.register.rows(against=case.claim)}
    assert rows[case.claim.id]["comparable"]
    assert "1990s" in rows["mirzoyan-2023-11-03"]["why_not"]
    assert "provinces" in rows["asryan-2023-04-28-jermuk"]["why_not"]
    assert "holder" in rows["simonyan-2025-110"]["why_not"]


# Sources and words -----------------------------------------------------------------------------


def test_every_source_has_a_web_address_and_the_day_it_was_read(case: Case) -> None:
    parts = (case.file, tuple(case.register), case.sites, case.reports)
    sources = list(values(parts, Source))
    assert len(sources) > 100
    for source in sources:
        assert source.url is not None
        assert source.url.startswith(("https://", "http://"))
        assert source.retrieved is not None
        assert source.published is None or source.published <= source.retrieved


@pytest.mark.parametrize(
    "word", ["UNVERIFIED", "TODO", "enemy", "invader", "invasion", "terror", "aggress", "liberat"]
)
def test_our_words_are_neutral_and_settled(word: str) -> None:
    for name, text in TEXTS.items():
        ours = re.sub(r'url = ".*?"|https?://\S+', "", text)
        assert word.casefold() not in ours.casefold(), name


def test_occupation_is_only_spoken_of_by_a_party() -> None:
    for name, text in TEXTS.items():
        for line in text.splitlines():
            ours = re.sub(r"https?://\S+", "", line)
            if "occup" in ours.casefold():
                assert re.search(r"said to|says? that|holds that|Claims that|claims", ours), (
                    f"{name}: {line}"
                )


def test_no_file_names_a_place_on_a_machine() -> None:
    for name, text in TEXTS.items():
        assert not re.search(r"(?<![\w/])/(work|tmp|root|home|usr)/", text), name


def test_evidence_and_assumption_share_no_file() -> None:
    for name, text in TEXTS.items():
        if name.startswith("scenarios/"):
            assert "figure_text" not in text
        else:
            assert "assumes" not in text


# Sites and reports -----------------------------------------------------------------------------


def test_every_site_lies_in_its_province(case: Case) -> None:
    polygons = {province.code: province.polygon for province in case.provinces}
    for site in case.sites:
        margin = site.accuracy_m / 80_000  # degrees of longitude at 40° N, rounded up
        assert polygons[site.province].distance(site.point) <= margin, site.id


def test_every_site_has_the_forms_of_its_name(case: Case) -> None:
    scripts = {"hy": "[\u0531-\u0587]", "ru": "[\u0400-\u04ff]", "az": "[A-Za-z]"}
    without_az = {"nerkin-hand", "kornidzor"}
    for site in case.sites:
        for language, letters in scripts.items():
            if language == "az" and site.id in without_az:
                assert "No Azerbaijani form" in site.note
            else:
                assert re.search(letters, site.names[language]), (site.id, language)


def test_every_accuracy_has_a_reason(case: Case) -> None:
    for site in case.sites:
        assert 100 <= site.accuracy_m <= 5_000
        assert site.accuracy_reason


def test_every_report_is_of_a_site_and_every_site_has_one(case: Case) -> None:
    assert {report.site for report in case.reports} == {site.id for site in case.sites}


def test_every_report_has_another_version_or_says_why_not(case: Case) -> None:
    for report in case.reports:
        assert report.countered_by or report.no_counter, report.id
        parties = {counter.speaker.country for counter in report.countered_by}
        assert not report.countered_by or parties != {None}, report.id


def test_every_figure_of_a_report_stands_in_its_words(case: Case) -> None:
    for report in case.reports:
        numbers = set(
            re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", "", report.figure_text))
        )
        for interval in (report.depth_km, report.front_km, report.area_km2):
            if interval is not None:
                assert numbers, report.id


# Scenarios -------------------------------------------------------------------------------------


def test_the_scenarios_are_there(case: Case) -> None:
    assert {scenario.id for scenario in case.scenarios} >= {
        "even-strip",
        "even-strip-mainland",
        "reported-incursions",
        "stated-by-place",
        "site-caps",
    }


def test_every_assumed_number_has_a_reason_and_a_source(case: Case) -> None:
    for scenario in case.scenarios:
        for quantity in quantities(scenario):
            assert len(quantity.reason) > 20, scenario.id
            assert quantity.sources, scenario.id


@pytest.mark.parametrize(
    ("incursion", "report", "field"),
    [
        ("jermuk", "jermuk-2022-asryan", "front_km"),
        ("jermuk", "jermuk-2022-asryan", "depth_km"),
        ("shorzha", "verin-shorzha-2021-orbeli", "front_km"),
        ("shorzha", "verin-shorzha-2021-orbeli", "depth_km"),
        ("sev-lake", "sev-lake-2021-pashinyan", "depth_km"),
        ("ishkhanasar", "ishkhanasar-2022-asryan", "depth_km"),
        ("nerkin-hand", "nerkin-hand-2022-asryan", "depth_km"),
        ("tegh", "tegh-2023-pashinyan", "front_km"),
        ("tegh", "tegh-2023-security-service", "depth_km"),
    ],
)
def test_what_was_stated_lies_in_what_is_assumed(
    case: Case, incursion: str, report: str, field: str
) -> None:
    scenario = next(found for found in case.scenarios if found.id == "reported-incursions")
    assumption = next(found for found in scenario.incursions if found.id == incursion)
    stated = getattr(next(found for found in case.reports if found.id == report), field)
    assumed: Quantity = getattr(assumption, field)
    assert assumed.low is not None
    assert assumed.high is not None
    assert assumed.low <= stated.best <= assumed.high


def test_overlaps_are_of_one_province(case: Case) -> None:
    scenario = next(found for found in case.scenarios if found.id == "stated-by-place")
    places = {statement.id: statement for statement in scenario.statements}
    for statement in scenario.statements:
        for other in statement.overlaps:
            assert places[other].province == statement.province


def test_stated_places_are_in_their_provinces(case: Case) -> None:
    scenario = next(found for found in case.scenarios if found.id == "stated-by-place")
    sites: dict[str, Site] = {site.id: site for site in case.sites}
    for statement in scenario.statements:
        assert statement.site is not None
        assert sites[statement.site].province == statement.province


def test_the_register_has_every_claim_file(case: Case) -> None:
    assert {f"claims/{claim.id}.toml" for claim in case.register} == {
        name for name in TEXTS if name.startswith("claims/")
    }
