"""One way in: a dataset by its id, or a file of the user's."""

import difflib
from pathlib import Path

from bordermap.datasets.archive import open_registered
from bordermap.datasets.collection import DEFAULT_VIEW, BoundaryDataset
from bordermap.datasets.registry import registered_datasets
from bordermap.datasets.user_file import open_user_file
from bordermap.errors import UnregisteredFileError


def load_dataset(id_or_path: str | Path, *, worldview: str = DEFAULT_VIEW) -> BoundaryDataset:
    """
    Return a boundary dataset.

    Parameters
    ----------
    id_or_path
        Id of a shipped dataset, such as ``osm-2026``, or the path of a GeoJSON file of provinces.
    worldview
        Whose view of which country a province belongs to: ``iso`` (by ISO 3166-2),
        ``de-facto``, or an alpha-2 code in small letters where the dataset has such a view.

    Raises
    ------
    UnregisteredFileError
        If there is neither such a dataset nor such a file.
    DataError
        If the file cannot be used, or the dataset has no such view.
    """
    registered = {dataset.info.id: dataset for dataset in registered_datasets()}
    dataset = registered.get(str(id_or_path))
    if dataset is not None:
        return open_registered(dataset, worldview)
    path = Path(id_or_path)
    if path.is_file():
        return open_user_file(path, worldview)
    near = difflib.get_close_matches(str(id_or_path), registered, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(registered))}"
    raise UnregisteredFileError(
        f"no dataset and no file {str(id_or_path)[:80]!a}; {hint},"
        " or give a GeoJSON file of provinces"
    )
