"""Columns that several layers and tables have."""

from collections.abc import Iterable

from bordermap.intervals import Interval
from bordermap.provenance import Dataset


def ends_km2(area_km2: Interval) -> dict[str, object]:
    """Return the ends of an interval [km²]."""
    return {
        "area_km2_low": area_km2.low,
        "area_km2_best": area_km2.best,
        "area_km2_high": area_km2.high,
    }


def origin(dataset: Dataset) -> dict[str, object]:
    """Return where boundaries come from, and what must be shown with them."""
    return {
        "dataset": dataset.id,
        "sha256": dataset.sha256,
        "attribution": dataset.attribution,
        "licence": dataset.licence,
        "vintage": dataset.vintage,
        "worldview": dataset.worldview,
    }


def addresses(urls: Iterable[str | None]) -> list[str]:
    """Return addresses once each, in their order."""
    return list(dict.fromkeys(url for url in urls if url))
