import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import shapely

from bordermap.asking import borders_of
from bordermap.batch import engine
from bordermap.boundaries import Province
from bordermap.datasets import BoundaryDataset, load_dataset
from bordermap.datasets.collection import IndexEntry
from bordermap.errors import DataError, GeometryError, PlaceNotFoundError
from bordermap.footprints.strip import depth_for_area
from bordermap.geojson import Feature
from bordermap.sweep import (
    Pair,
    PairAnswer,
    PairFailure,
    Question,
    as_json,
    features_of,
    in_order,
    neighbouring,
    pairs_of,
    rows_of,
    swept,
    write_answers,
)
from bordermap.sweep.world_map import View
from tests.series.grid import Cells, block, land
from tests.shapes import dataset as invented

WORLD = Question(dataset="natural-earth-10m", worldview="iso", area_km2=100.0)
CENTRAL_ASIA = ("KG", "TJ")


def a_dataset(provinces: Mapping[str, Cells]) -> BoundaryDataset:
    """Return an invented dataset of provinces made of cells."""
    polygons = {code: land(cells) for code, cells in provinces.items()}
    return BoundaryDataset(
        info=invented(),
        worldview="iso",
        entries=tuple(
            IndexEntry(
                level="province", code=code, country=code[:2], name=code, bbox=polygon.bounds
            )
            for code, polygon in polygons.items()
        ),
        read=lambda entries: [polygons[entry.code] for entry in entries],
    )


@pytest.fixture(scope="module")
def found() -> list[PairAnswer | PairFailure]:
    with engine(workers=1) as here:
        return list(swept(pairs_of(WORLD, CENTRAL_ASIA), WORLD, here))


def test_neighbours_are_those_with_an_edge_in_common() -> None:
    provinces = {
        "AA-1": block(range(2), range(2)),
        "AA-2": block(range(2), range(2, 4)),
        "BB-1": block(range(2, 4), range(2)),
        "CC-1": block(range(2, 4), range(2, 4)),
        "DD-1": block(range(8, 9), range(8, 9)),
    }
    assert neighbouring(a_dataset(provinces)) == (
        Pair(country="AA", neighbour="BB", provinces=("AA-1",)),
        Pair(country="AA", neighbour="CC", provinces=("AA-2",)),
        Pair(country="BB", neighbour="AA", provinces=("BB-1",)),
        Pair(country="BB", neighbour="CC", provinces=("BB-1",)),
        Pair(country="CC", neighbour="AA", provinces=("CC-1",)),
        Pair(country="CC", neighbour="BB", provinces=("CC-1",)),
    )


def test_neighbours_of_the_world_are_mutual_and_plausible() -> None:
    pairs = {(pair.country, pair.neighbour) for pair in pairs_of(WORLD)}
    assert all((other, one) in pairs for one, other in pairs)
    assert 600 < len(pairs) < 700
    assert {("AM", "AZ"), ("US", "CA"), ("LS", "ZA"), ("FR", "BR"), ("ES", "MA")} <= pairs
    assert not any("JP" in pair for pair in pairs)


def test_a_border_is_as_long_and_a_strip_as_deep_as_asked_for_alone(
    found: list[PairAnswer | PairFailure],
) -> None:
    answers, failures = in_order(found)
    assert failures == []
    by_pair = {(one.pair.country, one.pair.neighbour): one for one in answers}
    one = by_pair["KG", "TJ"]
    alone = borders_of(one.pair.provinces, neighbour="TJ", boundaries="natural-earth-10m")
    assert one.length_km == pytest.approx(alone.length_km_by_province(), rel=1e-12)
    assert one.depth_m == pytest.approx(depth_for_area(alone, 100.0), abs=0.01)
    assert sum(one.strip_km2.values()) == pytest.approx(100, rel=1e-4)


def test_both_sides_of_a_border_are_equally_long(found: list[PairAnswer | PairFailure]) -> None:
    answers, _ = in_order(found)
    by_pair = {(one.pair.country, one.pair.neighbour): one for one in answers}
    there, back = by_pair["KG", "TJ"], by_pair["TJ", "KG"]
    assert sum(there.length_km.values()) == pytest.approx(sum(back.length_km.values()), rel=1e-9)


def test_the_world_table_does_not_depend_on_who_was_first(
    found: list[PairAnswer | PairFailure], tmp_path: Path
) -> None:
    for name, answers in (("one", found), ("other", found[::-1])):
        paths = [tmp_path / f"{name}{suffix}" for suffix in (".csv", ".parquet", ".geojson")]
        write_answers(in_order(answers)[0], WORLD, paths)
    for suffix in (".csv", ".parquet", ".geojson"):
        one, other = (tmp_path / f"{name}{suffix}" for name in ("one", "other"))
        assert one.read_bytes() == other.read_bytes()
    table = pd.read_parquet(tmp_path / "one.parquet")
    assert set(table["country"]) == set(CENTRAL_ASIA)
    lengths = table.groupby(["country", "neighbour"])["length_km"].sum()
    assert lengths["KG", "TJ"] == pytest.approx(lengths["TJ", "KG"])


def test_lines_say_what_they_are_and_whose_data(found: list[PairAnswer | PairFailure]) -> None:
    (answer, *_), _ = in_order(found)
    dataset = load_dataset("natural-earth-10m")
    features: list[Feature] = list(features_of(answer, WORLD, dataset))
    rows = list(rows_of(answer, WORLD))
    assert len(features) == len(rows) == len(answer.pair.provinces)
    for feature, row in zip(features, rows, strict=True):
        assert feature.properties.items() >= row.items()
        assert feature.properties["sha256"] == dataset.info.sha256
        assert isinstance(feature.geometry, shapely.MultiLineString)
    assert json.dumps(as_json(answer), allow_nan=False)


@pytest.mark.parametrize("area_km2", [math.nan, math.inf, 0.0, -5.0])
def test_an_area_that_no_strip_has_is_refused_before_any_work(area_km2: float) -> None:
    with pytest.raises(GeometryError, match=r"has no strip; give one above 0"):
        replace(WORLD, area_km2=area_km2)


def test_a_country_smaller_than_the_area_has_a_note_and_no_depth() -> None:
    with engine(workers=1) as here:
        (found,) = swept(pairs_of(WORLD, ["VA"]), WORLD, here)
    assert isinstance(found, PairAnswer)
    assert found.depth_m is None
    assert "100 km² is more than" in found.note
    assert sum(found.length_km.values()) > 0


def test_a_pair_that_cannot_be_measured_is_listed_and_does_not_stop_the_rest() -> None:
    pairs = [
        Pair(country="KG", neighbour="JP", provinces=("KG-B",)),
        Pair(country="KG", neighbour="TJ", provinces=("KG-B",)),
    ]
    with engine(workers=1) as here:
        answers, failures = in_order(list(swept(pairs, WORLD, here)))
    assert [one.pair.neighbour for one in answers] == ["TJ"]
    (failure,) = failures
    assert "KG-B has no border with JP" in failure.reason


def test_a_fault_of_ours_stays_with_its_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Province:
        raise ZeroDivisionError

    monkeypatch.setattr("bordermap.sweep.answers.depth_for_area", broken)
    with engine(workers=1) as here:
        (found,) = swept(pairs_of(WORLD, ["LS"]), WORLD, here)
    assert isinstance(found, PairFailure)
    assert "ZeroDivisionError" in found.reason


@pytest.mark.parametrize("country", ["JP", "ZZ"])
def test_a_country_without_neighbours_is_refused(country: str) -> None:
    with pytest.raises(PlaceNotFoundError):
        pairs_of(WORLD, [country])


def test_the_map_is_as_near_as_its_borders_are(found: list[PairAnswer | PairFailure]) -> None:
    answers, _ = in_order(found)
    near = View.of(answers)
    assert near.is_near
    west, south, east, north = near.box
    lines = [line for one in answers for line in one.lines.values()]
    assert shapely.box(*near.box).contains(shapely.MultiPoint(shapely.get_coordinates(lines)))
    assert (east - west, north - south) < (25, 15)  # Kyrgyzstan and Tajikistan
    far = replace(answers[0], lines={"x": shapely.MultiLineString([[(-70, 0), (-69, 1)]])})
    assert not View.of([*answers, far]).is_near
    assert not View.of([]).is_near


def test_the_world_map_is_the_same_picture_every_time(
    found: list[PairAnswer | PairFailure], tmp_path: Path
) -> None:
    answers, _ = in_order(found)
    once, again, dots = (tmp_path / name for name in ("once.svg", "again.svg", "map.png"))
    write_answers(answers, WORLD, [once, again, dots])
    assert once.read_bytes() == again.read_bytes()
    assert "<script" not in once.read_text()
    assert dots.read_bytes().startswith(b"\x89PNG")
    # every border that was measured has its line: two of each pair's sides lie on one another
    drawn = once.read_text().count("<path id=") + once.read_text().count("<path d=")
    assert drawn > sum(
        len(shapely.get_parts(line)) for one in answers for line in one.lines.values()
    )


def test_a_map_without_matplotlib_says_what_brings_it(
    found: list[PairAnswer | PairFailure], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bordermap.sweep.world_map.find_spec", lambda _: None)
    with pytest.raises(DataError, match=r"bordermap\[figures\]"):
        write_answers(in_order(found)[0], WORLD, [tmp_path / "map.svg"])
    assert not list(tmp_path.iterdir())
