from pathlib import Path

import pytest

from bordermap.errors import DataError, GeometryError
from bordermap.series import Where, dated
from bordermap.series.outlines import Outline, read_outlines
from tests.series.grid import area_km2, block, feature, write

HELD, ANNEXED = block(range(4), range(4)), block(range(4, 6), range(4))

BOW_TIE = {
    "type": "Feature",
    "id": "bow",
    "properties": {},
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[37, 47], [37.1, 47.1], [37.1, 47], [37, 47.1], [37, 47]]],
    },
}


def only(path: Path, *, repair: bool = False, where: Where | None = None) -> Outline:
    (outline,) = read_outlines(dated([path]), where=where or Where(), repair=repair)
    return outline


def test_the_area_is_that_of_geographiclib(tmp_path: Path) -> None:
    outline = only(write(tmp_path / "20240708.geojson", [feature(HELD)]))
    assert outline.area_km2 == pytest.approx(area_km2(HELD), rel=1e-9)
    assert outline.overlap_km2 == 0


def test_land_in_several_features_counts_once_and_is_told(tmp_path: Path) -> None:
    other = block(range(2, 6), range(4))
    outline = only(write(tmp_path / "20240708.geojson", [feature(HELD), feature(other)]))
    assert outline.features == 2
    assert outline.area_km2 == pytest.approx(area_km2(HELD | other), rel=1e-9)
    assert outline.overlap_km2 == pytest.approx(area_km2(HELD & other), rel=1e-9)


def test_features_side_by_side_do_not_overlap(tmp_path: Path) -> None:
    outline = only(write(tmp_path / "20240708.geojson", [feature(HELD), feature(ANNEXED)]))
    assert outline.area_km2 == pytest.approx(area_km2(HELD | ANNEXED), rel=1e-9)
    assert outline.overlap_km2 == 0


def test_only_features_of_the_class_count(tmp_path: Path) -> None:
    features = [feature(HELD, {"name": "held"}), feature(ANNEXED, {"name": "annexed"})]
    path = write(tmp_path / "20240708.geojson", features)
    outline = only(path, where=Where.reading(["name=annexed"]))
    assert outline.features == 1
    assert outline.area_km2 == pytest.approx(area_km2(ANNEXED), rel=1e-9)


def test_an_outline_in_which_nothing_counts_is_empty(tmp_path: Path) -> None:
    path = write(tmp_path / "20240708.geojson", [feature(HELD, {"name": "held"})])
    outline = only(path, where=Where.reading(["name=annexed"]))
    assert (outline.features, outline.area_km2) == (0, 0)


def test_each_date_of_a_file_is_an_outline_of_its_own(tmp_path: Path) -> None:
    features = [
        feature(HELD, {"date": "2024-07-02"}),
        feature(ANNEXED, {"date": "2024-07-01"}),
        feature(ANNEXED, {"date": "2024-07-02"}),
    ]
    entries = dated([write(tmp_path / "all.geojson", features)])
    first, second = read_outlines(entries, where=Where())
    assert first.area_km2 == pytest.approx(area_km2(ANNEXED), rel=1e-9)
    assert second.area_km2 == pytest.approx(area_km2(HELD | ANNEXED), rel=1e-9)


def test_a_polygon_that_crosses_itself_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "20240708.geojson", [feature(HELD), BOW_TIE])
    with pytest.raises(GeometryError, match=r"20240708.geojson: feature 2 \(id 'bow'\): Self"):
        only(path)


def test_a_polygon_that_does_not_count_need_not_be_valid(tmp_path: Path) -> None:
    path = write(tmp_path / "20240708.geojson", [feature(HELD, {"name": "held"}), BOW_TIE])
    outline = only(path, where=Where.reading(["name=held"]))
    assert outline.area_km2 == pytest.approx(area_km2(HELD), rel=1e-9)


def test_a_repair_says_how_much_area_it_changed(tmp_path: Path) -> None:
    outline = only(write(tmp_path / "20240708.geojson", [BOW_TIE]), repair=True)
    (repair,) = outline.repairs
    assert repair.feature == "bow"
    assert repair.reason.startswith("Self-intersection")
    # the two wings of a bow tie wind against each other, so that before they took each other off
    assert repair.area_change_km2 == pytest.approx(outline.area_km2, rel=0.01)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "all.geojson", [feature(HELD, {"date": "2024-07-01"})])
    entries = dated([path])
    write(path, [feature(HELD, {"date": "2024-07-02"})])
    with pytest.raises(DataError, match="was changed while it was read"):
        list(read_outlines(entries, where=Where()))
