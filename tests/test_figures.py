"""Figures: what they show and where, as inline SVG and by matplotlib."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bordermap.assessment import Assessment
from bordermap.claims import Register
from bordermap.figures import (
    budget_chart,
    by_scenario,
    curve_chart,
    estimates_chart,
    locator_map,
    register_chart,
    shaded,
    static_map,
    svg,
)
from bordermap.figures.names import names_of, width_of
from bordermap.figures.view import WIDTH, View
from bordermap.intervals import Interval
from bordermap.numbers import Notation, step_of
from bordermap.writing.words import words
from tests.hostile import PAYLOADS, Tags, poisoned

NAMESPACE = "{http://www.w3.org/2000/svg}"
TAGS_OF_A_DRAWING = {"svg", "g", "path", "line", "rect", "circle", "text", "title"}


def drawings(assessment: Assessment) -> list[Markup]:
    say, case = words(), assessment.case
    return [
        estimates_chart(assessment, say, said="said"),
        register_chart(case.register, case.claim, say, said="said"),
        budget_chart(assessment, say, said="said"),
        curve_chart(assessment, say, said="said"),
        locator_map(assessment, say, said="said"),
    ]


def parsed(drawing: Markup) -> ET.Element:
    return ET.fromstring(str(drawing))  # noqa: S314  (our own drawing)


def texts(drawing: Markup) -> list[str]:
    return [one.text or "" for one in parsed(drawing).iter(f"{NAMESPACE}text")]


def test_drawings_are_well_formed_and_say_what_they_show(assessment: Assessment) -> None:
    for drawing in drawings(assessment):
        root = parsed(drawing)
        assert root.tag == f"{NAMESPACE}svg"
        assert root.get("role") == "img"
        assert root.get("aria-label") == "said"
        assert "nan" not in drawing
        assert "inf" not in drawing.replace("information", "")


def test_nothing_is_drawn_beside_the_paper(assessment: Assessment) -> None:
    for drawing in drawings(assessment)[:4]:
        root = parsed(drawing)
        _, _, width, height = map(float, root.get("viewBox", "").split())
        for one in root.iter():
            for name, end in (("x", width), ("cx", width), ("x1", width), ("y", height)):
                value = one.get(name)
                assert value is None or -1 <= float(value) <= end + 1


def test_the_stated_line_stands_where_the_axis_has_it(assessment: Assessment) -> None:
    root = parsed(estimates_chart(assessment, words(), said=""))
    stated = assessment.case.claim.stated_area_km2.best
    ticks = {
        one.text: float(one.get("x", ""))
        for one in root.iter(f"{NAMESPACE}text")
        if one.get("font-size") == "11"
    }
    line = next(one for one in root.iter(f"{NAMESPACE}line") if one.get("stroke-width") == "2")
    share = (float(line.get("x1", "")) - ticks["0"]) / (ticks["200"] - ticks["0"])
    assert share == pytest.approx(stated / 200, abs=0.002)


def test_bars_are_as_long_as_the_estimates(assessment: Assessment) -> None:
    root = parsed(estimates_chart(assessment, words(), said=""))
    bars = [one for one in root.iter(f"{NAMESPACE}rect") if one.get("height") == "12"]
    widths = [float(one.get("width", "")) for one in bars]
    areas = [one.area_km2.best for one in assessment.estimates]
    assert np.array(widths) / widths[0] == pytest.approx(np.array(areas) / areas[0], abs=0.005)


def test_solved_strips_are_hollow(assessment: Assessment) -> None:
    root = parsed(estimates_chart(assessment, words(), said=""))
    bars = [one for one in root.iter(f"{NAMESPACE}rect") if one.get("height") == "12"]
    hollow = [one.get("stroke-dasharray") != "none" for one in bars]
    assert hollow == [one.scenario.model == "strip" for one in assessment.estimates]


def test_a_register_has_a_row_for_every_claim(assessment: Assessment) -> None:
    case = assessment.case
    shown = texts(register_chart(case.register, case.claim, words(), said=""))
    assert {str(number) for number in range(1, len(case.register) + 1)} <= set(shown)
    alone = register_chart(case.register, None, words(), said="")
    assert "<rect" not in alone
    assert alone.count("<circle") == len(case.register)


def test_a_register_of_one_open_claim_is_drawn(assessment: Assessment) -> None:
    claim = replace(assessment.case.claim, stated_area_km2=Interval(low=None, best=40.0, high=None))
    drawing = register_chart(Register(claims=(claim,)), claim, words(), said="")
    assert drawing.count("<circle") == 1


def test_the_budget_is_grouped_by_scenario(assessment: Assessment) -> None:
    grouped = by_scenario(assessment)
    assert [name for name, _ in grouped] == [
        one.scenario.id
        for one in assessment.estimates
        if any(line.scenario == one.scenario.id for line in assessment.budget)
    ]
    assert sum(len(lines) for _, lines in grouped) == len(assessment.budget)


def test_a_curve_meets_the_stated_figure_at_its_depth(assessment: Assessment) -> None:
    root = parsed(curve_chart(assessment, words(), said=""))
    dots = list(root.iter(f"{NAMESPACE}circle"))
    line = next(one for one in root.iter(f"{NAMESPACE}line") if one.get("stroke-width") == "2")
    assert len(dots) == sum(one.depth_m_for_stated is not None for one in assessment.strips)
    for dot in dots:
        assert float(dot.get("cy", "")) == pytest.approx(float(line.get("y1", "")), abs=0.2)


def test_lines_of_a_chart_differ_by_more_than_colour(assessment: Assessment) -> None:
    root = parsed(curve_chart(assessment, words(), said=""))
    dashes = [
        one.get("stroke-dasharray")
        for one in root.iter(f"{NAMESPACE}path")
        if one.get("stroke-width") == "2"
    ]
    assert len(set(dashes)) == len(dashes) == len(assessment.strips)


def test_the_map_shades_the_land_of_places_and_names_sections(assessment: Assessment) -> None:
    shown = shaded(assessment)
    assert shown is not None
    assert shown.scenario.model == "incursions"
    told = texts(locator_map(assessment, words(), said=""))
    assert {"mainland", "Nakhchivan", "exclaves", "Syunik", "Azerbaijan"} <= set(told)


def test_a_map_without_places_is_drawn(assessment: Assessment) -> None:
    strips = tuple(one for one in assessment.estimates if one.scenario.model == "strip")
    bare = replace(assessment, estimates=strips, case=replace(assessment.case, sites=()))
    assert shaded(bare) is None
    assert parsed(locator_map(bare, words(), said="")).tag == f"{NAMESPACE}svg"


def test_names_on_the_map_do_not_cover_one_another(assessment: Assessment) -> None:
    view = View.of([one.polygon for one in assessment.case.provinces])
    names = names_of(assessment, words(), view)
    boxes = [
        shapely.box(one.x, one.y - one.size, one.x + width_of(one.text, one.size), one.y + 2)
        for one in names
    ]
    assert len(boxes) > 8
    assert not any(
        one.intersection(other).area > 0
        for number, one in enumerate(boxes)
        for other in boxes[:number]
    )


def test_the_scale_bar_is_as_long_as_it_says(assessment: Assessment) -> None:
    drawing = locator_map(assessment, words(), said="")
    view = View.of([one.polygon for one in assessment.case.provinces])
    bar = re.search(r"M12 [\d.]+v4h([\d.]+)v-4", drawing)
    km = next(float(text.split()[0]) for text in texts(drawing) if text.endswith(" km"))
    assert bar
    assert float(bar[1]) * view.metres_a_px == pytest.approx(km * 1e3, rel=0.01)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_text_from_outside_is_inert_in_drawings(assessment: Assessment, payload: str) -> None:
    for drawing in drawings(poisoned(assessment, payload)):
        page = Tags(str(drawing))
        assert page.tags <= TAGS_OF_A_DRAWING
        assert not {"onmouseover", "onerror", "href", "style"} & page.attributes
        assert parsed(drawing).tag == f"{NAMESPACE}svg"


def test_the_same_assessment_is_drawn_with_the_same_bytes(assessment: Assessment) -> None:
    assert drawings(assessment) == drawings(assessment)


def test_a_view_across_the_antimeridian_holds_both_sides() -> None:
    land = shapely.MultiPolygon([shapely.box(178, 50, 180, 52), shapely.box(-180, 50, -178, 52)])
    view = View.of([land])
    west, east = view.point(shapely.Point(178, 51)), view.point(shapely.Point(-178, 51))
    assert 0 < west[0] < WIDTH / 2 < east[0] < WIDTH
    assert view.holds(shapely.Point(180, 51))
    drawn = np.vstack(view.runs(land))
    assert drawn[:, 0].min() < WIDTH / 4
    assert drawn[:, 0].max() > WIDTH * 3 / 4
    assert view.degrees(np.array([[WIDTH / 2, view.height / 2]]))[0, 0] == pytest.approx(180)


@given(x=st.floats(0, WIDTH), y=st.floats(0, WIDTH))
def test_pixels_and_degrees_undo_one_another(x: float, y: float) -> None:
    view = View.of([shapely.box(45, 39, 47, 41)])
    there = view.pixels(view.degrees(np.array([[x, y]])))
    assert there[0] == pytest.approx((x, y), abs=1e-3)


@given(width=st.floats(1e-6, 1e9))
def test_a_round_step_is_not_below_its_width_nor_far_above(width: float) -> None:
    step = svg.round_step(width)
    assert width * (1 - 1e-6) <= step <= 2.5 * width


@given(low=st.floats(0, 1e6), up=st.floats(1e-3, 1e6), up_again=st.floats(1e-3, 1e6))
def test_an_interval_keeps_its_order_and_width_when_rounded(
    low: float, up: float, up_again: float
) -> None:
    interval = Interval(low=low, best=low + up, high=low + up + up_again)
    step = step_of(interval)
    assert step is not None
    half = (up + up_again) / 2
    assert half / 36 <= step <= half * 1.01
    shown = [
        float(Notation(group="").rounded(value, step))
        for value in (low, low + up, low + up + up_again)
    ]
    assert shown == sorted(shown)
    assert shown[1] == pytest.approx(low + up, abs=step / 2 * (1 + 1e-6))


def test_a_number_is_written_as_its_language_does() -> None:
    assert words("en").number(4467.9, "km2", step=1) == "4,468\N{NO-BREAK SPACE}km²"
    assert words("ru").number(4467.9, "km2", step=0.1) == (
        "4\N{NO-BREAK SPACE}467,9\N{NO-BREAK SPACE}км²"
    )
    assert words("az").number(1234.5, "m", step=1) == "1.234\N{NO-BREAK SPACE}m"
    assert words().share(0.0005, 2_000) == "1 of 2,000 draws"
    assert words().share(0.87, 2_000) == "87\N{NO-BREAK SPACE}%"


def saved(figure: Any, suffix: str) -> bytes:  # noqa: ANN401  (matplotlib's, if it is there)
    import matplotlib as mpl

    with BytesIO() as stream, mpl.rc_context({"svg.hashsalt": "bordermap"}):
        metadata = {"Date": None} if suffix == "svg" else {"Software": None}
        figure.savefig(stream, format=suffix, metadata=metadata, dpi=50)
        return stream.getvalue()


def test_a_map_for_a_paper_has_scale_attribution_and_the_models_note(
    assessment: Assessment,
) -> None:
    pytest.importorskip("matplotlib")
    figure = static_map(assessment)
    told = " ".join(one.get_text() for one in (*figure.texts, *figure.axes[0].texts))
    for part in ("Model geometry", "OpenStreetMap", "Natural Earth", "50 km", "Jermuk"):
        assert part in told
    assert saved(figure, "png").startswith(b"\x89PNG")


def test_a_map_for_a_paper_is_the_same_every_time(assessment: Assessment) -> None:
    pytest.importorskip("matplotlib")
    one, other = (saved(static_map(assessment, scenario="site-caps"), "svg") for _ in range(2))
    assert one == other


def test_a_map_for_a_paper_takes_text_as_text(assessment: Assessment) -> None:
    pytest.importorskip("matplotlib")
    bad = poisoned(assessment, r"$\frac{1}{0}$ </svg><script>alert(1)</script>")
    assert b"<script" not in saved(static_map(bad), "svg")


def test_a_scenario_that_is_not_there_is_refused(assessment: Assessment) -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(KeyError):
        static_map(assessment, scenario="nowhere")
