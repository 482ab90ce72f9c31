import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bordermap.measuring import held_alone
from tests.measuring.test_overlaps import discs


def require_alone(polygons: NDArray[np.object_], number: int) -> None:
    others = shapely.union_all(np.delete(polygons, number))
    expected = shapely.difference(polygons[number], others)
    found = held_alone(polygons)[number]
    assert found.symmetric_difference(expected).area <= 1e-12 * polygons[number].area


def test_polygons_that_only_touch_keep_all_their_land() -> None:
    polygons = np.array([shapely.box(x, 0, x + 1, 1) for x in range(40)], dtype=object)
    assert list(held_alone(polygons)) == list(polygons)


def test_one_polygon_in_another_has_none_of_its_own() -> None:
    polygons = np.array([shapely.box(0, 0, 4, 4), shapely.box(1, 1, 2, 2)], dtype=object)
    outer, inner = held_alone(polygons)
    assert outer.area == pytest.approx(15)
    assert inner.is_empty


def test_an_empty_polygon_has_none_and_takes_none() -> None:
    polygons = np.array([shapely.Polygon(), shapely.box(0, 0, 1, 1)], dtype=object)
    assert list(held_alone(polygons)) == list(polygons)
    assert len(held_alone(polygons[:0])) == 0


@pytest.mark.parametrize("spread", [0.01, 1.0, 10.0])
def test_the_rest_of_a_polygon_is_what_no_other_has_however_thick_they_lie(spread: float) -> None:
    rng = np.random.default_rng(5)
    polygons = discs(rng.uniform(0, spread, (300, 2)), 0.3)
    for number in range(0, 300, 60):
        require_alone(polygons, number)


@given(
    st.lists(
        st.tuples(st.floats(0, 3), st.floats(0, 3), st.floats(0.1, 1)), min_size=1, max_size=30
    )
)
def test_what_is_held_alone_lies_in_no_other_polygon(
    places: list[tuple[float, float, float]],
) -> None:
    polygons = np.array([shapely.Point(x, y).buffer(r) for x, y, r in places], dtype=object)
    require_alone(polygons, len(places) // 2)
