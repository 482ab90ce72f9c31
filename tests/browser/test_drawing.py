"""Drawing an outline, measuring it, taking it away and bringing it back."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import Page, expect

from bordermap.areas import geodesic_area_km2

PLACES = [(820, 300), (1000, 330), (980, 520), (860, 560)]


def button(page: Page, name: str) -> Any:  # noqa: ANN401
    return page.get_by_role("button", name=re.compile(name, re.IGNORECASE))


def drawn_km2(page: Page) -> float:
    return float(page.locator("[data-figure=drawn-area-km2]").get_attribute("data-value") or "nan")


def downloaded(page: Page, folder: Path) -> dict[str, Any]:
    with page.expect_download() as download:
        button(page, "download.*outline").click()
    path = folder / "outline.geojson"
    download.value.save_as(path)
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def area_of(document: dict[str, Any]) -> float:
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in document["features"]]
    return sum(geodesic_area_km2(shape) for shape in shapes)


def draw(page: Page) -> None:
    button(page, "^draw").click()
    for x, y in PLACES:
        page.mouse.click(x, y)
        page.wait_for_timeout(350)  # two clicks at once would be a double click


def test_the_area_is_that_of_the_file(page: Page, tmp_path: Path) -> None:
    draw(page)
    button(page, "finish").click()
    document = downloaded(page, tmp_path)
    [feature] = document["features"]
    ring = feature["geometry"]["coordinates"][0]
    assert len(ring) == len(PLACES) + 1
    assert all(round(n, 7) == n for corner in ring for n in corner)
    assert shapely.LinearRing(ring).is_ccw
    assert drawn_km2(page) == pytest.approx(area_of(document), rel=1e-4)


def test_enter_and_a_double_click_finish_too(page: Page, tmp_path: Path) -> None:
    draw(page)
    page.keyboard.press("Enter")
    by_enter = drawn_km2(page)
    button(page, "clear").click()
    button(page, "^draw").click()
    for x, y in PLACES[:-1]:
        page.mouse.click(x, y)
        page.wait_for_timeout(350)
    page.mouse.dblclick(*PLACES[-1])
    assert drawn_km2(page) == pytest.approx(by_enter, rel=1e-6)
    assert len(downloaded(page, tmp_path)["features"][0]["geometry"]["coordinates"][0]) == 5


def test_a_keyboard_draws(page: Page) -> None:
    button(page, "^draw").focus()
    page.keyboard.press("Enter")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press("Space")
        page.keyboard.press(key)
        page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    assert drawn_km2(page) > 0


def test_undo_and_moving_a_corner_change_the_area(page: Page) -> None:
    draw(page)
    button(page, "finish").click()
    four = drawn_km2(page)
    button(page, "undo").click()
    three = drawn_km2(page)
    assert three != pytest.approx(four)
    page.locator(".corner").first.focus()
    page.keyboard.press("ArrowUp")
    assert drawn_km2(page) != pytest.approx(three)
    button(page, "clear").click()
    assert page.locator("[data-layer=drawn] path").count() == 0


def test_what_was_downloaded_is_read_back_unchanged(page: Page, tmp_path: Path) -> None:
    draw(page)
    button(page, "finish").click()
    first = downloaded(page, tmp_path)
    button(page, "clear").click()
    page.get_by_text("Without a pointer").click()
    page.get_by_label("GeoJSON text").fill(json.dumps(first))
    button(page, "measure").click()
    assert downloaded(page, tmp_path) == first


def test_the_parts_by_province_add_up(page: Page) -> None:
    page.get_by_text("Without a pointer").click()
    outline = shapely.box(45.5, 39.3, 46.2, 40.1)
    page.get_by_label("GeoJSON text").fill(shapely.to_geojson(outline))
    button(page, "measure").click()
    parts = [
        float(node.get_attribute("data-value") or "nan")
        for node in page.locator("[data-figure^='drawn-area-km2-']").all()
    ]
    assert sum(parts) == pytest.approx(drawn_km2(page), rel=1e-6)
    assert drawn_km2(page) == pytest.approx(geodesic_area_km2(outline), rel=1e-6)


def test_a_file_dropped_on_the_page_is_measured(page: Page) -> None:
    outline = shapely.to_geojson(shapely.box(45.5, 39.3, 45.6, 39.4))
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "a.geojson"));
          document.querySelector("#map").dispatchEvent(
            new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        outline,
    )
    expect(page.locator("[data-figure=drawn-area-km2]")).to_have_attribute(
        "data-value", re.compile(r"^9\d\.")
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("{", "not GeoJSON"),
        ('{"type": "Point", "coordinates": [45, 40]}', "no polygon"),
        ('{"type":"Polygon","coordinates":[[[5e6,4e6],[5e6,5e6],[6e6,5e6]]]}', "not longitude"),
        ('{"type":"Polygon","coordinates":[[[45,40],[46,41],[46,40],[45,41],[45,40]]]}', "crosses"),
    ],
)
def test_what_cannot_be_measured_is_said(page: Page, text: str, answer: str) -> None:
    page.get_by_text("Without a pointer").click()
    page.get_by_label("GeoJSON text").fill(text)
    button(page, "measure").click()
    expect(page.locator("#drawn-message")).to_contain_text(answer)
    expect(button(page, "download.*outline")).to_be_disabled()


def test_ten_thousand_polygons_are_drawn_on_a_canvas(page: Page, tmp_path: Path) -> None:
    boxes = [
        shapely.box(45 + i * 0.01, 39 + j * 0.01, 45.008 + i * 0.01, 39.008 + j * 0.01)
        for i in range(100)
        for j in range(100)
    ]
    path = tmp_path / "many.geojson"
    path.write_text(shapely.to_geojson(shapely.MultiPolygon(boxes)), "utf-8")
    page.get_by_text("Without a pointer").click()
    page.locator("#geojson-file").set_input_files(path)
    expect(page.locator("[data-figure=drawn-area-km2]")).to_have_attribute(
        "data-value", re.compile(r"\d")
    )
    assert page.locator("[data-layer=drawn] canvas").count() == 1
    expected = geodesic_area_km2(shapely.MultiPolygon(boxes))
    assert drawn_km2(page) == pytest.approx(expected, rel=1e-6)
