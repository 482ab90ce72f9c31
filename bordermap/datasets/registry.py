"""The registry of shipped boundary datasets."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bordermap._shipped import shipped
from bordermap.provenance import Dataset

_KIND = "boundaries"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredDataset:
    """
    A dataset that is shipped, and where its file lies.

    Parameters
    ----------
    info
        What is known of it.
    path
        Its file.
    worldviews
        Views it can be read under; the first is its default.
    again
        What to do where the file is not the registered one.
    """

    info: Dataset
    path: Path
    worldviews: tuple[str, ...]
    again: str = "install bordermap anew"


def list_datasets() -> tuple[Dataset, ...]:
    """
    Return what is known of each shipped boundary dataset, the most accurate first.

    Examples
    --------
    >>> import bordermap as bm
    >>> [(one.id, one.accuracy_m) for one in bm.list_datasets()]
    [('osm-2026', 100.0), ('osm-2024', 127.0), ('osm-2017', 337.0), ('natural-earth-10m', 3780.0)]
    """
    datasets = (registered.info for registered in registered_datasets())
    return tuple(sorted(datasets, key=lambda info: (info.accuracy_m, info.id)))


@cache
def registered_datasets() -> tuple[RegisteredDataset, ...]:
    """Return each shipped boundary dataset."""
    registry = tomllib.loads(shipped("registry.toml").read_text("utf-8"))
    entries = [entry for entry in registry["dataset"] if entry["kind"] == _KIND]
    return tuple(_registered(entry) for entry in entries)


def dataset_info(entry: Mapping[str, Any]) -> Dataset:
    """
    Return what an entry of a registry says of a dataset.

    Raises
    ------
    KeyError
        If the entry lacks something.
    """
    return Dataset(
        id=entry["id"],
        title=entry["title"],
        publisher=entry["publisher"],
        licence=entry["licence"],
        attribution=entry["attribution"],
        vintage=entry["vintage"],
        accuracy_m=entry["accuracy_m"],
        accuracy_reason=entry["accuracy_reason"],
        worldview=entry["worldview"],
        countries=tuple(entry["countries"]),
        sha256=entry["sha256"],
        source_package=entry["source_package"],
        source_version=entry["source_version"],
    )


def _registered(entry: Mapping[str, Any]) -> RegisteredDataset:
    return RegisteredDataset(
        info=dataset_info(entry),
        path=shipped(*entry["file"].split("/")),
        worldviews=tuple(entry["worldviews"]),
    )
