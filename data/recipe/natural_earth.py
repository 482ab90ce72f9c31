"""The admin-1 units of the whole world, as Natural Earth draws them, with open corrections."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from recipe.features import UNGIVEN, BoundaryFeature, multipolygon, rounded
from recipe.packages import member

CORRECTIONS = Path(__file__).with_name("corrections.toml")
CONTENT = "package/data/build.json"
DECIMALS = 5
NO_COUNTRY = "-1"  # the layer's iso_a2 where no code fits
NO_PREFIX = "-99"  # the same in its iso_3166_2
MARK = "FCLASS_"
DE_FACTO = "de-facto"
# the views that the layer has fields for; "iso" is the default here, "tlc" is a rank and no view
VIEWS = (
    *(
        "ar",
        "bd",
        "br",
        "cn",
        "de",
        "eg",
        "es",
        "fr",
        "gb",
        "gr",
        "id",
        "il",
        "in",
        "it",
        "jp",
        "ko",
    ),
    *("ma", "nl", "np", "pk", "pl", "ps", "pt", "ru", "sa", "se", "tr", "tw", "ua", "us", "vn"),
)
_LANGUAGES = {"ru": "name_ru", "en": "name_en"}
_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """
    A polygon that had to be mended.

    Parameters
    ----------
    code, reason
        Which, and what was wrong with it.
    area_change_km2
        What mending it did to its geodesic area [km²].
    """

    code: str
    reason: str
    area_change_km2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminUnits:
    """
    The admin-1 layer in normal form, and what was done to it.

    Parameters
    ----------
    features
        The provinces; code, country and names are corrected.
    merged
        How many features of the layer make up a code that several of them bear.
    repairs
        Polygons that were mended.
    views
        Names of the layer's own views.
    """

    features: tuple[BoundaryFeature, ...]
    merged: Mapping[str, int]
    repairs: tuple[Repair, ...]
    views: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """One feature of the layer on its way to the normal form."""

    adm1_code: str
    code: str
    country: str | None
    de_facto: str | None
    name: str
    names: Mapping[str, str]
    wikidata: str
    marks: Mapping[str, str]
    polygon: BaseGeometry
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Corrections:
    """The table of corrections; every entry has its reason beside it."""

    tables: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path = CORRECTIONS) -> "Corrections":
        """Return the table as it stands in a TOML file."""
        return cls(tomllib.loads(path.read_text("utf-8")))

    def entries(self, table: str) -> list[dict[str, Any]]:
        """Return the entries of one kind."""
        return self.tables.get(table, [])

    def by(self, table: str, key: str) -> dict[str, dict[str, Any]]:
        """Return the entries of one kind by one of their values."""
        return {entry[key]: entry for entry in self.entries(table)}


def admin_units(tarball: Path, corrections: Corrections) -> AdminUnits:
    """
    Return the admin-1 units of the world, longitude, latitude [degrees, WGS 84].

    Raises
    ------
    LookupError
        If a correction no longer finds its feature.
    """
    layer = json.loads(member(tarball, CONTENT))
    repairs: list[Repair] = []
    units = [_unit(feature, repairs) for feature in layer["features"]]
    units = _recoded(units, corrections)
    units = _grouped(units, corrections)
    units = _united(units)
    units = _renamed(units, corrections)
    return AdminUnits(
        features=tuple(_feature(unit, corrections) for unit in units),
        merged={unit.code: unit.pieces for unit in units if unit.pieces > 1},
        repairs=tuple(repairs),
        views=VIEWS,
    )


def _unit(feature: dict[str, Any], repairs: list[Repair]) -> _Unit:
    properties = feature["properties"]
    code = properties["iso_3166_2"]
    de_facto = properties["iso_a2"]
    return _Unit(
        adm1_code=properties["adm1_code"],
        code=code,
        country=None if code.startswith(NO_PREFIX) else code[:2],
        de_facto=None if de_facto == NO_COUNTRY else de_facto,
        name=properties["name"] or properties["admin"],
        names=_names(properties),
        wikidata=properties["wikidataid"] or "",
        marks={
            key.removeprefix(MARK).lower(): value
            for key, value in properties.items()
            if key.startswith(MARK) and value
        },
        polygon=_sound(code, shapely.from_geojson(json.dumps(feature["geometry"])), repairs),
    )


def _names(properties: Mapping[str, str]) -> dict[str, str]:
    names = {lang: properties[key] for lang, key in _LANGUAGES.items() if properties[key]}
    local = [form.strip() for form in (properties["name_local"] or "").split("|") if form.strip()]
    if local:
        names["local"] = local[0]
    if properties["adm0_a3"] == "ARM":  # both forms stand there, Armenian first
        names["hy"] = local[0]
    if properties["adm0_a3"] == "AZE":  # the layer's plain name is the Azerbaijani one
        names["az"] = properties["name"]
    return names


def _sound(code: str, raw: BaseGeometry, repairs: list[Repair]) -> BaseGeometry:
    """Return a valid polygon on the grid, and note what was mended."""
    shape = rounded(raw, DECIMALS)
    if shape.is_valid:
        return shape
    stage = "after rounding" if raw.is_valid else "as delivered"
    reason = shapely.is_valid_reason(shape if raw.is_valid else raw)
    pieces = shapely.get_parts(shapely.make_valid(shape))
    parts = [rounded(piece, DECIMALS) for piece in pieces if piece.geom_type == "Polygon"]
    mended = shapely.MultiPolygon([part for part in parts if part.is_valid and part.area > 0])
    change_km2 = _area_km2(mended) - _area_km2(shapely.make_valid(raw))
    repairs.append(
        Repair(code=code, reason=f"{stage}: {reason}", area_change_km2=round(change_km2, 6))
    )
    return mended


def _area_km2(geometry: BaseGeometry) -> float:
    area_m2, _ = _WGS84.geometry_area_perimeter(multipolygon(geometry))
    return float(area_m2) / 1e6


def _recoded(units: list[_Unit], corrections: Corrections) -> list[_Unit]:
    recode = corrections.by("recode", "adm1_code")
    given = corrections.by("given", "adm1_code")
    _all_found({*recode, *given}, {unit.adm1_code for unit in units})
    done = []
    for unit in units:
        entry = recode.get(unit.adm1_code, {})
        country = given.get(unit.adm1_code, {}).get("country", unit.country)
        code = entry.get("code", _plain(unit.code, country))
        done.append(replace(_amended(unit, entry), code=code, country=country))
    return done


def _plain(code: str, country: str | None) -> str:
    """Return a code in the form of ISO 3166-2; the layer marks its own inventions with a tilde."""
    plain = code.removesuffix("~")
    if plain.startswith(NO_PREFIX):
        return f"{country or UNGIVEN}{plain.removeprefix(NO_PREFIX)}"
    return plain


def _amended(unit: _Unit, entry: Mapping[str, Any]) -> _Unit:
    # a new item means the layer took the names of another unit: none of them stay
    kept = {} if "wikidata" in entry else unit.names
    return replace(
        unit,
        name=entry.get("name", unit.name),
        names={**kept, **entry.get("names", {})},
        wikidata=entry.get("wikidata", unit.wikidata),
    )


def _grouped(units: list[_Unit], corrections: Corrections) -> list[_Unit]:
    for entry in corrections.entries("group"):
        members = set(entry["members"])
        _all_found(members, {unit.code for unit in units})
        units = [
            replace(_amended(unit, entry), code=entry["code"]) if unit.code in members else unit
            for unit in units
        ]
    return units


def _united(units: list[_Unit]) -> list[_Unit]:
    groups: dict[str, list[_Unit]] = {}
    for unit in units:
        groups.setdefault(unit.code, []).append(unit)
    return [_union(group) for _, group in sorted(groups.items())]


def _union(group: list[_Unit]) -> _Unit:
    if len(group) == 1:
        return group[0]
    # the largest piece names the whole; it is the unit, the others are cities cut out of it
    chief = max(group, key=lambda unit: unit.polygon.area)
    whole = shapely.coverage_union_all([unit.polygon for unit in group])
    return replace(chief, polygon=whole, pieces=len(group))


def _renamed(units: list[_Unit], corrections: Corrections) -> list[_Unit]:
    rename = corrections.by("rename", "code")
    _all_found(set(rename), {unit.code for unit in units})
    return [_amended(unit, rename.get(unit.code, {})) for unit in units]


def _feature(unit: _Unit, corrections: Corrections) -> BoundaryFeature:
    default = _default_country(unit, corrections)
    views = {view: country for view, country in _views(unit, corrections) if country != default}
    return BoundaryFeature(
        level="province",
        code=unit.code,
        country=default,
        name=unit.name,
        polygon=multipolygon(unit.polygon),
        names=dict(sorted(unit.names.items())),
        wikidata=unit.wikidata,
        views=dict(sorted(views.items())),
    )


def _default_country(unit: _Unit, corrections: Corrections) -> str | None:
    return _given_instead(unit, "iso", corrections) if "iso" in unit.marks else unit.country


def _views(unit: _Unit, corrections: Corrections) -> Iterator[tuple[str, str | None]]:
    yield DE_FACTO, unit.de_facto
    for view in unit.marks:
        if view in VIEWS:
            yield view, _given_instead(unit, view, corrections)
    if "iso" in unit.marks:  # views that do recognise what the default does not
        yield from ((view, unit.country) for view in VIEWS if view not in unit.marks)
    for entry in corrections.entries("view"):
        if entry.get("always") and unit.code in entry["codes"]:
            yield from ((view, entry["country"]) for view in entry["views"])


def _given_instead(unit: _Unit, view: str, corrections: Corrections) -> str | None:
    for entry in corrections.entries("view"):
        named = unit.code in entry.get("codes", ())
        prefixed = "prefix" in entry and unit.code.startswith(entry["prefix"])
        if (named or prefixed) and ("*" in entry["views"] or view in entry["views"]):
            country: str = entry["country"]
            return country
    return None


def _all_found(wanted: set[str], there: set[str]) -> None:
    if missing := sorted(wanted - there):
        message = f"corrections for features that the layer does not have: {', '.join(missing)}"
        raise LookupError(message)
