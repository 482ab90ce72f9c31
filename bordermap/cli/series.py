"""The command about dated outlines: series."""

from collections.abc import Sequence
from datetime import UTC, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bordermap.cli.console import bar, print_json, print_table, print_text
from bordermap.cli.options import Boundaries, Json, LanguageOption, Worldview, output_option

if TYPE_CHECKING:
    from bordermap.series import Period, Step

_NOTICED_KM2 = 1e-6
"""An overlap of less than a square metre is rounding."""


class Per(StrEnum):
    """How long the period of a row is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(series)


def series(  # noqa: PLR0913  (an option each)
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…|DIR", help="GeoJSON files, or a folder of them.")
    ],
    *,
    by: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Split by the provinces of a country.")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Only features of this property; may be repeated."),
    ] = None,
    date_property: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Property that tells the date, instead of the name."),
    ] = None,
    dates: Annotated[
        Path | None, typer.Option(metavar="TABLE", help="CSV file with columns file and date.")
    ] = None,
    per: Annotated[
        Per | None, typer.Option(help="A row is a period; an outline if not given.")
    ] = None,
    time_zone: Annotated[
        str, typer.Option(metavar="ZONE", help="Time zone that days begin in, as Europe/Kyiv.")
    ] = "UTC",
    repair: Annotated[
        bool, typer.Option(help="Make invalid polygons valid, and say how much area that changes.")
    ] = False,
    boundaries: Boundaries = None,
    worldview: Worldview = "iso",
    output: Annotated[
        list[Path] | None,
        output_option(
            metavar="PATH",
            help="Table (.csv, .parquet), land gained and lost (.geojson), chart (.svg) or map"
            " (.html); may be repeated.",
        ),
    ] = None,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Title of the map; its dates if not given.")
    ] = "",
    language: LanguageOption = "en",
    json: Json = False,
) -> None:
    """Say what dated outlines gained and lost from one to the next."""
    from bordermap.many import series_of
    from bordermap.series import by_period
    from bordermap.series.files import (
        period_row,
        recorded,
        require_writable,
        step_row,
        write_charts,
        write_maps,
        write_tables,
    )
    from bordermap.writing.words import words

    paths, zone = output or [], _zone(time_zone)
    require_writable(paths, files)
    words(language)  # before the work is done, not after
    with bar("reading the outlines") as tell:
        outlines = series_of(
            files,
            by=by,
            where=where or [],
            date_property=date_property,
            dates=dates,
            repair=repair,
            zone=zone,
            boundaries=boundaries,
            worldview=worldview,
        )
        recording = recorded(tell.counting(outlines, total=len(outlines)), paths)
        steps = recording.steps
        periods = [] if per is None else list(by_period(steps, per.value, zone=zone))
        rows = [period_row(one) for one in periods] or [step_row(step) for step in steps]
        write_tables(rows, paths)
        write_charts(periods or steps, paths)
        write_maps(recording, outlines, paths, title=title, language=language)
    if json:
        print_json([one.as_json() for one in periods or steps])
        return
    if periods:
        _print_periods(periods)
    else:
        _print_steps(steps)
    _print_remarks(steps, zone)
    print_text(*(f"written: {path}" for path in paths))


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    from bordermap.errors import DataError

    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise DataError(
            f"no time zone {name[:40]!r} is known here; give a name such as Europe/Kyiv, or UTC"
        ) from None


def _print_steps(steps: "Sequence[Step]") -> None:
    print_table(
        ["date", "area [km²]", "gained [km²]", "lost [km²]", "net [km²]"],
        [
            [
                str(step.instant),
                f"{step.area_km2:,.3f}",
                *_changes(step.gained_km2, step.lost_km2, step.net_km2),
            ]
            for step in steps
        ],
    )


def _print_periods(periods: "Sequence[Period]") -> None:
    print_table(
        ["period", "outlines", "area [km²]", "gained [km²]", "lost [km²]", "net [km²]"],
        [
            [
                one.name,
                f"{one.outlines:,}",
                f"{one.area_km2:,.3f}",
                *_changes(one.gained_km2, one.lost_km2, one.net_km2),
            ]
            for one in periods
        ],
    )


def _changes(gained: float | None, lost: float | None, net: float | None) -> list[str]:
    if gained is None or lost is None or net is None:
        return ["", "", ""]
    return [f"{gained:,.3f}", f"{lost:,.3f}", f"{net:+,.3f}"]


def _print_remarks(steps: "Sequence[Step]", zone: tzinfo) -> None:
    """Print what a reader of the table should know of the outlines behind it."""
    parts = steps[-1].parts if steps else None
    if parts is not None:
        print_table(
            ["province", f"{steps[-1].instant} [km²]"],
            [
                *([code, f"{km2:,.3f}"] for code, km2 in parts.by_province.items() if km2 > 0),
                ["outside", f"{parts.outside_km2:,.3f}"],
            ],
        )
    days = [step.instant.day_in(zone) for step in steps]
    for step, day, previous in zip(steps[1:], days[1:], days[:-1], strict=True):
        if step.missing is not None:
            first, last = step.missing
            print_text(
                f"no outline of {first}"
                if first == last
                else f"no outline of {first} to {last} ({step.missing_days:,} days)"
            )
        if day == previous:
            print_text(f"{step.instant}: another outline of the same day")
    for step in steps:
        if step.overlap_km2 > _NOTICED_KM2:
            print_text(
                f"{step.instant}: features overlap by {step.overlap_km2:,.6f} km², counted once"
            )
        print_text(
            *(
                f"{step.instant}, {repair.feature}: made valid ({repair.reason}), which changes"
                f" {repair.area_change_km2:+,.6f} km²"
                for repair in step.repairs
            )
        )
