import html
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import fastkml
import fastkml.utils
import geojson_validator
import geopandas
import pandas as pd
import pyogrio
import pytest
import shapely
from pyarrow import parquet

from bordermap.areas import geodesic_area_km2
from bordermap.assessment import Assessment
from bordermap.cli.app import DONE, REFUSED, run
from bordermap.errors import OutputError
from bordermap.export import FORMATS, export_layers
from bordermap.export.tables import Tables
from bordermap.geojson import Feature
from bordermap.layering import Layers, layers_of, to_geodataframes

TABLES: Tables = {"claims": [{"id": "a", "km2": 150.0}], "datasets": [{"id": "osm-2026"}]}
ONE_LAYER = (".geojson", ".geojsonl", ".csv", ".fgb", ".parquet")


@pytest.fixture(scope="module")
def layers(assessment: Assessment) -> Layers:
    return layers_of(assessment)


@pytest.mark.parametrize("suffix", FORMATS)
def test_written_twice_the_bytes_are_the_same(layers: Layers, tmp_path: Path, suffix: str) -> None:
    one = export_layers(layers, tmp_path / f"one{suffix}", title="case", tables=TABLES)
    two = export_layers(layers, tmp_path / f"two{suffix}", title="case", tables=TABLES)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert len(one) == (len(layers) if suffix in ONE_LAYER else 1)


@pytest.mark.parametrize("suffix", [".geojson", ".fgb", ".gpkg", ".kml", ".parquet", ".geojsonl"])
def test_another_reader_finds_the_same(layers: Layers, tmp_path: Path, suffix: str) -> None:
    written = export_layers(layers, tmp_path / f"all{suffix}", title="case", tables=TABLES)
    for number, (name, features) in enumerate(layers.items()):
        path = written[number] if suffix in ONE_LAYER else written[0]
        layer = None if suffix in ONE_LAYER else name
        if suffix == ".parquet":
            frame = geopandas.read_parquet(path)
        else:
            frame = pyogrio.read_dataframe(path, layer=layer)
        assert len(frame) == len(features)
        assert frame.crs is not None
        assert frame.crs.to_authority() in {("EPSG", "4326"), ("OGC", "CRS84")}
        # FlatGeobuf sorts by place. Seven decimals are a centimetre, which along the edge of a
        # sliver hundreds of kilometres long is some square metres.
        found = sorted(geodesic_area_km2(shape) for shape in frame.geometry)
        wanted = sorted(geodesic_area_km2(feature.geometry) for feature in features)
        assert found == pytest.approx(wanted, rel=1e-6, abs=2e-5)
        if suffix != ".kml":
            assert {"dataset", "sha256", "attribution"} <= set(frame.columns)


def test_geoparquet_has_the_metadata_and_the_boxes_of_1_1(layers: Layers, tmp_path: Path) -> None:
    written = export_layers(layers, tmp_path / "all.parquet", title="case")
    for path, features in zip(written, layers.values(), strict=True):
        table = parquet.read_table(path)
        metadata = json.loads(table.schema.metadata[b"geo"])
        geometry = metadata["columns"]["geometry"]
        assert metadata["version"] == "1.1.0"
        assert metadata["primary_column"] == "geometry"
        assert geometry["encoding"] == "WKB"
        assert geometry["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
        kinds = {feature.geometry.geom_type for feature in features}
        assert set(geometry["geometry_types"]) == kinds
        ends = ("xmin", "ymin", "xmax", "ymax")
        assert geometry["covering"]["bbox"] == {end: ["bbox", end] for end in ends}
        shapes = shapely.from_wkb(table.column("geometry").to_pylist())
        boxes = [[box[end] for end in ends] for box in table.column("bbox").to_pylist()]
        assert boxes == shapely.bounds(shapes).tolist()
        assert geometry["bbox"] == pytest.approx(shapely.total_bounds(shapes))


def test_a_validator_of_others_finds_the_geojson_in_order(layers: Layers, tmp_path: Path) -> None:
    for path in export_layers(layers, tmp_path / "all.geojson", title="case"):
        content = json.loads(path.read_bytes())
        assert geojson_validator.validate_structure(content, check_crs=True) == {}
        assert geojson_validator.validate_geometries(content)["invalid"] == {}


def test_a_reader_of_others_finds_every_placemark_of_the_kml(
    layers: Layers, tmp_path: Path
) -> None:
    (path,) = export_layers(layers, tmp_path / "all.kml", title="case")
    document = fastkml.KML.parse(path)
    found = fastkml.utils.find_all(document, of_type=fastkml.Placemark)
    placemarks = [one for one in found if isinstance(one, fastkml.Placemark)]
    assert len(placemarks) == sum(len(features) for features in layers.values())
    assert all(one.geometry is not None for one in placemarks)


def test_a_geopackage_has_styles_and_tables(layers: Layers, tmp_path: Path) -> None:
    (path,) = export_layers(layers, tmp_path / "a.gpkg", title="case", tables=TABLES)
    with closing(sqlite3.connect(path)) as database:
        styled = {name for (name,) in database.execute("SELECT f_table_name FROM layer_styles")}
        rows = database.execute("SELECT id, km2 FROM claims").fetchall()
        times = {time for (time,) in database.execute("SELECT last_change FROM gpkg_contents")}
    assert styled == set(layers)
    assert rows == [("a", 150.0)]
    assert times == {"2000-01-01T00:00:00.000Z"}


def test_footprints_have_their_interval_and_the_note(layers: Layers, tmp_path: Path) -> None:
    written = export_layers(layers, tmp_path / "a.csv", title="case")
    frame = pd.read_csv(next(path for path in written if path.stem == "a-footprints"))
    assert {"area_km2_low", "area_km2_best", "area_km2_high", "wkt", "parameters"} <= set(frame)
    assert set(frame["note"]) == {"model geometry, not observed control"}
    assert (frame["area_km2_low"] <= frame["area_km2_best"]).all()
    assert all(isinstance(json.loads(text), dict) for text in frame["parameters"])


CARRIED = {
    "claim", "scenario", "model", "parameters", "area_km2_low", "area_km2_best", "area_km2_high",
    "dataset", "sha256", "attribution", "note", "sources",
}  # fmt: skip


def placemarks_of(content: bytes) -> list[dict[str, Any]]:
    """Return the data of the placemarks of footprints, as another library reads it."""
    document = fastkml.KML.parse(io.BytesIO(content))
    (folder,) = fastkml.utils.find_all(document, of_type=fastkml.Folder, name="footprints")
    found = fastkml.utils.find_all(folder, of_type=fastkml.Placemark)
    return [{one.name: one.value for one in place.extended_data.elements} for place in found]  # type: ignore[attr-defined]


def footprints_in(path: Path) -> list[dict[str, Any]]:
    """Return the properties of footprints in a file, by a reader that is not ours."""
    if path.suffix in {".kml", ".kmz"}:
        is_packed = path.suffix == ".kmz"
        return placemarks_of(
            zipfile.ZipFile(path).read("doc.kml") if is_packed else path.read_bytes()
        )
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
        return rows
    layer = "footprints" if path.suffix == ".gpkg" else None
    frame = (
        pd.read_csv(path) if path.suffix == ".csv" else pyogrio.read_dataframe(path, layer=layer)
    )
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_footprint_carries_what_it_follows_from_in_every_format(
    layers: Layers, tmp_path: Path, suffix: str
) -> None:
    written = export_layers(layers, tmp_path / f"all{suffix}", title="case")
    found = footprints_in(next((one for one in written if "footprints" in one.stem), written[0]))
    wanted: list[Any] = [feature.properties for feature in layers["footprints"]]
    assert len(found) == len(wanted)
    for one in found:
        assert {
            name for name in CARRIED if str(one.get(name)) not in {"nan", "None", ""}
        } == CARRIED
        assert one["note"] == "model geometry, not observed control"
    for name in ("scenario", "sha256", "attribution"):
        assert sorted(str(one[name]) for one in found) == sorted(str(one[name]) for one in wanted)
    areas = sorted(float(one["area_km2_best"]) for one in found)
    assert areas == pytest.approx(sorted(one["area_km2_best"] for one in wanted))


def test_a_balloon_links_the_sources_of_its_numbers(layers: Layers, tmp_path: Path) -> None:
    (path,) = export_layers(layers, tmp_path / "all.kml", title="case")
    root = ET.fromstring(path.read_bytes())  # noqa: S314  (our own file)
    for place in root.iterfind(".//{*}Placemark"):
        data = {one.get("name"): one.findtext("{*}value") for one in place.iterfind(".//{*}Data")}
        balloon = place.findtext("{*}description") or ""
        for address in json.loads(data.get("sources") or "[]"):
            assert f"<a href='{html.escape(address)}'>" in balloon
        if place.findtext("{*}styleUrl") in {"#footprints", "#sites"}:
            assert "<a href='http" in balloon


def test_a_folder_is_made_of_geojson(layers: Layers, tmp_path: Path) -> None:
    written = export_layers(layers, tmp_path / "layers", title="case")
    assert [path.name for path in written] == [f"{name}.geojson" for name in layers]


@pytest.mark.parametrize("name", ["mine", "mine.geojson", "mine.csv"])
def test_no_file_is_lost_that_has_the_name_of_a_layer(tmp_path: Path, name: str) -> None:
    layers = {"one": ODD["nothing"], "two": ODD["empty"]}
    one, two = export_layers(layers, tmp_path / name, title="case")
    beside = one.with_name("beside.txt")
    beside.write_text("a user's", encoding="utf-8")
    two.write_text("a user's", encoding="utf-8")
    one.unlink()
    with pytest.raises(OutputError, match=rf"{two.name} is there and holds something else; move"):
        export_layers(layers, tmp_path / name, title="case")
    assert two.read_text(encoding="utf-8") == beside.read_text(encoding="utf-8") == "a user's"
    assert not one.exists()
    two.unlink()
    two.symlink_to(beside)
    with pytest.raises(OutputError, match=two.name):
        export_layers(layers, tmp_path / name, title="case")
    two.unlink()
    assert export_layers(layers, tmp_path / name, title="case") == (one, two)
    assert export_layers(layers, tmp_path / name, title="case") == (one, two)
    assert beside.exists()


def test_text_from_outside_is_inert_in_every_format(tmp_path: Path) -> None:
    text = '=HYPERLINK("x")<script>alert(1)</script>]]>&\x00\x1b'
    features = (Feature(id="a", geometry=shapely.Point(45, 40), properties={"name": text}),)
    (path,) = export_layers({"sites": features}, tmp_path / "a.csv", title=text)
    assert "'=HYPERLINK" in path.read_text(encoding="utf-8")
    (path,) = export_layers({"sites": features}, tmp_path / "a.kml", title=text)
    root = ET.fromstring(path.read_bytes())  # noqa: S314  (our own file)
    assert b"<script" not in path.read_bytes()
    texts = {element.tag.partition("}")[2]: element.text or "" for element in root.iter()}
    assert texts["value"] == text.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert "<script" not in texts["description"]
    assert "&lt;script&gt;" in texts["description"]
    (path,) = export_layers({"sites": features}, tmp_path / "a.kmz", title=text)
    assert zipfile.ZipFile(path).namelist() == ["doc.kml"]


ODD: dict[str, tuple[Feature, ...]] = {
    "nothing": (),
    "empty": (Feature(id="a", geometry=shapely.Polygon(), properties={"n": 1}),),
    "half_empty": (
        Feature(id="a", geometry=shapely.Polygon()),
        Feature(id="b", geometry=shapely.box(0, 0, 1, 1)),
    ),
    "all_types": tuple(
        Feature(id=number, geometry=shapely.from_wkt(wkt))
        for number, wkt in enumerate(
            [
                "POINT (1 2)",
                "LINESTRING (0 0, 1 1)",
                "POLYGON ((0 0, 0 1, 1 1, 0 0))",
                "MULTIPOLYGON (((0 0, 0 1, 1 1, 0 0)), ((5 5, 5 6, 6 6, 5 5)))",
                "GEOMETRYCOLLECTION (POINT (1 2), MULTIPOINT (3 4, 5 6))",
            ]
        )
    ),
    "names_in_use": (
        Feature(
            id="x",
            geometry=shapely.Point(1, 2),
            properties={"id": "y", "ID": "z", "fid": 3, "geom": "g", "geometry": 1, "wkt": "w"},
        ),
    ),
    "values": (
        Feature(
            id="0",
            geometry=shapely.Point(1, 2),
            properties={
                "i": 7, "b": True, "f": 1.5, "if": 1, "s": "x", "nested": {"a": [1]}, "mix": 1,
            },
        ),
        Feature(
            id="1",
            geometry=shapely.Point(1, 2),
            properties={"i": None, "b": None, "f": None, "if": 2.5, "none": None, "mix": "one"},
        ),
        Feature(id="2", geometry=shapely.Point(1, 2), properties={"large": 2**70}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", ODD)
def test_every_format_takes_every_layer(tmp_path: Path, suffix: str, name: str) -> None:
    (path,) = export_layers(
        {name: ODD[name]}, tmp_path / f"a{suffix}", title="odd", tables={"t": ()}
    )
    if suffix in {".fgb", ".gpkg"}:
        frame = pyogrio.read_dataframe(path, layer=name if suffix == ".gpkg" else None)
        assert len(frame) == len(ODD[name])
    if suffix == ".csv":
        assert len(path.read_text(encoding="utf-8").splitlines()) == len(ODD[name]) + 1


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb"])
def test_columns_keep_their_types(tmp_path: Path, suffix: str) -> None:
    (path,) = export_layers({"values": ODD["values"]}, tmp_path / f"a{suffix}", title="values")
    layer = "values" if suffix == ".gpkg" else None
    info = pyogrio.read_info(path, layer=layer)
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert types == {
        "id": "object", "i": "int64", "b": "bool", "f": "float64", "if": "float64", "s": "object",
        "nested": "object", "mix": "object", "none": "object", "large": "object",
    }  # fmt: skip
    row = pyogrio.read_dataframe(path, layer=layer).sort_values("id").iloc[0]
    assert (row["i"], row["nested"], row["mix"]) == (7, '{"a": [1]}', "1")


def test_no_column_is_lost_to_a_name_in_use(tmp_path: Path) -> None:
    (path,) = export_layers({"a": ODD["names_in_use"]}, tmp_path / "a.gpkg", title="names")
    found = pyogrio.read_dataframe(path, layer="a").drop(columns="geometry").iloc[0].to_dict()
    assert found == {
        "id": "x", "id_": "y", "ID__": "z", "fid_": 3, "geom_": "g", "geometry_": 1, "wkt": "w",
    }  # fmt: skip


def test_a_balloon_links_addresses_and_nothing_else(tmp_path: Path) -> None:
    properties = {"web": "https://example.org/a?b&c", "not": "javascript:alert(1)", "$[id]": "$[x]"}
    feature = Feature(id="a", geometry=shapely.Point(45, 40), properties=properties)
    (path,) = export_layers({"sites": (feature,)}, tmp_path / "a.kml", title="links")
    root = ET.fromstring(path.read_bytes())  # noqa: S314  (our own file)
    balloon = root.findtext(".//{*}Placemark/{*}description") or ""
    assert balloon.count("<a href=") == 1
    assert "<a href='https://example.org/a?b&amp;c'>" in balloon
    assert "$" not in balloon


def test_without_layers_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no layer"):
        export_layers({}, tmp_path / "a.gpkg", title="nothing")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="give another name"):
        export_layers({"nothing": ()}, tmp_path / "file" / "layers", title="nowhere")


def test_an_unknown_format_is_refused_by_name(layers: Layers, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.shp"):
        export_layers(layers, tmp_path / "a.shp", title="case")
    assert not list(tmp_path.iterdir())


def test_geodataframes_have_a_crs_and_every_layer(assessment: Assessment) -> None:
    frames = to_geodataframes(assessment)
    assert list(frames) == ["provinces", "borders", "footprints", "budget", "sites", "disagreement"]
    for frame in frames.values():
        assert frame.crs is not None
        assert frame.crs.to_authority() == ("OGC", "CRS84")


def test_the_budget_layer_is_what_lies_between_the_ends_of_each_footprint(
    assessment: Assessment,
) -> None:
    found = {feature.id: feature for feature in layers_of(assessment)["budget"]}
    for estimate in (one for one in assessment.estimates if one.draws is not None):
        lines = {
            line.source: line.km2
            for line in assessment.budget
            if line.scenario == estimate.scenario.id
        }
        for footprint in estimate.footprints:
            ends = {
                end: sum(geodesic_area_km2(part) for part in footprint.polygons[end].values())
                for end in ("low", "high")
            }
            if ends["low"] == ends["high"]:
                continue
            properties = found.pop(f"{estimate.scenario.id}/{footprint.id}").properties
            grown_km2 = ends["high"] - ends["low"]
            between_km2 = properties["between_km2"]
            assert isinstance(between_km2, float)
            assert grown_km2 - 1e-3 <= between_km2 <= ends["high"] + 1e-3
            assert properties["scenario_km2_by_source"] == lines
    assert not found


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.gpkg"
    assert run(["export", "-o", str(target), "--json"]) == DONE
    assert json.loads(capsys.readouterr().out) == {"files": [str(target)]}
    assert run(["export", "-o", str(tmp_path / "out.shp")]) == REFUSED
    assert ".shp" in capsys.readouterr().err
