"""Every shipped boundary file is what the registry says, and says what the ground says."""

import csv
import hashlib
import json
import re
import tomllib
import zipfile
from functools import cache
from math import hypot
from typing import Any

import pytest
import shapely

from bordermap._shipped import shipped
from bordermap.areas import geodesic_area_km2, geodesic_length_km
from bordermap.datasets import (
    BoundaryDataset,
    check_boundaries,
    load_basemap,
    load_dataset,
    without_lakes,
)

REQUIRED = {
    *("id", "kind", "title", "publisher", "licence", "attribution", "source_package"),
    *("source_version", "vintage", "crs", "rows", "file", "bytes", "sha256"),
}
REQUIRED_OF_BOUNDARIES = {"accuracy_m", "accuracy_reason", "worldview", "worldviews", "countries"}
OFFICIAL_KM2 = {"AM-SU": 4_506, "AM-VD": 2_308, "AM-GR": 5_349}
EXCLAVES = {
    "Artsvashen": ("AM", (45.51, 40.64), 38.05),
    "Yukhari Askipara": ("AZ", (45.02, 41.06), 25.5),
    "Barkhudarli": ("AZ", (45.208, 40.996), 10.15),
    "Karki": ("AZ", (44.95, 39.79), 8.4),
}


@cache
def entries() -> list[dict[str, Any]]:
    registry = tomllib.loads(shipped("registry.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = registry["dataset"]
    return found


@cache
def dataset(id_: str) -> BoundaryDataset:
    return load_dataset(id_)


def boundaries() -> list[dict[str, Any]]:
    return [entry for entry in entries() if entry["kind"] == "boundaries"]


def by_id(entry: dict[str, Any]) -> str:
    return str(entry["id"])


@pytest.mark.parametrize("entry", entries(), ids=by_id)
def test_an_entry_says_everything(entry: dict[str, Any]) -> None:
    required = REQUIRED | (REQUIRED_OF_BOUNDARIES if entry["kind"] == "boundaries" else set())
    assert required <= set(entry)
    assert all(entry[key] not in ("", []) for key in required)


@pytest.mark.parametrize("entry", entries(), ids=by_id)
def test_a_file_is_the_registered_one(entry: dict[str, Any]) -> None:
    content = shipped(*entry["file"].split("/")).read_bytes()
    assert len(content) == entry["bytes"]
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", boundaries(), ids=by_id)
def test_an_archive_holds_what_its_index_says(entry: dict[str, Any]) -> None:
    with zipfile.ZipFile(shipped(*entry["file"].split("/"))) as archive:
        index = json.loads(archive.read("index.json"))
        members = {name: archive.read(name) for name in archive.namelist()}
        dates = {info.date_time for info in archive.infolist()}
    features = {
        (name.removesuffix(".geojson"), number): feature
        for name, content in members.items()
        if name != "index.json"
        for number, feature in enumerate(json.loads(content)["features"])
    }
    assert len(index) == len(features) == entry["rows"]
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert len({(e["level"], e["code"]) for e in index}) == len(index)
    for e in index:
        feature = features[e["member"], e["line"]]
        assert feature["properties"] == {key: e[key] for key in feature["properties"]}
        assert feature["bbox"] == e["bbox"]


@pytest.mark.parametrize("entry", boundaries(), ids=by_id)
def test_every_polygon_is_valid_and_wound_as_rfc_7946_wants(entry: dict[str, Any]) -> None:
    data = dataset(entry["id"])
    polygons = data.read(data.entries)
    assert shapely.is_valid(polygons).all()
    rings = shapely.get_parts(polygons)
    assert shapely.is_ccw(shapely.get_exterior_ring(rings)).all()
    coordinates = shapely.get_coordinates(polygons)
    assert (abs(coordinates) <= (180.0, 90.0)).all()


@pytest.mark.parametrize("entry", boundaries(), ids=by_id)
def test_the_countries_are_those_declared(entry: dict[str, Any]) -> None:
    data = dataset(entry["id"])
    if entry["countries"] != ["world"]:
        assert sorted({e.code for e in data.entries if e.level == "country"}) == entry["countries"]
    else:
        assert len({e.country for e in data.entries}) > 230


OSM = [entry["id"] for entry in boundaries() if entry["id"].startswith("osm-")]


@pytest.mark.parametrize("id_", OSM)
def test_the_provinces_of_armenia_partition_it(id_: str) -> None:
    data = dataset(id_)
    country = data.country("AM").polygon
    polygons = [province.polygon for province in data.provinces_of("AM")]
    assert len(polygons) == 11
    assert shapely.coverage_is_valid(polygons)
    assert shapely.coverage_union_all(polygons).normalize() == country.normalize()
    parts_km2 = sum(geodesic_area_km2(polygon) for polygon in polygons)
    assert parts_km2 == pytest.approx(geodesic_area_km2(country), abs=1e-6)


@pytest.mark.parametrize("id_", OSM)
def test_provinces_are_within_two_percent_of_their_official_areas(id_: str) -> None:
    for province in dataset(id_).provinces(OFFICIAL_KM2):
        expected = pytest.approx(OFFICIAL_KM2[province.code], rel=0.02)
        assert geodesic_area_km2(province.polygon) == expected


def test_the_border_of_armenia_and_azerbaijan_is_as_long_as_officials_say() -> None:
    data = dataset("osm-2026")
    armenia, azerbaijan = data.country("AM").polygon, data.country("AZ").polygon
    line = shapely.intersection(armenia.boundary, azerbaijan.boundary)
    assert geodesic_length_km(line) == pytest.approx(1_007, rel=0.015)
    assert geodesic_area_km2(armenia) == pytest.approx(29_719.3, abs=0.1)


def test_provinces_keep_the_countrys_own_vertices_on_the_border() -> None:
    data = dataset("osm-2026")
    azerbaijan = data.country("AZ").polygon.boundary
    whole = shapely.intersection(data.country("AM").polygon.boundary, azerbaijan)
    by_province = [
        geodesic_length_km(shapely.intersection(province.polygon.boundary, azerbaijan))
        for province in data.provinces_of("AM")
    ]
    assert sum(by_province) == pytest.approx(geodesic_length_km(whole), abs=1e-9)


def swapped_km2(a: str, b: str) -> float:
    """Return the land of the three provinces that two datasets place on different sides."""
    return sum(
        geodesic_area_km2(shapely.intersection(province.polygon, other))
        for one, two in ((a, b), (b, a))
        for other in [dataset(two).country("AZ").polygon]
        for province in dataset(one).provinces(OFFICIAL_KM2)
    )


@pytest.mark.parametrize(
    ("id_", "expected_km2"), [("osm-2024", 4.66), ("osm-2017", 19.59), ("natural-earth-10m", 973.6)]
)
def test_datasets_differ_by_what_was_measured(id_: str, expected_km2: float) -> None:
    assert swapped_km2("osm-2026", id_) == pytest.approx(expected_km2, abs=0.05)


@pytest.mark.parametrize("entry", boundaries(), ids=by_id)
def test_neighbours_have_neither_gap_nor_overlap(entry: dict[str, Any]) -> None:
    pair = [dataset(entry["id"]).country(code).polygon for code in ("AM", "AZ")]
    assert shapely.coverage_is_valid(pair)


@pytest.mark.parametrize("entry", boundaries(), ids=by_id)
def test_the_reason_of_the_accuracy_has_its_figure(entry: dict[str, Any]) -> None:
    if entry["id"] == "osm-2026":
        assert "205 m" in entry["accuracy_reason"]
        return
    p95 = re.search(r"(\d+) m 95 times in 100", entry["accuracy_reason"])
    assert p95 is not None
    assert entry["accuracy_m"] == pytest.approx(hypot(float(p95[1]), 100.0), abs=1)


@pytest.mark.parametrize("name", EXCLAVES)
def test_an_exclave_has_its_known_area(name: str) -> None:
    country, point, expected_km2 = EXCLAVES[name]
    parts = dataset("osm-2026").country(country).polygon.geoms
    (part,) = [part for part in parts if part.contains(shapely.Point(point))]
    assert geodesic_area_km2(part) == pytest.approx(expected_km2, rel=0.01)


def test_artsvashen_belongs_to_gegharkunik_whole() -> None:
    _, point, expected_km2 = EXCLAVES["Artsvashen"]
    (gegharkunik,) = dataset("osm-2026").provinces(["AM-GR"])
    (part,) = [p for p in gegharkunik.polygon.geoms if p.contains(shapely.Point(point))]
    assert geodesic_area_km2(part) == pytest.approx(expected_km2, rel=0.01)


CORRECTED = {
    "AZ-LAC": "Laçın",  # noqa: RUF001
    "AZ-LAN": "Lənkəran rayonu",
    "AZ-NX": "Naxçıvan",  # noqa: RUF001
    "TJ-SU": "Sughd",
    "PK-GB": "Gilgit-Baltistan",
    "AM-ER": "Yerevan",
}


def test_faults_of_the_world_layer_are_corrected() -> None:
    world = dataset("natural-earth-10m")
    assert {code: world.province_entry(code).name for code in CORRECTED} == CORRECTED
    nakhchivan, lachin = world.provinces(["AZ-NX", "AZ-LAC"])
    assert geodesic_area_km2(nakhchivan.polygon) == pytest.approx(5_317, rel=0.15)
    assert lachin.polygon.contains(shapely.Point(46.31, 39.77))


def test_neighbours_in_the_world_layer_share_their_vertices() -> None:
    world = dataset("natural-earth-10m")
    for pair in (("AM", "AZ"), ("KG", "TJ"), ("IN", "CN"), ("FR", "DE")):
        polygons = [world.country(code).polygon for code in pair]
        assert shapely.coverage_is_valid(polygons), pair
        line = shapely.intersection(polygons[0].boundary, polygons[1].boundary)
        assert geodesic_length_km(line) > 300, pair


VIEWS = {
    ("iso", "UA-43"): "UA",
    ("de-facto", "UA-43"): "RU",
    ("ru", "UA-43"): "RU",
    ("iso", "MA-15"): "EH",
    ("ma", "MA-15"): "MA",
    ("cn", "IN-AR"): "CN",
    ("in", "PK-GB"): "IN",
    ("iso", "PK-GB"): "PK",
    ("ru", "XK-X01"): "RS",
    ("us", "XK-X01"): "XK",
    ("pk", "IN-LA"): None,
    ("iso", "ZZ-X06"): None,
}


@pytest.mark.parametrize(("view", "code"), VIEWS)
def test_a_view_says_whose_a_province_is(view: str, code: str) -> None:
    assert load_dataset("natural-earth-10m", worldview=view).country_of(code) == VIEWS[view, code]


def test_the_basemap_has_lake_sevan_and_the_rivers_around() -> None:
    basemap = load_basemap((44.0, 38.7, 47.0, 41.3))
    lakes = {lake.name: lake for lake in basemap.lakes}
    sevan = lakes["Lake Sevan"]
    assert sevan.names["az"] == "Göyçə gölü"
    assert geodesic_area_km2(sevan.shape) == pytest.approx(1_380, abs=10)
    assert {"Kura", "Aras"} <= {river.name for river in basemap.rivers}
    assert "Natural Earth" in basemap.attribution


def test_gegharkunik_can_be_measured_without_lake_sevan() -> None:
    (gegharkunik,) = dataset("osm-2026").provinces(["AM-GR"])
    lakes = load_basemap(gegharkunik.polygon.bounds).lakes
    land = without_lakes(gegharkunik, lakes)
    water_km2 = sum(
        geodesic_area_km2(shapely.intersection(lake.shape, gegharkunik.polygon)) for lake in lakes
    )
    assert geodesic_area_km2(land.polygon) == pytest.approx(5_332.2 - water_km2, abs=0.1)
    assert water_km2 == pytest.approx(1_380, abs=15)


def test_every_lake_and_river_is_sound() -> None:
    basemap = load_basemap((-180, -90, 180, 90))
    (entry,) = [e for e in entries() if e["id"] == "natural-earth-waters"]
    assert len(basemap.lakes) + len(basemap.rivers) == entry["rows"]
    assert shapely.is_valid([lake.shape for lake in basemap.lakes]).all()
    assert not shapely.is_empty([w.shape for w in (*basemap.lakes, *basemap.rivers)]).any()


@pytest.mark.parametrize("entry", entries(), ids=by_id)
def test_the_readme_says_what_the_registry_says(entry: dict[str, Any]) -> None:
    page = " ".join(shipped("README.md").read_text("utf-8").split())
    assert f"`{entry['id']}`" in page
    assert entry["licence"] in page
    assert entry["attribution"] in page
    for package, version in zip(
        entry["source_package"].split(" + "), entry["source_version"].split(" + "), strict=True
    ):
        name = package.partition(":")[2]
        assert name == "bordermap" or re.search(rf"`{re.escape(name)}` {re.escape(version)}", page)


@pytest.mark.parametrize("entry", boundaries(), ids=by_id)
def test_the_readme_has_the_figures_of_a_dataset(entry: dict[str, Any]) -> None:
    page = " ".join(shipped("README.md").read_text("utf-8").split())
    data = dataset(entry["id"])
    armenia, azerbaijan = (data.country(code).polygon for code in ("AM", "AZ"))
    border_km = geodesic_length_km(
        shapely.intersection(armenia.boundary, azerbaijan.boundary)  # points of touch have none
    )
    row = re.search(rf"\| `{entry['id']}` .*?\|\s(?=\| `|\s*Attrib)", page)
    assert row is not None
    assert f"| {border_km:,.1f} km |" in row[0]
    assert f"| {entry['accuracy_m']:,.0f} m |" in row[0]
    assert entry["vintage"] in row[0]


def test_the_readme_names_every_view() -> None:
    page = shipped("README.md").read_text("utf-8")
    (entry,) = [e for e in boundaries() if e["id"] == "natural-earth-10m"]
    assert all(f"`{view}`" in page for view in entry["worldviews"])


def test_no_place_of_the_gazetteer_lies_on_the_other_side() -> None:
    lines = shipped("gazetteer", "places.tsv").read_text("utf-8").splitlines()
    places = list(csv.DictReader(lines, delimiter="\t"))
    for code, expected in (("AM", 625), ("AZ", 245)):
        points = [
            shapely.Point(float(place["lon"]), float(place["lat"]))
            for place in places
            if place["country"] == code
        ]
        assert len(points) == expected
        country = dataset("osm-2026").country(code).polygon
        shapely.prepare(country)
        assert shapely.contains(country, points).all()


def test_every_correction_still_finds_its_unit() -> None:
    """A correction that no longer does anything would be a false statement."""
    corrections = tomllib.loads(shipped("recipe", "corrections.toml").read_text("utf-8"))
    world = dataset("natural-earth-10m")
    for entry in corrections["recode"]:
        unit = world.province_entry(entry["code"])
        assert unit.name == entry.get("name", unit.name)
    for entry in (*corrections["group"], *corrections["rename"]):
        names = world.province_entry(entry["code"]).names
        assert entry["names"].items() <= names.items()
    assert all(entry["reason"] for table in corrections.values() for entry in table)


@pytest.mark.parametrize("id_", OSM)
def test_the_check_finds_nothing_wrong(id_: str) -> None:
    assert check_boundaries(id_).problems == ()


def test_the_check_of_the_world_finds_seas_and_what_was_mended() -> None:
    found = check_boundaries("natural-earth-10m")
    gaps = [problem for problem in found.problems if problem.kind == "gap"]
    assert "397054" in gaps[0].reason  # the Caspian
    assert len(gaps) == 3
    assert {p.kind for p in found.problems} == {"gap", "overlap", "seam"}
    (overlap,) = [problem for problem in found.problems if problem.kind == "overlap"]
    assert overlap.feature == "IT-GO, SI-007"
