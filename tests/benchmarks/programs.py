"""What programs cost to start and to run, beside what they cannot do without."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

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
        what="five provinces of the world layer",
        against="all of Russia's",
        ours_s=ours,
        theirs_s=theirs,
        note=f"{ours * 1e3:.0f} ms",
    )
    with tempfile.TemporaryDirectory() as folder:
        build = [*BORDERMAP, "build", "-o", str(Path(folder) / "out")]
        yield _row("bordermap build --draws 100", [*build, "--draws", "100"], _IMPORTS, limit=1.5)
        yield _row("bordermap build (2,000 draws)", build, _IMPORTS)


WORLD = "natural-earth-10m"


def _five_provinces() -> object:
    return load_dataset(WORLD).provinces(["AM-SU", "AM-VD", "AM-GR", "KG-B", "IN-LA"])


_IMPORTS = "import geopandas, folium"


def _row(what: str, command: list[str], code: str, *, limit: float | None = None) -> Row:
    ours, theirs = side_by_side(run(command), python(code))
    return Row(what=what, against=code, ours_s=ours, theirs_s=theirs, at_most=limit)
