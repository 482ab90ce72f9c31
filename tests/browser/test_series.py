"""The page of dated outlines: one date at a time, its figures those of the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

import bordermap as bm
from tests.browser.pages import DESK, PHONE, Watched, violations
from tests.series.grid import moving_front, write_days

LAST = 5
HOSTILE = "</script><script>alert(1)</script>${alert(2)}"


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401
    folder = tmp_path_factory.mktemp("outlines")
    write_days(folder, moving_front())
    return bm.series_of([folder], by="UA")


@pytest.fixture(scope="module")
def rows(series: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return [step.as_json() for step in series]


@pytest.fixture(scope="module")
def file(series: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ANN401
    path = tmp_path_factory.mktemp("page") / "map.html"
    bm.explore_series(series, title=HOSTILE).save(str(path))
    return path


@pytest.fixture(scope="module")
def watched(browser: Browser, file: Path) -> Iterator[tuple[Page, Watched]]:
    context = browser.new_context(viewport=DESK, offline=True, locale="en-GB")
    context.set_default_timeout(8_000)
    page = context.new_page()
    watch = Watched(page)
    page.goto(file.as_uri())
    page.wait_for_selector("html.ready")
    yield page, watch
    context.close()


@pytest.fixture
def page(watched: tuple[Page, Watched]) -> Page:
    watched[0].locator("#date").fill(str(LAST))
    return watched[0]


def figure(page: Page, name: str) -> float | None:
    value = page.locator(f"output[data-figure={name}]").get_attribute("data-value")
    return None if value is None else json.loads(value)


def shape(page: Page, layer: str) -> str:
    return page.locator(f"[data-layer={layer}] path").get_attribute("d") or ""


def test_figures_are_those_of_the_command_line(page: Page, rows: list[dict[str, Any]]) -> None:
    slider = page.get_by_role("slider", name="Date of the outline")
    for number, row in enumerate(rows):
        slider.fill(str(number))
        assert slider.get_attribute("aria-valuetext") == row["date"]
        for name in ("area", "gained", "lost", "net"):
            assert figure(page, f"{name}-km2") == row[f"{name}_km2"]
        assert page.locator("h1 time").get_attribute("datetime") == row["date"]
        parts = {code: km2 for code, km2 in row["by_province"].items() if km2 > 1e-6}
        assert {code: figure(page, f"area-km2-{code}") for code in parts} == parts


def test_the_slider_follows_keys_and_shapes_follow_the_slider(page: Page) -> None:
    slider = page.get_by_role("slider", name="Date of the outline")
    slider.focus()
    seen = {shape(page, "gained")}
    for key, date in (
        ("ArrowLeft", "2024-07-06"),
        ("PageDown", "2024-07-04"),
        ("Home", "2024-07-01"),
        ("ArrowRight", "2024-07-02"),
    ):
        page.keyboard.press(key)
        assert slider.get_attribute("aria-valuetext") == date
        seen.add(shape(page, "gained"))
    assert len(seen) == 5
    page.keyboard.press("Home")
    assert shape(page, "gained") == shape(page, "lost") == "M0 0"
    expect(page.get_by_text("The first outline")).to_be_visible()


def test_gained_and_lost_differ_by_more_than_colour(page: Page) -> None:
    drawn = {
        kind: page.locator(f"[data-layer={kind}] path.series-{kind}").evaluate(
            "node => [getComputedStyle(node).strokeDasharray, node.getAttribute('fill')]"
        )
        for kind in ("gained", "lost")
    }
    assert drawn["gained"][0] != drawn["lost"][0]
    assert drawn["gained"][1] != drawn["lost"][1]
    entries = page.get_by_role("list", name="Legend").get_by_role("listitem")
    expect(entries.filter(has_text="solid edge")).to_have_count(1)
    expect(entries.filter(has_text="dashed edge")).to_have_count(1)


def test_the_largest_change_is_framed(page: Page) -> None:
    """On 2 July 6 cells come in the north and 6 go in the south, where they are larger."""
    page.locator("#date").fill("1")
    page.get_by_role("button", name="Show the largest change").click()
    west, south, east, north = page.evaluate(
        "() => { const b = window[document.querySelector('#map').dataset.map].getBounds();"
        " return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; }"
    )
    assert west < 37.45
    assert east > 37.5
    assert south < 47.0
    assert 47.3 < north < 47.6
    assert north - south < 0.5
    page.locator("#date").fill("0")
    expect(page.get_by_role("button", name="Show the largest change")).to_be_hidden()


def test_layers_are_shown_and_hidden(page: Page) -> None:
    box = page.get_by_role("checkbox", name="Lost")
    box.uncheck()
    expect(page.locator("[data-layer=lost] path")).to_be_hidden()
    box.check()
    expect(page.locator("[data-layer=lost] path")).to_be_visible()


def test_a_film_plays_to_its_end_and_stops_where_it_is_stopped(page: Page) -> None:
    slider, play = page.locator("#date"), page.get_by_role("button", name="Play")
    slider.fill("3")
    page.clock.install()
    play.click()
    pause = page.get_by_role("button", name="Pause")
    page.clock.run_for(1_100)
    pause.click()
    expect(slider).to_have_value("4")
    play.click()
    page.clock.run_for(5_000)
    expect(slider).to_have_value(str(LAST))
    expect(play).to_be_visible()
    page.emulate_media(reduced_motion="reduce")
    slider.fill("3")
    play.click()
    page.clock.run_for(2_500)
    expect(slider).to_have_value("3")  # slower for whoever wants less motion
    page.clock.run_for(1_000)
    expect(slider).to_have_value("4")
    pause.click()
    page.emulate_media(reduced_motion="no-preference")


def test_the_table_has_every_step_and_marks_the_one_shown(
    page: Page, rows: list[dict[str, Any]]
) -> None:
    page.get_by_text("As a table").click()
    table = page.locator("#series-table tbody tr")
    expect(table).to_have_count(len(rows))
    assert table.nth(1).locator("td").all_inner_texts() == [
        f"{rows[1]['area_km2']:,.3f}",
        f"{rows[1]['gained_km2']:,.3f}",
        f"{rows[1]['lost_km2']:,.3f}",
        f"{rows[1]['net_km2']:+,.3f}",
    ]
    expect(page.locator("#series-table [aria-current]")).to_have_text(
        table.nth(LAST).inner_text(), use_inner_text=True
    )
    page.get_by_text("As a table").click()


def test_the_page_says_what_is_missing_and_what_it_leaves_out(page: Page) -> None:
    for words in ("No outline of 5 Jul 2024", "on a grid of a metre", "Gained and lost are of"):
        expect(page.locator("#limits")).to_contain_text(words)
    page.locator("#date").fill("4")
    expect(page.locator("#step-notes")).to_contain_text("No outline of 5 Jul 2024")


def test_every_language_names_the_date_and_keeps_the_figures(page: Page) -> None:
    area = figure(page, "area-km2")
    for language, words in (("hy", "Մակերես"), ("az", "sahə"), ("ru", "Площадь"), ("en", "Area")):
        page.get_by_role("combobox").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("#chart-title")).to_contain_text(words)
        assert figure(page, "area-km2") == area


def test_paper_has_the_map_and_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("#player")).to_be_hidden()
    for part in ("#finding", "#map", "#chart svg", "#legend", "#sources"):
        expect(page.locator(part)).to_be_visible()
    page.emulate_media(media="screen")


def test_a_phone_has_map_and_slider_first_and_nothing_overflows(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.wait_for_function("document.querySelector('#main').firstElementChild.id === 'stage'")
    page.evaluate("window.scrollTo(0, 0)")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    slider, finding = page.locator("#date").bounding_box(), page.locator("h1").bounding_box()
    assert slider is not None
    assert finding is not None
    assert slider["y"] < finding["y"] < PHONE["height"]
    page.set_viewport_size(DESK)


def test_nothing_is_asked_for_nothing_runs_from_text_and_nothing_is_complained_of(
    page: Page, watched: tuple[Page, Watched], file: Path
) -> None:
    assert watched[1].requests == [file.as_uri()]
    assert watched[1].messages == []
    expect(page.locator("#eyebrow")).to_have_text(HOSTILE)
    assert file.stat().st_size < 700_000


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_in_the_way_light_dark_or_printed(
    browser: Browser, file: Path, axe: str, size: ViewportSize
) -> None:
    context = browser.new_context(viewport=size, offline=True, bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html.ready")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate(axe)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for date in ("0", str(LAST)):
            page.locator("#date").fill(date)
            assert violations(page) == [], (scheme, date)
    page.emulate_media(media="print")
    assert violations(page) == []
    context.close()
