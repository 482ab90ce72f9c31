"""Uncertainty: what the width of each interval is made of, and how settled it is."""

from collections.abc import Iterator
from functools import partial

from bordermap.budget import Condition
from bordermap.figures import budget_chart, by_scenario
from bordermap.report.pen import Pen
from bordermap.writing.blocks import Block, Bullets, Figure, Heading, Paragraph, Table


def uncertainty_section(pen: Pen) -> Iterator[Block]:
    """Yield the budget, the standard errors, and what the dataset itself leaves open."""
    words, one = pen.words, pen.assessment
    yield Heading(2, words("head.uncertainty"), "uncertainty")
    if one.budget:
        yield Paragraph(words("uncertainty.text"))
        yield _chart(pen)
        yield _budget(pen)
        yield Bullets(_most(pen))
    if one.conditions:
        yield Paragraph(words("uncertainty.conditions_text", figure=pen.stated_best))
        yield _conditions(pen)
    if any(estimate.draws for estimate in one.estimates):
        yield _draws(pen)
    else:
        yield Paragraph(words("uncertainty.none"))
    yield Paragraph(
        words(
            "uncertainty.border",
            accuracy=words.number(pen.resolution.accuracy_m, "m"),
            length=words.length(pen.resolution.length_km),
            least=pen.least,
        )
    )


def _chart(pen: Pen) -> Figure:
    words = pen.words
    items = [
        words(
            "uncertainty.chart_item",
            scenario=pen.titles[line.scenario],
            source=words.named("source", line.source),
            km2=words.number(line.km2, "km2", step=0.1),
        )
        for _, lines in by_scenario(pen.assessment)
        for line in lines
    ]
    said = words("uncertainty.chart_said", items="; ".join(items))
    return Figure(
        partial(budget_chart, pen.assessment, words, said=said), words("uncertainty.chart"), said
    )


def _budget(pen: Pen) -> Table:
    words = pen.words
    return Table(
        words("uncertainty.table"),
        [words(f"uncertainty.{name}") for name in ("scenario", "source", "half", "share")],
        [
            (
                pen.titles[line.scenario],
                words.named("source", line.source),
                words.notation.rounded(line.km2, 0.1),
                words("uncertainty.not_drawn")
                if line.share is None
                else words.number(100 * line.share, "percent", step=1),
            )
            for _, lines in by_scenario(pen.assessment)
            for line in lines
        ],
        numeric=frozenset({2, 3}),
    )


def _most(pen: Pen) -> list[str]:
    """Return for each scenario with draws which source of uncertainty matters most."""
    words = pen.words
    found = []
    for scenario, lines in by_scenario(pen.assessment):
        drawn = [(line.km2, line.source) for line in lines if line.share is not None]
        if drawn:
            source = words.named("source", max(drawn)[1])
            found.append(words("uncertainty.most", scenario=pen.titles[scenario], source=source))
    return found


def _conditions(pen: Pen) -> Table:
    words = pen.words
    columns = ("scenario", "source", "all_low", "all_high", "where")
    return Table(
        words("uncertainty.conditions"),
        [words(f"uncertainty.{name}") for name in columns],
        [
            (
                pen.titles[one.scenario],
                words.named("source", one.source),
                words.notation.rounded(one.low_km2, 0.1),
                words.notation.rounded(one.high_km2, 0.1),
                _where(pen, one),
            )
            for one in pen.assessment.conditions
        ],
        numeric=frozenset({2, 3}),
    )


def _where(pen: Pen, one: Condition) -> str:
    """Return where a source would have to be for the stated figure."""
    words, place = pen.words, one.place
    if place is None:
        return words("uncertainty.nowhere")
    share = words.number(100 * abs(place), "percent", step=1)
    return words("uncertainty.upwards" if place >= 0 else "uncertainty.downwards", share=share)


def _draws(pen: Pen) -> Table:
    words = pen.words
    rows = [
        (
            one.scenario.title,
            words.notation.exact(one.draws),
            words.notation.rounded(one.standard_error_km2, 0.01),
            words("answer.yes" if one.settled else "answer.no"),
        )
        for one in pen.assessment.estimates
        if one.draws is not None and one.standard_error_km2 is not None
    ]
    return Table(
        words("uncertainty.draws_table"),
        [words(f"uncertainty.{name}") for name in ("scenario", "draws", "error", "settled")],
        rows,
        numeric=frozenset({1, 2}),
    )
