"""The chart of the register: every claim in the order of time, with the interval it is read as."""

from collections.abc import Iterator
from itertools import pairwise

from markupsafe import Markup

from bordermap.claims import Claim, Register, comparability
from bordermap.figures import svg
from bordermap.figures.palette import STATED
from bordermap.writing.words import Words

WIDTH, LEFT, EDGE, ROW, TOP = 470.0, 112.0, 10.0, 17.0, 10.0


def register_chart(register: Register, claim: Claim | None, words: Words, *, said: str) -> Markup:
    """
    Return the claims of a register, one a row, numbered as they stand in it.

    Parameters
    ----------
    register
        The claims.
    claim
        The one that the others stand beside: its interval is a band, and marks of its scope are
        filled. None for none.
    words
        Units and notation.
    said
        The same in words.
    """
    foot = TOP + ROW * len(register) + 4
    areas = [one.stated_area_km2 for one in register]
    highest = 1.04 * max(area.best if area.high is None else area.high for area in areas)
    scale = svg.Scale(low=0, high=highest, start=LEFT, end=WIDTH - EDGE)
    names = [(tick, words.notation.exact(tick)) for tick in scale.ticks()]
    return svg.drawing(
        svg.axis(scale, foot, top=TOP, names=names, unit=words("unit.km2")),
        _band(claim, scale, foot) if claim else "",
        *_years(register, foot),
        *(
            part
            for number, one in enumerate(register, start=1)
            for part in _row(one, number, claim, words, scale)
        ),
        width=WIDTH,
        height=foot + 36,
        said=said,
    )


def _band(claim: Claim, scale: svg.Scale, foot: float) -> svg.Part:
    """Return the interval of the claim that the others stand beside."""
    stated = claim.stated_area_km2
    left = scale.start if stated.low is None else scale(stated.low)
    right = scale.end if stated.high is None else scale(stated.high)
    size = {"x": left, "y": TOP, "width": right - left, "height": foot - TOP}
    return svg.shape("rect", **size, fill=STATED, fill_opacity=0.13)


def _years(register: Register, foot: float) -> Iterator[svg.Part]:
    """Yield a line wherever a year begins."""
    claims = list(register)
    for number, (before, after) in enumerate(pairwise(claims), start=1):
        if before.as_of.year != after.as_of.year:
            y = TOP + ROW * number
            yield svg.line(
                EDGE,
                min(y, foot),
                WIDTH - EDGE,
                min(y, foot),
                stroke_opacity=0.25,
                stroke_dasharray="2 3",
            )


def _row(
    one: Claim, number: int, main: Claim | None, words: Words, scale: svg.Scale
) -> Iterator[svg.Part]:
    y = TOP + ROW * number - ROW / 2
    is_main = main is not None and one.id == main.id
    alike = main is not None and (is_main or comparability(main, one).agrees)
    area = one.stated_area_km2
    weight = 600 if is_main else 400
    yield svg.label(
        EDGE + 16, y + 4, str(number), text_anchor="end", font_size=11, font_weight=weight
    )
    date = words.date(one.as_of, one.as_of_precision)
    yield svg.label(EDGE + 24, y + 4, date, font_size=11, font_weight=weight)
    if not area.is_exact:
        yield svg.whisker(scale, area.low, area.high, y, stroke=STATED)
    yield svg.shape(
        "circle",
        f"{one.title}: {words.interval(area, 'km2')}",
        cx=scale(area.best),
        cy=y,
        r=4.5 if is_main else 3.5,
        fill=STATED if alike else "Canvas",
        stroke=STATED,
        stroke_width=1.5,
    )
