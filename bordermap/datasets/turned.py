"""Provinces of a user's file that are written latitude first: told by where their country lies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bordermap.countries import country_name
from bordermap.datasets.archive import open_registered
from bordermap.datasets.collection import DEFAULT_VIEW, IndexEntry
from bordermap.datasets.registry import registered_datasets
from bordermap.topology import Draft, Problem

_WORLD = ("world",)


def turned_problems(drafts: Iterable[Draft]) -> Iterator[Problem]:
    """
    Yield the features that lie off their country, and would not if latitude stood first.

    Parameters
    ----------
    drafts
        Features of a user's file.

    Notes
    -----
    Boxes are compared, so nothing is said of a country along whose diagonal the two orders meet.
    """
    homes = _homes()
    for draft in drafts:
        if draft.polygon.is_empty or not draft.country or draft.country not in homes:
            continue
        west, south, east, north = draft.polygon.bounds
        if any(home.meets((west, south, east, north)) for home in homes[draft.country]):
            continue
        if any(home.meets((south, west, north, east)) for home in homes[draft.country]):
            reason = (
                f"lies about longitude {west:.4g}, latitude {south:.4g}, off"
                f" {country_name(draft.country)}; that looks like latitude, longitude; give"
                " longitude first"
            )
            yield Problem(feature=draft.label, kind="out-of-range", reason=reason)


def _homes() -> Mapping[str, Sequence[IndexEntry]]:
    """Return what the dataset of the world has of each country, without geometry."""
    world = next(one for one in registered_datasets() if one.info.countries == _WORLD)
    homes: dict[str, list[IndexEntry]] = defaultdict(list)
    for entry in open_registered(world, DEFAULT_VIEW).entries:
        homes[entry.country or ""].append(entry)
    return homes
