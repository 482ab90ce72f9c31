"""A shipped dataset: a zip file with an index, read one line of one member at a time."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import shapely

from bordermap.countries import alpha2
from bordermap.datasets.collection import DEFAULT_VIEW, BoundaryDataset, IndexEntry
from bordermap.datasets.registry import RegisteredDataset
from bordermap.errors import ChecksumError, DataError, PlaceNotFoundError
from bordermap.provenance import Dataset
from bordermap.regular import regular_content

_HEADER_LINES = 1  # a member opens with one line before its first feature


def open_registered(dataset: RegisteredDataset, worldview: str) -> BoundaryDataset:
    """
    Return a shipped or fetched dataset after checking its file.

    Raises
    ------
    ChecksumError
        If the file is not the registered one.
    DataError
        If the file is missing, or the dataset has no such view.
    """
    view = worldview if worldview in dataset.worldviews else _view(worldview)
    if view not in dataset.worldviews:
        raise DataError(
            f"{dataset.info.id} has no view {worldview[:40]!a}; "
            f"it has: {', '.join(dataset.worldviews)}"
        )
    archive, entries = _opened(
        dataset.path, dataset.info.sha256, dataset.again, stamp(dataset.path)
    )

    def read(entries: Sequence[IndexEntry]) -> list[shapely.MultiPolygon]:
        return _polygons(archive, entries)

    return BoundaryDataset(
        info=_seen(dataset.info, view),
        worldview=view,
        entries=entries,
        read=read,
    )


def _view(worldview: str) -> str:
    """Return the name of a view, which may be a country's code of two or three letters."""
    try:
        return alpha2(worldview).lower()
    except PlaceNotFoundError:
        return worldview.lower()


def _seen(info: Dataset, view: str) -> Dataset:
    """Return what is known of a dataset, and whose view was chosen instead of its own."""
    if view == DEFAULT_VIEW:
        return info
    return replace(info, worldview=f"{info.worldview}; chosen here instead: the view '{view}'")


def registered_content(path: Path, sha256: str, *, again: str = "install bordermap anew") -> bytes:
    """
    Return the bytes of a registered file after checking them.

    Parameters
    ----------
    path, sha256
        The file, and its registered checksum.
    again
        What to do where it is another file.

    Raises
    ------
    ChecksumError
        If they are not the registered ones.
    DataError
        If the file cannot be read.
    """
    try:
        content = regular_content(path)
    except OSError as error:
        raise DataError(f"cannot read {path.name}: {error.strerror}; {again}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ChecksumError(f"{path.name} is not the registered file; {again}")
    return content


def stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file does: its time and size; zeros where there is none."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=8)
def _opened(
    path: Path, sha256: str, again: str, _stamp: tuple[int, int]
) -> tuple[zipfile.ZipFile, tuple[IndexEntry, ...]]:
    """Return a registered file and its index; one that did not change is read once."""
    archive = zipfile.ZipFile(io.BytesIO(registered_content(path, sha256, again=again)))
    return archive, tuple(_entry(line) for line in json.loads(archive.read("index.json")))


def _entry(line: dict[str, object]) -> IndexEntry:
    return IndexEntry(**{**line, "bbox": tuple(line["bbox"])})  # type: ignore[arg-type]


def _polygons(
    archive: zipfile.ZipFile, entries: Sequence[IndexEntry]
) -> list[shapely.MultiPolygon]:
    members = {
        name: archive.read(f"{name}.geojson").split(b"\n")
        for name in dict.fromkeys(entry.member for entry in entries)
    }
    features = [
        members[entry.member][_HEADER_LINES + entry.line].removesuffix(b",") for entry in entries
    ]
    geometries = shapely.from_geojson(features)
    return [shapely.MultiPolygon(list(shapely.get_parts(geometry))) for geometry in geometries]
