"""The model of outlines: polygons that somebody drew, as they are."""

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2, multipolygon
from bordermap.documents import path_within
from bordermap.errors import GeometryError, ScenarioError
from bordermap.estimates import (
    EXTENTS,
    Estimate,
    Footprint,
    Setting,
    followed_km,
    footprint,
    union_by_province,
)
from bordermap.geojson import Feature, feature_name, read_features
from bordermap.intervals import Interval
from bordermap.projection import densified
from bordermap.scenarios import Scenario


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
    footprints = [
        _footprint(feature, number, scenario, setting)
        for number, feature in enumerate(read_features(path), start=1)
    ]
    by_province = union_by_province(setting.borders, footprints)
    return Estimate(
        scenario=scenario,
        area_km2=Interval.exact(sum(by_province.values())),
        by_province=by_province,
        parameters={"file": scenario.outlines.file, "features": len(footprints)},
        followed_km=followed_km(footprints, setting.borders),
        footprints=tuple(footprints),
    )


def _footprint(feature: Feature, number: int, scenario: Scenario, setting: Setting) -> Footprint:
    """Return an outline cut by each province's land."""
    if not feature.geometry.is_valid:
        raise GeometryError(
            f"outlines of {scenario.id}, {feature_name(number, feature.id)}:"
            f" {shapely.is_valid_reason(feature.geometry)}; draw it anew or repair it first"
        )
    cut = {code: _inside(land, feature.geometry) for code, land in setting.borders.land.items()}
    kept = {code: part for code, part in cut.items() if part.area > 0}
    name = feature.properties.get("name")
    return footprint(
        f"outline-{number}",
        name if isinstance(name, str) else feature_name(number, feature.id),
        polygons=dict.fromkeys(EXTENTS, kept),
        parameters={"drawn_km2": Interval.exact(geodesic_area_km2(feature.geometry))},
    )


def _inside(land: shapely.MultiPolygon, drawn: BaseGeometry) -> shapely.MultiPolygon:
    """Return what of an outline lies on land: the outline as drawn where all of it does."""
    if shapely.covers(land, drawn):
        return multipolygon(drawn)
    # A long edge is a geodesic: where it meets the land's edge, a straight line would be beside it.
    return multipolygon(shapely.intersection(land, densified(drawn)))
