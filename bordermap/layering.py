"""The layers of an assessment: what a GIS shows of it, each feature with where it comes from."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import shapely

from bordermap.areas import geodesic_area_km2, multipolygon
from bordermap.assessment import Assessment
from bordermap.cases import Case
from bordermap.disagreement import Disagreement
from bordermap.estimates import Estimate, Footprint
from bordermap.geojson import Feature
from bordermap.geojson.decimals import DECIMALS
from bordermap.intervals import Interval
from bordermap.provenance import Dataset, Source
from bordermap.scenarios import Quantity

if TYPE_CHECKING:
    import geopandas

MODEL_NOTE = "model geometry, not observed control"

Layers = Mapping[str, tuple[Feature, ...]]


def layers_of(assessment: Assessment) -> Layers:
    """
    Return the layers of an assessment by name.

    Parameters
    ----------
    assessment
        What follows from a case.

    Returns
    -------
    ``provinces``, ``borders``, ``footprints``, ``budget``, ``sites`` and ``disagreement``;
    geometries in longitude, latitude [degrees, WGS 84]. Every feature says its dataset, the
    checksum of its file and the line that must be shown with it.

    Examples
    --------
    >>> import bordermap as bm
    >>> result = bm.assess(bm.load_case("chamizal-1963"))  # doctest: +SKIP
    >>> [feature.id for feature in bm.layers_of(result)["footprints"]]  # doctest: +SKIP
    ['even-strip/even-strip', 'relocated-channel/channel']
    """
    return {
        "provinces": tuple(_provinces(assessment)),
        "borders": tuple(_borders(assessment)),
        "footprints": tuple(_footprints(assessment)),
        "budget": tuple(_budget(assessment)),
        "sites": tuple(_sites(assessment)),
        "disagreement": tuple(
            feature
            for other in assessment.others
            for feature in _differences(
                other.disagreement, assessment.case.dataset, other.borders.dataset
            )
        ),
    }


def _provinces(assessment: Assessment) -> Iterator[Feature]:
    case = assessment.case
    for province in case.provinces:
        yield Feature(
            id=province.code,
            geometry=province.polygon,
            properties={
                "code": province.code,
                "name": province.name,
                "country": province.country,
                **{f"name_{language}": name for language, name in province.names.items()},
                "area_km2": case.province_areas_km2[province.code],
                **_origin(case.dataset),
            },
        )


def _borders(assessment: Assessment) -> Iterator[Feature]:
    for line in assessment.case.borders.lines:
        yield Feature(
            id=f"{line.province}-{line.section}",
            geometry=line.line,
            properties={
                "province": line.province,
                "neighbour": line.neighbour,
                "section": line.section,
                "length_km": line.length_km,
                **_origin(assessment.case.dataset),
            },
        )


def _footprints(assessment: Assessment) -> Iterator[Feature]:
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
        **_ends(footprint.area_km2),
        "scenario_without_it_km2": assessment.without.get(estimate.scenario.id, {}).get(
            footprint.id
        ),
        "provinces": [code for code, part in footprint.polygons["best"].items() if part.area > 0],
        "draws": estimate.draws,
        "seed": estimate.seed,
        "note": MODEL_NOTE,
        "sources": _sources_of(footprint, case),
        **_origin(case.dataset),
    }


def _budget(assessment: Assessment) -> Iterator[Feature]:
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
                    **_ends(footprint.area_km2),
                    "scenario_km2_by_source": {line.source: line.km2 for line in lines},
                    "scenario_share_by_source": {line.source: line.share for line in lines},
                    "draws": estimate.draws,
                    "seed": estimate.seed,
                    "note": MODEL_NOTE,
                    "sources": _sources_of(footprint, assessment.case),
                    **_origin(assessment.case.dataset),
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
    return _addresses(found or [case.claim.source.url])


def _addresses(urls: Iterable[str | None]) -> list[str]:
    """Return addresses once each, in their order."""
    return list(dict.fromkeys(url for url in urls if url))


def _sites(assessment: Assessment) -> Iterator[Feature]:
    case = assessment.case
    for site in case.sites:
        yield Feature(
            id=site.id,
            geometry=site.point,
            properties={
                "name": site.name,
                **{f"name_{language}": name for language, name in site.names.items()},
                "also": list(site.also),
                "kind": site.kind,
                "province": site.province,
                "accuracy_m": site.accuracy_m,
                "accuracy_reason": site.accuracy_reason,
                "position_source": site.position_source.title,
                "reports": [report.id for report in case.reports if report.site == site.id],
                "sources": _addresses(
                    [
                        site.position_source.url,
                        *(one.source.url for one in case.reports if one.site == site.id),
                    ]
                ),
                "site_note": site.note,
                **_origin(case.dataset),
            },
        )


def _differences(found: Disagreement, a: Dataset, b: Dataset) -> Iterator[Feature]:
    for code, side in found.by_province.items():
        for only, other, land, km2 in (
            (a, b, side.a_only, side.a_only_km2),
            (b, a, side.b_only, side.b_only_km2),
        ):
            if km2 > 0:
                yield Feature(
                    id=f"{code}/{only.id}-not-{other.id}",
                    geometry=land,
                    properties={
                        "province": code,
                        "only_in": only.id,
                        "not_in": other.id,
                        "area_km2": km2,
                        "worldview": only.worldview,
                        "dataset": f"{a.id}, {b.id}",
                        "sha256": f"{a.sha256}, {b.sha256}",
                        "attribution": f"{a.attribution}; {b.attribution}",
                        "licence": f"{a.licence}, {b.licence}",
                        "vintage": f"{a.vintage}, {b.vintage}",
                    },
                )


def _ends(area_km2: Interval) -> dict[str, object]:
    return {
        "area_km2_low": area_km2.low,
        "area_km2_best": area_km2.best,
        "area_km2_high": area_km2.high,
    }


def _origin(dataset: Dataset) -> dict[str, object]:
    return {
        "dataset": dataset.id,
        "sha256": dataset.sha256,
        "attribution": dataset.attribution,
        "licence": dataset.licence,
        "vintage": dataset.vintage,
        "worldview": dataset.worldview,
    }


def tables_of(assessment: Assessment) -> dict[str, list[dict[str, object]]]:
    """
    Return what an assessment has beside geometry, as rows by table.

    Parameters
    ----------
    assessment
        What follows from a case.

    Returns
    -------
    ``claims`` (the register), ``estimates``, ``sources`` and ``datasets``.
    """
    case = assessment.case
    datasets = [case.dataset, *(other.borders.dataset for other in assessment.others)]
    sources = {(source.title, source.url): source for source in _sources(assessment)}
    return {
        "claims": [
            {
                "id": claim.id,
                "figure_text": claim.figure_text,
                **_ends(claim.stated_area_km2),
                "as_of": claim.as_of.isoformat(),
                "asserted_by": claim.asserted_by.text,
                "rejected_by": claim.rejected_by and claim.rejected_by.text,
                "scope": claim.scope,
                "source_url": claim.source.url,
            }
            for claim in case.register
        ],
        "estimates": [
            {
                "scenario": one.scenario.id,
                "model": one.scenario.model,
                **_ends(one.area_km2),
                "coverage": one.area_km2.coverage,
                "outcome": comparison.outcome,
                "why": comparison.why,
            }
            for one, comparison in zip(assessment.estimates, assessment.comparisons, strict=True)
        ],
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url,
                "published": source.published and source.published.isoformat(),
                "retrieved": source.retrieved and source.retrieved.isoformat(),
            }
            for source in sources.values()
        ],
        "datasets": [
            {
                "id": one.id,
                "title": one.title,
                "licence": one.licence,
                "attribution": one.attribution,
                "vintage": one.vintage,
                "accuracy_m": one.accuracy_m,
                "worldview": one.worldview,
                "sha256": one.sha256,
            }
            for one in datasets
        ],
    }


def _sources(assessment: Assessment) -> Iterator[Source]:
    for claim in assessment.case.register:
        yield claim.source
        yield claim.asserted_by.source
        if claim.rejected_by is not None:
            yield claim.rejected_by.source
    for report in assessment.case.reports:
        yield report.source


def to_geodataframes(assessment: Assessment) -> "dict[str, geopandas.GeoDataFrame]":
    """
    Return the layers of an assessment as GeoDataFrames by name, on WGS 84.

    Parameters
    ----------
    assessment
        What follows from a case.

    Examples
    --------
    >>> import bordermap as bm
    >>> frames = bm.to_geodataframes(bm.assess(bm.load_case("chamizal-1963"), draws=20))
    >>> frames["footprints"][["scenario", "area_km2_best"]].round(3).values.tolist()
    [['even-strip', 1.769], ['relocated-channel', 1.963]]
    """
    import geopandas

    return {
        name: geopandas.GeoDataFrame(
            [{"id": feature.id, **feature.properties} for feature in features],
            geometry=[feature.geometry for feature in features],
            crs="OGC:CRS84",
        )
        for name, features in layers_of(assessment).items()
    }
