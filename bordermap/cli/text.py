"""Commands that read names and articles: link, read, new."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bordermap.cli.console import print_json, print_table, print_text
from bordermap.cli.options import Boundaries, Json, listed, place


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(link)
    app.command()(read)
    app.command()(new)


def link(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Names of places.")],
    *,
    country: Annotated[
        str | None,
        typer.Option(metavar="XX", help="Look only in this country (ISO 3166-1, or name)."),
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


def read(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="Text, Markdown or a saved page; - for stdin.")
    ],
    *,
    text: Annotated[
        bool, typer.Option("--text", help="Print the text that is read, which offsets count in.")
    ] = False,
    json: Json = False,
) -> None:
    """Find what an article states of affected areas: draft claims for an editor to check."""
    from bordermap.reading import read_article

    article = _article(file)
    if text:
        sys.stdout.write(article)
        return
    drafts = [draft.to_json() for draft in read_article(article)]
    if json:
        print_json(drafts)
        return
    if not drafts:
        print_text("no statement of an affected area was found")
    for draft in drafts:
        hedge = f" ({draft['qualifier']})" if draft["qualifier"] else ""
        ends = draft["area_km2"]
        low, high = (
            "open" if ends[end] is None else f"{ends[end]:,.6g}" for end in ("low", "high")
        )
        print_text(f"“{draft['figure_text']}”{hedge}: {low} to {high} km², {draft['kind']}")
        print_table(
            ["", "as read"],
            [
                ["asserted by", _party(draft["asserted_by"])],
                ["about", _party(draft["about"])],
                ["dates", ", ".join(draft["dates"]) or "–"],
                *(["place", _place(place)] for place in draft["places"]),
            ],
        )


def new(  # noqa: PLR0913  (an option each)
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", parser=place, help="Folder of the new case.")
    ],
    *,
    article: Annotated[
        str, typer.Option(metavar="FILE|-", help="Text, Markdown or a saved page; - for stdin.")
    ],
    countries: Annotated[
        str,
        typer.Option(metavar="XX,YY", help="The two sides of the border (ISO 3166-1, or names)."),
    ],
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Day of the article.")
    ] = None,
    boundaries: Boundaries = None,
    json: Json = False,
) -> None:
    """Make a case from an article: draft claims and scenarios that can be built and edited."""
    from bordermap.drafting import draft_case

    written = draft_case(
        _article(article),
        countries=listed(countries),
        folder=folder,
        day=_day(date),
        boundaries=boundaries,
    )
    if json:
        print_json({"files": [str(path) for path in written]})
        return
    print_text(*(str(path) for path in written))
    print_text(f"What was inferred is marked CHECK. Then: bordermap build {folder}")


def _article(file: str) -> str:
    """Return the text of an article in a file, or on stdin."""
    from bordermap.errors import ReadingError
    from bordermap.reading import MAX_BYTES, article_bytes, article_text

    if file != "-":
        return article_text(article_bytes(Path(file)), name=Path(file).name)
    if sys.stdin is None:
        raise ReadingError("stdin is closed; give the file of an article")
    return article_text(sys.stdin.buffer.read(MAX_BYTES + 1), name="stdin")


def _day(date: str | None) -> dt.date | None:
    from bordermap.errors import ClaimError

    if date is None:
        return None
    try:
        return dt.date.fromisoformat(date)
    except ValueError:
        raise ClaimError(f"--date takes a day such as 2023-12-16, not {date[:40]!r}") from None


def _place(place: dict[str, Any]) -> str:
    told = ", ambiguous" if place["ambiguous"] else ""
    return f"{place['text']} → {place['feature_id']} ({place['kind']}{told})"


def _party(party: dict[str, str | None]) -> str:
    country = f" ({party['country']})" if party["country"] else ""
    return f"{party['text'] or '–'}{country}"
