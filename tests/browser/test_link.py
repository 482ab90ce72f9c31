"""Languages, links that reopen the same page, and pictures made in it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bordermap.assessment import Assessment
from bordermap.maps import assets, explore
from tests.browser.pages import Watched, opened


@pytest.mark.parametrize("language", assets.LANGUAGES)
def test_the_language_chosen_is_that_of_the_page(page: Page, language: str) -> None:
    page.get_by_role("combobox", name=re.compile("language", re.IGNORECASE)).select_option(language)
    table = assets.words()[language]
    assert page.locator("html").get_attribute("lang") == language
    expect(page.locator("#depth-title")).to_have_text(table["depth title"])
    expect(page.locator("#outline-draw")).to_have_text(table["outline draw"])
    expect(page.locator("#depth")).to_have_attribute("aria-label", table["depth"])
    expect(page.locator("#claim")).to_contain_text(table["rejected by"])
    expect(page.locator("[data-layer=sites] path").first).to_have_attribute(
        "aria-label", re.compile(re.escape(table["site button"].partition("{")[0].strip()))
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_can_open_in_any_language(
    context: BrowserContext, assessment: Assessment, tmp_path: Path
) -> None:
    path = tmp_path / "map.html"
    explore(assessment, language="az").save(str(path))
    page = opened(context, path.as_uri())
    assert page.locator("html").get_attribute("lang") == "az"
    expect(page.locator("#language")).to_have_value("az")


def test_a_link_opens_what_was_seen(context: BrowserContext, page: Page) -> None:
    page.locator("#language").select_option("ru")
    page.locator("#depth").fill("437")
    page.locator("#section-mainland").check()
    page.locator("[data-scenario=site-caps]").click()
    page.locator("#layer-sites").uncheck()
    page.get_by_role("radio", name=re.compile("2017")).check()
    page.locator("#date").fill(str(19000))
    page.evaluate("map_bordermap.setView([39.5, 46.25], 10.5, { animate: false })")
    page.wait_for_timeout(700)
    again = opened(context, page.url)
    state = """() => [
      document.documentElement.lang,
      document.querySelector("#depth").value,
      document.querySelector("[name=section]:checked").value,
      document.querySelector("[name=compare]:checked").value,
      document.querySelector("#date").value,
      document.querySelector(".scenario.chosen").id,
      ...[...document.querySelectorAll("#legend input")].map((box) => box.checked),
      map_bordermap.getZoom(),
      map_bordermap.getCenter().lat.toFixed(3),
      map_bordermap.getCenter().lng.toFixed(3),
    ]"""
    assert again.evaluate(state) == page.evaluate(state)
    assert "depth=437" in page.url


def test_an_address_edited_by_hand_shows_what_it_says_and_nothing_left_over(page: Page) -> None:
    page.locator("#section-mainland").check()
    page.evaluate("location.hash = 'depth=437.4&language=hy'")
    expect(page.locator("html")).to_have_attribute("lang", "hy")
    expect(page.locator("#section-all")).to_be_checked()
    figure = page.locator("[data-figure=strip-depth-m]")
    expect(figure).to_have_attribute("data-value", page.locator("#depth").input_value())
    expect(figure).to_have_attribute("data-value", "437")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(figure).not_to_have_attribute("data-value", "437")


def test_nothing_is_put_into_the_address_before_a_choice(page: Page) -> None:
    page.wait_for_timeout(700)
    assert "#" not in page.url


@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_the_view_can_be_taken_as_a_picture(
    page: Page, tmp_path: Path, kind: str, start: bytes
) -> None:
    page.locator("#depth").fill("900")
    with page.expect_download() as download:
        page.locator(f"#save-{kind}").click()
    path = tmp_path / f"picture.{kind}"
    download.value.save_as(path)
    content = path.read_bytes()
    assert content.startswith(start)
    assert len(content) > 20_000
    if kind == "svg":
        text = content.decode()
        assert "not observed control" in text
        assert "OpenStreetMap contributors" in text
        assert not re.search(r"(href|src)=\"(?!data:)", text)
        assert "var(" not in text


def test_a_notebook_shows_the_page_in_a_frame(
    context: BrowserContext, assessment: Assessment, tmp_path: Path
) -> None:
    path = tmp_path / "cell.html"
    path.write_text(f"<!DOCTYPE html><body>{explore(assessment)._repr_html_()}", "utf-8")
    page = context.new_page()
    watched = Watched(page)
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator("html.ready")).to_be_attached()
    frame.locator("#depth").fill("300")
    page.wait_for_timeout(700)
    assert watched.messages == []


def test_an_untrusted_notebook_keeps_a_picture(
    context: BrowserContext, assessment: Assessment, tmp_path: Path
) -> None:
    cell = re.sub(r"<iframe.*?</iframe>", "", explore(assessment)._repr_html_(), flags=re.DOTALL)
    cell = re.sub(r" style=\"[^\"]*\"", "", cell)
    path = tmp_path / "cell.html"
    path.write_text(f"<!DOCTYPE html><body>{cell}", "utf-8")
    page = context.new_page()
    page.goto(path.as_uri())
    size = page.evaluate(
        "() => { const i = document.images[0]; return [i.naturalWidth, i.width]; }"
    )
    assert min(size) > 300
