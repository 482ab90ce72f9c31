"""Borders asked for by name: which dataset, provinces and neighbour a question means."""

import re
from collections.abc import Sequence
from pathlib import Path

import shapely

from bordermap.boundaries import Borders, Province
from bordermap.casefile import CaseFile, read_case_file
from bordermap.cases import Lakes, borders_between, case_folder
from bordermap.datasets import BoundaryDataset, alpha2, list_datasets, load_dataset
from bordermap.datasets.collection import DEFAULT_VIEW
from bordermap.disagreement import Disagreement, disagreement
from bordermap.errors import AmbiguousPlaceError, NoSharedBorderError, PlaceNotFoundError
from bordermap.gazetteer import Gazetteer

WORLD = "natural-earth-10m"
"""The dataset that has every country; asked where the case's has not the provinces."""

_CODE = re.compile(r"[A-Za-z]{2}-[A-Za-z0-9~]{1,4}")


def borders_of(  # noqa: PLR0913  (each narrows what is asked)
    provinces: Sequence[str] = (),
    *,
    neighbour: str | None = None,
    case: str | Path = "armenia-150",
    boundaries: str | Path | None = None,
    worldview: str = DEFAULT_VIEW,
    lakes: Lakes = "in",
) -> Borders:
    """
    Return the borders that provinces share with a neighbour.

    Parameters
    ----------
    provinces
        ISO 3166-2 codes or names; those of the case if none are given.
    neighbour
        ISO 3166-1 code of the country on the other side; the case's if the provinces are of
        the case's country.
    case
        Id of a shipped case, or a folder: what is meant where nothing else is said, and how the
        neighbour's detached parts are named.
    boundaries
        A dataset's id or a user's file; None for the case's, or for the world's where that does
        not have what is asked for.
    worldview
        Which view of disputed provinces the dataset is read under.
    lakes
        Whether large lakes count as land of their province.

    Raises
    ------
    PlaceNotFoundError
        If a province or country is not known.
    AmbiguousPlaceError
        If a name may mean several provinces.
    NoSharedBorderError
        If a province does not touch the neighbour, or no neighbour is given where one must be.
    DataError
        If a file cannot be read.

    Examples
    --------
    >>> import bordermap as bm
    >>> borders = bm.borders_of(["Syunik"])
    >>> borders.neighbour, borders.sections, f"{borders.length_km:.1f} km"
    ('AZ', ('mainland', 'nakhchivan'), '405.8 km')
    >>> bm.borders_of(["KG-B"], neighbour="TJ").dataset.id
    'natural-earth-10m'
    """
    folder = case_folder(case)
    file = read_case_file(folder / "case.toml", within=folder)
    codes = [province_code(name) for name in provinces] or list(file.provinces)
    other = _neighbour(neighbour, codes, file)
    dataset = (
        _dataset_that_has(codes, other, file, worldview)
        if boundaries is None
        else load_dataset(boundaries, worldview=worldview)
    )
    named = file.sections if other == file.neighbour else {}
    return borders_between(
        dataset,
        provinces=codes,
        neighbour=other,
        sections={name: shapely.Point(point) for name, point in named.items()},
        lakes=lakes,
    )


def provinces_of(
    country: str, *, boundaries: str | Path | None = None, worldview: str = DEFAULT_VIEW
) -> tuple[Province, ...]:
    """
    Return the provinces of a country.

    Parameters
    ----------
    country
        ISO 3166-1 code.
    boundaries
        A dataset's id or a user's file; None for the finest shipped dataset that has them.
    worldview
        Which view of disputed provinces the dataset is read under.

    Raises
    ------
    PlaceNotFoundError
        If the country or its provinces are not known.
    DataError
        If a file cannot be read.

    Examples
    --------
    >>> import bordermap as bm
    >>> [province.code for province in bm.provinces_of("AM")][:3]
    ['AM-AG', 'AM-AR', 'AM-AV']
    """
    return dataset_of_provinces(country, boundaries=boundaries, worldview=worldview).provinces_of(
        country
    )


def dataset_of_provinces(
    country: str, *, boundaries: str | Path | None = None, worldview: str = DEFAULT_VIEW
) -> BoundaryDataset:
    """
    Return the dataset that a country's provinces are taken from; see `provinces_of`.

    Parameters
    ----------
    country, boundaries, worldview
        As in `provinces_of`.

    Raises
    ------
    PlaceNotFoundError
        If the country is not known.
    DataError
        If a file cannot be read.
    """
    code = alpha2(country)
    if boundaries is not None:
        return load_dataset(boundaries, worldview=worldview)
    by_accuracy = sorted(list_datasets(), key=lambda dataset: dataset.accuracy_m)
    for info in by_accuracy:
        dataset = load_dataset(info.id)
        if any(entry.level == "province" and entry.country == code for entry in dataset.entries):
            return load_dataset(info.id, worldview=worldview)
    return load_dataset(WORLD, worldview=worldview)


def province_code(name: str) -> str:
    """
    Return the ISO 3166-2 code of a province given by code or name.

    Raises
    ------
    PlaceNotFoundError
        If no province bears the name.
    AmbiguousPlaceError
        If several do equally well.
    """
    if _CODE.fullmatch(name.strip()):
        return name.strip().upper()
    (link,) = Gazetteer.load().link([name])
    found = [match for match in link.matches if match.feature.kind in {"province", "district"}]
    if not found:
        raise PlaceNotFoundError(
            f"no province is named {name!r}; give an ISO 3166-2 code such as AM-SU, or a name that"
            " 'bordermap link' finds"
        )
    best = [match for match in found if match.score == found[0].score]
    if link.ambiguous and len(best) > 1:
        codes = ", ".join(f"{m.feature.feature_id} ({m.feature.name})" for m in best)
        raise AmbiguousPlaceError(f"{name!r} may be {codes}; give the code")
    return found[0].feature.feature_id


def _neighbour(given: str | None, codes: Sequence[str], file: CaseFile) -> str:
    if given is not None:
        return alpha2(given)
    if all(code.startswith(f"{file.country}-") for code in codes):
        return file.neighbour
    raise NoSharedBorderError(
        f"{', '.join(codes)}: on whose border? Name the country on the other side, such as"
        " --neighbour TJ"
    )


def _dataset_that_has(
    codes: Sequence[str], neighbour: str, file: CaseFile, worldview: str
) -> BoundaryDataset:
    """Return the case's dataset if it has the provinces and the neighbour, else the world's."""
    dataset = load_dataset(file.boundaries, worldview=DEFAULT_VIEW)
    held = {entry.code for entry in dataset.entries}
    if held.issuperset({*codes, neighbour}):
        return load_dataset(file.boundaries, worldview=worldview)
    return load_dataset(WORLD, worldview=worldview)


def disagreement_of(  # noqa: PLR0913  (two datasets and the question `borders_of` takes)
    a: str | Path,
    b: str | Path,
    *,
    provinces: Sequence[str] = (),
    neighbour: str | None = None,
    case: str | Path = "armenia-150",
    worldview: str = DEFAULT_VIEW,
) -> Disagreement:
    """
    Return where two datasets place land of some provinces on different sides of a border.

    Parameters
    ----------
    a, b
        Datasets or a user's files.
    provinces, neighbour, case, worldview
        As in `borders_of`.

    Raises
    ------
    PlaceNotFoundError, AmbiguousPlaceError, NoSharedBorderError, DataError
        As in `borders_of`.

    Examples
    --------
    >>> import bordermap as bm
    >>> found = bm.disagreement_of("osm-2026", "osm-2017", provinces=["AM-VD"])
    >>> side = found.by_province["AM-VD"]
    >>> round(side.a_only_km2, 2), round(side.b_only_km2, 2), round(found.total_km2, 2)
    (0.65, 0.15, 0.8)
    """
    first, second = (
        borders_of(
            provinces, neighbour=neighbour, case=case, boundaries=dataset, worldview=worldview
        )
        for dataset in (a, b)
    )
    sides = [
        load_dataset(dataset, worldview=worldview).country(first.neighbour) for dataset in (a, b)
    ]
    return disagreement(first, second, neighbour_in_a=sides[0], neighbour_in_b=sides[1])
