"""The command that looks after the installation itself: doctor."""

import typer

from bordermap.cli.console import print_json, print_table, print_text, progress
from bordermap.cli.options import Json


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(doctor)


def doctor(*, json: Json = False) -> None:
    """Say whether this installation is sound, and what to do if not; exit 2 if it is not."""
    from bordermap.doctor import examined
    from bordermap.errors import DataError

    with progress("examining the installation"):
        findings = examined()
    bad = [finding for finding in findings if finding.state == "bad"]
    if json:
        print_json({"sound": not bad, "findings": [finding.as_json() for finding in findings]})
    else:
        print_table(
            ["check", "state", "found"],
            [[finding.check, finding.state, finding.found] for finding in findings],
        )
        print_text(
            *(f"{finding.check}: {finding.remedy}" for finding in findings if finding.remedy)
        )
    if bad:
        raise DataError(
            f"{len(bad)} of {len(findings)} checks failed ({bad[0].check}: {bad[0].found});"
            " what to do is listed on stdout"
        )
