"""Views of values: what they show, offline and untrusted, and how the domain comes by them."""

import re
from dataclasses import replace

import pytest
import shapely
from IPython.core.formatters import HTMLFormatter, PlainTextFormatter

from bordermap import display
from bordermap.assessment import Assessment
from bordermap.claims import Register
from bordermap.disagreement import Disagreement, Distance, Side
from bordermap.shown import Shown, html_of, text_of
from bordermap.writing.words import words
from tests.hostile import PAYLOADS, Tags, poisoned

TAGS_OF_A_VIEW = {
    "a", "caption", "circle", "dd", "div", "dl", "dt", "figcaption", "figure", "g", "line", "p",
    "path", "rect", "span", "strong", "svg", "table", "tbody", "td", "text", "th", "thead",
    "title", "tr",
}  # fmt: skip


def shown_parts(assessment: Assessment) -> list[Shown]:
    case = assessment.case
    return [assessment, case.claim, case.register, assessment.comparisons[2], disagreement()]


def disagreement() -> Disagreement:
    side = Side(
        a_only=shapely.MultiPolygon(),
        b_only=shapely.MultiPolygon(),
        a_only_km2=1.25,
        b_only_km2=0.5,
        distance=Distance(mean_m=7.2, p95_m=38.4, max_m=271.0),
    )
    return Disagreement(a="osm-2026", b="osm-2024", by_province={"AM-SU": side})


def test_an_assessment_shows_its_estimates_beside_the_stated_figure(
    assessment: Assessment,
) -> None:
    page = Tags(display.html(assessment))
    told = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "150 km² (135 to 165) would be a strip 212 m (190 to 233) deep" in told
    assert "Model geometry, not observed control." in told
    assert {"svg", "table"} <= page.tags


def test_every_number_of_a_drawing_stands_in_a_table_too(assessment: Assessment) -> None:
    view = display.html(assessment)
    tables = Tags(re.sub(r"<svg.*?</svg>", " ", view, flags=re.DOTALL)).text
    for estimate in assessment.estimates:
        assert words().interval(estimate.area_km2, "none") in tables


def test_views_are_html_without_script_style_or_addresses_to_load(assessment: Assessment) -> None:
    for one in shown_parts(assessment):
        page = Tags(display.html(one))
        assert page.tags <= TAGS_OF_A_VIEW
        assert not {"src", "style", "onload"} & page.attributes
        assert all(re.match(r"https?://", address) for address in page.addresses)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_text_from_outside_is_inert_in_a_view(assessment: Assessment, payload: str) -> None:
    for one in shown_parts(poisoned(assessment, payload)):
        page = Tags(display.html(one))
        assert page.tags <= TAGS_OF_A_VIEW
        assert page.comments == []
        assert not {"onmouseover", "onerror"} & page.attributes
        assert not any("evil" in address for address in page.addresses)
        told = repr(one)
        assert not set("\u202e\u202c\u2066\u2069\x1b\x00\u200f") & set(told + page.text)


def test_print_tells_a_value_in_a_few_lines(assessment: Assessment) -> None:
    told = repr(assessment).replace("\N{NO-BREAK SPACE}", " ")
    assert "stated      150 km² (135 to 165), Official Yerevan" in told
    assert "as a strip  the whole border: a strip 212 m (190 to 233) deep" in told
    assert "as a strip  exclaves: the land is smaller" in told
    assert all(len(repr(one)) < 6_000 for one in shown_parts(assessment))


def test_a_claim_tells_both_sides(assessment: Assessment) -> None:
    told = repr(assessment.case.claim)
    assert "by          Official Yerevan" in told
    assert "rejected    Official Baku" in told


def test_a_claim_that_nobody_rejects_says_why(assessment: Assessment) -> None:
    claim = replace(assessment.case.claim, rejected_by=None, no_rejection="nobody was asked")
    assert "by nobody known: nobody was asked" in repr(claim)
    assert "nobody was asked" in Tags(display.html(claim)).text


def test_a_register_tells_every_claim(assessment: Assessment) -> None:
    register = assessment.case.register
    told = repr(register)
    assert told.startswith(f"Register of {len(register)} claims")
    assert all(claim.id in told for claim in register)


def test_an_empty_register_is_told(assessment: Assessment) -> None:
    assert repr(Register(claims=())) == "Register of 0 claims"
    assert "table" in Tags(display.html(Register(claims=()))).tags
    assert assessment.case.register


def test_a_comparison_tells_its_outcome_and_why(assessment: Assessment) -> None:
    comparison = assessment.comparisons[2]
    assert comparison.outcome in repr(comparison)
    assert comparison.why in repr(comparison)
    assert comparison.why in Tags(display.html(comparison)).text


def test_a_disagreement_tells_what_lies_on_which_side() -> None:
    told = repr(disagreement()).replace("\N{NO-BREAK SPACE}", " ")
    assert told.splitlines() == [
        "osm-2026 and osm-2024 place 1.8 km² on different sides",
        "  AM-SU: 1.2 km² only in osm-2026, 0.5 km² only in osm-2024, up to 271 m apart",
    ]


def test_a_notebook_asks_a_value_itself(assessment: Assessment) -> None:
    for one in shown_parts(assessment):
        assert HTMLFormatter()(one) == display.html(one)
        assert PlainTextFormatter()(one) == display.text(one)


def test_a_value_without_a_view_has_its_type() -> None:
    assert html_of(3) is None
    assert text_of(3).startswith("<int object")
    assert display.text(3) == text_of(3)
    with pytest.raises(TypeError, match="no view of int"):
        display.html(3)
