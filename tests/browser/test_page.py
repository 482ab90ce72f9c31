"""The page in a browser: what it must not do, and what is found by role and name."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.pages import DESK, PHONE, Watched, opened

LAYERS = ["provinces", "borders", "strip", "incursions", "sites"]


def test_it_asks_for_nothing_and_says_nothing(context: BrowserContext, map_file: Path) -> None:
    page = context.new_page()
    watched = Watched(page)
    page.goto(map_file.as_uri())
    page.wait_for_selector("html.ready")
    for box in (
        page.get_by_role("group", name=re.compile("layers", re.IGNORECASE))
        .get_by_role("checkbox")
        .all()
    ):
        box.check()
    page.get_by_role("slider", name=re.compile("depth", re.IGNORECASE)).press("PageUp")
    page.mouse.move(900, 400)
    page.mouse.wheel(0, -600)
    page.wait_for_timeout(900)
    assert watched.messages == []
    assert [url for url in watched.requests if not url.startswith("data:")] == [map_file.as_uri()]


def test_the_heap_stays_small(page: Page) -> None:
    used = page.evaluate("performance.memory.usedJSHeapSize")
    assert used < 60e6


def test_it_has_one_of_each_landmark(page: Page) -> None:
    for role in ("main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title()
    viewport = page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert viewport.startswith("width=device-width")


def test_the_map_has_a_name(page: Page) -> None:
    expect(page.get_by_role("region", name="Map", exact=True)).to_be_visible()


def test_the_claim_names_both_sides_with_sources(page: Page) -> None:
    claim = page.get_by_role("region", name="Claim", exact=True)
    expect(claim).to_contain_text("some 150 square kilometers")
    expect(claim).to_contain_text("Stated by Official Yerevan")
    expect(claim).to_contain_text("Rejected by Official Baku")
    expect(claim).to_contain_text(re.compile("model geometry, not observed control", re.IGNORECASE))
    assert claim.get_by_role("link").count() >= 2


def test_every_layer_has_a_native_checkbox_and_a_legend_entry(page: Page) -> None:
    boxes = page.get_by_role("group", name="Layers", exact=True).get_by_role("checkbox")
    entries = page.get_by_role("list", name="Legend").get_by_role("listitem")
    assert boxes.count() == entries.count() >= len(LAYERS)
    for layer in LAYERS:
        expect(
            page.get_by_role("checkbox", name=re.compile(layer, re.IGNORECASE)).first
        ).to_be_checked()
    for layer in ("provinces", "borders"):
        entry = entries.filter(has_text=re.compile(layer, re.IGNORECASE)).first
        expect(entry).to_contain_text("OpenStreetMap 2026")
        expect(entry).to_contain_text("View taken")


@pytest.mark.parametrize("layer", LAYERS)
def test_unchecking_a_layer_takes_its_shapes_away(page: Page, layer: str) -> None:
    shapes = page.locator(f"[data-layer={layer}] path")
    expect(shapes.first).to_be_visible()
    page.get_by_role("checkbox", name=re.compile(layer, re.IGNORECASE)).first.uncheck()
    for shape in shapes.all():
        expect(shape).to_be_hidden()


def test_layers_are_called_by_the_words_that_programs_know(page: Page) -> None:
    found = page.evaluate(
        "[...document.querySelectorAll('[data-layer]')].map((one) => one.dataset.layer)"
    )
    known = {*LAYERS, "caps", "outlines", "disagreement", "drawn"}
    assert set(LAYERS) < set(found) <= known


def test_the_register_has_a_row_a_claim(page: Page) -> None:
    rows = page.get_by_role("table", name=re.compile("register", re.IGNORECASE)).get_by_role("row")
    marks = page.get_by_role("list", name=re.compile("stated areas", re.IGNORECASE)).get_by_role(
        "listitem"
    )
    assert rows.count() - 1 == marks.count() > 20


def test_credits_name_what_is_shown(page: Page) -> None:
    credits_ = page.get_by_role("contentinfo")
    expect(credits_).to_contain_text("OpenStreetMap contributors")
    expect(credits_).to_contain_text("Natural Earth")


def test_the_text_of_a_figure_is_the_rounding_of_its_value(page: Page) -> None:
    figures = page.locator("output[data-value]").all()
    assert len(figures) > 5
    for figure in figures:
        value = float(figure.get_attribute("data-value") or "nan")
        text = figure.inner_text().replace(",", "")
        number, unit = text.split("\u00a0")
        decimals = len(number.partition(".")[2])
        assert float(number) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-9)
        assert unit in {"m", "km", "km²"}


def test_layers_differ_by_more_than_colour(page: Page) -> None:
    looks = page.evaluate(
        """() => Object.fromEntries(["low", "best", "high"].map((extent) => {
          const path = document.querySelector(`[data-layer=incursions] .footprint-${extent}`);
          const style = getComputedStyle(path);
          return [extent, [style.strokeDasharray, style.fill].join()];
        }))"""
    )
    assert len(set(looks.values())) == 3


@pytest.mark.parametrize(
    "size",
    [
        DESK,
        PHONE,
        {"width": 320, "height": 640},
        {"width": 700, "height": 450},  # what the desk shows at 200 %
        {"width": 844, "height": 390},
    ],
    ids=["desk", "phone", "small phone", "twice as large", "phone on its side"],
)
def test_nothing_overflows(browser: Browser, map_file: Path, size: ViewportSize) -> None:
    context = browser.new_context(viewport=size, offline=True)
    page = opened(context, map_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    clipped = page.evaluate(
        """() => [...document.querySelectorAll("#column *, #outline *, footer *")]
          .filter((node) => node.children.length === 0 && node.textContent.trim())
          .filter((node) => !node.closest(".visually-hidden, svg, details:not([open]), select"))
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
          .map((node) => node.textContent)"""
    )
    assert clipped == []
    context.close()


def test_on_a_phone_the_map_comes_first(browser: Browser, map_file: Path) -> None:
    context = browser.new_context(viewport=PHONE, offline=True)
    page = opened(context, map_file.as_uri())
    tops = page.evaluate(
        """() => ["#map", "#finding", "#depth", "#claim", "#outline", "#register"]
          .map((id) => document.querySelector(id).getBoundingClientRect().top)"""
    )
    assert tops == sorted(tops)
    assert tops[2] < PHONE["height"]
    statements = page.locator("#register-body tr")
    more = page.get_by_role("button", name=re.compile(r"all \d+ statements"))
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(statements.first).to_be_hidden()
    expect(page.locator("#register-body tr.main-claim")).to_be_visible()
    more.click()
    expect(statements.first).to_be_visible()
    expect(page.get_by_role("button", name="latest alone")).to_be_focused()
    context.close()


def test_print_keeps_the_evidence_and_hides_the_controls(page: Page) -> None:
    page.emulate_media(media="print")
    for name in ("#claim", "#map", "#legend", "#register-body", "#sources", "#finding"):
        expect(page.locator(name)).to_be_visible()
    for name in ("#depth", "#outline-draw", "#language", "#layer-strip", "#save-png"):
        expect(page.locator(name)).to_be_hidden()
    expect(page.locator("#claim")).to_contain_text("not observed control")
