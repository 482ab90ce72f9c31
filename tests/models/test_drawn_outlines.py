"""Outlines that somebody drew: as they are, on the provinces' land."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from bordermap.areas import geodesic_area_km2
from bordermap.errors import BordermapError, CRSError, GeometryError
from bordermap.estimates import Estimate
from bordermap.models import best_km2, outlines_by_scenario
from tests.assumptions import estimated, outlines, setting
from tests.shapes import Anchor, side_by_side, square

BORDERS = side_by_side(cuts=[2]).borders()


def drawn(folder: Path, *shapes: shapely.Geometry, name: str | None = None) -> Estimate:
    features = [
        {
            "type": "Feature",
            "properties": {} if name is None else {"name": name},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for shape in shapes
    ]
    (folder / "a.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), "utf-8"
    )
    return estimated(outlines("a.geojson"), replace(setting(BORDERS), folder=folder))


def test_an_outline_inside_the_land_has_its_own_area(tmp_path: Path) -> None:
    shape = Anchor().polygon(square(2, 8, 4))
    one = drawn(tmp_path, shape, name="a field")
    assert one.area_km2.best == pytest.approx(geodesic_area_km2(shape), rel=1e-6)
    assert one.area_km2.is_exact
    assert one.draws is None
    assert one.footprints[0].title == "a field"


def test_what_lies_beyond_the_border_does_not_count(tmp_path: Path) -> None:
    one = drawn(tmp_path, Anchor().polygon(square(-2, 8, 4)))
    assert one.area_km2.best == pytest.approx(8, rel=0.01)
    assert one.footprints[0].parameters["drawn_km2"].best == pytest.approx(16, rel=0.01)


def test_thousands_are_cut_as_each_alone_is(tmp_path: Path) -> None:
    # inside, over the border, over the line between the provinces, with a long edge, outside
    places = [(2, 1, 2), (-1, 5, 2), (3, 19, 3), (-1, 9, 9), (-9, 8, 4)]
    shapes = [Anchor().polygon(square(x, y, size)) for x, y, size in places]
    together = drawn(tmp_path, *shapes)
    for shape, found in zip(shapes[:-1], together.footprints, strict=False):
        (alone,) = drawn(tmp_path, shape).footprints
        assert found.polygons == alone.polygons
        assert found.area_km2.best == pytest.approx(alone.area_km2.best, rel=1e-12)
    assert together.footprints[-1].polygons["best"] == {}


def test_outlines_over_one_another_count_once_and_parts_add_up(tmp_path: Path) -> None:
    # trap 14
    one = drawn(tmp_path, Anchor().polygon(square(2, 8, 4)), Anchor().polygon(square(4, 8, 4)))
    assert one.area_km2.best == pytest.approx(24, rel=0.01)
    assert sum(one.by_province.values()) == pytest.approx(one.area_km2.best, abs=1e-6)
    assert len(one.by_province) == 2


def test_outlines_read_already_are_not_read_again(tmp_path: Path) -> None:
    shape = Anchor().polygon(square(2, 8, 4))
    first = drawn(tmp_path, shape)
    read = outlines_by_scenario([first.scenario], tmp_path)
    (tmp_path / "a.geojson").unlink()
    given = replace(setting(BORDERS), folder=tmp_path, outlines=read)
    assert estimated(first.scenario, given).by_province == first.by_province
    assert best_km2(first.scenario, given) == first.area_km2.best


def test_a_ring_that_crosses_itself_is_refused_and_not_mended(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(45.05, 40.05), (45.1, 40.1), (45.1, 40.05), (45.05, 40.1)])
    point = shapely.Point(45.05, 40.05)
    told = r"a\.geojson: feature 2: .* \(longitude, latitude\); draw it anew or repair it first"
    with pytest.raises(GeometryError, match=told):
        drawn(tmp_path, point, bow_tie)


def test_an_outline_written_latitude_first_is_refused(tmp_path: Path) -> None:
    right = Anchor().polygon(square(2, 8, 4))
    turned = shapely.transform(right, lambda lonlat: lonlat[:, ::-1])
    told = r"a\.geojson: feature 2: looks like latitude, longitude, .* in AA-1; give longitude"
    with pytest.raises(CRSError, match=told):
        drawn(tmp_path, right, turned)


def test_outlines_of_which_none_lies_on_the_land_are_refused(tmp_path: Path) -> None:
    elsewhere = Anchor().polygon(square(-9, 8, 4))
    with pytest.raises(GeometryError, match="no outline lies on the land asked about"):
        drawn(tmp_path, elsewhere)
    inside = Anchor().polygon(square(2, 8, 4))
    assert drawn(tmp_path, elsewhere, inside).footprints[0].area_km2.best == 0


def test_outlines_in_metres_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BordermapError, match="metres"):
        drawn(tmp_path, shapely.box(500_000, 4_400_000, 510_000, 4_410_000))
