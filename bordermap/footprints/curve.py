"""The curve of a strip: its area at every depth up to a limit, tabulated once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bordermap.boundaries import Borders
from bordermap.errors import GeometryError
from bordermap.footprints.strip import Strip, strip

FIRST_M = 10.0
"""Smallest depth that is tabulated besides 0 [m]; the curve is straight before it."""

TOLERANCE = 5e-4
"""Largest difference between curve and strip, as a share of the area."""

MOST_NODES = 200

DEPTH_ERROR_M = 1e-6
"""Largest error of a depth that is read from the curve [m]."""

TRIED_TOGETHER = 513
"""Depths that are looked at together when one is sought."""


@dataclass(frozen=True, kw_only=True)
class StripCurve:
    """
    Area of a strip by depth: a cubic between nodes that have its value and its slope.

    Parameters
    ----------
    provinces
        Codes, in the order of the columns.
    depths_m
        Nodes, rising from 0 [m], shape (n,).
    areas_km2
        Area at each node by province [km²], shape (n, provinces).
    slopes_km2_per_m
        Its derivative by depth [km²/m], shape (n, provinces).
    worst
        Largest difference seen between the curve and a strip that was measured to check it, as
        a share of the area.
    """

    provinces: tuple[str, ...]
    depths_m: NDArray[np.float64]
    areas_km2: NDArray[np.float64]
    slopes_km2_per_m: NDArray[np.float64]
    worst: float

    @classmethod
    def of(cls, borders: Borders, *, deepest_m: float, tolerance: float = TOLERANCE) -> Self:
        """
        Return the curve of a border's strip from 0 to a depth.

        Parameters
        ----------
        borders
            The lines, and the provinces whose land counts.
        deepest_m
            Where the curve ends [m].
        tolerance
            Largest difference between curve and strip, as a share of the area.

        Notes
        -----
        Cubic Hermite interpolation of value and slope (the slope is the inner edge's length).
        The middle of each piece is measured: where the curve is off by more than `tolerance`
        there, the piece is halved and each half is checked in turn. So it is where the slope is
        off by so much that it would make that difference over half of the piece: a value
        alone can be right by chance where the curve crosses the strip, and a slope that is off by
        d in the middle of a piece makes at most 2/27 of d times its width in either half. Every
        measured depth becomes a node.
        """
        if not deepest_m > FIRST_M:
            raise GeometryError(f"a curve goes deeper than {FIRST_M:g} m, not to {deepest_m:g} m")
        lengths = borders.length_km_by_province()
        zero = Strip(depth_m=0, by_province=dict.fromkeys(lengths, 0.0), inner_edge_km=lengths)
        known = {0.0: zero, FIRST_M: strip(borders, FIRST_M)}
        known[deepest_m] = strip(borders, deepest_m)
        worst, open_pieces = 0.0, [(FIRST_M, deepest_m)]
        while open_pieces:
            low_m, high_m = open_pieces.pop()
            middle_m = float(np.sqrt(low_m * high_m))
            here = known[middle_m] = strip(borders, middle_m)
            guess_km2, slope = _cubic(known[low_m], known[high_m], middle_m)
            off = abs(guess_km2 / here.area_km2 - 1)
            half_m = (high_m - low_m) / 2
            drift = abs(slope - here.darea_ddepth_km2_per_m) * half_m / here.area_km2
            if max(off, drift) > tolerance and len(known) < MOST_NODES:
                open_pieces += [(low_m, middle_m), (middle_m, high_m)]
            else:
                worst = max(worst, off)
        nodes = [known[depth_m] for depth_m in sorted(known)]
        return cls(
            provinces=tuple(lengths),
            depths_m=np.array([node.depth_m for node in nodes]),
            areas_km2=np.array([list(node.by_province.values()) for node in nodes]),
            slopes_km2_per_m=np.array([list(node.inner_edge_km.values()) for node in nodes]) / 1e3,
            worst=worst,
        )

    @classmethod
    def sum_of(cls, curves: Sequence[Self]) -> Self:
        """
        Return the curve of strips together, of which no two have land in common.

        Parameters
        ----------
        curves
            At least one; of the same provinces and to the same depth.

        Notes
        -----
        Every node of each is one of the sum, which so is their sum at each depth; nor is it
        farther off than the worst of them.
        """
        depths_m = np.unique(np.concatenate([curve.depths_m for curve in curves]))
        return cls(
            provinces=curves[0].provinces,
            depths_m=depths_m,
            areas_km2=np.sum([curve.areas_at(depths_m) for curve in curves], axis=0),
            slopes_km2_per_m=np.sum([curve.slopes_at(depths_m) for curve in curves], axis=0),
            worst=max(curve.worst for curve in curves),
        )

    @property
    def deepest_m(self) -> float:
        """Where the curve ends [m]."""
        return float(self.depths_m[-1])

    def at(self, depth_m: float) -> dict[str, float]:
        """
        Return the strip's area by province at a depth [km²].

        Raises
        ------
        GeometryError
            If the depth is beyond the curve.
        """
        areas = self.areas_at(np.array([depth_m]))[0]
        return dict(zip(self.provinces, areas.tolist(), strict=True))

    def areas_at(self, depths_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Return the strip's area at many depths, shape (len(depths_m), provinces) [km²].

        Raises
        ------
        GeometryError
            If a depth is beyond the curve.
        """
        return hermite(depths_m[:, None], *self._pieces(depths_m))

    def slopes_at(self, depths_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Return the area's derivative at many depths, shape (len(depths_m), provinces) [km²/m].

        Raises
        ------
        GeometryError
            If a depth is beyond the curve.
        """
        return hermite_slope(depths_m[:, None], *self._pieces(depths_m))

    def _pieces(self, depths_m: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Return ends, areas and slopes of the piece that each depth lies in."""
        if not (np.all(depths_m >= 0) and np.all(depths_m <= self.deepest_m)):
            worst = depths_m[np.argmax(np.abs(depths_m - self.deepest_m / 2))]
            raise GeometryError(
                f"a depth of {worst:g} m is beyond the curve, which ends at {self.deepest_m:g} m"
            )
        low = np.clip(np.searchsorted(self.depths_m, depths_m) - 1, 0, len(self.depths_m) - 2)
        ends = np.stack((low, low + 1))
        return self.depths_m[ends][..., None], self.areas_km2[ends], self.slopes_km2_per_m[ends]

    def depth_for(self, area_km2: float) -> float:
        """
        Return the depth at which the curve has an area [m], to a micrometre.

        Raises
        ------
        GeometryError
            If the curve does not reach the area.
        """
        totals = self.areas_km2.sum(axis=1)
        if not 0 < area_km2 <= totals[-1]:
            raise GeometryError(
                f"the curve does not reach {area_km2:g} km²; it ends at {totals[-1]:,.1f} km²"
            )
        above = int(np.searchsorted(totals, area_km2))
        low_m, high_m = (float(depth) for depth in self.depths_m[above - 1 : above + 1])
        while high_m - low_m > DEPTH_ERROR_M:
            tried_m = np.linspace(low_m, high_m, TRIED_TOGETHER)
            reached = self.areas_at(tried_m).sum(axis=1) >= area_km2
            first = max(int(reached.argmax()), 1) if reached.any() else TRIED_TOGETHER - 1
            low_m, high_m = tried_m[first - 1 : first + 1].tolist()
        return (low_m + high_m) / 2


def hermite(
    x: NDArray[np.float64],
    ends: NDArray[np.float64],
    values: NDArray[np.float64],
    slopes: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the cubic that has values and slopes at both ends, the first axis of each."""
    width = ends[1] - ends[0]
    u = (x - ends[0]) / width
    result: NDArray[np.float64] = (
        (1 + 2 * u) * (1 - u) ** 2 * values[0]
        + u**2 * (3 - 2 * u) * values[1]
        + width * u * (1 - u) * ((1 - u) * slopes[0] - u * slopes[1])
    )
    return result


def hermite_slope(
    x: NDArray[np.float64],
    ends: NDArray[np.float64],
    values: NDArray[np.float64],
    slopes: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the derivative of the cubic that has values and slopes at both ends."""
    width = ends[1] - ends[0]
    u = (x - ends[0]) / width
    result: NDArray[np.float64] = (
        6 * u * (1 - u) * (values[1] - values[0]) / width
        + (1 - u) * (1 - 3 * u) * slopes[0]
        + u * (3 * u - 2) * slopes[1]
    )
    return result


def _cubic(low: Strip, high: Strip, depth_m: float) -> tuple[float, float]:
    """Return area [km²] and slope [km²/m] of the cubic between two strips at a depth."""
    there = np.array(depth_m)
    piece = (
        np.array([low.depth_m, high.depth_m]),
        np.array([low.area_km2, high.area_km2]),
        np.array([low.darea_ddepth_km2_per_m, high.darea_ddepth_km2_per_m]),
    )
    return float(hermite(there, *piece)), float(hermite_slope(there, *piece))
