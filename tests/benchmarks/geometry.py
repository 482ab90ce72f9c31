"""What strips and draws cost, beside what a user would write with shapely and numpy."""

import itertools
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely
from scipy.optimize import brentq

import bordermap as bm
from bordermap.estimates import Setting
from bordermap.footprints.curve import StripCurve
from bordermap.footprints.strip import depth_for_area, strip
from bordermap.models import estimate
from bordermap.uncertainty import Draws, split_quantile
from tests.benchmarks.timing import Row, growth, side_by_side

AREA_KM2 = 150.0


def rows() -> Iterator[Row]:
    """Yield the lines about geometry."""
    case = bm.load_case()
    yield _depth(case)
    yield _tabulated(case)
    yield _draws(case)
    yield _by_brentq(case)
    yield _by_overlay(case)
    yield _growth(case)
    yield _more_draws(case)
    yield _more_sites(case)
    yield _memory_of_draws()


def _depth(case: bm.Case) -> Row:
    areas = itertools.count(int(AREA_KM2))  # a new one each time: known depths are remembered
    ours, theirs = side_by_side(
        lambda: depth_for_area(case.borders, float(next(areas))),
        lambda: _bisected(case),
        repeats=5,
    )
    return Row(
        what="depth for 150 km² to 1 cm",
        against="bisection with full shapely buffers",
        ours_s=ours,
        theirs_s=theirs,
        at_most=0.1,
    )


def _bisected(case: bm.Case) -> float:
    """Return the depth as a user would find it: halve an interval, buffer and cut each time."""
    (cell,) = case.borders.cells
    land = shapely.union_all(list(cell.land.values()))
    low, high = 0.0, 5_000.0
    while high - low > 0.01:
        middle = (low + high) / 2
        found = shapely.intersection(cell.line.buffer(middle, quad_segs=64), land).area
        low, high = (middle, high) if found < AREA_KM2 * 1e6 else (low, middle)
    return high


def _tabulated(case: bm.Case) -> Row:
    curve = StripCurve.of(case.borders, deepest_m=1_000.0)
    areas = itertools.count(int(AREA_KM2) + 50)
    ours, theirs = side_by_side(
        lambda: curve.depth_for(AREA_KM2),
        lambda: depth_for_area(case.borders, float(next(areas))),
    )
    return Row(
        what="depth from the tabulated curve",
        against="depth for 150 km² solved anew",
        ours_s=ours,
        theirs_s=theirs,
        note=f"{ours * 1e3:.2f} ms; curve off by at most {curve.worst:.1e}",
    )


def _draws(case: bm.Case) -> Row:
    scenario = next(one for one in case.scenarios if one.id == "reported-incursions")
    few, many = 100, 10_000

    def ours(count: int) -> float:
        setting = Setting(
            borders=case.borders,
            claim=case.claim,
            sites={site.id: site for site in case.sites},
            folder=case.folder,
            draws=Draws(seed=1, count=count),
        )
        start = time.perf_counter()
        estimate(scenario, setting)
        return time.perf_counter() - start

    found = sorted(ours(many) - ours(few) for _ in range(3))[1]
    shapely_s = _shapely_draws(case, few) * (many - few) / few
    return Row(
        what="10,000 draws − 100 draws, 8 incursions",
        against="vectorised shapely, a polygon a draw",
        ours_s=found,
        theirs_s=shapely_s,
        at_most=0.5,
        note="theirs measured on 100 draws and scaled",
    )


def _shapely_draws(case: bm.Case, count: int) -> float:
    """Return what the same footprints cost as polygons: made, cut, united for each draw [s]."""
    scenario = next(one for one in case.scenarios if one.id == "reported-incursions")
    random = np.random.default_rng(1)
    (cell,) = case.borders.cells
    land = shapely.union_all(list(cell.land.values()))
    shapely.prepare(land)
    start = time.perf_counter()
    made = []
    for assumed in scenario.incursions:
        site = case.site(assumed.site)
        centre = cell.projection.project(np.array([[site.point.x, site.point.y]]))[0]
        nearest = shapely.get_coordinates(shapely.shortest_line(cell.line, shapely.Point(centre)))[
            0
        ]
        inward = (centre - nearest) / max(float(np.hypot(*(centre - nearest))), 1.0)
        along = np.array([-inward[1], inward[0]])
        front = split_quantile(random.random(count), assumed.front_km) * 1e3
        depth = split_quantile(random.random(count), assumed.depth_km) * 1e3
        angle = np.linspace(0, np.pi, 97)
        x = np.cos(angle)[None] * front[:, None] / 2
        y = np.sin(angle)[None] * depth[:, None]
        corners = nearest + x[..., None] * along + y[..., None] * inward
        closed = np.concatenate((corners, corners[:, :1]), axis=1)
        made.append(shapely.intersection(shapely.polygons(closed), land))
    shapely.area(shapely.union_all(np.array(made), axis=0))
    return time.perf_counter() - start


def _growth(case: bm.Case) -> Row:
    sizes, costs = [], []
    for degrees in (0.01, 0.0025, 0.000625):
        # a denser line is the same line: its strip is no other
        lines = [
            replace(one, line=shapely.segmentize(one.line, degrees)) for one in case.borders.lines
        ]
        denser = replace(case.borders, lines=tuple(lines))
        sizes.append(float(sum(shapely.get_num_coordinates(one.line) for one in lines)))
        costs.append(min(_strip_s(denser) for _ in range(5)))
    exponent = growth(sizes, costs)
    return Row(
        what="strip with more vertices: exponent",
        against="linear",
        ours_s=exponent,
        theirs_s=1.0,
        at_most=1.2,
        note=f"{sizes[0]:,.0f}, {sizes[1]:,.0f} and {sizes[2]:,.0f} vertices",
    )


def _strip_s(borders: bm.Borders) -> float:
    """Return how long a strip of known borders takes [s]."""
    borders.cells[0].line, borders.cells[0].land
    start = time.perf_counter()
    strip(borders, 212.0)
    return time.perf_counter() - start


def _more_draws(case: bm.Case) -> Row:
    counts = [2_048, 8_192, 32_768]
    exponent = growth(counts, [_estimate_s(case, count, sites=8) for count in counts])
    return Row(
        what="incursions with 4, 16 × the draws: exponent",
        against="linear",
        ours_s=exponent,
        theirs_s=1.0,
    )


_PEAK = """
import resource, sys
import bordermap as bm
from bordermap.estimates import Setting
from bordermap.models import estimate
from bordermap.uncertainty import Draws
case = bm.load_case()
setting = Setting(
    borders=case.borders, claim=case.claim, sites={site.id: site for site in case.sites},
    folder=case.folder, draws=Draws(seed=1, count=int(sys.argv[1])),
)
estimate(next(one for one in case.scenarios if one.id == "reported-incursions"), setting)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
"""Prints the most memory that an estimate takes [KiB]."""


def _memory_of_draws() -> Row:
    few, many = 2_048, 32_768
    peaks_gib = [_peak_gib(count) for count in (many, few)]
    return Row(
        what=f"peak memory of {many:,} draws of 8 incursions [GiB]",
        against=f"of {few:,} draws [GiB]",
        ours_s=peaks_gib[0],
        theirs_s=peaks_gib[1],
        at_most=1.1,
    )


def _peak_gib(count: int) -> float:
    """Return the most memory that an estimate takes in a new interpreter [GiB]."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(count)], check=True, capture_output=True, text=True
    )
    return float(done.stdout) / 2**20


def _more_sites(case: bm.Case) -> Row:
    sites = [2, 4, 8]
    exponent = growth(sites, [_estimate_s(case, 8_192, sites=number) for number in sites])
    return Row(
        what="incursions with 2, 4 × the sites: exponent",
        against="linear",
        ours_s=exponent,
        theirs_s=1.0,
    )


def _estimate_s(case: bm.Case, count: int, *, sites: int) -> float:
    """Return how long the first incursions of the shipped scenario take [s]."""
    scenario = next(one for one in case.scenarios if one.id == "reported-incursions")
    fewer = replace(scenario, incursions=scenario.incursions[:sites])
    setting = Setting(
        borders=case.borders,
        claim=case.claim,
        sites={site.id: site for site in case.sites},
        folder=case.folder,
        draws=Draws(seed=1, count=count),
    )
    start = time.perf_counter()
    estimate(fewer, setting)
    return time.perf_counter() - start


def _by_brentq(case: bm.Case) -> Row:
    (cell,) = case.borders.cells
    land = shapely.union_all(list(cell.land.values()))
    areas = itertools.count(int(AREA_KM2) + 100)

    def missing_m2(depth_m: float) -> float:
        near = cell.line.buffer(depth_m, quad_segs=64)
        return float(shapely.intersection(near, land).area) - AREA_KM2 * 1e6

    ours, theirs = side_by_side(
        lambda: depth_for_area(case.borders, float(next(areas))),
        lambda: brentq(missing_m2, 1.0, 5_000.0, xtol=0.01),
    )
    return Row(
        what="depth for 150 km² to 1 cm",
        against="scipy's brentq with full shapely buffers",
        ours_s=ours,
        theirs_s=theirs,
    )


def _by_overlay(case: bm.Case) -> Row:
    import geopandas

    (cell,) = case.borders.cells
    land = geopandas.GeoDataFrame(
        {"code": list(cell.land)}, geometry=list(cell.land.values()), crs="EPSG:3035"
    )

    def overlaid() -> object:
        near = geopandas.GeoDataFrame(
            geometry=[cell.line.buffer(212.0, quad_segs=64)], crs="EPSG:3035"
        )
        return geopandas.overlay(land, near, how="intersection").area

    ours, theirs = side_by_side(lambda: strip(case.borders, 212.0), overlaid)
    return Row(
        what="a strip by province, with its inner edge",
        against="geopandas buffer and overlay, areas alone",
        ours_s=ours,
        theirs_s=theirs,
    )
