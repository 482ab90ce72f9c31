"""Estimates: the area that a scenario's assumptions come to, with its interval and footprints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.areas import edges_of, geodesic_areas_km2, geodesic_length_km
from bordermap.boundaries import Borders
from bordermap.claims import Claim
from bordermap.intervals import Interval
from bordermap.measuring import counted_once, polygon_areas_km2
from bordermap.outlines import Outlines
from bordermap.scenarios import Scenario
from bordermap.sites import Site
from bordermap.uncertainty import (
    NORMAL_95_SIGMAS,
    RADIUS_95_SIGMAS,
    Draws,
    interval_of,
    is_settled,
    standard_error,
)

VariedSource = Literal[
    "position", "front", "depth", "shape", "radius", "border", "figures", "overlap"
]
VARIED_SOURCES: tuple[VariedSource, ...] = get_args(VariedSource)

FARTHEST_SIGMAS = 3.0
"""Farthest that a site is moved, in standard deviations."""

CORRELATION_M = 2_000.0
"""Length of border over which its line is taken to be off to the same side [m]: ten times the
mean distance of vertices in the finest shipped dataset."""

TOUCHING_DEGREES = 1e-4
"""Land follows the border where it is this near to it (about 10 m)."""

Extent = Literal["low", "best", "high"]
EXTENTS: tuple[Extent, ...] = ("low", "best", "high")
Polygons = Mapping[str, shapely.MultiPolygon]
"""Land by province code [degrees, WGS 84]."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """
    What a model is given besides the scenario.

    Parameters
    ----------
    borders
        The case's borders, and the provinces whose land counts.
    claim
        The main claim.
    sites
        The case's sites by id.
    folder
        The case's folder, below which outlines lie.
    outlines
        Those that are read already, by scenario.
    draws
        Random numbers.
    varied
        Sources of uncertainty that vary in the draws; the others stay where `held` says.
    held
        Where a source that does not vary stays: 0 is best, -1 low and 1 high, and in between.
    ends
        Whether footprints are worked out at their low and high ends too; if not, best stands for
        all three.
    """

    borders: Borders
    claim: Claim
    sites: Mapping[str, Site]
    folder: Path
    draws: Draws
    outlines: Mapping[str, Outlines] = field(default_factory=dict)
    varied: frozenset[VariedSource] = frozenset(VARIED_SOURCES)
    held: Mapping[VariedSource, float] = field(default_factory=dict)
    ends: bool = True

    def at_extents(self, polygons: Callable[[Extent], Polygons]) -> dict[Extent, Polygons]:
        """Return a footprint's polygons at low, best and high."""
        best = polygons("best")
        if not self.ends:
            return dict.fromkeys(EXTENTS, best)
        return {"low": polygons("low"), "best": best, "high": polygons("high")}

    def drawn(self, source: VariedSource, interval: Interval, *name: str) -> NDArray[np.float64]:
        """Return draws of an assumed number, or where it is held if its source does not vary."""
        if source not in self.varied:
            return np.full(self.draws.count, between(interval, self.held.get(source, 0.0)))
        return self.draws.between(interval, *name)

    def moved(self, accuracy_m: float, *name: str) -> NDArray[np.float64]:
        """
        Return draws of how far a site lies off along one axis [m].

        Notes
        -----
        Normal, with the standard deviation at which `accuracy_m` holds 95 in 100 of a round
        spread, and cut off at `FARTHEST_SIGMAS` of them.
        """
        if "position" not in self.varied:
            return np.zeros(self.draws.count)
        drawn = self.draws.normal(*name)
        sigmas = np.clip(drawn, -FARTHEST_SIGMAS, FARTHEST_SIGMAS)
        return sigmas * accuracy_m / RADIUS_95_SIGMAS

    def border_error_km2(self, length_km: float, *name: str) -> NDArray[np.float64]:
        """
        Return draws of the area that the border's own error adds to land along it [km²].

        Notes
        -----
        The line's error is normal, within the dataset's accuracy 95 times in 100, and keeps to
        one side for `CORRELATION_M`; over a longer border it cancels in part, so that the area's
        standard deviation grows with the square root of the length.
        """
        if "border" not in self.varied or length_km == 0:
            return np.zeros(self.draws.count)
        length_m = length_km * 1e3
        sigma_m = self.borders.dataset.accuracy_m / NORMAL_95_SIGMAS
        reach_m = np.sqrt(length_m * min(length_m, CORRELATION_M))
        drawn = self.draws.normal(*name)
        error: NDArray[np.float64] = drawn * sigma_m * reach_m / 1e6
        return error


@dataclass(frozen=True, kw_only=True)
class Variation:
    """
    How a model's total varies.

    Parameters
    ----------
    sources
        The sources of uncertainty that it has.
    setting
        Where it was estimated.
    totals_of_block_km2
        Gives the area in each draw in a setting that differs only in what varies, shape (draws,).
    """

    sources: tuple[VariedSource, ...]
    setting: Setting
    totals_of_block_km2: Callable[[Setting], NDArray[np.float64]]

    def totals_km2(self, setting: Setting) -> NDArray[np.float64]:
        """Return the area in each draw; memory does not grow with how many they are."""
        blocks = (replace(setting, draws=block) for block in setting.draws.blocks())
        return np.concatenate([self.totals_of_block_km2(block) for block in blocks])

    def alone(self, source: VariedSource, *, draws: int | None = None) -> NDArray[np.float64]:
        """
        Return the area in each draw where one source varies and the others are at best.

        Parameters
        ----------
        source
            What varies.
        draws
            How many draws, the first of all; None for all.
        """
        all_draws = self.setting.draws
        some = all_draws if draws is None else all_draws.first(draws)
        return self.totals_km2(replace(self.setting, varied=frozenset([source]), draws=some))

    def held_at(self, source: VariedSource, place: float) -> float:
        """Return the area where one source is at a place from low (-1) to high (1) [km²]."""
        one = replace(
            self.setting,
            draws=replace(self.setting.draws, count=1),
            varied=frozenset(),
            held={source: place},
        )
        return float(self.totals_km2(one)[0])


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """
    The land that one assumption comes to.

    Parameters
    ----------
    id
        Key within the scenario.
    title
        What it is, in words.
    site
        Id of the site it starts from; None for one that has none.
    polygons
        Its land where every assumed number is low, best, high.
    area_km2
        The areas of the three; no coverage, for the ends go together.
    parameters
        The assumed numbers by name.
    """

    id: str
    title: str
    site: str | None = None
    polygons: Mapping[Extent, Polygons]
    area_km2: Interval
    parameters: Mapping[str, Interval] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """
    What a scenario comes to.

    Parameters
    ----------
    scenario
        The assumptions.
    area_km2
        Area of the union of its footprints: best where every assumption is, and the interval
        that holds `coverage` of the draws.
    by_province
        The parts of best [km²]; they add up to it.
    parameters
        Every assumed number, as JSON.
    footprints
        What it is made of; empty for a sum of stated figures.
    followed_km
        Along how much of the border the best footprints lie [km].
    totals_km2
        The area in each draw; None for a model without draws.
    variation
        How the total varies with each source of uncertainty; None for a model without draws.
    draws, seed
        How many, and what makes them repeatable; None for a model without draws.
    """

    scenario: Scenario
    area_km2: Interval
    by_province: Mapping[str, float]
    parameters: Mapping[str, Any]
    followed_km: float
    footprints: tuple[Footprint, ...] = ()
    totals_km2: NDArray[np.float64] | None = field(default=None, repr=False, compare=False)
    variation: Variation | None = field(default=None, repr=False, compare=False)
    draws: int | None = None
    seed: int | None = None

    @property
    def standard_error_km2(self) -> float | None:
        """Monte Carlo standard error of the interval's ends [km²]."""
        return None if self.totals_km2 is None else standard_error(self.totals_km2)

    @property
    def settled(self) -> bool | None:
        """Whether more draws would hardly move the interval."""
        return None if self.totals_km2 is None else is_settled(self.totals_km2)

    def as_json(self) -> dict[str, Any]:
        """Return what `summary.json` says of it."""
        return {
            "scenario": self.scenario.id,
            "model": self.scenario.model,
            "area_km2": self.area_km2.as_json(),
            "by_province": dict(self.by_province),
            "parameters": dict(self.parameters),
            "draws": self.draws,
            "seed": self.seed,
            "standard_error_km2": self.standard_error_km2,
            "settled": self.settled,
        }


def between(interval: Interval, place: float) -> float:
    """Return the value at a place from low (-1) over best (0) to high (1)."""
    end = interval.high if place > 0 else interval.low
    return interval.best if end is None else interval.best + abs(place) * (end - interval.best)


def footprint(
    id_: str,
    title: str,
    *,
    polygons: Mapping[Extent, Polygons],
    parameters: Mapping[str, Interval],
    site: str | None = None,
) -> Footprint:
    """Return a footprint whose areas are those of its polygons."""
    best = _area_km2(polygons["best"])
    low, high = (
        best if polygons[end] is polygons["best"] else _area_km2(polygons[end])
        for end in ("low", "high")
    )
    return Footprint(
        id=id_,
        title=title,
        site=site,
        polygons=polygons,
        # A larger incursion can run out of land sooner; the three stay in order all the same.
        area_km2=Interval(low=min(low, best), best=best, high=max(best, high)),
        parameters=parameters,
    )


def _area_km2(polygons: Polygons) -> float:
    return float(geodesic_areas_km2(list(polygons.values())).sum())


def drawn_estimate(
    scenario: Scenario,
    setting: Setting,
    *,
    footprints: Sequence[Footprint],
    parameters: Mapping[str, Any],
    variation: Variation,
) -> Estimate:
    """
    Return the estimate of footprints and of the draws of their union's area.

    The border's own error is added to each draw; no area falls below 0. Where nothing varies each
    draw is the best.
    """
    length_km = followed_km(footprints, setting.borders)
    land_km2 = variation.totals_of_block_km2

    def totals_with_border_km2(here: Setting) -> NDArray[np.float64]:
        error = here.border_error_km2(length_km, scenario.id, "border")
        # Where no assumption varies the land is the same in each draw.
        alike = here if here.varied - {"border"} else replace(here, draws=here.draws.first())
        return np.maximum(land_km2(alike) + error, 0.0)

    variation = replace(
        variation,
        sources=(*variation.sources, "border"),
        totals_of_block_km2=totals_with_border_km2,
    )
    best = [one.polygons["best"] for one in footprints]
    by_province = union_by_province(setting.borders, best)
    best_km2 = sum(by_province.values())
    totals_km2 = (
        variation.totals_km2(setting) if setting.varied else np.full(setting.draws.count, best_km2)
    )
    return Estimate(
        scenario=scenario,
        area_km2=interval_of(totals_km2, best_km2),
        by_province=by_province,
        parameters=parameters,
        footprints=tuple(footprints),
        followed_km=length_km,
        totals_km2=totals_km2,
        variation=variation,
        draws=len(totals_km2),
        seed=setting.draws.seed,
    )


def followed_km(footprints: Sequence[Footprint], borders: Borders) -> float:
    """
    Return along how much of the border the best footprints lie [km].

    Parameters
    ----------
    footprints
        The land; without any it may lie anywhere, so all of the border counts.
    borders
        The case's borders.
    """
    land = [polygon for one in footprints for polygon in one.polygons["best"].values()]
    if not land:
        return borders.length_km
    # only what lies at a line can follow it: few of thousands of outlines
    lines = [line.line for line in borders.lines]
    _, touching = shapely.STRtree(land).query(edges_of(lines), "dwithin", TOUCHING_DEGREES)
    at_lines = np.array(land, dtype=object)[np.unique(touching)]
    near = shapely.buffer(shapely.union_all(at_lines), TOUCHING_DEGREES, quad_segs=1)
    return sum(geodesic_length_km(shapely.intersection(line, near)) for line in lines)


def union_by_province(borders: Borders, lands: Sequence[Polygons]) -> dict[str, float]:
    """Return the area of the union of some footprints' land, by province [km²]."""
    by_province = {}
    for province in borders.provinces:
        parts = [land[province.code] for land in lands if province.code in land]
        once = counted_once(np.array(parts, dtype=object))
        by_province[province.code] = float(polygon_areas_km2(once).sum())
    return by_province
