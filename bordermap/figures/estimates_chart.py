"""The chart of the answer: the stated figure, and what each scenario comes to."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bordermap.assessment import Assessment
from bordermap.claims import Claim
from bordermap.estimates import Estimate
from bordermap.figures import svg
from bordermap.figures.palette import MODELLED, STATED
from bordermap.intervals import Interval
from bordermap.writing.words import Words

WIDTH, EDGE, ROW, TOP = 470.0, 10.0, 40.0, 26.0


def estimates_chart(assessment: Assessment, words: Words, *, said: str) -> Markup:
    """
    Return the stated figure as a line with its interval, and each scenario as a bar with its own.

    Parameters
    ----------
    assessment
        What it shows.
    words
        Units and notation.
    said
        The same in words.

    Notes
    -----
    A scenario that is solved for the stated figure has a hollow bar. The row of marks below holds
    the other figures of the register, each at its best.
    """
    claim = assessment.case.claim
    others = [one for one in assessment.case.register if one.id != claim.id]
    estimates = assessment.estimates
    foot = TOP + ROW * len(estimates) + (24 if others else 4)
    scale = svg.Scale(low=0, high=_highest(assessment), start=EDGE, end=WIDTH - EDGE)
    names = [(tick, words.notation.exact(tick)) for tick in scale.ticks()]
    return svg.drawing(
        svg.axis(scale, foot, top=TOP - 6, names=names, unit=words("unit.km2")),
        *_stated(claim.stated_area_km2, words, scale, foot),
        *(
            part
            for row, one in enumerate(estimates)
            for part in _bar(one, words, scale, TOP + ROW * row)
        ),
        *_marks(others, words, scale, foot - 10),
        width=WIDTH,
        height=foot + 36,
        said=said,
    )


def _highest(assessment: Assessment) -> float:
    """Return the largest value to show, a little beyond it."""
    areas = [one.area_km2 for one in assessment.estimates]
    areas += [claim.stated_area_km2 for claim in assessment.case.register]
    return 1.04 * max(area.best if area.high is None else area.high for area in areas)


def _stated(stated: Interval, words: Words, scale: svg.Scale, foot: float) -> Iterator[svg.Part]:
    left = scale.start if stated.low is None else scale(stated.low)
    right = scale.end if stated.high is None else scale(stated.high)
    here = scale(stated.best)
    yield svg.shape(
        "rect",
        x=left,
        y=TOP - 6,
        width=right - left,
        height=foot - TOP + 6,
        fill=STATED,
        fill_opacity=0.13,
    )
    yield svg.line(here, TOP - 6, here, foot, stroke=STATED, stroke_width=2)
    text = words.interval(stated, "km2")
    half = svg.LETTER * 12 * len(text) / 2
    x = min(max(here, EDGE + half), WIDTH - EDGE - half)
    yield svg.label(x, 13, text, fill=STATED, font_weight=600, text_anchor="middle")


def _bar(one: Estimate, words: Words, scale: svg.Scale, y: float) -> Iterator[svg.Part]:
    solved = one.scenario.strip is not None and one.scenario.strip.area_from == "stated"
    area, middle = one.area_km2, y + 26
    text = words.interval(area, "km2")
    room = WIDTH - 2 * EDGE - svg.LETTER * 12 * len(text) - 12
    title = one.scenario.title
    yield svg.label(EDGE, y + 14, svg.shortened(title, room), stroke="none")
    yield svg.label(WIDTH - EDGE, y + 14, text, text_anchor="end", font_weight=600)
    yield svg.shape(
        "rect",
        f"{title}: {text}",
        x=scale.start,
        y=middle - 6,
        width=scale(area.best) - scale.start,
        height=12,
        fill=MODELLED,
        fill_opacity=0.08 if solved else 0.55,
        stroke=MODELLED,
        stroke_dasharray="4 3" if solved else "none",
    )
    if not area.is_exact:
        yield svg.whisker(scale, area.low, area.high, middle)


def _marks(others: Sequence[Claim], words: Words, scale: svg.Scale, y: float) -> Iterator[svg.Part]:
    for claim in others:
        yield svg.shape(
            "circle",
            f"{claim.title} ({words.date(claim.as_of, claim.as_of_precision)})",
            cx=scale(claim.stated_area_km2.best),
            cy=y,
            r=4,
            fill=STATED,
            fill_opacity=0.25,
            stroke=STATED,
        )
