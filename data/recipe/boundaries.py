"""The boundary datasets: one function each, from its packages to a file to ship."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot
from pathlib import Path

import shapely

from recipe import geo_maps, osm_grid
from recipe.accuracy import Distance, distance, shared_line
from recipe.features import BoundaryFeature, archive
from recipe.hybrid import DetachedPart, cut_into_provinces
from recipe.natural_earth import DE_FACTO, AdminUnits, Corrections
from recipe.packages import GEO_MAPS, NATURAL_EARTH, OSM_GRID, TIMEZONES, Package
from recipe.registry import BuiltFile, Value
from recipe.seam import Seam, joined
from recipe.timezones import zone_polygon

CLAIMED, NEIGHBOUR = "AM", "AZ"
COUNTRY_NAMES = {
    CLAIMED: {"en": "Armenia", "hy": "Հայաստան", "az": "Ermənistan", "ru": "Армения"},
    NEIGHBOUR: {"en": "Azerbaijan", "hy": "Ադրբեջան", "az": "Azərbaycan", "ru": "Азербайджан"},
}
COUNTRY_ITEMS = {CLAIMED: "Q399", NEIGHBOUR: "Q227"}
OSM_DECIMALS = 7
NE_DECIMALS = 5
BEST_ACCURACY_M = 100.0
"""Of the dataset that the others are measured against [m]; half the distance of its vertices."""

OSM: dict[str, Value] = {
    "kind": "boundaries",
    "publisher": "OpenStreetMap contributors",
    "licence": "ODbL-1.0",
    "attribution": "© OpenStreetMap contributors (ODbL 1.0); inner province lines: Natural Earth",
}
MAPPED = "the line as mapped in OpenStreetMap, which follows the Soviet republics: "
"""What all vintages have in common; who is given which exclave follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryPair:
    """
    Two neighbours as one dataset draws them.

    Parameters
    ----------
    claimed, neighbour
        Longitude, latitude [degrees, WGS 84]; shared vertices are the same on both sides.
    """

    claimed: shapely.MultiPolygon
    neighbour: shapely.MultiPolygon

    @property
    def border(self) -> shapely.MultiLineString:
        """What the two have in common [degrees, WGS 84]."""
        return shared_line(self.claimed, self.neighbour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """
    What the datasets are made with and measured against.

    Parameters
    ----------
    units
        Whose internal lines the provinces get.
    corrections
        Which part of a country belongs to which province whole.
    best
        The most accurate pair.
    """

    units: AdminUnits
    corrections: Corrections
    best: CountryPair


def pair_2026(wheel: Path) -> CountryPair:
    """Return the two countries as time zones have them: exact, as they come."""
    return CountryPair(
        claimed=zone_polygon(wheel, "Asia/Yerevan"), neighbour=zone_polygon(wheel, "Asia/Baku")
    )


def osm_2026(ground: Ground) -> BuiltFile:
    """Return the newest vintage, the one that the others are measured against."""
    return _osm_file(
        ground.best,
        ground,
        TIMEZONES,
        {
            "id": "osm-2026",
            "title": "OpenStreetMap 2026, by way of time zone release 2026e",
            "vintage": "2026",
            "accuracy_m": BEST_ACCURACY_M,
            "accuracy_reason": (
                "no better open line exists to measure it against; half the mean distance of its "
                "vertices on the border between Armenia and Azerbaijan (205 m)"
            ),
            "worldview": (
                f"{MAPPED}Artsvashen in Armenia; Yukhari Askipara, Barkhudarli and Karki in "
                "Azerbaijan, whoever holds them"
            ),
        },
    )


def osm_2024(wheel: Path, ground: Ground) -> BuiltFile:
    """Return the vintage of June 2024, simplified by its publisher and mended at the border."""
    countries = osm_grid.country_polygons(wheel, (CLAIMED, NEIGHBOUR))
    seam = joined(countries[CLAIMED], countries[NEIGHBOUR], decimals=OSM_DECIMALS)
    pair = CountryPair(claimed=seam.first, neighbour=seam.second)
    accuracy_m, reason = _accuracy(distance(ground.best.border, pair.border))
    return _osm_file(
        pair,
        ground,
        OSM_GRID,
        {
            "id": "osm-2024",
            "title": "OpenStreetMap of 10 June 2024, simplified for a geocoder",
            "vintage": "2024-06-10",
            "accuracy_m": accuracy_m,
            "accuracy_reason": reason,
            "mended": _mended(seam),
            "worldview": (
                f"{MAPPED}Artsvashen in Armenia; Yukhari Askipara, Barkhudarli and Karki in "
                "Azerbaijan, whoever holds them"
            ),
        },
    )


def osm_2017(tarball: Path, ground: Ground) -> BuiltFile:
    """Return the vintage of December 2017, simplified by its publisher."""
    codes = {"ARM": CLAIMED, "AZE": NEIGHBOUR}
    countries = geo_maps.country_polygons(tarball, codes)
    seam = joined(countries[CLAIMED], countries[NEIGHBOUR], decimals=OSM_DECIMALS)
    pair = CountryPair(claimed=seam.first, neighbour=seam.second)
    accuracy_m, reason = _accuracy(distance(ground.best.border, pair.border))
    return _osm_file(
        pair,
        ground,
        GEO_MAPS,
        {
            "id": "osm-2017",
            "title": "OpenStreetMap of December 2017, simplified",
            "vintage": "2017",
            "accuracy_m": accuracy_m,
            "accuracy_reason": f"{reason}; Karki, which it lacks, counts in full",
            "mended": _mended(seam),
            "worldview": (
                f"{MAPPED}Artsvashen in Armenia; Yukhari Askipara and Barkhudarli in Azerbaijan; "
                "Karki is not drawn and stands in Armenia"
            ),
        },
    )


def natural_earth_10m(ground: Ground) -> BuiltFile:
    """Return the admin-1 units of the world."""
    units = ground.units
    pair = CountryPair(claimed=_union(units, CLAIMED), neighbour=_union(units, NEIGHBOUR))
    accuracy_m, reason = _accuracy(distance(ground.best.border, pair.border))
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
            "accuracy_m": accuracy_m,
            "accuracy_reason": f"{reason}; other borders are not measured",
            "mended": [
                f"{r.code}: {r.reason} ({r.area_change_km2:+.6f} km²)" for r in units.repairs
            ],
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


def _accuracy(measured: Distance) -> tuple[float, str]:
    reason = (
        f"its border between Armenia and Azerbaijan lies {measured.mean_m:.0f} m from osm-2026 on "
        f"average, {measured.p95_m:.0f} m 95 times in 100, {measured.max_m:.0f} m at most "
        f"(every 100 m); the second, and the {BEST_ACCURACY_M:.0f} m of osm-2026, as independent"
    )
    return float(round(hypot(measured.p95_m, BEST_ACCURACY_M))), reason


def _mended(seam: Seam) -> list[str]:
    said = [
        f"overlaps of the two countries given to Armenia: {seam.overlap_km2:.4f} km²",
        f"gaps between them given to Azerbaijan: {seam.gaps_km2:.4f} km²",
    ]
    if seam.holes_km2:
        holes = ", ".join(f"{hole:.0f}" for hole in seam.holes_km2)
        said.append(f"holes inside Azerbaijan that do not touch Armenia, filled: {holes} km²")
    return said


def _union(units: AdminUnits, country: str) -> shapely.MultiPolygon:
    polygons = [unit.polygon for unit in units.features if unit.country == country]
    return shapely.MultiPolygon(list(shapely.get_parts(shapely.coverage_union_all(polygons))))


def _osm_file(
    pair: CountryPair, ground: Ground, package: Package, about: dict[str, Value]
) -> BuiltFile:
    features = [
        _country(CLAIMED, pair.claimed),
        _country(NEIGHBOUR, pair.neighbour),
        *_provinces(pair.claimed, ground),
    ]
    return BuiltFile(
        path=f"boundaries/{about['id']}.zip",
        content=archive(features, decimals=OSM_DECIMALS),
        rows=len(features),
        about={
            **OSM,
            **about,
            "source_package": f"{package.label} + {NATURAL_EARTH.label}",
            "source_version": f"{package.version} + {NATURAL_EARTH.version}",
            "worldviews": ["iso"],
            "countries": [CLAIMED, NEIGHBOUR],
            "provinces_of": [CLAIMED],
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


def _provinces(outline: shapely.MultiPolygon, ground: Ground) -> list[BoundaryFeature]:
    inner: Mapping[str, BoundaryFeature] = {
        unit.code: unit for unit in ground.units.features if unit.country == CLAIMED
    }
    detached = [
        DetachedPart(point=shapely.Point(entry["point"]), province=entry["province"])
        for entry in ground.corrections.entries("detached")
    ]
    cut = cut_into_provinces(outline, {c: u.polygon for c, u in inner.items()}, detached)
    return [
        BoundaryFeature(
            level="province",
            code=code,
            country=CLAIMED,
            name=inner[code].name,
            names=inner[code].names,
            wikidata=inner[code].wikidata,
            polygon=polygon,
        )
        for code, polygon in sorted(cut.items())
    ]
