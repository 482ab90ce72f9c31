"""The land of scenarios as features, and where the width of an interval lies."""

from collections.abc import Iterator

import shapely

from bordermap.areas import geodesic_area_km2, multipolygon
from bordermap.assessment import Assessment
from bordermap.cases import Case
from bordermap.estimates import Estimate, Footprint
from bordermap.geojson import Feature
from bordermap.geojson.decimals import DECIMALS
from bordermap.layering.columns import addresses, ends_km2, origin
from bordermap.scenarios import Quantity

MODEL_NOTE = "model geometry, not observed control"


def footprint_features(assessment: Assessment) -> Iterator[Feature]:
    """Yield the land of each footprint at best, with the numbers it follows from."""
    for estimate in assessment.estimates:
        for footprint in estimate.footprints:
            yield Feature(
                id=f"{estimate.scenario.id}/{footprint.id}",
                geometry=shapely.union_all(list(footprint.polygons["best"].values())),
                properties=_of_footprint(footprint, estimate, assessment),
            )


def _of_footprint(
    footprint: Footprint, estimate: Estimate, assessment: Assessment
) -> dict[str, object]:
    case = assessment.case
    return {
        "claim": case.claim.id,
        "scenario": estimate.scenario.id,
        "model": estimate.scenario.model,
        "title": footprint.title,
        "site": footprint.site,
        "parameters": {name: value.as_json() for name, value in footprint.parameters.items()},
        **ends_km2(footprint.area_km2),
        "scenario_without_it_km2": assessment.without.get(estimate.scenario.id, {}).get(
            footprint.id
        ),
        "provinces": [code for code, part in footprint.polygons["best"].items() if part.area > 0],
        "draws": estimate.draws,
        "seed": estimate.seed,
        "note": MODEL_NOTE,
        "sources": _sources_of(footprint, case),
        **origin(case.dataset),
    }


def budget_features(assessment: Assessment) -> Iterator[Feature]:
    """Yield where the width of a drawn interval lies: what footprints hold at high, not at low."""
    for estimate in assessment.estimates:
        if estimate.draws is None:
            continue
        lines = [line for line in assessment.budget if line.scenario == estimate.scenario.id]
        for footprint in estimate.footprints:
            low, high = (
                shapely.union_all(list(footprint.polygons[end].values())) for end in ("low", "high")
            )
            # Both follow the border: on the digits that are written no sliver is left along it.
            between = multipolygon(shapely.difference(high, low, grid_size=10.0**-DECIMALS))
            if between.is_empty:
                continue
            yield Feature(
                id=f"{estimate.scenario.id}/{footprint.id}",
                geometry=between,
                properties={
                    "claim": assessment.case.claim.id,
                    "scenario": estimate.scenario.id,
                    "model": estimate.scenario.model,
                    "title": footprint.title,
                    "site": footprint.site,
                    "between_km2": geodesic_area_km2(between),
                    **ends_km2(footprint.area_km2),
                    "scenario_km2_by_source": {line.source: line.km2 for line in lines},
                    "scenario_share_by_source": {line.source: line.share for line in lines},
                    "draws": estimate.draws,
                    "seed": estimate.seed,
                    "note": MODEL_NOTE,
                    "sources": _sources_of(footprint, assessment.case),
                    **origin(assessment.case.dataset),
                },
            )


def _sources_of(footprint: Footprint, case: Case) -> list[str]:
    """Return where the assumed numbers of a footprint come from; without any, the claim."""
    known = {one.id: one.source for one in (*case.register, *case.reports)}
    names = [
        name
        for value in footprint.parameters.values()
        if isinstance(value, Quantity)
        for name in value.sources
    ]
    found = [known[name].url if name in known else name for name in names]
    return addresses(found or [case.claim.source.url])
