"""GeoJSON of users, read strictly and as a stream (RFC 7946, RFC 8142, or a feature a line)."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bordermap.errors import CRSError, DataError
from bordermap.geojson.feature import Feature
from bordermap.geojson.limits import MAX_MEMBERS, MAX_NESTING, Limits
from bordermap.geojson.polygons import Chunk, FeatureId, PolygonBuilder, feature_name
from bordermap.geojson.stream import JsonStream, open_regular, shown

CHUNK_VERTICES = 2**14
CHUNK_FEATURES = 2**12

_STREAMED = {"features": "FeatureCollection", "geometries": "GeometryCollection"}
_KEPT = {"type", "id", "properties", "geometry", "coordinates"}
_WITHOUT_AREA = {"Point", "MultiPoint", "LineString", "MultiLineString"}
_GEOMETRIES = {*_WITHOUT_AREA, "Polygon", "MultiPolygon", "GeometryCollection"}
_CHECKED = (float, dict, list)
"""What may be refused inside a property; texts, whole numbers and truth values are fine."""

_WGS84 = {
    "CRS84",
    "OGC:CRS84",
    "EPSG:4326",
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    "http://www.opengis.net/def/crs/EPSG/0/4326",
}


def read_chunks(path: Path, *, limits: Limits | None = None) -> Iterator[Chunk]:
    """
    Yield the features of a GeoJSON file that have polygons, some at a time.

    Parameters
    ----------
    path
        A FeatureCollection, Feature, geometry or GeometryCollection, or a sequence of them, one
        a line or after record separators (RFC 8142). Any suffix; never opened by GDAL.
    limits
        Sizes beyond which the file is refused; `Limits` by default.

    Raises
    ------
    DataError
        If the file is missing, broken, not GeoJSON, beyond a limit, or holds no polygon.
    CRSError
        If the coordinates are not longitude, latitude on WGS 84 (a ``crs`` member that names
        another system, metres, latitude first).
    GeometryError
        If a ring is not closed, or lies across the antimeridian.

    Notes
    -----
    Points, lines and features without geometry have no area and are passed over. Heights are
    allowed and not used. Whether rings cross themselves is not checked here.
    """
    limits = limits or Limits()
    with open_regular(path, limits=limits) as file:
        stream = JsonStream(file, path=path, limits=limits)
        yield from _Reader(stream=stream, limits=limits).chunks()


def read_features(path: Path, *, limits: Limits | None = None) -> Iterator[Feature]:
    """Yield the features of a GeoJSON file that have polygons, one by one; see `read_chunks`."""
    for chunk in read_chunks(path, limits=limits):
        yield from chunk.features()


@dataclass(slots=True, kw_only=True)
class _Reader:
    """A file being read: what was counted, and what waits to be built."""

    stream: JsonStream
    limits: Limits
    features: int = 0
    vertices: int = 0
    builder: PolygonBuilder = field(init=False)
    waiting: int = 0

    def __post_init__(self) -> None:
        self.builder = PolygonBuilder(file_name=self.stream.name)

    def chunks(self) -> Iterator[Chunk]:
        found = 0
        for feature in _feature_objects(self.stream):
            self._take(feature)
            if self.builder.vertices >= CHUNK_VERTICES or self.waiting >= CHUNK_FEATURES:
                found += self.waiting
                yield self._built()
        found += self.waiting
        if self.waiting:
            yield self._built()
        if not found:
            raise DataError(f"{self.stream.name}: has no polygons; give a file that has some")

    def _take(self, feature: Mapping[str, Any]) -> None:
        self.features += 1
        if self.features > self.limits.features:
            raise DataError(
                f"{self.stream.name}: has more than {self.limits.features:,} features; split it"
            )
        try:
            feature_id = _id_of(feature)
        except _UnusableError as error:
            raise self._unusable(error, None) from None
        try:
            polygons, is_collection = _polygons_of(feature)
            properties = _properties_of(feature)
        except _UnusableError as error:
            raise self._unusable(error, feature_id) from None
        if polygons:
            self.waiting += 1
            self.builder.add(
                polygons,
                number=self.features,
                feature_id=feature_id,
                properties=properties,
                is_collection=is_collection,
            )

    def _built(self) -> Chunk:
        self.vertices += self.builder.vertices
        if self.vertices > self.limits.vertices:
            raise DataError(
                f"{self.stream.name}: has more than {self.limits.vertices:,} vertices; split it"
            )
        chunk = self.builder.built()
        self.builder = PolygonBuilder(file_name=self.stream.name)
        self.waiting = 0
        return chunk

    def _unusable(self, error: "_UnusableError", feature_id: FeatureId) -> DataError | CRSError:
        named = feature_name(self.features, feature_id)
        return error.kind(f"{self.stream.name}: {named}: {error}")


class _UnusableError(Exception):
    """What is wrong with a feature, still without its place."""

    def __init__(self, what: str, *, kind: type[DataError | CRSError] = DataError) -> None:
        super().__init__(what)
        self.kind = kind


def _feature_objects(stream: JsonStream) -> Iterator[Mapping[str, Any]]:
    """Yield every feature of every GeoJSON text of a file; a geometry counts as a feature."""
    if not stream.skip_separators():
        raise DataError(f"{stream.name}: is empty; give a GeoJSON file")
    numbers = count(1)
    while True:
        yield from _text_objects(stream, numbers)
        if not stream.is_at_end_of_line():
            raise stream.fault("has something after the GeoJSON text; end the file or the line")
        if not stream.skip_separators():
            return


def _text_objects(stream: JsonStream, numbers: Iterator[int]) -> Iterator[Mapping[str, Any]]:
    """Yield the features of one GeoJSON text, those of a collection as they are read."""
    if stream.peek() != "{":
        raise stream.fault("is no GeoJSON object; give GeoJSON, which begins with {")
    members: dict[str, Any] = {}
    seen: set[str] = set()
    streamed = None
    for key in _keys(stream):
        if key in seen:
            raise stream.fault(f"the key {shown(key)} stands twice in one object; keep one")
        seen.add(key)
        if len(seen) > MAX_MEMBERS:
            raise stream.fault(
                f"has more than {MAX_MEMBERS:,} members in its outermost object; leave out what"
                " GeoJSON does not have"
            )
        if key in _STREAMED and stream.peek() == "[":
            streamed = key
            yield from (_as_feature(item, key) for item in _elements(stream, numbers))
            continue
        value = stream.value()
        if key == "crs" and (fault := _fault_of_crs(value)):
            raise CRSError(f"{stream.name}: {fault}")
        if key in _KEPT:
            members[key] = value
    kind = members.get("type")
    if streamed is None:
        next(numbers)
        yield _outermost(members, kind, stream)
    elif kind != _STREAMED[streamed]:
        raise stream.fault(
            f"the object with {streamed} is of type {_told(kind)}; a file of them is of type"
            f" {_STREAMED[streamed]}"
        )


def _outermost(members: Mapping[str, Any], kind: object, stream: JsonStream) -> Mapping[str, Any]:
    """Return the object of a file that is no collection, as a feature."""
    if kind == "Feature":
        return members
    if kind in _STREAMED.values():
        raise stream.fault(f"the {kind} has no list of its members; is the file whole?")
    if isinstance(kind, str) and kind in _GEOMETRIES:
        return {"type": "Feature", "geometry": members, "properties": None}
    if kind == "Topology":
        raise stream.fault(
            "is TopoJSON, whose lines are shared by its polygons; convert it to GeoJSON first"
            " (with mapshaper or ogr2ogr)"
        )
    raise stream.fault(
        f"the object is of type {_told(kind)}; give a FeatureCollection, a Feature or a geometry"
    )


def _keys(stream: JsonStream) -> Iterator[str]:
    """Yield the keys of the object that comes next; the caller takes each value."""
    stream.take("{")
    if stream.peek() == "}":
        stream.take("}")
        return
    while True:
        if stream.peek() != '"':
            stream.take('"')
        key = stream.value()
        stream.take(":")
        yield key
        if stream.peek() != ",":
            stream.take("}")
            return
        stream.take(",")


def _elements(stream: JsonStream, numbers: Iterator[int]) -> Iterator[Any]:
    """Yield the features of the list that comes next; a fault inside one names its number."""
    stream.take("[")
    if stream.peek() == "]":
        stream.take("]")
        return
    while True:
        stream.part = f"feature {next(numbers)}"
        value = stream.value()
        stream.part = ""
        yield value
        if stream.peek() != ",":
            stream.take("]")
            return
        stream.take(",")


def _as_feature(item: Any, key: str) -> Mapping[str, Any]:  # noqa: ANN401  (whatever JSON has)
    if key == "geometries":
        return {"type": "Feature", "geometry": item, "properties": None}
    return item if isinstance(item, dict) else {"type": item}


def _id_of(feature: Mapping[str, Any]) -> FeatureId:
    found = feature.get("id")
    if found is None or (isinstance(found, str | int | float) and not isinstance(found, bool)):
        _require_plain(found)
        return found
    raise _UnusableError("the id is neither text nor number; give one of the two")


def _properties_of(feature: Mapping[str, Any]) -> Mapping[str, object]:
    found = feature.get("properties")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise _UnusableError("the properties are no object; give an object, or null")
    _require_plain(found)
    return found


def _require_plain(value: object, depth: int = 0) -> None:
    """Refuse numbers that are not finite (1e400), and values nested too deeply."""
    if isinstance(value, float) and not math.isfinite(value):
        raise _UnusableError("a number is too large; numbers end at 1.8e308")
    if isinstance(value, dict | list):
        if depth > MAX_NESTING:
            raise _UnusableError(
                f"has more than {MAX_NESTING} lists or objects inside one another; write it flatter"
            )
        for item in value.values() if isinstance(value, dict) else value:
            if isinstance(item, _CHECKED):
                _require_plain(item, depth + 1)


def _polygons_of(feature: Mapping[str, Any]) -> tuple[list[Any], bool]:
    """Return the coordinates of a feature's polygons, and whether a collection holds them."""
    if (kind := feature.get("type")) != "Feature":
        raise _UnusableError(f"is of type {_told(kind)}; a collection holds features")
    _require_no_other_crs(feature)
    geometry = feature.get("geometry")
    is_collection = isinstance(geometry, dict) and geometry.get("type") == "GeometryCollection"
    return _polygons_in(geometry), is_collection


def _polygons_in(geometry: object, depth: int = 0) -> list[Any]:
    if geometry is None:
        return []
    if not isinstance(geometry, dict):
        raise _UnusableError("the geometry is no object; give an object, or null")
    _require_no_other_crs(geometry)
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in _GEOMETRIES:
        raise _UnusableError(f"the geometry is of type {_told(kind)}, which GeoJSON does not have")
    if kind in _WITHOUT_AREA:
        return []
    key = "geometries" if kind == "GeometryCollection" else "coordinates"
    members = geometry.get(key)
    if not isinstance(members, list):
        raise _UnusableError(f"the {kind} has no list of {key}; is the file whole?")
    if kind == "Polygon":
        return [members] if members else []
    if kind == "MultiPolygon":
        return [polygon for polygon in members if polygon != []]
    if depth > MAX_NESTING:
        raise _UnusableError(
            f"has more than {MAX_NESTING} collections inside one another; write it flatter"
        )
    return [polygon for member in members for polygon in _polygons_in(member, depth + 1)]


def _require_no_other_crs(part: Mapping[str, Any]) -> None:
    if "crs" in part and (fault := _fault_of_crs(part["crs"])):
        raise _UnusableError(fault, kind=CRSError)


def _fault_of_crs(crs: object) -> str | None:
    """Return what is wrong with a ``crs`` member of GeoJSON 2008; None for WGS 84."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and name in _WGS84:
        return None
    return (
        f"the crs member names {_told(name)};"
        " give longitude, latitude on WGS 84, without a crs member"
    )


def _told(value: object) -> str:
    return shown(value) if isinstance(value, str) else "none" if value is None else "no text"
