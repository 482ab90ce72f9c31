"""An area model: a strip whose depth differs from province to province."""

import numpy as np
import shapely
from numpy.typing import NDArray

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
from bordermap.footprints.strip import strip_polygons
from bordermap.intervals import Interval
from bordermap.models import AreaModel
from bordermap.scenarios import Scenario


def estimate(scenario: Scenario, setting: Setting) -> Estimate:
    """Return the estimate of a strip with a depth of its own in each province."""
    borders = setting.borders
    codes = [province.code for province in borders.provinces]
    depths_m = {code: scenario.number(code) for code in codes}
    curve = StripCurve.of(borders, deepest_m=max(one.high or 0 for one in depths_m.values()))

    def polygons(extent: Extent) -> Polygons:
        return {code: _land(setting, code, depths_m[code], extent) for code in codes}

    def totals_km2(here: Setting) -> NDArray[np.float64]:
        drawn_m = {
            code: here.drawn("depth", depth, scenario.id, code) for code, depth in depths_m.items()
        }
        columns = [curve.areas_at(drawn_m[code])[:, at] for at, code in enumerate(curve.provinces)]
        totals: NDArray[np.float64] = np.sum(columns, axis=0)
        return totals

    return drawn_estimate(
        scenario,
        setting,
        footprints=[
            footprint(
                scenario.id,
                "a strip, as deep as each province says",
                polygons=setting.at_extents(polygons),
                parameters=depths_m,
            )
        ],
        parameters={f"depth_m_{code}": depth.as_json() for code, depth in depths_m.items()},
        variation=Variation(sources=("depth",), setting=setting, totals_of_block_km2=totals_km2),
    )


def _land(setting: Setting, code: str, depth_m: Interval, extent: Extent) -> shapely.MultiPolygon:
    value_m = {"low": depth_m.low, "best": depth_m.best, "high": depth_m.high}[extent]
    return strip_polygons(setting.borders, value_m or depth_m.best)[code]


MODEL = AreaModel(
    method="All land within a depth of the border, the depth assumed for each province by itself.",
    estimate=estimate,
)
