"""What a source gives: the provinces of a country, or the country where it has none."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2, multipolygon
from bordermap.countries import country_name
from bordermap.errors import DataError
from bordermap.topology import Draft, drafts_of

MOST_MENDED = 0.01
"""Largest share of its area that making a polygon valid may change."""

_OWN_LETTERS = "XYZ"
_OWN_NUMBERS = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """
    A province, or a country that comes without any.

    Parameters
    ----------
    level
        Which.
    code
        ISO 3166-2 code of a province, alpha-2 code of a country.
    country
        Alpha-2 code of its country.
    name
        Name to show.
    polygon
        Longitude, latitude [degrees, WGS 84].
    """

    level: Literal["country", "province"]
    code: str
    country: str
    name: str
    polygon: shapely.MultiPolygon


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """
    What a source gave for one country.

    Parameters
    ----------
    country
        Alpha-2 code.
    units
        Its provinces, or the country itself.
    licence, attribution
        SPDX identifier, and the line that must be shown.
    vintage
        ISO date or year of the data.
    url, sha256
        Where it came from, and the checksum of what came.
    mended
        What was made valid, and by how much that changed an area; which codes are the layer's own.
    """

    country: str
    units: tuple[Unit, ...]
    licence: str
    attribution: str
    vintage: str
    url: str
    sha256: str
    mended: tuple[str, ...] = ()


def units_of(
    features: Sequence[Mapping[str, Any]], country: str, *, whole: bool, source: str
) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """
    Return the units that GeoJSON features describe, and what was mended in them.

    Parameters
    ----------
    features
        Features with the properties ``code`` and ``name``; a code may be missing or wrong.
    country
        Alpha-2 code of their country.
    whole
        Whether the feature is the country itself.
    source
        What to name in a message.

    Raises
    ------
    DataError
        If a feature has no polygon on the globe, or making it valid would change it.

    Notes
    -----
    A code that is not the country's, or stands twice, is replaced by one of the layer's own:
    ``X01`` onwards, in the order of the names. ISO 3166-2 leaves these free.
    """
    codes, told = ([country] * len(features), []) if whole else _coded(features, country)
    level = "country" if whole else "province"
    properties = [
        {"code": code, "country": country, "level": level, "name": _name(feature)}
        for code, feature in zip(codes, features, strict=True)
    ]
    drafts = drafts_of(
        [
            {"type": "Feature", "properties": told_of, "geometry": feature.get("geometry")}
            for told_of, feature in zip(properties, features, strict=True)
        ]
    )
    units: list[Unit] = []
    mended = list(told)
    for draft in drafts:
        for problem in draft.problems:
            raise DataError(f"{source}: {draft.label} {problem.reason}")
        polygon, change = _mended(draft, source)
        mended += change
        units.append(_unit(draft, polygon, whole=whole))
    return tuple(units), tuple(mended)


def without_nested(units: Sequence[Unit]) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """
    Return units of which none lies in another, and which were left out.

    Notes
    -----
    A source may give two levels at once. Where smaller units fill a larger one to a thousandth it
    is the larger that is left out; else those that lie within it.
    """
    polygons = [unit.polygon for unit in units]
    areas = shapely.area(polygons)
    tree = shapely.STRtree([polygon.representative_point() for polygon in polygons])
    left_out: set[int] = set()
    for outer in sorted(range(len(units)), key=lambda number: -areas[number]):
        inside = [
            inner
            for inner in tree.query(polygons[outer], predicate="contains").tolist()
            if inner != outer and areas[inner] < areas[outer] and inner not in left_out
        ]
        filled = sum(areas[inner] for inner in inside) / areas[outer] if inside else 0.0
        left_out |= {outer} if filled > 1 - 1e-3 else set(inside)
    codes = sorted(units[number].code for number in left_out)
    told = (f"left out, as they lie in others or are filled by them: {', '.join(codes)}",)
    kept = tuple(unit for number, unit in enumerate(units) if number not in left_out)
    return kept, told if codes else ()


def _coded(features: Sequence[Mapping[str, Any]], country: str) -> tuple[list[str], list[str]]:
    """Return a code for each feature, and what to say of those that are the layer's own."""
    form = re.compile(rf"{country}-[A-Z0-9]{{1,3}}")
    stated = [str(_properties(feature).get("code") or "").strip().upper() for feature in features]
    times = Counter(stated)
    wrong = [
        number
        for number, code in enumerate(stated)
        if not form.fullmatch(code) or times[code] > 1
    ]  # fmt: skip
    if len(wrong) > len(_OWN_LETTERS) * _OWN_NUMBERS:
        raise DataError(f"{country}: {len(wrong)} units without an ISO 3166-2 code are too many")
    wrong.sort(key=lambda number: _name(features[number]))
    for place, number in enumerate(wrong):
        letter, rest = divmod(place, _OWN_NUMBERS)
        stated[number] = f"{country}-{_OWN_LETTERS[letter]}{rest + 1:02d}"
    if not wrong:
        return stated, []
    told = (
        f"{len(wrong)} of {len(stated)} units of {country} have no ISO 3166-2 code of their own in"
        f" the source; they are {stated[wrong[0]]} to {stated[wrong[-1]]} by name"
    )
    return stated, [told]


def _mended(draft: Draft, source: str) -> tuple[shapely.MultiPolygon, list[str]]:
    if draft.polygon.is_valid:
        return _wound(draft.polygon), []
    reason = shapely.is_valid_reason(draft.polygon)
    valid = _wound(shapely.make_valid(draft.polygon, method="structure", keep_collapsed=False))
    before, after = (abs(geodesic_area_km2(polygon)) for polygon in (draft.polygon, valid))
    if valid.is_empty or abs(after - before) > MOST_MENDED * after:
        raise DataError(f"{source}: {draft.label} is no valid polygon ({reason})")
    return valid, [f"{draft.label}: made valid ({reason}), {after - before:+.6f} km²"]


def _unit(draft: Draft, polygon: shapely.MultiPolygon, *, whole: bool) -> Unit:
    unit = Unit(
        level="province",
        code=draft.code,
        country=draft.country,
        name=draft.name or draft.code,
        polygon=polygon,
    )
    return replace(unit, level="country", name=country_name(draft.country)) if whole else unit


def _wound(geometry: BaseGeometry) -> shapely.MultiPolygon:
    wound: shapely.MultiPolygon = shapely.orient_polygons(multipolygon(geometry))
    return wound


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _name(feature: Mapping[str, Any]) -> str:
    return str(_properties(feature).get("name") or "")
