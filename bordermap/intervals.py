"""Intervals: low, best and high of one quantity, and which coverage they have."""

import math
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """
    Low, best and high of one quantity, in the unit its name says.

    Parameters
    ----------
    low
        Lower end; None where the source gives none ("up to 40").
    best
        The one value to use where one is needed.
    high
        Upper end; None where the source gives none ("at least 215").
    coverage
        Share of the draws that the interval holds, such as 0.9; None for bounds that are
        stated or read, not drawn.

    Raises
    ------
    ValueError
        If a value is not finite or the three are not in order.
    """

    low: float | None
    best: float
    high: float | None
    coverage: float | None = None

    def __post_init__(self) -> None:
        low = self.best if self.low is None else self.low
        high = self.best if self.high is None else self.high
        if not -math.inf < low <= self.best <= high < math.inf:
            if not all(math.isfinite(value) for value in (low, self.best, high)):
                raise ValueError(f"an interval needs finite numbers, not {self}")
            raise ValueError(f"low, best and high must be in order, not {self}")
        if self.coverage is not None and not 0 < self.coverage <= 1:
            raise ValueError(f"coverage is a share in (0, 1], not {self.coverage}")

    @classmethod
    def exact(cls, value: float) -> Self:
        """Return the interval that holds one value."""
        return cls(low=value, best=value, high=value)

    @property
    def is_exact(self) -> bool:
        """Whether low, best and high are one value."""
        return self.low == self.best == self.high

    def scaled(self, factor: float) -> "Interval":
        """Return the interval in another unit, `factor` above 0 to one of this."""
        return Interval(
            low=None if self.low is None else self.low * factor,
            best=self.best * factor,
            high=None if self.high is None else self.high * factor,
            coverage=self.coverage,
        )

    def overlaps(self, other: "Interval") -> bool:
        """Return whether the two have a value in common; a missing end is unbounded."""
        low, high = -math.inf if self.low is None else self.low, _or_inf(self.high)
        other_low = -math.inf if other.low is None else other.low
        return low <= _or_inf(other.high) and other_low <= high

    def as_json(self) -> dict[str, float | None]:
        """Return low, best, high and coverage under these names."""
        return {"low": self.low, "best": self.best, "high": self.high, "coverage": self.coverage}


def _or_inf(value: float | None) -> float:
    return math.inf if value is None else value
