"""What lies under the layers, and names on it; `bordermap.maps.ground` draws it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bordermap.maps.shapes import Path, Polygons


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A name on the ground.

    Parameters
    ----------
    kind
        ``country``, ``part``, ``lake``, ``river`` or ``town``.
    code
        Alpha-2 code of a country; empty for others.
    name, names
        Name to show, and other forms by language.
    points
        Longitude, latitude of places where it may stand, the best first.
    rank
        Lower ranks are placed first.
    """

    kind: str
    code: str
    name: str
    names: Mapping[str, str]
    points: tuple[tuple[float, float], ...]
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """
    What lies under the layers; nothing is measured on it.

    Parameters
    ----------
    land
        All land within the bounds.
    claimed, neighbour
        The two countries.
    lines
        Borders between other countries.
    lakes, rivers
        Waters.
    places
        Names.
    """

    land: Polygons
    claimed: Polygons
    neighbour: Polygons
    lines: list[Path]
    lakes: Polygons
    rivers: list[Path]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """
    Something of a familiar size.

    Parameters
    ----------
    name, names
        Name to show, and other forms by language.
    area_km2
        Geodesic area of its shape in the data shipped [km²].
    """

    name: str
    names: Mapping[str, str]
    area_km2: float
