"""Ten thousand outlines on the map: drawn on a canvas, each with its tooltip and its popup."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from bordermap.assessment import Assessment
from bordermap.maps.folium_map import BorderMap
from bordermap.maps.page_data.figures import RangeColumns
from bordermap.maps.page_data.footprints import FootprintTable
from bordermap.maps.page_data.page import PageData, page_data
from bordermap.maps.shapes import encoded_polygons
from tests.browser.pages import DESK, Watched
from tests.hostile import PAYLOADS

ACROSS = 100


def with_outlines(data: PageData) -> PageData:
    """Return the page's data with one more scenario: a grid of squares over the provinces."""
    west, south, east, north = data.bounds
    wide, high = (east - west) / ACROSS, (north - south) / ACROSS
    squares = [
        shapely.box(
            west + i * wide, south + j * high, west + (i + 1) * wide, south + (j + 1) * high
        )
        for i in range(ACROSS)
        for j in range(ACROSS)
    ]
    names = [f"Field {number}" for number in range(len(squares))]
    names[0] = PAYLOADS["script"]
    km2 = RangeColumns(low=None, best=[2.5] * len(squares), high=None)
    table = FootprintTable(
        names=names,
        sites=[""] * len(squares),
        area_km2=km2,
        parameters={"drawn_km2": km2},
        shapes=encoded_polygons(squares),
    )
    empty = replace(data.scenarios[0], title="Fields", layer="outlines", footprints=(), many=table)
    drawn = replace(empty, id="drawn", model="outlines")
    foreign = replace(empty, id="foreign", model="watershed", layer="outlines-2")
    return replace(data, scenarios=(*data.scenarios, drawn, foreign))


@pytest.fixture
def crowded(browser: Browser, assessment: Assessment, tmp_path: Path) -> Page:
    path = tmp_path / "map.html"
    shown = BorderMap(with_outlines(page_data(assessment)))
    path.write_text(str(shown.get_root().render()), "utf-8")
    context = browser.new_context(viewport=DESK, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready")
    return page


def test_ten_thousand_outlines_are_shown_named_and_reached_by_keyboard(crowded: Page) -> None:
    watched = Watched(crowded)
    canvas = crowded.locator("[data-layer=outlines] canvas").first
    crowded.get_by_role("checkbox", name="Outlines: Fields").check()
    expect(canvas).to_have_attribute("aria-label", re.compile(r"Fields: 10,000 shapes"))

    canvas.focus()
    crowded.keyboard.press("ArrowLeft")
    crowded.keyboard.press("Enter")
    dialog = crowded.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile(r"Field \d+.*2\.50\skm²", re.DOTALL))
    crowded.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(canvas).to_be_focused()

    crowded.mouse.move(760, 480)  # away from provinces and sites, whose shapes lie beside
    crowded.mouse.move(762, 482, steps=4)
    tooltip = crowded.locator(".card-tooltip")
    expect(tooltip).to_have_text(re.compile(r"Field \d+ · 2\.50\skm²"))
    crowded.mouse.move(800, 482, steps=4)
    expect(tooltip).to_have_count(1)

    other = (
        crowded.get_by_role("list", name="Legend")
        .get_by_role("listitem")
        .filter(has_text="Footprints: Fields")
    )
    expect(other).to_contain_text("the model “watershed” of another package")
    assert watched.messages == []
    crowded.context.close()
