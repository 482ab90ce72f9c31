"""What an assessment has beside geometry, as rows."""

from collections.abc import Iterator

from bordermap.assessment import Assessment
from bordermap.layering.columns import ends_km2
from bordermap.provenance import Source


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
                **ends_km2(claim.stated_area_km2),
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
                **ends_km2(one.area_km2),
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
