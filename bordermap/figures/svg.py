"""Drawings as inline SVG: styled by attributes, so that they need no style sheet and no script."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from bordermap.writing.inert import inert

FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Armenian', sans-serif"

LETTER = 0.55
"""Mean width of a letter as a share of the font size; labels are placed by it."""

Attribute = str | float | int
Part = str
"""Markup of one element or several, in which every text is escaped."""

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


def drawing(*parts: Part, width: float, height: float, said: str) -> Markup:
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
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {px(width)} {px(height)}"'
        f' width="{px(width)}" font-family="{escape(FONT)}" font-size="12" fill="none"'
        f' aria-label="{escape(inert(said))}">'
    )
    return Markup(f"{opened}{''.join(parts)}</svg>")  # noqa: S704  (every part escapes its text)


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


def shape(name: str, title: str = "", /, **attributes: Attribute) -> Part:
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
    inside = f"<title>{escape(inert(title))}</title>" if title else ""
    return f"<{name}{_written(attributes)}>{inside}</{name}>"


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Attribute) -> Part:
    """Return a straight line."""
    given: dict[str, Attribute] = {"stroke": "currentColor"}
    return shape("line", x1=x1, y1=y1, x2=x2, y2=y2, **(given | attributes))


def label(x: float, y: float, text: str, **attributes: Attribute) -> Part:
    """Return text whose base line begins at a point, unless `text_anchor` says otherwise."""
    given: dict[str, Attribute] = {"x": x, "y": y, "fill": "currentColor"}
    return f"<text{_written(given | attributes)}>{escape(inert(text))}</text>"


def group(parts: Iterable[Part], **attributes: Attribute) -> Part:
    """Return elements that share attributes."""
    return f"<g{_written(attributes)}>{''.join(parts)}</g>"


def whisker(
    scale: Scale, low: float | None, high: float | None, y: float, **attributes: Attribute
) -> Part:
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
) -> Part:
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


def _written(attributes: Mapping[str, Attribute]) -> str:
    texts = {
        name: value if isinstance(value, str) else _number(value)
        for name, value in attributes.items()
    }
    return "".join([f' {name.replace("_", "-")}="{escape(text)}"' for name, text in texts.items()])


def _number(value: float) -> str:
    return px(value) if abs(value) >= 1 else f"{value:.3g}"
