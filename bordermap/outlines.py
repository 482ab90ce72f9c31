"""Outlines: polygons that somebody drew, read and measured once whatever they are laid on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap._text import printable
from bordermap.areas import multipolygons
from bordermap.errors import GeometryError
from bordermap.geojson import feature_name, read_chunks
from bordermap.measuring import counted_once, polygon_areas_km2, with_short_edges


@dataclass(frozen=True, kw_only=True, eq=False)
class Outlines:
    """
    Polygons that somebody drew.

    Parameters
    ----------
    file
        Where they were read, as refusals name it.
    names
        How refusals name each: by its number in the file, and its id if it has one.
    titles
        What each is called.
    polygons
        Each as it was drawn, a MultiPolygon; longitude, latitude [degrees, WGS 84]; shape (n,).
    dense
        Each with short edges, to be cut: where a long one meets other land's edge, a straight line
        would lie beside it.
    areas_km2
        The geodesic area of each [km²].
    pieces
        The land of all of them, none of it in two pieces, with short edges.
    pieces_km2
        The area of each piece [km²].
    """

    file: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    polygons: NDArray[np.object_]
    dense: NDArray[np.object_]
    areas_km2: NDArray[np.float64]
    pieces: NDArray[np.object_]
    pieces_km2: NDArray[np.float64]


def read_outlines(path: Path) -> Outlines:
    """
    Return the polygons of a GeoJSON file.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    DataError
        If the file is missing, broken, or holds no polygon.
    GeometryError
        If a polygon is not valid; nothing is repaired.
    """
    chunks = list(read_chunks(path))
    properties = [one for chunk in chunks for one in chunk.properties]
    names = tuple(
        feature_name(number, feature_id)
        for chunk in chunks
        for number, feature_id in zip(chunk.numbers, chunk.ids, strict=True)
    )
    polygons = np.concatenate([chunk.polygons for chunk in chunks])
    file = printable(str(path))
    for index in np.flatnonzero(~shapely.is_valid(polygons)).tolist():
        raise GeometryError(
            f"{file}: {names[index]}: {shapely.is_valid_reason(polygons[index])} (longitude,"
            " latitude); draw it anew or repair it first"
        )
    polygons = multipolygons(polygons)
    dense = with_short_edges(polygons)
    pieces = counted_once(dense)
    return Outlines(
        file=file,
        names=names,
        titles=tuple(map(_title, properties, names)),
        polygons=polygons,
        dense=dense,
        areas_km2=polygon_areas_km2(polygons),
        pieces=pieces,
        pieces_km2=polygon_areas_km2(pieces),
    )


def _title(properties: Mapping[str, object], otherwise: str) -> str:
    name = properties.get("name")
    return name if isinstance(name, str) else otherwise
