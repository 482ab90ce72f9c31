import datetime as dt
from pathlib import Path

import pytest

from bordermap.assessment import assess
from bordermap.cases import load_case
from bordermap.drafting import draft_case
from bordermap.drafting.words import first_line
from bordermap.errors import (
    ClaimError,
    NoSharedBorderError,
    OutputError,
    PlaceNotFoundError,
)
from bordermap.reading import read_article

ARTICLE = """A quarrel about posts

According to official Yerevan, Azerbaijan has held some 150 square kilometers of Armenia's Syunik
and Gegharkunik provinces since 2020. Near Jermuk, 60 square kilometers were lost, the minister
said.
"""
DAY = dt.date(2024, 1, 15)


def test_an_article_becomes_a_case_that_its_reader_takes(tmp_path: Path) -> None:
    paths = draft_case(ARTICLE, countries=["ARM", "AZE"], folder=tmp_path / "new", day=DAY)
    assert all(path.is_file() for path in paths)
    case = load_case(tmp_path / "new")
    assert (case.file.country, case.file.neighbour) == ("AM", "AZ")
    assert case.file.provinces == ("AM-SU", "AM-GR")
    assert (case.file.id, case.file.boundaries) == ("new", "osm-2026")
    assert case.claim.stated_area_km2.best == 150
    assert case.claim.asserted_by.text == "official Yerevan"
    assert (case.claim.about.country, case.claim.since, case.claim.as_of) == ("AZ", "2020", DAY)
    assert [claim.figures for claim in case.register] == [(150.0,), (60.0,)]
    assert [scenario.id for scenario in case.scenarios] == ["even-strip"]
    assert [site.name for site in case.sites] == ["Jermuk"]


def test_each_claim_shows_its_sentence_and_what_was_inferred(tmp_path: Path) -> None:
    draft_case(ARTICLE, countries=["AM", "AZ"], folder=tmp_path / "new")
    second = (tmp_path / "new" / "claims" / "claim-02.toml").read_text("utf-8")
    draft = read_article(ARTICLE)[1]
    assert f"characters {draft.sentence.start} to {draft.sentence.end}" in second
    assert "# Near Jermuk, 60 square kilometers were lost, the minister said" in second
    assert "# CHECK: about is inferred: the sentence names no holder" in second
    case = (tmp_path / "new" / "case.toml").read_text("utf-8")
    assert "# CHECK: inferred: as_of (no day was given" in case


def test_the_claimed_side_is_read_and_not_the_order_given(tmp_path: Path) -> None:
    draft_case(ARTICLE, countries=["AZ", "AM"], folder=tmp_path / "new", day=DAY)
    assert load_case(tmp_path / "new").file.country == "AM"


@pytest.mark.parametrize(
    ("article", "countries", "provinces"),
    [
        (
            "Таджикистан захватил 10 кв. км в Баткенской области Киргизии, заявил Бишкек.",
            ("KGZ", "TJK"),
            ("KG-B",),
        ),
        (
            "Sudan says Ethiopia has occupied 250 square kilometers of Sudanese land.",
            ("SD", "ET"),
            None,
        ),
    ],
)
def test_any_border_of_the_world_will_do(
    tmp_path: Path, article: str, countries: tuple[str, str], provinces: tuple[str, ...] | None
) -> None:
    draft_case(article, countries=countries, folder=tmp_path / "new", day=DAY)
    case = load_case(tmp_path / "new")
    assert case.file.boundaries == "natural-earth-10m"
    assert provinces is None or case.file.provinces == provinces
    assert case.borders.provinces


def test_sides_may_be_named_and_a_dataset_chosen(tmp_path: Path) -> None:
    draft_case(
        ARTICLE,
        countries=["Armenia", "azerbaijan"],
        folder=tmp_path / "new",
        boundaries="osm-2017",
    )
    case = load_case(tmp_path / "new")
    assert (case.file.neighbour, case.file.boundaries) == ("AZ", "osm-2017")


def test_a_figure_too_large_for_the_provinces_named_takes_all_at_the_border(tmp_path: Path) -> None:
    article = ARTICLE.replace("150 square", "10,000 square")
    draft_case(article, countries=["AM", "AZ"], folder=tmp_path / "new", day=DAY)
    assert len(load_case(tmp_path / "new").file.provinces) == 5
    assert "those named are smaller" in (tmp_path / "new" / "case.toml").read_text("utf-8")


def test_a_figure_that_no_strip_holds_is_drafted_with_a_depth_to_replace(tmp_path: Path) -> None:
    article = "Venezuela claims 159,500 square kilometers of Guyana's territory."
    draft_case(article, countries=["GY", "VE"], folder=tmp_path / "new", day=DAY)
    case = load_case(tmp_path / "new")
    (estimate,) = assess(case, draws=10).estimates
    assert 0 < estimate.area_km2.best < 159_500
    assert "CHECK" in (tmp_path / "new" / "scenarios" / "even-strip.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("article", "countries", "error", "told"),
    [
        ("Nothing is said.", ("AM", "AZ"), ClaimError, "states no area"),
        (ARTICLE, ("AM",), ClaimError, "give two countries"),
        (ARTICLE, ("AM", "ARM"), ClaimError, "give two countries"),
        (ARTICLE, ("AM", "XX"), PlaceNotFoundError, "'XX'"),
        (ARTICLE, ("AM", "FR"), NoSharedBorderError, "no border in common"),
    ],
)
def test_what_cannot_be_drafted_is_refused_and_nothing_written(
    tmp_path: Path, article: str, countries: tuple[str, ...], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        draft_case(article, countries=countries, folder=tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        draft_case(ARTICLE, countries=["AM", "AZ"], folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="no folder"):
        draft_case(ARTICLE, countries=["AM", "AZ"], folder=link)


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".mine.new" / "claims").mkdir(parents=True)
    draft_case(ARTICLE, countries=["AM", "AZ"], folder=tmp_path / "mine", day=DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    article = (
        'Title "]\n\x1b[31m<script>\n\n'
        "Minister \"'\\\x07 Evil]] ${x} of Azerbaijan said Armenia\u202e has occupied\n"
        '40 square kilometers """ of Azerbaijan\u2028 [[x]] # y.'
    )
    draft_case(article, countries=["AM", "AZ"], folder=tmp_path / "ne w!", day=DAY)
    case = load_case(tmp_path / "ne w!")
    assert case.file.id == "ne-w"
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "ne w!").rglob("*.toml"))
    assert not any(char in text for char in "\x1b\x07\u202e\u2028")


def test_the_same_article_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    texts = []
    for name in ("a", "b"):
        paths = draft_case(ARTICLE, countries=["AM", "AZ"], folder=tmp_path / name / "c", day=DAY)
        texts.append([path.read_bytes() for path in paths])
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("article", "title"),
    [
        ("\n## Herders lose pasture\n\nText.", "Herders lose pasture"),
        ("#2 of a series\nText.", "#2 of a series"),
        ("#\n \nText.", "Text."),
        (" \n", "An article"),
    ],
)
def test_the_title_is_the_first_line_without_the_mark_of_a_heading(
    article: str, title: str
) -> None:
    assert first_line(article) == title
