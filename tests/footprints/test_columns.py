"""Where columns cross land: by hand, with holes, steps and columns that end inside."""

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.footprints.columns import crossings

COLUMNS_M = np.array([-15.0, -5.0, 5.0, 15.0, 25.0])
FRAME = shapely.box(-10, 0, 20, 40) - shapely.box(0, 10, 10, 30)


def pieces(geometry: BaseGeometry, low_m: object, high_m: object) -> list[tuple[float, ...]]:
    column, low, high = crossings(COLUMNS_M, np.asarray(low_m), np.asarray(high_m), geometry)
    return sorted(zip(column.tolist(), low.tolist(), high.tolist(), strict=True))


def test_a_column_crosses_land_where_it_lies() -> None:
    assert pieces(FRAME, -np.inf, np.inf) == [(1, 0, 40), (2, 0, 10), (2, 30, 40), (3, 0, 40)]


def test_a_column_ends_where_it_is_said_to() -> None:
    low_m, high_m = [0, 3, 5, 50, 0], [9, 9, 35, 60, 9]
    assert pieces(FRAME, low_m, high_m) == [(1, 3, 9), (2, 5, 10), (2, 30, 35)]


def test_a_column_without_a_height_crosses_nothing() -> None:
    assert pieces(FRAME, [0, 5, 5, 20, 0], [9, 5, 9, 10, 9]) == [(2, 5, 9)]
    assert pieces(FRAME, 5.0, 5.0) == []


def test_land_that_is_not_reached_is_crossed_by_none() -> None:
    assert pieces(shapely.box(100, 0, 120, 40), -np.inf, np.inf) == []
    assert pieces(FRAME, 41.0, 50.0) == []


def test_a_line_is_crossed_at_a_place() -> None:
    bent = shapely.LineString([(-20, -20), (10, 10), (30, -10)])
    found = pieces(bent, -np.inf, np.inf)
    assert found == [
        pytest.approx(one)
        for one in zip(range(5), [-15, -5, 5, 5, -5], [-15, -5, 5, 5, -5], strict=True)
    ]
