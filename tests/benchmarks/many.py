"""What much at once costs: a series beside geopandas, and a batch on one worker and on two."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import geopandas
import numpy as np
import shapely

from bordermap.asking import provinces_of
from bordermap.boundaries import Province
from bordermap.series import dated, read_series
from tests.batch.feeds import articles, feed
from tests.benchmarks.timing import Row, growth

DAYS, VERTICES, COMPARED_DAYS, GROWN_DAYS = 769, 2_900, 60, 12
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
    yield _growth(folder, provinces)
    yield _incremental(folder, provinces)
    wall_s, cpu_s = _timed(lambda: _ours(files, provinces))
    yield Row(
        what=f"series of {DAYS} days, {VERTICES:,} vertices each [s]",
        against="one minute",
        ours_s=wall_s,
        theirs_s=60.0,
        at_most=1.0,
        note=f"{cpu_s:.1f} s of CPU",
    )


def _growth(folder: Path, provinces: Sequence[Province]) -> Row:
    """Return how the cost grows with the vertices, those that move among them."""
    sizes = [VERTICES * times for times in (1, 4, 16)]
    series = [_outlines(folder / str(size), days=GROWN_DAYS, vertices=size) for size in sizes]
    costs = [min(_timed(partial(_ours, files, provinces))[1] for _ in range(3)) for files in series]
    exponent = growth(sizes, costs)
    each = ", ".join(f"{cost / GROWN_DAYS * 1e3:.0f}" for cost in costs)
    return Row(
        what="series with 1, 4 and 16 times the vertices: exponent",
        against="linear",
        ours_s=exponent,
        theirs_s=1.0,
        at_most=1.2,
        note=f"{each} ms of CPU time an outline",
    )


def _incremental(folder: Path, provinces: Sequence[Province]) -> Row:
    """Return what a day costs of which little changed, beside one that is drawn anew."""
    few = _outlines(folder / "few", days=COMPARED_DAYS)
    anew = _outlines(folder / "anew", days=COMPARED_DAYS, anew=True)
    ours, theirs = zip(
        *(
            (_timed(lambda: _ours(few, provinces))[1], _timed(lambda: _ours(anew, provinces))[1])
            for _ in range(3)
        ),
        strict=True,
    )
    return Row(
        what="series of which 6 % of the vertices move a day: CPU time",
        against="the same, every vertex moves",
        ours_s=min(ours),
        theirs_s=min(theirs),
        note="what outlines share is not cut",
    )


def _outlines(
    folder: Path, *, days: int = DAYS, vertices: int = VERTICES, anew: bool = False
) -> list[Path]:
    """Write outlines of a front of which a few kilometres move each day, or all of it."""
    folder.mkdir(exist_ok=True)
    random = np.random.default_rng(8)
    lat = np.linspace(46.6, 50.0, vertices - 3)
    fine = VERTICES / vertices
    drift = np.cumsum(random.normal(0, 2e-3 * fine**0.5, len(lat)))
    lon = 36.5 + 0.6 * np.sin((lat - 46.6) * 2.3) + drift
    half = round(15 / fine)
    files = []
    for day in range(days):
        for middle in random.integers(2 * half, len(lat) - 2 * half, size=6):
            part = slice(middle - half, middle + half)
            lon[part] += random.normal(-2e-3, 4e-3) * np.hanning(2 * half)
        if anew:
            lon += random.normal(0, 2e-4, len(lat))
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
    few = feed(folder / "few.jsonl", articles(ARTICLES // 10))
    one, two = (_cost(source, folder / f"{workers}", workers) for workers in (1, 2))
    few_mb = [_cost(few, folder / f"few-{workers}", workers).peak_mb for workers in (1, 2)]
    alike = [(folder / name / "results.parquet").read_bytes() for name in ("1", "2")]
    told = "the same table" if alike[0] == alike[1] else "ANOTHER TABLE"
    yield Row(
        what=f"batch of {ARTICLES:,} articles, 2 workers × time",
        against="the same, 1 worker",
        ours_s=2 * two.wall_s,
        theirs_s=one.wall_s,
        at_most=1.25,  # an efficiency of 0.8
        note=f"{ARTICLES / one.wall_s:.0f} and {ARTICLES / two.wall_s:.0f} a second; {told}",
    )
    yield Row(
        what="its CPU time",
        against="the same, 1 worker",
        ours_s=two.cpu_s,
        theirs_s=one.cpu_s,
        at_most=1.25,  # by the CPU's time alone an efficiency of 0.8
    )
    yield Row(
        what="most memory of any of its processes [MB]",
        against=f"{ARTICLES // 10:,} articles",
        ours_s=max(one.peak_mb, two.peak_mb),
        theirs_s=max(few_mb),
        at_most=1.1,
        note=f"1 and 2 workers: {one.peak_mb:.0f} and {two.peak_mb:.0f} MB",
    )


class _Cost(NamedTuple):
    """What a command took, its own processes among it."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def _cost(source: Path, out: Path, workers: int) -> _Cost:
    command = [sys.executable, "-m", "bordermap", "batch", str(source), "-o", str(out)]
    start = time.perf_counter()
    with subprocess.Popen([*command, "--workers", str(workers)], stdout=subprocess.DEVNULL) as run:
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    return _Cost(
        wall_s=time.perf_counter() - start,
        cpu_s=usage.ru_utime + usage.ru_stime,
        peak_mb=usage.ru_maxrss / 1024,
    )


def _timed(function: Callable[[], object]) -> tuple[float, float]:
    """Return what a function takes by the clock, and by the CPU with its children [s]."""
    start, before_s = time.perf_counter(), _cpu_s()
    function()
    return time.perf_counter() - start, _cpu_s() - before_s


def _cpu_s() -> float:
    """Return the CPU time of this process and of all its children that have ended [s]."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
