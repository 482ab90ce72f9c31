"""Drawings as inline SVG: styled by attributes, so that they need no style sheet and no script."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from bordermap.writing.inert import inert

FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Armenian', sans-serif"

LETTER = 0.55
"""Mean width of a letter as a share of the font size; labels are placed by it."""

Attribute = str | float | int
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """
    From values to pixels, along a straight line.

    Parameters
    ----------
    low, high
        First and last value.
    start, end
        Where they are [px].
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where a value is [px]."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self, about: int = 6) -> list[float]:
        """Return round values, about so many."""
        step = round_step((self.high - self.low) / about)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [number * step for number in range(first, last + 1)]


def round_step(width: float) -> float:
    """
    Return the least round number that is not below a width.

    Examples
    --------
    >>> round_step(37), round_step(0.021)
    (50.0, 0.025)
    """
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in _STEPS if step * power >= width * (1 - 1e-9))


def drawing(*parts: Markup, width: float, height: float, said: str) -> Markup:
    """
    Return a drawing that grows and shrinks with the page.

    Parameters
    ----------
    parts
        What is on it, the lowest first.
    width, height
        Size [px] at which text has its own size.
    said
        What it shows, in words.
    """
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {} {}" width="{}"'
        ' font-family="{}" font-size="12" fill="none" aria-label="{}">{}</svg>'
    ).format(px(width), px(height), px(width), FONT, inert(said), Markup().join(parts))


def px(value: float) -> str:
    """
    Return a coordinate to a tenth of a pixel.

    Examples
    --------
    >>> px(3.04), px(-0.01), px(12.25)
    ('3', '0', '12.2')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def shape(name: str, title: str = "", /, **attributes: Attribute) -> Markup:
    """
    Return one element; an underscore in an attribute's name stands for a hyphen.

    Parameters
    ----------
    name
        ``rect``, ``line``, ``circle`` or ``path``.
    title
        Words shown where a pointer rests on it.
    attributes
        Its attributes; numbers are coordinates.
    """
    inside = Markup("<title>{}</title>").format(inert(title)) if title else Markup()
    return Markup("<{0}{1}>{2}</{0}>").format(name, _written(attributes), inside)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Attribute) -> Markup:
    """Return a straight line."""
    given: dict[str, Attribute] = {"stroke": "currentColor"}
    return shape("line", x1=x1, y1=y1, x2=x2, y2=y2, **(given | attributes))


def label(x: float, y: float, text: str, **attributes: Attribute) -> Markup:
    """Return text whose base line begins at a point, unless `text_anchor` says otherwise."""
    given: dict[str, Attribute] = {"x": x, "y": y, "fill": "currentColor"}
    return Markup("<text{}>{}</text>").format(_written(given | attributes), inert(text))


def group(parts: Iterable[Markup], **attributes: Attribute) -> Markup:
    """Return elements that share attributes."""
    return Markup("<g{}>{}</g>").format(_written(attributes), Markup().join(parts))


def whisker(
    scale: Scale, low: float | None, high: float | None, y: float, **attributes: Attribute
) -> Markup:
    """
    Return an interval as a line with a stop at each end; an open end has an arrow to the edge.

    Parameters
    ----------
    scale
        Where values are.
    low, high
        The ends; None for an open one.
    y
        Where the line is [px].
    """
    left = scale.start if low is None else scale(low)
    right = scale.end if high is None else scale(high)
    parts = [f"M{px(left)} {px(y)}H{px(right)}"]
    parts.append(
        f"M{px(left)} {px(y - 4)}v8" if low is not None else f"M{px(left + 5)} {px(y - 4)}l-5 4l5 4"
    )
    parts.append(
        f"M{px(right)} {px(y - 4)}v8"
        if high is not None
        else f"M{px(right - 5)} {px(y - 4)}l5 4l-5 4"
    )
    given: dict[str, Attribute] = {"stroke": "currentColor", "stroke_width": 1.4}
    return shape("path", d="".join(parts), **(given | attributes))


def axis(
    scale: Scale, y: float, *, top: float, names: Iterable[tuple[float, str]], unit: str
) -> Markup:
    """
    Return a horizontal axis with its numbers and faint lines upwards.

    Parameters
    ----------
    scale
        Where values are.
    y, top
        Where the axis is, and up to where its lines go [px].
    names
        Values to mark, and how they are written.
    unit
        What the numbers are.
    """
    marks = [line(scale.start, y, scale.end, y, stroke_opacity=0.6)]
    for value, name in names:
        x = scale(value)
        marks.append(line(x, top, x, y, stroke_opacity=0.12))
        marks.append(label(x, y + 15, name, text_anchor="middle", fill_opacity=0.75, font_size=11))
    marks.append(label(scale.end, y + 30, unit, text_anchor="end", fill_opacity=0.75, font_size=11))
    return group(marks)


def shortened(text: str, width: float, *, size: float = 12) -> str:
    """Return text that fits a width [px], with … where it was longer."""
    most = max(1, int(width / (LETTER * size)))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _written(attributes: dict[str, Attribute]) -> Markup:
    return Markup().join(
        Markup(' {}="{}"').format(
            name.replace("_", "-"), value if isinstance(value, str) else escape(_number(value))
        )
        for name, value in attributes.items()
    )


def _number(value: float) -> str:
    return px(value) if abs(value) >= 1 else f"{value:.3g}"
