"""The map page in a browser: its bytes, its first layer, its heap, its frames while it is moved."""

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

import bordermap as bm
from bordermap.maps import map_html
from tests.benchmarks.timing import Row
from tests.browser.pages import browser_path

_FIRST_LAYER = """
  new MutationObserver((_, observer) => {
    if (!document.querySelector("[data-layer=provinces] path")) return;
    requestAnimationFrame(() => { window.firstLayer = performance.now(); });
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
"""

_FRAMES = """
  window.frames = [];
  const count = (now) => { window.frames.push(now); requestAnimationFrame(count); };
  requestAnimationFrame(count);
"""


def rows() -> Iterator[Row]:
    """Measure and yield; nothing where there is no browser."""
    chromium = browser_path()
    if chromium is None:
        return
    content = map_html(bm.assess(bm.load_case("armenia-150"), draws=100))
    megabytes = len(content.encode()) / 1e6
    yield Row(
        what="map.html, size [MB]", against="2.5 MB", ours_s=megabytes, theirs_s=2.5, at_most=1.0
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "map.html"
        path.write_text(content, "utf-8")
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"],
        )
        first_s = median(_first_layer_s(browser, path) for _ in range(5))
        yield Row(
            what="map.html, first layer", against="1 s", ours_s=first_s, theirs_s=1.0, at_most=1.0
        )
        page = _opened(browser, path)
        still_s, moved_s = _frame_s(page, moved=False), _frame_s(page, moved=True)
        yield Row(
            what="map.html, a frame while it is moved, all layers on",
            against="a frame at rest",
            ours_s=moved_s,
            theirs_s=still_s,
            note=f"{1 / moved_s:.0f} frames a second, drawn without a graphics card",
        )
        heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        yield Row(
            what="map.html, heap after use [MB]",
            against="60 MB",
            ours_s=heap,
            theirs_s=60.0,
            at_most=1.0,
        )
        browser.close()


def _first_layer_s(browser: Browser, path: Path) -> float:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.add_init_script(_FIRST_LAYER)
    page.goto(path.as_uri())
    page.wait_for_function("window.firstLayer")
    milliseconds = float(page.evaluate("window.firstLayer"))
    page.close()
    return milliseconds / 1e3


def _opened(browser: Browser, path: Path) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready")
    for box in page.get_by_role("checkbox").all():
        box.check()
    slider = page.get_by_role("slider", name="Depth of the strip")
    page.evaluate(_FRAMES)
    for key in ("End", "Home", "PageUp", "PageUp"):
        slider.press(key)
    return page


def _frame_s(page: Page, *, moved: bool) -> float:
    """Return the median time between two frames [s]."""
    page.mouse.move(1000, 450)
    page.evaluate("window.frames.length = 0")
    if moved:
        page.mouse.down()
        for step in range(120):
            page.mouse.move(1000 + 150 * (step % 20 - 10) / 10, 450 + 2 * (step % 40))
        page.mouse.up()
    else:
        page.wait_for_timeout(1000)
    found: list[float] = page.evaluate("window.frames")
    return median(b - a for a, b in pairwise(found)) / 1e3
