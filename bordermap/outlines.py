"""Outlines: polygons that somebody drew, read and measured once whatever they are laid on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.errors import GeometryError
from bordermap.geojson import Feature, feature_name, read_features
from bordermap.measuring import counted_once, polygon_areas_km2, with_short_edges


@dataclass(frozen=True, kw_only=True, eq=False)
class Outlines:
    """
    Polygons that somebody drew.

    Parameters
    ----------
    titles
        What each is called.
    polygons
        Each as it was drawn, longitude, latitude [degrees, WGS 84]; shape (n,).
    areas_km2
        The geodesic area of each [km²].
    pieces
        The land of all of them, none of it in two pieces, with short edges.
    pieces_km2
        The area of each piece [km²].
    """

    titles: tuple[str, ...]
    polygons: NDArray[np.object_]
    areas_km2: NDArray[np.float64]
    pieces: NDArray[np.object_]
    pieces_km2: NDArray[np.float64]


def read_outlines(path: Path, *, of: str) -> Outlines:
    """
    Return the polygons of a GeoJSON file.

    Parameters
    ----------
    path
        The file.
    of
        What they belong to, for refusals.

    Raises
    ------
    DataError
        If the file is missing, broken, or holds no polygon.
    GeometryError
        If a polygon is not valid; nothing is repaired.
    """
    features = list(read_features(path))
    polygons = np.array([feature.geometry for feature in features], dtype=object)
    _require_valid(polygons, features, of)
    pieces = counted_once(with_short_edges(polygons))
    return Outlines(
        titles=tuple(_title(feature, number) for number, feature in enumerate(features, start=1)),
        polygons=polygons,
        areas_km2=polygon_areas_km2(polygons),
        pieces=pieces,
        pieces_km2=polygon_areas_km2(pieces),
    )


def _require_valid(polygons: NDArray[np.object_], features: Sequence[Feature], of: str) -> None:
    for index in np.flatnonzero(~shapely.is_valid(polygons)).tolist():
        raise GeometryError(
            f"outlines of {of}, {feature_name(index + 1, features[index].id)}:"
            f" {shapely.is_valid_reason(polygons[index])}; draw it anew or repair it first"
        )


def _title(feature: Feature, number: int) -> str:
    name = feature.properties.get("name")
    return name if isinstance(name, str) else feature_name(number, feature.id)
