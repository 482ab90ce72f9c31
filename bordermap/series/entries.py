"""Which file holds the outline of which instant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bordermap.documents import read_rows
from bordermap.errors import DataError
from bordermap.geojson import Limits, read_chunks
from bordermap.series.changes import require_no_change
from bordermap.series.instants import Instant, instant_in_name, instant_of, shown

DATE_PROPERTY = "date"
"""The property that is looked at where neither the name nor an option tells the date."""

SUFFIXES = frozenset({".geojson", ".json"})
"""What files of a folder are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    An outline that was found and not read yet.

    Parameters
    ----------
    instant
        When it is of.
    path
        The file.
    date_property
        The property whose value is this instant in the features that belong to the outline; None
        where all features of the file do.
    """

    instant: Instant
    path: Path
    date_property: str | None = None


def outline_files(paths: Iterable[Path]) -> list[Path]:
    """
    Return files as given, and for each folder the GeoJSON files right in it.

    Raises
    ------
    DataError
        If a folder cannot be listed or holds none.
    """
    files: list[Path] = []
    for path in paths:
        files += _listed(path) if path.is_dir() else [path]
    return files


def dated(
    files: Sequence[Path],
    *,
    date_property: str | None = None,
    table: Path | None = None,
    limits: Limits | None = None,
) -> tuple[Entry, ...]:
    """
    Return the outlines in some files, oldest first.

    Parameters
    ----------
    files
        GeoJSON files.
    date_property
        Property of the features that tells the date. None: the file's name tells it, or else the
        property ``date`` does.
    table
        A CSV file with the columns ``file`` and ``date``, which goes before both.
    limits
        Sizes beyond which a file is refused.

    Raises
    ------
    DataError
        If a date is missing, cannot be read, or two outlines are of one instant; if a file is a
        series' own.
    """
    dates = {} if table is None else _dates_in(table)
    if absent := dates.keys() - {path.name for path in files}:
        raise DataError(
            f"{_named(table)}: names {shown(min(absent))}, which is not among the files;"
            " take the row out or give the file"
        )
    entries: list[Entry] = []
    for path in files:
        told = dates.get(path.name)
        if told is None and date_property is None:
            told = instant_in_name(path.name)
        if told is not None:
            entries.append(Entry(instant=told, path=path))
        else:
            entries += _by_property(path, date_property, limits)
    ordered = sorted(entries, key=lambda entry: (entry.instant, str(entry.path)))
    _require_one_each(ordered)
    return tuple(ordered)


def date_of(properties: Mapping[str, object], name: str, where: str) -> Instant:
    """
    Return the instant that a feature's property tells.

    Raises
    ------
    DataError
        If the feature has no such property, or it is no date.
    """
    if properties.get(name) is None:
        raise DataError(f"{where} has no property {shown(name)!r} that tells its date")
    try:
        return instant_of(properties[name])
    except DataError as error:
        raise DataError(f"{where}: the property {shown(name)!r}: {error}") from None


def _listed(folder: Path) -> list[Path]:
    try:
        files = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
        )
    except OSError as error:
        raise DataError(f"{_named(folder)}: cannot be listed: {error.strerror}") from None
    if not files:
        raise DataError(f"{_named(folder)}: holds no .geojson or .json file; give one that does")
    return files


def _by_property(path: Path, name: str | None, limits: Limits | None) -> Iterator[Entry]:
    """Yield an outline for each date among the features of a file."""
    sought = DATE_PROPERTY if name is None else name
    found: set[Instant] = set()
    for chunk in read_chunks(path, limits=limits):
        for number, properties in zip(chunk.numbers, chunk.properties, strict=True):
            require_no_change(properties, _named(path))
            if name is None and properties.get(sought) is None:
                raise DataError(
                    f"{_named(path)}: neither the name nor a property {sought!r} tells the date; "
                    "put it in the name (2024-07-08), or say where it is"
                    " (--date-property, --dates)"
                )
            found.add(date_of(properties, sought, f"{_named(path)}: feature {number}"))
    for instant in found:
        yield Entry(instant=instant, path=path, date_property=sought)


def _dates_in(table: Path) -> dict[str, Instant]:
    dates: dict[str, Instant] = {}
    for line, row in read_rows(table):
        where = f"{_named(table)}: line {line}"
        if not {"file", "date"} <= row.keys():
            raise DataError(f"{_named(table)}: needs the columns 'file' and 'date'")
        if row["file"] in dates:
            raise DataError(f"{where}: names {shown(row['file'])} a second time; keep one row")
        try:
            dates[row["file"]] = instant_of(row["date"])
        except DataError as error:
            raise DataError(f"{where}: {error}") from None
    return dates


def _require_one_each(entries: Sequence[Entry]) -> None:
    for one, other in pairwise(entries):
        if one.instant.moment == other.instant.moment:
            raise DataError(
                f"{_named(one.path)} and {_named(other.path)} are both of {other.instant};"
                " leave one out"
            )


def _named(path: Path | None) -> str:
    return shown(path)
