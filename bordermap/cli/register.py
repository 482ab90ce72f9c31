"""The command that reads the register of a case: its claims over time."""

import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bordermap.cli.console import print_json, print_table, print_text
from bordermap.cli.options import CaseArgument, Json, output_option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SUFFIXES = (".csv", ".json", ".parquet")
_DATE_LENGTH = {"day": 10, "month": 7, "year": 4}


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(register)


def register(
    case: CaseArgument = "armenia-150",
    *,
    output: Annotated[
        Path | None,
        output_option(
            metavar="FILE",
            help="Write it: .csv, .json or .parquet.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """List the claims of a case over time, and which of them speak of the same thing."""
    from bordermap.cases import load_case
    from bordermap.tables import require_suffix

    if output is not None:
        require_suffix(output, _SUFFIXES)
    loaded = load_case(case)
    rows = loaded.register.rows(against=loaded.claim)
    if output is not None:
        _write(output, rows)
    if json:
        print_json(rows if output is None else {"files": [str(output)]})
    elif output is not None:
        print_text(str(output))
    else:
        _print_rows(rows, loaded.claim.id)


def _write(path: Path, rows: "Sequence[Mapping[str, Any]]") -> None:
    from bordermap.claims import REGISTER_COLUMNS
    from bordermap.outputs import write_file
    from bordermap.tables import write_table

    if path.suffix.lower() == ".json":
        text = json_module.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False)
        write_file(path, [text.encode(), b"\n"])
    else:
        write_table(path, rows, REGISTER_COLUMNS)


def _print_rows(rows: "Sequence[Mapping[str, Any]]", main: str) -> None:
    print_table(
        ["date", "by", "figure", "area [km²]", f"beside {main}"],
        [
            [
                row["date"][: _DATE_LENGTH[row["date_precision"]]],
                row["by"],
                row["figure_text"],
                " to ".join(_end(row[f"{end}_km2"]) for end in ("low", "high")),
                _beside(row),
            ]
            for row in rows
        ],
    )


def _beside(row: "Mapping[str, Any]") -> str:
    """Return in what the scope is another; what each says is in the files."""
    differing = (phrase.partition(":")[0] for phrase in row["why_not"].split("; "))
    return "same scope" if row["comparable"] else f"not comparable: {', '.join(differing)}"


def _end(area_km2: float | None) -> str:
    return "open" if area_km2 is None else f"{area_km2:,.6g}"
