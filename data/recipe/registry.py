"""The registry of shipped data files: what each is, whose, and how it can be recognised."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recipe.features import sha256

HEADER = """\
# What data is shipped: whose it is, under which licence, how good it is and whose view it takes.
# Written by data/prepare.py; every file is checked against it when it is read.
"""
CRS = "OGC:CRS84"  # WGS 84, longitude before latitude

Value = str | int | float | bool | list[str]
Entry = dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFile:
    """
    A file to ship.

    Parameters
    ----------
    path
        Where it goes, from the data folder.
    content
        Its bytes.
    rows
        How many features it holds.
    about
        The rest of its registry entry.
    """

    path: str
    content: bytes
    rows: int
    about: Mapping[str, Value]

    @property
    def entry(self) -> Entry:
        """The registry entry of the file."""
        return {
            **self.about,
            "crs": CRS,
            "rows": self.rows,
            "file": self.path,
            "bytes": len(self.content),
            "sha256": sha256(self.content),
        }


def write_files(files: Sequence[BuiltFile], folder: Path) -> None:
    """Write the files, and their entries into the registry beside them; other entries stay."""
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    registry = folder / "registry.toml"
    entries = {str(e["id"]): e for e in _read(registry)} | {
        str(f.about["id"]): f.entry for f in files
    }
    registry.write_text(registry_text([entries[key] for key in sorted(entries)]), "utf-8")


def registry_text(entries: Sequence[Entry]) -> str:
    """Return entries as TOML."""
    blocks = ["\n".join(["[[dataset]]", *map(_line, e.items())]) for e in entries]
    return "\n\n".join([HEADER.rstrip(), *blocks]) + "\n"


def _read(path: Path) -> list[Entry]:
    if not path.exists():
        return []
    entries: list[Entry] = tomllib.loads(path.read_text("utf-8")).get("dataset", [])
    return entries


def _line(item: tuple[str, Value]) -> str:
    key, value = item
    return f"{key} = {_toml(value)}"


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_toml(entry) for entry in value) + "]"
    if isinstance(value, str):
        # names and sentences of ours: no control characters to escape
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return repr(value)
