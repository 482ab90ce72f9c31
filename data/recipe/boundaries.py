"""The boundary datasets: one function each, from its packages to a file to ship."""

from collections.abc import Mapping
from pathlib import Path

import shapely

from recipe.features import BoundaryFeature, archive
from recipe.hybrid import DetachedPart, cut_into_provinces
from recipe.natural_earth import DE_FACTO, AdminUnits, Corrections
from recipe.packages import NATURAL_EARTH, TIMEZONES
from recipe.registry import BuiltFile, Value
from recipe.timezones import zone_polygon

COUNTRY_NAMES = {
    "AM": {"en": "Armenia", "hy": "Հայաստան", "az": "Ermənistan", "ru": "Армения"},
    "AZ": {"en": "Azerbaijan", "hy": "Ադրբեջան", "az": "Azərbaycan", "ru": "Азербайджан"},
}
COUNTRY_ITEMS = {"AM": "Q399", "AZ": "Q227"}
OSM_DECIMALS = 7
NE_DECIMALS = 5
OSM: dict[str, Value] = {
    "kind": "boundaries",
    "publisher": "OpenStreetMap contributors",
    "licence": "ODbL-1.0",
    "attribution": "© OpenStreetMap contributors (ODbL 1.0); inner province lines: Natural Earth",
}


def osm_2026(wheel: Path, units: AdminUnits, corrections: Corrections) -> BuiltFile:
    """Return Armenia and Azerbaijan as time zones had them in 2026, with Armenia's provinces."""
    countries = {
        "AM": zone_polygon(wheel, "Asia/Yerevan"),
        "AZ": zone_polygon(wheel, "Asia/Baku"),
    }
    return _osm_file(
        countries,
        units,
        corrections,
        {
            "id": "osm-2026",
            "title": "OpenStreetMap 2026, by way of time zone release 2026e",
            "source_package": f"{TIMEZONES.label} + {NATURAL_EARTH.label}",
            "source_version": f"{TIMEZONES.version} + {NATURAL_EARTH.version}",
            "vintage": "2026",
            "accuracy_m": 100.0,
            "accuracy_reason": (
                "no better open line exists to measure it against; half the mean distance of its "
                "vertices on the border between Armenia and Azerbaijan (205 m)"
            ),
            "worldview": (
                "the line as mapped in OpenStreetMap, which follows the Soviet republics: "
                "Artsvashen in Armenia; Yukhari Askipara, Barkhudarli and Karki in Azerbaijan, "
                "whoever holds them"
            ),
        },
    )


def natural_earth_10m(units: AdminUnits) -> BuiltFile:
    """Return the admin-1 units of the world."""
    return BuiltFile(
        path="boundaries/natural-earth-10m.zip",
        content=archive(units.features, decimals=NE_DECIMALS),
        rows=len(units.features),
        about={
            "kind": "boundaries",
            "id": "natural-earth-10m",
            "title": "Natural Earth 1:10m, first-level units of the world",
            "publisher": "Natural Earth",
            "licence": "LicenseRef-public-domain",
            "attribution": "Made with Natural Earth (public domain)",
            "source_package": NATURAL_EARTH.label,
            "source_version": NATURAL_EARTH.version,
            "vintage": "2022",
            "accuracy_m": 5000.0,
            "accuracy_reason": "drawn for 1:10,000,000",
            "worldview": (
                "de facto lines; a province is given to the country of its ISO 3166-2 code, and "
                "other views can be chosen; Artsvashen in Armenia, Barkhudarli and Yukhari "
                "Askipara in Azerbaijan, Karki not drawn"
            ),
            "worldviews": ["iso", DE_FACTO, *units.views],
            "countries": ["world"],
            "provinces_of": ["world"],
        },
    )


def _osm_file(
    countries: Mapping[str, shapely.MultiPolygon],
    units: AdminUnits,
    corrections: Corrections,
    about: dict[str, Value],
) -> BuiltFile:
    shells = [_country(code, polygon) for code, polygon in countries.items()]
    features = [*shells, *_provinces("AM", countries["AM"], units, corrections)]
    return BuiltFile(
        path=f"boundaries/{about['id']}.zip",
        content=archive(features, decimals=OSM_DECIMALS),
        rows=len(features),
        about={
            **OSM,
            **about,
            "worldviews": ["iso"],
            "countries": sorted(countries),
            "provinces_of": ["AM"],
        },
    )


def _country(code: str, polygon: shapely.MultiPolygon) -> BoundaryFeature:
    return BoundaryFeature(
        level="country",
        code=code,
        country=code,
        name=COUNTRY_NAMES[code]["en"],
        names=COUNTRY_NAMES[code],
        wikidata=COUNTRY_ITEMS[code],
        polygon=polygon,
    )


def _provinces(
    country: str, outline: shapely.MultiPolygon, units: AdminUnits, corrections: Corrections
) -> list[BoundaryFeature]:
    inner = {unit.code: unit for unit in units.features if unit.country == country}
    detached = [
        DetachedPart(point=shapely.Point(entry["point"]), province=entry["province"])
        for entry in corrections.entries("detached")
    ]
    cut = cut_into_provinces(outline, {c: u.polygon for c, u in inner.items()}, detached)
    return [
        BoundaryFeature(
            level="province",
            code=code,
            country=country,
            name=inner[code].name,
            names=inner[code].names,
            wikidata=inner[code].wikidata,
            polygon=polygon,
        )
        for code, polygon in sorted(cut.items())
    ]
