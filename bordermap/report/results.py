"""The results: the strip of the stated figure, and what each scenario comes to."""

import math
from collections.abc import Iterator, Sequence
from functools import partial

from bordermap.estimates import Estimate, Footprint
from bordermap.figures import curve_chart, estimates_chart
from bordermap.intervals import Interval
from bordermap.numbers import step_of
from bordermap.report.pen import Pen, is_solved
from bordermap.scenarios import Quantity, Scenario
from bordermap.uncertainty import COVERAGE
from bordermap.writing.blocks import Block, Bullets, Figure, Heading, Paragraph, Table, Text

MOST_LISTED = 50
"""Footprints of a scenario that the report lists; thousands would be a report of their own."""


def results_section(pen: Pen) -> Iterator[Block]:
    """Yield the results by section, by scenario and by province, then each scenario."""
    words = pen.words
    yield Heading(2, words("head.results"), "results")
    yield estimates_figure(pen)
    yield strips_table(pen)
    yield curve_figure(pen)
    yield estimates_table(pen)
    yield provinces_table(pen)
    for estimate in pen.assessment.estimates:
        yield from _scenario(pen, estimate)


def estimates_figure(pen: Pen) -> Figure:
    """Return the chart of the stated figure beside the estimates."""
    words = pen.words
    items = [
        words(
            "results.chart_item",
            scenario=one.scenario.title,
            area=words.interval(one.area_km2, "km2"),
        )
        for one in pen.assessment.estimates
    ]
    said = words("results.chart_said", figure=pen.stated, items="; ".join(items))
    draw = partial(estimates_chart, pen.assessment, words, said=said)
    return Figure(draw, words("results.chart"), said)


def curve_figure(pen: Pen) -> Figure:
    """Return the chart of a strip's area by its depth."""
    words = pen.words
    items = [
        words(
            "results.curve_item",
            section=pen.section(answer.section),
            depth=words.interval(answer.depth_m_for_stated, "m"),
        )
        for answer in pen.assessment.strips
        if answer.depth_m_for_stated is not None
    ]
    said = words("results.curve_said", items="; ".join(items))
    draw = partial(curve_chart, pen.assessment, words, said=said)
    return Figure(draw, words("results.curve"), said)


def strips_table(pen: Pen) -> Table:
    """Return what strip the stated figure would be, by section."""
    words = pen.words
    codes = [one.code for one in pen.assessment.case.provinces]
    rows = []
    for answer in pen.assessment.strips:
        depth = answer.depth_m_for_stated
        rows.append(
            (
                pen.section(answer.section),
                words.notation.rounded(answer.length_km, 0.1),
                words("results.none") if depth is None else words.interval(depth, "m"),
                *(
                    words.notation.rounded(answer.by_province[code], 0.1)
                    if code in answer.by_province
                    else "–"
                    for code in codes
                ),
            )
        )
    columns = [words("results.section"), words("results.length"), words("results.depth")]
    columns += [f"{pen.province(code)} [{words('unit.km2')}]" for code in codes]
    return Table(
        words("results.strips"),
        columns,
        rows,
        numeric=frozenset(range(1, len(columns))),
        note=words("results.none_note"),
    )


def estimates_table(pen: Pen) -> Table:
    """Return what each scenario comes to, and how that stands to the stated figure."""
    words = pen.words
    rows = []
    for estimate, comparison in pen.pairs:
        solved = is_solved(estimate.scenario)
        reached = comparison.probability_at_least_stated
        low, high = comparison.difference_interval_km2
        difference = Interval(low=low, best=comparison.difference_km2, high=high)
        rows.append(
            (
                estimate.scenario.title,
                words.named("model", estimate.scenario.model),
                words.interval(estimate.area_km2, "none"),
                "–" if solved else words.interval(difference, "none"),
                "–" if reached is None else words.share(reached, estimate.draws or 0),
                words("results.by_construction")
                if solved
                else words.named("outcome", comparison.outcome),
            )
        )
    columns = ["scenario", "model", "estimate", "difference"]
    return Table(
        words("results.estimates"),
        [
            *(words(f"results.{name}") for name in columns),
            words("results.reached", figure=pen.stated_best),
            words("results.outcome"),
        ],
        rows,
        numeric=frozenset({2, 3, 4}),
        note=words("results.coverage", coverage=words.number(100 * COVERAGE, "percent")),
    )


def provinces_table(pen: Pen) -> Table:
    """Return the parts of each best estimate by province."""
    words = pen.words
    codes = [one.code for one in pen.assessment.case.provinces]
    rows = []
    for estimate in pen.assessment.estimates:
        step = (step_of(estimate.area_km2) or 1) / 10
        rows.append(
            (
                estimate.scenario.title,
                *(
                    words.notation.rounded(estimate.by_province.get(code, 0.0), step)
                    for code in codes
                ),
                words.notation.rounded(estimate.area_km2.best, step),
            )
        )
    columns = [
        words("results.scenario"),
        *(pen.province(code) for code in codes),
        words("data.total"),
    ]
    return Table(
        words("results.by_province"),
        columns,
        rows,
        numeric=frozenset(range(1, len(columns))),
        note=words("results.rounding"),
    )


def _scenario(pen: Pen, estimate: Estimate) -> Iterator[Block]:
    """Yield what a scenario assumes and why, and what each of its places comes to."""
    words, scenario = pen.words, estimate.scenario
    yield Heading(3, scenario.title, f"scenario-{scenario.id}")
    yield Paragraph(scenario.rationale)
    yield Paragraph(words("results.assumes"), role="small")
    yield Bullets(scenario.assumes)
    if is_solved(scenario):
        depth = estimate.footprints[0].parameters["depth_m"]
        yield Paragraph(words("results.solved", depth=words.interval(depth, "m")))
    if scenario.outlines is not None:
        yield Paragraph(
            words(
                "results.outlines",
                file=scenario.outlines.file,
                features=words.notation.exact(len(estimate.footprints)),
            )
        )
        yield Paragraph(scenario.outlines.reason)
    rows = list(_numbers(pen, scenario))
    if rows:
        columns = ("place", "quantity", "low", "best", "high", "why")
        yield Table(
            words("results.numbers"),
            [words(f"results.{name}") for name in columns],
            rows,
            numeric=frozenset({2, 3, 4}),
        )
    overlaps = list(_overlaps(pen, scenario))
    if overlaps:
        yield Bullets(overlaps)
    if scenario.model not in {"strip", "stated"}:
        yield _pieces(pen, estimate)
    least_km2 = estimate.followed_km * pen.assessment.case.dataset.accuracy_m / 1e3
    yield Paragraph(
        words(
            "results.followed",
            length=words.length(estimate.followed_km),
            least=words.number(least_km2, "km2", step=0.1),
        )
    )


def _numbers(pen: Pen, scenario: Scenario) -> Iterator[Sequence[Text]]:
    words = pen.words
    for place, name, quantity in _quantities(pen, scenario):
        sources = [pen.reference(source) for source in quantity.sources]
        yield (
            place,
            words.named("quantity", name),
            *(
                "–" if value is None else words.notation.exact(value)
                for value in (quantity.low, quantity.best, quantity.high)
            ),
            (f"{quantity.reason} ", *pen.cite(*sources)),
        )


def _overlaps(pen: Pen, scenario: Scenario) -> Iterator[str]:
    """Yield which stated areas may speak of the same land."""
    places = {one.id: one.place for one in scenario.statements}
    for one in scenario.statements:
        if one.overlaps:
            others = ", ".join(places[other] for other in one.overlaps)
            yield pen.words("results.overlaps", place=one.place, others=others)


def _quantities(pen: Pen, scenario: Scenario) -> Iterator[tuple[str, str, Quantity]]:
    """Yield every assumed number with the place it is for and its name."""
    if scenario.strip is not None and scenario.strip.depth_m is not None:
        yield pen.section(scenario.strip.section), "depth_m", scenario.strip.depth_m
    for incursion in scenario.incursions:
        yield pen.place(incursion.site), "front_km", incursion.front_km
        yield pen.place(incursion.site), "depth_km", incursion.depth_km
        if incursion.fill is not None:
            yield pen.place(incursion.site), "fill", incursion.fill
    if any(one.fill is None for one in scenario.incursions):
        default = next(one for one in scenario.incursions if one.fill is None).fill_or_default
        yield (
            "–",
            "fill",
            Quantity(
                low=default.low,
                best=default.best,
                high=default.high,
                reason=pen.words("default.fill"),
            ),
        )
    for cap in scenario.caps:
        yield pen.place(cap.site), "radius_km", cap.radius_km
    for statement in scenario.statements:
        yield statement.place, "area_km2", statement.area_km2
    for number in scenario.numbers:
        yield "–", number.id, number.quantity


def _pieces(pen: Pen, estimate: Estimate) -> Table:
    """Return what each footprint comes to by itself, by its formula, and with the others."""
    words = pen.words
    listed, rest = _largest(estimate.footprints)
    added = {
        **(
            {words("results.pieces_rest", count=words.notation.exact(len(rest))): _best_km2(rest)}
            if rest
            else {}
        ),
        words("results.added_up"): _best_km2(estimate.footprints),
        words("results.together"): estimate.area_km2.best,
    }
    return Table(
        words("results.pieces"),
        [words(f"results.{name}") for name in ("place", "formula", "low", "best", "high")],
        [
            *(
                (_title(pen, one), _by_formula(pen, one), *words.three(one.area_km2))
                for one in listed
            ),
            *(
                (name, "–", "–", words.notation.rounded(km2, 0.1), "–")
                for name, km2 in added.items()
            ),
        ],
        numeric=frozenset({1, 2, 3, 4}),
        note=words("results.pieces_note"),
    )


def _largest(
    footprints: Sequence[Footprint],
) -> tuple[Sequence[Footprint], Sequence[Footprint]]:
    """Return the footprints that a table lists, in their order, and those it has no room for."""
    if len(footprints) <= MOST_LISTED:
        return footprints, ()
    by_size = sorted(footprints, key=lambda one: -one.area_km2.best)
    return by_size[:MOST_LISTED], by_size[MOST_LISTED:]


def _best_km2(footprints: Sequence[Footprint]) -> float:
    return sum(one.area_km2.best for one in footprints)


def _title(pen: Pen, footprint: Footprint) -> str:
    """Return what a footprint is called: its place in the report's language, where it has one."""
    return footprint.title if footprint.site is None else pen.place(footprint.site)


def _by_formula(pen: Pen, footprint: Footprint) -> str:
    """Return what the method's formula gives at the best numbers [km²]; – for what was drawn."""
    best = {name: value.best for name, value in footprint.parameters.items()}
    if {"front_km", "depth_km", "fill"} <= best.keys():
        told, km2 = "f · w · d", best["fill"] * best["front_km"] * best["depth_km"]
    elif "radius_km" in best:
        told, km2 = "π · r²", math.pi * best["radius_km"] ** 2
    else:
        return "–"
    return f"{told} = {pen.words.notation.exact(km2, digits=3)}"
