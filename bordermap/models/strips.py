"""The strip model: an even depth along a border."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bordermap.boundaries import Borders
from bordermap.errors import ScenarioError
from bordermap.estimates import (
    Estimate,
    Extent,
    Polygons,
    Setting,
    Variation,
    drawn_estimate,
    footprint,
)
from bordermap.footprints.curve import StripCurve
from bordermap.footprints.strip import depth_for_area, strip, strip_polygons
from bordermap.intervals import Interval
from bordermap.scenarios import Scenario

LEAST_CURVE_M = 100.0


def estimate_strip(scenario: Scenario, setting: Setting) -> Estimate:
    """
    Return the estimate of an even strip along a section of the border.

    Raises
    ------
    GeometryError
        If the section cannot hold the stated area, or has no such depth.
    """
    assumed = scenario.strip
    if assumed is None:
        raise ScenarioError(f"{scenario.id} assumes no strip; the strip model needs one")
    section = setting.borders.of_section(assumed.section)
    stated = setting.claim.stated_area_km2
    depths_m = depths_for(section, stated) if assumed.depth_m is None else assumed.depth_m
    ends = {"low": depths_m.low, "best": depths_m.best, "high": depths_m.high}

    def polygons(extent: Extent) -> Polygons:
        end_m = ends[extent]
        end_m = depths_m.best if end_m is None else end_m
        return {} if end_m == 0 else strip_polygons(section, end_m)

    outline = footprint(
        scenario.id,
        f"all land within {depths_m.best:,.0f} m of the border",
        polygons=setting.at_extents(polygons),
        parameters={"depth_m": depths_m},
    )
    parameters: dict[str, Any] = {"section": assumed.section, "depth_m": depths_m.as_json()}
    if assumed.depth_m is None:
        return Estimate(
            scenario=scenario,
            area_km2=stated,
            by_province=strip(section, depths_m.best).by_province,
            parameters=parameters | {"area_from": "stated"},
            followed_km=section.length_km,
            footprints=(outline,),
        )
    deepest_m = max(depths_m.best if depths_m.high is None else depths_m.high, LEAST_CURVE_M)
    curve = StripCurve.of(section, deepest_m=deepest_m)

    def totals_km2(here: Setting) -> NDArray[np.float64]:
        drawn_m = here.drawn("depth", depths_m, scenario.id, "depth_m")
        areas: NDArray[np.float64] = curve.areas_at(np.minimum(drawn_m, deepest_m)).sum(axis=1)
        return areas

    return drawn_estimate(
        scenario,
        setting,
        footprints=[outline],
        parameters=parameters,
        variation=Variation(sources=("depth",), setting=setting, totals_of_block_km2=totals_km2),
    )


def depths_for(borders: Borders, area_km2: Interval) -> Interval:
    """
    Return the depths at which the strip has the ends and the best of an area [m].

    Raises
    ------
    GeometryError
        If the land behind the border is smaller than an end.
    """

    def depth_m(value: float | None) -> float | None:
        return None if value is None else depth_for_area(borders, value)

    return Interval(
        low=depth_m(area_km2.low),
        best=depth_for_area(borders, area_km2.best),
        high=depth_m(area_km2.high),
    )
