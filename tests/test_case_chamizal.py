"""The second shipped case: complete, sourced, even-handed, and honest about what it cannot tell."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from bordermap._shipped import shipped
from bordermap.assessment import Assessment, assess
from bordermap.cases import Case, load_case, shipped_cases
from bordermap.claims import KM2, claim_document
from bordermap.provenance import Source
from bordermap.scenarios import quantities

ID = "chamizal-1963"
FOLDER = shipped("cases", ID)
TEXTS = {
    path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*"))
    if path.is_file()
}
ACRE_KM2 = 0.0040468564224


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(ID)


@pytest.fixture(scope="module")
def result(case: Case) -> Assessment:
    return assess(case, draws=200)


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


def test_it_is_shipped_beside_the_first() -> None:
    assert {"armenia-150", ID} <= set(shipped_cases())


# Claims ----------------------------------------------------------------------------------------


def test_acres_become_square_kilometres(case: Case) -> None:
    assert case.claim.unit == "acre"
    assert KM2["acre"] == pytest.approx(ACRE_KM2, rel=1e-12)
    assert case.claim.stated_area_km2.best == pytest.approx(437.18 * ACRE_KM2)


def test_both_sides_speak(case: Case) -> None:
    sides = {claim.asserted_by.country for claim in case.register}
    assert {"MX", "US"} <= sides
    assert {position.party.country for position in case.file.positions} == {"MX", "US"}


def test_every_figure_stands_in_its_words_and_is_read_by_the_rule(case: Case) -> None:
    for claim in case.register:
        for figure in claim.figures:
            assert re.search(rf"(?<![\d.]){figure:g}(?![\d])", claim.figure_text), claim.id
        assert "stated_area_km2" not in claim_document(claim), claim.id


def test_every_claim_says_who_rejects_it_or_why_nobody_does(case: Case) -> None:
    for claim in case.register:
        assert claim.rejected_by is not None or claim.no_rejection, claim.id


def test_both_sides_give_the_tract_the_same_size(case: Case) -> None:
    mexican, american = case.register["cila-243"], case.register["nps-brochure-600"]
    assert mexican.stated_area_km2.best == pytest.approx(american.stated_area_km2.best, rel=1e-3)


def test_figures_of_other_scope_are_not_compared_with_the_claim(case: Case) -> None:
    assert case.register.comparable_with(case.claim) == ()
    rows = {row["claim"]: row for row in case.register.rows(against=case.claim)}
    assert "kind of area" in rows["moore-1963"]["why_not"]
    assert "holder" in rows["settlement-1963-cordova"]["why_not"]


# Sources and words -----------------------------------------------------------------------------


def test_every_source_has_a_web_address_and_the_day_it_was_read(case: Case) -> None:
    sources = list(values((case.file, tuple(case.register), case.sites, case.reports), Source))
    assert len(sources) > 20
    for source in sources:
        assert source.url is not None
        assert source.url.startswith(("https://", "http://"))
        assert source.retrieved is not None
        assert source.published is None or source.published <= source.retrieved


@pytest.mark.parametrize("word", ["occup", "steal", "stole", "invad", "enemy", "TODO", "liberat"])
def test_our_words_are_neutral(word: str) -> None:
    for name, text in TEXTS.items():
        ours = re.sub(r'url = ".*?"|https?://\S+', "", text)
        assert word.casefold() not in ours.casefold(), name


def test_no_file_names_a_place_on_a_machine() -> None:
    for name, text in TEXTS.items():
        assert not re.search(r"(?<![\w/])/(work|tmp|root|home|usr)/", text), name


def test_every_assumed_number_has_a_reason_and_a_source(case: Case) -> None:
    for scenario in case.scenarios:
        for quantity in quantities(scenario):
            assert len(quantity.reason) > 20, scenario.id
            assert quantity.sources, scenario.id


def test_every_report_is_of_a_site_in_reach_of_its_province(case: Case) -> None:
    assert {report.site for report in case.reports} == {site.id for site in case.sites}
    (province,) = case.provinces
    for site in case.sites:
        assert province.polygon.distance(site.point) <= site.accuracy_m / 95_000, site.id


# What follows ----------------------------------------------------------------------------------


def test_the_dataset_cannot_tell_an_area_of_this_size(result: Assessment) -> None:
    drawn = [one for one in result.comparisons if one.scenario != "stated-by-place"]
    assert {one.outcome for one in drawn} == {"not resolvable"}
    assert result.resolution.least_km2 > 1_000 * result.case.claim.stated_area_km2.best


def test_an_even_strip_is_thinner_than_the_river(result: Assessment) -> None:
    whole = next(strip for strip in result.strips if strip.section == "all")
    assert whole.depth_m_for_stated is not None
    assert whole.depth_m_for_stated.best == pytest.approx(2.31, abs=0.01)


def test_the_parts_that_were_stated_make_up_the_whole(result: Assessment) -> None:
    stated = next(one for one in result.estimates if one.scenario.id == "stated-by-place")
    assert stated.area_km2.best == pytest.approx(437 * ACRE_KM2, abs=1e-3)
    assert stated.area_km2.overlaps(result.case.claim.stated_area_km2)


def test_land_along_the_new_channel_can_have_the_stated_size(result: Assessment) -> None:
    channel = next(one for one in result.estimates if one.scenario.id == "relocated-channel")
    assert channel.area_km2.overlaps(result.case.claim.stated_area_km2)


def test_the_summary_has_its_parts(result: Assessment) -> None:
    summary = result.summary
    assert summary["dataset"] == "natural-earth-10m"
    assert list(summary["border_length_km"]["by_section"]) == ["mainland"]
    assert summary["claim"]["rejected_by"] is None
    assert {row["claim"] for row in summary["register"]} == {
        name.removeprefix("claims/").removesuffix(".toml")
        for name in TEXTS
        if name.startswith("claims/")
    }
