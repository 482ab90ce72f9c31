"""The model of outlines: polygons that somebody drew, as they are."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_areas_km2, multipolygon
from bordermap.documents import path_within
from bordermap.errors import GeometryError, ScenarioError
from bordermap.estimates import (
    EXTENTS,
    Estimate,
    Footprint,
    Setting,
    followed_km,
    union_by_province,
)
from bordermap.geojson import Feature, feature_name, read_features
from bordermap.intervals import Interval
from bordermap.projection import densified
from bordermap.scenarios import Scenario

_NOTHING = shapely.MultiPolygon()
_ASIDE_DEGREES = 0.001
"""How far beyond an outline the land is kept that cuts it."""


def estimate_outlines(scenario: Scenario, setting: Setting) -> Estimate:
    """
    Return the area of a user's outlines on the provinces' land.

    Raises
    ------
    DataError
        If the file is missing, broken, or holds no polygon.
    GeometryError
        If a polygon is not valid; nothing is repaired.
    """
    if scenario.outlines is None:
        raise ScenarioError(f"{scenario.id} names no outlines; the outlines model needs a file")
    path = path_within(setting.folder, scenario.outlines.file)
    features = list(read_features(path))
    for number, feature in enumerate(features, start=1):
        _require_valid(feature, number, scenario)
    drawn = np.array([feature.geometry for feature in features], dtype=object)
    on_land = {code: _inside(land, drawn) for code, land in setting.borders.land.items()}
    # All at once: one call an outline would take most of the time where there are thousands.
    drawn_km2 = geodesic_areas_km2(drawn.tolist()).tolist()
    kept_km2 = np.sum([geodesic_areas_km2(parts) for parts in on_land.values()], axis=0)
    footprints = []
    for number, feature in enumerate(features, start=1):
        parts = {code: found[number - 1] for code, found in on_land.items()}
        kept = {code: part for code, part in parts.items() if not part.is_empty}
        footprints.append(
            Footprint(
                id=f"outline-{number}",
                title=_title(feature, number),
                site=None,
                polygons=dict.fromkeys(EXTENTS, kept),
                area_km2=Interval.exact(float(kept_km2[number - 1])),
                parameters={"drawn_km2": Interval.exact(drawn_km2[number - 1])},
            )
        )
    by_province = union_by_province(setting.borders, footprints)
    return Estimate(
        scenario=scenario,
        area_km2=Interval.exact(sum(by_province.values())),
        by_province=by_province,
        parameters={"file": scenario.outlines.file, "features": len(footprints)},
        followed_km=followed_km(footprints, setting.borders),
        footprints=tuple(footprints),
    )


def _require_valid(feature: Feature, number: int, scenario: Scenario) -> None:
    if not feature.geometry.is_valid:
        raise GeometryError(
            f"outlines of {scenario.id}, {feature_name(number, feature.id)}:"
            f" {shapely.is_valid_reason(feature.geometry)}; draw it anew or repair it first"
        )


def _title(feature: Feature, number: int) -> str:
    name = feature.properties.get("name")
    return name if isinstance(name, str) else feature_name(number, feature.id)


def _inside(land: BaseGeometry, drawn: NDArray[np.object_]) -> list[shapely.MultiPolygon]:
    """
    Return what of each outline lies on land: as it is drawn where all of it does.

    Notes
    -----
    A long edge is a geodesic: where it meets the land's edge, a straight line would be beside it.
    Each outline is cut by the land near it, which is much faster where there are thousands.
    """
    shapely.prepare(land)
    parts = [_NOTHING] * len(drawn)
    meets = np.flatnonzero(shapely.intersects(land, drawn))
    is_held = shapely.covers(land, drawn[meets])
    for index, held in zip(meets.tolist(), is_held.tolist(), strict=True):
        shape = drawn[index]
        parts[index] = multipolygon(shape if held else _cut(land, densified(shape)))
    return parts


def _cut(land: BaseGeometry, shape: BaseGeometry) -> BaseGeometry:
    west, south, east, north = shape.bounds
    near = shapely.clip_by_rect(
        land,
        west - _ASIDE_DEGREES,
        south - _ASIDE_DEGREES,
        east + _ASIDE_DEGREES,
        north + _ASIDE_DEGREES,
    )
    return shapely.intersection(near if near.is_valid else land, shape)
