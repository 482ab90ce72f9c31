"""A client asked in a process of its own: for so long, for so much, and not a second longer."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from bordermap._text import printable
from bordermap.countries import country_name
from bordermap.datasets import load_dataset
from bordermap.errors import DataError
from bordermap.scratch import scratch_folder

MOST_SECONDS = 900.0
MOST_BYTES = 2**28
WORLD = "natural-earth-10m"

_SHOWN = 160
_PACKAGES = {"osm": "osmnx", "overture": "overturemaps"}

Client = Literal["osm", "overture"]


def features_of(
    client: Client, country: str, *, most_seconds: float = MOST_SECONDS
) -> list[dict[str, Any]]:
    """
    Return the features that a client has of a country, those of other countries left out.

    Parameters
    ----------
    client
        Which.
    country
        Alpha-2 code.
    most_seconds
        Longest time [s].

    Raises
    ------
    DataError
        If the client is not installed, fails, or gives nothing, too much, or no JSON.
    """
    package = _PACKAGES[client]
    if importlib.util.find_spec(package) is None:
        raise DataError(
            f"{client} is asked through the package {package}, which is not installed;"
            f" install it: pip install 'bordermap[{client}]'"
        )
    with scratch_folder() as folder:
        file = folder / "features.json"
        box = [f"{value:.6f}" for value in country_box(country)]
        _run([client, *box, str(file)], client, most_seconds)
        found = _read(file, client)
    own = [one for one in found if str(one["properties"]["code"]).startswith(f"{country}-")]
    if not own:
        raise DataError(f"{client} has no provinces of {country} ({country_name(country)})")
    return own


def country_box(country: str) -> tuple[float, float, float, float]:
    """Return the box round a country by the shipped world layer [degrees, WGS 84]."""
    boxes = [
        entry.bbox
        for entry in load_dataset(WORLD).entries
        if country in {entry.country, entry.code}
    ]
    if not boxes:
        raise DataError(f"{WORLD} does not say where {country} ({country_name(country)}) lies")
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _run(arguments: Sequence[str], client: str, most_seconds: float) -> None:
    command = [sys.executable, "-P", "-m", "bordermap.fetching.clients", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter and module, no shell)
            command, capture_output=True, timeout=most_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise DataError(
            f"{client} was not done after {most_seconds:,.0f} s; try again later"
        ) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = printable(lines[-1][:_SHOWN]) if lines else f"status {done.returncode}"
        raise DataError(f"{client} failed: {why}")


def _read(file: Path, client: str) -> list[dict[str, Any]]:
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise DataError(f"{client} gave {size:,} bytes; at most {MOST_BYTES:,} are taken")
        found: list[dict[str, Any]] = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{client} gave nothing that can be read") from None
    return found
