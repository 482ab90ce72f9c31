"""Layers for GIS programs by way of geopandas: GeoPackage, FlatGeobuf, GeoParquet."""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from bordermap.errors import DataError
from bordermap.export.flat import Value, columns, flat, of_one_type
from bordermap.export.qgis import qml_of
from bordermap.geojson import Feature
from bordermap.layering import Layers
from bordermap.scratch import scratch_folder

if TYPE_CHECKING:
    import geopandas

STANDING_STILL = "2000-01-01T00:00:00.000Z"
"""Time written into files that must have one, so that two of them are alike."""

RESERVED = ("bbox", "fid", "geom", "geometry")
"""Names of columns that the formats have a meaning for."""

Tables = Mapping[str, Sequence[Mapping[str, object]]]

_DTYPES = {bool: "boolean", int: "Int64", float: "Float64", str: "string"}
_SQL_TYPES = {bool: "BOOLEAN", int: "INTEGER", float: "REAL", str: "TEXT"}


def frame_of(features: Sequence[Feature], *, crs: str = "EPSG:4326") -> "geopandas.GeoDataFrame":
    """
    Return features as a GeoDataFrame; nested properties are JSON text, whole numbers stay whole.

    Parameters
    ----------
    features
        Longitude, latitude [degrees, WGS 84].
    crs
        The name that the format has for WGS 84; x is the longitude in either case.
    """
    import geopandas
    import pandas as pd

    shapes = np.empty(len(features), dtype=object)
    shapes[:] = [None if one.geometry.is_empty else one.geometry for one in features]
    is_land = shapely.get_dimensions(shapes) > 1
    shapes[is_land] = shapely.orient_polygons(shapes[is_land])
    content = {
        name: of_one_type(values) for name, values in columns(features, taken=RESERVED).items()
    }
    dtypes = {name: _DTYPES[_type(values)] for name, values in content.items()}
    table = pd.DataFrame(content, dtype=object).astype(dtypes)
    return geopandas.GeoDataFrame(table, geometry=shapes, crs=crs)


def flatgeobuf_bytes(features: Sequence[Feature]) -> bytes:
    """Return features as a FlatGeobuf file, with an index by place if all have one."""
    with _scratch("layer.fgb") as path:
        frame = frame_of(features)
        is_indexed = len(frame) > 0 and not frame.geometry.isna().any()
        _write(frame, path, driver="FlatGeobuf", SPATIAL_INDEX="YES" if is_indexed else "NO")
        return path.read_bytes()


def geoparquet_bytes(features: Sequence[Feature]) -> bytes:
    """
    Return features as a GeoParquet 1.1 file, with a column ``bbox`` that readers skip by.

    Raises
    ------
    DataError
        If pyarrow is not installed.
    """
    with _scratch("layer.parquet") as path:
        try:
            frame_of(features, crs="OGC:CRS84").to_parquet(
                path, schema_version="1.1.0", write_covering_bbox=True, compression="zstd"
            )
        except ImportError as error:
            raise DataError(
                "GeoParquet needs pyarrow; install it with pip install 'bordermap[parquet]'"
            ) from error
        return path.read_bytes()


def geopackage_bytes(layers: Layers, tables: Tables) -> bytes:
    """Return layers, their styles and some tables as a GeoPackage."""
    with _scratch("layers.gpkg") as path:
        for name, features in layers.items():
            _write(frame_of(features), path, layer=name, driver="GPKG")
        with contextlib.closing(sqlite3.connect(path)) as database:
            _add_styles(database, layers)
            for name, content in tables.items():
                _add_table(database, name, content)
            database.commit()
        return path.read_bytes()


def _write(
    frame: "geopandas.GeoDataFrame",
    path: Path,
    *,
    driver: str,
    layer: str | None = None,
    **options: str,
) -> None:
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STANDING_STILL})
    try:
        pyogrio.write_dataframe(
            frame,
            path,
            layer=layer,
            driver=driver,
            geometry_type="Unknown" if frame.geometry.isna().all() else None,
            **options,
        )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _add_styles(database: sqlite3.Connection, layers: Layers) -> None:
    """Add the table in which QGIS looks for the style of each layer."""
    database.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
        " f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT,"
        " styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,"
        " owner TEXT, ui TEXT, update_time DATETIME)"
    )
    _register(database, "layer_styles")
    styles = {name: qml for name in layers if (qml := qml_of(name))}
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
        " owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '', ?)",
        [(name, name, qml, STANDING_STILL) for name, qml in styles.items()],
    )


def _add_table(
    database: sqlite3.Connection, name: str, content: Sequence[Mapping[str, object]]
) -> None:
    names = dict.fromkeys(key for row in content for key in row)
    values = {key: of_one_type(flat(row.get(key)) for row in content) for key in names}
    typed = [f"{_quoted(key)} {_SQL_TYPES[_type(column)]}" for key, column in values.items()]
    key = "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
    database.execute(f"CREATE TABLE {_quoted(name)} ({', '.join([key, *typed])})")
    _register(database, name)
    places = ", ".join("?" * (1 + len(values)))
    database.executemany(
        f"INSERT INTO {_quoted(name)} VALUES ({places})",  # noqa: S608  (only question marks)
        zip(range(1, len(content) + 1), *values.values(), strict=True),
    )


def _register(database: sqlite3.Connection, name: str) -> None:
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)"
        " VALUES (?, 'attributes', ?, ?)",
        (name, name, STANDING_STILL),
    )


def _type(values: Sequence[Value]) -> type:
    """Return the type of a column's values, text where there are none."""
    return next((type(value) for value in values if value is not None), str)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextlib.contextmanager
def _scratch(name: str) -> Iterator[Path]:
    """Give GDAL a file of its own: nothing of the user's is touched until the bytes are there."""
    with scratch_folder() as folder:
        yield folder / name
