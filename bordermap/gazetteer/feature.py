"""A feature of the gazetteer, as a line of its tables has it."""

from dataclasses import dataclass

COLUMNS = ("id", "kind", "country", "province", "lon", "lat", "population", "names", "keys")
"""Columns of a table of the gazetteer, separated by tabs; names and keys by ``|``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """
    Something that has a place on the ground and names.

    Parameters
    ----------
    feature_id
        ISO 3166-2 code of a province, alpha-2 code of a country,
        ``geonames:`` or ``place:`` and a key of others.
    name
        Name to show.
    kind
        ``country``, ``province``, ``district``, ``region``, ``capital``, ``town``, ``village``,
        ``lake`` or ``peak``.
    country
        ISO 3166-1 alpha-2 code.
    province
        ISO 3166-2 code of the province it lies in; empty where none is given.
    point
        Longitude, latitude [degrees, WGS 84]; None for countries.
    population
        Inhabitants; 0 where unknown.
    names
        All names, in any language.
    """

    feature_id: str
    name: str
    kind: str
    country: str
    province: str
    point: tuple[float, float] | None
    population: int
    names: tuple[str, ...]

    @classmethod
    def parse(cls, line: str) -> "Feature":
        """Return the feature in a line of a table."""
        id_, kind, country, province, lon, lat, population, names, _ = line.split("\t")
        named = tuple(names.split("|"))
        return cls(
            feature_id=id_,
            name=named[0],
            kind=kind,
            country=country,
            province=province,
            point=(float(lon), float(lat)) if lon else None,
            population=int(population),
            names=named,
        )
