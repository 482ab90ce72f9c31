"""Output: a folder or a file is there whole, old or new, whatever happens in between."""

import contextlib
import ctypes
import fcntl
import glob
import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from bordermap._text import printable
from bordermap.errors import OutputError
from bordermap.regular import open_if_regular

RECORD = "run.json"
"""The file by which an output folder is known, and which lists the others under ``files``."""

LARGEST_RECORD_BYTES = 2**22

_AT_FDCWD = -100
_EXCHANGE = 2


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """
    Write a folder as a whole.

    Parameters
    ----------
    folder
        Where; absent, empty, or an earlier output to which nobody has added anything.
    files
        Content of each file by its name below the folder; `RECORD` among them.

    Raises
    ------
    OutputError
        If the folder is something else, another build is writing it, or the disk refuses.

    Notes
    -----
    Everything is written and synced beside the folder first; then the two change their names in
    one step (``renameat2`` with ``RENAME_EXCHANGE``). Where the system has no such step the old
    one is moved aside first, and put back by the next build should this one die in between.
    """
    _require_possible(folder)
    with _refusals(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            staged, aside = _beside(folder, "new"), _beside(folder, "old")
            if aside.exists() and not folder.exists():
                aside.rename(folder)
            require_replaceable(folder)
            for leftover in (staged, aside):
                shutil.rmtree(leftover, ignore_errors=True)
            try:
                _write_all(staged, files)
                require_replaceable(folder)  # somebody may have put a file there meanwhile
                _swap(staged, folder, aside)
            finally:
                for leftover in (staged, aside):
                    shutil.rmtree(leftover, ignore_errors=True)


def require_replaceable(folder: Path) -> None:
    """
    Refuse a folder whose content is not ours to replace.

    Parameters
    ----------
    folder
        Where output is to go.

    Raises
    ------
    OutputError
        If it is a link, no folder, or holds what no build wrote.
    """
    told = printable(str(folder))
    if folder.name in {"", ".."}:  # whoever stands in it would be left in the old one
        raise OutputError(f"{told} is no name of a folder; give one with -o, such as out/case")
    _require_possible(folder)
    if folder.is_symlink():
        raise OutputError(f"{told} is a link; give the folder it leads to, or another")
    if not folder.exists():
        _require_place_for(folder)
        return
    if not folder.is_dir():
        raise OutputError(f"{told} is no folder; give another name with -o")
    recorded = _recorded(folder)
    with _refusals(folder):
        for path in entries(folder):  # up to the first, for this may be a whole disk
            name = path.relative_to(folder).as_posix()
            if name not in recorded:
                raise OutputError(
                    f"{told} holds {printable(name)!r}, which no build wrote; move it, or give"
                    " another folder with -o"
                )


def _require_possible(path: Path) -> None:
    if "\0" in str(path):
        raise OutputError(f"{printable(str(path))}: no such name can be; give another with -o")


def _require_place_for(folder: Path) -> None:
    """Refuse a name below something that is no folder or takes no files."""
    above = next((parent for parent in folder.absolute().parents if parent.exists()), folder)
    if not above.is_dir():
        raise OutputError(f"{printable(str(above))} is no folder; give another name with -o")
    if not os.access(above, os.W_OK):
        raise OutputError(f"{printable(str(above))} cannot be written; give another name with -o")


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """
    Write a file as a whole: the old one is there until the new one is.

    Parameters
    ----------
    path
        Where; an earlier file of this name is replaced.
    pieces
        Its content.

    Raises
    ------
    OutputError
        If the name is that of no regular file, or the disk refuses.
    """
    told = printable(str(path))
    _require_possible(path)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OutputError(f"{told} is a folder, a link or a pipe; give the name of a file")
    staged = _beside(path, f"new-{os.getpid()}")
    with _refusals(path):
        _drop_leftovers(path)
        try:
            with _made(staged) as file:
                _fill(file, pieces)
                staged.replace(path)
            _sync_folder(path.parent)
        finally:
            staged.unlink(missing_ok=True)


def _made(staged: Path) -> io.BufferedWriter:
    """Return a new file that is locked while it is open: its writer lives."""
    while True:
        file = staged.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX)
        if _is_still(staged, file.fileno()):
            return file
        file.close()  # taken for a leftover before it was locked: make it again


def _drop_leftovers(path: Path) -> None:
    """Remove what writers of a file left beside it when they were killed."""
    for leftover in path.parent.glob(f"{glob.escape(_beside(path, 'new-').name)}[0-9]*"):
        if leftover.is_symlink() or not leftover.name.rpartition("-")[2].isdecimal():
            continue
        with (
            contextlib.suppress(FileNotFoundError, BlockingIOError),  # gone, or being written
            leftover.open("rb") as file,
        ):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(leftover, file.fileno()):
                leftover.unlink()


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts:
            raise OutputError(f"the file name {printable(name)!r} leads out of the output folder")
        path = folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, [content])
    for inner in sorted({path.parent for path in entries(folder)}):
        _sync_folder(inner)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        _fill(file, pieces)


def _fill(file: io.BufferedWriter, pieces: Iterable[bytes]) -> None:
    file.writelines(pieces)
    file.flush()
    os.fsync(file.fileno())


def _swap(staged: Path, folder: Path, aside: Path) -> None:
    """Put what is staged in the folder's place; what was there is left beside it."""
    if not folder.exists():
        staged.rename(folder)
    elif not _exchanged(staged, folder):
        folder.rename(aside)
        staged.rename(folder)
    _sync_folder(folder.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names in one step; return whether the system can."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    done: int = renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_EXCHANGE)
    )
    return done == 0


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system lets go should this process die."""
    path = _beside(folder, "lock")
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise OutputError(
                f"{printable(str(folder))} is being written by another build; wait for it"
            ) from None
        if _is_still(path, handle):
            break
        os.close(handle)  # its last holder has just removed it: make a new one
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _recorded(folder: Path) -> set[str]:
    """Return the names that a folder's record lists, and its own; none without a record."""
    try:
        file = open_if_regular(folder / RECORD)
        if file is None:
            return set()
        with file:
            record = json.loads(file.read(LARGEST_RECORD_BYTES))
        if "bordermap" not in record:
            return set()
        return {RECORD, *record["files"]}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        # Without a record that can be read nothing in the folder is known to be ours.
        return set()


def entries(folder: Path) -> Iterator[Path]:
    """
    Yield what is in a folder, by name: files, links and empty folders, at any depth.

    Parameters
    ----------
    folder
        Where; no link below it is followed.
    """
    left = [folder]
    while left:  # no recursion: a stranger's folder may be deeper than a stack
        path = left.pop()
        is_folder = path.is_dir() and not path.is_symlink()
        inner = sorted(path.iterdir(), reverse=True) if is_folder else []
        left += inner
        if not inner and path != folder:
            yield path


def _beside(path: Path, what: str) -> Path:
    return path.parent / f".{path.name}.{what}"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Turn what the system refuses into one line."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(
            f"{printable(str(path))}: {error.strerror or error}; nothing was changed, choose a"
            " place that can be written"
        ) from error
