"""Which file a format makes of which layers."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import shapely

from bordermap._text import printable
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
        Where; a file of this very name is replaced. Without a suffix a folder of GeoJSON files.
        Where the format has one layer a file, ``name.csv`` becomes ``name-provinces.csv`` and so
        on: names that nobody gave, so that what has one already stays.
    title
        Name of the whole, for formats that have one.
    tables
        Rows without geometry by table, for formats that have such.

    Raises
    ------
    OutputError
        If the format is not known, there is no layer, the place cannot be written, or something
        else has the name of a layer's file; nothing is written then.
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
        raise OutputError(
            f"{printable(path.name)}: no format has this suffix; there are {', '.join(FORMATS)}"
        )
    pieces_of, files = _ONE_LAYER[suffix or ".geojson"], _names(layers, path)
    missing = [name for name, file in files.items() if not _is_there(file, pieces_of(layers[name]))]
    if not suffix:
        _make_folder(path)
    for name in missing:
        write_file(files[name], pieces_of(layers[name]))
    return tuple(files.values())


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


def _names(layers: Iterable[str], path: Path) -> dict[str, Path]:
    """Return the file of each layer."""
    if not path.suffix:
        return {name: path / f"{name}.geojson" for name in layers}
    return {name: path.with_name(f"{path.stem}-{name}{path.suffix}") for name in layers}


def _is_there(file: Path, pieces: Iterable[bytes]) -> bool:
    """Return whether a file holds just this; refuse one that holds something else."""
    told = printable(str(file))
    try:
        if not file.is_symlink() and not file.exists():
            return False
        with file.open("rb") as there:
            same = all(there.read(len(piece)) == piece for piece in pieces) and not there.read(1)
    except OSError as error:
        raise OutputError(f"{told}: {error.strerror}; give another name with -o") from None
    if file.is_symlink() or not same:
        raise OutputError(
            f"{told} is there and holds something else; move it, or give another name with -o"
        )
    return True


def _make_folder(path: Path) -> None:
    told = printable(str(path))
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise OutputError(f"{told} is no folder; give another name")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{told}: {error.strerror}; give another name") from None
