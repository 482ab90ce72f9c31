"""The world map: every border by the least area that a dataset can tell from nothing there."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.countries import country_name
from bordermap.datasets import BoundaryDataset
from bordermap.errors import DataError
from bordermap.sweep.answers import PairAnswer, Question, dataset_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PICTURES = (".svg", ".png")
"""Suffixes of maps that can be written."""

CLASSES: Sequence[tuple[float, str, float]] = (
    (300, "#0b3c5d", 2.2),
    (1_000, "#2a6f97", 1.7),
    (3_000, "#619b8a", 1.3),
    (10_000, "#d99a4e", 1.1),
    (np.inf, "#a44a3f", 0.9),
)
"""Upper end of the least area that can be told [km²], colour and width of the line: the finer a
border is known for its length, the darker and wider."""

SIMPLIFIED_SHARE = 7_000
"""Land is drawn with less detail than this share of the view's width; borders are not."""

NEAR_SHARE = 0.4
"""A view narrower than this share of the world is shown as near as it can be."""

MARGIN, LEAST_DEGREES = 0.15, 1.5
"""What is shown round the borders of such a view: a share of its size, and at least this much."""

SOUTH, NORTH = -57.0, 84.0
"""Latitudes between which borders are drawn; south of it there are none [degrees]."""

WIDTH_IN, HEIGHT_IN, DOTS_AN_INCH = 14.0, 7.2, 150
AXES_WIDE, AXES_HIGH = 0.98, 0.855
PAPER_SHAPE = (WIDTH_IN * AXES_WIDE) / (HEIGHT_IN * AXES_HIGH)
LAND, PAPER, INK, PROVINCE_EDGE = "#ece8de", "#ffffff", "#1e1f22", "#d3ccbb"

STRAIGHT_DEGREES = 0.5
"""Longest edge of land that is drawn straight."""


def world_map(answers: Sequence[PairAnswer], question: Question, *, kind: str) -> bytes:
    """
    Return a picture of the borders that were measured.

    Parameters
    ----------
    answers
        What was found.
    question
        What was asked.
    kind
        ``svg`` or ``png``.

    Raises
    ------
    DataError
        If matplotlib is missing.

    Notes
    -----
    In the Equal Earth projection (B. Šavrič, T. Patterson and B. Jenny, Int. J. Geographical
    Information Science 33, 2019), in which areas keep their proportions.
    """
    if find_spec("matplotlib") is None:
        raise DataError(
            "a map of the world needs matplotlib; install it with pip install 'bordermap[figures]'"
        )
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    dataset, view = dataset_of(question), View.of(answers)
    figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), facecolor=PAPER)
    axes = figure.add_axes((0.01, 0.06, AXES_WIDE, AXES_HIGH))
    axes.set_axis_off()
    axes.set_aspect("equal")
    _draw_land(axes, dataset, view)
    _draw_borders(axes, answers, view)
    if view.is_near:
        _write_names(axes, dataset, answers, view)
    (west, south), (east, north) = view.corners()
    if view.is_near:
        west, east = _widened(west, east, (north - south) * PAPER_SHAPE)
        south, north = _widened(south, north, (east - west) / PAPER_SHAPE)
    axes.set(xlim=(west, east), ylim=(south, north))
    figure.text(
        0.02,
        0.955,
        "The least area that can be told from nothing along each border",
        fontsize=17,
        color=INK,
        weight="bold",
    )
    figure.text(0.02, 0.925, _subtitle(answers, question, dataset), fontsize=11, color=INK)
    figure.text(0.02, 0.02, _foot(dataset), fontsize=8.5, color=INK, wrap=True)
    picture = io.BytesIO()
    with rc_context({"svg.hashsalt": "bordermap", "svg.fonttype": "path"}):
        undated: Any = {"Date": None} if kind == "svg" else {}
        figure.savefig(picture, format=kind, dpi=DOTS_AN_INCH, metadata=undated)
    return picture.getvalue()


def _widened(low: float, high: float, least: float) -> tuple[float, float]:
    """Return ends that are at least so far apart, round the same middle."""
    more = max(0.0, (least - (high - low)) / 2)
    return low - more, high + more


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """
    What of the world is shown.

    Parameters
    ----------
    box
        West, south, east, north [degrees].
    is_near
        Whether it is a part of the world.
    """

    box: tuple[float, float, float, float]
    is_near: bool

    @classmethod
    def of(cls, answers: Sequence[PairAnswer]) -> Self:
        """Return the view of some borders: the world, unless they are close together."""
        lines = [line for one in answers for line in one.lines.values()]
        world = (-180.0, SOUTH, 180.0, NORTH)
        if not lines:
            return cls(box=world, is_near=False)
        west, south, east, north = shapely.total_bounds(lines).tolist()
        if east - west > NEAR_SHARE * 360:
            return cls(box=world, is_near=False)
        across = max((east - west) * MARGIN, LEAST_DEGREES)
        up = max((north - south) * MARGIN, LEAST_DEGREES)
        return cls(
            box=(west - across, max(south - up, -90.0), east + across, min(north + up, 90.0)),
            is_near=True,
        )

    @property
    def middle(self) -> float:
        """Longitude that is drawn straight upwards [degrees]."""
        return (self.box[0] + self.box[2]) / 2 if self.is_near else 0.0

    def projected(self, line: BaseGeometry) -> NDArray[np.float64]:
        """Return the points of a line in Equal Earth [m]."""
        import pyproj

        lon, lat = shapely.get_coordinates(line).T
        return np.column_stack(pyproj.Proj(proj="eqearth", lon_0=self.middle)(lon, lat))

    def corners(self) -> NDArray[np.float64]:
        """Return the least and the largest x and y of the view [m]."""
        edge = shapely.segmentize(shapely.box(*self.box).exterior, 1.0)
        points = self.projected(edge)
        return np.array([points.min(axis=0), points.max(axis=0)])

    def land(self) -> tuple[float, float, float, float]:
        """Return the box of the land that may be seen: the paper is wider than the view."""
        if not self.is_near:
            return (-180.0, -90.0, 180.0, 90.0)
        west, south, east, north = self.box
        across = max(east - west, 3 * (north - south))
        up = max(north - south, across)
        return (
            self.middle - across,
            max(south - up, -90),
            self.middle + across,
            min(north + up, 90),
        )


def _draw_land(axes: "Axes", dataset: BoundaryDataset, view: View) -> None:
    from matplotlib.collections import PolyCollection

    box = view.land()
    entries = [one for one in dataset.entries if one.level == "province" and one.meets(box)]
    cut = shapely.clip_by_rect(np.array(dataset.read(entries), dtype=object), *box)
    parts = shapely.get_parts(shapely.get_parts(cut))
    land = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    simple = shapely.simplify(land, (view.box[2] - view.box[0]) / SIMPLIFIED_SHARE)
    # a straight line of few points is bent by the projection, on both of its sides alike
    rings = shapely.segmentize(
        shapely.get_exterior_ring(shapely.get_parts(simple)), STRAIGHT_DEGREES
    )
    drawn = [view.projected(ring) for ring in rings if not shapely.is_empty(ring)]
    edge = PROVINCE_EDGE if view.is_near else LAND
    axes.add_collection(PolyCollection(drawn, facecolor=LAND, edgecolor=edge, linewidth=0.5))


def _write_names(
    axes: "Axes", dataset: BoundaryDataset, answers: Sequence[PairAnswer], view: View
) -> None:
    """Name the countries in a near view, each in the largest part of it that is seen."""
    from matplotlib.patheffects import withStroke

    codes = {code for one in answers for code in (one.pair.country, one.pair.neighbour)}
    for code in sorted(codes):
        seen = shapely.clip_by_rect(dataset.country(code).polygon, *view.box)
        parts = shapely.get_parts(seen)
        if not len(parts):
            continue
        largest = parts[np.argmax(shapely.area(parts))]
        # the place that is farthest from any edge
        middle = shapely.maximum_inscribed_circle(largest, tolerance=0.1)
        x, y = view.projected(middle)[0]
        halo = withStroke(linewidth=3, foreground=PAPER)
        axes.text(
            x, y, country_name(code), ha="center", fontsize=11, color=INK, path_effects=[halo]
        )


def _draw_borders(axes: "Axes", answers: Sequence[PairAnswer], view: View) -> None:
    from matplotlib.collections import LineCollection

    low = 0.0
    for high, colour, width in CLASSES:
        lines = [
            view.projected(part)
            for one in answers
            if low < one.least_km2 <= high
            for line in one.lines.values()
            for part in shapely.get_parts(line)
        ]
        name = f"over {low:,.0f} km²" if high == np.inf else f"{low:,.0f} to {high:,.0f} km²"
        axes.add_collection(
            LineCollection(lines, colors=colour, linewidths=width, label=name, capstyle="round")
        )
        low = high
    axes.legend(loc="lower left", frameon=False, fontsize=10, labelcolor=INK)


def _subtitle(answers: Sequence[PairAnswer], question: Question, dataset: BoundaryDataset) -> str:
    told = sum(one.resolvable for one in answers)
    return (
        f"{dataset.info.id} is good to {dataset.info.accuracy_m:,.0f} m; that times a border's"
        f" length. An area of {question.area_km2:,g} km² can be told at {told:,} of the"
        f" {len(answers):,} sides of borders measured."
    )


def _foot(dataset: BoundaryDataset) -> str:
    view = dataset.info.worldview.split(";", maxsplit=1)[0]
    return f"Boundaries: {dataset.info.title}; {view}. {dataset.info.attribution}"
