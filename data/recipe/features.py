"""The normal form of a boundary dataset, and the one place that writes it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Shape = TypeVar("Shape", bound=BaseGeometry)

EPOCH = (1980, 1, 1, 0, 0, 0)
UNGIVEN = "ZZ"  # ISO 3166-1 keeps it free: land that a view gives to no country


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryFeature:
    """
    A country or a province as it is shipped.

    Parameters
    ----------
    level
        What it is.
    code
        ISO 3166-2 code of a province, ISO 3166-1 alpha-2 code of a country.
    country
        Alpha-2 code of the country that the default view gives it to; None for none.
    name
        Name to show.
    polygon
        Longitude, latitude [degrees, WGS 84].
    names
        Other forms by language.
    wikidata
        Its item there; empty where none is known.
    views
        Alpha-2 code (None for none) by view, for views that differ from the default.
    """

    level: Literal["country", "province"]
    code: str
    country: str | None
    name: str
    polygon: shapely.MultiPolygon
    names: Mapping[str, str] = field(default_factory=dict)
    wikidata: str = ""
    views: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def member(self) -> str:
        """The country whose file in the archive holds it."""
        return self.country or UNGIVEN


def multipolygon(geometry: BaseGeometry) -> shapely.MultiPolygon:
    """
    Return the polygons of a geometry in a canonical order, rings as RFC 7946 wants them.

    Raises
    ------
    ValueError
        If the geometry is not made of polygons alone, or is invalid.
    """
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    collected = shapely.MultiPolygon(parts)
    if not parts or not collected.is_valid:
        message = f"no valid polygons: {shapely.is_valid_reason(geometry)}"
        raise ValueError(message)
    ordered: shapely.MultiPolygon = shapely.orient_polygons(shapely.normalize(collected))
    return ordered


def rounded(geometry: Shape, decimals: int) -> Shape:
    """
    Return a geometry with each coordinate rounded by itself and repeated points dropped.

    Notes
    -----
    A vertex that two neighbours share is rounded to one and the same point, so a border stays
    shared; snapping to a precision grid would not promise that.
    """

    def to_grid(coordinates: np.ndarray) -> np.ndarray:
        return np.round(coordinates, decimals)

    shape: Shape = shapely.remove_repeated_points(shapely.transform(geometry, to_grid), 0.0)
    return shape


def archive(features: Sequence[BoundaryFeature], *, decimals: int) -> bytes:
    """
    Return the bytes of a dataset file: an index and one GeoJSON file a country.

    Notes
    -----
    Members, dates and compression are fixed, so the same features give the same bytes. Each
    feature stands on its own line; the index says which, so a reader parses no other.
    """
    index: list[dict[str, object]] = []
    members: dict[str, bytes] = {}
    for name, group in _by_member(features).items():
        members[f"{name}.geojson"] = _collection(group, decimals)
        index += [_entry(feature, line, decimals) for line, feature in enumerate(group)]
    members["index.json"] = _lines("[", [_dumps(entry) for entry in index], "]")
    return packed(members)


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file of the members, the same bytes for the same members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as output:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, date_time=EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            output.writestr(info, members[name])
    return buffer.getvalue()


def sha256(data: bytes) -> str:
    """Return the checksum by which the registry knows a file."""
    return hashlib.sha256(data).hexdigest()


def _by_member(features: Iterable[BoundaryFeature]) -> dict[str, list[BoundaryFeature]]:
    groups: dict[str, list[BoundaryFeature]] = {}
    for feature in sorted(features, key=lambda f: (f.member, f.level, f.code)):
        groups.setdefault(feature.member, []).append(feature)
    return groups


def _entry(feature: BoundaryFeature, line: int, decimals: int) -> dict[str, object]:
    views = {"views": dict(feature.views)} if feature.views else {}
    return {
        "code": feature.code,
        "level": feature.level,
        "country": feature.country,
        "name": feature.name,
        "names": dict(feature.names),
        "wikidata": feature.wikidata,
        "member": feature.member,
        "line": line,
        "bbox": _box(feature.polygon, decimals),
        **views,
    }


def _collection(features: Iterable[BoundaryFeature], decimals: int) -> bytes:
    lines = [_dumps(_geojson(feature, decimals)) for feature in features]
    return _lines('{"type":"FeatureCollection","features":[', lines, "]}")


def _geojson(feature: BoundaryFeature, decimals: int) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": feature.code,
        "bbox": _box(feature.polygon, decimals),
        "properties": {
            "level": feature.level,
            "code": feature.code,
            "country": feature.country,
            "name": feature.name,
            "names": dict(feature.names),
            "wikidata": feature.wikidata,
        },
        "geometry": _geometry(feature.polygon, decimals),
    }


def _geometry(polygon: shapely.MultiPolygon, decimals: int) -> dict[str, object]:
    parts = [_rings(part, decimals) for part in polygon.geoms]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _rings(polygon: shapely.Polygon, decimals: int) -> list[list[list[float]]]:
    rings = [polygon.exterior, *polygon.interiors]
    return [np.round(shapely.get_coordinates(ring), decimals).tolist() for ring in rings]


def _box(polygon: shapely.MultiPolygon, decimals: int) -> list[float]:
    return [round(float(value), decimals) for value in polygon.bounds]


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _lines(first: str, lines: Sequence[str], last: str) -> bytes:
    return "\n".join([first, ",\n".join(lines), last, ""]).encode()
