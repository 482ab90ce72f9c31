"""A boundary dataset in use: countries and provinces by code, read by need."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

import shapely

from bordermap.boundaries import Country, Province
from bordermap.countries import alpha2, country_name
from bordermap.errors import PlaceNotFoundError
from bordermap.provenance import Dataset

DEFAULT_VIEW = "iso"
"""The view by ISO 3166-2: a province belongs to the country whose code its own begins with."""

Box = tuple[float, float, float, float]
"""West, south, east, north [degrees, WGS 84]."""


class IndexEntry(NamedTuple):
    """
    A country or province of a dataset, without its geometry.

    Parameters
    ----------
    level
        What it is.
    code
        ISO 3166-2 code of a province, alpha-2 code of a country.
    country
        Alpha-2 code of the country it is given to by default; None for none.
    name, names
        Name to show, and other forms by language.
    bbox
        Box around it; plain minima and maxima, also across the antimeridian.
    wikidata
        Its item there; empty where none is known.
    member, line
        Where its geometry is kept.
    views
        The country (None for none) under views that differ from the default.

    Notes
    -----
    A tuple, for a dataset of the world makes thousands where a case asks for three, and a frozen
    dataclass takes eight times as long to make.
    """

    level: Literal["country", "province"]
    code: str
    country: str | None
    name: str
    bbox: Box
    names: Mapping[str, str] = MappingProxyType({})
    wikidata: str = ""
    member: str = ""
    line: int = 0
    views: Mapping[str, str | None] = MappingProxyType({})

    def country_in(self, view: str) -> str | None:
        """Return the country that a view gives it to; None for none."""
        return self.views.get(view, self.country)

    def meets(self, bbox: Box) -> bool:
        """Return whether its box meets another one."""
        west, south, east, north = self.bbox
        return bbox[0] <= east and west <= bbox[2] and bbox[1] <= north and south <= bbox[3]


@dataclass(frozen=True, kw_only=True)
class BoundaryDataset:
    """
    Countries and provinces of one dataset, under one view of who holds what.

    Parameters
    ----------
    info
        What is known of the dataset, licence and attribution among it.
    worldview
        The view in force, such as ``iso``.
    entries
        What it holds, without geometry.
    read
        Returns the polygons of some entries, in their order [degrees, WGS 84].
    """

    info: Dataset
    worldview: str
    entries: tuple[IndexEntry, ...]
    read: Callable[[Sequence[IndexEntry]], list[shapely.MultiPolygon]] = field(repr=False)

    def country(self, code: str) -> Country:
        """
        Return a country, whole.

        Parameters
        ----------
        code
            ISO 3166-1 alpha-2 or alpha-3 code.

        Raises
        ------
        PlaceNotFoundError
            If the dataset does not have it.

        Notes
        -----
        Where the dataset has no outline of the country, or another view than the default is in
        force, it is the union of its provinces. Where those share their vertices it has no seams.
        """
        wanted = alpha2(code)
        if wanted not in self._whole:
            self._whole[wanted] = self._read_country(wanted)
        return self._whole[wanted]

    @cached_property
    def _whole(self) -> dict[str, Country]:
        """The countries that were asked for: each is read, or put together, once."""
        return {}

    def _read_country(self, code: str) -> Country:
        outline = self._countries.get(code)
        if outline is not None and self.worldview == DEFAULT_VIEW:
            return Country(code=code, name=outline.name, polygon=self.read([outline])[0])
        provinces = self._provinces_by_country.get(code, ())
        if not provinces:
            raise self._no_country(code)
        return Country(code=code, name=country_name(code), polygon=_union(self.read(provinces)))

    def provinces(self, codes: Iterable[str]) -> tuple[Province, ...]:
        """
        Return provinces, in the order of their codes as given.

        Parameters
        ----------
        codes
            ISO 3166-2 codes, such as ``AM-SU``.

        Raises
        ------
        PlaceNotFoundError
            If the dataset does not have one of them.
        """
        entries = [self.province_entry(code) for code in codes]
        return tuple(
            Province(
                code=entry.code,
                name=entry.name,
                country=entry.country_in(self.worldview) or "",
                polygon=polygon,
                names=entry.names,
            )
            for entry, polygon in zip(entries, self.read(entries), strict=True)
        )

    def provinces_of(self, country: str) -> tuple[Province, ...]:
        """
        Return all provinces of a country by code, under the view in force.

        Raises
        ------
        PlaceNotFoundError
            If the dataset has no provinces of it.
        """
        wanted = alpha2(country)
        entries = self._provinces_by_country.get(wanted, ())
        if not entries:
            raise self._no_country(wanted, level="provinces of ")
        return self.provinces(entry.code for entry in entries)

    def country_of(self, code: str) -> str | None:
        """
        Return the alpha-2 code of the country that the view gives a province to, if any.

        Raises
        ------
        PlaceNotFoundError
            If the dataset does not have the province.
        """
        return self.province_entry(code).country_in(self.worldview)

    def province_entry(self, code: str) -> IndexEntry:
        """
        Return what the index says of a province.

        Raises
        ------
        PlaceNotFoundError
            If the dataset does not have it; the message names some that are near.
        """
        entry = self._provinces.get(code.strip().upper())
        if entry is None:
            near = difflib.get_close_matches(code.strip().upper(), self._provinces, n=4, cutoff=0.6)
            hint = f"near: {', '.join(near)}" if near else f"it has {_some(self._provinces)}"
            raise PlaceNotFoundError(f"{self.info.id} has no province {code[:40]!a}; {hint}")
        return entry

    def within(self, bbox: Box) -> tuple[IndexEntry, ...]:
        """
        Return the provinces whose box meets a box, and the countries without provinces that do.

        Parameters
        ----------
        bbox
            West, south, east, north [degrees, WGS 84].
        """
        return tuple(
            entry
            for entry in self.entries
            if entry.meets(bbox)
            and (entry.level == "province" or entry.code not in self._provinces_by_country)
        )

    @cached_property
    def _countries(self) -> Mapping[str, IndexEntry]:
        return {entry.code: entry for entry in self.entries if entry.level == "country"}

    @cached_property
    def _provinces(self) -> Mapping[str, IndexEntry]:
        return {entry.code: entry for entry in self.entries if entry.level == "province"}

    @cached_property
    def _provinces_by_country(self) -> Mapping[str, tuple[IndexEntry, ...]]:
        groups: dict[str, list[IndexEntry]] = {}
        for entry in self._provinces.values():
            if (country := entry.country_in(self.worldview)) is not None:
                groups.setdefault(country, []).append(entry)
        return {country: tuple(entries) for country, entries in groups.items()}

    def _no_country(self, code: str, *, level: str = "") -> PlaceNotFoundError:
        there = (
            self._provinces_by_country
            if level
            else {**self._countries, **self._provinces_by_country}
        )
        view = "" if self.worldview == DEFAULT_VIEW else f" under the view {self.worldview!r}"
        name = country_name(code)
        return PlaceNotFoundError(
            f"{self.info.id} has no {level}{code} ({name}){view}; it has {_some(there)}"
        )


def _union(polygons: list[shapely.MultiPolygon]) -> shapely.MultiPolygon:
    # keeps every vertex and takes a tenth of the time, but only of polygons that fit together
    fit = shapely.coverage_is_valid(polygons)
    union = shapely.coverage_union_all(polygons) if fit else shapely.union_all(polygons)
    whole = shapely.MultiPolygon(list(shapely.get_parts(union)))
    wound: shapely.MultiPolygon = shapely.orient_polygons(whole)
    return wound


def _some(codes: Iterable[str], most: int = 12) -> str:
    known = sorted(codes)
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(known[:most]) + more if known else "none"
