"""Incursions: a front times a depth, growing inward from the border at a place, many at once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bordermap.footprints.incursion_frame import STEP_M, IncursionFrame
from bordermap.footprints.profile import SLICES, mean_profile

SLICES_A_SAMPLE, ROWS = 4, 4
"""How an incursion is sampled for what it shares with others: slices taken together, and points
across them."""


@dataclass(frozen=True, kw_only=True)
class Incursions:
    """
    Many incursions at one place.

    Parameters
    ----------
    frame
        Where they start.
    front_m, depth_m
        Front and largest depth [m], each of shape (draws,).
    fill
        Area as a share of front × depth: 0.5 a triangle, 1 a rectangle.
    shift_m
        Move along the border [m].
    """

    frame: IncursionFrame
    front_m: NDArray[np.float64]
    depth_m: NDArray[np.float64]
    fill: NDArray[np.float64]
    shift_m: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.front_m)

    def areas_km2(self) -> NDArray[np.float64]:
        """
        Return the area of each by province [km²], shape (draws, provinces).

        Notes
        -----
        The front is measured in `SLICES` slices, each as deep as the profile is on average over
        it; how much of what the border sweeps is land is read from the table of the nearest
        column. Where all of it is, the area is fill × front × depth to rounding.
        """
        km2: NDArray[np.float64] = self._way_m.sum(axis=2) * self.front_m / SLICES / 1e6
        return km2.T

    def samples(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """
        Return points that cover each incursion evenly, and the area each stands for.

        Returns
        -------
        Points of shape (2, draws, points) in the frame [m], and areas of shape
        (provinces, draws, points) [km²], which add up to `areas_km2`.
        """
        middle = slice(SLICES_A_SAMPLE // 2, None, SLICES_A_SAMPLE)
        along, deep = self._along_m[:, middle], self._deep_m[:, middle]
        inward = self._inward_m(along, deep)
        points = np.stack(np.broadcast_arrays(along[..., None], inward))
        way = sum(self._way_m[..., first::SLICES_A_SAMPLE] for first in range(SLICES_A_SAMPLE))
        areas = way * (self.front_m[:, None] / (ROWS * SLICES * 1e6))
        return points.reshape(2, len(along), -1), np.repeat(areas, ROWS, axis=2)

    def bounds(self) -> NDArray[np.float64]:
        """Return the box that holds each in the frame, along and inward, shape (2, 2, draws)."""
        half_m, starts_m = self.front_m / 2, self.frame.starts_m
        # The border may lie a step lower or higher beside the columns it was measured at.
        low_m, high_m = np.nanmin(starts_m) - STEP_M, np.nanmax(starts_m) + STEP_M
        along = (self.shift_m - half_m, self.shift_m + half_m)
        return np.stack((along, (np.full_like(half_m, low_m), high_m + self.depth_m)))

    def of_draws(self, draws: NDArray[np.intp]) -> "Incursions":
        """Return the incursions of some of the draws, by their numbers."""
        if len(draws) == self.count:
            return self
        return Incursions(
            frame=self.frame,
            front_m=self.front_m[draws],
            depth_m=self.depth_m[draws],
            fill=self.fill[draws],
            shift_m=self.shift_m[draws],
        )

    def contains(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return whether points of the frame, shape (2, draws, points), lie in each incursion."""
        along_m, inward_m = points
        across = (along_m - self.shift_m[:, None]) / self.front_m[:, None] + 0.5
        before = (across >= 0) & (across <= 1)
        draw, _ = np.nonzero(before)
        along_m, inward_m = along_m[before], inward_m[before]
        number = np.minimum((across[before] * SLICES).astype(np.intp), SLICES - 1)
        deep_m, column = self._deep_m[draw, number], self.frame.column(along_m)
        first_m, *nexts_m = self.frame.starts_m
        way_m = inward_m - first_m[column]
        swept = (way_m >= 0) & (way_m <= deep_m)
        several = np.flatnonzero(self.frame.is_crossed_again[column])
        for start_m in nexts_m:
            way_m = inward_m[several] - start_m[column[several]]
            swept[several] |= (way_m >= 0) & (way_m <= deep_m[several])
        inside = np.zeros(before.shape, dtype=np.bool_)
        inside[before] = swept
        return inside

    def _inward_m(
        self, along_m: NDArray[np.float64], deep_m: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return `ROWS` points a slice that divide evenly what the border sweeps there [m]."""
        column, shares = self.frame.column(along_m), (np.arange(ROWS) + 0.5) / ROWS
        first_m = np.nan_to_num(self.frame.starts_m[0])[column]
        inward: NDArray[np.float64] = first_m[..., None] + deep_m[..., None] * shares
        several = self.frame.is_crossed_again[column]
        inward[several] = _swept_m(self.frame.starts_m[:, column[several]], deep_m[several], shares)
        return inward

    @cached_property
    def _along_m(self) -> NDArray[np.float64]:
        """The middle of each slice along the border, shape (draws, SLICES) [m]."""
        middles = (np.arange(SLICES) + 0.5) / SLICES - 0.5
        along: NDArray[np.float64] = self.shift_m[:, None] + self.front_m[:, None] * middles
        return along

    @cached_property
    def _deep_m(self) -> NDArray[np.float64]:
        """How far the border is moved inward over each slice, shape (draws, SLICES) [m]."""
        deep: NDArray[np.float64] = self.depth_m[:, None] * mean_profile(self.fill)
        return deep

    @cached_property
    def _way_m(self) -> NDArray[np.float64]:
        """How much of what is swept in each slice is land, shape (provinces, draws, SLICES) [m]."""
        tables = self.frame.reached
        depths = tables.shape[2]
        rest = self._deep_m / STEP_M
        below = np.minimum(rest.astype(np.intp), depths - 2)
        rest -= below
        below += self.frame.column(self._along_m) * depths
        ways = np.empty((len(tables), *rest.shape))
        for province, table in enumerate(tables.reshape(len(tables), -1)):
            before, after = table.take(below), table[1:].take(below)
            ways[province] = before + (after - before) * rest
        return ways


def _swept_m(
    starts_m: NDArray[np.float64], deep_m: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """
    Return where shares of what the border sweeps over some places are swept [m].

    Parameters
    ----------
    starts_m
        Where the border is crossed there, rising; NaN where less often; shape (crossings, n) [m].
    deep_m
        How far it is moved inward, shape (n,) [m].
    shares
        From 0 to 1, shape (shares,).

    Returns
    -------
    Shape (n, shares) [m].
    """
    # What a crossing sweeps beyond the next one, that one sweeps too.
    nexts_m = np.concatenate((starts_m[1:], np.full_like(starts_m[:1], np.nan)))
    swept_m = np.nan_to_num(np.fmin(deep_m, nexts_m - starts_m) + 0 * starts_m)
    rest = swept_m.sum(axis=0)[:, None] * shares
    inward = np.zeros(rest.shape)
    for start_m, way_m in zip(starts_m[..., None], swept_m[..., None], strict=True):
        np.copyto(inward, start_m + rest, where=(rest >= 0) & (rest < way_m))
        rest -= way_m
    return inward
