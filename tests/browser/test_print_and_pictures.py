"""What leaves the page: on paper, and as a picture of the view."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import DESK, opened


def test_paper_shows_the_land_that_the_screen_does(page: Page) -> None:
    the_map = "window[document.querySelector('#map').dataset.map]"
    bounds = f"(() => {{ const b = {the_map}.getBounds(); return [b._southWest, b._northEast] }})()"
    view = f"(() => {{ const c = {the_map}.getCenter(); return [c.lat, c.lng] }})()"
    before, centre = page.evaluate(bounds), page.evaluate(view)
    page.emulate_media(media="print")
    page.wait_for_timeout(200)
    assert page.evaluate(f"seen => {the_map}.getBounds().contains(seen)", before)
    page.emulate_media(media="screen")
    page.wait_for_timeout(200)
    assert page.evaluate(view) == pytest.approx(centre, abs=0.01)


def test_paper_lists_the_layers_that_are_on_it(page: Page) -> None:
    page.emulate_media(media="print")
    entries = page.get_by_role("list", name="Legend").get_by_role("listitem")
    expect(entries.filter(has_text="Provinces")).to_be_visible()
    expect(page.locator(".legend-entry", has_text="Disagreement of datasets")).to_be_hidden()


@pytest.mark.parametrize("button", ["Picture (SVG)", "Picture (PNG)"])
def test_a_picture_is_offered_of_the_view(page: Page, tmp_path: Path, button: str) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    start = path.read_bytes()[:8]
    assert start.startswith(b"<svg" if path.suffix == ".svg" else b"\x89PNG")


def test_a_picture_says_what_is_on_it_and_whose_data_it_is(page: Page, tmp_path: Path) -> None:
    page.get_by_role("slider", name="Depth of the strip").fill("500")
    with page.expect_download() as download:
        page.get_by_role("button", name="Picture (SVG)").click()
    path = tmp_path / "map.svg"
    download.value.save_as(path)
    text = path.read_text("utf-8")
    for words in ("500\u00a0m", "km", "Model geometry, not observed control", "OpenStreetMap"):
        assert words in text
    assert "<script" not in text
    page.goto(path.as_uri())
    lines = page.locator("svg text")
    width = page.locator("svg").first.bounding_box()
    assert width is not None
    for each in lines.all()[-5:]:
        box = each.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width["x"] + width["width"]


def test_readers_colours_leave_the_bars_and_the_choice_to_be_seen(
    browser: Browser, page_address: str
) -> None:
    context = browser.new_context(viewport=DESK, offline=True, forced_colors="active")
    page = opened(context, page_address)
    looks = "node => getComputedStyle(node).backgroundColor"
    paper = page.locator("body").evaluate(looks)
    assert page.locator(".bar").first.evaluate(looks) != paper
    assert page.locator(".segment input:checked + span").evaluate(looks) != paper
    context.close()


def test_the_time_line_names_the_latest_statement_with_its_source(page: Page) -> None:
    page.get_by_role("slider", name="Show what had been stated by").fill("18993")  # 1 January 2022
    expect(page.locator("#timeline-words")).to_contain_text("1 Jan 2022")
    expect(page.locator("#timeline-source").get_by_role("link")).to_be_visible()
    shown = page.locator("#register-body tr:visible").count()
    assert 0 < shown < page.locator("#register-body tr").count()


def test_a_drawn_outline_has_its_legend_entry_and_can_be_hidden(page: Page) -> None:
    page.locator("#outline details summary").click()
    page.get_by_label("GeoJSON text").fill(
        '{"type":"Polygon","coordinates":[[[45.5,40],[45.6,40],[45.6,40.1],[45.5,40]]]}'
    )
    page.get_by_role("button", name="Measure this text").click()
    shape = page.locator("[data-layer=drawn] path.drawn").first
    expect(shape).to_be_visible()
    page.get_by_role("checkbox", name="Your own outline").uncheck()
    expect(shape).to_be_hidden()


def test_a_popup_stays_clear_of_the_outline_panel(page: Page) -> None:
    page.locator("[data-layer=incursions] path[role=button]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)
    popup = page.get_by_role("dialog").bounding_box()
    panel = page.locator("#outline").bounding_box()
    assert popup is not None
    assert panel is not None
    assert popup["y"] >= panel["y"] + panel["height"] or popup["x"] + popup["width"] <= panel["x"]
