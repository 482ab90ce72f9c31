"""The union of drawn footprints: land that two of them share counts once."""

from collections.abc import Sequence
from typing import Protocol, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.projection import LocalProjection


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

    def areas_km2(self) -> NDArray[np.float64]:
        """Return the area of each by province [km²], shape (draws, provinces)."""

    def bounds(self) -> NDArray[np.float64]:
        """Return the box that holds each in the frame: x, y low and high, shape (2, 2, draws)."""

    def of_draws(self, draws: NDArray[np.intp]) -> Self:
        """Return the footprints of some of the draws, by their numbers."""

    def samples(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """
        Return points that cover each evenly, and the area each stands for [km²].

        Points of shape (2, draws, points), areas of shape (draws, points, provinces).
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
    number = {code: index for index, code in enumerate(provinces)}
    total: NDArray[np.float64] | None = None
    for one, near in zip(drawn, neighbours, strict=True):
        areas = _shared_out(one, [drawn[other] for other in near]) if near else one.areas_km2()
        if total is None:
            total = np.zeros((len(areas), len(provinces)))
        for column, code in enumerate(one.frame.provinces):
            total[:, number[code]] += areas[:, column]
    return np.zeros((0, len(provinces))) if total is None else total


def _shared_out(one: DrawnFootprints, others: Sequence[DrawnFootprints]) -> NDArray[np.float64]:
    """Return the area of each footprint, land it shares with others divided among them [km²]."""
    areas = one.areas_km2()
    meeting = [np.flatnonzero(_may_meet(one, other)) for other in others]
    draws = np.unique(np.concatenate(meeting))
    if not len(draws):
        return areas
    points, parts = one.of_draws(draws).samples()
    holders = np.ones(points.shape[1:])
    for other, met in zip(others, meeting, strict=True):
        row = np.searchsorted(draws, met)
        there = _carried(points[:, row], one.frame, other.frame)
        holders[row] += other.of_draws(met).contains(there)
    areas[draws] = np.einsum("dsp,ds->dp", parts, 1 / holders)
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
