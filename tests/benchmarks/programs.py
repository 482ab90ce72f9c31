"""What programs cost to start and to run, beside what they cannot do without."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bordermap.datasets import load_dataset
from tests.benchmarks.timing import Row, python, run, side_by_side

BORDERMAP = [sys.executable, "-m", "bordermap"]


def rows() -> Iterator[Row]:
    """Yield the lines about programs."""
    yield _row("bordermap --help", [*BORDERMAP, "--help"], "import typer", limit=2.0)
    ours, theirs = side_by_side(
        python("import bordermap"), python("import geopandas, folium"), repeats=7
    )
    yield Row(
        what="import bordermap",
        against="import geopandas, folium",
        ours_s=ours,
        theirs_s=theirs,
        at_most=0.25,
    )
    yield _row(
        "bordermap depth 150", [*BORDERMAP, "depth", "150", "--json"], "import geopandas, folium"
    )
    yield _row(
        "bordermap boundaries compare, whole pair",
        [*BORDERMAP, "boundaries", "compare", "osm-2026", "natural-earth-10m", "--json"],
        _IMPORTS,
    )
    ours, theirs = side_by_side(_five_provinces, lambda: load_dataset(WORLD).country("RU"))
    yield Row(
        what="five provinces of the world layer, opened before",
        against="all of Russia's",
        ours_s=ours,
        theirs_s=theirs,
        note=f"{ours * 1e3:.0f} ms",
    )
    with tempfile.TemporaryDirectory() as folder:
        build = [*BORDERMAP, "build", "-o", str(Path(folder) / "out")]
        yield from _builds(build)


WORLD = "natural-earth-10m"


def _five_provinces() -> object:
    return load_dataset(WORLD).provinces(["AM-SU", "AM-VD", "AM-GR", "KG-B", "IN-LA"])


_IMPORTS = "import geopandas, folium"


_GEOMETRY = """
import time
import folium, geopandas
import bordermap as bm
import bordermap.assessment
from bordermap.maps.page_data.page import case_ground
start = time.perf_counter()
case = bm.load_case()
bm.assess(case, draws=100)
case_ground(case)
print(time.perf_counter() - start)
"""
"""A build's geometry alone: borders found, everything assessed, the map's ground cut."""


def _builds(build: list[str]) -> Iterator[Row]:
    """Yield what a build costs, beside its imports and its geometry."""
    few, imports = side_by_side(run([*build, "--draws", "100"]), python(_IMPORTS))
    geometry = median(_geometry_s() for _ in range(3))
    yield Row(
        what="bordermap build --draws 100",
        against=f"1.5 × {_IMPORTS} + its geometry",
        ours_s=few,
        theirs_s=1.5 * imports + geometry,
        at_most=1.0,
        note=f"{few / imports:.1f} × the import; geometry {geometry:.2f} s",
    )
    full, imports = side_by_side(run(build), python(_IMPORTS), repeats=3)
    yield Row(
        what="bordermap build (2,000 draws, full budget)",
        against=f"{_IMPORTS} + 2 s",
        ours_s=full,
        theirs_s=imports + 2.0,
        at_most=1.0,
    )


def _geometry_s() -> float:
    """Return how long a build's geometry takes in a new interpreter [s]."""
    done = subprocess.run(
        [sys.executable, "-c", _GEOMETRY], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def _row(what: str, command: list[str], code: str, *, limit: float | None = None) -> Row:
    ours, theirs = side_by_side(run(command), python(code))
    return Row(what=what, against=code, ours_s=ours, theirs_s=theirs, at_most=limit)
