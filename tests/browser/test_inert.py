"""Hostile text in every channel: it is shown, and does nothing."""

import json
import re

import pytest
from playwright.sync_api import BrowserContext

from bordermap.assessment import Assessment
from bordermap.maps import map_html
from bordermap.maps.inert_json import TURNING
from tests.browser.pages import Watched
from tests.hostile import PAYLOADS, poisoned


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_from_outside_does_nothing(
    context: BrowserContext,
    assessment: Assessment,
    tmp_path_factory: pytest.TempPathFactory,
    payload: str,
) -> None:
    text = PAYLOADS[payload]
    path = tmp_path_factory.mktemp("inert") / "map.html"
    path.write_text(map_html(poisoned(assessment, text)), "utf-8")
    page = context.new_page()
    watched = Watched(page)
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for layer in ("provinces", "incursions", "sites"):
        page.locator(f"[data-layer={layer}] path[role=button]").first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for()
        page.keyboard.press("Escape")
    page.get_by_role("radio", name=re.compile("km²")).first.check()
    page.locator("#language").select_option("hy")
    shown = re.sub(r"\s", "", page.locator("#claim").text_content() or "")
    turned = "".join(f"\\u{ord(c):04x}" if c in TURNING else c for c in text)
    assert re.sub(r"\s", "", turned) in shown
    assert page.locator("script").count() == 5
    assert page.locator("main img, [onmouseover], [onerror], main h6").count() == 0
    for link in page.locator("a[href]").all():
        assert (link.get_attribute("href") or "").startswith(("https://", "http://", "#"))
    assert watched.messages == []
    assert [url for url in watched.requests if not url.startswith("data:")] == [path.as_uri()]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_file_is_measured_or_refused_and_does_nothing(
    context: BrowserContext, page_address: str, payload: str
) -> None:
    page = context.new_page()
    watched = Watched(page)
    page.goto(page_address)
    page.wait_for_selector("html.ready")
    page.get_by_text("Without a pointer").click()
    ring = [[45, 40], [46, 40], [46, 41], [45, 40]]
    feature = {
        "type": "Feature",
        "id": PAYLOADS[payload],
        "properties": {PAYLOADS[payload]: PAYLOADS[payload]},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    for text in (json.dumps(feature), PAYLOADS[payload]):
        page.get_by_label("GeoJSON text").fill(text.replace("\x00", ""))
        page.locator("#geojson-use").click()
        assert page.locator("#drawn-message").text_content()
    assert watched.messages == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_fragment_does_nothing(
    context: BrowserContext, page_address: str, payload: str
) -> None:
    page = context.new_page()
    watched = Watched(page)
    text = json.dumps(PAYLOADS[payload])
    page.goto(page_address)
    page.wait_for_selector("html.ready")
    for key in ("language", "section", "depth", "scenario", "dataset", "layers", "view", "date"):
        page.evaluate(f"location.hash = '{key}=' + encodeURIComponent({text})")
    page.wait_for_timeout(200)
    assert page.locator("html").get_attribute("lang") == "en"
    assert watched.messages == []


HUGE = '{"type": "Polygon", "coordinates": [[[45, 40], [1e999, 40], [46, 41], [45, 40]]]}'
DEEP = '{"type": "GeometryCollection", "geometries": [' * 5_000 + "]}" * 5_000
PROTOTYPE = (
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}},'
    ' "type": "Feature", "properties": {"__proto__": {"polluted": 1}},'
    ' "geometry": {"__proto__": {"polluted": 1}, "type": "Polygon",'
    ' "coordinates": [[[45, 40], [46, 40], [46, 41], [45, 40]]]}}'
)


@pytest.mark.parametrize("text", [HUGE, DEEP, PROTOTYPE], ids=["huge", "deep", "prototype"])
def test_a_file_made_to_break_the_page_leaves_it_whole(
    context: BrowserContext, page_address: str, text: str
) -> None:
    page = context.new_page()
    watched = Watched(page)
    page.goto(page_address)
    page.wait_for_selector("html.ready")
    page.get_by_text("Without a pointer").click()
    page.get_by_label("GeoJSON text").fill(text)
    page.locator("#geojson-use").click()
    assert page.locator("#drawn-message").text_content()
    assert page.evaluate("({}).polluted === undefined && Object.prototype.polluted === undefined")
    page.locator("#depth").fill("300")
    assert page.locator("[data-figure=strip-depth-m]").get_attribute("data-value") == "300"
    assert watched.messages == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_file_name_and_what_is_downloaded_do_nothing(
    context: BrowserContext, page_address: str, payload: str
) -> None:
    page = context.new_page()
    watched = Watched(page)
    page.goto(page_address)
    page.wait_for_selector("html.ready")
    page.get_by_text("Without a pointer").click()
    text = PAYLOADS[payload]
    ring = [[45, 40], [46, 40], [46, 41], [45, 40]]
    feature = {
        "type": "Feature",
        "properties": {text: text},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    name = text.replace("\x00", "").replace("/", "-")
    page.locator("#geojson-file").set_input_files(
        {"name": f"{name}.geojson", "mimeType": "text/html", "buffer": json.dumps(feature).encode()}
    )
    page.wait_for_selector("[data-figure=drawn-area-km2][data-value]")
    with page.expect_download() as download:
        page.locator("#outline-download").click()
    assert download.value.suggested_filename == "outline.geojson"
    written = download.value.path().read_text("utf-8")
    assert json.dumps(text) not in written
    [kept] = json.loads(written)["features"]
    assert kept["properties"].keys() == {"note", "area_km2"}
    assert watched.messages == []
