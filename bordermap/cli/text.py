"""Commands that read names and articles: link."""

from typing import Annotated

import typer

from bordermap.cli.console import print_json, print_table, print_text
from bordermap.cli.options import Json


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(link)


def link(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Names of places.")],
    *,
    country: Annotated[
        str | None, typer.Option(metavar="XX", help="Look only in this country (ISO 3166-1).")
    ] = None,
    json: Json = False,
) -> None:
    """Find the provinces and places that names may mean."""
    from bordermap.gazetteer import Gazetteer

    links = Gazetteer.load().link(names, country=country)
    if json:
        print_json([one.to_json() for one in links])
        return
    for one in links:
        if not one.matches:
            print_text(f"{one.text}: nothing bears this name")
            continue
        told = " (ambiguous)" if one.ambiguous else ""
        print_table(
            ["feature", "name", "kind", "province", "score", "how"],
            [
                [
                    match.feature.feature_id,
                    match.feature.name,
                    match.feature.kind,
                    match.feature.province,
                    f"{match.score:.2f}",
                    match.how,
                ]
                for match in one.matches
            ],
            title=f"{one.text}{told}",
        )
