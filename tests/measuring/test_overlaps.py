import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bordermap.measuring import counted_once, overlaps


def discs(centres: NDArray[np.float64], radius: float) -> NDArray[np.object_]:
    return np.asarray(shapely.buffer(shapely.points(centres), radius, quad_segs=4), dtype=object)


def require_same_land_once(found: NDArray[np.object_], given_: NDArray[np.object_]) -> None:
    union = shapely.union_all(given_)
    assert shapely.area(found).sum() == pytest.approx(union.area, rel=1e-12)
    assert shapely.union_all(found).symmetric_difference(union).area <= 1e-12 * union.area


def test_polygons_apart_are_returned_as_they_are() -> None:
    grid = np.stack(np.meshgrid(np.arange(30.0), np.arange(30.0)), axis=-1).reshape(-1, 2)
    polygons = discs(grid, 0.49)
    assert counted_once(polygons) is polygons


def test_polygons_that_only_touch_are_returned_as_they_are() -> None:
    x, y = np.meshgrid(np.arange(10.0), np.arange(10.0))
    halves = [
        half
        for left, low in zip(x.ravel(), y.ravel(), strict=True)
        for half in (
            shapely.Polygon([(left, low), (left + 1, low), (left + 1, low + 1)]),
            shapely.Polygon([(left, low), (left + 1, low + 1), (left, low + 1)]),
        )
    ]
    polygons = np.array(halves, dtype=object)
    assert counted_once(polygons) is polygons


def test_one_polygon_in_another_counts_once() -> None:
    polygons = np.array([shapely.box(0, 0, 4, 4), shapely.box(1, 1, 2, 2)], dtype=object)
    (found,) = counted_once(polygons)
    assert found.equals(polygons[0])


def test_empty_polygons_are_left_out() -> None:
    nothing, square = shapely.Polygon(), shapely.box(0, 0, 1, 1)
    assert len(counted_once(np.array([nothing], dtype=object))) == 0
    assert counted_once(np.array([nothing, square], dtype=object)).tolist() == [square]


@pytest.mark.parametrize("spread", [0.001, 0.1, 1.0, 30.0])
def test_land_is_counted_once_however_thick_polygons_lie(spread: float) -> None:
    rng = np.random.default_rng(3)
    polygons = discs(rng.uniform(0, spread, (2_000, 2)), 0.05)
    require_same_land_once(counted_once(polygons), polygons)


def test_polygons_that_all_meet_in_one_another_are_united_in_the_end() -> None:
    # crosses of long thin boxes: a union of neighbours does not make them fewer
    turn = np.linspace(0, np.pi, 40, endpoint=False)
    ends = np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    needles = np.asarray(shapely.buffer(shapely.linestrings(np.stack([-ends, ends], 1)), 0.001))
    require_same_land_once(counted_once(needles), needles)


@given(
    st.lists(
        st.tuples(st.floats(0, 3), st.floats(0, 3), st.floats(0.1, 1)), min_size=1, max_size=20
    ),
    st.sampled_from([1, 3, 1_000]),
    st.sampled_from([0, 1, 8]),
)
def test_land_is_counted_once_whatever_the_sizes_of_blocks(
    places: list[tuple[float, float, float]], at_once: int, worth: int
) -> None:
    polygons = np.array([shapely.Point(x, y).buffer(r) for x, y, r in places], dtype=object)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlaps, "PAIRS_AT_ONCE", at_once)
        patch.setattr(overlaps, "PAIRS_WORTH_TESTING", worth)
        patch.setattr(overlaps, "GROUP", 3)
        require_same_land_once(counted_once(polygons), polygons)
