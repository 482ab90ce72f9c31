"""What a new case is laid on: whose land, which provinces, which boundaries."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from bordermap.areas import geodesic_areas_km2
from bordermap.countries import country_name
from bordermap.datasets import BoundaryDataset, is_registered, list_datasets, load_dataset
from bordermap.drafting.words import first_line
from bordermap.errors import NoSharedBorderError, PlaceNotFoundError
from bordermap.reading import DraftClaim

PROVINCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a new case is laid on."""

    name: str
    country: str
    neighbour: str
    provinces: tuple[str, ...]
    dataset: BoundaryDataset
    boundaries: str
    day: dt.date
    title: str
    inferred: tuple[str, ...]


def setting_of(  # noqa: PLR0913, PLR0917  (what a case is laid on, each said once)
    article: str,
    drafts: Sequence[DraftClaim],
    sides: Sequence[str],
    name: str,
    day: dt.date | None,
    boundaries: str | None,
) -> Setting:
    """Return what a new case is laid on, and what of it the article does not say."""
    main = main_draft(drafts, sides)
    owner = _owner(main, sides)
    country = owner or sides[0]
    neighbour = next(side for side in sides if side != country)
    dataset = _dataset(country, neighbour) if boundaries is None else load_dataset(boundaries)
    own_file = boundaries is not None and not is_registered(boundaries)
    touching = _touching(dataset, country, neighbour)
    named = [place.province for place in main.places if place.province in touching]
    inferred = [] if owner else ["country (the article does not say whose land it is)"]
    if not named:
        inferred.append("provinces (the article names none at this border: all are taken)")
    elif not can_hold(dataset, named, main):
        named = []
        inferred.append("provinces (those named are smaller than the figure: all are taken)")
    if own_file:
        inferred.append(
            "boundaries (a case names a dataset: build it with --boundaries FILE again)"
        )
    if day is None:
        inferred.append("as_of (no day was given: it is the day this draft was written)")
    return Setting(
        name=name,
        country=country,
        neighbour=neighbour,
        provinces=tuple(dict.fromkeys(named)) or tuple(touching),
        dataset=dataset,
        boundaries=(_dataset(country, neighbour) if own_file else dataset).info.id,
        day=day or dt.datetime.now(tz=dt.UTC).date(),
        title=first_line(article),
        inferred=tuple(inferred),
    )


def can_hold(dataset: BoundaryDataset, provinces: Sequence[str], draft: DraftClaim) -> bool:
    """Return whether provinces have room for a stated area."""
    polygons = [province.polygon for province in dataset.provinces(tuple(dict.fromkeys(provinces)))]
    return draft.figure.area_km2.best < sum(geodesic_areas_km2(polygons))


def main_draft(drafts: Sequence[DraftClaim], sides: Sequence[str]) -> DraftClaim:
    """Return the claim that says the most of these two sides; the first of several."""

    def weight(draft: DraftClaim) -> tuple[bool, int]:
        held = draft.kind == "held"
        return held, sum(place.feature_id.startswith(tuple(sides)) for place in draft.places)

    return max(drafts, key=weight)


def _owner(draft: DraftClaim, sides: Sequence[str]) -> str | None:
    """Return whose land it is said to be, by its words or by where its places lie."""
    told = [draft.owner.country, *(place.province.split("-")[0] for place in draft.places)]
    return next((country for country in told if country in sides), None)


def _dataset(country: str, neighbour: str) -> BoundaryDataset:
    """Return the most accurate shipped dataset that has both sides."""
    for info in list_datasets():
        if "world" in info.countries or {country, neighbour} <= set(info.countries):
            dataset = load_dataset(info.id)
            try:
                provinces = dataset.provinces_of(country)
            except PlaceNotFoundError:
                continue
            if provinces:
                return dataset
    raise PlaceNotFoundError(f"no shipped dataset has the provinces of {country} and {neighbour}")


def _touching(dataset: BoundaryDataset, country: str, neighbour: str) -> tuple[str, ...]:
    """Return the provinces of a country that touch the other one."""
    other = dataset.country(neighbour).polygon.boundary
    common = shapely.intersection(dataset.country(country).polygon.boundary, other)
    found = tuple(
        province.code
        for province in dataset.provinces_of(country)
        if PROVINCE.fullmatch(province.code)
        and shapely.intersection(province.polygon.boundary, common).length > 0
    )
    if not found:
        raise NoSharedBorderError(
            f"{country_name(country)} and {country_name(neighbour)} have no border in common in"
            f" {dataset.info.id}; give two neighbours"
        )
    return found
