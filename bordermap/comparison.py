"""Comparison of an estimate with the stated figure, in neutral words."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from bordermap.boundaries import Borders
from bordermap.estimates import Estimate
from bordermap.intervals import Interval
from bordermap.numbers import Notation
from bordermap.provenance import Dataset
from bordermap.shown import Shown

FIGURES = Notation()

Outcome = Literal["consistent", "stated above", "stated below", "not resolvable"]


@dataclass(frozen=True, kw_only=True, repr=False)
class Comparison(Shown):
    """
    How an estimate stands to the stated figure.

    Parameters
    ----------
    scenario
        Id of the scenario.
    difference_km2
        Best estimate less the best reading of the stated figure [km²].
    difference_interval_km2
        The same for the ends: the estimate's low less the stated high, and the reverse; an end
        is None where the statement leaves it open.
    ratio
        Best estimate over the best reading of the stated figure.
    outcome
        ``consistent`` where the two intervals have a value in common.
    resolvable
        Whether the dataset can tell an area of the stated size from nothing here.
    probability_at_least_stated
        Share of the draws that reach the best reading of the stated figure; None without draws.
    why
        One sentence.
    """

    scenario: str
    difference_km2: float
    difference_interval_km2: tuple[float | None, float | None]
    ratio: float
    outcome: Outcome
    resolvable: bool
    probability_at_least_stated: float | None
    why: str

    def as_json(self) -> dict[str, Any]:
        """Return what `summary.json` says of it."""
        low, high = self.difference_interval_km2
        return {
            "scenario": self.scenario,
            "difference_km2": self.difference_km2,
            "difference_interval_km2": {"low": low, "high": high},
            "ratio": self.ratio,
            "outcome": self.outcome,
            "resolvable": self.resolvable,
            "probability_at_least_stated": self.probability_at_least_stated,
            "why": self.why,
        }


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """
    What a dataset can tell along a length of border.

    Parameters
    ----------
    length_km
        Length of border [km].
    accuracy_m
        Distance the dataset's line keeps 95 times in 100 [m].
    """

    length_km: float
    accuracy_m: float

    @property
    def least_km2(self) -> float:
        """
        Smallest area that can be told from nothing [km²].

        Notes
        -----
        Length times accuracy: the area between the line and the true one if the line were off
        to the same side all along. Errors that change sign along the border cancel in part, so
        that this is the careful end.
        """
        return self.length_km * self.accuracy_m / 1e3

    def can_tell(self, area_km2: float) -> bool:
        """Return whether an area along this border is wider than the line is uncertain."""
        return area_km2 > self.least_km2


def compare(estimate: Estimate, *, stated_km2: Interval, borders: Borders) -> Comparison:
    """
    Return how an estimate stands to the stated figure.

    Parameters
    ----------
    estimate
        What a scenario comes to.
    stated_km2
        The stated figure as it was read [km²].
    borders
        The case's borders; the dataset's accuracy is theirs.
    """
    area = estimate.area_km2
    resolution = Resolution(length_km=estimate.followed_km, accuracy_m=borders.dataset.accuracy_m)
    resolvable = resolution.can_tell(stated_km2.best)
    # A sum of stated figures lies on no line, so that none has to resolve it.
    judged = resolvable or estimate.scenario.model == "stated"
    outcome = _outcome(area, stated_km2) if judged else "not resolvable"
    totals = estimate.totals_km2
    return Comparison(
        scenario=estimate.scenario.id,
        difference_km2=area.best - stated_km2.best,
        difference_interval_km2=(
            None if area.low is None or stated_km2.high is None else area.low - stated_km2.high,
            None if area.high is None or stated_km2.low is None else area.high - stated_km2.low,
        ),
        ratio=area.best / stated_km2.best,
        outcome=outcome,
        resolvable=resolvable,
        probability_at_least_stated=(
            None if totals is None else float(np.mean(totals >= stated_km2.best))
        ),
        why=_why(estimate, stated_km2, outcome, resolution, borders.dataset),
    )


def _outcome(area_km2: Interval, stated_km2: Interval) -> Outcome:
    if area_km2.overlaps(stated_km2):
        return "consistent"
    return "stated above" if stated_km2.best > area_km2.best else "stated below"


def _why(
    estimate: Estimate,
    stated_km2: Interval,
    outcome: Outcome,
    resolution: Resolution,
    dataset: Dataset,
) -> str:
    """Return one sentence that says what the outcome rests on."""
    strip = estimate.scenario.strip
    if outcome == "not resolvable":
        return (
            f"{dataset.id} is good to {dataset.accuracy_m:,.0f} m, which along"
            f" {resolution.length_km:,.0f} km of border is up to {resolution.least_km2:,.0f} km²,"
            f" more than the {FIGURES.exact(stated_km2.best)} km² stated."
        )
    if strip is not None and strip.area_from == "stated":
        return (
            "The depth is solved for the stated figure, so the two agree by construction; what it"
            " tells is the depth."
        )
    stated, found = in_words(stated_km2), in_words(estimate.area_km2)
    if outcome == "consistent":
        return f"The estimate ({found}) and the stated figure ({stated}) have values in common."
    side = "above" if outcome == "stated above" else "below"
    return f"The stated figure ({stated}) lies {side} the estimate ({found})."


def in_words(area_km2: Interval) -> str:
    """Return an area with its interval, such as ``150 km², 145 to 155``."""
    best = f"{FIGURES.exact(area_km2.best)} km²"
    if area_km2.is_exact:
        return best
    if area_km2.low is None:
        return best if area_km2.high is None else f"at most {FIGURES.exact(area_km2.high)} km²"
    if area_km2.high is None:
        return f"at least {FIGURES.exact(area_km2.low)} km²"
    return f"{best}, {FIGURES.exact(area_km2.low)} to {FIGURES.exact(area_km2.high)}"
