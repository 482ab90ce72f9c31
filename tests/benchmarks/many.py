"""What much at once costs: a series beside geopandas, and a batch on one worker and on two."""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import geopandas
import numpy as np
import shapely

from bordermap.asking import provinces_of
from bordermap.boundaries import Province
from bordermap.series import dated, read_series
from tests.batch.feeds import articles, feed
from tests.benchmarks.timing import Row, run

DAYS, VERTICES, COMPARED_DAYS = 769, 2_900, 60
ARTICLES = 1_000
EQUAL_AREA = "+proj=laea +lat_0=48.5 +lon_0=36"


def rows() -> Iterator[Row]:
    """Yield the lines about series and batches."""
    with tempfile.TemporaryDirectory() as scratch:
        yield from _series(Path(scratch))
        yield from _batch(Path(scratch))


def _series(folder: Path) -> Iterator[Row]:
    """Yield what a series costs for each outline, ours and theirs in turn on the same days."""
    provinces = provinces_of("UA")
    files = _outlines(folder)
    few = files[:COMPARED_DAYS]
    ours, theirs = zip(
        *(
            (_timed(lambda: _ours(few, provinces)), _timed(lambda: _geopandas(few, provinces)))
            for _ in range(3)
        ),
        strict=True,
    )
    yield Row(
        what=f"series of {len(few)} days by {len(provinces)} provinces",
        against="geopandas: overlay with provinces and the day before",
        ours_s=min(wall for wall, _ in ours),
        theirs_s=min(wall for wall, _ in theirs),
        note=f"CPU time {min(cpu for _, cpu in ours) / min(cpu for _, cpu in theirs):.2f}",
    )
    wall_s, cpu_s = _timed(lambda: _ours(files, provinces))
    yield Row(
        what=f"series of {DAYS} days, {VERTICES:,} vertices each [s]",
        against="one minute",
        ours_s=wall_s,
        theirs_s=60.0,
        at_most=1.0,
        note=f"{cpu_s:.1f} s of CPU",
    )


def _outlines(folder: Path) -> list[Path]:
    """Write outlines of a front of which a few kilometres move each day."""
    random = np.random.default_rng(8)
    lat = np.linspace(46.6, 50.0, VERTICES - 3)
    lon = 36.5 + 0.6 * np.sin((lat - 46.6) * 2.3) + np.cumsum(random.normal(0, 2e-3, len(lat)))
    files = []
    for day in range(DAYS):
        for middle in random.integers(30, len(lat) - 30, size=6):
            part = slice(middle - 15, middle + 15)
            lon[part] += random.normal(-2e-3, 4e-3) * np.hanning(30)
        ring = [*np.column_stack((lon, lat)).round(7).tolist(), [39.9, 50.0], [39.9, 46.6]]
        name = (date(2022, 3, 1) + timedelta(days=day)).isoformat()
        feature = {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        files.append(folder / f"{name}.geojson")
        files[-1].write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return files


def _ours(files: Sequence[Path], provinces: Sequence[Province]) -> None:
    for step in read_series(dated(files), provinces=provinces):
        step.without_land()


def _geopandas(files: Sequence[Path], provinces: Sequence[Province]) -> None:
    """Measure the same as a user would: cut everything each day."""
    parts = geopandas.GeoSeries([one.polygon for one in provinces], crs=4326).to_crs(EQUAL_AREA)
    before = None
    for path in files:
        frame = geopandas.read_file(path, use_arrow=False).to_crs(EQUAL_AREA)
        land = frame.union_all()
        faces = [land]
        if before is not None:
            faces += [shapely.difference(land, before), shapely.difference(before, land)]
        for face in faces:
            parts.intersection(face).area.sum()
        before = land


def _batch(folder: Path) -> Iterator[Row]:
    """Yield what a batch costs on one worker and on two, each a process of its own."""
    source = feed(folder / "feed.jsonl", articles(ARTICLES))
    one_s, one_cpu_s = _timed(_command(source, folder / "one", 1))
    two_s, two_cpu_s = _timed(_command(source, folder / "two", 2))
    alike = [(folder / name / "results.parquet").read_bytes() for name in ("one", "two")]
    told = "the same table" if alike[0] == alike[1] else "ANOTHER TABLE"
    yield Row(
        what=f"batch of {ARTICLES:,} articles, 2 workers × time",
        against="the same, 1 worker",
        ours_s=2 * two_s,
        theirs_s=one_s,
        at_most=1.25,  # an efficiency of 0.8
        note=f"{ARTICLES / one_s:.0f} and {ARTICLES / two_s:.0f} articles a second; {told}",
    )
    yield Row(
        what="its CPU time",
        against="the same, 1 worker",
        ours_s=two_cpu_s,
        theirs_s=one_cpu_s,
    )


def _command(source: Path, out: Path, workers: int) -> Callable[[], object]:
    command = [sys.executable, "-m", "bordermap", "batch", str(source), "-o", str(out)]
    return run([*command, "--workers", str(workers)])


def _timed(function: Callable[[], object]) -> tuple[float, float]:
    """Return what a function takes by the clock, and by the CPU with its children [s]."""
    start, before_s = time.perf_counter(), _cpu_s()
    function()
    return time.perf_counter() - start, _cpu_s() - before_s


def _cpu_s() -> float:
    """Return the CPU time of this process and of all its children that have ended [s]."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
