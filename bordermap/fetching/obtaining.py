"""A source asked for countries; what it gives is checked, fitted together and kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol, get_args

import numpy as np
import shapely

from bordermap._text import printable
from bordermap.areas import geodesic_length_km
from bordermap.countries import alpha2, alpha3, country_name
from bordermap.errors import DataError, PlaceNotFoundError, PluginError
from bordermap.fetching import geoboundaries, openstreetmap, overture
from bordermap.fetching.seam import Seam, joined, untouched
from bordermap.fetching.store import archived, checksum, stored
from bordermap.fetching.units import Delivery, Unit
from bordermap.fetching.web import Web
from bordermap.plugins import Plugin, load_plugin, plugin_names
from bordermap.provenance import Dataset

SourceName = Literal["geoboundaries", "overture", "osm"]
SOURCES: tuple[SourceName, ...] = get_args(SourceName)
"""Sources that come with bordermap; other packages bring theirs by entry points."""
MOST_COUNTRIES = 8

_PLUGIN_NAME = re.compile(r"[a-z]+")
_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")


class Source(Protocol):
    """What gives countries: one delivery each, in their order."""

    def __call__(self, countries: Sequence[str]) -> Sequence[Delivery]:
        """Return the deliveries of countries by alpha-2 code."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundarySource:
    """
    A source of boundaries; of another package, the value of an entry point.

    Parameters
    ----------
    title, publisher
        What it is, and whose.
    worldview
        Whose view of the boundary it takes, in a short sentence.
    deliveries
        Gives countries by alpha-2 code: one delivery each, in their order.
    """

    title: str
    publisher: str
    worldview: str
    deliveries: Source


_OWN: dict[str, BoundarySource] = {
    "geoboundaries": BoundarySource(
        title="geoBoundaries, open release",
        publisher="William & Mary geoLab",
        worldview="each country as it represents itself",
        deliveries=lambda codes: _geoboundaries(codes, None),
    ),
    "overture": BoundarySource(
        title="Overture Maps, divisions",
        publisher="Overture Maps Foundation",
        worldview="as Overture draws it; land that several states claim may be left out",
        deliveries=overture.deliveries,
    ),
    "osm": BoundarySource(
        title="OpenStreetMap, administrative boundaries",
        publisher="OpenStreetMap contributors",
        worldview="as mapped in OpenStreetMap, which follows who is in control on the ground",
        deliveries=openstreetmap.deliveries,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """
    A dataset that was fetched.

    Parameters
    ----------
    info
        What is known of it; its id is the one to use from now on.
    file
        Where it is kept.
    deliveries
        What it was made from.
    mended
        What was changed in making it.
    """

    info: Dataset
    file: Path
    deliveries: tuple[Delivery, ...]
    mended: tuple[str, ...]


def fetch(
    name: str,
    countries: Sequence[str],
    *,
    sha256: str | None = None,
    source: Source | None = None,
) -> Fetched:
    """
    Fetch boundaries of countries from an online source into the cache.

    Parameters
    ----------
    name
        ``geoboundaries``, ``overture``, ``osm``, or a source that another package brings by an
        entry point of ``bordermap.boundaries``.
    countries
        ISO 3166-1 codes; to measure a border, both its sides. Where two countries differ on the
        line between them the earlier one keeps its own.
    sha256
        The checksum that the file of the one country must have; None for any.
    source
        What to ask instead of the service; for a copy of one's own.

    Raises
    ------
    DataError
        If the source cannot be had, or gives what cannot be used. The cache stays as it was.
    ChecksumError
        If the file is another than the one expected.
    PlaceNotFoundError
        If the source or a country is not known.
    PluginError
        If the source of another package fails.

    Examples
    --------
    >>> import bordermap as bm
    >>> fetched = bm.fetch("geoboundaries", ["ARM", "AZE"])  # doctest: +SKIP
    >>> bm.load_case("armenia-150", boundaries=fetched.info.id)  # doctest: +SKIP
    """
    known = _known(name)
    codes = _codes(countries)
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        raise DataError(f"'{printable(sha256)}' is no SHA-256; give its 64 digits from 0 to f")
    if sha256 is not None and len(codes) > 1:
        raise DataError(f"one checksum was given for {len(codes)} files; fetch one country with it")
    deliveries = tuple((source or _service(name, known, sha256))(codes))
    units = [unit for delivery in deliveries for unit in delivery.units]
    fitted, seams = joined(units, codes)
    mended = [told for delivery in deliveries for told in delivery.mended]
    mended += [str(seam) for seam in seams] + list(untouched(codes, seams))
    if lost := sorted({unit.code for unit in units} - {unit.code for unit in fitted}):
        mended.append(f"wholly on land of an earlier country, and left out: {', '.join(lost)}")
    content = archived(fitted)
    info = _info(name, known, codes, deliveries, fitted, seams, checksum(content))
    file = stored(
        content,
        info,
        sources=[{"url": one.url, "sha256": one.sha256} for one in deliveries],
        mended=mended,
    )
    return Fetched(info=info, file=file, deliveries=deliveries, mended=tuple(mended))


def _known(name: str) -> BoundarySource:
    """Return a source by its name, bordermap's own first."""
    if name in _OWN:
        return _OWN[name]
    others = plugin_names("bordermap.boundaries")
    if name not in others:
        known = ", ".join((*SOURCES, *others))
        raise PlaceNotFoundError(f"no online source {name[:40]!a}; there are {known}")
    if not _PLUGIN_NAME.fullmatch(name):
        raise PluginError(
            f"the plugin {name[:40]!a} cannot be a source: its name has letters from a to z only"
        )
    return _guarded(load_plugin("bordermap.boundaries", name, BoundarySource))


def _guarded(plugin: Plugin[BoundarySource]) -> BoundarySource:
    """Return a source whose failures name the package that it comes from."""

    def deliveries(countries: Sequence[str]) -> Sequence[Delivery]:
        given = plugin.run(lambda: tuple(plugin.value.deliveries(countries)))
        if not all(isinstance(one, Delivery) for one in given):
            raise PluginError(f"the plugin {plugin} gave something else than deliveries")
        if [one.country for one in given] != list(countries):
            raise PluginError(
                f"the plugin {plugin} gave {', '.join(one.country for one in given) or 'nothing'},"
                f" asked for {', '.join(countries)}"
            )
        return given

    return replace(plugin.value, deliveries=deliveries)


def _codes(countries: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(alpha2(country) for country in countries))
    if not 1 <= len(codes) <= MOST_COUNTRIES:
        raise DataError(f"{len(codes)} countries were given; give 1 to {MOST_COUNTRIES}")
    return codes


def _service(name: str, source: BoundarySource, sha256: str | None) -> Source:
    if sha256 is None:
        return source.deliveries
    if name != "geoboundaries":
        raise DataError(f"{name} gives no file that could have a checksum; leave it out")
    return lambda codes: _geoboundaries(codes, sha256)


def _geoboundaries(codes: Sequence[str], sha256: str | None) -> list[Delivery]:
    web = Web()
    return [geoboundaries.delivery(code, web, sha256=sha256) for code in codes]


def _info(  # noqa: PLR0913, PLR0917  (what a dataset is made of)
    name: str,
    source: BoundarySource,
    codes: Sequence[str],
    deliveries: Sequence[Delivery],
    units: Sequence[Unit],
    seams: Sequence[Seam],
    sha256: str,
) -> Dataset:
    accuracy_m, reason = _accuracy(units, seams)
    keeps = (
        f"; where two countries differ, the line of the first of {', '.join(codes)}"
        if seams
        else ""
    )
    return Dataset(
        id="-".join((name, *(alpha3(code) for code in codes))),
        title=f"{source.title}: {', '.join(country_name(code) for code in codes)}",
        publisher=source.publisher,
        licence=" AND ".join(dict.fromkeys(one.licence for one in deliveries)),
        attribution=". ".join(dict.fromkeys(one.attribution for one in deliveries)),
        vintage=", ".join(dict.fromkeys(one.vintage for one in deliveries)),
        accuracy_m=accuracy_m,
        accuracy_reason=reason,
        worldview=source.worldview + keeps,
        countries=tuple(sorted(codes)),
        sha256=sha256,
    )


def _accuracy(units: Sequence[Unit], seams: Sequence[Seam]) -> tuple[float, str]:
    """Return how good a fetched line can be taken to be [m], and why."""
    lines = [unit.polygon.boundary for unit in units]
    edges = sum(len(shapely.get_coordinates(line)) for line in lines)
    spacing_m = sum(geodesic_length_km(line) for line in lines) * 1e3 / edges
    apart_m = max((seam.p95_m for seam in seams), default=0.0)
    if apart_m > spacing_m / 2:
        return float(np.ceil(apart_m)), (
            "not stated; the two sides' own lines lie this far apart 95 times in 100"
        )
    return float(np.ceil(spacing_m / 2)), (
        f"not stated; half the mean distance of its vertices ({spacing_m:.0f} m), which is what a"
        " straight edge may hide of a winding line"
    )
