"""Layers for GIS programs by way of geopandas: GeoPackage, FlatGeobuf, GeoParquet."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from bordermap.errors import DataError
from bordermap.export.flat import rows
from bordermap.geojson import Feature
from bordermap.layering import Layers

if TYPE_CHECKING:
    import geopandas

STANDING_STILL = "2000-01-01T00:00:00.000Z"
"""Time written into files that must have one, so that two of them are alike."""

Tables = Mapping[str, Sequence[Mapping[str, object]]]

_QML = (
    '<qgis version="3.0"><renderer-v2 type="singleSymbol"><symbols><symbol type="{kind}" name="0">'
    '<layer class="{symbol}">{options}</layer></symbol></symbols></renderer-v2></qgis>'
)
_SYMBOLS = {
    "provinces": ("fill", "SimpleFill", {"color": "255,255,255,20", "outline_color": "85,85,85"}),
    "borders": ("line", "SimpleLine", {"line_color": "32,32,32", "line_width": "0.7"}),
    "footprints": ("fill", "SimpleFill", {"color": "168,99,26,90", "outline_color": "168,99,26"}),
    "sites": ("marker", "SimpleMarker", {"color": "255,255,255", "outline_color": "32,32,32"}),
    "disagreement": ("fill", "SimpleFill", {"color": "122,74,138,90", "style": "b_diagonal"}),
}


def frame_of(features: Sequence[Feature]) -> "geopandas.GeoDataFrame":
    """Return features as a GeoDataFrame on WGS 84; nested properties are JSON text."""
    import geopandas

    wound = [
        shapely.orient_polygons(feature.geometry)
        if shapely.get_dimensions(feature.geometry) > 1
        else feature.geometry
        for feature in features
    ]
    return geopandas.GeoDataFrame(rows(features), geometry=wound, crs="OGC:CRS84")


def flatgeobuf_bytes(features: Sequence[Feature]) -> bytes:
    """Return features as a FlatGeobuf file."""
    with _scratch("layer.fgb") as path:
        _write(frame_of(features), path, layer=None, driver="FlatGeobuf")
        return path.read_bytes()


def geoparquet_bytes(features: Sequence[Feature]) -> bytes:
    """
    Return features as a GeoParquet 1.1 file.

    Raises
    ------
    DataError
        If pyarrow is not installed.
    """
    with _scratch("layer.parquet") as path:
        try:
            frame_of(features).to_parquet(path, schema_version="1.1.0", compression="zstd")
        except ImportError as error:
            raise DataError(
                "GeoParquet needs pyarrow; install it with pip install 'bordermap[parquet]'"
            ) from error
        return path.read_bytes()


def geopackage_bytes(layers: Layers, tables: Tables) -> bytes:
    """Return layers, their styles and some tables as a GeoPackage."""
    with _scratch("layers.gpkg") as path:
        for name, features in layers.items():
            if features:
                _write(frame_of(features), path, layer=name, driver="GPKG")
        with contextlib.closing(sqlite3.connect(path)) as database:
            _add_styles(database, layers)
            for name, content in tables.items():
                _add_table(database, name, content)
            database.commit()
        return path.read_bytes()


def _write(frame: "geopandas.GeoDataFrame", path: Path, *, layer: str | None, driver: str) -> None:
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STANDING_STILL})
    try:
        frame.to_file(path, layer=layer, driver=driver, engine="pyogrio", promote_to_multi=True)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _add_styles(database: sqlite3.Connection, layers: Layers) -> None:
    database.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT,"
        " f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT,"
        " styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT,"
        " ui TEXT, update_time DATETIME)"
    )
    _register(database, "layer_styles")
    for name in layers:
        if name in _SYMBOLS and layers[name]:
            kind, symbol, options = _SYMBOLS[name]
            drawn = "".join(f'<prop k="{key}" v="{value}"/>' for key, value in options.items())
            qml = _QML.format(kind=kind, symbol=symbol, options=drawn)
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
                " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
                " owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '', ?)",
                (name, name, qml, STANDING_STILL),
            )


def _add_table(
    database: sqlite3.Connection, name: str, content: Sequence[Mapping[str, object]]
) -> None:
    columns = list(dict.fromkeys(key for row in content for key in row))
    quoted = ", ".join(_quoted(column) for column in columns)
    database.execute(f"CREATE TABLE {_quoted(name)} ({quoted})")
    _register(database, name)
    database.executemany(
        f"INSERT INTO {_quoted(name)} VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
        [[row.get(column) for column in columns] for row in content],
    )


def _register(database: sqlite3.Connection, name: str) -> None:
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)"
        " VALUES (?, 'attributes', ?, ?)",
        (name, name, STANDING_STILL),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextlib.contextmanager
def _scratch(name: str) -> Iterator[Path]:
    """Give GDAL a file of its own: nothing of the user's is touched until the bytes are there."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / name
