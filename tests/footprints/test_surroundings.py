"""What lies round a place: nothing within reach is missing, wherever on the globe."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from bordermap.errors import GeometryError
from bordermap.footprints.surroundings import Surroundings, nearest_border
from tests.shapes import Anchor, side_by_side

AZIMUTHS = np.arange(0, 360, 5.0)


@pytest.mark.parametrize("lat", [-79.0, 0.0, 40.0, 80.0])
@pytest.mark.parametrize("lon", [10.0, 179.0, 179.5])
def test_all_land_within_reach_is_there(lon: float, lat: float) -> None:
    anchor, reach_m = Anchor(lon=lon, lat=lat), 40_000.0
    # land for 90 km all round the place, in two provinces
    borders = side_by_side(anchor, step_km=50, deep_km=200, cuts=[2]).borders()
    place = anchor.point(90, 100)
    around = Surroundings.of(place, borders, reach_m=reach_m)
    assert set(around.land) == {"AA-1", "AA-2"}
    # what the antimeridian parts is one again
    assert [shapely.get_num_geometries(part) for part in around.land.values()] == [1, 1]
    lon_there, lat_there, _ = Geod(ellps="WGS84").fwd(
        np.full_like(AZIMUTHS, place.x),
        np.full_like(AZIMUTHS, place.y),
        AZIMUTHS,
        np.full_like(AZIMUTHS, reach_m - 1),
    )
    there_m = around.projection.project(np.column_stack((lon_there, lat_there)))
    land = shapely.union_all(list(around.land.values())).buffer(1)
    assert shapely.contains_xy(land, *there_m.T).all()
    assert np.hypot(*there_m.T) == pytest.approx(reach_m, rel=1e-4)


def test_land_out_of_reach_is_left_out() -> None:
    borders = side_by_side(cuts=[2]).borders()
    around = Surroundings.of(Anchor().point(1, 2), borders, reach_m=1_500)
    assert list(around.land) == ["AA-1"]
    assert shapely.area(around.land["AA-1"]) < 4 * 1_600**2


def test_a_border_out_of_reach_is_refused_with_how_far_was_looked() -> None:
    borders, place = side_by_side().borders(), Anchor().point(8, 10)
    assert nearest_border(place, borders, reach_m=8_100).x == pytest.approx(45, abs=1e-3)
    with pytest.raises(GeometryError, match=r"no border within 7\.9 km of 45\.0939, 40\.0899"):
        nearest_border(place, borders, reach_m=7_900)
    with pytest.raises(GeometryError, match=r"no border within 150\.0 km"):
        nearest_border(Anchor().point(300, 10), borders, reach_m=150_000)


def test_a_border_in_a_corner_of_the_box_but_out_of_reach_is_refused() -> None:
    # the border ends in the north-west, 8.5 km off
    borders, place = side_by_side().borders(), Anchor().point(6, -6)
    assert nearest_border(place, borders, reach_m=8_700).y == pytest.approx(40, abs=1e-6)
    with pytest.raises(GeometryError, match=r"no border within 7\.0 km"):
        nearest_border(place, borders, reach_m=7_000)
