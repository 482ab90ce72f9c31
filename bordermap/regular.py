"""Regular files, opened without waiting: a pipe or a device could block, or never end."""

import errno
import io
import os
import stat
from pathlib import Path


def open_if_regular(path: Path) -> io.BufferedReader | None:
    """
    Open a regular file for reading.

    Parameters
    ----------
    path
        Where; links are followed.

    Returns
    -------
    io.BufferedReader or None
        None where the name leads to something else, such as a pipe or a device.

    Raises
    ------
    OSError
        If it is missing, a folder, or cannot be read.
    ValueError
        If the name holds a zero byte.
    """
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115  (Path has no opener)
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    return None


def regular_content(path: Path, most_bytes: int = -1) -> bytes:
    """
    Return what a regular file holds.

    Parameters
    ----------
    path
        Where; links are followed.
    most_bytes
        How much of it is read; all of it if negative.

    Raises
    ------
    OSError
        If it is missing, cannot be read, or is something else, such as a pipe.
    ValueError
        If the name holds a zero byte.
    """
    file = open_if_regular(path)
    if file is None:
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    with file:
        return file.read(most_bytes)


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
