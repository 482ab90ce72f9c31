"""geoBoundaries: an address that tells about a layer, and the layer as GeoJSON."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from bordermap._text import printable
from bordermap.countries import alpha3, country_name
from bordermap.errors import DataError
from bordermap.fetching.units import Delivery, units_of
from bordermap.fetching.web import NotThereError, Web

API = "https://www.geoboundaries.org/api/current/gbOpen"
"""The open release; the others are not open data or are mirrors."""

CITATION = "geoBoundaries (Runfola et al. 2020)"

_LICENCES = (
    (r"open database|odbl", "ODbL-1.0"),
    (r"share.?alike 2\.0|by-sa 2\.0", "CC-BY-SA-2.0"),
    (r"share.?alike 4\.0|by-sa 4\.0", "CC-BY-SA-4.0"),
    (r"3\.0 (intergovernmental|igo)", "CC-BY-3.0-IGO"),
    (r"attribution 4\.0|by 4\.0", "CC-BY-4.0"),
    (r"attribution 3\.0|by 3\.0", "CC-BY-3.0"),
    (r"attribution 2\.5|by 2\.5", "CC-BY-2.5"),
    (r"public domain", "LicenseRef-public-domain"),
)
_TEXT_LENGTH = 160

Level = Literal["ADM0", "ADM1"]


def delivery(country: str, web: Web, *, api: str = API, sha256: str | None = None) -> Delivery:
    """
    Return the provinces of a country as geoBoundaries has them, or its outline if it has none.

    Parameters
    ----------
    country
        Alpha-2 code.
    web
        How files are asked for.
    api
        Address of the release.
    sha256
        The checksum that the layer must have; None for any.

    Raises
    ------
    DataError
        If there is no such layer, or it cannot be had or used.
    ChecksumError
        If it is another file than the one expected.
    """
    try:
        about, level = _about(country, "ADM1", web, api), "ADM1"
    except NotThereError:
        about, level = _about_whole(country, web, api), "ADM0"
    file = web.get(_text(about, "gjDownloadURL"), sha256=sha256)
    source = f"geoBoundaries {alpha3(country)} {level}"
    document = file.json()
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise DataError(f"{source}: is no GeoJSON with features; the service may have changed")
    units, mended = units_of(
        [_renamed(feature) for feature in features], country, whole=level == "ADM0", source=source
    )
    return Delivery(
        country=country,
        units=units,
        licence=spdx(_text(about, "boundaryLicense")),
        attribution=f"{CITATION}; {country}: {_text(about, 'boundarySource') or 'not stated'}",
        vintage=_text(about, "boundaryYearRepresented") or "not stated",
        url=file.url,
        sha256=file.sha256,
        mended=mended,
    )


def spdx(licence: str) -> str:
    """
    Return the SPDX identifier of a licence in words; ``NOASSERTION`` for one not known.

    Examples
    --------
    >>> spdx("Open Data Commons Open Database License 1.0"), spdx("")
    ('ODbL-1.0', 'NOASSERTION')
    """
    for pattern, identifier in _LICENCES:
        if re.search(pattern, licence, re.IGNORECASE):
            return identifier
    return "NOASSERTION"


def _about(country: str, level: Level, web: Web, api: str) -> Mapping[str, Any]:
    about = web.get(f"{api}/{alpha3(country)}/{level}/").json()
    if not isinstance(about, dict) or not _text(about, "gjDownloadURL"):
        raise DataError(
            f"geoBoundaries tells no address of {alpha3(country)} {level}; its answer has changed"
        )
    return about


def _about_whole(country: str, web: Web, api: str) -> Mapping[str, Any]:
    try:
        return _about(country, "ADM0", web, api)
    except NotThereError:
        raise DataError(
            f"geoBoundaries has no boundaries of {country} ({country_name(country)})"
        ) from None


def _renamed(feature: object) -> dict[str, Any]:
    whole = feature if isinstance(feature, dict) else {}
    properties = whole.get("properties")
    stated = properties if isinstance(properties, dict) else {}
    named = {"code": stated.get("shapeISO"), "name": stated.get("shapeName")}
    return {"properties": named, "geometry": whole.get("geometry")}


def _text(about: Mapping[str, Any], key: str) -> str:
    value = about.get(key)
    if not isinstance(value, str):
        return ""
    # an address is kept whole, the rest is for showing
    return value.strip() if key.endswith("URL") else printable(value.strip()[:_TEXT_LENGTH])
