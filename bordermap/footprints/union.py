"""The union of drawn footprints: land that two of them share counts once."""

from collections.abc import Sequence
from typing import Protocol, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.projection import LocalProjection

TOGETHER = 320
"""Draws that are measured together: their arrays are small enough for the processor to have them at
hand, and for the memory that they are given not to be handed back and asked for again each time."""


class Frame(Protocol):
    """Where drawn footprints are, with coordinates of its own [m]."""

    @property
    def projection(self) -> LocalProjection:
        """Local projection that the frame is turned and moved in."""

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces with land here."""

    @property
    def corners(self) -> NDArray[np.float64]:
        """Points of the frame between which all lies that may be drawn [m], shape (n, 2)."""

    def in_projection(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points of the frame in the projection [m]."""

    def in_frame(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points of the projection in the frame [m]."""


class DrawnFootprints(Protocol):
    """Many footprints at one place, one for each draw."""

    @property
    def frame(self) -> Frame:
        """Where they are."""

    @property
    def count(self) -> int:
        """How many there are."""

    def areas_km2(self) -> NDArray[np.float64]:
        """Return the area of each by province [km²], shape (draws, provinces)."""

    def bounds(self) -> NDArray[np.float64]:
        """Return the box that holds each in the frame: x, y low and high, shape (2, 2, draws)."""

    def of_draws(self, draws: NDArray[np.intp]) -> Self:
        """Return the footprints of some of the draws, by their numbers."""

    def samples(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """
        Return points that cover each evenly, and the area each stands for [km²].

        Points of shape (2, draws, points), areas of shape (provinces, draws, points).
        """

    def contains(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return whether points of the frame, shape (2, draws, points), lie in each footprint."""


def near_one_another(frames: Sequence[Frame]) -> list[list[int]]:
    """Return for each frame the numbers of those that may share land with it in some draw."""
    # Lines that are straight in metres are not quite so in degrees: ten metres more.
    reaches = [
        shapely.MultiPoint(
            frame.projection.unproject(frame.in_projection(frame.corners))
        ).convex_hull.buffer(1e-4, quad_segs=1)
        for frame in frames
    ]
    near = shapely.STRtree(reaches)
    return [
        sorted(int(other) for other in near.query(one, predicate="intersects") if other != number)
        for number, one in enumerate(reaches)
    ]


def union_areas_km2(
    drawn: Sequence[DrawnFootprints],
    *,
    neighbours: Sequence[Sequence[int]],
    provinces: Sequence[str],
) -> NDArray[np.float64]:
    """
    Return the area of the union of footprints by province [km²], shape (draws, provinces).

    Parameters
    ----------
    drawn
        Footprints, each drawn equally often.
    neighbours
        For each, the numbers of those it may share land with in some draw.
    provinces
        Codes of the provinces, in the order of the result.

    Notes
    -----
    A footprint that none comes near in a draw is measured whole. The others are measured at points
    that cover them evenly: a point in m footprints counts 1/m for each, so that shared land counts
    once in the sum, and a draw's area stays the sum of its provinces.
    """
    count = drawn[0].count if drawn else 0
    areas = [
        _union_together([one.of_draws(draws) for one in drawn], neighbours, provinces)
        for draws in np.split(np.arange(count), range(TOGETHER, count, TOGETHER))
    ]
    return np.concatenate(areas)


def _union_together(
    drawn: Sequence[DrawnFootprints],
    neighbours: Sequence[Sequence[int]],
    provinces: Sequence[str],
) -> NDArray[np.float64]:
    """Return the area of the union of footprints of some draws by province [km²]."""
    number = {code: index for index, code in enumerate(provinces)}
    total = np.zeros((drawn[0].count if drawn else 0, len(provinces)))
    for one, near in zip(drawn, neighbours, strict=True):
        areas = _shared_out(one, [drawn[other] for other in near])
        for column, code in enumerate(one.frame.provinces):
            total[:, number[code]] += areas[:, column]
    return total


def _shared_out(one: DrawnFootprints, others: Sequence[DrawnFootprints]) -> NDArray[np.float64]:
    """Return the area of each footprint, land it shares with others divided among them [km²]."""
    meeting = [_may_meet(one, other) for other in others]
    meets = np.any(meeting, axis=0) if others else np.zeros(one.count, dtype=np.bool_)
    areas = np.empty((one.count, len(one.frame.provinces)))
    apart, draws = np.flatnonzero(~meets), np.flatnonzero(meets)
    areas[apart] = one.of_draws(apart).areas_km2()
    if len(draws):
        areas[draws] = _divided(one.of_draws(draws), [other.of_draws(draws) for other in others])
    return areas


def _divided(one: DrawnFootprints, others: Sequence[DrawnFootprints]) -> NDArray[np.float64]:
    """Return the area of each footprint where each of its points is divided by who has it [km²]."""
    points, parts = one.samples()
    holders = np.ones(points.shape[1:])
    for other in others:
        holders += other.contains(_carried(points, one.frame, other.frame))
    areas: NDArray[np.float64] = np.einsum("pds,ds->dp", parts, 1 / holders)
    return areas


def _may_meet(one: DrawnFootprints, other: DrawnFootprints) -> NDArray[np.bool_]:
    """Return in which draws the boxes of two footprints meet, in the frame of the second."""
    x, y = one.bounds()
    box = np.stack((x[[0, 0, 1, 1]], y[[0, 1, 0, 1]]))
    corners = _carried(box, one.frame, other.frame)
    bounds = other.bounds()
    meet: NDArray[np.bool_] = (
        (corners.min(axis=1) <= bounds[:, 1]) & (corners.max(axis=1) >= bounds[:, 0])
    ).all(axis=0)
    return meet


def _carried(points: NDArray[np.float64], here: Frame, there: Frame) -> NDArray[np.float64]:
    """Return points of one frame, shape (2, …), in another near it [m]."""
    # Two local projections differ by an affine map to decimetres over tens of kilometres.
    reach_m = max(float(np.abs(points).max()), 1.0)
    corners = np.array([[0.0, 0.0], [reach_m, 0.0], [0.0, reach_m]])
    carried = there.in_frame(
        there.projection.project(here.projection.unproject(here.in_projection(corners)))
    )
    turn = (carried[1:] - carried[0]) / reach_m
    x, y = points
    return np.stack([x * turn[0, k] + y * turn[1, k] + carried[0, k] for k in (0, 1)])
