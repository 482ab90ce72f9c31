"""The layers of an assessment by name."""

from collections.abc import Iterator, Mapping

from bordermap.assessment import Assessment
from bordermap.disagreement import Disagreement
from bordermap.geojson import Feature
from bordermap.layering.columns import addresses, origin
from bordermap.layering.footprints import budget_features, footprint_features
from bordermap.provenance import Dataset

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
        "footprints": tuple(footprint_features(assessment)),
        "budget": tuple(budget_features(assessment)),
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
                **origin(case.dataset),
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
                **origin(assessment.case.dataset),
            },
        )


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
                "sources": addresses(
                    [
                        site.position_source.url,
                        *(one.source.url for one in case.reports if one.site == site.id),
                    ]
                ),
                "site_note": site.note,
                **origin(case.dataset),
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
