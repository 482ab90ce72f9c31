"""Commands that write or measure files: area."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bordermap.cli.console import print_json, print_table, print_text, progress
from bordermap.cli.options import Boundaries, Json, Worldview

if TYPE_CHECKING:
    from bordermap.measuring import FileArea


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(area)


def area(  # noqa: PLR0913  (an option each)
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="GeoJSON files.")],
    *,
    by: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Split by the provinces of a country.")
    ] = None,
    repair: Annotated[
        bool, typer.Option(help="Make invalid polygons valid, and say how much area that changes.")
    ] = False,
    boundaries: Boundaries = None,
    worldview: Worldview = "iso",
    json: Json = False,
) -> None:
    """Measure the polygons of GeoJSON files on the ellipsoid."""
    from bordermap.asking import provinces_of
    from bordermap.measuring import measured_files

    with progress("measuring"):
        provinces = (
            () if by is None else provinces_of(by, boundaries=boundaries, worldview=worldview)
        )
        measured = list(measured_files(files, provinces=provinces, repair=repair))
    if json:
        print_json([_area_json(one) for one in measured])
        return
    print_table(
        ["file", "polygons", "area [km²]", *([] if by is None else [f"outside {by} [km²]"])],
        [
            [
                one.file,
                f"{one.features:,}",
                f"{one.area_km2:,.4f}",
                *([] if one.outside_km2 is None else [f"{one.outside_km2:,.4f}"]),
            ]
            for one in measured
        ],
    )
    for one in measured:
        parts = {code: km2 for code, km2 in one.by_province.items() if km2 > 0}
        if parts:
            print_table(
                ["province", "area [km²]"],
                [[code, f"{km2:,.4f}"] for code, km2 in parts.items()],
                title=one.file,
            )
        print_text(
            *(
                f"{one.file}, {repair.feature}: made valid ({repair.reason}), which changes"
                f" {repair.area_change_km2:+,.6f} km²"
                for repair in one.repairs
            )
        )


def _area_json(one: "FileArea") -> dict[str, Any]:
    return {
        "file": one.file,
        "area_km2": one.area_km2,
        "features": one.features,
        "by_province": one.by_province,
        "outside_km2": one.outside_km2,
        "repairs": [
            {
                "feature": repair.feature,
                "reason": repair.reason,
                "area_change_km2": repair.area_change_km2,
            }
            for repair in one.repairs
        ],
    }
