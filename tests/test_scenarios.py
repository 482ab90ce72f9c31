import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.documents import toml_text
from bordermap.errors import DataError, ScenarioError
from bordermap.scenarios import (
    CapAssumption,
    IncursionAssumption,
    OutlinesAssumption,
    Quantity,
    Scenario,
    StatementAssumption,
    StripAssumption,
    quantities,
    read_scenario,
    read_scenarios,
    require_known,
    scenario_document,
)

HEAD = """
title = "A scenario"
model = "MODEL"
rationale = "To look at it"
assumes = ["That it is so"]
"""
NUMBER = '{ low = 1, best = 2, high = 3, reason = "as reported", sources = ["ford-2024"] }'
PARTS = {
    "strip": '[strip]\nsection = "mainland"\narea_from = "stated"\n',
    "incursions": f'[[incursions]]\nid = "a"\nsite = "ford"\n'
    f"front_km = {NUMBER}\ndepth_km = {NUMBER}\n",
    "caps": f'[[caps]]\nid = "a"\nsite = "ford"\nradius_km = {NUMBER}\n',
    "outlines": '[outlines]\nfile = "outlines/a.geojson"\n',
    "stated": f'[[statements]]\nid = "a"\nplace = "Ford"\nprovince = "WM-NO"\n'
    f"area_km2 = {NUMBER}\n",
}


def text_of(model: str) -> str:
    return HEAD.replace("MODEL", model) + PARTS[model]


def written(folder: Path, text: str, name: str = "a-scenario.toml") -> Path:
    (folder / "scenarios").mkdir(exist_ok=True)
    path = folder / "scenarios" / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        call()
    assert str(caught.value).isprintable()
    return str(caught.value)


def quantity(low: float, best: float, high: float) -> Quantity:
    return Quantity(low=low, best=best, high=high, reason="as reported")


@pytest.mark.parametrize("model", PARTS)
def test_a_scenario_of_each_model_is_read(tmp_path: Path, model: str) -> None:
    scenario = read_scenario(written(tmp_path, text_of(model)))
    assert scenario.id == "a-scenario"
    assert scenario.model == model


def test_the_numbers_of_a_scenario_keep_their_reasons(tmp_path: Path) -> None:
    scenario = read_scenario(written(tmp_path, text_of("incursions")))
    assert [number.reason for number in quantities(scenario)] == ["as reported"] * 2
    assert scenario.sites == ("ford",)


@pytest.mark.parametrize("model", PARTS)
@pytest.mark.parametrize("other", PARTS)
def test_a_model_takes_its_own_part_and_no_other(tmp_path: Path, model: str, other: str) -> None:
    if model == other:
        return
    both = text_of(model) + PARTS[other]
    assert "takes" in refusal(lambda: read_scenario(written(tmp_path, both)))
    wrong = HEAD.replace("MODEL", model) + PARTS[other]
    assert "takes" in refusal(lambda: read_scenario(written(tmp_path, wrong)))


@pytest.mark.parametrize(
    ("model", "old", "new", "word"),
    [
        ("strip", 'area_from = "stated"', "", "area_from or depth_m"),
        ("strip", 'area_from = "stated"', f'area_from = "stated"\ndepth_m = {NUMBER}', "one of"),
        ("strip", '"stated"', '"guessed"', "strip.area_from is 'guessed'; give 'stated'"),
        ("incursions", "low = 1, ", "", "front_km.low is missing"),
        ("incursions", "low = 1", "low = 0", "front_km is above 0"),
        ("incursions", "low = 1", "low = -1", "not below 0"),
        ("incursions", "low = 1", "low = 9", "in order"),
        ("incursions", 'reason = "as reported", ', "", "front_km.reason is missing"),
        ("incursions", '"as reported"', '""', "reason is empty"),
        ("incursions", 'site = "ford"', 'site = "ford"\nfill = ' + NUMBER, "fill is at most 1"),
        ("incursions", "[[incursions]]", "[[incursion]]", "incursion is not known"),
        ("caps", "radius_km", "radius", "caps (no. 1).radius is not known"),
        ("outlines", "a.geojson", "a.vrt", "a .geojson file"),
        ("outlines", "outlines/a", "../a", "give a path below the case folder"),
        ("outlines", "outlines/a", "/a", "give a path below the case folder"),
        ("stated", 'province = "WM-NO"', 'province = "North"', "ISO 3166-2"),
        ("stated", 'place = "Ford"', 'place = "Ford"\noverlaps = ["b"]', "overlaps 'b', which"),
        ("stated", 'place = "Ford"', 'place = "Ford"\noverlaps = ["a"]', "overlaps itself"),
        ("caps", "assumes = [", "assumes = []\nx = [", "x is not known"),
        ("caps", '["That it is so"]', "[]", "assumes is empty"),
        ("caps", 'model = "caps"', 'model = "disc"', "no model is named 'disc'; give strip"),
        ("caps", 'title = "A', 'id = "b"\ntitle = "A', "it is the name of the file"),
    ],
)
def test_a_faulty_scenario_is_refused_on_one_line(
    tmp_path: Path, model: str, old: str, new: str, word: str
) -> None:
    text = text_of(model).replace(old, new, 1)
    message = refusal(lambda: read_scenario(written(tmp_path, text)))
    assert "a-scenario.toml" in message or "case folder" in message
    assert word in message


def test_two_assumptions_of_one_name_are_refused(tmp_path: Path) -> None:
    text = text_of("caps") + PARTS["caps"]
    assert "two assumptions are named 'a'" in refusal(
        lambda: read_scenario(written(tmp_path, text))
    )


def test_outlines_may_not_be_a_link_out_of_the_case(tmp_path: Path) -> None:
    case = tmp_path / "case"
    (case / "outlines").mkdir(parents=True)
    (tmp_path / "else.geojson").write_text("{}")
    (case / "outlines" / "a.geojson").symlink_to(tmp_path / "else.geojson")
    assert "leads out of" in refusal(lambda: read_scenario(written(case, text_of("outlines"))))


def test_scenarios_of_a_folder_come_by_name(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml"):
        written(tmp_path, text_of("strip"), name)
    assert [scenario.id for scenario in read_scenarios(tmp_path / "scenarios")] == ["a", "b"]


def test_the_fill_is_by_default_between_triangle_and_rectangle() -> None:
    incursion = IncursionAssumption(
        id="a", site="ford", front_km=quantity(1, 2, 3), depth_km=quantity(1, 2, 3)
    )
    fill = incursion.fill_or_default
    assert (fill.low, fill.high) == (0.5, 1.0)
    assert fill.best == pytest.approx(math.pi / 4)
    assert fill.reason


@pytest.mark.parametrize(
    ("model", "old", "new", "word"),
    [
        ("caps", "ford-2024", "hill-2024", "no report, claim or address is named 'hill-2024'"),
        ("caps", '"ford"', '"hill"', "no site is named 'hill'; known: ford"),
        ("strip", "mainland", "north", "no section is named 'north'; known: all, mainland"),
    ],
)
def test_what_the_case_does_not_have_is_named(
    tmp_path: Path, model: str, old: str, new: str, word: str
) -> None:
    known = {"sites": {"ford"}, "references": {"ford-2024"}, "sections": {"mainland"}}
    require_known(read_scenario(written(tmp_path, text_of(model))), **known)
    faulty = read_scenario(written(tmp_path, text_of(model).replace(old, new)))
    with pytest.raises(ScenarioError, match=word):
        require_known(faulty, **known)


def test_a_reason_may_lean_on_an_address(tmp_path: Path) -> None:
    text = text_of("caps").replace("ford-2024", "https://example.org")
    scenario = read_scenario(written(tmp_path, text))
    require_known(scenario, sites={"ford"}, references=set(), sections=set())


TEXT = st.text(min_size=1).filter(lambda text: bool(text.strip()))
ID = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)
NUMBERS = st.builds(
    lambda values, reason, sources: Quantity(
        low=values[0], best=values[1], high=values[2], reason=reason, sources=sources
    ),
    st.lists(st.floats(0.01, 100), min_size=3, max_size=3).map(sorted),
    TEXT,
    st.lists(ID, max_size=2).map(tuple),
)
INCURSIONS = st.builds(
    IncursionAssumption,
    id=ID,
    site=ID,
    front_km=NUMBERS,
    depth_km=NUMBERS,
    fill=st.none() | st.just(Quantity(low=0.5, best=0.7, high=0.9, reason="a guess")),
)
STATEMENTS = st.builds(
    StatementAssumption, id=ID, place=TEXT, site=st.none() | ID, province=st.just("WM-NO"),
    area_km2=NUMBERS,
)  # fmt: skip
SCENARIOS = st.builds(
    lambda title, assumes, part: Scenario(
        id="a-scenario", title=title, rationale=title, assumes=assumes, **part
    ),
    TEXT,
    st.lists(TEXT, min_size=1, max_size=2).map(tuple),
    st.one_of(
        st.builds(StripAssumption, section=ID, depth_m=NUMBERS).map(
            lambda strip: {"model": "strip", "strip": strip}
        ),
        st.lists(INCURSIONS, min_size=1, max_size=3, unique_by=lambda part: part.id).map(
            lambda parts: {"model": "incursions", "incursions": tuple(parts)}
        ),
        st.lists(
            st.builds(CapAssumption, id=ID, site=ID, radius_km=NUMBERS), min_size=1, max_size=1
        ).map(lambda parts: {"model": "caps", "caps": tuple(parts)}),
        st.just(OutlinesAssumption(file="outlines/a.geojson", reason="a sketch")).map(
            lambda outlines: {"model": "outlines", "outlines": outlines}
        ),
        st.lists(STATEMENTS, min_size=1, max_size=3, unique_by=lambda part: part.id).map(
            lambda parts: {"model": "stated", "statements": tuple(parts)}
        ),
    ),
)


@given(scenario=SCENARIOS)
def test_reading_a_written_scenario_gives_it_back(
    scenario: Scenario, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = written(tmp_path_factory.mktemp("case"), toml_text(scenario_document(scenario)))
    assert read_scenario(path) == scenario
