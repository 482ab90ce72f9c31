"""Commands about boundary datasets: list, compare, check."""

from typing import Annotated

import typer

from bordermap.cli.console import print_json, print_table, print_text, progress
from bordermap.cli.options import CaseOption, Json, Neighbour, Provinces, Worldview, listed

app = typer.Typer(
    help="Boundary datasets: what there is, where they differ, whether a file holds together.",
    rich_markup_mode=None,
)


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the boundary datasets."""
    from bordermap.datasets import list_datasets

    datasets = list_datasets()
    if json:
        print_json(
            [
                {
                    "id": one.id,
                    "title": one.title,
                    "licence": one.licence,
                    "attribution": one.attribution,
                    "vintage": one.vintage,
                    "accuracy_m": one.accuracy_m,
                    "accuracy_reason": one.accuracy_reason,
                    "worldview": one.worldview,
                    "countries": "world" if one.countries == ("world",) else list(one.countries),
                    "sha256": one.sha256,
                }
                for one in datasets
            ]
        )
        return
    print_table(
        ["dataset", "vintage", "good to", "countries", "licence"],
        [
            [one.id, one.vintage, f"{one.accuracy_m:,.0f} m", ", ".join(one.countries), one.licence]
            for one in datasets
        ],
    )
    print_text(*(f"{one.id}: {one.worldview}" for one in datasets))


@app.command()
def compare(  # noqa: PLR0913  (an option each)
    a: Annotated[str, typer.Argument(metavar="A", help="A dataset or file.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    *,
    provinces: Provinces = None,
    neighbour: Neighbour = None,
    worldview: Worldview = "iso",
    case: CaseOption = "armenia-150",
    json: Json = False,
) -> None:
    """Say where two datasets place land on different sides of the border."""
    from bordermap.asking import disagreement_of

    with progress("comparing the datasets"):
        found = disagreement_of(
            a,
            b,
            provinces=listed(provinces),
            neighbour=neighbour,
            case=case,
            worldview=worldview,
        )
    if json:
        print_json(found.as_json())
        return
    print_text(f"{a} and {b} place {found.total_km2:,.1f} km² on different sides of the border")
    print_table(
        [
            "province",
            f"only in {a} [km²]",
            f"only in {b} [km²]",
            "mean apart [m]",
            "95 % within [m]",
            "most [m]",
        ],
        [
            [
                code,
                f"{side.a_only_km2:,.2f}",
                f"{side.b_only_km2:,.2f}",
                f"{side.distance.mean_m:,.0f}",
                f"{side.distance.p95_m:,.0f}",
                f"{side.distance.max_m:,.0f}",
            ]
            for code, side in found.by_province.items()
        ],
    )


@app.command()
def check(
    what: Annotated[
        str, typer.Argument(metavar="FILE|DATASET", help="A GeoJSON or TopoJSON file, or an id.")
    ],
    *,
    json: Json = False,
) -> None:
    """Say whether the polygons of a file or dataset fit together; exit 2 if they cannot be used."""
    from bordermap.datasets import check_boundaries
    from bordermap.errors import GeometryError

    with progress("checking"):
        report = check_boundaries(what)
    if json:
        print_json(report.as_json())
    else:
        print_text(f"{report.file}: {report.area_km2:,.1f} km², {len(report.problems)} problems")
        print_table(
            ["feature", "kind", "reason"],
            [[problem.feature, problem.kind, problem.reason] for problem in report.problems],
        )
    if not report.usable:
        raise GeometryError(
            f"{report.file} cannot be used as boundaries; its problems are listed on stdout"
        )
