"""One way in: a dataset by its id, or a file of the user's."""

import difflib
from pathlib import Path

from bordermap.datasets.archive import open_registered
from bordermap.datasets.cache import FETCHED_ID, command_for, fetched_dataset, list_fetched
from bordermap.datasets.collection import DEFAULT_VIEW, BoundaryDataset
from bordermap.datasets.registry import RegisteredDataset, list_datasets, registered_datasets
from bordermap.datasets.turned import turned_problems
from bordermap.datasets.user_file import open_user_file
from bordermap.errors import UnregisteredFileError
from bordermap.topology import Draft, TopologyReport, checked, read_drafts

_NO_COUNTRY = "ZZ"  # free in ISO 3166-1: land that the dataset gives to no country


def load_dataset(id_or_path: str | Path, *, worldview: str = DEFAULT_VIEW) -> BoundaryDataset:
    """
    Return a boundary dataset.

    Parameters
    ----------
    id_or_path
        Id of a shipped or fetched dataset, such as ``osm-2026`` or ``geoboundaries-ARM-AZE``, or
        the path of a GeoJSON file of provinces.
    worldview
        Whose view of which country a province belongs to: ``iso`` (by ISO 3166-2),
        ``de-facto``, or an alpha-2 code in small letters where the dataset has such a view.

    Raises
    ------
    UnregisteredFileError
        If there is neither such a dataset nor such a file.
    DataError
        If the file cannot be used, or the dataset has no such view.

    Examples
    --------
    >>> import bordermap as bm
    >>> dataset = bm.load_dataset("osm-2026")
    >>> [province.name for province in dataset.provinces(["AM-SU", "AM-VD"])]
    ['Syunik', 'Vayots Dzor']
    """
    dataset = _registered(str(id_or_path))
    if dataset is not None:
        return open_registered(dataset, worldview)
    return open_user_file(_existing(id_or_path), worldview)


def is_registered(id_or_path: str | Path) -> bool:
    """Return whether a registered dataset has this id."""
    return _registered(str(id_or_path)) is not None


def check_boundaries(id_or_path: str | Path) -> TopologyReport:
    """
    Return what is wrong with the boundaries of a shipped dataset or a user's file.

    Parameters
    ----------
    id_or_path
        As for `load_dataset`.

    Raises
    ------
    UnregisteredFileError
        If there is neither such a dataset nor such a file.
    DataError
        If the file cannot be read at all.

    Examples
    --------
    >>> import bordermap as bm
    >>> report = bm.check_boundaries("osm-2017")
    >>> report.usable, len(report.problems)
    (True, 0)
    """
    if _registered(str(id_or_path)) is None:
        file = read_drafts(_existing(id_or_path))
        problems = (*file.problems, *turned_problems(file.drafts))
        return checked(file.drafts, file=file.name, problems=problems)
    dataset = load_dataset(id_or_path)
    drafts = [
        Draft(
            label=entry.code,
            code=entry.code,
            level=entry.level,
            country=entry.country or _NO_COUNTRY,
            polygon=polygon,
        )
        for entry, polygon in zip(dataset.entries, dataset.read(dataset.entries), strict=True)
    ]
    return checked(drafts, file=dataset.info.id)


def _registered(id_: str) -> RegisteredDataset | None:
    """Return a shipped or fetched dataset; None if the id is neither's."""
    shipped = {dataset.info.id: dataset for dataset in registered_datasets()}
    return shipped.get(id_) or fetched_dataset(id_)


def _existing(id_or_path: str | Path) -> Path:
    path = Path(id_or_path)
    if path.is_file():
        return path
    if FETCHED_ID.fullmatch(str(id_or_path)):
        raise UnregisteredFileError(
            f"{id_or_path} was not fetched; fetch it: {command_for(str(id_or_path))}"
        )
    known = sorted(info.id for info in (*list_datasets(), *list_fetched()))
    near = difflib.get_close_matches(str(id_or_path), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)},"
    raise UnregisteredFileError(
        f"no dataset and no file {str(id_or_path)[:80]!a}; {hint}"
        " or give a GeoJSON file of provinces"
    )
