"""Which border a claim of an article is about, and what its figure comes to there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import shapely

from bordermap.boundaries import Borders
from bordermap.cases import borders_between
from bordermap.comparison import Resolution
from bordermap.datasets import BoundaryDataset, list_datasets, load_dataset
from bordermap.errors import DataError, NoSharedBorderError, PlaceNotFoundError
from bordermap.footprints.strip import depth_for_area, strip
from bordermap.intervals import Interval
from bordermap.reading import DraftClaim

Source = tuple[str | Path, str]
"""A dataset's id or a file, and the worldview that it is read under."""

Where = tuple[str | Path | None, str]
"""The same, or None for the most accurate dataset that has both sides."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Stretch:
    """
    A border that many claims are about; what is worked out for one serves the next.

    Parameters
    ----------
    borders
        The border, and the provinces whose land counts.
    """

    borders: Borders

    @cached_property
    def resolution(self) -> Resolution:
        """What the dataset can tell along this border."""
        borders = self.borders
        return Resolution(length_km=borders.length_km, accuracy_m=borders.dataset.accuracy_m)

    @cached_property
    def held_km2(self) -> float:
        """Area of the land behind it, as far as is measured [km²]."""
        return self.borders.held_km2

    def depth_m(self, area_km2: float) -> float | None:
        """Return the depth of the strip of an area [m]; None where the land is smaller."""
        return depth_for_area(self.borders, area_km2) if 0 < area_km2 <= self.held_km2 else None


@dataclass(frozen=True, kw_only=True)
class Placed:
    """
    A claim laid on a border.

    Parameters
    ----------
    country, neighbour
        ISO 3166-1 alpha-2 codes: whose land it is said to be, and the other side.
    stretch
        The border along the provinces that the claim names; along all if it names none.
    depth_m
        Depth of the strip that the figure would be [m]: at its low, best and high; None where the
        land behind the border is smaller.
    by_province
        Area of that strip by province at the best depth [km²].
    """

    country: str
    neighbour: str
    stretch: Stretch
    depth_m: Interval | None
    by_province: dict[str, float]

    def as_json(self, stated_km2: Interval) -> dict[str, Any]:
        """Return what the summary of an article says of it."""
        depth, borders, resolution = self.depth_m, self.stretch.borders, self.stretch.resolution
        return {
            "country": self.country,
            "neighbour": self.neighbour,
            "provinces": [province.code for province in borders.provinces],
            "dataset": borders.dataset.id,
            "border_length_km": resolution.length_km,
            "depth_m_for_stated": depth
            and {"low": depth.low, "best": depth.best, "high": depth.high},
            "by_province": self.by_province,
            "least_km2": resolution.least_km2,
            "resolvable": resolution.can_tell(stated_km2.best),
        }


def placed(draft: DraftClaim, *, countries: Sequence[str], where: Where) -> Placed:
    """
    Return a claim of an article on its border.

    Parameters
    ----------
    draft
        The claim as read.
    countries
        Alpha-2 codes of the two sides; empty where the claim itself has to tell.
    where
        The dataset.

    Raises
    ------
    PlaceNotFoundError
        If the sides are not told, or no dataset has both.
    NoSharedBorderError
        If they have no border in common.
    """
    country, neighbour = sides_of(draft, countries)
    source = _source(country, neighbour, where)
    touching = touching_provinces(source, country, neighbour)
    named = (place.province for place in draft.places if place.province in touching)
    stretch = _stretch(source, tuple(dict.fromkeys(named)) or touching, neighbour)
    area_km2 = draft.figure.area_km2
    low, high = (
        None if end is None else stretch.depth_m(end) for end in (area_km2.low, area_km2.high)
    )
    best = stretch.depth_m(area_km2.best)
    return Placed(
        country=country,
        neighbour=neighbour,
        stretch=stretch,
        depth_m=None if best is None else Interval(low=low, best=best, high=high),
        by_province={} if best is None else dict(_strip_km2(stretch, best)),
    )


def sides_of(draft: DraftClaim, countries: Sequence[str]) -> tuple[str, str]:
    """
    Return whose land a claim speaks of, and who is on the other side.

    Raises
    ------
    PlaceNotFoundError
        If the claim does not tell.
    """
    owners = [draft.owner.country, *(place.province.split("-")[0] for place in draft.places)]
    told = [code for code in owners if code and (not countries or code in countries)]
    country = next(iter(told), None) or next(iter(countries), None)
    others = [*countries, draft.about.country, draft.asserted_by.country]
    neighbour = next((code for code in others if code and code != country), None)
    if country is None or neighbour is None:
        raise PlaceNotFoundError(
            "the article does not say which two countries' border it is; give 'countries'"
        )
    return country, neighbour


@cache
def opened(source: Source) -> BoundaryDataset:
    """Return a dataset, opened once in a process."""
    dataset, worldview = source
    return load_dataset(dataset, worldview=worldview)


@cache
def touching_provinces(source: Source, country: str, neighbour: str) -> tuple[str, ...]:
    """
    Return the codes of the provinces of a country that share border with another country.

    Raises
    ------
    NoSharedBorderError
        If there is none.
    """
    dataset = opened(source)
    common = shapely.intersection(
        dataset.country(country).polygon.boundary, dataset.country(neighbour).polygon.boundary
    )
    found = tuple(
        province.code
        for province in dataset.provinces_of(country)
        if shapely.length(shapely.intersection(province.polygon.boundary, common)) > 0
    )
    if not found:
        raise NoSharedBorderError(
            f"{country} and {neighbour} have no border in common in {dataset.info.id}"
        )
    return found


@cache
def _source(country: str, neighbour: str, where: Where) -> Source:
    """Return the dataset asked for, or the most accurate one that has both sides."""
    given, worldview = where
    if given is not None:
        return given, worldview
    for info in list_datasets():
        source = (info.id, worldview)
        if ({country, neighbour} <= set(info.countries) or "world" in info.countries) and _has(
            source, country, neighbour
        ):
            return source
    raise PlaceNotFoundError(f"no dataset has the provinces of {country} and {neighbour}")


def _has(source: Source, country: str, neighbour: str) -> bool:
    try:
        dataset = opened(source)
        dataset.provinces_of(country)
        dataset.country(neighbour)
    except (PlaceNotFoundError, DataError):  # DataError: it has no such view
        return False
    return True


@lru_cache(maxsize=64)
def _stretch(source: Source, provinces: tuple[str, ...], neighbour: str) -> Stretch:
    borders = borders_between(opened(source), provinces=provinces, neighbour=neighbour)
    return Stretch(borders=borders)


@lru_cache(maxsize=256)
def _strip_km2(stretch: Stretch, depth_m: float) -> tuple[tuple[str, float], ...]:
    return tuple(strip(stretch.borders, depth_m).by_province.items())
