"""Much at once, one call each: a series of outlines, a batch of articles, every border."""

from collections.abc import Sequence
from datetime import UTC, tzinfo
from pathlib import Path

from bordermap.asking import WORLD, dataset_of_provinces
from bordermap.batch import Batch, Report, Settings
from bordermap.datasets.collection import DEFAULT_VIEW
from bordermap.series import Series, Where, dated, outline_files
from bordermap.sweep import PairAnswer, PairFailure, Question, Sweep


def series_of(  # noqa: PLR0913  (each says what counts, and how)
    paths: Sequence[str | Path],
    *,
    by: str | None = None,
    where: Sequence[str] = (),
    date_property: str | None = None,
    dates: str | Path | None = None,
    repair: bool = False,
    zone: tzinfo = UTC,
    boundaries: str | Path | None = None,
    worldview: str = DEFAULT_VIEW,
) -> Series:
    """
    Return dated outlines; going through them tells what each shows and what changed.

    Parameters
    ----------
    paths
        GeoJSON files (longitude, latitude on WGS 84), or folders of them; dates are in the names
        or in the property `date_property`.
    by
        A country whose provinces areas are split by; see `provinces_of`.
    where
        Conditions on properties, such as ``"name=occupied"``; see `Where`.
    date_property
        Property of the features that tells the date.
    dates
        A CSV file with the columns ``file`` and ``date``, which goes before names and properties.
    repair
        Whether polygons that are not valid are made valid, which `Step.repairs` then tells.
    zone
        Time zone that days are counted in.
    boundaries, worldview
        Where the provinces come from, and whose view of them; as in `provinces_of`.

    Returns
    -------
    An iterable of `Step`, oldest first; each time it is gone through the files are read.

    Raises
    ------
    DataError
        If a file is missing, or a date cannot be told; on the way: if a file is broken, or no
        feature counts.
    GeometryError
        On the way: if a polygon is not valid and not to be repaired.
    PlaceNotFoundError
        If the country is not known.

    Examples
    --------
    >>> import bordermap as bm
    >>> for step in bm.series_of(["outlines/"], by="AM"):  # doctest: +SKIP
    ...     print(step.instant, step.area_km2, step.gained_km2, step.lost_km2)
    """
    dataset = (
        None if by is None else dataset_of_provinces(by, boundaries=boundaries, worldview=worldview)
    )
    return Series(
        provinces=() if dataset is None or by is None else dataset.provinces_of(by),
        dataset=None if dataset is None else dataset.info,
        entries=dated(
            outline_files([Path(path) for path in paths]),
            date_property=date_property,
            table=None if dates is None else Path(dates),
        ),
        where=Where.reading(where),
        repair=repair,
        zone=zone,
    )


def batch_of(  # noqa: PLR0913  (what, where to, how, and with whom)
    sources: Sequence[str | Path],
    folder: str | Path,
    *,
    settings: Settings | None = None,
    boundaries: str | None = None,
    workers: int = 1,
    scheduler: str | None = None,
) -> Report:
    """
    Return what came of many cases and articles; what an earlier call finished is kept.

    Parameters
    ----------
    sources
        Cases, articles and feeds (``.jsonl``); see `read_items`.
    folder
        Where the table and a folder an item go.
    settings
        What holds for every item; each case's own where None.
    boundaries
        A dataset's id or a user's file; None for the most accurate one that has both sides.
    workers
        Processes of this machine; a script that asks for more than one needs
        ``if __name__ == "__main__":``, for each of them imports it.
    scheduler
        Address of a Dask scheduler to use instead. Only one that you trust: it can run code here.

    Raises
    ------
    OutputError
        If the folder is something else's, or the disk refuses.
    DataError
        If there is no engine, or it is lost; what is finished stays.

    Examples
    --------
    >>> import bordermap as bm
    >>> report = bm.batch_of(["news.jsonl"], "out/batch")  # doctest: +SKIP
    >>> [(failure.name, failure.reason) for failure in report.failures]  # doctest: +SKIP
    """
    work = Batch(
        sources=[str(source) for source in sources],
        folder=Path(folder),
        settings=settings or Settings(),
        boundaries=boundaries,
        workers=workers,
        scheduler=scheduler,
    )
    return work.run()


def sweep_of(  # noqa: PLR0913  (which borders, of what, and with whom)
    countries: Sequence[str] = (),
    *,
    area_km2: float = 100.0,
    boundaries: str = WORLD,
    worldview: str = DEFAULT_VIEW,
    workers: int = 1,
    scheduler: str | None = None,
) -> tuple[list[PairAnswer], list[PairFailure]]:
    """
    Return what is found for each border of the world, and what is not, in order of their codes.

    Parameters
    ----------
    countries
        ISO 3166-1 codes of the countries whose borders are wanted; all if none are given.
    area_km2
        The area whose strip is sought [km²].
    boundaries, worldview
        A dataset's id, and the view of disputed provinces that it is read under.
    workers, scheduler
        As in `batch_of`.

    Raises
    ------
    PlaceNotFoundError
        If a code is no country's, or the country has no neighbour in the dataset.
    DataError
        If there is no such dataset or view, or no engine.

    Examples
    --------
    >>> import bordermap as bm
    >>> (border,), failures = bm.sweep_of(["PT"])
    >>> border.pair.neighbour, border.resolvable, failures
    ('ES', False, [])
    """
    work = Sweep(
        question=Question(dataset=boundaries, worldview=worldview, area_km2=area_km2),
        countries=countries,
        workers=workers,
        scheduler=scheduler,
    )
    return work.run()
