"""Outlines between the page and the commands: one area, whoever measures."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from bordermap.cli.app import REFUSED
from tests.browser.pages import PHONE, opened
from tests.browser.test_drawing import button, downloaded, draw, drawn_km2

CASE = Path(__file__).parents[2] / "data" / "cases" / "armenia-150"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "bordermap", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, check=False)


def command(*arguments: object) -> Any:  # noqa: ANN401
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def load(page: Page, text: str) -> None:
    page.get_by_text("Without a pointer").click()
    page.get_by_label("GeoJSON text").fill(text)
    button(page, "measure").click()


def collection(*shapes: shapely.Polygon) -> str:
    features = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(one))}
        for one in shapes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_the_command_measures_what_the_page_measured(page: Page, tmp_path: Path) -> None:
    draw(page)
    button(page, "finish").click()
    downloaded(page, tmp_path)
    [row] = command("area", tmp_path / "outline.geojson")
    assert drawn_km2(page) == pytest.approx(row["area_km2"], rel=1e-6)
    assert row["features"] == 1
    assert row["repairs"] == []


def test_the_parts_are_those_of_the_command(page: Page, tmp_path: Path) -> None:
    load(page, collection(shapely.box(45.2, 39.4, 46.2, 40.3), shapely.box(45.9, 39.1, 46.3, 39.6)))
    downloaded(page, tmp_path)
    [row] = command("area", tmp_path / "outline.geojson", "--by", "AM")
    for code in ("AM-SU", "AM-VD", "AM-GR"):
        shown = page.locator(f"[data-figure=drawn-area-km2-{code}]").get_attribute("data-value")
        assert float(shown or "nan") == pytest.approx(row["by_province"][code], rel=1e-3), code


@pytest.mark.parametrize(
    "shapes",
    [
        (shapely.box(45, 40, 46, 41), shapely.box(45.5, 40.5, 46.5, 41.5)),
        (shapely.box(45, 40, 46, 41), shapely.box(45.2, 40.2, 45.4, 40.4)),
        (shapely.box(45, 40, 46, 41), shapely.box(45, 40, 46, 41)),
        (shapely.box(45, 40, 46, 41), shapely.box(46, 40.3, 47, 40.6)),
        (
            shapely.box(45, 40, 46, 41) - shapely.box(45.2, 40.2, 45.8, 40.8),
            shapely.box(45.1, 40.4, 45.5, 40.6),
        ),
    ],
    ids=["overlapping", "one in the other", "twice the same", "side by side", "over a hole"],
)
def test_what_lies_in_two_polygons_counts_once(
    page: Page, tmp_path: Path, shapes: tuple[shapely.Polygon, ...]
) -> None:
    load(page, collection(*shapes))
    downloaded(page, tmp_path)
    [row] = command("area", tmp_path / "outline.geojson")
    assert drawn_km2(page) == pytest.approx(row["area_km2"], rel=1e-6)
    parts = page.locator("[data-figure^='drawn-area-km2-']")
    total = sum(float(part.get_attribute("data-value") or "nan") for part in parts.all())
    assert total == pytest.approx(drawn_km2(page), rel=1e-5)


def test_a_case_takes_the_download_as_it_is(page: Page, tmp_path: Path) -> None:
    draw(page)
    button(page, "finish").click()
    downloaded(page, tmp_path)
    case = tmp_path / "case"
    shutil.copytree(CASE, case)
    (case / "outlines").mkdir()
    shutil.copy(tmp_path / "outline.geojson", case / "outlines" / "drawn.geojson")
    (case / "scenarios" / "drawn.toml").write_text(
        'model = "outlines"\ntitle = "Drawn on the map"\nrationale = "Drawn by hand."\n'
        'assumes = ["Its edges."]\n[outlines]\nfile = "outlines/drawn.geojson"\n'
        'reason = "A test."\n',
        "utf-8",
    )
    summary = command("build", case, "-o", tmp_path / "out", "--draws", 10)
    [estimate] = [one for one in summary["estimates"] if one["scenario"] == "drawn"]
    for code, km2 in estimate["by_province"].items():
        shown = page.locator(f"[data-figure=drawn-area-km2-{code}]").get_attribute("data-value")
        assert float(shown or "nan") == pytest.approx(km2, rel=1e-3), code
    assert len(estimate["by_province"]) > 1


def test_fingers_draw_on_a_phone(browser: Browser, map_file: Path, tmp_path: Path) -> None:
    context = browser.new_context(
        viewport=PHONE, offline=True, has_touch=True, is_mobile=True, accept_downloads=True
    )
    page = opened(context, map_file.as_uri())
    button(page, "^draw").tap()
    page.evaluate("scrollTo(0, 0)")
    for x, y in [(120, 120), (260, 130), (250, 240), (130, 230)]:
        page.touchscreen.tap(x, y)
        page.wait_for_timeout(400)
    button(page, "finish").tap()
    downloaded(page, tmp_path)
    [row] = command("area", tmp_path / "outline.geojson")
    assert drawn_km2(page) == pytest.approx(row["area_km2"], rel=1e-6)
    context.close()


def test_a_corner_is_moved_by_mouse_and_taken_out_by_key(page: Page, tmp_path: Path) -> None:
    draw(page)
    button(page, "finish").click()
    before = drawn_km2(page)
    box = page.locator(".corner").nth(1).bounding_box()
    assert box
    page.mouse.move(box["x"] + 7, box["y"] + 7)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] - 40, steps=5)
    page.mouse.up()
    moved = drawn_km2(page)
    assert moved > before * 1.01
    page.locator(".corner").nth(2).focus()
    page.keyboard.press("Delete")
    document = downloaded(page, tmp_path)
    assert len(document["features"][0]["geometry"]["coordinates"][0]) == 4
    [row] = command("area", tmp_path / "outline.geojson")
    assert drawn_km2(page) == pytest.approx(row["area_km2"], rel=1e-6) != pytest.approx(moved)


def test_the_figure_stays_with_the_language(page: Page) -> None:
    draw(page)
    button(page, "finish").click()
    before = drawn_km2(page)
    page.locator("#language").select_option("ru")
    assert drawn_km2(page) == before
    page.locator("#language").select_option("en")
    expect(page.locator("#drawn-message")).to_contain_text("×")


@pytest.mark.parametrize("size", [3, 30_000])
def test_a_ring_that_crosses_itself_has_no_figure_however_long(page: Page, size: int) -> None:
    low = [[45 + i / size, 39 + 0.1 * (i % 2) / size] for i in range(size)]
    ring = [*low, [46, 41], [45.2, 38.9], [45, 41], [45, 39]]
    load(page, json.dumps({"type": "Polygon", "coordinates": [ring]}))
    expect(page.locator("#drawn-message")).to_contain_text("crosses")
    assert page.locator("[data-figure=drawn-area-km2]").get_attribute("data-value") is None


@pytest.mark.parametrize("west", [179.5, -180.5])
def test_an_edge_over_longitude_180_is_refused_by_both(
    page: Page, tmp_path: Path, west: float
) -> None:
    east = west + 1
    wrapped = [(x + 540) % 360 - 180 for x in (west, east)]
    ring = [
        [wrapped[0], 10],
        [wrapped[1], 10],
        [wrapped[1], 11],
        [wrapped[0], 11],
        [wrapped[0], 10],
    ]
    text = json.dumps({"type": "Polygon", "coordinates": [ring]})
    load(page, text)
    expect(page.locator("#drawn-message")).to_contain_text("longitude 180")
    (tmp_path / "over.geojson").write_text(text, "utf-8")
    assert run("area", tmp_path / "over.geojson").returncode == REFUSED
