"""Folders for the time being: gone at the end, or by the next run if their process was killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "bordermap-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """
    Hold an empty folder, which is removed with what is in it.

    Notes
    -----
    It is locked while it is held. The system lets go of the lock should the process be killed,
    and whoever makes the next folder then removes this one.
    """
    while True:
        drop_leftovers()
        with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
            handle = _locked(Path(name))
            if handle is None:
                continue  # taken for a leftover before it was locked: make another
            try:
                yield Path(name)
            finally:
                os.close(handle)
            return


def drop_leftovers() -> None:
    """Remove the folders of this user whose process was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # gone meanwhile, or somebody else's
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            handle = _locked(folder)
            if handle is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(handle)


def _locked(folder: Path) -> int | None:
    """Return a handle that locks a folder; None where another holds it, or it is gone."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(folder.stat(), os.fstat(handle)):
            return handle
    except OSError:  # held by another, or gone
        pass
    os.close(handle)
    return None
