"""A source asked for countries; what it gives is checked, fitted together and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, get_args

import numpy as np
import shapely

from bordermap.areas import geodesic_length_km
from bordermap.countries import alpha2, alpha3, country_name
from bordermap.errors import DataError, PlaceNotFoundError
from bordermap.fetching import geoboundaries, openstreetmap, overture
from bordermap.fetching.seam import Seam, joined, untouched
from bordermap.fetching.store import archived, checksum, stored
from bordermap.fetching.units import Delivery, Unit
from bordermap.fetching.web import Web
from bordermap.provenance import Dataset

SourceName = Literal["geoboundaries", "overture", "osm"]
SOURCES: tuple[SourceName, ...] = get_args(SourceName)
MOST_COUNTRIES = 8

_TITLES: dict[SourceName, str] = {
    "geoboundaries": "geoBoundaries, open release",
    "overture": "Overture Maps, divisions",
    "osm": "OpenStreetMap, administrative boundaries",
}
_PUBLISHERS: dict[SourceName, str] = {
    "geoboundaries": "William & Mary geoLab",
    "overture": "Overture Maps Foundation",
    "osm": "OpenStreetMap contributors",
}
_WORLDVIEWS: dict[SourceName, str] = {
    "geoboundaries": "each country as it represents itself",
    "overture": "as Overture draws it; land that several states claim may be left out",
    "osm": "as mapped in OpenStreetMap, which follows who is in control on the ground",
}


class Source(Protocol):
    """What gives countries: one delivery each, in their order."""

    def __call__(self, countries: Sequence[str]) -> Sequence[Delivery]:
        """Return the deliveries of countries by alpha-2 code."""
        ...


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
        ``geoboundaries``, ``overture`` or ``osm``.
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
    """
    known = _known(name)
    codes = _codes(countries)
    if sha256 is not None and len(codes) > 1:
        raise DataError(f"one checksum was given for {len(codes)} files; fetch one country with it")
    deliveries = tuple((source or _service(known, sha256))(codes))
    units = [unit for delivery in deliveries for unit in delivery.units]
    fitted, seams = joined(units, codes)
    mended = [told for delivery in deliveries for told in delivery.mended]
    mended += [str(seam) for seam in seams] + list(untouched(codes, seams))
    if lost := sorted({unit.code for unit in units} - {unit.code for unit in fitted}):
        mended.append(f"wholly on land of an earlier country, and left out: {', '.join(lost)}")
    content = archived(fitted)
    info = _info(known, codes, deliveries, fitted, seams, checksum(content))
    file = stored(
        content,
        info,
        sources=[{"url": one.url, "sha256": one.sha256} for one in deliveries],
        mended=mended,
    )
    return Fetched(info=info, file=file, deliveries=deliveries, mended=tuple(mended))


def _known(name: str) -> SourceName:
    for known in SOURCES:
        if name == known:
            return known
    raise PlaceNotFoundError(f"no online source {name[:40]!a}; there are {', '.join(SOURCES)}")


def _codes(countries: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(alpha2(country) for country in countries))
    if not 1 <= len(codes) <= MOST_COUNTRIES:
        raise DataError(f"{len(codes)} countries were given; give 1 to {MOST_COUNTRIES}")
    return codes


def _service(name: SourceName, sha256: str | None) -> Source:
    if sha256 is not None and name != "geoboundaries":
        raise DataError(f"{name} gives no file that could have a checksum; leave it out")
    if name == "overture":
        return overture.deliveries
    if name == "osm":
        return openstreetmap.deliveries
    web = Web()
    return lambda codes: [geoboundaries.delivery(code, web, sha256=sha256) for code in codes]


def _info(  # noqa: PLR0913, PLR0917  (what a dataset is made of)
    name: SourceName,
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
        title=f"{_TITLES[name]}: {', '.join(country_name(code) for code in codes)}",
        publisher=_PUBLISHERS[name],
        licence=" AND ".join(dict.fromkeys(one.licence for one in deliveries)),
        attribution=". ".join(dict.fromkeys(one.attribution for one in deliveries)),
        vintage=", ".join(dict.fromkeys(one.vintage for one in deliveries)),
        accuracy_m=accuracy_m,
        accuracy_reason=reason,
        worldview=_WORLDVIEWS[name] + keeps,
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
