"""Sites: named points that reports speak of, and what the reports state about them."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import shapely

from bordermap.codes import require_country, require_id, require_province, require_text
from bordermap.documents import (
    CountryCode,
    OpenInterval,
    Precision,
    WebSource,
    named,
    read_rows,
    read_toml,
    shown,
    validated,
    validated_row,
    with_web_address,
)
from bordermap.errors import DataError
from bordermap.provenance import Source

SiteKind = Literal["village", "town", "lake", "peak", "heights", "pass", "area"]

MAX_SITES = 1_000
"""Most sites of one case."""
MAX_REPORTS = 1_000
"""Most reports of one case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """
    A named point on the ground.

    Parameters
    ----------
    id
        Key of the site.
    name
        Name to show.
    names
        Other forms by language (``hy``, ``az``, ``ru``), each party's among them.
    also
        Further spellings, in any language.
    province
        ISO 3166-2 code of the province the claim counts it to.
    kind
        What it is.
    point
        Longitude, latitude [degrees, WGS 84].
    accuracy_m
        Radius that holds the true place of the name 95 times in 100 [m].
    accuracy_reason
        How that radius is known.
    position_source
        Where the point comes from.
    note
        What a reader should know, such as a name that the other side disputes.
    """

    id: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    province: str
    kind: SiteKind
    point: shapely.Point
    accuracy_m: float
    accuracy_reason: str
    position_source: Source
    note: str = ""

    def __post_init__(self) -> None:
        require_id(self.id)
        require_text(name=self.name, accuracy_reason=self.accuracy_reason)
        require_province(self.province)
        if not (-180 <= self.point.x <= 180 and -90 <= self.point.y <= 90):
            raise ValueError(
                f"a point is longitude, latitude in degrees, not {self.point.x:g}, {self.point.y:g}"
            )
        if not self.accuracy_m > 0:
            raise ValueError(f"accuracy_m is above 0, not {self.accuracy_m:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """
    Who states a report.

    Parameters
    ----------
    text
        Who speaks, in neutral words.
    country
        ISO 3166-1 alpha-2 code of the country whose side this is; None for nobody's.
    """

    text: str
    country: CountryCode | None = None

    def __post_init__(self) -> None:
        require_text(text=self.text)
        if self.country is not None:
            require_country(self.country)


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterVersion:
    """
    What another party says of the same event.

    Parameters
    ----------
    text
        What is said, paraphrased.
    speaker
        Who says it.
    source
        Where it stands.
    """

    text: str
    speaker: Speaker
    source: WebSource

    def __post_init__(self) -> None:
        require_text(text=self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    What one source states about one site.

    Parameters
    ----------
    id
        Key of the report.
    site
        Id of the site.
    event
        What is said to have happened, paraphrased.
    date
        Day of the event; its first possible day if less is known; None if undated.
    date_precision
        How much of `date` is known.
    date_note
        How the day is known; needed where it is not known to the day.
    speaker
        Who states it.
    figure_text
        The words that carry the figures, as the source has them; empty without figures.
    depth_km
        How far from the border inward [km].
    front_km
        How long a stretch of border or line [km].
    area_km2
        How large [km²].
    figure_note
        How the words became the intervals, or what the figures measure from.
    source
        Where it stands.
    countered_by
        What the other party, or another speaker, says of it.
    no_counter
        Why `countered_by` is empty, needed where it is.
    """

    id: str
    site: str
    event: str
    date: dt.date | None = None
    date_precision: Precision = "day"
    date_note: str = ""
    speaker: Speaker
    figure_text: str = ""
    depth_km: OpenInterval | None = None
    front_km: OpenInterval | None = None
    area_km2: OpenInterval | None = None
    figure_note: str = ""
    source: WebSource
    countered_by: tuple[CounterVersion, ...] = ()
    no_counter: str = ""

    def __post_init__(self) -> None:
        require_id(self.id)
        require_id(self.site)
        require_text(event=self.event)
        figures = (self.depth_km, self.front_km, self.area_km2)
        if any(figures) != bool(self.figure_text):
            raise ValueError("figure_text holds the words of the figures: give both or neither")
        if any(figure.best < 0 or (figure.low or 0) < 0 for figure in figures if figure):
            raise ValueError("a depth, front or area is not below 0")
        if not self.countered_by and not self.no_counter:
            raise ValueError("countered_by is missing; add it, or say why in no_counter")
        if (self.date is None or self.date_precision != "day") and not self.date_note:
            raise ValueError("date_note is missing; say how the day is known")


def read_sites(path: Path, *, within: Path | None = None) -> tuple[Site, ...]:
    """
    Return the sites of a CSV file, in its order.

    Parameters
    ----------
    path
        The file; its columns are described in ``data/cases/README.md``.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read, a row holds no site, an id stands twice, or there are more
        than `MAX_SITES`.
    """
    sites = tuple(_site(row, path, line) for line, row in read_rows(path, within=within))
    _require_unique((site.id for site in sites), "site", path, most=MAX_SITES)
    return sites


def read_reports(path: Path, *, within: Path | None = None) -> tuple[Report, ...]:
    """
    Return the reports of a TOML file, each a ``[[report]]``, in its order.

    Parameters
    ----------
    path
        The file.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read, an entry holds no report, an id stands twice, or there are
        more than `MAX_REPORTS`.
    """
    entries = validated(_ReportFile, read_toml(path, within=within), path=path).report
    _require_unique((entry.id for entry in entries), "report", path, most=MAX_REPORTS)
    return entries


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReportFile:
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    report: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A site as a row of the file has it, besides the columns ``name_<language>``."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    id: str
    name: str
    also: str = ""
    province: str
    kind: SiteKind
    lon: float
    lat: float
    accuracy_m: float
    accuracy_reason: str
    position_title: str
    position_publisher: str
    position_url: str | None = None
    position_retrieved: dt.date | None = None
    note: str = ""


def _site(row: Mapping[str, str], path: Path, line: int) -> Site:
    names = {
        column.removeprefix("name_"): cell.strip()
        for column, cell in row.items()
        if column.startswith("name_") and cell.strip()
    }
    rest = {column: cell for column, cell in row.items() if not column.startswith("name_")}
    given = validated_row(_Row, rest, path=path, line=line)
    try:
        return Site(
            id=given.id,
            name=given.name,
            names=names,
            also=tuple(filter(None, (part.strip() for part in given.also.split(";")))),
            province=given.province,
            kind=given.kind,
            point=shapely.Point(given.lon, given.lat),
            accuracy_m=given.accuracy_m,
            accuracy_reason=given.accuracy_reason,
            position_source=_position_source(given),
            note=given.note,
        )
    except ValueError as error:
        raise DataError(f"{named(path)}: line {line}: {error}") from None


def _position_source(row: _Row) -> Source:
    return with_web_address(
        Source(
            title=row.position_title,
            publisher=row.position_publisher,
            url=row.position_url,
            retrieved=row.position_retrieved,
        )
    )


def _require_unique(ids: Any, what: str, path: Path, *, most: int) -> None:  # noqa: ANN401
    counts = Counter(ids)
    for twice, count in counts.items():
        if count > 1:
            raise DataError(f"{named(path)}: two {what}s are named {shown(twice)}; rename one")
    if len(counts) > most:
        raise DataError(f"{named(path)}: has {len(counts)} {what}s; give at most {most}")
