"""From an assessment to what the page is given."""

import datetime as dt
from collections.abc import Iterator, Sequence

import shapely

from bordermap._version import __version__
from bordermap.assessment import Assessment
from bordermap.boundaries import Borders, Country
from bordermap.casefile import Event, Position
from bordermap.cases import Case
from bordermap.claims import Claim, Party, comparability
from bordermap.datasets import Water, without_lakes
from bordermap.maps.footprint_shapes import (
    Cited,
    footprint_shapes,
    footprint_table,
    parameter_of,
    range_of,
)
from bordermap.maps.ground import GroundWithCredits, ground_of, limits_around
from bordermap.maps.names import country_names
from bordermap.maps.page_data import (
    MOST_SHAPES,
    BorderShape,
    BudgetRow,
    ClaimRow,
    ConditionRow,
    CountryLine,
    DatasetCard,
    DisagreementShape,
    EventRow,
    PageData,
    Parameter,
    PartyLine,
    ProvinceShape,
    ReportLine,
    ScenarioCard,
    SectionCurve,
    SitePoint,
    SourceLine,
)
from bordermap.maps.shapes import GROUND_DIGITS, PRECISE_DIGITS, encoded_lines, encoded_polygons
from bordermap.provenance import Dataset, Source
from bordermap.scenarios import MODELS, Scenario
from bordermap.sites import Report, Site
from bordermap.spread import OtherDataset
from bordermap.strip_answers import StripAnswer

SLIDER_STEPS_M = (1.0, 0.1, 0.01)
"""Steps that the depth slider may have; its smallest depth is one of them [m]."""

FINE_STEPS = 20.0
"""The stated figure's depth is at least this many steps, where a step is fine enough."""

WIDEST = 20.0
"""The slider ends at most at this many times the stated figure's depth."""

LABELS = 4
"""How many places a province's name may stand at."""

LABEL_DEGREES = 0.01
"""How well the place of a province's name is found [degrees]."""

LAYERS = {"incursions": "incursions", "caps": "caps", "outlines": "outlines"}
"""Layer that the footprints of each model are on; the strip has the slider's."""


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
    cited = _citing(case)
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
        slider_m=_slider_m(assessment.strips),
        claim=_claim(case.claim, case.claim),
        register=tuple(_claim(claim, case.claim) for claim in case.register),
        events=_events(case.file.events, case.file.positions),
        claimed=_country(case.country),
        neighbour=_country(case.neighbour),
        provinces=_provinces(case, ground.lakes),
        borders=_borders(case.borders),
        sections=tuple(_section(answer) for answer in assessment.strips),
        scenarios=tuple(_scenarios(assessment, cited)),
        sites=tuple(_site(site, case.reports) for site in case.sites),
        dataset=_dataset(case.dataset),
        disagreements=tuple(_disagreement(other) for other in assessment.others),
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


# What is stated ----------------------------------------------------------------------------------


def _source(source: Source) -> SourceLine:
    return SourceLine(
        title=source.title,
        publisher=source.publisher,
        url=source.url or "",
        published=_iso(source.published),
        note=source.note,
    )


def _iso(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()


def _party(party: Party) -> PartyLine:
    return PartyLine(
        text=party.text,
        country=party.country or "",
        says=party.says,
        source=_source(party.source),
    )


def _claim(claim: Claim, main: Claim) -> ClaimRow:
    return ClaimRow(
        id=claim.id,
        title=claim.title,
        figure_text=claim.figure_text,
        scope=claim.scope,
        reading=claim.reading,
        kind=claim.kind,
        date=claim.as_of.isoformat(),
        precision=claim.as_of_precision,
        since=claim.since or "",
        area_km2=range_of(claim.stated_area_km2),
        asserted_by=_party(claim.asserted_by),
        rejected_by=None if claim.rejected_by is None else _party(claim.rejected_by),
        no_rejection=claim.no_rejection,
        source=_source(claim.source),
        more_sources=tuple(_source(source) for source in claim.more_sources),
        differs=() if claim is main else comparability(main, claim).reasons,
        note=claim.note,
    )


def _events(events: Sequence[Event], positions: Sequence[Position]) -> tuple[EventRow, ...]:
    rows = [
        EventRow(
            date=event.date.isoformat(),
            precision=event.date_precision,
            text=event.text,
            source=_source(event.source),
        )
        for event in events
    ]
    rows += [
        EventRow(
            date=position.date.isoformat(),
            precision=position.date_precision,
            text=f"{position.party.text}: {position.party.says}",
            source=_source(position.party.source),
        )
        for position in positions
    ]
    return tuple(sorted(rows, key=lambda row: row.date))


def _site(site: Site, reports: Sequence[Report]) -> SitePoint:
    return SitePoint(
        id=site.id,
        name=site.name,
        names=site.names,
        kind=site.kind,
        province=site.province,
        point=(site.point.x, site.point.y),
        accuracy_m=site.accuracy_m,
        note=site.note,
        reports=tuple(_report(report) for report in reports if report.site == site.id),
    )


def _report(report: Report) -> ReportLine:
    return ReportLine(
        date=_iso(report.date),
        precision=report.date_precision,
        event=report.event,
        figure_text=report.figure_text,
        speaker=report.speaker.text,
        source=_source(report.source),
        counters=tuple(
            PartyLine(
                text=counter.speaker.text,
                country=counter.speaker.country or "",
                says=counter.text,
                source=_source(counter.source),
            )
            for counter in report.countered_by
        ),
    )


def _citing(case: Case) -> Cited:
    """Return what turns an id of a report or claim, or an address, into a source."""
    known = {report.id: report.source for report in case.reports}
    known |= {claim.id: claim.source for claim in case.register}

    def cited(reference: str) -> SourceLine:
        if reference in known:
            return _source(known[reference])
        return SourceLine(title=reference, publisher="", url=reference)

    return cited


# Where it could be -------------------------------------------------------------------------------


def _country(country: Country) -> CountryLine:
    return CountryLine(code=country.code, name=country.name, names=country_names(country.code))


def _provinces(case: Case, lakes: Sequence[Water]) -> tuple[ProvinceShape, ...]:
    lengths = case.borders.length_km_by_province()
    shapes = encoded_polygons([province.polygon for province in case.provinces])
    return tuple(
        ProvinceShape(
            code=province.code,
            name=province.name,
            names=province.names,
            area_km2=case.province_areas_km2[province.code],
            border_km=lengths[province.code],
            labels=_labels(without_lakes(province, lakes).polygon),
            shape=shape,
        )
        for province, shape in zip(case.provinces, shapes, strict=True)
    )


def _labels(polygon: shapely.MultiPolygon) -> tuple[tuple[float, float], ...]:
    """Return where a name has room: the middles of the largest discs side by side, in order."""
    room = shapely.MultiPolygon([max(polygon.geoms, key=lambda part: float(part.area))])
    middles = []
    for _ in range(LABELS):
        radius = shapely.maximum_inscribed_circle(room, tolerance=LABEL_DEGREES)
        x, y = radius.coords[0]
        middles.append((round(x, GROUND_DIGITS), round(y, GROUND_DIGITS)))
        rest = shapely.difference(room, shapely.Point(x, y).buffer(radius.length))
        room = shapely.MultiPolygon([part for part in shapely.get_parts(rest) if part.area > 0])
        if room.is_empty:
            break
    return tuple(middles)


def _borders(borders: Borders) -> tuple[BorderShape, ...]:
    return tuple(
        BorderShape(
            province=line.province,
            section=line.section,
            length_km=line.length_km,
            lines=encoded_lines(line.line),
        )
        for line in borders.lines
    )


def _section(answer: StripAnswer) -> SectionCurve:
    curve, depth = answer.curve, answer.depth_m_for_stated
    return SectionCurve(
        section=answer.section,
        length_km=answer.length_km,
        stated_depth_m=None if depth is None else range_of(depth),
        provinces=curve.provinces,
        depths_m=curve.depths_m.tolist(),
        areas_km2=curve.areas_km2.tolist(),
        slopes_km2_per_m=curve.slopes_km2_per_m.tolist(),
    )


def _slider_m(strips: Sequence[StripAnswer]) -> dict[str, float]:
    """Return the least and the largest depth of the slider, and its step [m]."""
    deepest_m = min(answer.curve.deepest_m for answer in strips)
    stated = strips[0].depth_m_for_stated
    stated_m = deepest_m if stated is None else stated.best
    step_m = next(
        (step for step in SLIDER_STEPS_M if stated_m >= FINE_STEPS * step), SLIDER_STEPS_M[-1]
    )
    largest_m = min(deepest_m, max(1.0, float(f"{WIDEST * stated_m:.1g}")))
    return {"least": step_m, "largest": largest_m, "step": step_m}


# What is assumed ---------------------------------------------------------------------------------


def _scenarios(assessment: Assessment, cited: Cited) -> Iterator[ScenarioCard]:
    comparisons = {one.scenario: one for one in assessment.comparisons}
    times: dict[str, int] = {}
    for estimate in assessment.estimates:
        scenario = estimate.scenario
        # what another package's model draws is shown as outlines are
        layer = LAYERS.get(scenario.model, "" if scenario.model in MODELS else "outlines")
        times[layer] = times.get(layer, 0) + 1
        many = bool(layer) and len(estimate.footprints) > MOST_SHAPES
        compared = comparisons[scenario.id]
        yield ScenarioCard(
            id=scenario.id,
            title=scenario.title,
            model=scenario.model,
            rationale=scenario.rationale,
            assumes=scenario.assumes,
            layer=layer if times[layer] == 1 or not layer else f"{layer}-{times[layer]}",
            section="" if scenario.strip is None else scenario.strip.section,
            area_km2=range_of(estimate.area_km2),
            by_province=estimate.by_province,
            outcome=compared.outcome,
            why=compared.why,
            ratio=compared.ratio,
            difference_km2=compared.difference_km2,
            probability=compared.probability_at_least_stated,
            parameters=tuple(_parameters(scenario, cited)),
            footprints=footprint_shapes(estimate, cited) if layer and not many else (),
            many=footprint_table(estimate) if many else None,
            budget=tuple(
                BudgetRow(source=line.source, km2=line.km2)
                for line in assessment.budget
                if line.scenario == scenario.id
            ),
            conditions=tuple(
                ConditionRow(
                    source=one.source, low_km2=one.low_km2, high_km2=one.high_km2, place=one.place
                )
                for one in assessment.conditions
                if one.scenario == scenario.id
            ),
        )


def _parameters(scenario: Scenario, cited: Cited) -> Iterator[Parameter]:
    """Yield the numbers of a scenario that no footprint shows."""
    if scenario.strip is not None and scenario.strip.depth_m is not None:
        yield parameter_of("", "depth_m", scenario.strip.depth_m, cited)
    for statement in scenario.statements:
        yield parameter_of(statement.place, "area_km2", statement.area_km2, cited)
    for number in scenario.numbers:
        yield parameter_of("", number.id, number.quantity, cited)


# How sure ----------------------------------------------------------------------------------------


def _dataset(dataset: Dataset) -> DatasetCard:
    return DatasetCard(
        id=dataset.id,
        title=dataset.title,
        publisher=dataset.publisher,
        licence=dataset.licence,
        attribution=dataset.attribution,
        vintage=dataset.vintage,
        accuracy_m=dataset.accuracy_m,
        accuracy_reason=dataset.accuracy_reason,
        worldview=dataset.worldview,
    )


def _disagreement(other: OtherDataset) -> DisagreementShape:
    sides = other.disagreement.by_province
    a_only, b_only = encoded_polygons(
        [
            shapely.MultiPolygon([part for side in sides.values() for part in side.a_only.geoms]),
            shapely.MultiPolygon([part for side in sides.values() for part in side.b_only.geoms]),
        ]
    )
    return DisagreementShape(
        dataset=_dataset(other.borders.dataset),
        total_km2=other.disagreement.total_km2,
        by_province={code: side.a_only_km2 + side.b_only_km2 for code, side in sides.items()},
        a_only=a_only,
        b_only=b_only,
        a_only_km2=sum(side.a_only_km2 for side in sides.values()),
        b_only_km2=sum(side.b_only_km2 for side in sides.values()),
        lines=[line for border in other.borders.lines for line in encoded_lines(border.line)],
    )
