"""The chart of the budget: how much of each interval every source of uncertainty makes."""

from collections.abc import Iterator

from markupsafe import Markup

from bordermap.assessment import Assessment
from bordermap.budget import BudgetLine
from bordermap.figures import svg
from bordermap.figures.palette import MODELLED
from bordermap.writing.words import Words

WIDTH, EDGE, NAMES, ROW, HEAD, TOP = 470.0, 10.0, 196.0, 20.0, 24.0, 4.0


def budget_chart(assessment: Assessment, words: Words, *, said: str) -> Markup:
    """
    Return the budget as bars, grouped by scenario.

    Parameters
    ----------
    assessment
        What it shows; its budget is not empty.
    words
        Units and notation.
    said
        The same in words.
    """
    titles = {one.scenario.id: one.scenario.title for one in assessment.estimates}
    budget = assessment.budget
    highest = 1.18 * max((line.km2 for line in budget), default=0) or 1.0
    scale = svg.Scale(low=0, high=highest, start=NAMES, end=WIDTH - EDGE)
    parts: list[svg.Part] = []
    y = TOP
    for scenario, lines in by_scenario(assessment):
        parts.append(
            svg.label(EDGE, y + 16, svg.shortened(titles[scenario], WIDTH), font_weight=600)
        )
        y += HEAD
        for one in lines:
            parts += _bar(one, words, scale, y)
            y += ROW
    foot = y + 4
    names = [(tick, words.notation.exact(tick)) for tick in scale.ticks()]
    return svg.drawing(
        svg.axis(scale, foot, top=TOP, names=names, unit=words("unit.km2")),
        *parts,
        width=WIDTH,
        height=foot + 36,
        said=said,
    )


def by_scenario(assessment: Assessment) -> list[tuple[str, list[BudgetLine]]]:
    """Return the budget's lines by scenario, in the order of the estimates."""
    names = [one.scenario.id for one in assessment.estimates]
    lines = {name: [one for one in assessment.budget if one.scenario == name] for name in names}
    return [(name, found) for name, found in lines.items() if found]


def _bar(one: BudgetLine, words: Words, scale: svg.Scale, y: float) -> Iterator[svg.Part]:
    """Yield a bar; a source that is not drawn has a hollow one."""
    end = scale(one.km2)
    name = svg.shortened(words.named("source", one.source), NAMES - EDGE - 8, size=11)
    is_drawn = one.share is not None
    yield svg.label(NAMES - 8, y + 14, name, text_anchor="end", font_size=11)
    yield svg.shape(
        "rect",
        x=scale.start,
        y=y + 4,
        width=max(end - scale.start, 1),
        height=12,
        fill=MODELLED,
        fill_opacity=0.55 if is_drawn else 0.08,
        stroke=MODELLED,
        stroke_dasharray="none" if is_drawn else "4 3",
    )
    yield svg.label(end + 5, y + 14, words.notation.rounded(one.km2, 0.1), font_size=11)
