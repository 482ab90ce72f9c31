"""The first screen: what was claimed, what it would be, how sure; at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bordermap.assessment import Assessment
from bordermap.maps.names import country_names, towns_of
from bordermap.maps.page_data.page import page_data
from tests.browser.pages import DESK, PHONE, opened

LARGE_PX = 17.5
LANGUAGES = ["en", "hy", "az", "ru"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_whole_finding_is_in_the_first_view_in_large_type(
    browser: Browser, page_address: str, viewport: ViewportSize, language: str
) -> None:
    context = browser.new_context(viewport=viewport, offline=True)
    page = opened(context, f"{page_address}#language={language}")
    for part in ("#finding", "#finding-also"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= viewport["height"]
        size = page.locator(part).evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        assert size >= LARGE_PX
    context.close()


def test_the_finding_says_strip_incursions_with_interval_and_what_is_resolved(
    page: Page, assessment: Assessment
) -> None:
    data = page_data(assessment)
    strip, beside = page.locator("#finding"), page.locator("#finding-also")
    depth = data.sections[0].stated_depth_m
    assert depth is not None
    expect(strip).to_contain_text(f"a strip {depth.best:.0f}\u00a0m deep")
    for province in data.provinces:
        expect(strip).to_contain_text(province.name)
    incursions = next(one for one in data.scenarios if one.model == "incursions").area_km2
    assert incursions.low is not None
    assert incursions.high is not None
    expect(beside).to_contain_text(
        f"{incursions.best:.1f}\u00a0km² ({incursions.low:.0f}–{incursions.high:.0f})"
    )
    expect(beside).to_contain_text(f"resolves areas of {data.resolvable_km2:.1f}\u00a0km² or more")


@pytest.mark.parametrize(("language", "unit"), [("hy", "կմ²"), ("az", "km²"), ("ru", "км²")])
def test_numbers_and_units_are_written_as_the_language_does(
    page: Page, language: str, unit: str
) -> None:
    page.get_by_role("combobox", name="Language").select_option(language)
    area = page.locator("[data-figure=strip-area-km2]")
    expect(area).to_contain_text(unit)
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text(unit.removesuffix("²"))
    value = float(area.get_attribute("data-value") or "nan")
    expect(area).to_have_text(f"{value:.1f}\u00a0{unit}".replace(".", ","))


def test_names_on_the_map_follow_the_language_and_do_not_touch(page: Page) -> None:
    page.get_by_role("combobox", name="Language").select_option("hy")
    names = page.locator(".names text")
    shown = names.all_text_contents()
    assert "ՀԱՅԱՍՏԱՆ" in shown
    assert "Գորիս" in shown
    boxes = [box for each in names.all() if (box := each.bounding_box()) is not None]
    touching = [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[:number]
        if min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"]) > 2
        and min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
        > 2
    ]
    assert touching == []


def test_towns_bear_the_name_in_use_and_not_a_former_one(assessment: Assessment) -> None:
    towns = {town.name: town.names for town in towns_of(assessment.case.provinces)}
    assert towns["Vardenis"] == {"hy": "Վարդենիս", "ru": "Варденис"}
    assert towns["Sevan"]["ru"] == "Севан"


def test_countries_are_named_in_every_language() -> None:
    assert country_names("AZ") == {
        "hy": "Ադրբեջան",
        "ru": "Азербайджан",
        "az": "Azərbaycan",
    }
    assert country_names("IR")["az"] == "İran"


def test_what_the_stated_figure_would_need_is_on_the_page(
    page: Page, assessment: Assessment
) -> None:
    one = assessment.conditions[0]
    card = page.locator(f"#scenario-{one.scenario}")
    card.locator("summary").click()
    expect(card).to_contain_text("What the stated figure would need")
    rows = card.locator(".conditions tr")
    assert rows.count() == sum(each.scenario == one.scenario for each in assessment.conditions)
    expect(rows.first).to_contain_text(re.compile("nowhere|of the way"))


def test_a_footprint_shows_its_numbers_with_their_sources(page: Page) -> None:
    page.locator("[data-layer=incursions] path[role=button]").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    assert dialog.locator(".parameter").count() >= 2
    assert dialog.get_by_role("link").count() >= 1
