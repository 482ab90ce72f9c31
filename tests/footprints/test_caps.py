"""Caps: discs cut by the land, and many of them without drawing each."""

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from bordermap.areas import geodesic_area_km2
from bordermap.boundaries import Borders
from bordermap.errors import GeometryError
from bordermap.footprints.caps import COLUMNS, GRID, SAMPLES, CapFrame, Caps, sunflower
from bordermap.projection import LocalProjection, rolled
from tests.shapes import (
    Anchor,
    Neighbours,
    along,
    cut_at_antimeridian,
    jagged,
    multi,
    shifted,
    side_by_side,
    square,
)
from tests.strategies import anchors

FEW = settings(max_examples=25)


def cap_km2(frame: CapFrame, radius_m: float, east_m: float = 0.0, north_m: float = 0.0) -> float:
    polygons = frame.polygons(radius_m=radius_m, east_m=east_m, north_m=north_m)
    return sum(geodesic_area_km2(polygon) for polygon in polygons.values())


def segment_km2(radius_km: float, off_km: float) -> float:
    """Return what is left of a disc whose middle lies inside a straight border by so much."""
    if off_km >= radius_km:
        return float(np.pi * radius_km**2)
    beyond = radius_km**2 * np.arccos(off_km / radius_km) - off_km * np.sqrt(
        radius_km**2 - off_km**2
    )
    return float(np.pi * radius_km**2 - beyond)


@given(anchors(), st.floats(0.2, 6), st.floats(100, 7_000))
@FEW
def test_a_cap_at_a_straight_border_is_a_disc_without_its_segment(
    anchor: Anchor, east_km: float, radius_m: float
) -> None:
    borders = side_by_side(anchor).borders()
    # to a metre: a kilometre of the shapes is some metres short of one on the ellipsoid
    place = anchor.point(east_km, 10)
    off_km = distance_km(place, borders)
    frame = CapFrame.at(place, borders, widest_m=radius_m, move_m=0)
    assert cap_km2(frame, radius_m) == pytest.approx(segment_km2(radius_m / 1e3, off_km), rel=3e-4)


def distance_km(place: shapely.Point, borders: Borders) -> float:
    local = LocalProjection.centred_on(place)
    lines = [local.to_metres(rolled(line.line)) for line in borders.lines]
    return min(float(shapely.distance(line, shapely.Point(0, 0))) for line in lines) / 1e3


def test_a_cap_near_two_provinces_is_shared_between_them() -> None:
    # trap 14
    borders = side_by_side(cuts=[2]).borders()
    frame = CapFrame.at(Anchor().point(6, 10), borders, widest_m=3_000, move_m=0)
    polygons = frame.polygons(radius_m=3_000)
    parts = [geodesic_area_km2(polygon) for polygon in polygons.values()]
    assert parts == pytest.approx([np.pi * 4.5] * 2, rel=1e-2)
    assert sum(parts) == pytest.approx(np.pi * 9, rel=2e-4)


@pytest.mark.parametrize(
    "borders",
    [side_by_side(cuts=[2]).borders(), along(jagged(4)).borders()],
    ids=["straight", "jagged"],
)
@pytest.mark.parametrize(
    ("east_km", "radius_m", "move_m"), [(1, 2_000, 500), (0.2, 3_000, 0), (3, 1_500, 1_500)]
)
def test_areas_of_draws_are_those_of_their_polygons(
    borders: Borders, east_km: float, radius_m: float, move_m: float
) -> None:
    frame = CapFrame.at(
        Anchor().point(east_km, 9.3), borders, widest_m=1.2 * radius_m, move_m=3 * move_m
    )
    random = np.random.default_rng(4)
    radii = random.uniform(0.6, 1.2, 60) * radius_m
    east, north = np.clip(random.normal(0, 1, (2, 60)), -3, 3) * move_m
    found = Caps(frame=frame, radius_m=radii, east_m=east, north_m=north).areas_km2()
    expected = np.array([cap_km2(frame, *one) for one in zip(radii, east, north, strict=True)])
    assert found.sum(axis=1) == pytest.approx(expected, rel=0.03)
    assert found.mean(axis=0).sum() == pytest.approx(expected.mean(), rel=2e-3)


@pytest.mark.parametrize(
    ("east_km", "north_km"), [(1.99, 1.99), (13.01, 18.01)], ids=["first cells", "last cells"]
)
def test_the_share_of_a_cell_is_the_land_in_it_to_the_edges_of_the_grid(
    east_km: float, north_km: float
) -> None:
    borders = side_by_side(cuts=[2], east_km=(0, 0.02, -0.02, 0, 0.03)).borders()
    frame = CapFrame.at(Anchor().point(east_km, north_km), borders, widest_m=2_000, move_m=0)
    edges_m = np.linspace(-frame.half_m, frame.half_m, GRID + 1)
    middles_m = (edges_m[1:] + edges_m[:-1]) / 2
    points = np.stack(np.meshgrid(middles_m, middles_m, indexing="ij"))
    low, high = (part[..., None] for part in (edges_m[:-1], edges_m[1:]))
    cells = shapely.box(low, low.T, high, high.T)
    expected = (
        np.stack(
            [shapely.area(shapely.intersection(cells, part)) for part in frame.land.values()],
            axis=-1,
        )
        / shapely.area(cells)[..., None]
    )
    found = frame.shares(points)
    assert 0 < (expected < 1).mean() < 1
    assert found == pytest.approx(expected, abs=0.5 / COLUMNS)
    assert found.mean() == pytest.approx(expected.mean(), rel=1e-3)


def test_a_point_on_the_edge_is_in_the_disc_and_one_beyond_is_not() -> None:
    frame = CapFrame.at(Anchor().point(5, 10), side_by_side().borders(), widest_m=10, move_m=5)
    cap = Caps(
        frame=frame, radius_m=np.array([5.0]), east_m=np.array([1.0]), north_m=np.array([2.0])
    )
    points = np.array([(4, 6), (6, 2), (1, -3), (4.01, 6), (6.01, 2), (1, -3.01)]).T
    assert cap.contains(points[:, None]).tolist() == [[True] * 3 + [False] * 3]
    assert cap.bounds()[..., 0].tolist() == [[-4, 6], [-3, 7]]


def test_some_of_the_draws_are_the_caps_of_those_numbers() -> None:
    borders = side_by_side(cuts=[2]).borders()
    frame = CapFrame.at(Anchor().point(1, 10), borders, widest_m=2_000, move_m=900)
    random = np.random.default_rng(5)
    radii, (east, north) = random.uniform(500, 2_000, 4), random.uniform(-900, 900, (2, 4))
    every = Caps(frame=frame, radius_m=radii, east_m=east, north_m=north)
    numbers = np.array([3, 1])
    some = every.of_draws(numbers)
    assert some.frame is frame
    assert some.areas_km2().tolist() == every.areas_km2()[numbers].tolist()
    assert some.bounds().tolist() == every.bounds()[..., numbers].tolist()
    points, _ = every.samples()
    holds = every.contains(points[:, [0, 0, 0, 0]])[numbers]
    assert some.contains(points[:, [0, 0]]).tolist() == holds.tolist()
    assert every.of_draws(np.arange(4)) is every


def test_a_disc_is_drawn_round_its_place_where_nothing_is_said_of_a_shift() -> None:
    frame = CapFrame.at(Anchor().point(2, 10), side_by_side().borders(), widest_m=0.75, move_m=0)
    (here,) = frame.polygons(radius_m=0.5).values()
    (same,) = frame.polygons(radius_m=0.5, east_m=0.0, north_m=0.0).values()
    assert here.equals(same)


def test_samples_add_up_to_the_areas() -> None:
    borders = side_by_side(cuts=[2]).borders()
    frame = CapFrame.at(Anchor().point(1, 10), borders, widest_m=2_000, move_m=500)
    caps = Caps(
        frame=frame,
        radius_m=np.array([500.0, 2_000.0]),
        east_m=np.array([0.0, -500.0]),
        north_m=np.array([100.0, 300.0]),
    )
    points, areas = caps.samples()
    assert points.shape == (2, 2, SAMPLES)
    whole = areas.sum(axis=2).T
    assert whole == pytest.approx(caps.areas_km2(), rel=1e-12)
    assert caps.contains(points).all()


def test_the_sunflower_covers_the_disc_evenly() -> None:
    points = sunflower()
    radii = np.hypot(*points.T)
    assert radii.max() < 1
    assert points.mean(axis=0) == pytest.approx([0, 0], abs=0.01)
    assert (radii**2).mean() == pytest.approx(0.5, abs=1e-3)
    apart = np.hypot(*(points[:, None] - points).T)[~np.eye(SAMPLES, dtype=bool)]
    assert apart.min() > 1.4 / np.sqrt(SAMPLES)
    quarters = [(points[:, 0] > 0) & (points[:, 1] > 0), (points[:, 0] < 0) & (points[:, 1] > 0)]
    assert [quarter.mean() for quarter in quarters] == pytest.approx([0.25, 0.25], abs=0.01)


@pytest.mark.parametrize("lon", [179.99, -179.99])
def test_a_cap_across_the_antimeridian_is_whole(lon: float) -> None:
    land = side_by_side(Anchor(lon=0, lat=60)).changed(
        lambda polygon: cut_at_antimeridian(shifted(multi(shapely.segmentize(polygon, 0.01)), lon))
    )
    frame = CapFrame.at(
        Anchor(lon=lon, lat=60).point(4, 10), land.borders(), widest_m=3_000, move_m=0
    )
    assert cap_km2(frame, 3_000) == pytest.approx(np.pi * 9, rel=2e-4)


def test_a_cap_on_islands_counts_only_land() -> None:
    islands = Anchor().polygon(square(16, 10, 1), square(18, 10, 1))
    land = side_by_side()
    whole = multi(shapely.union_all([land.provinces["AA-1"], islands]))
    borders = Neighbours(provinces={"AA-1": whole}, neighbour=land.neighbour).borders()
    frame = CapFrame.at(Anchor().point(17.5, 10.5), borders, widest_m=2_000, move_m=0)
    assert cap_km2(frame, 1_900) == pytest.approx(2, rel=0.02)


@pytest.mark.parametrize("radius_m", [0.0, -5.0, 100_001.0, float("nan")])
def test_a_radius_out_of_range_is_refused(radius_m: float) -> None:
    with pytest.raises(GeometryError, match="a radius of"):
        CapFrame.at(Anchor().point(1, 1), side_by_side().borders(), widest_m=radius_m, move_m=0)


def test_a_place_without_land_near_is_refused_with_how_far_was_looked() -> None:
    with pytest.raises(GeometryError, match=r"no land of AA-1 within 100\.5 km of 48\.5"):
        CapFrame.at(Anchor().point(300, 1), side_by_side().borders(), widest_m=100_000, move_m=500)
