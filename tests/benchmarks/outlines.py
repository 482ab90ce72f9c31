"""Ten thousand outlines: what they add to an assessment and its map, and in the page."""

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import shapely
from playwright.sync_api import sync_playwright

import bordermap as bm
from bordermap.maps import map_html
from bordermap.scenarios import OutlinesAssumption, Scenario
from tests.benchmarks.timing import Row

COUNT = 10_000
CORNERS = 16

_DRAWN = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const drawn = async () => { await frame(); await frame(); };
  await drawn();
  const start = performance.now();
  document.querySelector("#layer-outlines").click();
  const canvas = document.querySelector("[data-layer=outlines] canvas");
  await drawn();
  canvas.getContext("2d").getImageData(0, 0, 1, 1);  // waits until all is painted
  return performance.now() - start;
}"""


def rows() -> Iterator[Row]:
    """Measure and yield; the page only where there is a browser."""
    with tempfile.TemporaryDirectory() as folder:
        case = _case(Path(folder))
        plain = replace(case, scenarios=tuple(s for s in case.scenarios if s.id != "drawn"))
        cpu_s = _in_turn(
            lambda: map_html(bm.assess(case, draws=100)),
            lambda: map_html(bm.assess(plain, draws=100)),
            lambda: _floor(Path(folder) / "drawn.geojson"),
        )
        yield Row(
            what=f"{COUNT:,} outlines: added to assess and map, CPU",
            against="json.load, from_geojson and union_all of them",
            ours_s=cpu_s[0] - cpu_s[1],
            theirs_s=cpu_s[2],
            note="read, laid on four datasets, each without the others, put into the page",
        )
        content = map_html(bm.assess(case, draws=100))
        yield Row(
            what=f"{COUNT:,} outlines: map.html, size [MB]",
            against="6 MB",
            ours_s=len(content.encode()) / 1e6,
            theirs_s=6.0,
            at_most=1.0,
        )
        page = Path(folder) / "map.html"
        page.write_text(content, "utf-8")
        yield from _in_page(page)


def _case(folder: Path) -> bm.Case:
    """Return the shipped case with one more scenario, of small outlines all over the provinces."""
    case = bm.load_case("armenia-150")
    land = shapely.union_all([province.polygon for province in case.provinces])
    shapely.prepare(land)
    rng = np.random.default_rng(1)
    west, south, east, north = land.bounds
    places = rng.uniform((west, south), (east, north), (10 * COUNT, 2))
    places = places[shapely.contains_xy(land, places)][:COUNT]
    turn = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    reach = rng.uniform(0.0005, 0.003, (COUNT, 1)) * rng.uniform(0.6, 1.0, (COUNT, CORNERS))
    corners = places[:, np.newaxis] + np.stack(
        (1.3 * reach * np.cos(turn), reach * np.sin(turn)), axis=-1
    )
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": f"Field {number}"},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
            for number, ring in enumerate(corners.round(6).tolist(), start=1)
        ],
    }
    (folder / "drawn.geojson").write_text(json.dumps(collection), "utf-8")
    drawn = Scenario(
        id="drawn",
        title="Many fields",
        model="outlines",
        rationale="a load",
        assumes=("that each is as drawn",),
        outlines=OutlinesAssumption(file="drawn.geojson", reason="drawn"),
    )
    return replace(case, folder=folder, scenarios=(*case.scenarios, drawn))


def _floor(path: Path) -> shapely.Geometry:
    text = path.read_text("utf-8")
    json.loads(text)
    return shapely.union_all(shapely.get_parts(shapely.from_geojson(text)))


def _in_turn(*functions: Callable[[], object], repeats: int = 3) -> list[float]:
    """Return the median CPU time of each function, run in turn [s]: threads work side by side."""
    found: list[list[float]] = [[] for _ in functions]
    for _ in range(repeats):
        for function, times in zip(functions, found, strict=True):
            start = time.process_time()
            function()
            times.append(time.process_time() - start)
    return [median(times) for times in found]


def _in_page(path: Path) -> Iterator[Row]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        times_ms = []
        for _ in range(3):
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(path.as_uri())
            page.wait_for_selector("html.ready")
            times_ms.append(float(page.evaluate(_DRAWN)))
            page.close()
        browser.close()
    yield Row(
        what=f"{COUNT:,} outlines: from a click until they are painted",
        against="1 s",
        ours_s=median(times_ms) / 1e3,
        theirs_s=1.0,
        at_most=1.0,
    )
