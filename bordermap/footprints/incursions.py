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

    def areas_km2(self) -> NDArray[np.float64]:
        """
        Return the area of each by province [km²], shape (draws, provinces).

        Notes
        -----
        The front is measured in `SLICES` slices, each as deep as the profile is on average over
        it; how much of what the border sweeps is land is read from the table of the nearest
        column. Where all of it is, the area is fill × front × depth to rounding.
        """
        km2: NDArray[np.float64] = self._way_m.sum(axis=1) * self.front_m[:, None] / SLICES / 1e6
        return km2

    def samples(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """
        Return points that cover each incursion evenly, and the area each stands for.

        Returns
        -------
        Points of shape (2, draws, points) in the frame [m], and areas of shape
        (draws, points, provinces) [km²], which add up to `areas_km2`.
        """
        middle = slice(SLICES_A_SAMPLE // 2, None, SLICES_A_SAMPLE)
        along, deep = self._along_m[:, middle], self._deep_m[:, middle]
        inward = self._inward_m(along, deep)
        points = np.stack(np.broadcast_arrays(along[..., None], inward))
        draws, samples = len(along), along.shape[1] * ROWS
        way = sum(self._way_m[:, first::SLICES_A_SAMPLE] for first in range(SLICES_A_SAMPLE))
        areas = way * (self.front_m[:, None, None] / (ROWS * SLICES * 1e6))
        return points.reshape(2, draws, samples), np.repeat(areas, ROWS, axis=1)

    def bounds(self) -> NDArray[np.float64]:
        """Return the box that holds each in the frame, along and inward, shape (2, 2, draws)."""
        half_m, starts_m = self.front_m / 2, self.frame.starts_m
        # The border may lie a step lower or higher beside the columns it was measured at.
        low_m, high_m = np.nanmin(starts_m) - STEP_M, np.nanmax(starts_m) + STEP_M
        along = (self.shift_m - half_m, self.shift_m + half_m)
        return np.stack((along, (np.full_like(half_m, low_m), high_m + self.depth_m)))

    def of_draws(self, draws: NDArray[np.intp]) -> "Incursions":
        """Return the incursions of some of the draws, by their numbers."""
        if len(draws) == len(self.front_m):
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
        swept = np.zeros(len(draw), dtype=np.bool_)
        for start_m in self.frame.starts_m:
            way_m = inward_m - start_m[column]
            swept |= (way_m >= 0) & (way_m <= deep_m)
        inside = np.zeros(before.shape, dtype=np.bool_)
        inside[before] = swept
        return inside

    def _inward_m(
        self, along_m: NDArray[np.float64], deep_m: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return `ROWS` points a slice that divide evenly what the border sweeps there [m]."""
        starts_m = self.frame.starts_m[:, self.frame.column(along_m)]
        nexts_m = np.concatenate((starts_m[1:], np.full_like(starts_m[:1], np.nan)))
        swept_m = np.nan_to_num(np.fmin(deep_m, nexts_m - starts_m) + 0 * starts_m)
        rest = swept_m.sum(axis=0)[..., None] * (np.arange(ROWS) + 0.5) / ROWS
        inward = np.zeros(rest.shape)
        for start_m, way_m in zip(starts_m[..., None], swept_m[..., None], strict=True):
            np.copyto(inward, start_m + rest, where=(rest >= 0) & (rest < way_m))
            rest -= way_m
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
        """How much of what is swept in each slice is land, shape (draws, SLICES, provinces) [m]."""
        column, steps = self.frame.column(self._along_m), self._deep_m / STEP_M
        depths = len(self.frame.depths_m)
        below = np.clip(steps.astype(np.intp), 0, depths - 2)
        rest = steps - below
        entry = column * depths + below
        ways = [
            table.take(entry) * (1 - rest) + table.take(entry + 1) * rest
            for table in self.frame.reached
        ]
        return np.stack(ways, axis=-1)
