"""The world map: every border by the least area that a dataset can tell from nothing there."""

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

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

SIMPLIFIED_DEGREES = 0.05
"""Land is drawn with less detail than this; lines of borders are not simplified."""

SOUTH, NORTH = -57.0, 84.0
"""Latitudes between which borders are drawn; south of it there are none [degrees]."""

WIDTH_IN, HEIGHT_IN, DOTS_AN_INCH = 14.0, 7.2, 150
LAND, PAPER, INK = "#ece8de", "#ffffff", "#1e1f22"


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

    dataset = dataset_of(question)
    figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), facecolor=PAPER)
    axes = figure.add_axes((0.01, 0.06, 0.98, 0.86))
    axes.set_axis_off()
    axes.set_aspect("equal")
    _draw_land(axes, dataset)
    _draw_borders(axes, answers)
    (_, south), (_, north) = _projected(shapely.LineString([(0, SOUTH), (0, NORTH)]))
    axes.set_ylim(south, north)
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


def _draw_land(axes: "Axes", dataset: BoundaryDataset) -> None:
    from matplotlib.collections import PolyCollection

    entries = [entry for entry in dataset.entries if entry.level == "province"]
    shapes = shapely.simplify(dataset.read(entries), SIMPLIFIED_DEGREES)
    rings = shapely.get_exterior_ring(shapely.get_parts(shapes))
    drawn = [_projected(ring) for ring in rings if not shapely.is_empty(ring)]
    axes.add_collection(PolyCollection(drawn, facecolor=LAND, edgecolor=LAND, linewidth=0.4))
    axes.autoscale_view()


def _draw_borders(axes: "Axes", answers: Sequence[PairAnswer]) -> None:
    from matplotlib.collections import LineCollection

    low = 0.0
    for high, colour, width in CLASSES:
        lines = [
            _projected(part)
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


def _projected(line: BaseGeometry) -> NDArray[np.float64]:
    import pyproj

    lon, lat = shapely.get_coordinates(line).T
    return np.column_stack(pyproj.Proj(proj="eqearth")(lon, lat))


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
