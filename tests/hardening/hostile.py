"""
What hypothesis draws for readers: files that are valid, nearly valid, and hostile.

Three layers, each able to break what the one before made: geometry (rings), documents (objects of
JSON or tables of TOML), bytes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np

CORPUS = Path(__file__).parent / "corpus"

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "${alert(1)}",
    "`+alert(1)+`",
    "{{7*7}}",
    "=HYPERLINK(1)",
    "a\x1b[2Jb",
    "\u202ereversed",
    "\u2028line",
    "é\u0301\u0301",
    "\U0001f600",
    "../../escape",
    "a/b",
    "C:\\x",
    "con",
    "\\",
    "'\"",
    "x" * 2_000,
    "",
    " ",
    "\ufeff",
)
"""Texts that mean something to somebody further down."""

ODD_NUMBERS = (
    *(0, -0.0, 1, -1, 90, -90, 90.0000001, 180, -180, 180.0000001, 360, 1e-308, 5e-324, 1e308),
    *(1e15, 2**53, 2**63, 2**64, 10**400, -(10**400), 4_500_000.5, 0.1 + 0.2),
)

EXTREMES: st.SearchStrategy[Any] = st.sampled_from(
    (*ODD_NUMBERS, True, False, None, [], {}, "1", "NaN", [[]], {"a": None})
)

TEXTS = st.one_of(st.sampled_from(PAYLOADS), st.text(max_size=20))

VALUES = st.recursive(
    st.one_of(EXTREMES, TEXTS, st.floats(allow_nan=False, allow_infinity=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=8,
)
"""Any value that JSON has, with a liking for the odd ones."""


# Geometry ----------------------------------------------------------------------------------------


@st.composite
def stars(draw: st.DrawFn) -> list[list[float]]:
    """Return a ring that goes round its middle once, anywhere on the globe, either way."""
    lon, lat = draw(st.floats(-179, 179)), draw(st.floats(-89, 89))
    size = min(draw(st.sampled_from((1e-5, 0.01, 0.5, 5.0))), 180 - abs(lon), 90 - abs(lat))
    radii = np.array(draw(st.lists(st.floats(0.2, 1), min_size=3, max_size=9))) * size
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    ring = np.column_stack((lon + radii * np.cos(angles), lat + radii * np.sin(angles))).tolist()
    ring.append(ring[0])
    turned: list[list[float]] = ring if draw(st.booleans()) else ring[::-1]
    return turned


@st.composite
def polygons(draw: st.DrawFn) -> list[Any]:
    """Return a polygon; its hole, if it has one, is the shell drawn smaller."""
    shell = draw(stars())
    if not draw(st.booleans()):
        return [shell]
    middle = np.array(shell[:-1]).mean(axis=0)
    factor = draw(st.sampled_from((0.1, 0.3, 1.0, 1.5)))
    return [shell, ((np.array(shell) - middle) * factor + middle).tolist()]


GEOMETRIES = st.one_of(
    polygons().map(lambda rings: {"type": "Polygon", "coordinates": rings}),
    st.lists(polygons(), max_size=3).map(
        lambda parts: {"type": "MultiPolygon", "coordinates": parts}
    ),
    st.lists(polygons(), min_size=1, max_size=2).map(
        lambda parts: {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "coordinates": rings} for rings in parts],
        }
    ),
    st.just({"type": "Point", "coordinates": [45, 40]}),
    st.none(),
)

CODES = st.sampled_from(("AM-SU", "AM-VD", "AM", "AZ", "AZ-LAC", "XX-1", "", "am-su", "ARM"))

FEATURES = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "geometry": GEOMETRIES,
        "properties": st.fixed_dictionaries(
            {"code": CODES}, optional={"name": TEXTS, "country": CODES, "level": TEXTS}
        ),
    },
    optional={"id": st.one_of(TEXTS, st.integers(), st.floats(allow_nan=False))},
)

COLLECTIONS = st.fixed_dictionaries(
    {
        "type": st.just("FeatureCollection"),
        "features": st.lists(FEATURES, min_size=1, max_size=4),
    },
    optional={"name": TEXTS, "dataset": st.dictionaries(TEXTS, VALUES, max_size=3)},
)


# Documents ---------------------------------------------------------------------------------------


def places(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the way to every value inside a value."""
    found = [at]
    if isinstance(value, Mapping):
        for key, item in value.items():
            found += places(item, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += places(item, (*at, index))
    return found


def with_change(value: Any, at: tuple[str | int, ...], other: object) -> Any:  # noqa: ANN401
    """Return a document in which the value at one place is another."""
    if not at:
        return other
    head, *rest = at
    copy = dict(value) if isinstance(value, Mapping) else list(value)
    copy[head] = with_change(value[head], tuple(rest), other)  # type: ignore[index]
    return copy


@st.composite
def nearly(draw: st.DrawFn, valid: st.SearchStrategy[Any]) -> Any:  # noqa: ANN401
    """Return a document that was valid before one to three values in it were replaced."""
    document = draw(valid)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from(places(document)))
        other = draw(VALUES)
        document = with_change(document, at, other)
    return document


def as_json(document: object) -> bytes:
    """Return a document as bytes; a number may be one that JSON writers refuse."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


# Bytes -------------------------------------------------------------------------------------------

INSERTS = (
    *(
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"[",
        b"{",
        b"}",
        b"]",
        b'"',
        b"'",
        b",",
        b"\n",
    ),
    *(b"\r", b"\\u0000", b"\\ud800", b"\\", b"e999", b"-", b"NaN", b"1e400", b"=", b".", b"#"),
    *(b'"""', b"'''", b"[[", b"a.b.c.d.e.f.g.h.i=1\n", b"\x1e", b"\xe2\x80\xae", b"0x", b"inf"),
    *(b"[" * 200, b'{"a":' * 200, b"9" * 400, b"<script>", b"&#x0;", b"<!--", b"<![CDATA["),
)


@st.composite
def mutated(draw: st.DrawFn, seeds: st.SearchStrategy[bytes]) -> bytes:
    """Return bytes cut, doubled, swapped and sprinkled with what readers stumble over."""
    content = bytearray(draw(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        length = draw(st.sampled_from((0, 1, 2, 7, 50)))
        what = draw(st.sampled_from(("insert", "delete", "double", "flip", "cut")))
        if what == "insert":
            content[start : start + length] = draw(st.sampled_from(INSERTS))
        elif what == "delete":
            del content[start : start + max(length, 1)]
        elif what == "double":
            content[start:start] = content[start : start + length]
        elif what == "flip" and start < len(content):
            content[start] ^= 1 << draw(st.integers(0, 7))
        elif what == "cut":
            del content[start:]
    return bytes(content)


def corpus(kind: str) -> dict[str, bytes]:
    """Return the files of the corpus of one kind, by name."""
    return {path.name: path.read_bytes() for path in sorted((CORPUS / kind).iterdir())}
