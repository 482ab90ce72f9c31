"""The model of stated figures: a sum of what was stated place by place."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bordermap.errors import ScenarioError
from bordermap.estimates import Estimate, Setting, Variation
from bordermap.intervals import Interval
from bordermap.scenarios import Scenario, StatementAssumption
from bordermap.uncertainty import interval_of

SHARED = Interval(low=0.0, best=0.5, high=1.0)
"""How much of the land that statements may share they do share: nobody knows, so anything from
none to all of the smaller ones, with the middle as best."""

MOST_TOGETHER = 16
"""Statements of one group; which of them can stand apart is tried out."""


def estimate_figures(scenario: Scenario, setting: Setting) -> Estimate:
    """
    Return the sum of figures stated place by place.

    Notes
    -----
    Statements that may speak of the same land form a group. A group comes to at least the largest
    sum of members that do not share land with one another, and at most the sum of all; where
    between is drawn (`SHARED`), and its best is the middle. What a group loses is taken off its
    other members, in proportion.

    Raises
    ------
    ScenarioError
        If more than `MOST_TOGETHER` statements may speak of the same land.
    """
    groups = _groups(scenario.statements)

    def totals_km2(here: Setting) -> NDArray[np.float64]:
        parts = [area for group in groups for area in _drawn(group, scenario, here)]
        totals: NDArray[np.float64] = np.sum(parts, axis=0)
        return totals

    by_province = {province.code: 0.0 for province in setting.borders.provinces}
    for group in groups:
        best = [np.array([one.area_km2.best]) for one in group]
        parts = _shared_out(best, np.array([SHARED.best]), _apart(group))
        for one, area in zip(group, parts, strict=True):
            by_province[one.province] = by_province.get(one.province, 0.0) + float(area[0])
    variation = Variation(
        sources=("figures", "overlap"), setting=setting, totals_of_block_km2=totals_km2
    )
    drawn_km2 = variation.totals_km2(setting)
    return Estimate(
        scenario=scenario,
        area_km2=interval_of(drawn_km2, sum(by_province.values())),
        by_province=by_province,
        parameters={
            one.id: {
                "place": one.place,
                "province": one.province,
                "area_km2": one.area_km2.as_json(),
                "overlaps": list(one.overlaps),
            }
            for one in scenario.statements
        },
        followed_km=setting.borders.length_km,
        totals_km2=drawn_km2,
        variation=variation,
        draws=setting.draws.count,
        seed=setting.draws.seed,
    )


def _drawn(
    group: Sequence[StatementAssumption], scenario: Scenario, setting: Setting
) -> list[NDArray[np.float64]]:
    """Return draws of each member's part of a group [km²]."""
    areas = [setting.drawn("figures", one.area_km2, scenario.id, one.id) for one in group]
    together = sorted(one.id for one in group)
    shared = setting.drawn("overlap", SHARED, scenario.id, *together, "shared")
    return _shared_out(areas, shared, _apart(group))


def _shared_out(
    areas: Sequence[NDArray[np.float64]],
    shared: NDArray[np.float64],
    apart: NDArray[np.bool_],
) -> list[NDArray[np.float64]]:
    """Return each member's part of a group, where a share of what may be common is [km²]."""
    table = np.stack(areas)
    largest = apart[(apart @ table).argmax(axis=0)].T
    return list(np.where(largest, table, table * (1 - shared)))


def _apart(group: Sequence[StatementAssumption]) -> NDArray[np.bool_]:
    """Return every set of members of which no two may share land, shape (sets, members)."""
    if len(group) > MOST_TOGETHER:
        raise ScenarioError(
            f"{len(group)} statements may speak of the same land, {group[0].id!r} and"
            f" {group[-1].id!r} among them; at most {MOST_TOGETHER} can: name fewer under overlaps"
        )
    sets: NDArray[np.bool_] = (
        np.arange(1, 2 ** len(group))[:, None] >> np.arange(len(group))
    ) & 1 == 1
    for first, one in enumerate(group):
        for second, other in enumerate(group[:first]):
            if other.id in one.overlaps or one.id in other.overlaps:
                sets = sets[~(sets[:, first] & sets[:, second])]
    return sets


def _groups(statements: Sequence[StatementAssumption]) -> list[list[StatementAssumption]]:
    """Return the statements, those together that may speak of the same land."""
    groups: list[list[StatementAssumption]] = []
    for one in statements:
        touching = [
            group
            for group in groups
            if any(one.id in other.overlaps or other.id in one.overlaps for other in group)
        ]
        groups = [group for group in groups if group not in touching]
        groups.append([*(member for group in touching for member in group), one])
    return groups
