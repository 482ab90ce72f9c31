"""A page of another case, one section long: what the first case's page promises holds there too."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from bordermap.assessment import assess
from bordermap.cases import load_case
from bordermap.footprints.strip import depth_for_area, strip
from bordermap.maps import map_html
from tests.browser.pages import Watched


def test_a_case_of_another_border_keeps_what_the_page_promises(
    context: BrowserContext, tmp_path: Path
) -> None:
    case = load_case("chamizal-1963")
    path = tmp_path / "map.html"
    path.write_text(map_html(assess(case, draws=20)), "utf-8")
    page = context.new_page()
    watched = Watched(page)
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready")

    def figure(name: str) -> float:
        shown = page.locator(f"output[data-figure={name}]")
        return float(shown.get_attribute("data-value") or "nan")

    stated_km2 = case.claim.stated_area_km2.best
    depth_m = depth_for_area(case.borders, stated_km2)
    assert figure("claim-depth-m") == pytest.approx(depth_m, abs=0.01)
    assert figure("strip-depth-m") == pytest.approx(depth_m, abs=0.05)
    expected_km2 = strip(case.borders, figure("strip-depth-m")).area_km2
    assert figure("strip-area-km2") == pytest.approx(expected_km2, rel=1e-3)

    for layer in ("provinces", "borders", "strip", "sites"):
        expect(page.locator(f"[data-layer={layer}] path").first).to_be_visible()
    expect(page.locator("svg.names, .names svg")).to_contain_text("Chamizal")
    expect(page.get_by_role("radio", name="Mainland")).to_have_count(0)
    claim = page.get_by_role("region", name="Claim", exact=True)
    expect(claim).to_contain_text(re.compile("model geometry, not observed control", re.IGNORECASE))
    site = page.locator("[data-layer=sites] path[role=button]").first
    site.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Chamizal")
    page.keyboard.press("Escape")
    expect(site).to_be_focused()

    covered = page.evaluate(
        """() => { const panel = document.querySelector("#outline").getBoundingClientRect();
          return [...document.querySelectorAll("[data-layer=sites] path")].some((node) => {
            const box = node.getBoundingClientRect();
            return box.right > panel.left && box.top < panel.bottom; }); }"""
    )
    assert not covered
    assert watched.messages == []
