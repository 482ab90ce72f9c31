"""Shared borders: found from the geometry, sorted into sections, refused where they do not fit."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from bordermap.areas import geodesic_area_km2, geodesic_length_km
from bordermap.boundaries import (
    ALL,
    DETACHED,
    EXCLAVES,
    MAINLAND,
    Borders,
    Country,
    Province,
    shared_borders,
)
from bordermap.errors import GeometryError, NoSharedBorderError
from bordermap.footprints.strip import strip
from tests.oracles import tiled_strip_km2
from tests.shapes import (
    Anchor,
    Neighbours,
    dataset,
    multi,
    reversed_rings,
    rotated_rings,
    scattered,
    side_by_side,
    square,
    with_hole,
)
from tests.strategies import anchors, winding_neighbours


def one_polygon(*points: Sequence[float]) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([shapely.Polygon(points)])


@given(winding_neighbours())
def test_the_shared_border_is_the_line_both_were_drawn_from(land: Neighbours) -> None:
    borders = land.borders()
    common = shapely.intersection(
        shapely.union_all(list(land.provinces.values())).boundary, land.neighbour.boundary
    )
    assert borders.length_km == pytest.approx(geodesic_length_km(common), rel=1e-9)
    assert sum(borders.length_km_by_province().values()) == pytest.approx(borders.length_km)
    assert borders.length_km_by_section() == {MAINLAND: pytest.approx(borders.length_km)}


def test_a_straight_border_is_as_long_as_it_was_drawn() -> None:
    assert side_by_side().borders().length_km == pytest.approx(20, rel=3e-3)


def test_each_part_of_either_country_has_its_section() -> None:
    # two metres over: a kilometre of the shapes is some metres short of one on the ellipsoid
    lengths = scattered().borders().length_km_by_section()
    assert list(lengths) == [MAINLAND, "far", EXCLAVES]
    assert lengths == pytest.approx({MAINLAND: 20, "far": 7, EXCLAVES: 4 * 2 + 4 * 3}, rel=3e-3)


def test_a_detached_part_without_a_name_is_called_detached() -> None:
    assert scattered_without_names().sections == (MAINLAND, DETACHED, EXCLAVES)


def scattered_without_names() -> Borders:
    return replace(scattered(), sections={}).borders()


def test_a_name_whose_point_lies_in_no_part_names_nothing() -> None:
    land = replace(scattered(), sections={"far": Anchor().point(60, 60)})
    assert land.borders().sections == (MAINLAND, DETACHED, EXCLAVES)


def test_sections_are_a_partition_of_the_border() -> None:
    borders = scattered().borders()
    lengths = [borders.of_section(section).length_km for section in borders.sections]
    assert sum(lengths) == pytest.approx(borders.of_section(ALL).length_km, rel=1e-12)
    pieces = [
        shapely.union_all([line.line for line in borders.of_section(section).lines])
        for section in borders.sections
    ]
    for index, piece in enumerate(pieces):
        for other in pieces[index + 1 :]:
            assert shapely.length(shapely.intersection(piece, other)) == 0


def test_behind_a_section_lies_the_land_that_hangs_together_with_it() -> None:
    borders = scattered().borders()
    mainland = borders.of_section(MAINLAND).land["AA-1"]
    anchor = Anchor()
    assert shapely.covers(mainland, anchor.point(15, 2))
    assert not shapely.covers(mainland, anchor.point(-10.5, 15.5))
    assert shapely.covers(borders.of_section(EXCLAVES).land["AA-1"], anchor.point(-10.5, 15.5))


def test_an_unknown_section_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoSharedBorderError, match="all, mainland, far, exclaves"):
        scattered().borders().of_section("moon")


@pytest.mark.parametrize(
    "change",
    [reversed_rings, partial(rotated_rings, by=3), lambda land: multi(land.normalize())],
    ids=["turned round", "started elsewhere", "normalised"],
)
@pytest.mark.parametrize("lon", [45.0, -100.0, 12.3])
def test_sections_do_not_depend_on_how_rings_are_written_or_where(
    lon: float, change: Callable[[shapely.MultiPolygon], shapely.MultiPolygon]
) -> None:
    # trap 7
    expected = scattered().borders().length_km_by_section()
    moved = scattered(Anchor(lon=lon)).changed(change).borders().length_km_by_section()
    assert moved == pytest.approx(expected, rel=1e-9)


@given(anchors())
@settings(max_examples=30)
def test_a_border_beside_the_antimeridian_is_as_long_as_elsewhere(anchor: Anchor) -> None:
    def length_km(lon: float) -> float:
        return scattered(replace(anchor, lon=lon)).borders().length_km

    assert length_km(179.93) == pytest.approx(length_km(45), rel=1e-6)


@pytest.mark.parametrize("lon", [179.9995, -179.9995])
def test_the_antimeridian_is_no_second_line_of_a_border_a_street_away(lon: float) -> None:
    borders = side_by_side(Anchor(lon=lon, lat=0.0)).borders()
    assert borders.length_km == pytest.approx(20, rel=6e-3)


def test_a_country_that_lies_within_the_other_has_a_mainland_all_the_same() -> None:
    inner, outer = Anchor().polygon(square(10, 10, 5)), Anchor().polygon(square(0, 0, 30))
    around = with_hole(outer, inner)
    for ours, theirs in ((inner, around), (around, inner)):
        borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
        assert borders.sections == (MAINLAND,)
        assert borders.length_km == pytest.approx(20, rel=3e-3)


def test_provinces_that_touch_only_in_a_point_share_no_border() -> None:
    land = Neighbours(
        provinces={"AA-1": Anchor().polygon(square(0, 0, 10))},
        neighbour=Anchor().polygon(square(10, 10, 10)),
    )
    with pytest.raises(
        NoSharedBorderError,
        match=r"AA-1 has no border with BB in .*; name a province that touches it$",
    ):
        land.borders()


def test_a_point_where_borders_touch_adds_nothing_to_a_line() -> None:
    here = Anchor().polygon(square(0, 0, 10))
    there = multi(
        shapely.union_all(
            [Anchor().polygon(square(10, 10, 10)), Anchor().polygon(square(-10, 0, 10))]
        )
    )
    borders = Neighbours(provinces={"AA-1": here}, neighbour=there).borders()
    assert borders.length_km == pytest.approx(10, rel=3e-3)


def test_no_province_at_all_is_refused() -> None:
    with pytest.raises(NoSharedBorderError, match="no province was given"):
        Neighbours(
            provinces={},
            neighbour=Anchor().polygon(square(0, 0, 1)),
            claimed=shapely.MultiPolygon(),
        ).borders()


def test_a_province_given_twice_counts_once() -> None:
    land = side_by_side()
    province = Province(code="AA-1", name="one", country="AA", polygon=land.provinces["AA-1"])
    borders = shared_borders(
        [province, province],
        claimed=Country(code="AA", name="Aland", polygon=province.polygon),
        neighbour=Country(code="BB", name="Bland", polygon=land.neighbour),
        dataset=dataset(),
    )
    assert borders.length_km == pytest.approx(land.borders().length_km)
    assert len(borders.provinces) == 1


# Polygons that do not fit: what a user's own file may hold ------------------------------------


def test_a_vertex_that_only_the_neighbour_has_does_not_move_the_border() -> None:
    # the edge is a geodesic that leaves the parallel by kilometres, the neighbour's two do not
    ours = one_polygon((10, 49), (14, 49), (14, 51), (10, 51))
    theirs = one_polygon((10, 49), (12.5, 49), (14, 49), (14, 48), (10, 48))
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    line = shapely.LineString([(10, 49), (12.5, 49), (14, 49)])
    assert borders.length_km == pytest.approx(geodesic_length_km(line), rel=1e-12)
    matched = one_polygon((10, 49), (12.5, 49), (14, 49), (14, 51), (10, 51))
    expected = tiled_strip_km2(line, matched, 1_000)
    assert strip(borders, 1_000).area_km2 == pytest.approx(expected, rel=2e-4)


def test_a_border_that_ends_within_an_edge_is_kept_to_the_land() -> None:
    ours = one_polygon((10, 49), (14, 49), (14, 51), (10, 51))
    theirs = one_polygon((11, 49), (12.5, 49), (12.5, 48), (11, 48))
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    strip_km2 = strip(borders, 500).area_km2
    # half a disc more: a quarter beyond each end
    expected = borders.length_km * 0.5 + np.pi * 0.5**2 / 2
    assert strip_km2 == pytest.approx(expected, rel=1e-3)


def test_the_land_of_a_province_stays_what_it_was() -> None:
    ours = one_polygon((10, 49), (14, 49), (14, 51), (10, 51))
    theirs = one_polygon((10, 49), (12.5, 49), (14, 49), (14, 48), (10, 48))
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    assert borders.provinces[0].polygon.equals_exact(ours, 0)


@pytest.mark.parametrize("off_degrees", [0.0, 1e-9, 1e-7, 1e-5, 2e-4])
def test_borders_that_run_beside_one_another_are_refused(off_degrees: float) -> None:
    # a vertex on a slanted edge lies off it by a rounding error at least, so nothing is shared
    lon, lat = 10 + 0.7 * 0.3, 49 + 0.3 * 0.3
    ours = one_polygon((10, 49), (10.7, 49.3), (11, 49.4), (10, 50), (9, 50))
    theirs = one_polygon(
        (10, 49), (lon, lat - off_degrees), (10.7, 49.3), (11, 49.4), (11, 48), (10, 48)
    )
    with pytest.raises(GeometryError, match=r"AA-1 and BB .* match their vertices"):
        Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()


def test_borders_that_share_only_points_are_refused_with_what_is_wrong() -> None:
    winding = np.random.default_rng(7).normal(0, 0.01, 21)
    shared = np.column_stack((10 + np.linspace(0, 1, 21), 49 + winding))
    between = (shared[:-1] + shared[1:]) / 2 - (0, 1e-6)
    theirs = np.empty((41, 2))
    theirs[::2], theirs[1::2] = shared, between
    land = Neighbours(
        provinces={"AA-1": one_polygon(*shared.tolist(), (11, 50), (10, 50))},
        neighbour=one_polygon(*theirs.tolist(), (11, 48), (10, 48)),
    )
    with pytest.raises(GeometryError, match="match their vertices"):
        land.borders()


def test_a_neighbour_that_overlaps_a_province_is_refused() -> None:
    ours = one_polygon((10, 49), (10.5, 49), (11, 49), (11, 50), (10, 50))
    theirs = one_polygon((10, 49), (10.5, 49), (11, 49.2), (11, 48), (10, 48))
    with pytest.raises(
        GeometryError,
        match=r"AA-1 and BB overlap .* km², which .* not at all; give polygons that do not$",
    ):
        Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()


def test_provinces_that_overlap_are_refused() -> None:
    # trap 14: their common land would count twice
    one = one_polygon((10, 40), (10.1, 40), (10.2, 40), (10.2, 40.2), (10, 40.2))
    two = one_polygon((10.1, 40), (10.2, 40), (10.3, 40), (10.3, 40.2), (10.1, 40.2))
    theirs = one_polygon((10, 40), (10.1, 40), (10.2, 40), (10.3, 40), (10.3, 39.8), (10, 39.8))
    with pytest.raises(GeometryError, match="AA-1 and AA-2 overlap"):
        Neighbours(provinces={"AA-1": one, "AA-2": two}, neighbour=theirs).borders()


def test_provinces_whose_own_line_does_not_match_are_measured_all_the_same() -> None:
    # a vertex more on the line between two provinces moves land by less than a hectare
    one = one_polygon((10, 40), (10.1, 40), (10.1, 40.11), (10.1, 40.2), (10, 40.2))
    two = one_polygon((10.1, 40), (10.2, 40), (10.2, 40.2), (10.1, 40.2))
    theirs = one_polygon((10, 40), (10.1, 40), (10.2, 40), (10.2, 39.8), (10, 39.8))
    borders = Neighbours(provinces={"AA-1": one, "AA-2": two}, neighbour=theirs).borders()
    assert strip(borders, 90_000).area_km2 == pytest.approx(
        geodesic_area_km2(one) + geodesic_area_km2(two), rel=1e-6
    )


def test_an_exclave_of_ours_has_its_section_where_theirs_has_none() -> None:
    apart = shapely.box(10.1, 40.1, 10.15, 40.15)
    ours = shapely.MultiPolygon([shapely.box(9.8, 40, 10, 40.2), apart])
    theirs = multi(shapely.difference(shapely.box(10, 40, 10.2, 40.2), apart))
    borders = Neighbours(provinces={"AA-1": ours}, neighbour=theirs).borders()
    assert borders.sections == (MAINLAND, EXCLAVES)
    assert borders.length_km_by_section()[EXCLAVES] == pytest.approx(
        geodesic_length_km(apart.exterior), rel=1e-9
    )


def test_every_line_says_whose_border_it_is() -> None:
    for line in scattered().borders().lines:
        assert line.neighbour == scattered().borders().neighbour == "BB"
