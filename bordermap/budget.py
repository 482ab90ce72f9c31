"""The budget: what the width of an estimate's interval is made of, and what would change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bordermap.boundaries import Borders
from bordermap.estimates import Estimate, Variation, VariedSource
from bordermap.measuring import held_alone, polygon_areas_km2
from bordermap.uncertainty import half_width

MODEL_ERROR = 2e-4
"""Largest share of an area that projection and round corners drawn with segments can change."""

BUDGET_DRAWS = 1_024
"""Draws that a budget is worked out from at most: they tell a half width to 3 % and a share to some
hundredths, where an interval's ends are what all draws are for."""

BISECTIONS = 40


@dataclass(frozen=True, kw_only=True)
class BudgetLine:
    """
    How much of a scenario's interval one source of uncertainty makes.

    Parameters
    ----------
    scenario
        Id of the scenario.
    source
        What varies, everything else at its best.
    km2
        Half the width of the interval that it alone gives [km²].
    share
        Part of the variance of all draws that goes back to it alone; None for a source that is
        not drawn.
    """

    scenario: str
    source: str
    km2: float
    share: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what `summary.json` says of it."""
        return {
            "scenario": self.scenario,
            "source": self.source,
            "km2": self.km2,
            "share": self.share,
        }


@dataclass(frozen=True, kw_only=True)
class Condition:
    """
    What an estimate would need to equal the stated figure.

    Parameters
    ----------
    scenario, source
        Id of the scenario, and which assumed numbers move together.
    low_km2, high_km2
        What the estimate is where they are all low, all high, and the others at best [km²].
    place
        Where they would have to be: -1 low, 0 best, 1 high; None if nowhere between.
    """

    scenario: str
    source: str
    low_km2: float
    high_km2: float
    place: float | None

    def as_json(self) -> dict[str, Any]:
        """Return what `summary.json` says of it."""
        return {
            "scenario": self.scenario,
            "source": self.source,
            "low_km2": self.low_km2,
            "high_km2": self.high_km2,
            "place": self.place,
        }


def budget_of(one: Estimate, borders: Borders) -> Iterator[BudgetLine]:
    """
    Yield how much each source of uncertainty makes of an estimate's interval.

    Parameters
    ----------
    one
        What a scenario comes to.
    borders
        The borders it was estimated on.

    Notes
    -----
    A drawn source: half the width of the interval where it alone varies, and the part of the
    variance of all draws that what it does alone explains, their squared correlation. No function
    of a source can explain more than its first-order index (A. Rényi, *On measures of dependence*,
    Acta Math. Acad. Sci. Hungar. 10, 1959, 441-451), and what it does alone explains all of that
    where sources combine by sums or products of numbers, as fronts, depths and shapes do. The
    border's error is added to what the land comes to, so that its index is the ratio of its
    variance to that of all draws. The first `BUDGET_DRAWS` draws are taken.

    The border's position is among the drawn sources, its errors independent from piece to piece.
    The other end, errors that keep to one side all along, is given beside it: the accuracy times
    the length.
    """
    name = one.scenario.id
    if one.variation is not None and one.totals_km2 is not None:
        for source in one.variation.sources:
            alone_km2 = one.variation.alone(source, draws=BUDGET_DRAWS)
            totals_km2 = one.totals_km2[: len(alone_km2)]
            share = (
                _share_of_added(alone_km2, totals_km2)
                if source == "border"
                else _explained(alone_km2, totals_km2)
            )
            yield BudgetLine(scenario=name, source=source, km2=half_width(alone_km2), share=share)
    if not one.footprints:
        return
    together = one.followed_km * borders.dataset.accuracy_m / 1e3
    yield BudgetLine(scenario=name, source="border, errors to one side", km2=together)
    yield BudgetLine(
        scenario=name, source="projection and segments", km2=MODEL_ERROR * one.area_km2.best
    )


def conditions_of(one: Estimate, stated_km2: float) -> Iterator[Condition]:
    """
    Yield for each source where its numbers would have to be for the stated figure.

    Parameters
    ----------
    one
        What a scenario comes to.
    stated_km2
        The stated figure [km²].
    """
    if one.variation is None:
        return
    for source in one.variation.sources:
        if source in ("position", "border"):
            continue  # these are errors, not numbers that somebody assumed
        low, high = (one.variation.held_at(source, end) for end in (-1.0, 1.0))
        yield Condition(
            scenario=one.scenario.id,
            source=source,
            low_km2=low,
            high_km2=high,
            place=_place(one.variation, source, stated_km2)
            if min(low, high) <= stated_km2 <= max(low, high)
            else None,
        )


def without_each(one: Estimate) -> dict[str, float]:
    """
    Return the best estimate without each of its footprints, by id [km²].

    Parameters
    ----------
    one
        What a scenario comes to.

    Notes
    -----
    Leaving one out takes off the land that no other one has.
    """
    if len(one.footprints) < 2:
        return {}
    alone_km2 = np.zeros(len(one.footprints))
    for code in one.by_province:
        having = [i for i, land in enumerate(one.footprints) if code in land.polygons["best"]]
        parts = [one.footprints[i].polygons["best"][code] for i in having]
        alone_km2[having] += polygon_areas_km2(held_alone(np.array(parts, dtype=object)))
    without_km2 = one.area_km2.best - alone_km2
    return dict(zip((land.id for land in one.footprints), without_km2.tolist(), strict=True))


def _explained(alone_km2: NDArray[np.float64], totals_km2: NDArray[np.float64]) -> float:
    """Return the part of the variance of all draws that what a source does alone explains."""
    if np.ptp(totals_km2) == 0 or np.ptp(alone_km2) == 0:
        return 0.0
    return float(np.corrcoef(totals_km2, alone_km2)[0, 1] ** 2)


def _share_of_added(added_km2: NDArray[np.float64], totals_km2: NDArray[np.float64]) -> float:
    """Return the first-order index of an error that is added to all else."""
    variance = float(np.var(totals_km2))
    return float(np.clip(np.var(added_km2) / variance, 0, 1)) if variance > 0 else 0.0


def _place(variation: Variation, source: VariedSource, stated_km2: float) -> float:
    """Return where the source has to be for the stated figure, by bisection."""
    low, high = -1.0, 1.0
    rising = variation.held_at(source, high) >= variation.held_at(source, low)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if (variation.held_at(source, middle) < stated_km2) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2
