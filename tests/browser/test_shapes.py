"""Shapes, popups and keys: everything a pointer does, a keyboard does."""

import re

import pytest
from playwright.sync_api import Page, expect

LAYERS = ["provinces", "incursions", "sites"]


@pytest.mark.parametrize("layer", LAYERS)
def test_shapes_are_buttons_with_names(page: Page, layer: str) -> None:
    shapes = page.locator(f"[data-layer={layer}] path[role=button]")
    assert shapes.count() >= 3
    for shape in shapes.all():
        assert shape.get_attribute("tabindex") == "0"
        assert (shape.get_attribute("aria-label") or "").strip()


@pytest.mark.parametrize("layer", LAYERS)
def test_enter_opens_a_dialog_and_escape_gives_the_focus_back(page: Page, layer: str) -> None:
    shape = page.locator(f"[data-layer={layer}] path[role=button]").first
    shape.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for language in ("hy", "az", "ru"):
        expect(dialog.locator(f"[lang={language}]").first).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(shape).to_be_focused()


def test_a_click_opens_the_same_dialog(page: Page) -> None:
    page.locator("[data-layer=provinces] path[role=button]").nth(1).click()
    expect(page.get_by_role("dialog")).to_contain_text("Vayots Dzor")
    page.get_by_role("dialog").get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_tab_goes_through_the_page_and_is_never_caught(page: Page) -> None:
    expect(page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])")).to_have_count(0)
    seen: list[str] = []
    page.locator("#language").focus()
    for _ in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const node = document.activeElement;
              if (node === document.body) return "";
              const style = getComputedStyle(node);
              const visible = style.outlineStyle !== "none" || node.matches(".segment input");
              return `${visible}|${node.tagName}|${node.id}|${node.ariaLabel}`; }"""
        )
        if here == "":
            break
        assert here.startswith("true|"), here
        seen.append(here)
    kinds = " ".join(seen)
    assert len(set(seen)) > 40
    for part in ("depth", "layer-strip", "outline-draw", "Province", "Incursion", "Site", "date"):
        assert part in kinds, part


def test_a_bar_shows_its_scenario(page: Page) -> None:
    page.locator("[data-scenario=site-caps]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#scenario-site-caps")).to_have_attribute("open", "")
    expect(page.locator("#layer-caps")).to_be_checked()
    expect(page.locator("[data-layer=caps] path").first).to_be_visible()


def test_the_time_line_shows_what_had_been_stated(page: Page) -> None:
    date = page.get_by_role("slider", name=re.compile("stated by this date", re.IGNORECASE))
    date.focus()
    page.keyboard.press("Home")
    expect(page.locator("#timeline-now")).to_contain_text("0 of 28")
    expect(page.locator("#register-body tr.later")).to_have_count(28)
    page.keyboard.press("End")
    expect(page.locator("#register-body tr.later")).to_have_count(0)


def test_another_dataset_shows_where_it_differs(page: Page) -> None:
    datasets = page.get_by_role("radio", name=re.compile("on the other side"))
    datasets.and_(page.locator(":checked")).focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#layer-disagreement")).to_be_checked()
    expect(datasets.and_(page.locator(":checked"))).to_be_focused()
    chosen = page.evaluate("document.activeElement.parentElement.textContent").split(": ")
    compared = re.compile(rf"“OpenStreetMap 2026.*” and “{re.escape(chosen[0])}” differ by [\d,]+")
    expect(page.locator("#layer-disagreement-note")).to_have_text(compared)
    page.locator("[data-layer=disagreement] path.differ").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(compared)
    expect(page.get_by_role("dialog")).to_contain_text("km²: of Armenia in “OpenStreetMap 2026")


def test_a_square_of_the_stated_size_moves_and_stays_true(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("square", re.IGNORECASE)).check()
    square = page.locator("path.size-square")
    before = square.get_attribute("d")
    box = square.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] - 150, steps=4)
    page.mouse.up()
    assert square.get_attribute("d") != before
    square.focus()
    moved = square.get_attribute("d")
    page.keyboard.press("ArrowLeft")
    assert square.get_attribute("d") != moved
