"""Neighbours of different sources that are made to share their border."""

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import given
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2, multipolygon
from bordermap.datasets import load_dataset
from bordermap.fetching.seam import Seam, joined, untouched
from bordermap.fetching.units import Unit, without_nested


def unit(code: str, polygon: BaseGeometry) -> Unit:
    whole = multipolygon(polygon)
    return Unit(level="province", code=code, country=code[:2], name=code, polygon=whole)


def country(units: tuple[Unit, ...], code: str) -> BaseGeometry:
    return shapely.coverage_union_all([u.polygon for u in units if u.country == code])


def shared(units: tuple[Unit, ...], one: str, other: str) -> BaseGeometry:
    return shapely.intersection(country(units, one).boundary, country(units, other).boundary)


def fits(units: tuple[Unit, ...]) -> bool:
    return bool(shapely.coverage_is_valid([u.polygon for u in units]))


def winding(offset_km: list[float], *, east: bool) -> shapely.Polygon:
    """Return land west or east of a line that winds about 45° E."""
    lat = np.linspace(39, 40, len(offset_km))
    line = np.column_stack((45 + np.array(offset_km) / 86, lat))
    edge = 46.0 if east else 44.0
    return shapely.Polygon([*line, (edge, 40), (edge, 39)])


OFFSETS = st.lists(st.floats(-2, 2), min_size=4, max_size=30)


@given(OFFSETS, OFFSETS)
def test_the_border_is_the_line_of_the_first(one: list[float], other: list[float]) -> None:
    west, east = winding(one, east=False), winding(other, east=True)
    units, seams = joined([unit("AM-SU", west), unit("AZ-X01", east)], ["AM", "AZ"])
    assert fits(units)
    assert country(units, "AM").symmetric_difference(west).area < 1e-6
    border = shared(units, "AM", "AZ")
    line = shapely.LineString(west.exterior.coords[:-3])
    # where the two lines gape at an end, the gap is closed but for a bay
    assert line.length - 0.05 < border.length <= line.length + 1e-6
    assert len(seams) == 1


@given(OFFSETS, OFFSETS)
def test_no_land_is_lost_or_counted_twice(one: list[float], other: list[float]) -> None:
    west, east = winding(one, east=False), winding(other, east=True)
    units, _ = joined([unit("AM-SU", west), unit("AZ-X01", east)], ["AM", "AZ"])
    together = sum(u.polygon.area for u in units)
    assert together == pytest.approx(shapely.union_all([u.polygon for u in units]).area)
    assert together == pytest.approx(2.0, abs=0.01)


def test_a_gap_that_is_wide_stays_a_gap() -> None:
    west, east = shapely.box(44, 39, 45, 40), shapely.box(45.2, 39, 46, 40)
    units, seams = joined([unit("AM-SU", west), unit("AZ-X01", east)], ["AM", "AZ"])
    assert seams == []
    assert shared(units, "AM", "AZ").is_empty
    assert list(untouched(["AM", "AZ"], seams)) == [
        "Armenia and Azerbaijan do not touch in this source"
    ]


def test_a_gap_goes_to_the_nearest_province() -> None:
    west = shapely.box(44, 39, 45, 40)
    south, north = shapely.box(45.03, 39, 46, 39.5), shapely.box(45.03, 39.5, 46, 40)
    units, (seam,) = joined(
        [unit("AM-SU", west), unit("AZ-X01", south), unit("AZ-X02", north)], ["AM", "AZ"]
    )
    lower = next(u.polygon for u in units if u.code == "AZ-X01")
    assert lower.bounds[3] == pytest.approx(39.5, abs=0.02)
    assert seam.overlap_km2 == pytest.approx(0, abs=0.001)
    assert seam.gaps_km2 == pytest.approx(
        geodesic_area_km2(shapely.MultiPolygon([shapely.box(45, 39, 45.03, 40)])), rel=0.01
    )


def test_an_exclave_of_the_first_in_the_second_is_kept() -> None:
    west = shapely.MultiPolygon([shapely.box(44, 39, 45, 40), shapely.box(45.4, 39.4, 45.5, 39.5)])
    east = shapely.box(44.99, 39, 46, 40)
    units, _ = joined([unit("AM-SU", west), unit("AZ-X01", east)], ["AM", "AZ"])
    assert fits(units)
    assert shared(units, "AM", "AZ").length == pytest.approx(1.4)


def test_a_province_wholly_on_land_of_the_first_is_gone() -> None:
    inside = shapely.box(44.5, 39.5, 44.6, 39.6)
    units, _ = joined(
        [
            unit("AM-SU", shapely.box(44, 39, 45, 40)),
            unit("AZ-X01", inside),
            unit("AZ-X02", shapely.box(45, 39, 46, 40)),
        ],
        ["AM", "AZ"],
    )
    assert {u.code for u in units} == {"AM-SU", "AZ-X02"}


def test_three_countries_meet_in_one_point() -> None:
    units, seams = joined(
        [
            unit("AM-SU", shapely.box(44, 39, 45, 40)),
            unit("AZ-X01", shapely.box(45.01, 39, 46, 40)),
            unit("GE-X01", shapely.box(44, 39.99, 46, 41)),
        ],
        ["AM", "AZ", "GE"],
    )
    assert fits(units)
    assert [(s.first, s.second) for s in seams] == [("AM", "AZ"), ("AM", "GE"), ("AZ", "GE")]


def test_countries_that_fit_already_stay_as_they_are() -> None:
    west, east = shapely.box(44, 39, 45, 40), shapely.box(45, 39, 46, 40)
    units, (seam,) = joined([unit("AM-SU", west), unit("AZ-X01", east)], ["AM", "AZ"])
    assert country(units, "AZ").equals(east)
    assert (seam.overlap_km2, seam.gaps_km2, seam.max_m) == pytest.approx((0, 0, 0), abs=0.2)
    assert "0 m at most" in str(seam)


def test_a_coarse_neighbour_takes_the_fine_line_of_the_first() -> None:
    fine = load_dataset("osm-2026").provinces_of("AM")
    coarse = load_dataset("natural-earth-10m").provinces_of("AZ")
    units, (seam,) = joined([unit(p.code, p.polygon) for p in (*fine, *coarse)], ["AM", "AZ"])
    assert fits(units)
    assert isinstance(seam, Seam)
    assert seam.p95_m == pytest.approx(3_680, rel=0.05)
    assert geodesic_area_km2(country(units, "AM")) == pytest.approx(29_719.3, abs=0.1)


def test_of_two_levels_the_one_that_fills_the_other_is_kept() -> None:
    units = [
        unit("AZ-NX", shapely.box(44, 39, 46, 40)),
        unit("AZ-BAB", shapely.box(44, 39, 45, 40)),
        unit("AZ-SAR", shapely.box(45, 39, 46, 40)),
        unit("AZ-GAN", shapely.box(47, 39, 49, 41)),
        unit("AZ-XZR", shapely.box(47.5, 39.5, 47.6, 39.6)),
    ]
    kept, told = without_nested(units)
    assert [u.code for u in kept] == ["AZ-BAB", "AZ-SAR", "AZ-GAN"]
    assert told == ("left out, as they lie in others or are filled by them: AZ-NX, AZ-XZR",)
