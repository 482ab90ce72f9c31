"""The report: what it says, that both formats say the same, and that text from outside is text."""

import base64
import hashlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from string import Formatter
from typing import get_args

import numpy as np
import pytest
from markdown_it import MarkdownIt

from bordermap._shipped import shipped
from bordermap.assessment import Assessment
from bordermap.claims import Register
from bordermap.comparison import Outcome
from bordermap.errors import DataError
from bordermap.report import report_files, report_html, report_markdown
from bordermap.report.content import content
from bordermap.report.results import MOST_LISTED
from bordermap.writing.blocks import Block, Heading, Table, Text, inlines
from bordermap.writing.words import languages, words
from tests.cli.commands import commands
from tests.hostile import PAYLOADS, Tags, poisoned

LANGUAGES = ("az", "en", "hy", "ru")

TAGS_OF_A_REPORT = {
    "a", "body", "br", "caption", "code", "dd", "div", "dl", "dt", "figcaption", "figure", "h1",
    "h2", "h3", "head", "html", "li", "main", "meta", "ol", "p", "pre", "span", "strong", "style",
    "table",
    "tbody", "td", "th", "thead", "title", "tr", "ul",
    "svg", "g", "path", "line", "rect", "circle", "text",
}  # fmt: skip
ATTRIBUTES_OF_A_REPORT = {
    "aria-label", "charset", "class", "content", "data-name", "href", "http-equiv", "id", "lang",
    "name", "rel", "role", "scope", "tabindex",
    "cx", "cy", "d", "fill", "fill-opacity", "fill-rule", "font-family", "font-size",
    "font-weight", "height", "paint-order", "r", "stroke", "stroke-dasharray", "stroke-opacity",
    "stroke-width", "text-anchor", "viewbox", "width", "x", "x1", "x2", "xmlns", "y", "y1", "y2",
}  # fmt: skip


def cell(text: Text) -> str:
    return "".join(part for part in inlines(text) if isinstance(part, str))


def table(assessment: Assessment, key: str, language: str = "en") -> Table:
    caption = words(language)(key)
    blocks: Iterator[Block] = iter(content(assessment, language=language).blocks)
    return next(one for one in blocks if isinstance(one, Table) and one.caption == caption)


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def test_the_finding_says_what_strip_the_figure_would_be(assessment: Assessment) -> None:
    text = report_markdown(assessment).replace("\N{NO-BREAK SPACE}", " ")
    assert "150 km² (135 to 165) would be a strip 212 m (190 to 233) deep" in text
    assert "“mainland” alone (475 km) it would be 322 m (289 to 355) deep" in text
    assert "up to 72 km²: the stated figure is larger, so it can be told from nothing" in text


def test_both_sides_speak_with_their_sources(assessment: Assessment) -> None:
    sides = table(assessment, "claim.positions")
    assert [cell(row[0]) for row in sides.rows] == ["Armenia", "Azerbaijan"]
    assert all(inlines(row[-1]) for row in sides.rows)


def test_what_places_come_to_alone_can_be_worked_out_again(assessment: Assessment) -> None:
    rows = {
        cell(row[0]): [cell(one) for one in row[1:]]
        for row in table(assessment, "results.pieces").rows
    }
    numbers: dict[tuple[str, str], float] = {
        (cell(row[0]), cell(row[1])): number(cell(row[3]))
        for row in table(assessment, "results.numbers").rows
    }
    added_up, together = (number(rows.pop(name)[2]) for name in ("Added up", "Together"))
    for place, (formula, low, best, high) in rows.items():
        front, depth = numbers[place, "front [km]"], numbers[place, "depth [km]"]
        product = numbers["–", "fill"] * front * depth
        assert number(formula.removeprefix("f · w · d = ")) == pytest.approx(product, rel=0.005)
        assert number(low) <= number(best) <= number(high)
    incursions = next(one for one in assessment.estimates if one.scenario.incursions)
    assert together == pytest.approx(incursions.area_km2.best, abs=0.05)
    assert added_up == pytest.approx(sum(number(row[2]) for row in rows.values()), abs=2)
    assert added_up > together


def test_of_hundreds_of_footprints_the_largest_are_listed_and_the_rest_added_up(
    assessment: Assessment,
) -> None:
    one = next(one for one in assessment.estimates if one.scenario.incursions)
    many = replace(one, footprints=one.footprints * 20)
    estimates = tuple(many if other is one else other for other in assessment.estimates)
    rows = [
        [cell(part) for part in row]
        for row in table(replace(assessment, estimates=estimates), "results.pieces").rows
    ]
    listed, (rest, added_up, _) = rows[:MOST_LISTED], rows[MOST_LISTED:]
    areas = sorted((each.area_km2.best for each in many.footprints), reverse=True)
    assert [number(row[3]) for row in listed] == pytest.approx(areas[:MOST_LISTED], abs=0.5)
    assert rest[0].startswith(f"the other {len(areas) - MOST_LISTED}, smaller")
    assert number(rest[3]) == pytest.approx(sum(areas[MOST_LISTED:]), abs=0.05)
    assert number(added_up[3]) == pytest.approx(sum(areas), abs=0.05)


def test_what_each_scenario_can_tell_is_its_length_times_the_accuracy(
    assessment: Assessment,
) -> None:
    text = report_markdown(assessment).replace("\N{NO-BREAK SPACE}", " ")
    told = re.findall(r"follows ([\d.]+) km of the border.* is ([\d.]+) km²", text)
    assert len(told) == len(assessment.estimates)
    for (length, least), estimate in zip(told, assessment.estimates, strict=True):
        assert number(length) == pytest.approx(estimate.followed_km, rel=0.005)
        assert number(least) == pytest.approx(estimate.followed_km / 10, abs=0.05)


def test_the_report_never_says_that_a_claim_is_true_or_false(assessment: Assessment) -> None:
    text = report_markdown(assessment).lower()
    assert "model geometry, not observed control" in text
    assert not re.search(r"\b(confirmed|refuted|proven|debunked)\b", text)


def test_every_section_is_there_in_either_format(assessment: Assessment) -> None:
    html, markdown = report_html(assessment), report_markdown(assessment)
    heads = [key for key in words().table if key.startswith("head.")]
    assert len(heads) == 12
    for key in heads:
        assert f"## {words()(key)}" in markdown
        assert f">{words()(key)}</h2>" in html


def test_both_formats_say_the_same(assessment: Assessment) -> None:
    def said(html: str) -> set[str]:
        without = re.sub(r"<(style|svg|figure|title).*?</\1>", " ", html, flags=re.DOTALL)
        return set(re.findall(r"[^\W_]+", Tags(without).text))

    markdown = MarkdownIt("commonmark").enable("table").render(report_markdown(assessment))
    assert said(report_html(assessment)) - said(markdown) == set()


def test_estimates_are_those_of_the_summary(assessment: Assessment) -> None:
    rows = table(assessment, "results.estimates").rows
    for row, estimate in zip(rows, assessment.summary["estimates"], strict=True):
        best, low, high = map(number, re.findall(r"−?[\d,.]+", cell(row[2])))
        area = estimate["area_km2"]
        for shown, exact in ((low, area["low"]), (best, area["best"]), (high, area["high"])):
            assert abs(shown - exact) <= 0.5 + 1e-9


def test_parts_by_province_are_those_of_the_summary(assessment: Assessment) -> None:
    rows = table(assessment, "results.by_province").rows
    for row, estimate in zip(rows, assessment.summary["estimates"], strict=True):
        *parts, total = [number(cell(one)) for one in row[1:]]
        assert parts == pytest.approx(list(estimate["by_province"].values()), abs=0.05 + 1e-9)
        assert total == pytest.approx(estimate["area_km2"]["best"], abs=0.05 + 1e-9)


def test_depths_are_those_of_the_summary(assessment: Assessment) -> None:
    rows = table(assessment, "results.strips").rows
    for row, answer in zip(rows, assessment.summary["strip"], strict=True):
        depth = answer["depth_m_for_stated"]
        if depth is None:
            assert cell(row[2]) == "–"
            continue
        shown = list(map(number, re.findall(r"[\d,.]+", cell(row[2]))))
        assert shown == pytest.approx([depth["best"], depth["low"], depth["high"]], abs=5)
        assert number(cell(row[1])) > 0


def test_lengths_and_areas_are_those_of_the_summary(assessment: Assessment) -> None:
    summary = assessment.summary
    *rows, total = table(assessment, "data.borders").rows
    lengths = summary["border_length_km"]
    assert [number(cell(row[-3])) for row in rows] == pytest.approx(
        list(lengths["by_province"].values()), abs=0.051
    )
    assert [number(cell(row[-2])) for row in rows] == pytest.approx(
        list(summary["province_area_km2"].values()), abs=0.51
    )
    sections = list(lengths["by_section"].values())
    assert [number(cell(one)) for one in total[1:-3]] == pytest.approx(sections, abs=0.051)
    assert number(cell(total[-3])) == pytest.approx(lengths["total"], abs=0.051)


def test_the_budget_and_the_register_are_those_of_the_summary(assessment: Assessment) -> None:
    summary = assessment.summary
    shown = sorted(number(cell(row[2])) for row in table(assessment, "uncertainty.table").rows)
    assert shown == pytest.approx(sorted(line["km2"] for line in summary["budget"]), abs=0.051)
    rows = table(assessment, "register.table").rows
    assert [cell(row[4]) for row in rows] == [
        words().interval(claim.stated_area_km2, "km2") for claim in assessment.case.register
    ]
    assert len(rows) == len(summary["register"])


def rows_under(text: str, heading: str, caption: str) -> list[list[str]]:
    """Return the rows of a table of the Markdown report, found as a reader finds it."""
    part = text.split(f"\n{heading}\n", 1)[1].split(f"**{caption}**", 1)[1]
    lines = part.strip().splitlines()
    end = next((at for at, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:end]]


def test_a_sceptic_can_work_out_the_sum_of_stated_areas_from_the_report(
    assessment: Assessment,
) -> None:
    text = report_markdown(assessment).replace("\N{NO-BREAK SPACE}", " ")
    heading = "### The areas that were stated place by place"
    figures = {
        row[0]: [number(cell) for cell in row[2:5]]
        for row in rows_under(text, heading, "Assumed numbers")
    }
    pairs = re.findall(r"^- “(.+)” may speak of the same land as (.+)\.$", text, re.MULTILINE)
    assert pairs
    near = {frozenset((one, other)) for one, others in pairs for other in others.split(", ")}
    random = np.random.default_rng(77)
    draws = {}
    for place, (low, best, high) in figures.items():
        # as the method says: half to each side of best, thinning out evenly to none at the end
        way = 1 - np.sqrt(random.random(200_000))
        draws[place] = best + np.where(random.random(200_000) < 0.5, low - best, high - best) * way
    total = sum(draws.values())
    for group in groups(near):
        apart = [
            chosen
            for size in range(1, len(group) + 1)
            for chosen in combinations(sorted(group), size)
            if not any(frozenset(pair) in near for pair in combinations(chosen, 2))
        ]
        most = np.max([sum(draws[place] for place in chosen) for chosen in apart], axis=0)
        whole = sum(draws[place] for place in group)
        way = 0.5 * (1 - np.sqrt(random.random(200_000)))
        share = 0.5 + np.where(random.random(200_000) < 0.5, -way, way)
        total = total - share * (whole - most)
    found = next(one for one in assessment.estimates if one.scenario.id == "stated-by-place")
    assert np.quantile(total, [0.05, 0.95]) == pytest.approx(
        [found.area_km2.low, found.area_km2.high], abs=4 * (found.standard_error_km2 or 0)
    )


def groups(pairs: set[frozenset[str]]) -> list[set[str]]:
    """Return the sets of places that hang together by pairs."""
    found: list[set[str]] = []
    for pair in pairs:
        touching = [group for group in found if group & pair]
        found = [group for group in found if group not in touching]
        found.append(set(pair).union(*touching))
    return found


def test_a_sceptic_can_work_out_the_border_and_a_fronts_share_from_the_report(
    assessment: Assessment,
) -> None:
    text = report_markdown(assessment).replace("\N{NO-BREAK SPACE}", " ")
    budget = rows_under(text, "## Uncertainty", "Budget of uncertainty")
    length_km = number(
        rows_under(text, "## Results", "What strip the stated figure would be, by section")[0][1]
    )
    accuracy_m = assessment.case.dataset.accuracy_m
    assert f"good to {accuracy_m:g} m" in text
    one_side = next(row for row in budget if "whole" in row[0] and "one side" in row[1])
    assert number(one_side[2]) == pytest.approx(length_km * accuracy_m / 1e3, abs=0.06)
    heading = "### Incursions where sources give a depth"
    assumed = {
        (row[0], row[1].split()[0]): [number(cell) for cell in row[2:5]]
        for row in rows_under(text, heading, "Assumed numbers")
    }
    alone = {
        row[0]: number(row[3])
        for row in rows_under(text, heading, r"What each comes to alone \[km²\]")
    }
    front, depth = assumed["Jermuk", "front"][1], assumed["Jermuk", "depth"][1]
    # f · w · d, with the fill of a half ellipse
    assert alone["Jermuk"] == pytest.approx(np.pi / 4 * front * depth, abs=0.5)


def test_an_open_claim_is_told_as_open(assessment: Assessment) -> None:
    rows = table(assessment, "register.table").rows
    assert "at least 215\N{NO-BREAK SPACE}km²" in [cell(row[4]) for row in rows]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_text_from_outside_is_inert_in_the_page(assessment: Assessment, payload: str) -> None:
    page = Tags(report_html(poisoned(assessment, payload)))
    assert page.tags <= TAGS_OF_A_REPORT
    assert page.attributes <= ATTRIBUTES_OF_A_REPORT
    assert page.comments == []
    assert all(re.match(r"https?://|#source-\d+$", one) for one in page.addresses)
    assert not set("\u202e\u202c\u2066\u2069\x1b\x00\u200f") & set(page.text)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_text_from_outside_is_inert_in_markdown(assessment: Assessment, payload: str) -> None:
    kinds = {"h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
    kinds |= {"strong", "em", "code", "pre", "blockquote", "a"}
    text = report_markdown(poisoned(assessment, payload))
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    page = Tags(rendered)
    assert page.tags <= kinds
    assert page.comments == []
    assert all(re.match(r"https?://", one) and "evil" not in one for one in page.addresses)
    assert not set("\u202e\u202c\u2066\u2069\x1b\x00\u200f") & set(text)
    assert "](javascript" not in text


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_a_payload_leaves_the_shape_of_markdown_as_it_was(
    assessment: Assessment, payload: str
) -> None:
    def shape(text: str) -> list[str]:
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
        return [token.type for token in tokens]

    plain, bad = (report_markdown(poisoned(assessment, text)) for text in ("plain", payload))
    assert shape(bad) == shape(plain)


def test_a_web_address_that_is_none_is_not_linked(assessment: Assessment) -> None:
    case = assessment.case
    source = replace(case.claim.source, url="javascript:alert(1)")
    claims = [
        replace(one, source=source) if one.id == case.claim.id else one for one in case.register
    ]
    bad = replace(assessment, case=replace(case, register=Register(claims=tuple(claims))))
    assert not any("javascript" in one for one in Tags(report_html(bad)).addresses)
    assert "](javascript" not in report_markdown(bad)


def test_the_page_allows_its_style_and_nothing_else(assessment: Assessment) -> None:
    page = report_html(assessment)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert " style=" not in page
    assert "url(" not in style[1]


def test_the_same_assessment_gives_the_same_bytes(assessment: Assessment) -> None:
    files = report_files(assessment)
    assert files == report_files(assessment)
    assert files["report.html"] == report_html(assessment)
    assert files["report.md"] == report_markdown(assessment)


def test_the_command_names_every_choice_that_was_made(assessment: Assessment) -> None:
    assert "--lakes" not in report_markdown(assessment)
    tiles = "https://tiles.example.org/{z}/{x}/{y}.png?a=1&b='"
    boundaries = replace(
        assessment.case.boundaries,
        worldview="de-facto",
        info=replace(assessment.case.boundaries.info, id="osm-2024"),
    )
    case = replace(assessment.case, lakes="out", boundaries=boundaries)
    text = report_markdown(replace(assessment, case=case), language="ru", tiles=tiles)
    command = re.search(r"bordermap build armenia-150 .*", text)
    assert command is not None
    _, _, _, *options = shlex.split(command[0])
    told = dict(zip(options[::2], options[1::2], strict=True))
    assert told == {
        "-o": "DIR", "--draws": "2000", "--seed": "20231216", "--boundaries": "osm-2024",
        "--worldview": "de-facto", "--lakes": "out", "--language": "ru", "--tiles": tiles,
    }  # fmt: skip
    (build,) = (one for one in commands() if one.name == "bordermap build")
    taken = {option for one in build.params for option in one.opts}
    assert taken == {"case", "--output", "--json", *told}


def test_a_changed_copy_of_a_shipped_case_is_not_repeated_by_its_name(
    assessment: Assessment, tmp_path: Path
) -> None:
    copy = replace(assessment, case=replace(assessment.case, folder=tmp_path))
    assert "bordermap build CASE -o DIR" in report_markdown(copy)


def test_no_path_of_the_machine_is_told(assessment: Assessment) -> None:
    folder = str(assessment.case.folder)
    assert folder not in report_html(assessment)
    assert folder not in report_markdown(assessment)


def test_four_languages_are_there() -> None:
    assert languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text_with_the_same_gaps(language: str) -> None:
    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    def letters(text: str) -> str:
        return "".join(before for before, _, _, _ in Formatter().parse(text))

    own, english = words(language).table, words("en").table
    assert own.keys() == english.keys()
    different = {key for key in english if gaps(own[key]) != gaps(english[key])}
    assert different == set()
    same = {key for key in english if own[key] == english[key] and len(letters(own[key])) > 12}
    assert language == "en" or all("formula" in key for key in same)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_in_the_language_asked_for(assessment: Assessment, language: str) -> None:
    page = report_html(assessment, language=language)
    assert f'<html lang="{language}">' in page
    blocks = content(assessment, language=language).blocks
    told = [one.text for one in blocks if isinstance(one, Heading) and one.level == 2]
    assert told == [
        words(language)(f"head.{one.key}")
        for one in blocks
        if isinstance(one, Heading) and one.level == 2
    ]


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_fixed_text_leaves_no_english_behind(assessment: Assessment, language: str) -> None:
    words_of = words(language).table
    latin = {
        key
        for key, text in words_of.items()
        if re.search(r"\b(the|of|which|from|said|border)\b", text)
    }
    assert latin == set()
    assert report_markdown(assessment, language=language) != report_markdown(assessment)


def test_an_unknown_language_is_refused(assessment: Assessment) -> None:
    with pytest.raises(DataError, match="no report in 'xx': give one of az, en, hy, ru"):
        report_html(assessment, language="xx")


def test_files_of_words_hold_texts_only() -> None:
    for path in shipped("words").glob("report.*.toml"):
        tables = tomllib.loads(path.read_text("utf-8"))
        assert all(isinstance(part, dict) for part in tables.values())
        assert all(isinstance(text, str) for part in tables.values() for text in part.values())


def test_every_outcome_has_a_word() -> None:
    for outcome in get_args(Outcome):
        assert f"outcome.{outcome}" in words().table
        assert f"standing.{outcome}" in words().table
