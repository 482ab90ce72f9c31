"""Where two datasets place land on different sides: shifts of known size."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely

from bordermap.areas import geodesic_area_km2
from bordermap.boundaries import Country
from bordermap.disagreement import Disagreement, disagreement
from bordermap.errors import GeometryError
from tests.shapes import (
    Anchor,
    Neighbours,
    along,
    cut_at_antimeridian,
    multi,
    shifted,
    side_by_side,
)


def compared(a: Neighbours, b: Neighbours) -> Disagreement:
    return disagreement(
        a.borders(),
        b.borders(),
        neighbour_in_a=Country(code="BB", name="Bland", polygon=a.neighbour),
        neighbour_in_b=Country(code="BB", name="Bland", polygon=b.neighbour),
    )


def test_a_dataset_does_not_disagree_with_itself() -> None:
    land = side_by_side(east_km=[0, 2, -1, 1, 0], cuts=[2])
    found = compared(land, land)
    assert found.total_km2 == 0
    assert found.by_province.keys() == {"AA-1", "AA-2"}
    assert [side.distance.max_m for side in found.by_province.values()] == pytest.approx(
        [0, 0], abs=0.1
    )


@pytest.mark.parametrize("lat", [0.0, 40.0, -65.0])
def test_a_border_moved_by_a_kilometre_moves_a_kilometre_of_land(lat: float) -> None:
    anchor = Anchor(lat=lat)
    here, east = side_by_side(anchor), side_by_side(anchor, east_km=[1.0] * 5)
    lost, won = compared(here, east), compared(east, here)
    side = lost.by_province["AA-1"]
    assert side.a_only_km2 == pytest.approx(20, rel=0.01)
    assert side.b_only_km2 == 0
    assert side.distance.mean_m == pytest.approx(1_000, rel=0.02)
    assert side.distance.max_m == pytest.approx(1_000, rel=0.02)
    assert won.by_province["AA-1"].b_only_km2 == pytest.approx(side.a_only_km2, rel=1e-9)
    assert won.total_km2 == pytest.approx(lost.total_km2, rel=1e-9)


def test_land_and_distance_are_of_both_directions_where_lines_cross() -> None:
    here, slanted = side_by_side(), along([(-1, 0), (1, 20)])
    found = compared(here, slanted).by_province["AA-1"]
    assert found.a_only_km2 == pytest.approx(5, rel=0.01)
    assert found.b_only_km2 == pytest.approx(5, rel=0.01)
    assert found.distance.mean_m == pytest.approx(500, rel=0.02)
    assert found.distance.p95_m == pytest.approx(950, rel=0.02)
    assert geodesic_area_km2(found.a_only) == pytest.approx(found.a_only_km2)


def test_a_line_between_two_provinces_does_not_count() -> None:
    one, other = side_by_side(cuts=[1]), side_by_side(cuts=[3])
    assert compared(one, other).total_km2 == 0


def test_many_vertices_on_one_half_of_a_border_do_not_weigh_more() -> None:
    dense = [(0.0, north) for north in np.linspace(0, 10, 1_000)]
    here = along([*dense, (0, 20)])
    moved = along([*dense, (2, 10.01), (2, 20)])
    assert compared(here, moved).by_province["AA-1"].distance.mean_m == pytest.approx(
        1_000, rel=0.15
    )


@pytest.mark.parametrize("lon", [-179.995, 179.995])
def test_lines_on_either_side_of_the_antimeridian_are_near(lon: float) -> None:
    def moved(east_km: Sequence[float]) -> Neighbours:
        land = side_by_side(Anchor(lon=0, lat=60), east_km=east_km)
        return land.changed(
            lambda polygon: cut_at_antimeridian(
                shifted(multi(shapely.segmentize(polygon, 0.01)), lon)
            )
        )

    side = compared(moved([-0.6] * 5), moved([0.6] * 5)).by_province["AA-1"]
    assert side.a_only_km2 == pytest.approx(24, rel=0.01)
    assert side.distance.mean_m == pytest.approx(1_200, rel=0.01)


def test_other_provinces_are_not_compared() -> None:
    with pytest.raises(GeometryError, match="compare the same provinces"):
        compared(side_by_side(), side_by_side(cuts=[2]))


def test_the_json_has_what_is_promised() -> None:
    document = compared(side_by_side(), side_by_side(east_km=[1.0] * 5)).as_json()
    assert document.keys() == {"a", "b", "total_km2", "by_province"}
    assert {"a_only_km2", "b_only_km2"} <= document["by_province"]["AA-1"].keys()
