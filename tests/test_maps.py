"""The map as a file: what stands in it, what cannot, and that it is the same twice."""

import base64
import hashlib
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any

import folium
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from bordermap.assessment import Assessment
from bordermap.errors import DataError
from bordermap.maps import assets, explore, map_html
from bordermap.maps.folium_map import BorderMap
from bordermap.maps.inert_json import TURNING, inert_json
from bordermap.maps.page_data.page import PageData, page_data
from bordermap.maps.shapes import encoded_lines, encoded_polygons

HOSTILE = "</script><script>alert(1)</script>${alert(2)}`\\' \" <img src=x onerror=alert(3)>\u2028"


@pytest.fixture(scope="session")
def data(assessment: Assessment) -> PageData:
    return page_data(assessment)


@pytest.fixture(scope="session")
def page(assessment: Assessment) -> str:
    return map_html(assessment)


def data_in(page: str) -> dict[str, Any]:
    found = re.search(r'id="page-data">(.*?)</script>', page, re.DOTALL)
    assert found
    document: dict[str, Any] = json.loads(found[1])
    return document


def policy_in(page: str) -> dict[str, list[str]]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    directives = [part.split() for part in html.unescape(found[1]).split(";")]
    return {name: values for name, *values in directives}


def hash_of(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_same_assessment_gives_the_same_bytes(assessment: Assessment, page: str) -> None:
    assert map_html(assessment) == page


def test_saving_the_folium_map_writes_the_page(assessment: Assessment, page: str) -> None:
    saved = io.BytesIO()
    shown = explore(assessment)
    shown.save(saved, close_file=False)
    assert isinstance(shown, folium.Map)
    assert saved.getvalue() == page.encode()


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < 1_300_000


def test_nothing_in_the_page_is_fetched(page: str) -> None:
    bare = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    assert not re.search(r"<(script|img|iframe|object|embed|audio|video)[^>]*\ssrc=", bare)
    assert re.findall(r"<link[^>]*>", bare) == ['<link rel="icon" href="data:,">']
    assert not re.search(r"url\((?!data:|#)", assets.style())
    assert "@import" not in assets.style()
    assert "sourceMappingURL" not in bare


def test_every_script_and_style_is_in_the_policy_by_its_hash(page: str) -> None:
    policy = policy_in(page)
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", page, re.DOTALL)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == [hash_of(text) for text in scripts]
    assert policy["style-src"] == [
        hash_of(t) for t in re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    ]
    assert policy["img-src"] == ["data:"]
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert "default-src 'none'; script-src 'sha256-" in page  # as it stands, without entities


@pytest.mark.parametrize("name", ["shell.html", "page.html", "series.html"])
def test_no_element_has_an_event_handler_or_a_style_of_its_own(name: str) -> None:
    markup = assets.page_text(name)
    assert not re.search(r"\s(on\w+|style)=", markup)


def test_hostile_text_stays_inside_the_data(data: PageData) -> None:
    claim = replace(data.claim, title=HOSTILE, figure_text=HOSTILE, scope=HOSTILE)
    hostile = replace(data, title=HOSTILE, claim=claim, attributions=(HOSTILE,))
    page = str(BorderMap(hostile, language="en").get_root().render())
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert data_in(page)["claim"]["figure_text"] == HOSTILE
    assert len(re.findall(r"</script>", page)) == 5


def test_text_that_turns_the_reading_direction_is_shown_as_escapes() -> None:
    assert json.loads(inert_json("left\u202eright")) == r"left\u202eright"
    assert not set(inert_json(TURNING)) & set(TURNING)


LETTERS = st.text(st.characters(codec="utf-8", exclude_characters=TURNING))


@given(st.recursive(LETTERS | st.integers(), lambda inner: st.lists(inner, max_size=3)))
def test_inert_json_reads_back_and_has_no_markup(value: object) -> None:
    text = inert_json(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


def decoded(path: list[int], digits: int) -> list[tuple[float, float]]:
    unit = 10**digits
    return [
        (x / unit, y / unit)
        for x, y in zip(accumulate(path[::2]), accumulate(path[1::2]), strict=True)
    ]


def polygons_of(shape: list[list[list[int]]]) -> Iterator[shapely.Polygon]:
    for rings in shape:
        exterior, *holes = [decoded(ring, 6) for ring in rings]
        yield shapely.Polygon(exterior, holes)


def test_provinces_are_carried_at_full_detail(assessment: Assessment, data: PageData) -> None:
    for province, shape in zip(assessment.case.provinces, data.provinces, strict=True):
        carried = shapely.MultiPolygon(list(polygons_of(shape.shape)))
        assert shapely.hausdorff_distance(carried, province.polygon) < 1e-6


def test_thousands_of_footprints_are_carried_in_columns(
    assessment: Assessment, data: PageData, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bordermap.maps.page_data.scenarios.MOST_SHAPES", 3)
    many = next(one for one in page_data(assessment).scenarios if one.layer == "incursions")
    few = next(one for one in data.scenarios if one.layer == "incursions")
    assert not many.footprints
    assert many.many is not None
    assert many.many.names == [one.name for one in few.footprints]
    assert many.many.sites == [one.site for one in few.footprints]
    assert many.many.shapes == [one.best for one in few.footprints]
    carried = many.many.area_km2
    assert carried.low is not None
    for low, best, one in zip(carried.low, carried.best, few.footprints, strict=True):
        assert (low, best) == pytest.approx((one.area_km2.low, one.area_km2.best), abs=1e-6)


def test_polygons_keep_holes_and_order() -> None:
    holed = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2)]])
    nothing = shapely.MultiPolygon()
    two = shapely.MultiPolygon([holed, shapely.box(5, 5, 6, 6)])
    encoded = encoded_polygons([holed, nothing, two])
    assert [[len(rings) for rings in shape] for shape in encoded] == [[2], [], [2, 1]]
    assert [p.area for p in polygons_of(encoded[2])] == pytest.approx([15.5, 1.0])


def test_lines_are_steps_from_a_place() -> None:
    line = shapely.MultiLineString([[(1, 2), (1.5, 2), (1.5, 2.25)], [(-3, 0), (-3, 1)]])
    assert encoded_lines(line, digits=2) == [[100, 200, 50, 0, 0, 25], [-300, 0, 0, 100]]


def test_the_page_has_the_figures_of_the_assessment(assessment: Assessment, data: PageData) -> None:
    summary = assessment.summary
    depths = {one.section: one.stated_depth_m and one.stated_depth_m.best for one in data.sections}
    assert depths == {
        one["section"]: one["depth_m_for_stated"] and one["depth_m_for_stated"]["best"]
        for one in summary["strip"]
    }
    assert [card.area_km2.best for card in data.scenarios] == [
        one["area_km2"]["best"] for one in summary["estimates"]
    ]
    assert [row.id for row in data.register] == [one["claim"] for one in summary["register"]]


def test_layers_added_with_folium_are_in_the_page_and_its_policy(assessment: Assessment) -> None:
    pages = []
    for _ in range(2):
        shown = explore(assessment)
        folium.CircleMarker((40, 45), radius=7).add_to(shown)
        pages.append(str(shown.get_root().render()))
    assert pages[0] == pages[1]
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", pages[0], re.DOTALL)
    assert sum("L.circleMarker" in text for text in scripts[1:2]) == 1
    assert policy_in(pages[0])["script-src"] == [hash_of(text) for text in scripts]


def test_maps_do_not_share_foliums_links(assessment: Assessment) -> None:
    shown = explore(assessment)
    assert shown.default_js == shown.default_css == []
    assert folium.Map(tiles=None).default_js != []


def test_tiles_are_asked_for_from_their_host_only(assessment: Assessment) -> None:
    page = map_html(assessment, tiles="https://{s}.tiles.example.org/{z}/{x}/{y}.png")
    assert policy_in(page)["img-src"] == ["data:", "https://*.tiles.example.org"]
    assert policy_in(page)["default-src"] == ["'none'"]


def test_this_machines_own_tiles_may_come_by_http(assessment: Assessment) -> None:
    page = map_html(assessment, tiles="http://127.0.0.1:8080/{z}/{x}/{y}.png")
    assert policy_in(page)["img-src"] == ["data:", "http://127.0.0.1:8080"]


@pytest.mark.parametrize(
    "tiles",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "javascript:{z}{x}{y}",
        "https://tiles.example.org; script-src */{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://user:word@tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}/{y}.png</script><script>alert(1)</script>",
        "https://tiles.example.org/{z}/{x}/{y}\u2028.png`${alert(1)}`",
    ],
)
def test_tiles_that_are_no_https_template_are_refused(assessment: Assessment, tiles: str) -> None:
    with pytest.raises(DataError, match="tiles come from an https address"):
        map_html(assessment, tiles=tiles)


def test_a_language_without_words_is_refused(assessment: Assessment) -> None:
    with pytest.raises(DataError, match="no words in 'xx'"):
        map_html(assessment, language="xx")


TEMPLATES = pytest.mark.parametrize(
    "template", [assets.CLAIM, assets.SERIES], ids=["claim", "series"]
)


@TEMPLATES
def test_every_language_has_every_word_with_the_same_places(template: assets.Template) -> None:
    words = assets.words(template)
    for language, table in words.items():
        assert table.keys() == words["en"].keys(), language
        for key, sentence in table.items():
            places = sorted(re.findall(r"\{\w+\}", sentence))
            assert places == sorted(re.findall(r"\{\w+\}", words["en"][key])), (language, key)


@TEMPLATES
def test_every_word_that_the_page_asks_for_is_there(template: assets.Template) -> None:
    markup, script = assets.markup(template), assets.script(template)
    keys = set(re.findall(r'data-(?:word|label)="([^"]+)"', markup))
    keys |= set(re.findall(r'\bt(?:\.parts)?\("([^"]+)"', script))
    keys |= set(re.findall(r'text\(\)\("([^"]+)"', script))
    assert keys <= assets.words(template)["en"].keys()
