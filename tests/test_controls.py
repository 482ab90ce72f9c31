"""Controls for a notebook: what they say follows what is set, and nothing is lost without them."""

import re
import sys

import pytest

import bordermap as bm
from bordermap.assessment import Assessment
from bordermap.errors import DataError
from bordermap.footprints.strip import strip
from bordermap.writing.words import languages
from tests.hostile import PAYLOADS, Tags, poisoned

ACTIVE = {"script", "style", "link", "img", "iframe", "object"}


def row(html: str, name: str) -> list[str]:
    """Return the cells of a row of the panel's table."""
    cells = re.search(rf"<th[^>]*>{re.escape(name)}</th>(.*?)</tr>", html)
    assert cells is not None
    return re.findall(r"<td[^>]*>(.*?)</td>", cells[1])


def test_a_panel_opens_at_the_strip_of_the_stated_figure(assessment: Assessment) -> None:
    panel = bm.controls(assessment)
    assert panel.section.value == "all"
    assert panel.depth_m.value == 212
    assert panel.scenario.value == "reported-incursions"
    assert row(panel.shown.value, "Stated figure") == ["–", "–", "–", "150 (135 to 165)"]


@pytest.mark.parametrize("section", ["all", "mainland", "exclaves"])
def test_numbers_follow_depth_and_section(assessment: Assessment, section: str) -> None:
    panel = bm.controls(assessment)
    panel.section.value, panel.depth_m.value = section, 400.0
    measured = strip(assessment.case.borders.of_section(section), 400.0)
    told = [float(cell) for cell in row(panel.shown.value, "Strip of this depth")]
    assert told == pytest.approx([*measured.by_province.values(), measured.area_km2], abs=0.16)


@pytest.mark.parametrize("depth_m", [0.0, 1.0, 1000.0])
def test_every_depth_of_the_slider_is_drawn(assessment: Assessment, depth_m: float) -> None:
    panel = bm.controls(assessment)
    assert panel.depth_m.min <= depth_m <= panel.depth_m.max
    panel.depth_m.value = depth_m
    assert f"A strip {depth_m:,.0f}" in panel.shown.value.replace("\N{NO-BREAK SPACE}", " ")
    assert panel.shown.value.count("<svg") == 2


def test_a_scenario_is_laid_beside_the_strip_and_taken_away(assessment: Assessment) -> None:
    panel = bm.controls(assessment)
    for scenario in (one.scenario for one in assessment.estimates if one.scenario.strip is None):
        panel.scenario.value = scenario.id
        assert "(" in row(panel.shown.value, scenario.title)[-1]
    panel.scenario.value = None
    assert panel.shown.value.count("<tr>") == 3


def test_without_widgets_table_and_drawings_stand_in_their_place(assessment: Assessment) -> None:
    panel = bm.controls(assessment)
    panel.depth_m.value = 300.0
    bundle = panel._repr_mimebundle_()
    assert set(bundle) == {
        *("text/plain", "text/html", "application/vnd.jupyter.widget-view+json"),
    }
    assert bundle["text/html"] == panel.shown.value
    assert "A strip 300" in str(bundle["text/plain"])
    assert "A strip 300" in repr(panel)
    assert not ACTIVE & Tags(str(bundle["text/html"])).tags


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_text_of_a_case_is_inert_in_a_panel(assessment: Assessment, payload: str) -> None:
    tags = Tags(bm.controls(poisoned(assessment, payload)).shown.value)
    assert not ACTIVE & tags.tags
    assert not any(name.startswith("on") for name in tags.attributes)
    assert tags.addresses == set()


@pytest.mark.parametrize("language", languages())
def test_labels_are_in_the_language_asked_for(assessment: Assessment, language: str) -> None:
    panel = bm.controls(assessment, language=language)
    labels = {panel.section.description, panel.depth_m.description, panel.scenario.description}
    assert ("Section" in labels) == (language == "en")
    assert ("Stated figure" in panel.shown.value) == (language == "en")


def test_without_ipywidgets_the_extra_is_named(
    assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "bordermap.panel.widgets", raising=False)
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(DataError, match=r"pip install 'bordermap\[notebook\]'"):
        bm.controls(assessment)
