"""Files by name and size: regular ones, inside their folder, small, UTF-8."""

from pathlib import Path, PurePosixPath

from bordermap.documents.wording import named, shown
from bordermap.errors import DataError
from bordermap.regular import open_if_regular

MAX_BYTES = 262_144
"""Largest file that is read [bytes]."""


def path_within(folder: Path, relative: str) -> Path:
    """
    Return the path of a file named inside a folder.

    Parameters
    ----------
    folder
        Folder that the name must not lead out of.
    relative
        Name as a file of the folder gives it, with forward slashes.

    Raises
    ------
    DataError
        If the name is empty, absolute, has a drive or a backslash, or leads out of the folder,
        be it by ``..`` or by a link.
    """
    parts = PurePosixPath(relative).parts
    if not parts or relative.startswith("/") or ".." in parts or set(relative) & set("\\:\0"):
        raise DataError(
            f"{shown(relative)} is no file of the case; give a path below the case folder, "
            f"such as 'outlines/a.geojson'"
        )
    path = folder.joinpath(*parts)
    _require_within(path, folder)
    return path


def read_text(path: Path, *, within: Path | None = None, max_bytes: int = MAX_BYTES) -> str:
    """
    Return the text of a small UTF-8 file.

    Parameters
    ----------
    path
        A regular file.
    within
        Folder that the file must really lie in; a link that leads out of it is refused.
    max_bytes
        Largest size [bytes].

    Raises
    ------
    DataError
        If the file is missing, no regular file, outside `within`, too large or not UTF-8.
    """
    if within is not None:
        _require_within(path, within)
    data = _bytes_of(path, max_bytes)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{named(path)}: is UTF-16; save it as UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        raise DataError(f"{named(path)}: begins with a byte order mark; save it as UTF-8 without")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{named(path)}: line {line}: byte 0x{data[error.start]:02x} is not UTF-8; "
            f"save the file as UTF-8"
        ) from None


def toml_files(folder: Path, *, most: int) -> tuple[Path, ...]:
    """
    Return the TOML files right in a folder, by name.

    Parameters
    ----------
    folder
        The folder.
    most
        Most files it may hold.

    Raises
    ------
    DataError
        If the folder cannot be listed, holds no TOML file, or more than `most`.
    """
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if path.suffix == ".toml" and not path.name.startswith(".")
        )
    except OSError as error:
        raise DataError(f"{named(folder)}: cannot be listed: {error.strerror}") from None
    if not 0 < len(found) <= most:
        raise DataError(f"{named(folder)}: holds {len(found)} .toml files; give 1 to {most}")
    return tuple(found)


def _bytes_of(path: Path, max_bytes: int) -> bytes:
    try:
        file = open_if_regular(path)
        if file is not None:
            with file:
                data = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        reason = error.strerror if isinstance(error, OSError) else "no such name can be"
        raise DataError(f"{named(path)}: cannot be read: {reason}") from None
    if file is None:
        raise DataError(f"{named(path)}: is no regular file; give a file")
    if len(data) > max_bytes:
        raise DataError(f"{named(path)}: is larger than {max_bytes} bytes; make it smaller")
    return data


def _require_within(path: Path, folder: Path) -> None:
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name that cannot be
        inside = False
    if not inside:
        raise DataError(
            f"{named(path)}: leads out of {named(folder)}; put the file itself there, not a link"
        )
