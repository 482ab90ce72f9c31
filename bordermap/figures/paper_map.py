"""A map for a paper: matplotlib, with lakes, rivers, scale bar and attribution."""

from itertools import cycle
from typing import TYPE_CHECKING, Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from bordermap.assessment import Assessment
from bordermap.datasets import load_basemap
from bordermap.estimates import Estimate
from bordermap.figures.locator import scale_bar, shaded
from bordermap.figures.names import SITE_SIZE, names_of
from bordermap.figures.palette import MODELLED
from bordermap.figures.view import WIDTH, View
from bordermap.writing.inert import inert
from bordermap.writing.words import Words, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CM_AN_INCH = 2.54
POINTS_AN_INCH = 72.0
INK, PAPER, WATER = "#1e1f22", "#ffffff", "#cddfe6"
NEIGHBOUR, CLAIMED, PROVINCE = "#f1efe9", "#e4e0d6", "#faf8f2"
STYLES = ("solid", "dashed", "dotted", "dashdot")
FOOT = 0.09
"""Share of the height that the attribution takes."""


def static_map(
    assessment: Assessment,
    *,
    scenario: str | None = None,
    language: str = "en",
    width_cm: float = 16.0,
) -> "Figure":
    """
    Return a map of the provinces, the border and a scenario's land as a matplotlib figure.

    Parameters
    ----------
    assessment
        What it shows.
    scenario
        Id of the scenario whose land is drawn, every number at its best; None for the first that
        has places.
    language
        ISO 639-1 code of the names and the fixed text.
    width_cm
        Width of the figure [cm].

    Raises
    ------
    KeyError
        If the case has no scenario of that id.
    ImportError
        If matplotlib is missing; ``pip install bordermap[figures]`` brings it.

    Notes
    -----
    In Lambert's azimuthal equal-area projection about the middle of the provinces. A file is the
    same every time if its date is left out: ``figure.savefig("map.svg", metadata={"Date": None})``
    with ``matplotlib.rcParams["svg.hashsalt"]`` set.
    """
    from matplotlib.figure import Figure

    say = words(language)
    case = assessment.case
    view = View.of([one.polygon for one in case.provinces])
    shown = _shown(assessment, scenario)
    width = width_cm / CM_AN_INCH
    height = width * view.height / WIDTH
    figure = Figure(figsize=(width, height / (1 - FOOT)), facecolor=PAPER)
    axes = figure.add_axes((0, FOOT, 1, 1 - FOOT))
    axes.set(xlim=(0, WIDTH), ylim=(view.height, 0), xticks=[], yticks=[], facecolor=PAPER)
    points_a_px = width * POINTS_AN_INCH / WIDTH
    waters = _draw_land(axes, assessment, view)
    _draw_estimate(axes, shown, view)
    _draw_border(axes, assessment, view, say, points_a_px)
    _draw_scale(axes, view, say, points_a_px)
    _draw_names(axes, assessment, view, say, points_a_px)
    lines = [say("model.note") if shown else "", case.dataset.attribution, waters]
    figure.text(
        0.01,
        0.012,
        _plain(" · ".join(filter(None, lines))),
        fontsize=8.5 * points_a_px,
        color=INK,
        wrap=True,
    )
    return figure


def _shown(assessment: Assessment, scenario: str | None) -> Estimate | None:
    if scenario is None:
        return shaded(assessment)
    return {one.scenario.id: one for one in assessment.estimates}[scenario]


def _draw_land(axes: "Axes", assessment: Assessment, view: View) -> str:
    """Draw countries, provinces and waters, and return the attribution of the waters."""
    case = assessment.case
    _fill(axes, case.neighbour.polygon, view, facecolor=NEIGHBOUR, linewidth=0)
    _fill(axes, case.country.polygon, view, facecolor=CLAIMED, linewidth=0)
    for province in case.provinces:
        style: dict[str, Any] = {"facecolor": PROVINCE, "edgecolor": "#8a857a", "linewidth": 0.6}
        _fill(axes, province.polygon, view, **style)
    basemap = load_basemap(view.box)
    for lake in basemap.lakes:
        _fill(axes, lake.shape, view, facecolor=WATER, edgecolor="#9cbcc9", linewidth=0.5)
    for river in basemap.rivers:
        _stroke(axes, river.shape, view, color="#9cbcc9", linewidth=0.7)
    return basemap.attribution if basemap.lakes or basemap.rivers else ""


def _draw_estimate(axes: "Axes", estimate: Estimate | None, view: View) -> None:
    for one in estimate.footprints if estimate else ():
        for polygon in one.polygons["best"].values():
            style: dict[str, Any] = {"facecolor": MODELLED, "alpha": 0.55, "linewidth": 0.6}
            _fill(axes, polygon, view, **style)


def _draw_border(
    axes: "Axes", assessment: Assessment, view: View, say: Words, points_a_px: float
) -> None:
    """Draw the shared border, a pattern for each section, and a legend of the patterns."""
    borders = assessment.case.borders
    y = view.height - 12 - 16 * len(borders.sections)
    for style, section in zip(cycle(STYLES), borders.sections, strict=False):
        look: dict[str, Any] = {"color": INK, "linestyle": style, "linewidth": 2 * points_a_px}
        for one in borders.lines:
            if one.section == section:
                _stroke(axes, one.line, view, **look)
        axes.plot([12, 42], [y - 4, y - 4], **look)
        _say(axes, 48, y, say.named("section", section), SITE_SIZE * points_a_px)
        y += 16


def _draw_scale(axes: "Axes", view: View, say: Words, points_a_px: float) -> None:
    km, width = scale_bar(view)
    y = view.height - 10
    axes.plot([12, 12, 12 + width, 12 + width], [y - 4, y, y, y - 4], color=INK, linewidth=1)
    text = say("data.scale", km=say.notation.exact(km))
    _say(axes, 18 + width, y, text, SITE_SIZE * points_a_px)


def _draw_names(
    axes: "Axes", assessment: Assessment, view: View, say: Words, points_a_px: float
) -> None:
    for site in assessment.case.sites:
        if view.holds(site.point):
            axes.plot(*view.point(site.point), marker="o", markersize=3.2 * points_a_px, color=INK)
    for name in names_of(assessment, say, view):
        faint = 1.0 if name.size == SITE_SIZE else 0.6
        _say(axes, name.x, name.y, name.text, name.size * points_a_px, alpha=faint)


def _fill(axes: "Axes", geometry: BaseGeometry, view: View, **style: Any) -> None:  # noqa: ANN401
    """Draw a geometry's polygons, holes left out."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    runs = view.runs(geometry)
    if not runs:
        return
    codes = [np.array([Path.MOVETO, *[Path.LINETO] * (len(run) - 1)]) for run in runs]
    axes.add_patch(PathPatch(Path(np.concatenate(runs), np.concatenate(codes)), **style))


def _stroke(axes: "Axes", geometry: BaseGeometry, view: View, **style: Any) -> None:  # noqa: ANN401
    for run in view.runs(geometry):
        axes.plot(run[:, 0], run[:, 1], **style)


def _say(  # noqa: PLR0913  (where, what, and how large)
    axes: "Axes", x: float, y: float, text: str, size: float, *, alpha: float = 1.0
) -> None:
    """Write text that stands out from what is under it."""
    from matplotlib.patheffects import withStroke

    halo = withStroke(linewidth=2, foreground=PAPER, alpha=0.8)
    written = axes.text(x, y, _plain(text), fontsize=size, color=INK, alpha=alpha)
    written.set_path_effects([halo])


def _plain(text: str) -> str:
    """Return text in which matplotlib finds no formula."""
    return inert(text).replace("$", r"\$")
