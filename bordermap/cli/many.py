"""Commands about much at once: series, batch, sweep."""

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bordermap.cli.console import (
    print_json,
    print_refusal,
    print_table,
    print_text,
    progress,
)
from bordermap.cli.options import Boundaries, Json, Worldview, listed, place

if TYPE_CHECKING:
    from bordermap.batch import Progress, Report
    from bordermap.series import Period, Step
    from bordermap.sweep import PairAnswer


_NOTICED_KM2 = 1e-6
"""An overlap of less than a square metre is rounding."""


_MOST_SHOWN = 20
"""Failures that are printed; all are in the file."""

Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Processes of this machine; one a core if not given."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="A Dask scheduler, as tcp://10.0.0.1:8786, instead."),
]


class Per(StrEnum):
    """How long the period of a row is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(series)
    app.command()(batch)
    app.command()(sweep)


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
        typer.Option(
            "-o",
            "--output",
            parser=place,
            metavar="PATH",
            help="Table (.csv, .parquet), land gained and lost (.geojson) or chart (.svg);"
            " may be repeated.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Say what dated outlines gained and lost from one to the next."""
    from bordermap.asking import provinces_of
    from bordermap.series import Where, by_period, dated, outline_files, read_series
    from bordermap.series.files import (
        period_row,
        recorded,
        require_writable,
        step_row,
        write_charts,
        write_tables,
    )

    paths, zone = output or [], _zone(time_zone)
    require_writable(paths, files)
    with progress("reading the outlines") as status:
        provinces = (
            () if by is None else provinces_of(by, boundaries=boundaries, worldview=worldview)
        )
        entries = dated(outline_files(files), date_property=date_property, table=dates)
        counted = _counted(
            read_series(
                entries,
                provinces=provinces,
                where=Where.reading(where or []),
                repair=repair,
                zone=zone,
            ),
            len(entries),
            status,
        )
        steps = recorded(counted, paths)
        periods = [] if per is None else list(by_period(steps, per.value, zone=zone))
        rows = [period_row(one) for one in periods] or [step_row(step) for step in steps]
        write_tables(rows, paths)
        write_charts(periods or steps, paths)
    if json:
        print_json([one.as_json() for one in periods or steps])
        return
    if periods:
        _print_periods(periods)
    else:
        _print_steps(steps)
    _print_remarks(steps, zone)
    print_text(*(f"written: {path}" for path in paths))


def batch(  # noqa: PLR0913  (an option each)
    cases: Annotated[
        list[str],
        typer.Argument(
            metavar="CASE|ARTICLE|FEED…", help="Cases, articles, or feeds of them (.jsonl)."
        ),
    ],
    *,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            parser=place,
            metavar="DIR",
            help="Folder; what is in it is gone on with.",
        ),
    ] = Path("out/batch"),
    workers: Workers = None,
    scheduler: Scheduler = None,
    build: Annotated[
        bool, typer.Option("--build", help="Make maps, layers and reports too.")
    ] = False,
    draws: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Draws; each case's if not given.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Seed; each case's if not given.")
    ] = None,
    boundaries: Boundaries = None,
    worldview: Worldview = "iso",
    json: Json = False,
) -> None:
    """Assess many cases and articles, here or on a cluster; run again to go on."""
    from bordermap.batch import Batch, Settings
    from bordermap.errors import DataError

    work = Batch(
        sources=cases,
        folder=output,
        settings=Settings(draws=draws, seed=seed, worldview=worldview, builds=build),
        boundaries=boundaries,
        workers=workers or _cores(),
        scheduler=scheduler,
    )
    try:
        with progress("starting") as status:
            report = work.run(lambda done: _show(status, done))
    except KeyboardInterrupt:
        print_refusal(f"interrupted; what is finished is kept in {output}, run again to go on")
        raise typer.Exit(130) from None
    if json:
        print_json(report.as_json())
    else:
        _print_report(report)
    if report.failures:
        raise DataError(
            f"{len(report.failures):,} of {len(report.entries):,} items failed, the first:"
            f" {report.failures[0].name}: {report.failures[0].reason};"
            f" see {output / 'failures.csv'}"
        )


def sweep(  # noqa: PLR0913  (an option each)
    *,
    area_km2: Annotated[
        float, typer.Option("--area", metavar="KM2", help="Area whose strip is sought [km²].")
    ] = 100.0,
    countries: Annotated[
        str | None, typer.Option(metavar="XX,YY…", help="Only borders of these (ISO 3166-1).")
    ] = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    boundaries: Annotated[
        str, typer.Option(metavar="ID", help="A dataset of many countries.")
    ] = "natural-earth-10m",
    worldview: Worldview = "iso",
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            parser=place,
            metavar="PATH",
            help="Table (.csv, .parquet), lines (.geojson) or map (.svg, .png); may be repeated.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Measure every border of the world: length, depth of a strip, what can be told."""
    from bordermap.batch import engine
    from bordermap.errors import DataError
    from bordermap.sweep import (
        SUFFIXES,
        Question,
        as_json,
        in_order,
        pairs_of,
        swept,
        write_answers,
    )
    from bordermap.tables import require_suffix

    paths = output or []
    for path in paths:
        require_suffix(path, SUFFIXES)
    question = Question(dataset=boundaries, worldview=worldview, area_km2=area_km2)
    with progress("finding who borders whom") as status:
        pairs = pairs_of(question, listed(countries))
        with engine(workers=workers or _cores(), scheduler=scheduler) as here:
            found = []
            for answer in swept(pairs, question, here):
                found.append(answer)
                _tell(status, f"border {len(found):,} of {len(pairs):,}")
        answers, failures = in_order(found)
        write_answers(answers, question, paths)
    if json:
        print_json([as_json(answer) for answer in answers])
    else:
        _print_answers(answers, paths)
    if failures:
        raise DataError(
            f"{len(failures):,} of {len(pairs):,} borders failed: "
            + "; ".join(
                f"{one.pair.country}-{one.pair.neighbour}: {one.reason}" for one in failures
            )
        )


def _cores() -> int:
    """Return how many processes this machine can do work in, if there is an engine for them."""
    import os
    from importlib.util import find_spec

    return (os.cpu_count() or 1) if find_spec("distributed") else 1


def _show(status: object, done: "Progress") -> None:
    told = f"{done.done:,} items"
    told += f", {done.kept:,} of them from before" if done.kept else ""
    _tell(status, told + (f", {done.failed:,} failed" if done.failed else ""))


def _tell(status: object, what: str) -> None:
    """Show how far work is, where somebody looks on."""
    from rich.status import Status

    if isinstance(status, Status):
        status.update(what)


def _print_report(report: "Report") -> None:
    finished = len(report.entries) - len(report.failures)
    print_text(f"{finished:,} items are in {report.table}")
    if report.failures:
        print_table(
            ["failed", "why"],
            [[failure.name, failure.reason] for failure in report.failures[:_MOST_SHOWN]],
        )


def _counted(steps: "Iterator[Step]", total: int, status: object) -> "Iterator[Step]":
    """Pass steps on, and show how many there were."""
    for number, step in enumerate(steps, start=1):
        _tell(status, f"outline {number:,} of {total:,}")
        yield step


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


def _print_answers(answers: "Sequence[PairAnswer]", paths: Sequence[Path]) -> None:
    print_table(
        ["border", "length [km]", "depth [m]", "least [km²]", "can be told"],
        [
            [
                f"{one.pair.country}-{one.pair.neighbour}",
                f"{sum(one.length_km.values()):,.1f}",
                "" if one.depth_m is None else f"{one.depth_m:,.1f}",
                f"{one.least_km2:,.1f}",
                "yes" if one.resolvable else "no",
            ]
            for one in answers
        ],
    )
    print_text(*(f"written: {path}" for path in paths))


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
