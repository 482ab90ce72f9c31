"""Statements as JSON: who says what, and where it stands."""

from typing import Any

from bordermap.claims import Claim, Party
from bordermap.intervals import Interval
from bordermap.provenance import Source


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
