"""The way to a file on the web: https, with an end to its size, its time and its redirects."""

import hashlib
import json
import re
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar
from urllib.parse import urljoin, urlsplit

from bordermap._text import printable
from bordermap._version import __version__
from bordermap.errors import ChecksumError, DataError

if TYPE_CHECKING:
    import requests

_CHUNK_BYTES = 2**16
_SHOWN = 120
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ZLIB_OR_GZIP = 47
_LARGE_FILE_POINTER = b"version https://git-lfs.github.com/"

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebFile:
    """
    A file as it came.

    Parameters
    ----------
    url
        Where it was asked for.
    content
        Its bytes.
    """

    url: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Checksum of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    def json(self) -> Any:  # noqa: ANN401  (what JSON holds is for the caller to look at)
        """
        Return what the file holds.

        Raises
        ------
        DataError
            If it is no strict JSON; the message says what it looks like instead.
        """
        try:
            return json.loads(self.content, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            raise DataError(
                f"{_named(self.url)} sent {_looks_like(self.content)} instead of JSON;"
                " the service may be down or moved: try again later"
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """
    How files are asked for.

    Parameters
    ----------
    most_bytes
        Largest file, before and after unpacking [bytes].
    most_seconds
        Longest time for one file, from its name to its last byte [s].
    silence_seconds
        Longest time without a byte [s].
    most_redirects
        How often a server may send us elsewhere.
    plain
        Whether a server on this machine may be asked without encryption; for tests.
    """

    most_bytes: int = 2**28
    most_seconds: float = 600.0
    silence_seconds: float = 30.0
    most_redirects: int = 5
    plain: Literal["never", "loopback"] = "never"

    def get(self, url: str, *, sha256: str | None = None) -> WebFile:
        """
        Return a file.

        Parameters
        ----------
        url
            Its address.
        sha256
            The checksum that it must have; None for any.

        Raises
        ------
        DataError
            If it cannot be had whole, within the limits, by https.
        ChecksumError
            If it is another file than the one expected.
        """
        file = WebFile(url=url, content=_within(self.most_seconds, url, self._content))
        if sha256 is not None and file.sha256 != sha256.lower():
            raise ChecksumError(
                f"{_named(url)} has the checksum {file.sha256}, not {printable(sha256[:64])}:"
                " it is another file than the one asked for"
            )
        return file

    def _content(self, url: str, given_up: threading.Event) -> bytes:
        asked = url
        with _refusals(asked, self.silence_seconds):
            for _ in range(self.most_redirects + 1):
                self._require_safe(url)
                with self._answer(url) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._body(response, asked, given_up)
                    url = urljoin(url, response.headers.get("Location", ""))
        raise DataError(
            f"{_named(asked)} sends from place to place; {self.most_redirects} times were followed"
        )

    @contextmanager
    def _answer(self, url: str) -> Iterator["requests.Response"]:
        import requests

        # a session for each: a connection that the other side has closed would fail the next
        with requests.Session() as session:
            session.headers["User-Agent"] = f"bordermap/{__version__}"
            with session.get(
                url, stream=True, allow_redirects=False, timeout=self.silence_seconds
            ) as response:
                yield response

    def _require_safe(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.hostname:
            return
        if self.plain == "loopback" and parts.scheme == "http" and parts.hostname in _LOOPBACK:
            return
        raise DataError(
            f"{printable(url[:_SHOWN])} is no https address; nothing is fetched without encryption"
        )

    def _body(self, response: "requests.Response", url: str, given_up: threading.Event) -> bytes:
        _require_done(response, url)
        announced = response.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > self.most_bytes:
            raise self._too_large(url, f"{int(announced):,} bytes")
        unpacked = _Unpacking(response.headers.get("Content-Encoding", ""), self.most_bytes)
        received, content = 0, bytearray()
        # one read of what has come, not of a whole chunk: so that a drip is noticed
        while piece := response.raw.read1(_CHUNK_BYTES, decode_content=False):
            received += len(piece)
            content += unpacked.more(piece)
            if max(received, len(content)) > self.most_bytes:
                raise self._too_large(url, "more")
            if given_up.is_set():
                break
        if not unpacked.whole:
            raise DataError(f"{_named(url)} sent a file that breaks off; try again")
        return bytes(content)

    def _too_large(self, url: str, size: str) -> DataError:
        return DataError(f"{_named(url)} has {size}; at most {self.most_bytes:,} bytes are fetched")


class _Unpacking:
    """Unpack what comes packed, never further than one byte beyond the limit."""

    def __init__(self, encoding: str, most_bytes: int) -> None:
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "deflate"}:
            raise DataError(f"the server packs with {printable(name[:_SHOWN])}, which is not read")
        packed = name in {"gzip", "deflate"}
        self._inflate = zlib.decompressobj(_ZLIB_OR_GZIP) if packed else None
        self._left = most_bytes + 1

    def more(self, piece: bytes) -> bytes:
        """Return what a piece unpacks to."""
        if self._inflate is None:
            return piece
        # a limit of 0 would be none
        unpacked = self._inflate.decompress(piece, max(self._left, 1))
        self._left -= len(unpacked)
        return unpacked

    @property
    def whole(self) -> bool:
        """Whether the packed file came to its end."""
        return self._inflate is None or self._inflate.eof


def _within(seconds: float, url: str, work: Callable[[str, threading.Event], R]) -> R:
    """Return what the work gives, or refuse once the time is over."""
    # Only a thread of its own ends everything: a name that does not resolve, a handshake or a
    # header that drips. Left behind, it ends with the next byte or the next silence.
    given_up = threading.Event()
    found: list[R] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work(url, given_up))
        except BaseException as error:  # noqa: BLE001  (raised anew below)
            failed.append(error)

    started = time.monotonic()
    thread = threading.Thread(target=run, name="bordermap-fetch", daemon=True)
    thread.start()
    thread.join(seconds)
    if found:
        return found[0]
    if failed:
        raise failed[0]
    given_up.set()
    raise DataError(
        f"{_named(url)} was not there after {time.monotonic() - started:,.0f} s; try again later"
    )


@contextmanager
def _refusals(url: str, silence_seconds: float) -> Iterator[None]:
    """Turn what goes wrong on the way into one line."""
    import requests
    import urllib3

    try:
        yield
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError):
        raise DataError(
            f"{_named(url)} was silent for {silence_seconds:g} s; try again later"
        ) from None
    except requests.exceptions.SSLError:
        raise DataError(f"{_named(url)} has no certificate that can be trusted") from None
    except requests.exceptions.ConnectionError:
        raise DataError(f"{_named(url)} cannot be reached; is this machine online?") from None
    except urllib3.exceptions.ProtocolError:  # less than was announced, among others
        raise DataError(f"{_named(url)} sent a file that breaks off; try again") from None
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
        raise DataError(
            f"{_named(url)} cannot be read ({type(error).__name__}); try again later"
        ) from None
    except zlib.error:
        raise DataError(f"{_named(url)} sent a file that cannot be unpacked; try again") from None


def _require_done(response: "requests.Response", url: str) -> None:
    """Refuse any answer but the file."""
    status = response.status_code
    if status == 200:
        return
    if status in _BUSY:
        wait = response.headers.get("Retry-After", "")
        when = f"in {wait} s" if re.fullmatch(r"\d{1,6}", wait) else "later"
        raise DataError(f"{_named(url)} is busy (status {status}); try again {when}")
    if status == 404:
        raise NotThereError(f"{_named(url)} does not have it (status 404)")
    raise DataError(f"{_named(url)} answered with status {status}; try again later")


class NotThereError(DataError):
    """The server has no such file."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _looks_like(content: bytes) -> str:
    start = content[:_SHOWN].lstrip().lower()
    if not start:
        return "nothing"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<")):
        return "a web page"
    if start.startswith(_LARGE_FILE_POINTER):
        return "a pointer to a large file"
    return f"a file that begins with {content[:20]!a}"


def _named(url: str) -> str:
    """Return an address as a message names it: without what may follow its path."""
    parts = urlsplit(url)
    return printable(f"{parts.netloc.rpartition('@')[2]}{parts.path}"[:_SHOWN])
