"""The assessment: the whole flow from a case to numbers beside the stated figure."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from bordermap._version import __version__
from bordermap.budget import BudgetLine, Condition, budget_of, conditions_of, without_each
from bordermap.casefile import MAX_DRAWS, MAX_SEED
from bordermap.cases import Case
from bordermap.citing import claim_json, stated_json
from bordermap.comparison import Comparison, Resolution, compare
from bordermap.disagreement import Disagreement
from bordermap.errors import ScenarioError
from bordermap.estimates import Estimate, Setting
from bordermap.models import estimate, outlines_by_scenario
from bordermap.outlines import Outlines
from bordermap.scenarios import Scenario
from bordermap.shown import Shown
from bordermap.spread import OtherDataset, datasets_budget, on_dataset, other_datasets
from bordermap.strip_answers import StripAnswer, strip_answers
from bordermap.threads import in_threads
from bordermap.uncertainty import Draws

FEWEST_DRAWS, MOST_DRAWS = 512, 2**17
"""Where the search for enough draws begins and ends."""


class Judged(NamedTuple):
    """What is worked out for one scenario."""

    estimate: Estimate
    comparison: Comparison
    budget: tuple[BudgetLine, ...]
    conditions: tuple[Condition, ...]
    without: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, repr=False)
class Assessment(Shown):
    """
    What follows from a case.

    Parameters
    ----------
    case
        What was assessed.
    draws, seed
        How many draws, and what makes them repeatable.
    strips
        The strip of the stated figure on the whole border and on each section.
    estimates
        What each scenario comes to.
    comparisons
        How each stands to the stated figure.
    budget
        What the width of each interval is made of.
    conditions
        What an estimate would need to equal the stated figure.
    without
        By scenario: the best estimate without each of its footprints, by footprint [km²].
    others
        The border and the estimates on the other datasets that have it.
    """

    case: Case
    draws: int
    seed: int
    strips: tuple[StripAnswer, ...]
    estimates: tuple[Estimate, ...]
    comparisons: tuple[Comparison, ...]
    budget: tuple[BudgetLine, ...]
    conditions: tuple[Condition, ...]
    without: Mapping[str, Mapping[str, float]]
    others: tuple[OtherDataset, ...]

    @property
    def resolution(self) -> Resolution:
        """What the dataset can tell along the whole border."""
        borders = self.case.borders
        return Resolution(length_km=borders.length_km, accuracy_m=borders.dataset.accuracy_m)

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where the other datasets place land on another side of the border."""
        return tuple(other.disagreement for other in self.others)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The content of `summary.json`."""
        case, borders = self.case, self.case.borders
        return {
            "bordermap": __version__,
            "case": case.id,
            "claim": claim_json(case.claim),
            "dataset": case.dataset.id,
            "border_length_km": {
                "by_province": borders.length_km_by_province(),
                "by_section": borders.length_km_by_section(),
                "total": borders.length_km,
            },
            "province_area_km2": case.province_areas_km2,
            "province_area_without_lakes_km2": case.dry_areas_km2,
            "strip": [answer.as_json() for answer in self.strips],
            "estimates": [one.as_json() for one in self.estimates],
            "comparisons": [one.as_json() for one in self.comparisons],
            "disagreement": [
                {"a": one.a, "b": one.b, "total_km2": one.total_km2} for one in self.disagreements
            ],
            "spread": [other.as_json() for other in self.others],
            "budget": [line.as_json() for line in self.budget],
            "conditions": [condition.as_json() for condition in self.conditions],
            "without": {name: dict(best) for name, best in self.without.items()},
            "register": [
                {
                    "claim": claim.id,
                    "date": claim.as_of.isoformat(),
                    "by": claim.asserted_by.text,
                    "stated_area_km2": stated_json(claim.stated_area_km2),
                }
                for claim in case.register
            ],
        }


def assess(
    case: Case, *, draws: int | Literal["settled"] | None = None, seed: int | None = None
) -> Assessment:
    """
    Return what follows from a case.

    Parameters
    ----------
    case
        Claims, scenarios and boundaries.
    draws, seed
        How many draws, and what makes them repeatable; None for those of the case.
        ``settled`` for as many as it takes until more would hardly move an interval.

    Raises
    ------
    GeometryError
        If the provinces have no land for a claim or an assumption.
    ScenarioError
        If a scenario cannot be assessed.
    DataError
        If a file that a scenario names cannot be read.

    Examples
    --------
    >>> import bordermap as bm
    >>> result = bm.assess(bm.load_case("chamizal-1963"), draws=20)
    >>> for one in result.comparisons:
    ...     print(one.scenario, "–", one.outcome)
    even-strip – not resolvable
    relocated-channel – not resolvable
    stated-by-place – consistent
    """
    number = case.file.seed if seed is None else seed
    if not 0 <= number <= MAX_SEED:
        raise ScenarioError(f"a seed is between 0 and {MAX_SEED}, not {number}")
    stated_km2 = case.claim.stated_area_km2
    # Shapely works without the interpreter's lock; more threads than cores only wait for it.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        answers = threads.submit(strip_answers, case.borders, stated_km2)
        outlines = outlines_by_scenario(case.scenarios, case.folder)
        count = case.file.draws if draws is None else draws
        if count == "settled":
            count = settled_draws(case, number, outlines=outlines)
        if not 1 <= count <= MAX_DRAWS:
            raise ScenarioError(f"the number of draws is between 1 and {MAX_DRAWS:,}, not {count}")
        setting = _setting(case, Draws(seed=number, count=count), outlines)
        # Draws take longest, so that they come before the other datasets.
        judged = [threads.submit(_judged, scenario, setting) for scenario in case.scenarios]
        elsewhere = [
            threads.submit(on_dataset, case, dataset_id, outlines=outlines)
            for dataset_id in other_datasets(case)
        ]
        found = [one.result() for one in judged]
        others = tuple(one for other in elsewhere if (one := other.result()) is not None)
        strips = answers.result()
    return Assessment(
        case=case,
        draws=count,
        seed=number,
        strips=strips,
        estimates=tuple(one.estimate for one in found),
        comparisons=tuple(one.comparison for one in found),
        budget=(
            *(line for one in found for line in one.budget),
            *datasets_budget([one.estimate for one in found], others),
        ),
        conditions=tuple(line for one in found for line in one.conditions),
        without={one.estimate.scenario.id: one.without for one in found if one.without},
        others=others,
    )


def _judged(scenario: Scenario, setting: Setting) -> Judged:
    stated_km2, borders = setting.claim.stated_area_km2, setting.borders
    one = estimate(scenario, setting)
    return Judged(
        estimate=one,
        comparison=compare(one, stated_km2=stated_km2, borders=borders),
        budget=tuple(budget_of(one, borders)),
        conditions=tuple(conditions_of(one, stated_km2.best)),
        without=without_each(one),
    )


def settled_draws(case: Case, seed: int, *, outlines: Mapping[str, Outlines] | None = None) -> int:
    """
    Return how many draws it takes until every scenario's interval is settled.

    Parameters
    ----------
    case
        The case.
    seed
        What makes the draws repeatable.
    outlines
        Those that are read already, by scenario; others are read each time.

    Notes
    -----
    The number is doubled until the standard error of each interval's ends is below
    `bordermap.uncertainty.SETTLED_SHARE` of its width, or `MOST_DRAWS` are reached.
    """
    count = FEWEST_DRAWS
    while count < MOST_DRAWS and not _is_settled(
        _setting(case, Draws(seed=seed, count=count), outlines or {}), case
    ):
        count *= 2
    return count


def _is_settled(setting: Setting, case: Case) -> bool:
    """Return whether more draws would hardly move any scenario's interval."""
    found = in_threads(lambda scenario: estimate(scenario, setting), case.scenarios)
    return all(one.settled is not False for one in found)


def _setting(case: Case, draws: Draws, outlines: Mapping[str, Outlines]) -> Setting:
    return Setting(
        borders=case.borders,
        claim=case.claim,
        sites={site.id: site for site in case.sites},
        folder=case.folder,
        draws=draws,
        outlines=outlines,
    )
