"""Datasets that a user has fetched: a file each, and beside it an entry that vouches for it."""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bordermap.datasets.registry import RegisteredDataset, dataset_info
from bordermap.errors import DataError
from bordermap.provenance import Dataset
from bordermap.regular import regular_content

FOLDER_VARIABLE = "BORDERMAP_CACHE"
"""Environment variable that names another folder than the system's for caches."""

FETCHED_ID = re.compile(r"[a-z]+(-[A-Z]{3})+")
"""Form of the id of a fetched dataset, such as ``geoboundaries-ARM-AZE``."""

_LARGEST_ENTRY_BYTES = 2**20


def cache_folder() -> Path:
    """Return the folder that fetched datasets lie in; it need not exist."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen) / "boundaries"
    from platformdirs import user_cache_path

    return user_cache_path("bordermap") / "boundaries"


def list_fetched() -> tuple[Dataset, ...]:
    """
    Return what is known of each fetched dataset, by id; broken ones are left out.

    Examples
    --------
    >>> import bordermap as bm
    >>> [one.id for one in bm.list_fetched()]  # doctest: +SKIP
    ['geoboundaries-ARM-AZE']
    """
    return tuple(registered.info for registered in _readable())


def fetched_dataset(id_: str) -> RegisteredDataset | None:
    """
    Return a fetched dataset; None if it was not fetched.

    Raises
    ------
    DataError
        If its entry is broken.
    """
    if not FETCHED_ID.fullmatch(id_):
        return None
    path = cache_folder() / f"{id_}.json"
    return _registered(path) if path.is_file() else None


def cache_faults() -> Iterator[tuple[str, str]]:
    """Yield the id of each fetched dataset and what is wrong with it; empty for nothing."""
    for path in sorted(cache_folder().glob("*.json")):
        if FETCHED_ID.fullmatch(path.stem):
            try:
                registered = _registered(path)
                found = hashlib.sha256(regular_content(registered.path)).hexdigest()
            except DataError as error:
                yield path.stem, str(error)
            except OSError as error:
                yield path.stem, f"{path.stem}: its file cannot be read: {error.strerror}"
            else:
                is_registered = found == registered.info.sha256
                yield path.stem, "" if is_registered else "is not the file that was fetched"


def cache_strays() -> tuple[Path, ...]:
    """Return what lies in the cache and belongs to no fetched dataset."""
    folder = cache_folder()
    there = set(folder.iterdir()) if folder.is_dir() else set()
    entries = {path for path in there if path.suffix == ".json" and FETCHED_ID.fullmatch(path.stem)}
    files = {registered.path for registered in _readable()}
    return tuple(sorted(there - entries - files))


def command_for(id_: str) -> str:
    """Return the command that fetches a dataset."""
    return f"bordermap boundaries fetch {id_.replace('-', ' ')}"


def _readable() -> Iterator[RegisteredDataset]:
    for path in sorted(cache_folder().glob("*.json")):
        if FETCHED_ID.fullmatch(path.stem):
            try:
                yield _registered(path)
            except DataError:
                continue  # one broken entry must not hide the others; asked for, it is refused


def _registered(path: Path) -> RegisteredDataset:
    again = f"fetch it again: {command_for(path.stem)}"
    try:
        entry: dict[str, Any] = json.loads(regular_content(path, _LARGEST_ENTRY_BYTES))
        info = dataset_info(entry)
        # a name, not a path: an entry vouches for what lies beside it
        beside = path.with_name(entry["file"])
        worldviews = tuple(entry["worldviews"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise DataError(f"the cache's entry of {path.stem} is broken; {again}") from None
    if info.id != path.stem or not isinstance(info.accuracy_m, float):
        raise DataError(f"the cache's entry of {path.stem} is another's; {again}")
    return RegisteredDataset(info=info, path=beside, worldviews=worldviews, again=again)
