"""The commands together, and how the program ends."""

import gc
import re
import sys
from itertools import pairwise
from typing import Annotated

import typer

from bordermap._text import printable
from bordermap.cli import (
    batch,
    borders,
    builds,
    data,
    files,
    health,
    register,
    series,
    sweep,
    text,
)
from bordermap.cli.console import prepare_streams, print_refusal
from bordermap.errors import BordermapError, DataError

_BELOW_ZERO = re.compile(r"No such option: (-\d\S*)")
"""What typer takes a number below 0 for."""

GARBAGE_AFTER = 200_000
"""Objects made since the last look for garbage that are worth another one."""

DONE, BUG, REFUSED, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="bordermap",
    help="Turn a border claim in the news into a map, an area with an interval, and layers.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for commands in (builds, borders, files, series, batch, sweep, text, register, health):
    commands.add_to(app)
app.add_typer(data.app, name="boundaries")


def _print_version(*, asked: bool) -> None:
    if asked:
        from bordermap._version import __version__

        sys.stdout.write(f"bordermap {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the version and end.",
            is_eager=True,
            callback=lambda asked: _print_version(asked=asked),
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line and end: 0 done, 2 refused with one line, 1 only for a bug."""
    prepare_streams()
    # A command is soon over, and next to nothing that it makes is garbage before its end: looking
    # for it as often as Python does takes a tenth of a build.
    gc.set_threshold(GARBAGE_AFTER)
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Return the exit code of a run with some arguments."""
    try:
        _require_arguments(arguments)
        code = app(arguments or ["--help"], prog_name="bordermap", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        print_refusal(_told(error.format_message(), arguments))
        return REFUSED
    except BordermapError as error:
        print_refusal(str(error))
        return REFUSED
    except (KeyboardInterrupt, typer.Abort):
        print_refusal("interrupted; nothing was written")
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has seen enough; there is nobody left to tell. typer makes an
        # exit of a broken pipe that it sees.
        sys.stdout = None
        return DONE
    except OSError as error:
        # Not ours, so the system's: a full disk under stdout, a folder that may not be looked into.
        where = "" if error.filename is None else f" {error.filename}"
        told = f"the system refuses{where}: {error.strerror or error}"
        print_refusal(f"{told}; make room, or look there")
        sys.stdout = None
        return REFUSED
    return code if isinstance(code, int) else DONE


def _require_arguments(arguments: list[str]) -> None:
    """Refuse a zero byte, and nothing: as a path it would be the working folder."""
    if zero := next((text for text in arguments if "\0" in text), None):
        raise DataError(f"an argument holds a zero byte ({printable(zero)}); leave it out")
    if arguments[:1] == ["link"]:  # a name that nothing bears leads to nothing
        return
    for before, argument in pairwise(arguments):
        if not argument and before not in {"-o", "--output"}:  # of which their own words are said
            raise DataError(
                "an argument is empty (''); is a variable unset? Give text, or leave it out"
            )


def _told(message: str, arguments: list[str]) -> str:
    """Return what typer says of a wrong command, and what would do."""
    if taken := _BELOW_ZERO.search(message):
        number = next((text for text in arguments if text.startswith(taken[1])), taken[1])
        return f"{number} is below 0; areas, depths and numbers of draws are above"
    return f"{message} ('bordermap --help' lists what there is)"
