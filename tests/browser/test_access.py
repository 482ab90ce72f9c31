"""axe-core, a package of npm, over the page: no serious violation at any size or in the dark."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize

from bordermap.maps import assets
from tests.browser.pages import DESK, PHONE, opened, violations


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_in_the_way(
    browser: Browser,
    map_file: Path,
    axe: str,
    size: ViewportSize,
    scheme: Any,  # noqa: ANN401
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, offline=True, bypass_csp=True)
    page = opened(context, map_file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("[data-layer=sites] path[role=button]").first.focus()
    page.keyboard.press("Enter")
    page.evaluate(axe)
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_in_the_way_in_any_state(
    browser: Browser, map_file: Path, axe: str, size: ViewportSize
) -> None:
    context = browser.new_context(viewport=size, offline=True, bypass_csp=True)
    page = opened(context, map_file.as_uri())
    page.evaluate(axe)
    for box in page.get_by_role("checkbox").all():
        box.check()
    assert violations(page) == []
    for language in assets.LANGUAGES:
        page.locator("#language").select_option(language)
        assert violations(page) == [], language
    page.locator("#language").select_option("en")
    page.locator("#section-exclaves").check()
    page.get_by_role("button", name="Draw an outline").click()
    assert violations(page) == []
    page.locator("#map .leaflet-container").or_(page.locator("#map .folium-map")).first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press("Space")
        page.keyboard.press(key)
        page.wait_for_timeout(400)
    assert violations(page) == []
    page.keyboard.press("Enter")
    assert page.locator(".corner").count() == 3
    assert violations(page) == []
    page.emulate_media(media="print")
    assert violations(page) == []
    context.close()
