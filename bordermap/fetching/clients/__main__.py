"""The process that asks: arguments NAME WEST SOUTH EAST NORTH FILE."""

import json
import sys
from pathlib import Path

from bordermap.fetching.clients import openstreetmap, overture

_CLIENTS = {"osm": openstreetmap.features, "overture": overture.features}


def main(name: str, *rest: str) -> None:
    """Write the features of a box as a JSON list, one property ``code`` and ``name`` each."""
    west, south, east, north, file = rest
    box = float(west), float(south), float(east), float(north)
    found = _CLIENTS[name](box)
    Path(file).write_text(json.dumps(found, ensure_ascii=False, allow_nan=False), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
