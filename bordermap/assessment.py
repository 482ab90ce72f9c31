"""The assessment: the whole flow from a case to numbers beside the stated figure."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from bordermap._version import __version__
from bordermap.boundaries import ALL, Borders
from bordermap.cases import Case
from bordermap.claims import Claim, Party
from bordermap.comparison import Comparison, Resolution, compare
from bordermap.disagreement import Disagreement
from bordermap.estimates import Estimate, Setting
from bordermap.footprints.curve import StripCurve
from bordermap.footprints.strip import strip
from bordermap.intervals import Interval
from bordermap.models import estimate
from bordermap.models.strips import depths_for
from bordermap.provenance import Source
from bordermap.uncertainty import Draws, half_width

T = TypeVar("T")
R = TypeVar("R")

CURVE_STEP_M = 250.0
"""The curve ends at a multiple of this depth."""


@dataclass(frozen=True, kw_only=True)
class StripAnswer:
    """
    What strip the stated figure would be.

    Parameters
    ----------
    section
        ``all`` or one section of the border.
    length_km
        Its length [km].
    depth_m_for_stated
        Depth for the ends and the best of the stated figure [m]; None where the land behind the
        section is smaller.
    by_province
        Area by province at the best depth [km²]; empty where there is none.
    curve
        Area by depth.
    """

    section: str
    length_km: float
    depth_m_for_stated: Interval | None
    by_province: Mapping[str, float]
    curve: StripCurve

    def as_json(self) -> dict[str, Any]:
        """Return what `summary.json` says of it."""
        depth = self.depth_m_for_stated
        return {
            "section": self.section,
            "depth_m_for_stated": depth
            and {"low": depth.low, "best": depth.best, "high": depth.high},
            "by_province": dict(self.by_province),
        }


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
    """

    scenario: str
    source: str
    km2: float


@dataclass(frozen=True, kw_only=True)
class Assessment:
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
    disagreements
        Where other datasets place the border elsewhere.
    budget
        What the width of each interval is made of.
    """

    case: Case
    draws: int
    seed: int
    strips: tuple[StripAnswer, ...]
    estimates: tuple[Estimate, ...]
    comparisons: tuple[Comparison, ...]
    disagreements: tuple[Disagreement, ...]
    budget: tuple[BudgetLine, ...]

    @property
    def resolution(self) -> Resolution:
        """What the dataset can tell along the whole border."""
        borders = self.case.borders
        return Resolution(length_km=borders.length_km, accuracy_m=borders.dataset.accuracy_m)

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
            "strip": [answer.as_json() for answer in self.strips],
            "estimates": [one.as_json() for one in self.estimates],
            "comparisons": [one.as_json() for one in self.comparisons],
            "disagreement": [
                {"a": one.a, "b": one.b, "total_km2": one.total_km2} for one in self.disagreements
            ],
            "budget": [
                {"scenario": line.scenario, "source": line.source, "km2": line.km2}
                for line in self.budget
            ],
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


def assess(case: Case, *, draws: int | None = None, seed: int | None = None) -> Assessment:
    """
    Return what follows from a case.

    Parameters
    ----------
    case
        Claims, scenarios and boundaries.
    draws, seed
        How many draws, and what makes them repeatable; None for those of the case.

    Raises
    ------
    GeometryError
        If the provinces have no land for a claim or an assumption.
    ScenarioError
        If a scenario cannot be assessed.
    DataError
        If a file that a scenario names cannot be read.
    """
    count = case.file.draws if draws is None else draws
    number = case.file.seed if seed is None else seed
    setting = Setting(
        borders=case.borders,
        claim=case.claim,
        sites={site.id: site for site in case.sites},
        folder=case.folder,
        draws=Draws(seed=number, count=count),
    )
    estimates = _in_threads(lambda scenario: estimate(scenario, setting), case.scenarios)
    return Assessment(
        case=case,
        draws=count,
        seed=number,
        strips=strip_answers(case.borders, case.claim.stated_area_km2),
        estimates=estimates,
        comparisons=tuple(
            compare(one, stated_km2=case.claim.stated_area_km2, borders=case.borders)
            for one in estimates
        ),
        disagreements=(),
        budget=tuple(line for one in estimates for line in budget_of(one)),
    )


def strip_answers(borders: Borders, stated_km2: Interval) -> tuple[StripAnswer, ...]:
    """
    Return the strip of a stated figure on the whole border and on each section.

    Parameters
    ----------
    borders
        The lines, and the provinces whose land counts.
    stated_km2
        The figure [km²].
    """
    sections = (ALL, *borders.sections)
    parts = [borders.of_section(section) for section in sections]
    depths = _in_threads(lambda part: _depths_or_none(part, stated_km2), parts)
    deepest_m = max(1.25 * depth.best for depth in depths if depth is not None)
    end_m = math.ceil(deepest_m / CURVE_STEP_M) * CURVE_STEP_M
    curves = _in_threads(lambda part: StripCurve.of(part, deepest_m=end_m), parts)
    return tuple(
        StripAnswer(
            section=section,
            length_km=part.length_km,
            depth_m_for_stated=depth,
            by_province={} if depth is None else strip(part, depth.best).by_province,
            curve=curve,
        )
        for section, part, depth, curve in zip(sections, parts, depths, curves, strict=True)
    )


def budget_of(one: Estimate) -> Iterable[BudgetLine]:
    """Yield how much each source of uncertainty alone makes of an estimate's interval."""
    if one.variation is None:
        return
    for source in one.variation.sources:
        alone = half_width(one.variation.totals_km2(frozenset([source])))
        yield BudgetLine(scenario=one.scenario.id, source=source, km2=alone)


def claim_json(claim: Claim) -> dict[str, Any]:
    """Return what `summary.json` says of the main claim."""
    return {
        "id": claim.id,
        "figure_text": claim.figure_text,
        "stated_area_km2": stated_json(claim.stated_area_km2),
        "reading": claim.reading,
        "asserted_by": party_json(claim.asserted_by),
        "rejected_by": claim.rejected_by and party_json(claim.rejected_by),
        "about": {"text": claim.about.text, "country": claim.about.country},
        "as_of": claim.as_of.isoformat(),
        "provinces": list(claim.provinces),
        "source": source_json(claim.source),
    }


def party_json(party: Party) -> dict[str, Any]:
    """Return who says something, and where it stands."""
    return {"text": party.text, "country": party.country, "source": source_json(party.source)}


def source_json(source: Source) -> dict[str, Any]:
    """Return a source, days as ISO dates."""
    return {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published": source.published and source.published.isoformat(),
        "retrieved": source.retrieved and source.retrieved.isoformat(),
        "note": source.note,
    }


def stated_json(area_km2: Interval) -> dict[str, float | None]:
    """Return a stated figure: low, best and high."""
    return {"low": area_km2.low, "best": area_km2.best, "high": area_km2.high}


def _depths_or_none(borders: Borders, stated_km2: Interval) -> Interval | None:
    """Return the depths for a figure, or None where the land behind the border is smaller."""
    largest_km2 = stated_km2.best if stated_km2.high is None else stated_km2.high
    return depths_for(borders, stated_km2) if largest_km2 <= borders.held_km2 else None


def _in_threads(function: Callable[[T], R], items: Sequence[T]) -> tuple[R, ...]:
    """Return what a function gives for each item, in order; shapely works without the GIL."""
    with ThreadPoolExecutor() as threads:
        return tuple(threads.map(function, items))
