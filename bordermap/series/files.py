"""A series as files: tables as CSV or Parquet, land gained and lost as GeoJSON, a chart, a map."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely

from bordermap.errors import OutputError
from bordermap.geojson import Feature, collection_pieces
from bordermap.outputs import write_file
from bordermap.series.changes import GAINED, LOST
from bordermap.series.chart import CHART, chart
from bordermap.series.explore import passing, series_map
from bordermap.series.instants import shown
from bordermap.series.periods import Period
from bordermap.series.reel import Reel
from bordermap.series.series import Series
from bordermap.series.steps import Parts, Step
from bordermap.tables import TABLES, Columns, Row, require_suffix, write_table

_TEXTS = frozenset({"date", "file", "period", "first", "last"})

LAND, MAP = ".geojson", ".html"
"""The suffixes of land gained and lost, and of a map; the others are of tables and of a chart."""


@dataclass(frozen=True, kw_only=True)
class Recording:
    """
    A series that was gone through.

    Parameters
    ----------
    steps
        The steps, without land.
    reel
        Their frames; None where no map is asked for.
    """

    steps: list[Step]
    reel: Reel | None = None


def require_writable(paths: Sequence[Path], sources: Iterable[Path] = ()) -> None:
    """
    Refuse, before any work, files that could not be written after it, or would be read next time.

    Parameters
    ----------
    paths
        All files that are asked for.
    sources
        Files and folders of outlines.

    Raises
    ------
    OutputError
        If a suffix or folder is not known, land is to be written twice, or into a folder of
        outlines.
    DataError
        If a format needs a library that is not installed.
    """
    for path in paths:
        require_suffix(path, (*TABLES, LAND, CHART, MAP))
    if sum(path.suffix.lower() == LAND for path in paths) > 1:
        raise OutputError(f"the land is written once; give one name that ends in {LAND}")
    folders = {source.resolve() for source in sources if source.is_dir()}
    for path in paths:
        if path.suffix.lower() == LAND and path.resolve().parent in folders:
            raise OutputError(
                f"{shown(path)}: would be among the outlines the next time; give another folder"
            )


def recorded(steps: Iterable[Step], paths: Sequence[Path]) -> Recording:
    """
    Return a series without its land, after writing the land to the file that is for it.

    Parameters
    ----------
    steps
        The steps; taken one by one, so that the land of one is held at a time.
    paths
        All files that are asked for.

    Raises
    ------
    OutputError
        If the file cannot be written.
    DataError
        If the outlines are too many for a map that is asked for.
    """
    kept: list[Step] = []
    reel = Reel() if any(path.suffix.lower() == MAP for path in paths) else None
    left = iter(steps if reel is None else passing(steps, reel))

    def land() -> Iterator[Feature]:
        for step in left:
            kept.append(step.without_land())
            yield from land_of(step)

    for path in paths:
        if path.suffix.lower() == LAND:
            write_file(path, collection_pieces(land()))
    kept += [step.without_land() for step in left]
    return Recording(steps=kept, reel=reel)


def write_maps(
    recording: Recording,
    series: Series,
    paths: Sequence[Path],
    *,
    title: str = "",
    language: str = "en",
) -> None:
    """
    Write the files that are maps.

    Parameters
    ----------
    recording, series
        What came of going through a series, and the series.
    paths
        All files that are asked for.
    title, language
        As in `series_map`.

    Raises
    ------
    OutputError
        If a file cannot be written.
    DataError
        If no outline has any land, or the page has no words in the language.
    """
    for path in paths:
        if path.suffix.lower() == MAP and recording.reel is not None:
            page = series_map(
                recording.steps, recording.reel, series, title=title, language=language
            )
            write_file(path, [page.get_root().render().encode()])


def land_of(step: Step) -> Iterator[Feature]:
    """Yield the land gained and the land lost in a step, a feature each where there is any."""
    change = step.change
    if change is None:
        return
    kinds = (
        (GAINED, change.gained, change.gained_km2, step.gained_parts),
        (LOST, change.lost, change.lost_km2, step.lost_parts),
    )
    for kind, land, area_km2, parts in kinds:
        if len(land):
            by_province = {} if parts is None else {"by_province": dict(parts.by_province)}
            yield Feature(
                id=f"{step.instant}-{kind}",
                geometry=shapely.MultiPolygon(list(land)),
                properties={
                    "date": str(step.instant),
                    "kind": kind,
                    "area_km2": area_km2,
                    "days": step.days,
                    "file": Path(step.file).name,
                    **by_province,
                },
            )


def write_tables(rows: Sequence[Row], paths: Sequence[Path]) -> None:
    """
    Write the files that are tables.

    Parameters
    ----------
    rows
        Rows with the same columns each.
    paths
        All files that are asked for.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    columns: Columns = {name: "text" if name in _TEXTS else "number" for name in rows[0]}
    for path in paths:
        if path.suffix.lower() in TABLES:
            write_table(path, rows, columns)


def write_charts(rows: Sequence[Step | Period], paths: Sequence[Path]) -> None:
    """
    Write the files that are charts.

    Parameters
    ----------
    rows
        Steps or periods, at least one.
    paths
        All files that are asked for.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    for path in paths:
        if path.suffix.lower() == CHART:
            write_file(path, [chart(rows).encode()])


def step_row(step: Step) -> Row:
    """Return a step as a row of a table."""
    return {
        "date": str(step.instant),
        "file": step.file,
        **_areas(step),
        "days": step.days,
        "missing_days": step.missing_days,
        "features": step.features,
        "overlap_km2": step.overlap_km2,
        "repairs": len(step.repairs),
        "repairs_km2": sum(repair.area_change_km2 for repair in step.repairs),
        **_by_province(step),
    }


def period_row(period: Period) -> Row:
    """Return a period as a row of a table."""
    return {
        "period": period.name,
        "first": str(period.first),
        "last": str(period.last),
        **_areas(period),
        "outlines": period.outlines,
        "missing_days": period.missing_days,
        **_by_province(period),
    }


def _areas(one: Step | Period) -> Row:
    return {
        "area_km2": one.area_km2,
        "gained_km2": one.gained_km2,
        "lost_km2": one.lost_km2,
        "net_km2": one.net_km2,
        **({} if one.parts is None else {"outside_km2": one.parts.outside_km2}),
    }


def _by_province(one: Step | Period) -> Row:
    """Return a column for each province and quantity; empty cells where nothing is known."""
    if one.parts is None:
        return {}
    codes = list(one.parts.by_province)
    quantities: tuple[tuple[str, Parts | None], ...] = (
        ("area", one.parts),
        ("gained", one.gained_parts),
        ("lost", one.lost_parts),
    )
    return {
        f"{name}_km2:{code}": None if parts is None else parts.by_province[code]
        for name, parts in quantities
        for code in codes
    }
