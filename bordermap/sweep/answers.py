"""Answers: how long a border is, how deep a strip of an area, and what can be told there."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any

import shapely

from bordermap.batch import Engine, Lost
from bordermap.boundaries import Borders, Country, shared_borders
from bordermap.comparison import Resolution
from bordermap.datasets import BoundaryDataset, alpha2, load_dataset
from bordermap.errors import BordermapError, GeometryError, PlaceNotFoundError
from bordermap.footprints.strip import depth_for_area, strip
from bordermap.sweep.pairs import Pair, neighbouring


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What is asked of every pair.

    Parameters
    ----------
    dataset, worldview
        A dataset's id, and the view it is read under.
    area_km2
        The area whose strip is sought [km²].

    Raises
    ------
    GeometryError
        If no strip has the area: it is not above 0, or no number.
    """

    dataset: str
    worldview: str
    area_km2: float

    def __post_init__(self) -> None:
        """Refuse here what every pair would only answer with no depth."""
        if not 0 < self.area_km2 < math.inf:
            raise GeometryError(f"an area of {self.area_km2:g} km² has no strip; give one above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAnswer:
    """
    What is found for a pair.

    Parameters
    ----------
    pair
        The pair.
    names
        Names of its provinces by code.
    length_km
        Length of each province's part of the border, by code [km].
    strip_km2
        Area of each province's part of the strip, by code [km²]; empty where there is no strip.
    depth_m
        Depth of the strip [m]; None where the land is smaller, or `note` says why.
    least_km2
        Smallest area that the dataset can tell from nothing here [km²].
    resolvable
        Whether it can tell the area that was asked for.
    lines
        Each province's part of the border, by code [degrees, WGS 84].
    note
        Why there is no strip; empty where there is one.
    """

    pair: Pair
    names: dict[str, str]
    length_km: dict[str, float]
    strip_km2: dict[str, float]
    depth_m: float | None
    least_km2: float
    resolvable: bool
    lines: dict[str, shapely.MultiLineString] = field(repr=False)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFailure:
    """
    A pair for which nothing is found.

    Parameters
    ----------
    pair
        The pair.
    reason
        Why.
    """

    pair: Pair
    reason: str


def pairs_of(question: Question, countries: Sequence[str] = ()) -> tuple[Pair, ...]:
    """
    Return the pairs that a question is asked of.

    Parameters
    ----------
    question
        What is asked, of which dataset.
    countries
        ISO 3166-1 codes of the countries whose borders are wanted; all if none are given.

    Raises
    ------
    PlaceNotFoundError
        If a code is no country's, or the country has no neighbour in the dataset.
    DataError
        If there is no such dataset or view.
    """
    wanted = {alpha2(code) for code in countries}
    pairs = neighbouring(dataset_of(question))
    alone = wanted - {pair.country for pair in pairs}
    if alone:
        raise PlaceNotFoundError(f"{min(alone)} has no neighbour on land in {question.dataset}")
    return tuple(pair for pair in pairs if not wanted or pair.country in wanted)


def swept(
    pairs: Sequence[Pair], question: Question, engine: Engine
) -> Iterator[PairAnswer | PairFailure]:
    """
    Yield what is found for each pair, as it is found.

    Parameters
    ----------
    pairs
        Countries with their neighbours.
    question
        What is asked of each.
    engine
        Where the work is done.
    """
    for pair, found in engine.each(partial(_answered, question=question), _by_country(pairs)):
        if isinstance(found, Lost):
            yield PairFailure(pair=pair, reason=found.reason)
        else:
            yield found


def in_order(
    answers: Sequence[PairAnswer | PairFailure],
) -> tuple[list[PairAnswer], list[PairFailure]]:
    """Return answers and failures in the order of their codes, whichever came first."""
    ordered = sorted(answers, key=lambda one: (one.pair.country, one.pair.neighbour))
    found = [one for one in ordered if isinstance(one, PairAnswer)]
    return found, [one for one in ordered if isinstance(one, PairFailure)]


def as_json(answer: PairAnswer) -> dict[str, Any]:
    """Return what the command line says of a pair."""
    return {
        "country": answer.pair.country,
        "neighbour": answer.pair.neighbour,
        "border_length_km": {
            "by_province": answer.length_km,
            "total": sum(answer.length_km.values()),
        },
        "depth_m": answer.depth_m,
        "by_province": answer.strip_km2,
        "least_km2": answer.least_km2,
        "resolvable": answer.resolvable,
        "note": answer.note or None,
    }


def dataset_of(question: Question) -> BoundaryDataset:
    """Return the dataset that is asked, under the view it is asked for."""
    return _dataset(question.dataset, question.worldview)


def _answered(
    pair: Pair,
    /,
    *,
    folder: Path,  # noqa: ARG001  (the engine gives it to all work)
    question: Question,
) -> PairAnswer | PairFailure:
    try:
        return _answer(pair, question)
    except BordermapError as error:
        return PairFailure(pair=pair, reason=str(error))
    except Exception as error:  # noqa: BLE001  (a fault with one pair is not the others')
        return PairFailure(pair=pair, reason=f"a fault of bordermap, please report it: {error!r}")


def _answer(pair: Pair, question: Question) -> PairAnswer:
    borders = _borders(pair, question)
    resolution = Resolution(length_km=borders.length_km, accuracy_m=borders.dataset.accuracy_m)
    depth_m, note, strip_km2 = None, "", dict[str, float]()
    try:
        depth_m = depth_for_area(borders, question.area_km2)
        strip_km2 = dict(strip(borders, depth_m).by_province)
    except GeometryError as error:
        note = str(error)
    lines: dict[str, list[shapely.MultiLineString]] = defaultdict(list)
    for line in borders.lines:
        lines[line.province].append(line.line)
    return PairAnswer(
        pair=pair,
        names={province.code: province.name for province in borders.provinces},
        length_km=borders.length_km_by_province(),
        strip_km2=strip_km2,
        depth_m=depth_m,
        least_km2=resolution.least_km2,
        resolvable=resolution.can_tell(question.area_km2),
        lines={
            code: shapely.MultiLineString(list(shapely.get_parts(shapely.union_all(parts))))
            for code, parts in lines.items()
        },
        note=note,
    )


def _borders(pair: Pair, question: Question) -> Borders:
    source = (question.dataset, question.worldview)
    dataset = _dataset(*source)
    return shared_borders(
        dataset.provinces(pair.provinces),
        claimed=_country(*source, pair.country),
        neighbour=_country(*source, pair.neighbour),
        dataset=dataset.info,
    )


@cache
def _dataset(dataset: str, worldview: str) -> BoundaryDataset:
    return load_dataset(dataset, worldview=worldview)


@cache
def _country(dataset: str, worldview: str, code: str) -> Country:
    return _dataset(dataset, worldview).country(code)


def _by_country(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """
    Return the pairs of each country together, so that its polygon is made once.

    Countries with much to do come first, so that none of them is left for the end.
    """
    groups = [list(group) for _, group in groupby(pairs, key=lambda pair: pair.country)]
    return sorted(groups, key=lambda group: -sum(len(pair.provinces) for pair in group))
