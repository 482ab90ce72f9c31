"""The spread: what each scenario comes to on every dataset that has the border."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bordermap.boundaries import Borders
from bordermap.budget import BudgetLine
from bordermap.cases import Case, borders_between
from bordermap.datasets import list_datasets, load_dataset
from bordermap.disagreement import Disagreement, disagreement
from bordermap.errors import GeometryError, PlaceNotFoundError
from bordermap.estimates import Estimate, Setting
from bordermap.footprints.strip import depth_for_area
from bordermap.models import best_km2
from bordermap.outlines import Outlines
from bordermap.scenarios import Scenario
from bordermap.uncertainty import Draws


@dataclass(frozen=True, kw_only=True)
class OtherDataset:
    """
    A case's border as another dataset draws it.

    Parameters
    ----------
    borders
        The same provinces' borders there.
    disagreement
        Where it places land on another side than the case's dataset.
    depth_m
        Depth of the strip that has the stated area there [m]; None where the land is smaller.
    best_km2
        Best estimate on it of each scenario that does not start from the stated figure [km²];
        None where it has no land for one.
    """

    borders: Borders
    disagreement: Disagreement
    depth_m: float | None
    best_km2: Mapping[str, float | None]

    def as_json(self) -> dict[str, Any]:
        """Return what `summary.json` says of it."""
        return {
            "dataset": self.borders.dataset.id,
            "border_length_km": self.borders.length_km,
            "depth_m": self.depth_m,
            "best_km2": dict(self.best_km2),
        }


def other_datasets(case: Case) -> tuple[str, ...]:
    """Return the ids of the shipped datasets, but the case's, that have all of its border."""
    wanted = {case.country.code, case.neighbour.code}
    return tuple(
        one.id
        for one in list_datasets()
        if one.id != case.dataset.id
        and (one.countries == ("world",) or wanted.issubset(one.countries))
    )


def on_dataset(
    case: Case, dataset_id: str, *, outlines: Mapping[str, Outlines] | None = None
) -> OtherDataset | None:
    """
    Return a case's border and estimates on another dataset.

    None if it lacks a province, or has no border there whose two sides fit together: an answer
    on the case's own dataset does not wait for another one.

    Parameters
    ----------
    case
        The case.
    dataset_id
        Id of a shipped dataset that has the border (`other_datasets`).
    outlines
        Those that are read already, by scenario; others are read.
    """
    dataset = load_dataset(dataset_id)
    try:
        borders = borders_between(
            dataset,
            provinces=[province.code for province in case.provinces],
            neighbour=case.neighbour.code,
            sections=case.section_points,
        )
    except (PlaceNotFoundError, GeometryError):
        return None
    return OtherDataset(
        borders=borders,
        disagreement=disagreement(
            case.borders,
            borders,
            neighbour_in_a=case.neighbour,
            neighbour_in_b=dataset.country(case.neighbour.code),
        ),
        depth_m=_depth_m(borders, case.claim.stated_area_km2.best),
        best_km2={
            scenario.id: _best_km2(scenario, case, borders, outlines or {})
            for scenario in case.scenarios
            if scenario.strip is None or scenario.strip.area_from is None
        },
    )


def datasets_budget(
    estimates: Sequence[Estimate], others: Sequence[OtherDataset]
) -> Iterator[BudgetLine]:
    """
    Yield how much the choice of dataset makes of each estimate.

    Parameters
    ----------
    estimates
        What each scenario comes to on the case's dataset.
    others
        The other datasets.

    Notes
    -----
    Half the distance between the largest and the smallest best estimate on any dataset, coarse
    ones among them: the widest that the choice can make it.
    """
    for one in estimates:
        name = one.scenario.id
        found = [other.best_km2.get(name) for other in others]
        known = [one.area_km2.best, *(km2 for km2 in found if km2 is not None)]
        if len(known) > 1:
            yield BudgetLine(
                scenario=name, source="choice of dataset", km2=(max(known) - min(known)) / 2
            )


def _depth_m(borders: Borders, stated_km2: float) -> float | None:
    """Return the depth for the stated figure [m], or None where the land is smaller."""
    try:
        return depth_for_area(borders, stated_km2)
    except GeometryError:
        return None


def _best_km2(
    scenario: Scenario, case: Case, borders: Borders, outlines: Mapping[str, Outlines]
) -> float | None:
    """Return the best estimate of one of the case's scenarios on other borders [km²]."""
    setting = Setting(
        borders=borders,
        claim=case.claim,
        sites={site.id: site for site in case.sites},
        folder=case.folder,
        draws=Draws(seed=0, count=1),
        outlines=outlines,
        varied=frozenset(),
        ends=False,
    )
    try:
        return best_km2(scenario, setting)
    except GeometryError:
        # A coarse line can pass a site by; that it has no estimate there is the answer.
        return None
