"""A server on this machine that answers as the real services do, and as they should not."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Service:
    """What is answered at each path, and what was asked."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running() -> Iterator[Service]:
    """Run the server while the test does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            service.asked.append(self.path)
            try:
                service.answers.get(self.path, status(404))(self)
            except OSError:
                service.gone.set()
            self.close_connection = True

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service = Service(address=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def content(body: bytes, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def document(value: object, **headers: str) -> Answer:
    return content(json.dumps(value).encode(), Content_Type="application/json", **headers)


def raw(line: bytes) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(line)

    return answer


def status(code: int, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        for name, value in {"Content_Length": "0", **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()

    return answer


def moved(to: str, code: int = 302) -> Answer:
    return status(code, Location=to)


def endless(piece: bytes, *, seconds: float = 0.0, length: str = "") -> Answer:
    """Send a piece again and again, for at most some seconds."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        if length:
            request.send_header("Content-Length", length)
        request.send_header("Connection", "close")
        request.end_headers()
        until = time.monotonic() + 20
        while time.monotonic() < until:
            request.wfile.write(piece)
            request.wfile.flush()
            time.sleep(seconds)

    return answer


def dripping_headers(seconds: float) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        until = time.monotonic() + 20
        while time.monotonic() < until:
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(seconds)

    return answer


def chunked_and_broken_off(body: bytes) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(f"{len(body) + 100:x}\r\n".encode() + body)

    return answer


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def shape(iso: str | None, name: str, geometry: dict[str, Any]) -> dict[str, Any]:
    """Return a feature as geoBoundaries has them."""
    properties = {"shapeName": name, "shapeISO": iso, "shapeID": "x", "shapeType": "ADM1"}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def layer(*features: dict[str, Any]) -> dict[str, Any]:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    return {"type": "FeatureCollection", "crs": crs, "features": list(features)}


def about(address: str, country: str, **members: str) -> dict[str, str]:
    """Return what geoBoundaries tells of a layer."""
    return {
        "boundaryID": f"{country}-ADM1-1",
        "boundaryISO": country,
        "boundaryYearRepresented": "2018",
        "boundaryType": "ADM1",
        "boundarySource": "A survey",
        "boundaryLicense": "Open Data Commons Open Database License 1.0",
        "admUnitCount": "2",
        "gjDownloadURL": f"{address}/raw/{country}.geojson",
        **members,
    }
