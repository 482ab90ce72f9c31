"""What strips and draws cost, beside what a user would write with shapely and numpy."""

import itertools
import time
from collections.abc import Iterator

import numpy as np
import shapely

import bordermap as bm
from bordermap.estimates import Setting
from bordermap.footprints.curve import StripCurve
from bordermap.footprints.strip import depth_for_area
from bordermap.models import estimate
from bordermap.uncertainty import Draws
from tests.benchmarks.timing import Row, growth, side_by_side

AREA_KM2 = 150.0


def rows() -> Iterator[Row]:
    """Yield the lines about geometry."""
    case = bm.load_case()
    yield _depth(case)
    yield _tabulated(case)
    yield _draws(case)
    yield _growth(case)


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
    land = cell.all_land
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
        front = random.triangular(*_ends_m(assumed.front_km), size=count)
        depth = random.triangular(*_ends_m(assumed.depth_km), size=count)
        angle = np.linspace(0, np.pi, 97)
        x = np.cos(angle)[None] * front[:, None] / 2
        y = np.sin(angle)[None] * depth[:, None]
        corners = nearest + x[..., None] * along + y[..., None] * inward
        closed = np.concatenate((corners, corners[:, :1]), axis=1)
        made.append(shapely.intersection(shapely.polygons(closed), land))
    shapely.area(shapely.union_all(np.array(made), axis=0))
    return time.perf_counter() - start


def _ends_m(quantity: bm.Interval) -> tuple[float, float, float]:
    """Return low, best and high of a length in km, moved a little apart so that none coincide."""
    low, high = quantity.low or 0.0, quantity.high or quantity.best
    return low * 1e3 - 1e-3, quantity.best * 1e3, high * 1e3 + 1e-3


def _growth(case: bm.Case) -> Row:
    (cell,) = case.borders.cells
    spacing = [800.0, 200.0, 50.0]
    sizes, costs = [], []
    for metres in spacing:
        line = shapely.segmentize(shapely.simplify(cell.line, 0), metres)
        start = time.perf_counter()
        for _ in range(3):
            shapely.intersection(line.buffer(212, quad_segs=64), cell.all_land)
        costs.append(time.perf_counter() - start)
        sizes.append(float(shapely.get_num_coordinates(line)))
    exponent = growth(sizes, costs)
    return Row(
        what="strip with 1, 4, 16 × vertices: exponent",
        against="linear",
        ours_s=exponent,
        theirs_s=1.0,
        at_most=1.2,
        note=f"{sizes[0]:,.0f} to {sizes[-1]:,.0f} vertices",
    )
