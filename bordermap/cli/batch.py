"""The command about many cases and articles: batch."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bordermap.cli.console import bar, print_json, print_refusal, print_table, print_text
from bordermap.cli.options import Boundaries, Json, Scheduler, Workers, Worldview, output_option

if TYPE_CHECKING:
    from bordermap.batch import Progress, Report

_MOST_SHOWN = 20
"""Failures that are printed; all are in the file."""


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(batch)


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
        output_option(
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
    from bordermap.batch import Batch, Settings, local_workers
    from bordermap.errors import DataError

    work = Batch(
        sources=cases,
        folder=output,
        settings=Settings(draws=draws, seed=seed, worldview=worldview, builds=build),
        boundaries=boundaries,
        workers=workers or local_workers(),
        scheduler=scheduler,
    )
    try:
        with bar("assessing") as tell:
            report = work.run(lambda done: tell(done.done, total=done.total, said=_said(done)))
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


def _said(done: "Progress") -> str:
    counts = {"from before": done.kept, "failed": done.failed}
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)


def _print_report(report: "Report") -> None:
    finished = len(report.entries) - len(report.failures)
    print_text(f"{finished:,} items are in {report.table}")
    if report.failures:
        print_table(
            ["failed", "why"],
            [[failure.name, failure.reason] for failure in report.failures[:_MOST_SHOWN]],
        )
