"""Provinces, countries, and the borders that provinces share with a neighbour, by section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_length_km
from bordermap.cells import Cell, cells
from bordermap.errors import NoSharedBorderError
from bordermap.projection import densified
from bordermap.provenance import Dataset

ALL = "all"
MAINLAND = "mainland"
EXCLAVES = "exclaves"
DETACHED = "detached"
"""The section of a detached part of the neighbour that the case gives no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """
    An admin-1 unit.

    Parameters
    ----------
    code
        ISO 3166-2 code, such as ``AM-SU``.
    name
        Name to show.
    country
        ISO 3166-1 alpha-2 code of the country it is given to, under the worldview in force.
    polygon
        Longitude, latitude [degrees, WGS 84].
    names
        Other forms by language (``hy``, ``az``, ``ru``, ``en``, ``local``).
    """

    code: str
    name: str
    country: str
    polygon: shapely.MultiPolygon
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """
    A country's whole polygon.

    Parameters
    ----------
    code
        ISO 3166-1 alpha-2 code.
    name
        Name to show.
    polygon
        Longitude, latitude [degrees, WGS 84]; each polygon is a country part.
    """

    code: str
    name: str
    polygon: shapely.MultiPolygon


@dataclass(frozen=True, kw_only=True)
class SharedBorder:
    """
    The line a province has in common with one section of the neighbour.

    Parameters
    ----------
    province
        ISO 3166-2 code.
    neighbour
        ISO 3166-1 alpha-2 code.
    section
        ``mainland``, ``exclaves``, or a detached part's name.
    line
        Longitude, latitude [degrees, WGS 84].
    """

    province: str
    neighbour: str
    section: str
    line: shapely.MultiLineString

    @cached_property
    def length_km(self) -> float:
        """Geodesic length [km]."""
        return geodesic_length_km(self.line)


@dataclass(frozen=True, kw_only=True, eq=False)
class Borders:
    """
    The shared borders of some provinces with one neighbour, and the land behind them.

    Parameters
    ----------
    provinces
        The provinces whose land counts, in the order they are reported.
    neighbour
        ISO 3166-1 alpha-2 code of the country on the other side.
    lines
        What the provinces share with it, one for a province and section.
    dataset
        What the geometry comes from.
    land
        The land that lies behind the lines, by province code, long edges divided
        [degrees, WGS 84]; all of it is what the provinces hold.
    """

    provinces: tuple[Province, ...]
    neighbour: str
    lines: tuple[SharedBorder, ...]
    dataset: Dataset
    land: Mapping[str, shapely.MultiPolygon]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The lines and the land behind them, in metres."""
        line = shapely.union_all([line.line for line in self.lines])
        return cells(shapely.MultiLineString(list(shapely.get_parts(line))), self.land)

    @cached_property
    def line(self) -> BaseGeometry:
        """All lines, long edges divided along their geodesic [degrees, WGS 84]."""
        return shapely.union_all([densified(line.line) for line in self.lines])

    @property
    def held_km2(self) -> float:
        """Area of the land behind the lines, as far from them as is measured [km²]."""
        return sum(land.area for cell in self.cells for land in cell.land.values()) / 1e6

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections there are: mainland, then detached parts by name, then exclaves."""
        order = {MAINLAND: 0, EXCLAVES: 2}
        names = {line.section for line in self.lines}
        return tuple(sorted(names, key=lambda name: (order.get(name, 1), name)))

    def of_section(self, section: str) -> "Borders":
        """
        Return the borders of one section, or of all of them for ``all``.

        The land is what hangs together with a part that the section's lines run along: behind
        the ring of an exclave lies the exclave, not what is near it beyond foreign land.

        Raises
        ------
        NoSharedBorderError
            If the provinces have no border of that name.
        """
        if section == ALL:
            return self
        if section not in self._by_section:
            self._by_section[section] = self._cut_to(section)
        return self._by_section[section]

    @cached_property
    def _by_section(self) -> dict[str, "Borders"]:
        """The sections that were asked for: their land is cut and projected once."""
        return {}

    def _cut_to(self, section: str) -> "Borders":
        chosen = tuple(line for line in self.lines if line.section == section)
        if not chosen:
            raise NoSharedBorderError(
                f"no section {section!r} in the border of {self.codes} with {self.neighbour};"
                f" there are: {', '.join((ALL, *self.sections))}"
            )
        return replace(self, lines=chosen, land=_behind(chosen, self.land))

    @property
    def codes(self) -> str:
        """The codes of the provinces, to be named in a message."""
        return ", ".join(province.code for province in self.provinces)

    @property
    def length_km(self) -> float:
        """Geodesic length of all lines [km]."""
        return sum(line.length_km for line in self.lines)

    def length_km_by_province(self) -> dict[str, float]:
        """Return the geodesic length of each province's lines [km]."""
        lengths = {province.code: 0.0 for province in self.provinces}
        for line in self.lines:
            lengths[line.province] += line.length_km
        return lengths

    def length_km_by_section(self) -> dict[str, float]:
        """Return the geodesic length of each section's lines [km]."""
        lengths = dict.fromkeys(self.sections, 0.0)
        for line in self.lines:
            lengths[line.section] += line.length_km
        return lengths


def _behind(
    lines: Sequence[SharedBorder], land: Mapping[str, shapely.MultiPolygon]
) -> dict[str, shapely.MultiPolygon]:
    """Return the parts of the land that hang together with a part the lines run along."""
    line = shapely.union_all([line.line for line in lines])
    whole = shapely.get_parts(shapely.union_all(list(land.values())))
    behind = shapely.union_all(whole[shapely.intersects(whole, line)])
    shapely.prepare(behind)
    kept = {}
    for code, polygon in land.items():
        parts = shapely.get_parts(polygon)
        inside = shapely.covers(behind, shapely.point_on_surface(parts))
        kept[code] = shapely.MultiPolygon(list(parts[inside]))
    return kept
