"""The chart of the strip: its area by depth, for each section of the border."""

from collections.abc import Iterator, Sequence

import numpy as np
from markupsafe import Markup

from bordermap.assessment import Assessment
from bordermap.figures import svg
from bordermap.figures.palette import DASHES, MODELLED, STATED
from bordermap.strip_answers import StripAnswer
from bordermap.writing.words import Words

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 470.0, 320.0, 44.0, 84.0, 14.0, 278.0
POINTS = 60
BEYOND = 1.6
"""How far above the stated figure the chart goes, as a multiple of it."""


def curve_chart(
    assessment: Assessment, words: Words, *, said: str, at: tuple[str, float] | None = None
) -> Markup:
    """
    Return the area of a strip by its depth, a line for each section, beside the stated figure.

    Parameters
    ----------
    assessment
        What it shows.
    words
        Units and notation.
    said
        The same in words.
    at
        A section and a depth [m] to mark on its curve.
    """
    stated = assessment.case.claim.stated_area_km2
    deepest_m = max(answer.curve.deepest_m for answer in assessment.strips)
    top_km2 = BEYOND * (stated.best if stated.high is None else stated.high)
    across = svg.Scale(low=0, high=deepest_m, start=LEFT, end=WIDTH - RIGHT)
    up = svg.Scale(low=0, high=top_km2, start=FOOT, end=TOP)
    low_y = FOOT if stated.low is None else up(stated.low)
    high_y = TOP if stated.high is None else up(stated.high)
    names = [(tick, words.notation.exact(tick)) for tick in across.ticks(5)]
    return svg.drawing(
        svg.axis(across, FOOT, top=TOP, names=names, unit=words("results.curve_axis")),
        *_levels(up, words),
        svg.shape(
            "rect",
            x=LEFT,
            y=high_y,
            width=across.end - LEFT,
            height=low_y - high_y,
            fill=STATED,
            fill_opacity=0.13,
        ),
        svg.line(LEFT, up(stated.best), across.end, up(stated.best), stroke=STATED, stroke_width=2),
        *(
            part
            for number, answer in enumerate(assessment.strips)
            for part in _curve(answer, words, across, up, DASHES[number % len(DASHES)])
        ),
        *_names(assessment.strips, words, across, up),
        *(_mark(assessment, *at, across, up) if at else ()),
        width=WIDTH,
        height=HEIGHT,
        said=said,
    )


def _levels(up: svg.Scale, words: Words) -> Iterator[svg.Part]:
    for tick in up.ticks(5):
        y = up(tick)
        yield svg.line(LEFT, y, WIDTH - RIGHT, y, stroke_opacity=0.12)
        yield svg.label(
            LEFT - 6,
            y + 4,
            words.notation.exact(tick),
            text_anchor="end",
            font_size=11,
            fill_opacity=0.75,
        )
    yield svg.label(4, TOP - 3, words("unit.km2"), font_size=11, fill_opacity=0.75)


def _curve(
    answer: StripAnswer, words: Words, across: svg.Scale, up: svg.Scale, dash: str
) -> Iterator[svg.Part]:
    depths_m = np.linspace(0, answer.curve.deepest_m, POINTS)
    areas_km2 = answer.curve.areas_at(depths_m).sum(axis=1)
    shown = areas_km2 <= up.high
    points = [
        f"{svg.px(across(depth))} {svg.px(up(area))}"
        for depth, area in zip(depths_m[shown].tolist(), areas_km2[shown].tolist(), strict=True)
    ]
    yield svg.shape(
        "path",
        words.named("section", answer.section),
        d="M" + "L".join(points),
        stroke=MODELLED,
        stroke_width=2,
        stroke_dasharray=dash or "none",
    )
    if answer.depth_m_for_stated is not None:
        best_m = answer.depth_m_for_stated.best
        here, there = across(best_m), up(sum(answer.curve.at(best_m).values()))
        yield svg.line(here, there, here, FOOT, stroke=MODELLED, stroke_dasharray="2 3")
        yield svg.shape("circle", cx=here, cy=there, r=3.5, fill=MODELLED)
        depth = words.three(answer.depth_m_for_stated)[1]
        yield svg.label(here + 6, there + 16, depth, font_size=11)


def _mark(
    assessment: Assessment, section: str, depth_m: float, across: svg.Scale, up: svg.Scale
) -> Iterator[svg.Part]:
    """Yield a ring on a section's curve at a depth, and a line down to the axis."""
    answer = next(one for one in assessment.strips if one.section == section)
    here, there = across(depth_m), up(sum(answer.curve.at(depth_m).values()))
    if there < TOP:  # above what the chart shows: the line alone tells the depth
        yield svg.line(here, TOP, here, FOOT, stroke=MODELLED, stroke_width=1.5)
        return
    yield svg.line(here, there, here, FOOT, stroke=MODELLED, stroke_width=1.5)
    yield svg.shape("circle", cx=here, cy=there, r=6, fill="none", stroke=MODELLED, stroke_width=2)


def _names(
    answers: Sequence[StripAnswer], words: Words, across: svg.Scale, up: svg.Scale
) -> Iterator[svg.Part]:
    """
    Yield the curves' names.

    Right of a curve that reaches the edge. Of those that leave above, left of the first and right
    of the others, as far as there is room up to the next one.
    """
    leaving: list[tuple[float, str]] = []
    for answer in answers:
        name = words.named("section", answer.section)
        last_km2 = sum(answer.curve.at(answer.curve.deepest_m).values())
        if last_km2 <= up.high:
            y = max(up(last_km2) + 4, TOP + 8)
            yield svg.label(across.end + 5, y, svg.shortened(name, RIGHT - 5), font_size=11)
        else:
            leaving.append((across(answer.curve.depth_for(up.high)), name))
    leaving.sort()
    for number, (x, name) in enumerate(leaving):
        if number == 0:
            told, anchor, at = svg.shortened(name, x - LEFT), "end", x - 5
        else:
            until = leaving[number + 1][0] if number + 1 < len(leaving) else across.end
            told, anchor, at = svg.shortened(name, until - x - 5), "start", x + 5
        yield svg.label(at, TOP + 8, told, text_anchor=anchor, font_size=11)
