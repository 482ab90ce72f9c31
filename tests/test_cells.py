"""A region in many cells measures as it would in one."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely

from bordermap.areas import geodesic_area_km2
from bordermap.cells import DEEPEST_M, cells
from bordermap.errors import GeometryError
from bordermap.footprints.strip import strip
from bordermap.projection import LocalProjection
from tests.oracles import tiled_strip_km2
from tests.shapes import (
    Anchor,
    Neighbours,
    cut_at_antimeridian,
    multi,
    shifted,
    side_by_side,
    square,
)


def long_border(lon: float = 10.0, lat: float = 40.3, *, east_degrees: float = 2.0) -> Neighbours:
    """Return neighbours along a slanted line of some 300 km, land for 250 km behind it."""
    winding = np.random.default_rng(1).normal(0, 0.01, 101)
    line = np.column_stack(
        (lon + np.linspace(0, east_degrees, 101) + winding, lat + np.linspace(0, 2.6, 101))
    )
    here = [*line, (lon + east_degrees + 3, lat + 2.6), (lon + east_degrees + 3, lat)]
    there = [*line, (lon - 3, lat + 2.6), (lon - 3, lat)]
    return Neighbours(
        provinces={"AA-1": shapely.MultiPolygon([shapely.Polygon(here)])},
        neighbour=shapely.MultiPolygon([shapely.Polygon(there)]),
    )


def test_a_small_region_is_one_cell() -> None:
    assert len(side_by_side().borders().cells) == 1


@pytest.mark.parametrize("depth_m", [100, 2_000, 40_000])
@pytest.mark.parametrize(("lat", "east"), [(40.3, 1.0), (40.3, 3.5), (-58.2, 6.0), (69.1, 9.0)])
def test_a_strip_in_many_cells_is_that_of_small_tiles(
    lat: float, east: float, depth_m: float
) -> None:
    # trap 4: land that is cut before its long edges are divided is other land
    land = long_border(lat=lat, east_degrees=east)
    borders = land.borders()
    assert len(borders.cells) > 1
    expected = tiled_strip_km2(
        borders.lines[0].line,
        land.provinces["AA-1"],
        depth_m,
        tile_degrees=0.1 if depth_m < 10_000 else 0.4,
    )
    assert strip(borders, depth_m).area_km2 == pytest.approx(expected, rel=2e-4)


def test_the_cells_of_a_region_lie_edge_to_edge() -> None:
    borders = long_border().borders()
    pieces = [cell.projection.to_degrees(cell.land["AA-1"]) for cell in borders.cells]
    together = sum(geodesic_area_km2(piece) for piece in pieces)
    assert geodesic_area_km2(shapely.union_all(pieces)) == pytest.approx(together, rel=1e-7)


def test_many_cells_and_one_agree() -> None:
    # the same border, with and without a far piece of land that makes the region large
    small = side_by_side(east_km=np.sin(np.arange(20.0)).tolist(), step_km=3.0, deep_km=40.0)
    far = Anchor(lat=38).polygon(square(150, 0, 10))
    land = shapely.union_all([small.provinces["AA-1"], far])
    large = replace(small, provinces={"AA-1": multi(land)})
    one, many = small.borders(), large.borders()
    assert (len(one.cells), len(many.cells) > 1) == (1, True)
    for depth_m in (50.0, 1_000.0, 30_000.0):
        assert strip(many, depth_m).area_km2 == pytest.approx(
            strip(one, depth_m).area_km2, rel=2e-4
        )
        assert strip(many, depth_m).inner_edge_km["AA-1"] == pytest.approx(
            strip(one, depth_m).inner_edge_km["AA-1"], rel=1e-3
        )


@pytest.mark.parametrize("lon", [-179.95, -179.0, 178.9, 179.95, 176.5])
@pytest.mark.parametrize("facing", ["east", "west"])
def test_a_large_region_beside_the_antimeridian_is_like_any_other(lon: float, facing: str) -> None:
    def strip_km2(at: float) -> float:
        anchor = Anchor(lon=at, lat=66.0)
        sign = 1 if facing == "east" else -1
        steps = np.arange(0, 321, 20)
        line = np.column_stack((2 * sign * np.sin(steps), steps))
        land = anchor.polygon([*line, (sign * 200, 320), (sign * 200, 0)])
        other = anchor.polygon([*line, (-sign * 200, 320), (-sign * 200, 0)])
        borders = Neighbours(provinces={"AA-1": land}, neighbour=other).borders()
        assert len(borders.cells) > 1
        return strip(borders, 20_000).area_km2

    assert strip_km2(lon) == pytest.approx(strip_km2(45.0), rel=2e-4)


def test_land_whose_edges_lie_on_the_grid_of_cells_is_measured() -> None:
    # meridians and parallels of whole degrees are common borders, and cell edges too
    notched = shapely.Polygon(
        [(10, 40), (14, 40), (14, 42), (12, 42), (12, 41), (11, 41), (11, 42), (10, 42)]
    )
    land = Neighbours(
        provinces={"AA-1": shapely.MultiPolygon([notched])},
        neighbour=shapely.MultiPolygon([shapely.box(10, 38, 14, 40)]),
    )
    borders = land.borders()
    expected = tiled_strip_km2(borders.lines[0].line, notched, 10_000, tile_degrees=0.2)
    assert strip(borders, 10_000).area_km2 == pytest.approx(expected, rel=2e-4)


def test_the_border_is_known_to_a_cell_as_far_as_the_deepest_strip() -> None:
    # at the equator, where a degree of latitude is shortest, 100 km are 0.904 of one
    line = shapely.MultiLineString([[(10, -0.0975), (12, -0.0975)]])
    land = shapely.MultiPolygon([shapely.box(10, -3, 12, -1)])
    reached_m2 = sum(
        shapely.area(shapely.buffer(cell.lines_within(DEEPEST_M)[0], DEEPEST_M) & cell.land["AA-1"])
        for cell in cells(line, {"AA-1": land})
    )
    metres_m = DEEPEST_M - (1 - 0.0975) * 110_574
    assert reached_m2 == pytest.approx(222_600 * metres_m, rel=0.05)


def test_a_border_without_a_line_is_refused() -> None:
    with pytest.raises(GeometryError, match="without a line"):
        cells(shapely.MultiLineString(), {"AA-1": shapely.MultiPolygon([shapely.box(0, 0, 1, 1)])})


def test_a_cell_is_small_enough_for_its_projection() -> None:
    borders = long_border(lat=-1.2).borders()
    for cell in borders.cells:
        reach_m = LocalProjection.centred_on(cell.box).reach_m(cell.box) if cell.box else 0
        assert reach_m < 90_000


@pytest.mark.parametrize("by", [167.0, 168.0, 169.9, 170.0, -190.0, -188.5, -187.0])
def test_longitudes_may_run_past_the_antimeridian_in_either_direction(by: float) -> None:
    # edges are short before they are cut, for a cut edge is another geodesic
    land = long_border(lon=10, lat=60.3).changed(lambda land: multi(shapely.segmentize(land, 0.02)))
    moved = land.changed(lambda land: cut_at_antimeridian(shifted(land, by)))
    assert strip(moved.borders(), 5_000).area_km2 == pytest.approx(
        strip(land.borders(), 5_000).area_km2, rel=1e-4
    )


def test_cells_do_not_lose_the_ends_of_a_line() -> None:
    borders = long_border().borders()
    for here, there in pairwise([100.0, 1_000.0, 10_000.0, DEEPEST_M]):
        assert strip(borders, here).area_km2 < strip(borders, there).area_km2


@pytest.mark.parametrize("depth_m", [100.0, 5_000.0, 60_000.0])
def test_the_border_near_some_land_is_enough_for_its_strip(depth_m: float) -> None:
    for cell in long_border(east_degrees=3.0).borders().cells:
        (near,), (land,) = cell.lines_within(depth_m), cell.land.values()
        assert shapely.length(near) <= shapely.length(cell.line)
        here, all_of_it = (
            shapely.area(shapely.buffer(line, depth_m, quad_segs=64) & land)
            for line in (near, cell.line)
        )
        assert here == pytest.approx(all_of_it, rel=1e-4)


def test_the_border_far_from_some_land_is_left_out() -> None:
    line = shapely.MultiLineString([[(10 + step / 100, 40) for step in range(201)]])
    west, east = shapely.box(10, 39.9, 10.5, 40), shapely.box(11.5, 39.9, 12, 40)
    land = {"AA-1": shapely.MultiPolygon([west]), "AA-2": shapely.MultiPolygon([east])}
    (cell,) = cells(line, land)
    near = cell.lines_within(1_000.0)
    assert (shapely.length(near) < 0.5 * shapely.length(cell.line)).all()
    assert not shapely.intersects(*near)
