"""A series as a drawing: the area day by day, and below it what was gained and lost."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bordermap.figures import svg
from bordermap.figures.palette import DIFFER, MODELLED, STATED
from bordermap.series.periods import Period
from bordermap.series.steps import Step

CHART = ".svg"
"""The suffix of a chart."""

WIDTH, HEIGHT = 720.0, 420.0
LEFT, RIGHT = 70.0, 14.0
AREA_TOP, AREA_FOOT, CHANGE_TOP, CHANGE_FOOT = 24.0, 230.0, 266.0, 376.0
NARROWEST_PX, WIDEST_PX = 0.6, 14.0
DAY_S = 86_400.0


def chart(rows: Sequence[Step | Period]) -> str:
    """
    Return a chart of a series as SVG.

    Parameters
    ----------
    rows
        Steps, or periods, oldest first; at least one.

    Notes
    -----
    The line of the area is broken where days are missing between two outlines.
    """
    first, last = _second(rows[0]), _second(rows[-1])
    across = svg.Scale(
        low=first, high=max(last, first + DAY_S), start=LEFT + 8, end=WIDTH - RIGHT - 8
    )
    most = max((max(one.gained_km2 or 0, one.lost_km2 or 0) for one in rows), default=0) or 1.0
    areas = [one.area_km2 for one in rows]
    room = max((max(areas) - min(areas)) * 0.06, max(areas) * 1e-3, 1e-6)
    up = svg.Scale(
        low=max(0.0, min(areas) - room), high=max(areas) + room, start=AREA_FOOT, end=AREA_TOP
    )
    change = svg.Scale(low=-most, high=most, start=CHANGE_FOOT, end=CHANGE_TOP)
    said = (
        f"Area of {len(rows):,} outlines, {_day(first)} to {_day(last)}:"
        f" {areas[0]:,.1f} km² to {areas[-1]:,.1f} km²"
    )
    drawn = svg.drawing(
        *_levels(up, "area [km²]", 5),
        *_levels(change, "gained (up) and lost (down) [km²]", 4),
        _days(across),
        *_bars(rows, across, change),
        *_runs(rows, across, up),
        width=WIDTH,
        height=HEIGHT,
        said=said,
    )
    return f"{drawn}\n"


def _second(one: Step | Period) -> float:
    return (one.instant if isinstance(one, Step) else one.last).moment.timestamp()


def _day(second: float) -> str:
    return datetime.fromtimestamp(second, UTC).date().isoformat()


def _levels(scale: svg.Scale, name: str, about: int) -> Iterator[svg.Part]:
    """Yield faint lines at round values, their numbers, and what they are."""
    yield svg.label(LEFT, scale.end - 8, name, font_size=11, fill_opacity=0.75)
    for value in scale.ticks(about):
        y = scale(value)
        yield svg.line(LEFT, y, WIDTH - RIGHT, y, stroke_opacity=0.12 if value else 0.6)
        yield svg.label(
            LEFT - 6, y + 4, f"{value:,.6g}", text_anchor="end", font_size=11, fill_opacity=0.75
        )


def _days(across: svg.Scale) -> svg.Part:
    """Return the axis of time, its days at whole ones."""
    days = svg.Scale(
        low=across.low / DAY_S, high=across.high / DAY_S, start=across.start, end=across.end
    )
    step = max(1, round((days.high - days.low) / 6))
    count = int((days.high - days.low) // step) + 1
    marked = [across.low + number * step * DAY_S for number in range(count)]
    names = [(second, _day(second)) for second in marked]
    return svg.axis(across, CHANGE_FOOT + 6, top=AREA_TOP, names=names, unit="day (UTC)")


def _bars(
    rows: Sequence[Step | Period], across: svg.Scale, change: svg.Scale
) -> Iterator[svg.Part]:
    room = (across.end - across.start) / max(len(rows), 1) * 0.7
    width = min(max(room, NARROWEST_PX), WIDEST_PX)
    for one in rows:
        left = across(_second(one)) - width / 2
        for km2, hue, said in (
            (one.gained_km2 or 0.0, STATED, "gained"),
            (-(one.lost_km2 or 0.0), MODELLED, "lost"),
        ):
            if km2:
                title = f"{_day(_second(one))}: {said} {abs(km2):,.3f} km²"
                top, foot = sorted((change(km2), change(0.0)))
                yield svg.shape(
                    "rect", title, x=left, y=top, width=width, height=foot - top, fill=hue
                )


def _runs(rows: Sequence[Step | Period], across: svg.Scale, up: svg.Scale) -> Iterator[svg.Part]:
    """Yield the line of the area, a piece for each run of days without a gap."""
    pieces: list[str] = []
    for number, one in enumerate(rows):
        breaks = number == 0 or (isinstance(one, Step) and one.missing is not None)
        x, y = across(_second(one)), up(one.area_km2)
        pieces.append(f"{'M' if breaks else 'L'}{svg.px(x)} {svg.px(y)}")
        if breaks:  # a lone outline has a mark too
            yield svg.shape("circle", cx=x, cy=y, r=1.6, fill=DIFFER)
    yield svg.shape("path", d="".join(pieces), stroke=DIFFER, stroke_width=1.5)
