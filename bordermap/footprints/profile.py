"""The profile of an incursion: how its depth falls off along the front."""

from functools import cache
from math import lgamma

import numpy as np
from numpy.typing import NDArray

from bordermap.errors import GeometryError

HALF_ELLIPSE = float(np.pi / 4)
"""Area of a half ellipse as a share of front × depth; a triangle has 0.5, a rectangle 1."""

TRIANGLE, RECTANGLE = 0.5, 1.0

SLICES = 96
"""Slices that a front is measured in."""


def profile(across: NDArray[np.float64], fill: float) -> NDArray[np.float64]:
    """
    Return how deep an incursion is, as a share of its depth, where 0 is the middle of the front.

    Parameters
    ----------
    across
        Places on the front from -1 to 1.
    fill
        Area as a share of front × depth, from 0.5 to 1.

    Raises
    ------
    GeometryError
        If the fill is less than a triangle's or more than a rectangle's.

    Notes
    -----
    A superellipse with the exponent that gives this area: 1 is the triangle, 2 the half ellipse,
    and it grows without end towards the rectangle.
    """
    _require_shape(np.array([fill]))
    if fill == RECTANGLE:
        return np.ones_like(across)
    exponent = float(np.interp(fill, *_exponents()))
    shares: NDArray[np.float64] = np.clip(1 - np.abs(across) ** exponent, 0, None)
    return shares ** (1 / exponent)


def mean_profile(fill: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return the mean of the profile over each slice, shape (draws, SLICES); the mean is fill.

    Raises
    ------
    GeometryError
        If a fill is less than a triangle's or more than a rectangle's.
    """
    _require_shape(fill)
    fills, table = _mean_profiles()
    place = (fill - fills[0]) / (fills[1] - fills[0])
    below = np.minimum(place.astype(np.intp), len(fills) - 2)
    rest = (place - below)[:, None]
    mean: NDArray[np.float64] = table[below] * (1 - rest) + table[below + 1] * rest
    return mean


def _require_shape(fill: NDArray[np.float64]) -> None:
    if not ((fill >= TRIANGLE) & (fill <= RECTANGLE)).all():
        worst = fill[np.argmax(np.abs(fill - (TRIANGLE + RECTANGLE) / 2))]
        raise GeometryError(
            f"a fill of {worst:g} has no shape here; give {TRIANGLE:g} (a triangle) to"
            f" {RECTANGLE:g} (a rectangle)"
        )


@cache
def _exponents() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return fills, rising, and the superellipse's exponent for each."""
    exponents = np.geomspace(1, 400, 2001)
    # ∫₀¹ (1 - tᵖ)^(1/p) dt = Γ(1 + 1/p)² / Γ(1 + 2/p)
    fills = [np.exp(2 * lgamma(1 + 1 / p) - lgamma(1 + 2 / p)) for p in exponents]
    return np.array(fills), exponents


@cache
def _mean_profiles() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return fills, evenly spaced, and the mean of the profile over each slice."""
    fills = np.linspace(TRIANGLE, RECTANGLE, 201)
    fine = (np.arange(SLICES * 32) + 0.5) / (SLICES * 32) * 2 - 1
    table = np.array([profile(fine, fill).reshape(SLICES, 32).mean(axis=1) for fill in fills])
    return fills, table * (fills / table.mean(axis=1))[:, None]
