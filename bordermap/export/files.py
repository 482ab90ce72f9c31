"""Which file a format makes of which layers."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import shapely

from bordermap.errors import OutputError
from bordermap.export.flat import columns, inert_cell
from bordermap.export.kml import kml_pieces, kmz_bytes
from bordermap.export.tables import (
    Tables,
    flatgeobuf_bytes,
    geopackage_bytes,
    geoparquet_bytes,
)
from bordermap.geojson import Feature, collection_pieces, sequence_pieces
from bordermap.layering import Layers
from bordermap.outputs import write_file

_ONE_LAYER: dict[str, Callable[[Sequence[Feature]], Iterable[bytes]]] = {
    ".geojson": collection_pieces,
    ".geojsonl": sequence_pieces,
    ".csv": lambda features: [csv_bytes(features)],
    ".fgb": lambda features: [flatgeobuf_bytes(features)],
    ".parquet": lambda features: [geoparquet_bytes(features)],
}
_ALL_LAYERS: dict[str, Callable[[Layers, str, Tables], Iterable[bytes]]] = {
    ".gpkg": lambda layers, _, tables: [geopackage_bytes(layers, tables)],
    ".kml": lambda layers, title, _: kml_pieces(layers, title=title),
    ".kmz": lambda layers, title, _: [kmz_bytes(layers, title=title)],
}
FORMATS = (*_ONE_LAYER, *_ALL_LAYERS)
"""Suffixes that can be written; a name without one is a folder of GeoJSON files."""


def export_layers(
    layers: Layers, path: Path, *, title: str, tables: Tables | None = None
) -> tuple[Path, ...]:
    """
    Write layers in the format that a suffix names, and return the files written.

    Parameters
    ----------
    layers
        Features by layer [degrees, WGS 84].
    path
        Where. Without a suffix a folder of GeoJSON files. Where the format has one layer a file,
        ``name.csv`` becomes ``name-provinces.csv`` and so on.
    title
        Name of the whole, for formats that have one.
    tables
        Rows without geometry by table, for formats that have such.

    Raises
    ------
    OutputError
        If the format is not known, there is no layer, or the place cannot be written.
    DataError
        If the format needs a library that is not installed.
    """
    if not layers:
        raise OutputError(f"{path.name}: there is no layer to write")
    suffix = path.suffix.lower()
    if suffix in _ALL_LAYERS:
        write_file(path, _ALL_LAYERS[suffix](layers, title, tables or {}))
        return (path,)
    if suffix and suffix not in _ONE_LAYER:
        raise OutputError(f"{path.name}: no format has this suffix; there are {', '.join(FORMATS)}")
    return tuple(_written(layers, path, suffix or ".geojson"))


def csv_bytes(features: Sequence[Feature]) -> bytes:
    """Return features as CSV with their geometry as WKT in the last column, ``wkt``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    content = columns(features, taken=["wkt"])
    writer.writerow(map(inert_cell, [*content, "wkt"]))
    shapes = shapely.to_wkt([feature.geometry for feature in features], rounding_precision=7)
    for row in zip(*content.values(), shapes, strict=True):
        writer.writerow(map(inert_cell, row))
    return text.getvalue().encode()


def _written(layers: Layers, path: Path, suffix: str) -> Iterator[Path]:
    if not path.suffix:
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise OutputError(f"{path} is no folder; give another name")
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}; give another name") from None
    for name, features in layers.items():
        file = (
            path.with_name(f"{path.stem}-{name}{path.suffix}")
            if path.suffix
            else (path / f"{name}{suffix}")
        )
        write_file(file, _ONE_LAYER[suffix](features))
        yield file
