"""Features of a user's file as they are, faults and all: nothing is refused that can be told."""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap._text import printable
from bordermap.countries import alpha2
from bordermap.errors import DataError, PlaceNotFoundError
from bordermap.geojson.limits import Limits
from bordermap.geojson.stream import JsonStream, open_regular
from bordermap.projection import HALF_TURN
from bordermap.topology.report import Kind, Problem
from bordermap.topology.topojson import features_of

CODE_PROPERTIES = ("code", "iso_3166_2", "ISO3166-2", "ISO_3166_2", "shapeISO", "iso3166_2")
"""Properties that may carry a feature's code; the first that is there counts."""
COUNTRY_PROPERTIES = ("country", "iso_a2", "ISO_A2", "shapeGroup")
"""Properties that may carry the code of its country."""
NAME_PROPERTIES = ("name", "shapeName", "NAME", "name_en")
"""Properties that may carry its name."""

MAX_BYTES = 2**28
"""Largest file that is read [bytes]."""

MAX_FEATURES = 20_000
"""Most countries and provinces in one file; the world has some 4,800."""

_PROVINCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_WGS84 = ("CRS84", "EPSG:4326", "EPSG::4326", "EPSG/0/4326")
_POLE = 90.0
_SHORTEST_RING = 4
_TEXT_LENGTH = 80

Ring = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    A feature as it stands.

    Parameters
    ----------
    label
        How to name it in a report.
    code
        ISO 3166-2 code of a province, alpha-2 code of a country; empty where it has none.
    level
        ``country`` or ``province``.
    country
        Alpha-2 code of its country; empty where unknown.
    name
        Its name; empty where it has none.
    polygon
        Longitude, latitude [degrees]; rings as they stand in the file, perhaps invalid.
    problems
        What was already found wrong with it.
    """

    label: str
    code: str = ""
    level: str = "province"
    country: str = ""
    name: str = ""
    polygon: shapely.MultiPolygon = field(default_factory=shapely.MultiPolygon)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """
    A user's file of boundaries.

    Parameters
    ----------
    name
        Its name.
    sha256
        Its checksum.
    drafts
        Its features.
    problems
        What is wrong with it as a whole.
    about
        What it says of itself in a member ``dataset``.
    """

    name: str
    sha256: str
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...] = ()
    about: Mapping[str, object] = field(default_factory=dict)


def read_drafts(path: Path) -> DraftFile:
    """
    Return the features of a GeoJSON or TopoJSON file.

    Raises
    ------
    DataError
        If the file is missing, too large, no strict JSON, or neither of the two.
    """
    with open_regular(path, limits=Limits(file_bytes=MAX_BYTES)) as file:
        content = file.read(MAX_BYTES + 1)  # it may grow while it is read
    name = printable(path.name)
    document = _document(content, path)
    features = _features(document, name)
    about = document.get("dataset")
    return DraftFile(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        drafts=drafts_of(features),
        problems=tuple(_crs_problems(document.get("crs"))),
        about=about if isinstance(about, dict) else {},
    )


def drafts_of(features: Iterable[object]) -> tuple[Draft, ...]:
    """Return GeoJSON features as they stand, with what is wrong with each."""
    return tuple(_draft(feature, number) for number, feature in enumerate(features, start=1))


def first_text(properties: Mapping[str, object], keys: Iterable[str]) -> str:
    """Return the first text there is under some keys, made safe to show; empty for none."""
    for key in keys:
        value = properties.get(key)
        if isinstance(value, str) and value.strip():
            return printable(value.strip()[:_TEXT_LENGTH])
    return ""


def _document(content: bytes, path: Path) -> Mapping[str, Any]:
    """Return the object in a file, read as strictly as files that are measured."""
    whole = Limits(file_bytes=MAX_BYTES, feature_characters=MAX_BYTES)
    stream = JsonStream(io.BytesIO(content), path=Path(path.name), limits=whole)
    if not stream.peek():
        raise stream.fault("is empty; give one feature a province")
    document = stream.value()
    if stream.peek():
        raise stream.fault("has something after the JSON text; end the file there")
    return document if isinstance(document, dict) else {}


def _features(document: Mapping[str, Any], name: str) -> list[object]:
    kind, features = document.get("type"), document.get("features")
    if kind == "Topology":
        try:
            features = list(features_of(document))
        except ValueError as error:
            raise DataError(f"{name}: is {printable(str(error))}") from None
    elif kind != "FeatureCollection":
        raise DataError(f"{name}: is no GeoJSON FeatureCollection; give one feature a province")
    if not isinstance(features, list) or not features:
        raise DataError(f"{name}: has no features; give one feature a province")
    if len(features) > MAX_FEATURES:
        raise DataError(
            f"{name}: has {len(features):,} features, more than {MAX_FEATURES:,}; leave out what is"
            " not asked about"
        )
    return features


def _crs_problems(crs: object, label: str = "") -> Iterator[Problem]:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not (isinstance(name, str) and name.endswith(_WGS84)):
        shown = printable(str(name or crs)[:_TEXT_LENGTH])
        reason = f"is in {shown}; give longitude, latitude on WGS 84 without a crs member"
        yield _problem(label, "crs", reason)


def _draft(feature: object, number: int) -> Draft:
    whole: Mapping[str, Any] = feature if isinstance(feature, dict) else {}
    properties = whole.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    code = first_text(properties, CODE_PROPERTIES).upper()
    label = code or printable(str(whole.get("id") or f"feature {number}")[:_TEXT_LENGTH])
    level = properties.get("level")
    if level not in ("country", "province"):
        level = "province" if _PROVINCE.fullmatch(code) or not code else "country"
    country = _country(code, level, first_text(properties, COUNTRY_PROPERTIES))
    geometry = whole.get("geometry")
    polygon, problems = _polygon(geometry, label)
    if (kind := whole.get("type")) != "Feature":
        reason = f"is of type {printable(str(kind)[:_TEXT_LENGTH])}; a collection holds features"
        problems.append(_problem(label, "no-polygon", reason))
    for part in (whole, geometry):
        problems += _crs_problems(part.get("crs") if isinstance(part, dict) else None, label)
    return Draft(
        label=label,
        code=(country or code) if level == "country" else code,
        level=level,
        country=country,
        name=first_text(properties, NAME_PROPERTIES),
        polygon=polygon,
        problems=tuple(problems),
    )


def _country(code: str, level: str, stated: str) -> str:
    guess = stated or (code if level == "country" else code[:2])
    try:
        return alpha2(guess) if guess else ""
    except PlaceNotFoundError:
        return ""


def _polygon(geometry: object, label: str) -> tuple[shapely.MultiPolygon, list[Problem]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        shown = printable(str(kind)[:_TEXT_LENGTH])
        reason = f"has {shown}; give a Polygon or MultiPolygon"
        return shapely.MultiPolygon(), [_problem(label, "no-polygon", reason)]
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    parts: list[shapely.Polygon] = []
    problems: list[Problem] = []
    listed = polygons if isinstance(polygons, list) else []
    for part, polygon in enumerate(listed, start=1):
        of_polygon = f" of polygon {part}" if len(listed) > 1 else ""
        rings, found = _rings(polygon, label, of_polygon)
        problems += found
        if not found:
            parts.append(shapely.Polygon(rings[0], rings[1:]))
    if not parts and not problems:
        reason = "has no coordinates; leave the feature out, or give a polygon"
        problems.append(_problem(label, "no-polygon", reason))
    return shapely.MultiPolygon(parts), problems


def _rings(polygon: object, label: str, of_polygon: str) -> tuple[list[Ring], list[Problem]]:
    rings: list[Ring] = []
    problems: list[Problem] = []
    for number, positions in enumerate(polygon if isinstance(polygon, list) else [], start=1):
        ring = _ring(positions)
        if ring is None:
            reason = (
                f"has a ring ({number}{of_polygon}) that is no list of positions, two numbers each;"
                " give longitude, latitude"
            )
            problems.append(_problem(label, "no-polygon", reason))
            continue
        problems += _ring_problems(ring, f"{number}{of_polygon}", label)
        rings.append(ring)
    if not rings and not problems:
        reason = "has a polygon without rings; leave it out, or give its outline"
        problems.append(_problem(label, "no-polygon", reason))
    return rings, problems


def _ring(positions: object) -> Ring | None:
    """Return a ring's positions, shape (n, 2); None if they are no positions."""
    if not isinstance(positions, list | tuple):
        return None
    try:
        lonlat = [(p[0], p[1]) for p in positions]
    except (TypeError, IndexError, KeyError):
        return None
    if not {type(value) for position in lonlat for value in position} <= {int, float}:
        return None  # numpy would make numbers of texts and truth values
    try:
        return np.array(lonlat, dtype=float).reshape(-1, 2)
    except OverflowError:  # a whole number of hundreds of digits
        return None


def _ring_problems(ring: Ring, number: str, label: str) -> Iterator[Problem]:
    if len(ring) < _SHORTEST_RING or (ring[0] != ring[-1]).any():
        reason = (
            f"has a ring ({number}) of {len(ring)} positions that does not close; end it with its"
            " first position"
        )
        yield _problem(label, "open-ring", reason)
        return
    outside = ~(np.abs(ring) <= (HALF_TURN, _POLE)).all(axis=1)
    if outside.any():
        at = int(np.argmax(outside))
        reason = (
            f"has ({ring[at][0]:.10g}, {ring[at][1]:.10g}) at position {at + 1} of ring {number}"
        )
        yield _problem(label, "out-of-range", f"{reason}; {_range_hint(*ring[at].tolist())}")
        return
    at_pole = np.abs(ring[:, 1]) == _POLE  # there all longitudes are one point
    is_long = (np.abs(np.diff(ring[:, 0])) >= HALF_TURN) & ~(at_pole[:-1] & at_pole[1:])
    if is_long.any():
        at = int(np.argmax(is_long)) + 1
        reason = (
            f"has an edge over half the globe or the antimeridian to position {at + 1} of ring"
            f" {number}; cut the polygon at longitude 180 (RFC 7946, 3.1.9)"
        )
        yield _problem(label, "antimeridian", reason)


def _range_hint(lon: float, lat: float) -> str:
    if abs(lon) <= _POLE < abs(lat) <= HALF_TURN:
        return "that looks like latitude, longitude; give longitude first"
    if 2 * HALF_TURN < max(abs(lon), abs(lat)) < np.inf:
        return "that looks like metres; give longitude, latitude in degrees on WGS 84"
    return "give longitude, latitude in degrees"


def _problem(feature: str, kind: Kind, reason: str) -> Problem:
    return Problem(feature=feature, kind=kind, reason=reason)
