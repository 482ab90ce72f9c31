"""Commands about boundary datasets: list, compare, fetch, check."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bordermap.cli.console import print_json, print_table, print_text, progress
from bordermap.cli.options import CaseOption, Json, Neighbour, Provinces, Worldview, listed

if TYPE_CHECKING:
    from bordermap.provenance import Dataset

_SHOWN_PROBLEMS = 200

app = typer.Typer(
    help="Boundary datasets: what there is, where they differ, whether a file holds together.",
    rich_markup_mode=None,
)


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the boundary datasets, shipped and fetched."""
    from bordermap.datasets import list_datasets, list_fetched

    datasets = (*list_datasets(), *list_fetched())
    if json:
        print_json([_dataset_json(one) for one in datasets])
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
def fetch(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="geoboundaries, overture, osm, or a plugin's.")
    ],
    countries: Annotated[
        list[str],
        typer.Argument(
            metavar="COUNTRY…",
            help="ISO 3166-1 codes; both sides of a border. The first keeps its line.",
        ),
    ],
    *,
    sha256: Annotated[
        str | None,
        typer.Option(metavar="HEX", help="Checksum that the file of the one country must have."),
    ] = None,
    json: Json = False,
) -> None:
    """Download boundaries from an online source into the cache."""
    from bordermap.fetching import fetch as fetched_from

    with progress(f"asking {source}"):
        fetched = fetched_from(source, countries, sha256=sha256)
    if json:
        print_json(
            {
                **_dataset_json(fetched.info),
                "file": str(fetched.file),
                "sources": [{"url": one.url, "sha256": one.sha256} for one in fetched.deliveries],
                "mended": list(fetched.mended),
            }
        )
        return
    info = fetched.info
    print_text(
        f"fetched {info.id}: {info.title}",
        f"licence {info.licence}; to be shown with it: {info.attribution}",
        f"good to {info.accuracy_m:,.0f} m ({info.accuracy_reason})",
        *fetched.mended,
        f"use it with --boundaries {info.id}; it is kept at {fetched.file}",
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
            [
                [problem.feature, problem.kind, problem.reason]
                for problem in report.problems[:_SHOWN_PROBLEMS]
            ],
        )
        if (more := len(report.problems) - _SHOWN_PROBLEMS) > 0:
            print_text(f"and {more:,} more, which --json lists")
    if not report.usable:
        raise GeometryError(
            f"{report.file} cannot be used as boundaries; its problems are listed on stdout"
        )


def _dataset_json(one: "Dataset") -> dict[str, Any]:
    return {
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
