import json
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from bordermap.errors import DataError
from bordermap.series import Step, dated, instant_of, read_series
from bordermap.series.frames import NO_POINTS, Copying, Points
from bordermap.series.reel import DIGITS, Reel
from tests.series.grid import Cells, land, moving_front, write_days

CELLS = st.frozensets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20)
UNIT = 10**DIGITS


def outline(cells: Cells) -> NDArray[np.object_]:
    return shapely.get_parts(land(cells))


def read_back(shape: list[list[Points]]) -> BaseGeometry:
    return shapely.union_all(
        [shapely.Polygon(rings[0] / UNIT, [hole / UNIT for hole in rings[1:]]) for rings in shape]
    )


@settings(max_examples=40)
@given(before=CELLS, after=CELLS)
def test_a_shape_is_read_as_it_was_written_whatever_was_before(before: Cells, after: Cells) -> None:
    _, known = Copying(NO_POINTS).written(outline(before), digits=DIGITS)
    copying = Copying(known)
    rings, points = copying.written(outline(after), digits=DIGITS)
    shape, again = copying.read(json.loads(json.dumps(rings)))
    assert (again == points).all()
    assert shapely.equals(read_back(shape), land(after))


def test_what_did_not_change_is_copied_in_a_few_numbers() -> None:
    circle = shapely.Point(40, 48).buffer(1, quad_segs=200)
    moved = shapely.union(circle, shapely.box(40.9, 47.95, 41.3, 48.05))
    rings, known = Copying(NO_POINTS).written(np.array([circle]), digits=DIGITS)
    copied, _ = Copying(known).written(np.array([moved]), digits=DIGITS)
    turned, _ = Copying(known).written(
        np.array([shapely.box(0, 0, 90, 80) - circle]), digits=DIGITS
    )
    assert len(rings[0][0]) == 1 + 2 * len(known)
    assert len(copied[0][0]) < 30
    assert len(turned[0][1]) < 10  # a hole has the points in reverse


def test_a_ring_of_no_extent_is_left_out() -> None:
    speck = shapely.box(40, 48, 40 + 1e-7, 48 + 1e-7)
    rings, points = Copying(NO_POINTS).written(np.array([speck]), digits=DIGITS)
    assert (rings, len(points)) == ([], 0)


@pytest.fixture
def steps(tmp_path: Path) -> list[Step]:
    return list(read_series(dated(write_days(tmp_path, moving_front()))))


def test_a_reel_holds_outlines_and_changes_of_every_step(steps: list[Step]) -> None:
    reel = Reel()
    for step in steps:
        reel.add(step)
    before: BaseGeometry = shapely.Point()
    known, truth = NO_POINTS, [*moving_front().values()]
    for cells, frame in zip(truth, reel.frames, strict=True):
        shape, after = Copying(known).read(json.loads(frame.outline))
        both = Copying(np.concatenate((known, after)))
        now = read_back(shape)
        assert shapely.equals(now, land(cells))
        if len(known):
            gained, lost = (
                read_back(both.read(json.loads(text))[0]) for text in (frame.gained, frame.lost)
            )
            assert gained.area == pytest.approx(now.difference(before).area, abs=1e-6)
            assert lost.area == pytest.approx(before.difference(now).area, abs=1e-6)
        before, known = now, after
    assert reel.simplified_m == 0
    assert reel.bounds == (37.0, 47.0, 38.0, 47.75)


def test_a_reel_that_gets_too_large_is_simplified_and_says_by_how_much() -> None:
    rough = shapely.Point(40, 48).buffer(0.5, quad_segs=400)
    reel = Reel(most_bytes=4_000)
    for day in range(1, 4):
        shifted = translate(rough, xoff=day * 0.01)
        reel.add(
            Step(
                instant=instant_of(f"2024-07-0{day}"),
                file="x",
                features=1,
                area_km2=1.0,
                outline=np.array([shifted]),
            )
        )
    assert 0 < reel.simplified_m <= 640
    assert sum(frame.size for frame in reel.frames) <= 4_000
    assert len(reel.frames) == 3
    shape, _ = Copying(NO_POINTS).read(json.loads(reel.frames[0].outline))
    assert read_back(shape).area == pytest.approx(rough.area, rel=0.02)


def test_what_no_simplifying_makes_small_enough_is_refused(steps: list[Step]) -> None:
    reel = Reel(most_bytes=10)
    with pytest.raises(DataError, match="1 outlines are too many, or too rich, for one page"):
        reel.add(steps[0])


def test_a_series_without_any_land_has_nothing_to_draw() -> None:
    reel = Reel()
    reel.add(Step(instant=instant_of("2024-07-01"), file="x", features=0, area_km2=0.0))
    with pytest.raises(DataError, match="nothing to draw"):
        _ = reel.bounds
