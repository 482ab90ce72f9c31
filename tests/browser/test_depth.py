"""The depth slider against Python."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from bordermap.assessment import Assessment
from bordermap.footprints.strip import depth_for_area, strip

TEN_DEPTHS = [3, 10, 47, 100, 163, 250, 389, 512, 740, 1000]


def slider(page: Page) -> Locator:
    return page.get_by_role("slider", name=re.compile("depth", re.IGNORECASE))


def value(page: Page, figure: str) -> float:
    return float(page.locator(f"[data-figure={figure}]").get_attribute("data-value") or "nan")


def test_it_opens_at_the_depth_of_the_stated_area(page: Page, assessment: Assessment) -> None:
    claimed_m = value(page, "claim-depth-m")
    assert claimed_m == pytest.approx(depth_for_area(assessment.case.borders, 150.0), abs=0.01)
    assert value(page, "strip-depth-m") == round(claimed_m)
    assert slider(page).input_value() == str(round(claimed_m))


@pytest.mark.parametrize("depth_m", TEN_DEPTHS)
def test_the_area_is_that_of_the_strip(page: Page, assessment: Assessment, depth_m: int) -> None:
    slider(page).fill(str(depth_m))
    measured = strip(assessment.case.borders, depth_m)
    assert value(page, "strip-depth-m") == depth_m
    assert value(page, "strip-area-km2") == pytest.approx(measured.area_km2, rel=1e-3)
    for code, area_km2 in measured.by_province.items():
        shown = value(page, f"strip-area-km2-{code}")
        assert shown == pytest.approx(area_km2, rel=5e-3, abs=0.01)
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile(f"^{depth_m:,}.m$"))


def test_keys_move_it_by_steps_pages_and_to_its_ends(page: Page) -> None:
    slider(page).fill("200")
    moves = {"ArrowRight": 201, "ArrowUp": 202, "ArrowLeft": 201, "PageUp": 226, "PageDown": 201}
    for key, expected in moves.items():
        slider(page).press(key)
        assert value(page, "strip-depth-m") == expected, key
    slider(page).press("End")
    assert value(page, "strip-depth-m") == 1000
    slider(page).press("Home")
    assert value(page, "strip-depth-m") == 1


def test_a_section_answers_for_itself(page: Page, assessment: Assessment) -> None:
    page.get_by_role("radio", name="Mainland").check()
    borders = assessment.case.borders.of_section("mainland")
    assert value(page, "claim-depth-m") == pytest.approx(depth_for_area(borders, 150.0), abs=0.01)
    measured = strip(borders, value(page, "strip-depth-m"))
    assert value(page, "strip-area-km2") == pytest.approx(measured.area_km2, rel=1e-3)


def test_a_section_too_small_for_the_figure_says_so(page: Page) -> None:
    page.get_by_role("radio", name="Exclaves").check()
    expect(page.get_by_role("heading", level=1)).to_contain_text("smaller than 150")
    expect(page.locator("#depth-mark")).to_be_hidden()


def test_the_strip_is_drawn_to_scale(page: Page) -> None:
    slider(page).fill("900")
    widths = page.evaluate(
        """() => [...document.querySelectorAll("[data-layer=strip] .strip-line")]
          .map((path) => Number(path.getAttribute("stroke-width")))"""
    )
    latitude, zoom = page.evaluate(
        "[window.map_bordermap.getCenter().lat, window.map_bordermap.getZoom()]"
    )
    metres_a_pixel = page.evaluate(
        f"40075016.686 * Math.cos({latitude} * Math.PI / 180) / (256 * 2 ** {zoom})"
    )
    for width in widths:
        assert width == pytest.approx(2 * 900 / metres_a_pixel, rel=0.03)


def test_the_mark_sets_the_stated_depth(page: Page) -> None:
    slider(page).fill("900")
    page.get_by_role("button", name=re.compile("set the slider", re.IGNORECASE)).click()
    assert value(page, "strip-depth-m") == 212
