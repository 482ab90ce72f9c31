"""Seeded draws: how assumed numbers vary, and the interval that draws of an area give."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bordermap.intervals import Interval

COVERAGE = 0.9
"""Share of the draws that an interval holds."""

BLOCK = 2_048
"""Draws that are worked on at a time."""

SETTLED_SHARE = 0.05
"""An interval is settled when its ends' standard error is below this share of its width."""

FEWEST_FOR_ERROR = 20
"""Draws below which an end of the interval lies beyond all but one of them."""

NORMAL_95_SIGMAS = 1.96
"""Standard deviations to each side that hold 95 in 100 of a normal spread."""

RADIUS_95_SIGMAS = 2.4477
"""Radius that holds 95 in 100 of a round normal spread in two dimensions, in standard deviations
(the square root of -2 ln 0.05)."""


@dataclass(frozen=True, kw_only=True)
class Draws:
    """
    Independent random numbers, each stream found by its name.

    Parameters
    ----------
    seed
        What makes them repeatable.
    count
        How many there are in a stream.
    first_block
        Number of the block they begin with.

    Notes
    -----
    A stream is made in blocks of `BLOCK` numbers. A block depends on the seed, its stream's name
    and its own number alone (PCG64, seeded with a hash of them), so that neither the order of the
    questions, nor the number of threads, nor another site in the scenario changes it; more draws
    only add to those there are, and many can be worked on block by block in the memory of one.
    Independent draws are used and not a Sobol sequence: their standard error can be stated, and a
    scenario of many sites has more dimensions than a sequence of some thousand points fills
    evenly.
    """

    seed: int
    count: int
    first_block: int = 0

    def blocks(self) -> Iterator["Draws"]:
        """Yield the same draws, a block at a time."""
        for start in range(0, self.count, BLOCK):
            yield Draws(
                seed=self.seed,
                count=min(BLOCK, self.count - start),
                first_block=self.first_block + start // BLOCK,
            )

    def first(self, count: int = 1) -> "Draws":
        """Return the first of the draws alone."""
        return replace(self, count=min(self.count, count))

    def uniform(self, *name: str) -> NDArray[np.float64]:
        """Return numbers between 0 and 1, shape (count,)."""
        return np.concatenate([stream.random(size) for stream, size in self._streams(name)])

    def normal(self, *name: str) -> NDArray[np.float64]:
        """Return standard normal numbers, shape (count,)."""
        return np.concatenate(
            [stream.standard_normal(size) for stream, size in self._streams(name)]
        )

    def between(self, interval: Interval, *name: str) -> NDArray[np.float64]:
        """Return numbers from low over best to high, shape (count,); see `split_quantile`."""
        return split_quantile(self.uniform(*name), interval)

    def _streams(self, name: tuple[str, ...]) -> Iterator[tuple[np.random.Generator, int]]:
        digest = hashlib.sha256("\x1f".join(name).encode()).digest()
        words = np.frombuffer(digest[:16], dtype="<u4").tolist()
        for number, start in enumerate(range(0, self.count, BLOCK), self.first_block):
            yield np.random.default_rng([self.seed, number, *words]), min(BLOCK, self.count - start)


def split_quantile(share: NDArray[np.float64], interval: Interval) -> NDArray[np.float64]:
    """
    Return the quantile of a split triangular distribution.

    Parameters
    ----------
    share
        Probabilities between 0 and 1.
    interval
        Its low, median and high. An end that is missing is taken as the best.

    Notes
    -----
    Half of it lies to each side of best, so that best is its median, and on each side the density
    falls in a straight line to nothing at the end. For a best in the middle it is the triangular
    distribution. Wider ends move every quantile away from best, so that the interval of a number
    lies within that of the same number with wider ends; a triangular distribution, whose best is
    the mode, has not this property. (Such asymmetrical uncertainties, and how to express them: A.
    Possolo, C. Merkatas and O. Bodnar, Metrologia 56, 2019, 045009.)
    """
    best = interval.best
    below = 0.0 if interval.low is None else best - interval.low
    above = 0.0 if interval.high is None else interval.high - best
    aside = 2 * share - 1
    way = 1 - np.sqrt(1 - np.abs(aside))
    quantiles: NDArray[np.float64] = best + np.where(aside < 0, -below, above) * way
    return quantiles


def interval_of(values: NDArray[np.float64], best: float) -> Interval:
    """
    Return the interval that holds `COVERAGE` of the draws, and the best.

    Parameters
    ----------
    values
        Draws of the quantity.
    best
        Its value where every assumption is at its best; the interval is widened to it where the
        draws lie all to one side.
    """
    tail = (1 - COVERAGE) / 2
    low, high = np.quantile(values, [tail, 1 - tail]).tolist()
    return Interval(low=min(low, best), best=best, high=max(high, best), coverage=COVERAGE)


def half_width(values: NDArray[np.float64]) -> float:
    """Return half the width of the interval that holds `COVERAGE` of the draws."""
    tail = (1 - COVERAGE) / 2
    low, high = np.quantile(values, [tail, 1 - tail]).tolist()
    return float(high - low) / 2


def standard_error(values: NDArray[np.float64]) -> float | None:
    """
    Return the Monte Carlo standard error of the interval's ends, the larger of the two.

    None for fewer than `FEWEST_FOR_ERROR` draws, which do not tell.

    Notes
    -----
    From order statistics: the number of draws below a quantile is binomial, and the values one
    standard deviation of that number to each side span two standard errors (H. A. David and
    H. N. Nagaraja, *Order Statistics*, 3rd ed., 2003, section 7.1).
    """
    if len(values) < FEWEST_FOR_ERROR:
        return None
    tail = (1 - COVERAGE) / 2
    spread = np.sqrt(tail * (1 - tail) / len(values))
    errors = []
    for share in (tail, 1 - tail):
        ends = np.clip([share - spread, share + spread], 0, 1)
        low, high = np.quantile(values, ends).tolist()
        errors.append(float(high - low) / 2)
    return max(errors)


def is_settled(values: NDArray[np.float64]) -> bool:
    """Return whether more draws would hardly move the interval (`SETTLED_SHARE`)."""
    error = standard_error(values)
    return error is not None and error <= SETTLED_SHARE * 2 * half_width(values)
