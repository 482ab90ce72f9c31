import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import example, given
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2
from bordermap.series import Change
from bordermap.series.edges import changed_edges, edges_of, heights
from tests.series.grid import Cells, area_km2, block, land
from tests.shapes import Anchor, reversed_rings, shifted

CELLS = st.frozensets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=20)
RINGS = st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=3, max_size=8, unique=True)
"""Corners of land, in kilometres."""


def change(before: BaseGeometry, after: BaseGeometry) -> Change:
    net_km2 = geodesic_area_km2(after) - geodesic_area_km2(before)
    one, other = (edges_of(np.array([part], dtype=object)) for part in (before, after))
    return Change.between(one, other, net_km2=net_km2)


def drawn(ring: list[tuple[float, float]], anchor: Anchor | None = None) -> shapely.MultiPolygon:
    """Return whatever valid land a ring encloses; its edges are short."""
    polygon = shapely.Polygon((anchor or Anchor()).degrees(ring))
    polygons = shapely.get_parts(shapely.make_valid(shapely.segmentize(polygon, 0.009)))
    return shapely.MultiPolygon([one for one in polygons if isinstance(one, shapely.Polygon)])


@given(CELLS, CELLS)
@example(block(range(3), range(3)), block(range(3), range(3)) - {(1, 1)})
@example(frozenset({(0, 0), (1, 1)}), frozenset({(0, 1), (1, 0)}))
@example(frozenset(), block(range(2), range(2)))
def test_what_cells_were_gained_and_lost_is_found_exactly(before: Cells, after: Cells) -> None:
    found = change(land(before), land(after))
    assert found.gained_km2 == pytest.approx(area_km2(after - before), rel=1e-9, abs=1e-9)
    assert found.lost_km2 == pytest.approx(area_km2(before - after), rel=1e-9, abs=1e-9)
    gained = shapely.union_all(found.gained)
    # edges bulge a little, being geodesics
    assert shapely.symmetric_difference(gained, land(after - before)).area < 1e-5


@given(RINGS, RINGS)
def test_land_between_any_outlines_is_what_two_differences_are(
    one: list[tuple[float, float]], other: list[tuple[float, float]]
) -> None:
    before, after = drawn(one), drawn(other)
    found = change(before, after)
    assert found.gained_km2 == pytest.approx(
        geodesic_area_km2(shapely.difference(after, before)), abs=2e-4
    )
    assert found.lost_km2 == pytest.approx(
        geodesic_area_km2(shapely.difference(before, after)), abs=2e-4
    )


@given(RINGS, RINGS)
def test_gained_less_lost_is_the_difference_of_the_areas(
    one: list[tuple[float, float]], other: list[tuple[float, float]]
) -> None:
    before, after = drawn(one), drawn(other)
    net_km2 = geodesic_area_km2(after) - geodesic_area_km2(before)
    assert change(before, after).net_km2 == pytest.approx(net_km2, abs=1e-9)


@given(RINGS, RINGS)
def test_the_way_back_loses_what_the_way_there_gained(
    one: list[tuple[float, float]], other: list[tuple[float, float]]
) -> None:
    there, back = change(drawn(one), drawn(other)), change(drawn(other), drawn(one))
    assert back.lost_km2 == pytest.approx(there.gained_km2, abs=1e-8)
    assert back.gained_km2 == pytest.approx(there.lost_km2, abs=1e-8)


@given(RINGS)
def test_nothing_changes_where_only_the_drawing_does(ring: list[tuple[float, float]]) -> None:
    before = drawn(ring)
    turned = reversed_rings(shapely.MultiPolygon(shapely.normalize(before)))
    found = change(before, turned)
    assert (found.gained_km2, found.lost_km2) == (0, 0)
    assert not len(found.gained)
    assert not len(found.lost)


@given(CELLS, CELLS, st.floats(-150, 100))
def test_a_change_does_not_depend_on_longitude(before: Cells, after: Cells, turn: float) -> None:
    here = change(land(before), land(after))
    there = change(shifted(land(before), turn), shifted(land(after), turn))
    assert there.gained_km2 == pytest.approx(here.gained_km2, rel=1e-6, abs=1e-6)


def test_a_long_edge_is_cut_where_its_geodesic_runs() -> None:
    # one side a degree wide: its geodesic bulges by 130 m, which straight edges would not see
    before = shapely.Polygon([(37, 48), (38, 48), (38, 48.0005), (37, 48.0005)])
    after = shapely.Polygon([(37, 48), (37.5, 48), (38, 48), (38, 48.0005), (37, 48.0005)])
    found = change(before, after)
    assert found.gained_km2 > 1
    assert found.net_km2 == pytest.approx(geodesic_area_km2(after) - geodesic_area_km2(before))


def test_land_that_changes_sides_along_an_edge_is_gained_and_lost() -> None:
    found = change(land(frozenset({(0, 0)})), land(frozenset({(1, 0)})))
    assert found.gained_km2 == pytest.approx(area_km2([(1, 0)]), rel=1e-11)
    assert found.lost_km2 == pytest.approx(area_km2([(0, 0)]), rel=1e-11)


def test_only_edges_that_one_outline_has_are_looked_at() -> None:
    whole = block(range(30), range(30))
    edges = changed_edges(
        edges_of(np.array([land(whole)])), edges_of(np.array([land(whole - {(29, 15)})]))
    )
    assert len(edges) == 4


def test_an_edge_between_two_polygons_of_an_outline_is_none() -> None:
    halves = np.array([land(block(range(2), range(3))), land(block(range(2, 4), range(3)))])
    whole = np.array([land(block(range(4), range(3)))])
    assert not len(changed_edges(edges_of(halves), edges_of(whole)))


def test_the_same_zero_with_another_sign_is_the_same_place() -> None:
    corners = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01)]
    minus = [(-x if x == 0 else x, -y if y == 0 else y) for x, y in corners]
    found = change(shapely.Polygon(corners), shapely.Polygon(minus))
    assert (found.gained_km2, found.lost_km2) == (0, 0)


@given(CELLS, st.lists(st.tuples(st.integers(-1, 5), st.integers(-1, 5)), max_size=30))
def test_a_point_is_as_high_as_the_land_under_it(
    cells: Cells, asked: list[tuple[int, int]]
) -> None:
    points = np.array([(37.02 + 0.05 * x, 47.02 + 0.05 * y) for x, y in asked]).reshape(-1, 2)
    found = heights(points, edges_of(np.array([land(cells)])))
    assert found.tolist() == [int(cell in cells) for cell in asked]


def test_heights_are_the_same_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = block(range(5), range(5)) - {(2, 2), (3, 1)}
    edges = edges_of(np.array([land(cells)]))
    points = np.random.default_rng(1).uniform((37, 47), (37.25, 47.25), (200, 2))
    at_once = heights(points, edges)
    monkeypatch.setattr("bordermap.series.edges.PAIRS_AT_ONCE", 50)
    assert heights(points, edges).tolist() == at_once.tolist()
    assert set(at_once.tolist()) == {0, 1}
