"""Uncertainty: what the width of each interval is made of, and how settled it is."""

from collections.abc import Iterator
from itertools import groupby

from bordermap.report.pen import Pen
from bordermap.writing.blocks import Block, Bullets, Heading, Paragraph, Table


def uncertainty_section(pen: Pen) -> Iterator[Block]:
    """Yield the budget, the standard errors, and what the dataset itself leaves open."""
    words, budget = pen.words, pen.assessment.budget
    yield Heading(2, words("head.uncertainty"), "uncertainty")
    if not budget:
        yield Paragraph(words("uncertainty.none"))
    else:
        yield Paragraph(words("uncertainty.text"))
        yield _budget(pen)
        yield Bullets(_most(pen))
        yield _draws(pen)
    resolution = pen.resolution
    yield Paragraph(
        words(
            "uncertainty.border",
            accuracy=words.number(resolution.accuracy_m, "m"),
            length=words.length(resolution.length_km),
            least=pen.least,
        )
    )


def _titles(pen: Pen) -> dict[str, str]:
    return {one.scenario.id: one.scenario.title for one in pen.assessment.estimates}


def _budget(pen: Pen) -> Table:
    words, titles = pen.words, _titles(pen)
    return Table(
        words("uncertainty.table"),
        [words(f"uncertainty.{name}") for name in ("scenario", "source", "half")],
        [
            (
                titles[line.scenario],
                words.named("source", line.source),
                words.notation.rounded(line.km2, 0.1),
            )
            for line in pen.assessment.budget
        ],
        numeric=frozenset({2}),
    )


def _most(pen: Pen) -> list[str]:
    """Return for each scenario which source of uncertainty matters most."""
    words, titles = pen.words, _titles(pen)
    return [
        words(
            "uncertainty.most",
            scenario=titles[scenario],
            source=words.named("source", max(lines, key=lambda line: line.km2).source),
        )
        for scenario, lines in groupby(pen.assessment.budget, key=lambda line: line.scenario)
    ]


def _draws(pen: Pen) -> Table:
    words = pen.words
    rows = []
    for one in pen.assessment.estimates:
        if one.draws is None or one.standard_error_km2 is None:
            continue
        rows.append(
            (
                one.scenario.title,
                words.notation.exact(one.draws),
                words.notation.rounded(one.standard_error_km2, 0.01),
                words("answer.yes" if one.settled else "answer.no"),
            )
        )
    return Table(
        words("uncertainty.draws_table"),
        [words(f"uncertainty.{name}") for name in ("scenario", "draws", "error", "settled")],
        rows,
        numeric=frozenset({1, 2}),
    )
