"""Options that several commands share."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer


class Lakes(StrEnum):
    """Whether large lakes count."""

    IN = "in"
    OUT = "out"


Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]
Boundaries = Annotated[
    str | None,
    typer.Option(
        metavar="ID|FILE",
        help="A dataset ('bordermap boundaries list') or a GeoJSON file of provinces.",
    ),
]
Worldview = Annotated[
    str,
    typer.Option(help="Whose view of disputed provinces: iso, de-facto, or a country's (cn, in…)."),
]
CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A shipped case's id, or a case folder.")
]
CaseOption = Annotated[
    str, typer.Option("--case", metavar="CASE", help="The case that is meant where not told else.")
]
Provinces = Annotated[
    str | None,
    typer.Option(metavar="P,P…", help="ISO 3166-2 codes or names; the case's if not given."),
]
Neighbour = Annotated[
    str | None, typer.Option(metavar="XX", help="ISO 3166-1 code of the country on the other side.")
]
Section = Annotated[
    str, typer.Option(help="Section of the border: all, mainland, exclaves, or one the case names.")
]
LakesOption = Annotated[
    Lakes, typer.Option("--lakes", help="Whether large lakes count as land of their province.")
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="en|hy|az|ru",
        help="Language of headings and fixed text; what people wrote stays as it is.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Processes of this machine; one a core if not given."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="A Dask scheduler, as tcp://10.0.0.1:8786, instead."),
]


def place(text: str) -> Path:
    """Return the path of something to write; nothing is no name, not the folder one is in."""
    from bordermap.errors import OutputError

    if not text.strip():
        raise OutputError(f"{text!r} is no name of a file or folder; give one")
    return Path(text)


output_option = partial(typer.Option, "-o", "--output", parser=place)
"""Where to write; each command says with `metavar` and `help` what."""


def listed(text: str | None) -> list[str]:
    """Return the entries of a comma-separated list; an option left out has none."""
    from bordermap.errors import PlaceNotFoundError

    if text is None:
        return []
    entries = [entry.strip() for entry in text.split(",")]
    if not all(entries):
        raise PlaceNotFoundError(
            f"the list {text!r} has an empty entry; give codes such as AM-SU,AM-VD"
        )
    return entries
