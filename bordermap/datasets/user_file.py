"""A user's GeoJSON of provinces: strict JSON, every polygon looked at, nothing repaired."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import shapely

from bordermap._text import printable
from bordermap.areas import geodesic_length_km, require_degrees
from bordermap.datasets.collection import DEFAULT_VIEW, BoundaryDataset, IndexEntry
from bordermap.datasets.countries import alpha2
from bordermap.errors import CRSError, DataError, GeometryError
from bordermap.provenance import Dataset

MAX_BYTES = 256 * 2**20
"""Largest file that is read [bytes]."""

CODE_PROPERTIES = ("code", "iso_3166_2", "ISO3166-2", "ISO_3166_2", "shapeISO", "iso3166_2")
"""Properties that may carry a feature's code, the first that is there counts."""
COUNTRY_PROPERTIES = ("country", "iso_a2", "ISO_A2", "shapeGroup")
NAME_PROPERTIES = ("name", "shapeName", "NAME", "name_en")

WGS84_NAMES = ("CRS84", "EPSG:4326", "EPSG::4326")
"""Ends of the names by which a ``crs`` member may still say what RFC 7946 says."""

_PROVINCE_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_TEXT_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    entry: IndexEntry
    polygon: shapely.MultiPolygon


def open_user_file(path: Path, worldview: str = DEFAULT_VIEW) -> BoundaryDataset:
    """
    Return the dataset that a GeoJSON file of provinces holds.

    Parameters
    ----------
    path
        An RFC 7946 feature collection of polygons. A feature's code is taken from the first of
        `CODE_PROPERTIES` it has; ``country`` may be left out where the code begins with it, and
        ``level`` where the code is of the form of a province's or of a country's.
    worldview
        Must be the default: such a file has one view, its own.

    Raises
    ------
    DataError
        If the file cannot be read as such.
    CRSError
        If its coordinates are not longitude, latitude on WGS 84.
    GeometryError
        If a polygon is invalid; it is not repaired, since that would move its area.

    Notes
    -----
    What the file says of itself in a top-level member ``dataset`` (``title``, ``publisher``,
    ``licence``, ``attribution``, ``vintage``, ``worldview``, ``accuracy_m``,
    ``accuracy_reason``) is taken over.
    Without it, its accuracy is taken to be half the mean distance of its vertices.
    """
    if worldview != DEFAULT_VIEW:
        raise DataError(f"{path.name} has one view, its own; leave the worldview out")
    content = _content(path)
    document = _parsed(content, path.name)
    features = [
        _feature(feature, f"{path.name}, feature {number}")
        for number, feature in enumerate(document["features"])
    ]
    _refuse_repeated((feature.entry for feature in features), path.name)
    polygons = {feature.entry.code: feature.polygon for feature in features}

    def read(entries: Sequence[IndexEntry]) -> list[shapely.MultiPolygon]:
        return [polygons[entry.code] for entry in entries]

    return BoundaryDataset(
        info=_info(document, features, path.name, hashlib.sha256(content).hexdigest()),
        worldview=worldview,
        entries=tuple(feature.entry for feature in features),
        read=read,
    )


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DataError(f"{path.name} has {size} bytes; at most {MAX_BYTES} are read")
        return path.read_bytes()
    except OSError as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"cannot read {path.name}: {error.strerror}") from error


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    try:
        document = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{file} is no strict JSON: {printable(str(error))}") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise DataError(f"{file} is no GeoJSON FeatureCollection; give one feature a province")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise DataError(f"{file} has no features; give one feature a province")
    _refuse_other_crs(document.get("crs"), file)
    return document


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _refuse_other_crs(crs: object, file: str) -> None:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not (isinstance(name, str) and name.endswith(WGS84_NAMES)):
        raise CRSError(
            f"{file} is in {printable(str(name or crs))}; give longitude, latitude on WGS 84"
            " without a crs member"
        )


def _feature(feature: object, where: str) -> _Read:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        raise DataError(f"{where} has no properties; it needs at least a code such as AM-SU")
    code = _first(properties, CODE_PROPERTIES)
    if code is None:
        raise DataError(f"{where} has no code; give one of {', '.join(CODE_PROPERTIES)}")
    polygon = _polygon(feature.get("geometry"), f"{where} ({printable(code)})")
    is_province = _PROVINCE_CODE.fullmatch(code.upper()) is not None
    level = properties.get("level", "province" if is_province else "country")
    if level not in ("country", "province"):
        raise DataError(f"{where} is of level {printable(str(level))}; give country or province")
    country = alpha2(_first(properties, COUNTRY_PROPERTIES) or code[:2] if is_province else code)
    west, south, east, north = polygon.bounds
    return _Read(
        entry=IndexEntry(
            level=level,
            code=code.upper() if level == "province" else country,
            country=country,
            name=_first(properties, NAME_PROPERTIES) or code,
            bbox=(west, south, east, north),
        ),
        polygon=polygon,
    )


def _first(properties: Mapping[str, object], keys: Iterable[str]) -> str | None:
    for key in keys:
        value = properties.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()[:_TEXT_LENGTH]
    return None


def _polygon(geometry: object, where: str) -> shapely.MultiPolygon:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise GeometryError(f"{where} is {printable(str(kind))}; give a Polygon or MultiPolygon")
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (shapely.GEOSException, RecursionError, ValueError) as error:
        raise GeometryError(f"{where} has no readable polygon: {printable(str(error))}") from error
    require_degrees(shapely.get_coordinates(shape))
    if shape.is_empty or not shape.is_valid:
        reason = "it is empty" if shape.is_empty else shapely.is_valid_reason(shape)
        raise GeometryError(f"{where} is no valid polygon: {reason}; mend it first")
    return shapely.MultiPolygon(list(shapely.get_parts(shape)))


def _refuse_repeated(entries: Iterable[IndexEntry], file: str) -> None:
    times = Counter((entry.level, entry.code) for entry in entries)
    if repeated := sorted(code for (_, code), count in times.items() if count > 1):
        raise DataError(
            f"{file} has more than one feature for {', '.join(map(printable, repeated[:5]))}"
        )


def _info(
    document: Mapping[str, Any], features: Sequence[_Read], file: str, sha256: str
) -> Dataset:
    said = document.get("dataset")
    said = said if isinstance(said, dict) else {}

    def text(key: str, otherwise: str) -> str:
        return _first(said, [key]) or otherwise

    accuracy_m, reason = _accuracy(said, features)
    return Dataset(
        id=Path(file).stem,
        title=text("title", file),
        publisher=text("publisher", "the user's own file"),
        licence=text("licence", "NOASSERTION"),
        attribution=text("attribution", f"{file} (the user's own file)"),
        vintage=text("vintage", "not stated"),
        accuracy_m=accuracy_m,
        accuracy_reason=reason,
        worldview=text("worldview", "that of the file, which does not state it"),
        countries=tuple(sorted({f.entry.country for f in features if f.entry.country})),
        sha256=sha256,
    )


def _accuracy(said: Mapping[str, Any], features: Sequence[_Read]) -> tuple[float, str]:
    stated = said.get("accuracy_m")
    if isinstance(stated, int | float) and not isinstance(stated, bool) and stated > 0:
        return float(stated), _first(said, ["accuracy_reason"]) or "stated by the file"
    lines = [feature.polygon.boundary for feature in features]
    edges = sum(len(shapely.get_coordinates(line)) for line in lines)
    spacing_m = sum(geodesic_length_km(line) for line in lines) * 1e3 / max(edges, 1)
    return round(float(np.ceil(spacing_m / 2)), 1), (
        f"not stated; half the mean distance of its vertices ({spacing_m:.0f} m), which is what a"
        " straight edge may hide of a winding line"
    )
