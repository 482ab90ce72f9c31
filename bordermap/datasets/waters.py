"""Lakes and rivers for the background of a map, and land without its lakes."""

import io
import json
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap._shipped import shipped
from bordermap.boundaries import Province
from bordermap.datasets.archive import registered_content, stamp
from bordermap.datasets.collection import Box

_ID = "natural-earth-waters"
_HEADER_LINES = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Water:
    """
    A lake or a river.

    Parameters
    ----------
    kind
        Which.
    name, names
        Name to show (empty where unknown), other forms by language.
    shape
        Polygons of a lake, lines of a river; longitude, latitude [degrees, WGS 84].
    """

    kind: Literal["lake", "river"]
    name: str
    shape: BaseGeometry
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """
    The lakes and rivers of a region.

    Parameters
    ----------
    lakes, rivers
        Those whose boxes meet the region, whole.
    attribution, licence
        The line to show with them, and their licence (SPDX).
    sha256
        Checksum of the file they come from.
    """

    lakes: tuple[Water, ...]
    rivers: tuple[Water, ...]
    attribution: str
    licence: str
    sha256: str


def load_basemap(bbox: Box) -> Basemap:
    """
    Return the lakes of 100 km² and more, and the rivers, that meet a box.

    Parameters
    ----------
    bbox
        West, south, east, north [degrees, WGS 84].

    Raises
    ------
    DataError
        If the shipped file is missing or is not the registered one.

    Notes
    -----
    Drawn for 1:10,000,000: good for finding one's way, not for measuring.
    """
    entry = _registered()
    path = shipped(*entry["file"].split("/"))
    index, lines = _opened(path, entry["sha256"], stamp(path))
    found = _read([line for line in index if _meet(line["bbox"], bbox)], lines)
    return Basemap(
        lakes=tuple(water for water in found if water.kind == "lake"),
        rivers=tuple(water for water in found if water.kind == "river"),
        attribution=entry["attribution"],
        licence=entry["licence"],
        sha256=entry["sha256"],
    )


def without_lakes(province: Province, lakes: Sequence[Water]) -> Province:
    """
    Return a province without the lakes in it: its land.

    Parameters
    ----------
    province
        Longitude, latitude [degrees, WGS 84].
    lakes
        The lakes to leave out; those elsewhere change nothing.

    Notes
    -----
    Official areas of a province may count a lake or not; both can be shown. The lake's outline
    comes from another dataset than the province and is far coarser.
    """
    water = shapely.union_all([lake.shape for lake in lakes])
    land = shapely.get_parts(shapely.difference(province.polygon, water))
    polygons = [part for part in land if part.geom_type == "Polygon"]
    return replace(province, polygon=shapely.MultiPolygon(polygons))


@cache
def _registered() -> dict[str, Any]:
    registry = tomllib.loads(shipped("registry.toml").read_text("utf-8"))
    entry: dict[str, Any] = next(e for e in registry["dataset"] if e["id"] == _ID)
    return entry


@lru_cache(maxsize=1)
def _opened(
    path: Path, sha256: str, _stamp: tuple[int, int]
) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Return the index and the features' lines; a file that did not change is read once."""
    with zipfile.ZipFile(io.BytesIO(registered_content(path, sha256))) as archive:
        index = json.loads(archive.read("index.json"))
        return index, archive.read("waters.geojson").split(b"\n")


def _meet(one: Sequence[float], other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _read(entries: Sequence[Mapping[str, Any]], lines: Sequence[bytes]) -> list[Water]:
    features = [lines[_HEADER_LINES + entry["line"]].removesuffix(b",") for entry in entries]
    return [
        Water(kind=entry["kind"], name=entry["name"], names=entry["names"], shape=shape)
        for entry, shape in zip(entries, shapely.from_geojson(features), strict=True)
    ]
