"""Datasets: codes, errors that help, a user's own file. All land here is invented."""

import json
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
import shapely
from hypothesis import given
from pyproj import Geod

from bordermap.datasets import BoundaryDataset, IndexEntry, alpha2, alpha3, load_dataset
from bordermap.errors import (
    BordermapError,
    CRSError,
    DataError,
    GeometryError,
    PlaceNotFoundError,
    UnregisteredFileError,
)
from bordermap.provenance import Dataset

SQUARES = {"AM-SU": (44.0, 40.0), "AM-VD": (45.0, 40.0), "AZ-LAC": (46.0, 40.0)}


def square(west: float, south: float, size: float = 1.0) -> list[list[list[float]]]:
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(code: str, coordinates: object, **properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, **properties},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }


def collection(**members: object) -> dict[str, Any]:
    features = [feature(code, square(*corner)) for code, corner in SQUARES.items()]
    return {"type": "FeatureCollection", "features": features, **members}


def written(folder: Path, document: object) -> Path:
    path = folder / "land.geojson"
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.fixture
def land(tmp_path: Path) -> BoundaryDataset:
    return load_dataset(written(tmp_path, collection()))


def test_a_country_may_be_named_by_either_code() -> None:
    assert [alpha2(code) for code in ("AM", "ARM", "arm", " aze ")] == ["AM", "AM", "AM", "AZ"]
    assert alpha3("AM") == "ARM"


@given(st.sampled_from(["AM", "AZ", "KG", "TJ", "IN", "CN", "XK", "SS", "PS"]))
def test_the_two_codes_of_a_country_undo_each_other(code: str) -> None:
    assert alpha2(alpha3(code)) == code


def test_an_unknown_country_is_refused_with_near_ones() -> None:
    with pytest.raises(PlaceNotFoundError, match=r"'AMR'.*near: .*AM"):
        alpha2("AMR")


def test_provinces_come_in_the_order_asked_for(land: BoundaryDataset) -> None:
    provinces = land.provinces(["AM-VD", "AM-SU"])
    assert [(p.code, p.country) for p in provinces] == [("AM-VD", "AM"), ("AM-SU", "AM")]


def test_a_country_is_the_union_of_its_provinces(land: BoundaryDataset) -> None:
    expected = shapely.box(44, 40, 46, 41)
    assert land.country("ARM").polygon.equals(expected)


@given(gap=st.floats(0.0, 0.5))
def test_a_country_of_provinces_that_do_not_fit_has_the_area_of_their_union(gap: float) -> None:
    one, other = shapely.box(0, 0, 1, 1), shapely.box(1 - gap, 0.1, 2 - gap, 1.2)
    dataset = in_memory({"AM-SU": one, "AM-VD": other})
    expected = one.union(other).area
    assert dataset.country("AM").polygon.area == pytest.approx(expected, rel=1e-12)


def test_the_area_of_a_country_is_the_sum_of_its_provinces(land: BoundaryDataset) -> None:
    measure = Geod(ellps="WGS84").geometry_area_perimeter
    parts = sum(measure(province.polygon)[0] for province in land.provinces_of("AM"))
    assert measure(land.country("AM").polygon)[0] == pytest.approx(parts, rel=1e-9)


def test_what_meets_a_box_is_found_without_reading_geometry(land: BoundaryDataset) -> None:
    assert [entry.code for entry in land.within((45.2, 40.2, 46.2, 40.4))] == ["AM-VD", "AZ-LAC"]


def test_a_view_decides_whose_a_province_is() -> None:
    seen = in_memory(
        {"AM-SU": shapely.box(0, 0, 1, 1)}, worldview="de-facto", views={"de-facto": "AZ"}
    )
    assert seen.country_of("AM-SU") == "AZ"
    assert seen.provinces_of("AZE")[0].country == "AZ"
    with pytest.raises(PlaceNotFoundError, match="under the view 'de-facto'"):
        seen.country("AM")


def test_an_unknown_province_is_refused_with_near_ones(land: BoundaryDataset) -> None:
    with pytest.raises(PlaceNotFoundError, match=r"no province 'AM-SY'; near: AM-SU"):
        land.provinces(["AM-SY"])


def test_a_country_that_is_not_there_is_refused_with_those_that_are(land: BoundaryDataset) -> None:
    with pytest.raises(PlaceNotFoundError, match=r"no GE \(Georgia\); it has AM, AZ"):
        land.country("GE")


def test_an_unknown_dataset_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnregisteredFileError, match="'osm-2025'; did you mean osm-202"):
        load_dataset("osm-2025")


@pytest.mark.parametrize("key", ["iso_3166_2", "ISO3166-2", "shapeISO"])
def test_a_code_is_read_from_common_properties(tmp_path: Path, key: str) -> None:
    document = collection()
    for entry in document["features"]:
        entry["properties"] = {key: entry["properties"]["code"]}
    assert load_dataset(written(tmp_path, document)).country_of("AM-SU") == "AM"


def test_a_file_says_how_its_accuracy_was_chosen(land: BoundaryDataset) -> None:
    assert land.info.accuracy_m > 0
    assert "half the mean distance of its vertices" in land.info.accuracy_reason


def test_a_file_may_state_its_licence_and_accuracy(tmp_path: Path) -> None:
    said = {"licence": "CC0-1.0", "accuracy_m": 25, "vintage": "2024"}
    info = load_dataset(written(tmp_path, collection(dataset=said))).info
    assert (info.licence, info.accuracy_m, info.vintage) == ("CC0-1.0", 25.0, "2024")
    assert info.countries == ("AM", "AZ")


BAD = {
    "metres": (collection(features=[feature("AM-SU", square(5e6, 4e6, 1e5))]), CRSError, "degrees"),
    "another crs": (
        collection(crs={"type": "name", "properties": {"name": "EPSG:32638"}}),
        CRSError,
        "EPSG:32638",
    ),
    "crossing ring": (
        collection(features=[feature("AM-SU", [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]])]),
        GeometryError,
        "Self-intersection",
    ),
    "open ring": (
        collection(features=[feature("AM-SU", [[[0, 0], [1, 0], [1, 1]]])]),
        GeometryError,
        "AM-SU",
    ),
    "a point": (
        collection(features=[{**feature("AM-SU", []), "geometry": {"type": "Point"}}]),
        GeometryError,
        "Point",
    ),
    "no code": (collection(features=[feature("", square(0, 0))]), DataError, "shapeISO"),
    "a code twice": (collection(features=[feature("AM-SU", square(0, 0))] * 2), DataError, "AM-SU"),
    "no features": (collection(features=[]), DataError, "no features"),
    "no collection": ([], DataError, "FeatureCollection"),
    "an unknown country": (
        collection(features=[feature("QQ-SU", square(0, 0))]),
        DataError,
        "QQ-SU belongs to no known country",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_used_is_refused_by_name(tmp_path: Path, name: str) -> None:
    document, error, told = BAD[name]
    with pytest.raises(error, match=told):
        load_dataset(written(tmp_path, document))


@pytest.mark.parametrize(
    "text", ["{", '{"a": NaN}', "[" * 100_000, "\ufffe", '"\x1b[2J"'], ids=range(5)
)
def test_a_file_that_is_no_strict_json_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "land.geojson"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(BordermapError) as caught:
        load_dataset(path)
    assert str(caught.value).isprintable()


def in_memory(
    polygons: dict[str, shapely.Polygon],
    *,
    worldview: str = "iso",
    views: dict[str, str | None] | None = None,
) -> BoundaryDataset:
    entries = tuple(
        IndexEntry(
            level="province", code=code, country="AM", name=code, bbox=p.bounds, views=views or {}
        )
        for code, p in polygons.items()
    )
    return BoundaryDataset(
        info=dataset_info(),
        worldview=worldview,
        entries=entries,
        read=lambda wanted: [shapely.MultiPolygon([polygons[entry.code]]) for entry in wanted],
    )


def dataset_info() -> Dataset:
    return Dataset(
        id="invented",
        title="Invented land",
        publisher="nobody",
        licence="CC0-1.0",
        attribution="nobody",
        vintage="2024",
        accuracy_m=1.0,
        accuracy_reason="invented",
        worldview="none",
        countries=("AM",),
        sha256="",
    )
