"""The output folder of a batch: what is finished stays finished, whatever dies."""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bordermap._text import printable
from bordermap._version import __version__
from bordermap.batch.work import Outcome
from bordermap.errors import OutputError
from bordermap.outputs import RECORD, write_file, write_folder
from bordermap.tables import Row

MANIFEST = "batch.json"
"""The file by which the output of a batch is known."""

ITEMS = "items"
_LOCK = ".lock"


class Store:
    """
    The output folder of a batch.

    Parameters
    ----------
    folder
        Where; absent, empty, or an earlier batch's.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """
        Hold the folder while it is worked on.

        Raises
        ------
        OutputError
            If it is something else's, another batch holds it, or the disk refuses.

        Notes
        -----
        The system lets go of the lock should this process die.
        """
        told = printable(str(self.folder))
        if self.folder.is_symlink() or (self.folder.exists() and not self.folder.is_dir()):
            raise OutputError(f"{told} is a link or no folder; give another with -o")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            there = {path.name for path in self.folder.iterdir() if not _is_first_trace(path.name)}
            if there and MANIFEST not in there:
                raise OutputError(
                    f"{told} holds {printable(min(there))!r}, which no batch wrote;"
                    " give another folder with -o"
                )
            handle = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            if isinstance(error, OutputError):
                raise
            raise OutputError(f"{told}: {error.strerror}; choose another place") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise OutputError(f"{told} is being written by another batch; wait for it") from None
        try:
            # written at once: what is there without it was not written by a batch
            self.write_manifest({})
            yield
        finally:
            os.close(handle)

    def holds(self, name: str, fingerprint: str) -> bool:
        """Return whether the results of an item are here, whole and of this fingerprint."""
        record = self._read(name, RECORD)
        return isinstance(record, dict) and record.get("fingerprint") == fingerprint

    def put(self, name: str, fingerprint: str, outcome: Outcome) -> None:
        """
        Put the results of an item in its folder, all at once.

        Raises
        ------
        OutputError
            If the disk refuses.
        """
        files = outcome.files
        record = {
            "bordermap": outcome.version,
            "fingerprint": fingerprint,
            "files": {file: hashlib.sha256(content).hexdigest() for file, content in files.items()},
            "rows": [dict(row) for row in outcome.rows],
        }
        write_folder(self.folder / ITEMS / name, {**files, RECORD: _json(record)})

    def rows(self, name: str) -> list[Row]:
        """Return the rows of an item whose results are here."""
        record = self._read(name, RECORD)
        found = record.get("rows") if isinstance(record, dict) else None
        return found if isinstance(found, list) else []

    def summary(self, name: str) -> dict[str, Any]:
        """Return the summary of an item whose results are here."""
        found = self._read(name, "summary.json")
        return found if isinstance(found, dict) else {}

    def write_manifest(self, content: Mapping[str, Any]) -> None:
        """Write what the batch says of itself."""
        write_file(self.folder / MANIFEST, [_json({"bordermap": __version__, **content})])

    def _read(self, name: str, file: str) -> object:
        try:
            return json.loads((self.folder / ITEMS / name / file).read_bytes())
        except (OSError, ValueError):
            return None


def _is_first_trace(name: str) -> bool:
    """Return whether this is all that a batch leaves that was killed before it had a manifest."""
    return name == _LOCK or name.startswith(f".{MANIFEST}.new-")


def _json(content: object) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()
