"""Models of land at places: incursions from the border inward, and caps round sites."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bordermap.estimates import (
    FARTHEST_SIGMAS,
    Estimate,
    Extent,
    Footprint,
    Polygons,
    Setting,
    Variation,
    VariedSource,
    drawn_estimate,
    footprint,
    union_by_province,
)
from bordermap.footprints.caps import CapFrame, Caps
from bordermap.footprints.incursion_frame import IncursionFrame
from bordermap.footprints.incursions import Incursions
from bordermap.footprints.union import (
    DrawnFootprints,
    Frame,
    near_one_another,
    union_areas_km2,
)
from bordermap.intervals import Interval
from bordermap.scenarios import CapAssumption, IncursionAssumption, Quantity, Scenario
from bordermap.sites import Site
from bordermap.uncertainty import RADIUS_95_SIGMAS

INCURSION_SOURCES: tuple[VariedSource, ...] = ("position", "front", "depth", "shape")
CAP_SOURCES: tuple[VariedSource, ...] = ("position", "radius")

Drawing = Callable[[Setting], DrawnFootprints]
"""Gives the draws of one assumption's footprint."""


def estimate_incursions(scenario: Scenario, setting: Setting) -> Estimate:
    """
    Return the estimate of incursions, land that two of them share counted once.

    Raises
    ------
    GeometryError
        If a front or depth is out of range, or no border is near a site.
    """
    found = [_incursion(assumed, scenario, setting) for assumed in scenario.incursions]
    parameters = {
        assumed.id: {
            "site": assumed.site,
            "front_km": assumed.front_km.as_json(),
            "depth_km": assumed.depth_km.as_json(),
            "fill": assumed.fill_or_default.as_json(),
        }
        for assumed in scenario.incursions
    }
    return _union_estimate(scenario, setting, found, parameters, INCURSION_SOURCES)


def estimate_caps(scenario: Scenario, setting: Setting) -> Estimate:
    """
    Return the estimate of caps, land that two of them share counted once.

    Raises
    ------
    GeometryError
        If a radius is out of range, or no land of the provinces is near a site.
    """
    found = [_cap(assumed, scenario, setting) for assumed in scenario.caps]
    parameters = {
        assumed.id: {"site": assumed.site, "radius_km": assumed.radius_km.as_json()}
        for assumed in scenario.caps
    }
    return _union_estimate(scenario, setting, found, parameters, CAP_SOURCES)


def incursions_km2(scenario: Scenario, setting: Setting) -> float:
    """Return the best of what `estimate_incursions` says alone [km²]."""
    lands = [
        _incursion_land(assumed, _incursion_frame(assumed, setting), "best")
        for assumed in scenario.incursions
    ]
    return sum(union_by_province(setting.borders, lands).values())


def caps_km2(scenario: Scenario, setting: Setting) -> float:
    """Return the best of what `estimate_caps` says alone [km²]."""
    lands = [_cap_land(assumed, _cap_frame(assumed, setting), "best") for assumed in scenario.caps]
    return sum(union_by_province(setting.borders, lands).values())


def _union_estimate(
    scenario: Scenario,
    setting: Setting,
    found: Sequence[tuple[Footprint, Frame, Drawing]],
    parameters: dict[str, Any],
    sources: tuple[VariedSource, ...],
) -> Estimate:
    frames = [frame for _, frame, _ in found]
    neighbours = cache(lambda: near_one_another(frames))  # only draws ask
    provinces = [province.code for province in setting.borders.provinces]

    def totals_km2(here: Setting) -> NDArray[np.float64]:
        drawn = [drawing(here) for _, _, drawing in found]
        areas = union_areas_km2(drawn, neighbours=neighbours(), provinces=provinces)
        totals: NDArray[np.float64] = areas.sum(axis=1)
        return totals

    return drawn_estimate(
        scenario,
        setting,
        footprints=[one for one, _, _ in found],
        parameters=parameters,
        variation=Variation(sources=sources, setting=setting, totals_of_block_km2=totals_km2),
    )


def _incursion(
    assumed: IncursionAssumption, scenario: Scenario, setting: Setting
) -> tuple[Footprint, Frame, Drawing]:
    front, depth, fill = assumed.front_km, assumed.depth_km, assumed.fill_or_default
    site = setting.sites[assumed.site]
    frame = _incursion_frame(assumed, setting)
    name = (scenario.id, assumed.id)

    def drawing(here: Setting) -> Incursions:
        return Incursions(
            frame=frame,
            front_m=here.drawn("front", front, *name, "front") * 1e3,
            depth_m=here.drawn("depth", depth, *name, "depth") * 1e3,
            fill=here.drawn("shape", fill, *name, "fill"),
            shift_m=here.moved(site.accuracy_m, *name, "shift"),
        )

    one = footprint(
        assumed.id,
        site.name,
        site=site.id,
        polygons=setting.at_extents(lambda extent: _incursion_land(assumed, frame, extent)),
        parameters={"front_km": front, "depth_km": depth, "fill": fill},
    )
    return one, frame, drawing


def _incursion_frame(assumed: IncursionAssumption, setting: Setting) -> IncursionFrame:
    site = setting.sites[assumed.site]
    return IncursionFrame.at(
        site.point,
        setting.borders,
        widest_m=_high(assumed.front_km) * 1e3 + 2 * _farthest_m(site),
        deepest_m=_high(assumed.depth_km) * 1e3,
    )


def _incursion_land(
    assumed: IncursionAssumption, frame: IncursionFrame, extent: Extent
) -> Polygons:
    return frame.polygons(
        front_m=_at(assumed.front_km, extent) * 1e3,
        depth_m=_at(assumed.depth_km, extent) * 1e3,
        fill=_at(assumed.fill_or_default, extent),
    )


def _cap(
    assumed: CapAssumption, scenario: Scenario, setting: Setting
) -> tuple[Footprint, Frame, Drawing]:
    site = setting.sites[assumed.site]
    frame = _cap_frame(assumed, setting)
    name = (scenario.id, assumed.id)

    def drawing(here: Setting) -> Caps:
        return Caps(
            frame=frame,
            radius_m=here.drawn("radius", assumed.radius_km, *name, "radius") * 1e3,
            east_m=here.moved(site.accuracy_m, *name, "east"),
            north_m=here.moved(site.accuracy_m, *name, "north"),
        )

    one = footprint(
        assumed.id,
        site.name,
        site=site.id,
        polygons=setting.at_extents(lambda extent: _cap_land(assumed, frame, extent)),
        parameters={"radius_km": assumed.radius_km},
    )
    return one, frame, drawing


def _cap_frame(assumed: CapAssumption, setting: Setting) -> CapFrame:
    site = setting.sites[assumed.site]
    return CapFrame.at(
        site.point,
        setting.borders,
        widest_m=_high(assumed.radius_km) * 1e3,
        move_m=_farthest_m(site),
    )


def _cap_land(assumed: CapAssumption, frame: CapFrame, extent: Extent) -> Polygons:
    return frame.polygons(radius_m=_at(assumed.radius_km, extent) * 1e3)


def _farthest_m(site: Site) -> float:
    """Return how far a site is moved at most [m]."""
    return FARTHEST_SIGMAS * site.accuracy_m / RADIUS_95_SIGMAS


def _at(quantity: Interval, extent: Extent) -> float:
    ends = {"low": quantity.low, "best": quantity.best, "high": quantity.high}
    value = ends[extent]
    return quantity.best if value is None else value


def _high(quantity: Quantity) -> float:
    return quantity.best if quantity.high is None else quantity.high
