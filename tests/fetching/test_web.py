"""Files from the web: whole, by https, within their limits, or a refusal of one line."""

import gzip
import json
import socket
from collections.abc import Iterator

import pytest
from pytest_socket import socket_allow_hosts

from bordermap.errors import ChecksumError, DataError
from bordermap.fetching.web import Web
from tests.fetching import service as serve
from tests.fetching.service import Service

WEB = Web(most_bytes=10_000, most_seconds=5, silence_seconds=1, plain="loopback")
BODY = b'{"type": "FeatureCollection"}'


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    with serve.running() as service:
        yield service


@pytest.fixture
def service(running: Service) -> Service:
    running.answers.clear()
    running.asked.clear()
    return running


def refusal(web: Web, url: str, *, error: type[DataError] = DataError) -> str:
    with pytest.raises(error) as caught:
        web.get(url).json()
    told = str(caught.value)
    assert told.isprintable()
    assert len(told) < 400
    return told


def test_a_file_comes_whole_with_its_checksum(service: Service) -> None:
    service.answers["/a"] = serve.content(BODY)
    file = WEB.get(f"{service.address}/a")
    assert file.json() == json.loads(BODY)
    assert WEB.get(file.url, sha256=file.sha256.upper()) == file


def test_a_packed_file_is_unpacked(service: Service) -> None:
    service.answers["/a"] = serve.content(gzip.compress(BODY), Content_Encoding="gzip")
    assert WEB.get(f"{service.address}/a").content == BODY


def test_a_file_may_have_moved_a_few_times(service: Service) -> None:
    service.answers["/a"] = serve.moved(f"{service.address}/b")
    service.answers["/b"] = serve.moved("/c", 301)
    service.answers["/c"] = serve.content(BODY)
    assert WEB.get(f"{service.address}/a").content == BODY
    assert service.asked == ["/a", "/b", "/c"]


def test_another_file_than_the_one_expected_is_refused(service: Service) -> None:
    service.answers["/a"] = serve.content(BODY)
    with pytest.raises(ChecksumError, match="another file than the one asked for"):
        WEB.get(f"{service.address}/a", sha256="0" * 64)


@pytest.mark.parametrize(
    "url",
    ["http://example.org/a", "ftp://example.org/a", "file:///etc/hostname", "a", "https:///a", ""],
)
def test_only_https_is_asked(url: str) -> None:
    for web in (WEB, Web()):
        assert "no https address" in refusal(web, url)


def test_even_this_machine_is_asked_by_https_unless_a_test_says_so(service: Service) -> None:
    service.answers["/a"] = serve.content(BODY)
    assert "no https address" in refusal(Web(), f"{service.address}/a")
    assert service.asked == []


@pytest.mark.parametrize("to", ["http://example.org/b", "file:///etc/hostname", "//example.org:1/"])
def test_a_server_cannot_send_us_off_https(service: Service, to: str) -> None:
    service.answers["/a"] = serve.moved(to)
    assert "no https address" in refusal(WEB, f"{service.address}/a")


def test_a_ring_of_redirects_ends(service: Service) -> None:
    service.answers["/a"] = serve.moved("/a")
    assert "5 times were followed" in refusal(WEB, f"{service.address}/a")
    assert len(service.asked) == 6


@pytest.mark.parametrize(
    ("code", "headers", "told"),
    [
        (404, {}, "does not have it"),
        (403, {}, "status 403"),
        (410, {}, "status 410"),
        (429, {"Retry_After": "17"}, "is busy (status 429); try again in 17 s"),
        (503, {"Retry_After": "\x1b[2J"}, "is busy (status 503); try again later"),
        (500, {}, "status 500"),
        (204, {}, "status 204"),
        (206, {}, "status 206"),
    ],
)
def test_what_is_no_file_is_told_by_its_status(
    service: Service, code: int, headers: dict[str, str], told: str
) -> None:
    service.answers["/a"] = serve.status(code, **headers)
    assert told in refusal(WEB, f"{service.address}/a")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<!DOCTYPE html><html>busy</html>", "a web page"),
        (b"  <html>", "a web page"),
        (b"", "nothing"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "a pointer to a large file",
        ),
        (b'{"a": NaN}', "a file that begins with"),
        (b'{"a": [', "a file that begins with"),
        (b"[" * 9_000, "a file that begins with"),
        (b"\xff\xfe\x1b[2J", "a file that begins with"),
    ],
)
def test_what_is_no_json_is_told_by_its_looks(service: Service, body: bytes, told: str) -> None:
    service.answers["/a"] = serve.content(body)
    assert f"sent {told}" in refusal(WEB, f"{service.address}/a")


def test_a_file_that_breaks_off_is_not_taken(service: Service) -> None:
    service.answers["/a"] = serve.content(BODY, Content_Length="5000")
    assert "breaks off" in refusal(WEB, f"{service.address}/a")
    service.answers["/b"] = serve.chunked_and_broken_off(BODY)
    assert "breaks off" in refusal(WEB, f"{service.address}/b")
    service.answers["/c"] = serve.content(gzip.compress(BODY)[:-9], Content_Encoding="gzip")
    assert "breaks off" in refusal(WEB, f"{service.address}/c")


def test_a_file_that_is_announced_as_too_large_is_not_begun(service: Service) -> None:
    service.answers["/a"] = serve.content(BODY, Content_Length=str(10**15))
    assert "at most 10,000 bytes" in refusal(WEB, f"{service.address}/a")


def test_a_file_far_larger_than_announced_ends(service: Service) -> None:
    service.answers["/a"] = serve.endless(b"x" * 4_096)
    assert "has more; at most 10,000 bytes" in refusal(WEB, f"{service.address}/a")
    service.answers["/b"] = serve.endless(b"[1]" * 4_096, length="100")
    assert "sent a file that begins with" in refusal(WEB, f"{service.address}/b")


def test_a_bomb_is_not_unpacked(service: Service) -> None:
    bomb = gzip.compress(b"\0" * 10_000_000)
    assert len(bomb) < WEB.most_bytes
    service.answers["/a"] = serve.content(bomb, Content_Encoding="gzip")
    assert "has more; at most 10,000 bytes" in refusal(WEB, f"{service.address}/a")


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "\x1b[2J"])
def test_a_packing_that_is_not_read_is_refused(service: Service, packing: str) -> None:
    service.answers["/a"] = serve.content(BODY, Content_Encoding=packing)
    assert "which is not read" in refusal(WEB, f"{service.address}/a")


def test_what_cannot_be_unpacked_is_refused(service: Service) -> None:
    service.answers["/a"] = serve.content(BODY, Content_Encoding="gzip")
    assert "cannot be unpacked" in refusal(WEB, f"{service.address}/a")


def test_a_silent_server_is_given_up(service: Service) -> None:
    service.answers["/a"] = serve.endless(b"", seconds=0.2)
    web = Web(most_seconds=20, silence_seconds=0.2, plain="loopback")
    assert "was silent for 0.2 s" in refusal(web, f"{service.address}/a")


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_drip_ends(service: Service, where: str) -> None:
    drip = serve.dripping_headers(0.05) if where == "headers" else serve.endless(b"x", seconds=0.05)
    service.answers["/a"] = drip
    service.gone.clear()
    web = Web(most_seconds=0.5, silence_seconds=1, plain="loopback")
    assert "was not there after" in refusal(web, f"{service.address}/a")
    if where == "body":
        assert service.gone.wait(15), "the connection is closed with the next byte"


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert "cannot be reached" in refusal(WEB, f"http://127.0.0.1:{port}/a")


def test_a_server_that_speaks_something_else_is_told(service: Service) -> None:
    service.answers["/a"] = serve.raw(b"220 smtp ready\r\n")
    assert refusal(WEB, f"{service.address}/a").startswith("127.0.0.1:")


def test_a_password_in_an_address_is_not_repeated() -> None:
    assert "secret" not in refusal(WEB, "http://user:secret@127.0.0.1:1/a?key=secret")
