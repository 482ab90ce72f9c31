"""How shipped files are made: cutting, joining, decoding and writing, on invented land."""

import hashlib
import io
import json
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
import shapely
from hypothesis import assume, given

from bordermap._shipped import shipped

sys.path.insert(0, str(shipped()))

from recipe.accuracy import distance, shared_line
from recipe.features import BoundaryFeature, archive, multipolygon, rounded
from recipe.geo_maps import even_odd
from recipe.hybrid import DetachedPart, cut_into_provinces
from recipe.packages import Package, PackageError, fetched, member
from recipe.registry import BuiltFile, write_files
from recipe.seam import joined
from recipe.timezones import BLOCK, STEP, RingStore


def country(*, spacing: float = 0.01) -> shapely.MultiPolygon:
    """Return a round country of many vertices."""
    disc = shapely.Point(44.0, 40.0).buffer(0.5, quad_segs=int(0.8 / spacing))
    return multipolygon(rounded(disc, 7))


def halves(at: float, reach: float) -> dict[str, shapely.Polygon]:
    """Return two units that meet at a longitude and reach beyond the country, or fall short."""
    south, north = 40.0 - reach, 40.0 + reach
    return {
        "AM-SU": shapely.box(44.0 - reach, south, at, north),
        "AM-VD": shapely.box(at, south, 44.0 + reach, north),
    }


@given(at=st.floats(43.7, 44.3), reach=st.floats(0.35, 2.0))
def test_provinces_partition_the_country_whatever_the_lines(at: float, reach: float) -> None:
    outline = country()
    provinces = list(cut_into_provinces(outline, halves(at, reach)).values())
    assert shapely.coverage_is_valid(provinces)
    assert multipolygon(shapely.coverage_union_all(provinces)).equals_exact(outline)


def test_provinces_have_no_vertex_on_the_outline_that_the_country_has_not() -> None:
    outline = country()
    own = {tuple(point) for point in shapely.get_coordinates(outline)}
    line = {(44.1, 40.0 - 0.4), (44.1, 40.0 + 0.4)}
    for province in cut_into_provinces(outline, halves(44.1, 0.4)).values():
        assert {tuple(point) for point in shapely.get_coordinates(province)} <= own | line


def test_a_line_through_the_middle_halves_the_country() -> None:
    provinces = cut_into_provinces(country(spacing=0.001), halves(44.0, 1.0))
    assert provinces["AM-SU"].area == pytest.approx(provinces["AM-VD"].area, rel=1e-3)


def test_a_detached_part_goes_to_its_province_whole() -> None:
    island = shapely.box(44.9, 39.9, 45.1, 40.1)
    outline = multipolygon(shapely.MultiPolygon([*country().geoms, island]))
    detached = [DetachedPart(point=shapely.Point(45.0, 40.0), province="AM-SU")]
    provinces = cut_into_provinces(outline, halves(44.0, 2.0), detached)
    assert provinces["AM-SU"].contains(island)


def test_a_unit_outside_the_country_is_refused() -> None:
    units = {**halves(44.0, 1.0), "AM-GR": shapely.box(50, 40, 51, 41)}
    with pytest.raises(ValueError, match="no land for AM-GR"):
        cut_into_provinces(country(), units)


@given(miss=st.floats(-1e-4, 1e-4), bend=st.floats(0.2, 0.8))
def test_neighbours_that_miss_each_other_are_joined(miss: float, bend: float) -> None:
    assume(abs(miss) > 1e-6)
    west = np.array([(0, 0), (1, 0), (1, bend), (1, 1), (0, 1)]) / 100
    east = np.array([(1, 0), (2, 0), (2, 1), (1, 1), (1, bend)]) / 100
    east[-1, 0] += miss
    first, second = (multipolygon(shapely.Polygon(corners)) for corners in (west, east))
    seam = joined(first, second, decimals=9)
    assert shapely.coverage_is_valid([seam.first, seam.second])
    assert shapely.union(seam.first, seam.second).area == pytest.approx(2e-4, rel=1e-6)
    assert seam.first.area == pytest.approx(first.area, rel=1e-6)
    assert seam.overlap_km2 + seam.gaps_km2 == pytest.approx(abs(miss) * 61.55, rel=0.01)


def test_a_hole_inside_the_second_is_filled_and_told() -> None:
    first = multipolygon(shapely.box(0, 0, 1, 1))
    holed = shapely.box(1, 0, 2, 1).difference(shapely.box(1.4, 0.4, 1.6, 0.6))
    seam = joined(first, multipolygon(holed), decimals=7)
    assert seam.second.equals(shapely.box(1, 0, 2, 1))
    (hole_km2,) = seam.holes_km2
    assert hole_km2 == pytest.approx(492, rel=0.01)


def test_land_inside_an_even_number_of_polygons_is_not_the_countrys() -> None:
    mainland, hole, island = (
        shapely.box(0, 0, 4, 4),
        shapely.box(1, 1, 2, 2),
        shapely.box(5, 0, 6, 1),
    )
    land = even_odd(shapely.MultiPolygon([mainland, hole, island]))
    assert land.area == 16 - 1 + 1


@given(offset_m=st.floats(1, 1_000))
def test_the_distance_of_parallel_borders_is_their_offset(offset_m: float) -> None:
    # along a meridian one degree of longitude is 111.32 km times cos(latitude), within 0.3 %
    shift = offset_m / (111_320 * np.cos(np.radians(40.5)))
    better = shapely.MultiLineString([[(45, 40.4), (45, 40.6)]])
    other = shapely.MultiLineString([[(45 + shift, 40.3), (45 + shift, 40.7)]])
    found = distance(better, other)
    assert found.p95_m == pytest.approx(offset_m, rel=0.01)
    assert found.mean_m <= found.p95_m <= found.max_m


def test_a_shared_line_leaves_out_points_of_touch() -> None:
    one = multipolygon(shapely.box(0, 0, 1, 1))
    beside = multipolygon(
        shapely.MultiPolygon([shapely.box(1, 0, 2, 0.5), shapely.box(-1, 1, 0, 2)])
    )
    assert shared_line(one, beside).length == pytest.approx(0.5)


def packed_words(values: list[int], width: int) -> list[int]:
    stream = sum(value << (number * width) for number, value in enumerate(values))
    words = -(-len(values) * width // 32)
    return [stream >> (32 * word) & 0xFFFFFFFF for word in range(words)]


@given(
    ring=st.lists(
        st.tuples(st.integers(-1_000, 1_000), st.integers(-1_000, 1_000)),
        min_size=4,
        max_size=2 * BLOCK + 5,
    )
)
def test_a_packed_ring_is_decoded(ring: list[tuple[int, int]]) -> None:
    words, bases, widths = [], [], []
    for start in range(0, len(ring), BLOCK):
        block = [*ring[start : start + BLOCK], ring[(start + BLOCK) % len(ring)]]
        block = block if start + BLOCK < len(ring) else [*ring[start:], ring[0]]
        lows = [min(point[axis] for point in block) for axis in (0, 1)]
        bases.append(lows)
        widths.append(
            [max(point[axis] - lows[axis] for point in block).bit_length() for axis in (0, 1)]
        )
        for axis in (0, 1):
            residuals = [point[axis] - lows[axis] for point in block]
            words += packed_words(residuals, widths[-1][axis])
    store = RingStore(
        payloads=(np.array([*words, 0, 0], dtype=np.uint32),),
        vertices=np.array([len(ring)]),
        first_block=np.array([0, len(bases)]),
        base_x=np.array([low[0] for low in bases]) * STEP,
        base_y=np.array([low[1] for low in bases]) * STEP,
        widths=np.array(widths),
    )
    assert store.ring(0) == pytest.approx(np.array(ring) * STEP * 1e-7, abs=1e-12)


@given(shift=st.floats(0, 0.01))
def test_rounding_keeps_shared_vertices_shared(shift: float) -> None:
    line = [(1 + shift, 0.0), (1 - shift, 0.3), (1 + shift, 0.7), (1 + shift, 1.0)]
    west = shapely.Polygon([(0, 0), *line, (0, 1)])
    east = shapely.Polygon([(2, 1), *line[::-1], (2, 0)])
    assert shapely.coverage_is_valid([rounded(west, 5), rounded(east, 5)])


def one_feature() -> BoundaryFeature:
    return BoundaryFeature(
        level="province",
        code="AM-SU",
        country="AM",
        name="Syunik",
        polygon=multipolygon(country()),
    )


def test_an_archive_is_the_same_bytes_each_time() -> None:
    assert archive([one_feature()], decimals=7) == archive([one_feature()], decimals=7)


def test_an_archive_gives_back_the_geometry() -> None:
    with zipfile.ZipFile(io.BytesIO(archive([one_feature()], decimals=7))) as opened:
        (feature,) = json.loads(opened.read("AM.geojson"))["features"]
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    assert multipolygon(shape).equals_exact(one_feature().polygon, 1e-9)


def package(content: bytes, file: str) -> Package:
    digest = hashlib.sha256(content).hexdigest()
    return Package(registry="pypi", name="invented", version="1", file=file, sha256=digest)


def test_a_package_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    pinned = package(b"pinned", "invented.whl")
    (tmp_path / pinned.file).write_bytes(b"another")
    with pytest.raises(PackageError, match=r"invented\.whl has sha256"):
        fetched(pinned, tmp_path)
    (tmp_path / pinned.file).write_bytes(b"pinned")
    assert fetched(pinned, tmp_path).name == "invented.whl"


def test_files_are_found_in_wheels_tarballs_and_debian_packages(tmp_path: Path) -> None:
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as archive_:
        entry = tarfile.TarInfo("data/a.txt")
        entry.size = 5
        archive_.addfile(entry, io.BytesIO(b"hello"))
    (tmp_path / "a.tgz").write_bytes(tar.getvalue())
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        wheel.writestr("data/a.txt", b"hello")
    header = f"{'data.tar.gz':<48}{len(tar.getvalue()):<10}`\n".encode()
    odd = f"{'debian-binary':<48}{3:<10}`\n".encode() + b"2.0\n"
    (tmp_path / "a.deb").write_bytes(b"!<arch>\n" + odd + header + tar.getvalue())
    for name in ("a.tgz", "a.whl", "a.deb"):
        assert member(tmp_path / name, "data/a.txt") == b"hello"


def test_the_registry_keeps_the_entries_of_others(tmp_path: Path) -> None:
    files = [
        BuiltFile(path=f"{id_}.txt", content=b"x", rows=1, about={"id": id_, "title": 'a "b" \\ c'})
        for id_ in ("two", "one")
    ]
    write_files(files[:1], tmp_path)
    write_files(files[1:], tmp_path)
    registry = tomllib.loads((tmp_path / "registry.toml").read_text("utf-8"))
    assert [entry["id"] for entry in registry["dataset"]] == ["one", "two"]
    assert registry["dataset"][0]["title"] == 'a "b" \\ c'
    assert registry["dataset"][0]["sha256"] == hashlib.sha256(b"x").hexdigest()
