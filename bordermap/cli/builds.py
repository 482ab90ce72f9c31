"""Commands of the main job: build, verify, export."""

import sys
from collections.abc import Iterator, Sized
from contextlib import contextmanager, nullcontext
from json import loads
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bordermap.cli.console import print_json, print_table, print_text, progress
from bordermap.cli.options import (
    Boundaries,
    CaseArgument,
    Json,
    Lakes,
    LakesOption,
    LanguageOption,
    Worldview,
    output_option,
)


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(build)
    app.command()(verify)
    app.command()(export)


def build(  # noqa: PLR0913  (an option each)
    case: CaseArgument = "armenia-150",
    *,
    output: Annotated[
        Path | None,
        output_option(metavar="DIR", help="Folder; out/<case> if not given."),
    ] = None,
    draws: Annotated[
        str | None, typer.Option(metavar="N", help="Number of draws, or 'settled' for enough.")
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Seed; the case's if none.")] = None,
    tiles: Annotated[
        str, typer.Option(metavar="none|URL", help="Background tiles, asked for by the reader.")
    ] = "none",
    boundaries: Boundaries = None,
    worldview: Worldview = "iso",
    lakes: LakesOption = Lakes.IN,
    language: LanguageOption = "en",
    json: Json = False,
) -> None:
    """Do the main job: assess a case, and write map, report, layers and summary."""
    from bordermap.building import build_of
    from bordermap.scenarios import MODELS

    with progress("reading the case") as status:
        asked = build_of(
            case,
            draws=_count(draws),
            seed=seed,
            tiles=None if tiles == "none" else tiles,
            boundaries=boundaries,
            worldview=worldview,
            lakes=lakes.value,
            language=language,
        )
        folder = output or Path("out") / asked.case.id
        if status is not None:
            status.update("assessing the case, then drawing the map and writing the report")
        models = {scenario.model for scenario in asked.case.scenarios}
        # folium takes pandas where it is there, for tables, of which our page has none, and half
        # of what folium costs to import is that. The model of a plugin may need it.
        with _doing_without("pandas") if models <= set(MODELS) else nullcontext():
            files = asked.write(folder)
    summary = loads(files["summary.json"])
    if json:
        print_json(summary)
        return
    _print_summary(summary, folder, files)


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Output of 'bordermap build'.")],
    *,
    json: Json = False,
) -> None:
    """Make a finished build anew and compare every byte; exit 2 if any differs."""
    from bordermap.errors import DataError
    from bordermap.verifying import verified

    with progress("making the build anew"):
        differences = list(verified(folder))
    if json:
        print_json({"identical": not differences, "differences": differences})
    else:
        print_text(*differences)
    if differences:
        raise DataError(
            f"{folder}: {len(differences)} of its files differ from the build made anew; they are"
            " listed on stdout"
        )
    if not json:
        print_text(f"{folder}: identical, every file to the byte")


def export(  # noqa: PLR0913  (an option each)
    case: CaseArgument = "armenia-150",
    *,
    output: Annotated[
        Path,
        output_option(metavar="PATH", help="File, by suffix, or a folder."),
    ],
    boundaries: Boundaries = None,
    worldview: Worldview = "iso",
    lakes: LakesOption = Lakes.IN,
    json: Json = False,
) -> None:
    """Write the layers of a case: .geojson, .geojsonl, .gpkg, .parquet, .fgb, .kml, .kmz, .csv."""
    from bordermap.assessment import assess
    from bordermap.cases import load_case
    from bordermap.export import write_layers

    with progress("assessing the case, then writing its layers"):
        assessment = assess(
            load_case(case, boundaries=boundaries, worldview=worldview, lakes=lakes.value)
        )
        written = write_layers(assessment, output)
    if json:
        print_json({"files": [str(path) for path in written]})
    else:
        print_text(*(str(path) for path in written))


@contextmanager
def _doing_without(package: str) -> Iterator[None]:
    """Let what is imported meanwhile take a package as missing, unless it is imported already."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # so that importing it fails
    try:
        yield
    finally:
        del sys.modules[package]


def _count(draws: str | None) -> int | Literal["settled"] | None:
    """Return the number of draws that an option asks for."""
    from bordermap.errors import ScenarioError

    if draws is None:
        return None
    if draws == "settled":
        return "settled"
    try:
        return int(draws)
    except ValueError:
        raise ScenarioError(
            f"--draws takes a whole number or 'settled', not {draws[:40]!r}"
        ) from None


def _print_summary(summary: dict[str, Any], folder: Path, files: Sized) -> None:
    claim = summary["claim"]
    rejected = claim["rejected_by"]
    print_text(
        f"“{claim['figure_text']}”: stated by {claim['asserted_by']['text']}"
        + (f"; rejected by {rejected['text']}" if rejected else "")
    )
    for answer in summary["strip"]:
        depth = answer["depth_m_for_stated"]
        if depth is not None:
            print_text(f"  as a strip ({answer['section']}): {depth['best']:,.0f} m deep")
    print_table(
        ["scenario", "area [km²]", "interval", "beside the stated figure"],
        [
            [
                one["scenario"],
                f"{one['area_km2']['best']:,.1f}",
                _ends(one["area_km2"]),
                comparison["outcome"],
            ]
            for one, comparison in zip(summary["estimates"], summary["comparisons"], strict=True)
        ],
    )
    print_text(f"{len(files)} files in {folder}; open {folder / 'map.html'}")


def _ends(area_km2: dict[str, float | None]) -> str:
    low, high = area_km2["low"], area_km2["high"]
    return " to ".join("open" if end is None else f"{end:,.1f}" for end in (low, high))
