"""Background tiles from a server of this machine: they come, are refused, or never answer."""

import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bordermap.assessment import Assessment
from bordermap.maps import map_html
from tests.browser.pages import DESK, Watched


def chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


TILE = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\x00\xd0\xc8\xb0"))
    + chunk(b"IEND", b"")
)


@dataclass
class Site:
    """Two servers: one with the page, one with tiles; and what the second was asked."""

    pages: ThreadingHTTPServer
    tiles: ThreadingHTTPServer
    manner: str = "well"
    html: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def page_origin(self) -> str:
        return f"http://127.0.0.1:{self.pages.server_address[1]}"

    @property
    def tile_origin(self) -> str:
        return f"http://127.0.0.1:{self.tiles.server_address[1]}"


def server(answer: Any) -> ThreadingHTTPServer:  # noqa: ANN401
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            return

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    return made


def send(handler: BaseHTTPRequestHandler, status: int, kind: str, content: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


@pytest.fixture
def site(assessment: Assessment) -> Iterator[Site]:
    def page(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 200, "text/html; charset=utf-8", made.html.encode())

    def tile(handler: BaseHTTPRequestHandler) -> None:
        made.asked.append((handler.path, handler.headers.get("Referer", "")))
        if made.manner == "never":
            made.over.wait(20)
        if made.manner == "refused":
            send(handler, 403, "text/plain", b"no key")
        else:
            send(handler, 200, "image/png", TILE)

    made = Site(pages=server(page), tiles=server(tile))
    made.html = map_html(assessment, tiles=f"{made.tile_origin}/{{z}}/{{x}}/{{y}}.png")
    yield made
    made.over.set()
    for each in (made.pages, made.tiles):
        each.shutdown()
        each.server_close()


@pytest.fixture
def online(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, locale="en-GB")
    context.set_default_timeout(8_000)
    yield context.new_page()
    context.close()


def use(page: Page) -> None:
    """Everything that matters works."""
    page.get_by_role("slider", name="Depth of the strip").press("ArrowRight")
    expect(page.locator("[data-figure=strip-depth-m]")).to_have_attribute("data-value", "213")
    page.locator("[data-layer=sites] path[role=button]").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")


def test_tiles_that_come_lie_under_the_layers_and_are_credited(site: Site, online: Page) -> None:
    watched = Watched(online)
    online.goto(f"{site.page_origin}/maps/map.html?secret=1")
    online.wait_for_selector("html.ready.with-tiles")
    use(online)
    assert watched.messages == []
    assert {referer for _, referer in site.asked} == {f"{site.page_origin}/"}
    hosts = {url.split("/")[2] for url in watched.requests if not url.startswith("data:")}
    assert hosts == {origin.split("/")[2] for origin in (site.page_origin, site.tile_origin)}
    host = site.tile_origin.removeprefix("http://")
    for language in ("en", "hy"):
        online.locator("#language").select_option(language)
        expect(online.locator("#attributions li").last).to_have_text(host)
        expect(online.locator("#made-with")).to_contain_text(host)
    expect(online.locator(".leaflet-tile-loaded").first).to_be_visible()


def test_tiles_that_are_refused_leave_the_ground(site: Site, online: Page) -> None:
    site.manner = "refused"
    watched = Watched(online)
    online.goto(site.page_origin)
    online.wait_for_selector("html.ready")
    online.wait_for_timeout(500)
    use(online)
    assert site.asked
    expect(online.locator("html.with-tiles")).to_have_count(0)
    expect(online.locator(".ground-land").first).to_be_visible()
    # the browser's own line for each answer is all there is
    assert {text.split(":")[0] for text in watched.messages} == {"Failed to load resource"}


def test_tiles_that_never_come_hold_nothing_up(site: Site, online: Page) -> None:
    site.manner = "never"
    watched = Watched(online)
    online.goto(site.page_origin, wait_until="commit")
    online.wait_for_selector("html.ready")
    use(online)
    assert site.asked
    expect(online.locator(".ground-land").first).to_be_visible()
    assert watched.messages == []


def test_from_a_folder_tiles_are_asked_for_without_a_referer(
    site: Site, online: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("tiles") / "map.html"
    path.write_text(site.html, "utf-8")
    online.goto(path.as_uri())
    online.wait_for_selector("html.ready.with-tiles")
    use(online)
    assert {referer for _, referer in site.asked} == {""}


def test_no_other_host_can_be_asked(site: Site, online: Page) -> None:
    online.goto(site.page_origin)
    online.wait_for_selector("html.ready.with-tiles")
    other = site.page_origin.replace("127.0.0.1", "localhost")
    blocked = online.evaluate(
        """(address) => new Promise((done) => {
          document.addEventListener("securitypolicyviolation",
            (event) => done(event.effectiveDirective));
          new Image().src = `${address}/x.png`;
        })""",
        other,
    )
    assert blocked == "img-src"
