"""Everything the page of an assessment shows."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from bordermap._version import __version__
from bordermap.assessment import Assessment
from bordermap.cases import Case
from bordermap.maps.ground import GroundWithCredits, ground_of, limits_around
from bordermap.maps.page_data.borders import (
    BorderShape,
    CountryLine,
    ProvinceShape,
    border_shapes,
    country_line,
    province_shapes,
)
from bordermap.maps.page_data.claims import ClaimRow, EventRow, claim_row, event_rows
from bordermap.maps.page_data.datasets import (
    DatasetCard,
    DisagreementShape,
    dataset_card,
    disagreement_shape,
)
from bordermap.maps.page_data.ground import Ground, Reference
from bordermap.maps.page_data.scenarios import ScenarioCard, scenario_cards
from bordermap.maps.page_data.sites import SitePoint, site_point
from bordermap.maps.page_data.sources import citing
from bordermap.maps.page_data.strips import SectionCurve, section_curve, slider_m
from bordermap.maps.shapes import GROUND_DIGITS, PRECISE_DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """
    Everything the page shows.

    Parameters
    ----------
    version
        Version of bordermap.
    case, title, summary
        Id, title and summary of the case.
    languages
        Languages whose forms of a name are always shown, the parties' first.
    bounds
        West, south, east, north of what the map is framed on [degrees].
    limits
        The same of what the map can be moved to.
    precise_digits, ground_digits
        Decimals of a degree in measured shapes and on the ground.
    slider_m
        Least, largest and initial depth of the slider, and its step [m].
    claim, register, events
        What is stated, and what happened.
    claimed, neighbour
        The two countries.
    provinces, borders, sections
        Where it could be.
    scenarios, sites
        What is assumed, and where.
    dataset, disagreements, resolvable_km2
        How sure.
    references
        What is of a familiar size.
    ground
        What lies beneath.
    attributions
        What must be credited.
    """

    version: str
    case: str
    title: str
    summary: str
    languages: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    limits: tuple[float, float, float, float]
    precise_digits: int
    ground_digits: int
    slider_m: Mapping[str, float]
    claim: ClaimRow
    register: tuple[ClaimRow, ...]
    events: tuple[EventRow, ...]
    claimed: CountryLine
    neighbour: CountryLine
    provinces: tuple[ProvinceShape, ...]
    borders: tuple[BorderShape, ...]
    sections: tuple[SectionCurve, ...]
    scenarios: tuple[ScenarioCard, ...]
    sites: tuple[SitePoint, ...]
    dataset: DatasetCard
    disagreements: tuple[DisagreementShape, ...]
    resolvable_km2: float
    references: tuple[Reference, ...]
    ground: Ground
    attributions: tuple[str, ...]


def page_data(assessment: Assessment, *, ground: GroundWithCredits | None = None) -> PageData:
    """
    Return what the page shows of an assessment.

    Parameters
    ----------
    assessment
        The assessment.
    ground
        Its case's ground, if it is drawn already.
    """
    case = assessment.case
    bounds = _bounds(case)
    limits = limits_around(bounds)
    ground = ground or case_ground(case)
    cited = citing(case)
    credited = (
        case.dataset.attribution,
        *(other.borders.dataset.attribution for other in assessment.others),
        *ground.attributions,
    )
    return PageData(
        version=__version__,
        case=case.id,
        title=case.title,
        summary=case.file.summary.strip(),
        languages=case.file.languages,
        bounds=bounds,
        limits=limits,
        precise_digits=PRECISE_DIGITS,
        ground_digits=GROUND_DIGITS,
        slider_m=slider_m(assessment.strips),
        claim=claim_row(case.claim, case.claim),
        register=tuple(claim_row(claim, case.claim) for claim in case.register),
        events=event_rows(case.file.events, case.file.positions),
        claimed=country_line(case.country),
        neighbour=country_line(case.neighbour),
        provinces=province_shapes(case, ground.lakes),
        borders=border_shapes(case.borders),
        sections=tuple(section_curve(answer) for answer in assessment.strips),
        scenarios=tuple(scenario_cards(assessment, cited)),
        sites=tuple(site_point(site, case.reports) for site in case.sites),
        dataset=dataset_card(case.dataset),
        disagreements=tuple(disagreement_shape(other) for other in assessment.others),
        resolvable_km2=assessment.resolution.least_km2,
        references=ground.references,
        ground=ground.ground,
        attributions=tuple(dict.fromkeys(credited)),
    )


def case_ground(case: Case) -> GroundWithCredits:
    """Return what the page of a case shows whatever is assessed."""
    return ground_of(case, limits_around(_bounds(case)))


def _bounds(case: Case) -> tuple[float, float, float, float]:
    """Return west, south, east, north of the case's provinces [degrees, WGS 84]."""
    west, south, east, north = shapely.total_bounds([one.polygon for one in case.provinces])
    return float(west), float(south), float(east), float(north)
