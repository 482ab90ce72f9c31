"""The command about every border of the world: sweep."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bordermap.cli.console import bar, print_json, print_table, print_text
from bordermap.cli.options import Json, Scheduler, Workers, Worldview, listed, output_option

if TYPE_CHECKING:
    from bordermap.sweep import PairAnswer


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(sweep)


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
        output_option(
            metavar="PATH",
            help="Table (.csv, .parquet), lines (.geojson) or map (.svg, .png); may be repeated.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Measure every border of the world: length, depth of a strip, what can be told."""
    from bordermap.batch import local_workers
    from bordermap.errors import DataError
    from bordermap.sweep import SUFFIXES, Question, Sweep, as_json, write_answers
    from bordermap.tables import require_suffix

    paths = output or []
    for path in paths:
        require_suffix(path, SUFFIXES)
    work = Sweep(
        question=Question(dataset=boundaries, worldview=worldview, area_km2=area_km2),
        countries=listed(countries),
        workers=workers or local_workers(),
        scheduler=scheduler,
    )
    with bar("measuring borders") as tell:
        answers, failures = work.run(lambda done, total: tell(done, total=total))
        write_answers(answers, work.question, paths)
    if json:
        print_json([as_json(answer) for answer in answers])
    else:
        _print_answers(answers, paths)
    if failures:
        raise DataError(
            f"{len(failures):,} of {len(answers) + len(failures):,} borders failed: "
            + "; ".join(
                f"{one.pair.country}-{one.pair.neighbour}: {one.reason}" for one in failures
            )
        )


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
