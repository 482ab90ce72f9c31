"""A finished folder made anew and compared, byte for byte."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from bordermap._text import printable
from bordermap.building import BOUNDARIES, INPUTS, Build
from bordermap.cases import Lakes, load_case, shipped_cases
from bordermap.datasets import is_registered
from bordermap.documents import path_within
from bordermap.errors import DataError
from bordermap.outputs import RECORD, entries
from bordermap.regular import open_if_regular

LARGEST_RUN_BYTES = 2**22


def verified(folder: str | Path) -> Iterator[str]:
    """
    Yield each difference between a finished build and the same build made anew.

    Parameters
    ----------
    folder
        The output folder of `Build`.

    Raises
    ------
    DataError
        If it is no such folder, or what it was made from is not here.

    Examples
    --------
    >>> import bordermap as bm
    >>> list(bm.verified("out/armenia-150"))  # doctest: +SKIP
    ['summary.json: differs from line 12, byte 403 on']
    """
    place = Path(folder)
    build = _recorded_build(_read_run(place), place)
    there = {
        path.relative_to(place).as_posix(): path
        for path in entries(place)
        if path.is_symlink() or not path.is_dir()
    }
    anew = build.files()
    for name in sorted(anew.keys() | there.keys()):
        if name not in there:
            yield f"{name}: missing"
        elif name not in anew:
            yield f"{name}: not of this build"
        elif difference := _difference(there[name], anew[name]):
            yield f"{name}: {difference}"


def _recorded_build(run: Mapping[str, Any], folder: Path) -> Build:
    """Return the build that a record tells of."""
    case: str | Path = path_within(folder, INPUTS)
    if not (folder / INPUTS).is_dir():
        if run["case"] not in shipped_cases():
            raise DataError(
                f"{folder / RECORD}: the case {run['case']!r} is not shipped, {INPUTS} is missing"
            )
        case = str(run["case"])
    name = run["boundaries"]["file"]
    own = None if name is None else path_within(folder, f"{BOUNDARIES}/{name}")
    # a record may be a stranger's: it names datasets, and no file of this machine
    if own is None and not is_registered(run["boundaries"]["id"]):
        told = printable(run["boundaries"]["id"])
        raise DataError(f"{folder / RECORD}: no dataset {told!r} is here; fetch it first")
    return Build(
        case=load_case(
            case,
            boundaries=run["boundaries"]["id"] if own is None else own,
            worldview=run["boundaries"]["worldview"],
            lakes=run["lakes"],
        ),
        draws=run["draws"],
        seed=run["seed"],
        tiles=run["tiles"],
        boundaries_file=own,
        lakes=run["lakes"],
        language=run["language"],
    )


def _read_run(folder: Path) -> Mapping[str, Any]:
    """Return the content of a folder's `run.json`."""
    path = folder / RECORD
    try:
        content = _read(path, most=LARGEST_RUN_BYTES)
    except OSError as error:
        raise DataError(
            f"{path}: {error.strerror}; give the output folder of 'bordermap build'"
        ) from error
    if content is None:
        raise DataError(f"{path}: is no regular file; give the output folder of 'bordermap build'")
    try:
        run = json.loads(content)
        typed = (
            isinstance(run["case"], str)
            and isinstance(run["draws"], int)
            and isinstance(run["seed"], int)
            and isinstance(run["tiles"], str | None)
            and run["lakes"] in get_args(Lakes)
            and isinstance(run["language"], str)
            and isinstance(run["boundaries"]["id"], str)
            and isinstance(run["boundaries"]["worldview"], str)
            and isinstance(run["boundaries"]["file"], str | None)
        )
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise DataError(f"{path}: not the record of a build; build the case anew") from error
    if not typed:
        raise DataError(f"{path}: a value has another type than a build writes; build anew")
    return dict(run)


def _read(path: Path, *, most: int) -> bytes | None:
    """Return so many bytes of a file at most; None of what is no regular file."""
    file = open_if_regular(path)
    if file is None:
        return None
    with file:
        return file.read(most)


def _difference(path: Path, expected: bytes) -> str | None:
    """Say where a file first differs from what it should be; None where it does not."""
    if path.is_symlink():
        return "a link, not a file"
    found = _read(path, most=len(expected) + 1)
    if found is None:
        return "no regular file"
    if found == expected:
        return None
    same = next(
        (at for at, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b),
        min(len(found), len(expected)),
    )
    line = expected.count(b"\n", 0, same) + 1
    return f"differs from line {line}, byte {same + 1} on"
