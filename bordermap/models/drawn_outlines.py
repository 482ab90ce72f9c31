"""The model of outlines: polygons that somebody drew, as they are."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import multipolygons
from bordermap.documents import path_within
from bordermap.errors import CRSError, GeometryError, ScenarioError
from bordermap.estimates import EXTENTS, Estimate, Footprint, Setting, followed_km
from bordermap.intervals import Interval
from bordermap.measuring import polygon_areas_km2
from bordermap.outlines import Outlines, read_outlines
from bordermap.scenarios import Scenario

_NOTHING = shapely.MultiPolygon()
_ASIDE_DEGREES = 0.001
"""How far beyond an outline the land is kept that cuts it."""

Lands = Mapping[str, shapely.MultiPolygon]
"""The provinces' land by code [degrees, WGS 84]."""


def outlines_by_scenario(scenarios: Sequence[Scenario], folder: Path) -> dict[str, Outlines]:
    """
    Return what the scenarios of outlines take, by scenario: read once for every setting.

    Raises
    ------
    DataError
        If a file is missing, broken, or holds no polygon.
    GeometryError
        If a polygon is not valid; nothing is repaired.
    """
    return {
        one.id: read_outlines(path_within(folder, one.outlines.file))
        for one in scenarios
        if one.model == "outlines" and one.outlines is not None
    }


def estimate_outlines(scenario: Scenario, setting: Setting) -> Estimate:
    """
    Return the area of a user's outlines on the provinces' land.

    Raises
    ------
    DataError
        If the file is missing, broken, or holds no polygon.
    GeometryError
        If a polygon is not valid (nothing is repaired), or none lies on the land.
    CRSError
        If one lies on the land only were its positions latitude, longitude.
    """
    if scenario.outlines is None:
        raise ScenarioError(f"{scenario.id} names no outlines; the outlines model needs a file")
    drawn = _drawn(scenario, setting)
    _require_on_land(drawn, setting.borders.land)
    footprints = tuple(_footprints(drawn, setting.borders.land))
    by_province = _by_province(drawn, setting.borders.land)
    return Estimate(
        scenario=scenario,
        area_km2=Interval.exact(sum(by_province.values())),
        by_province=by_province,
        parameters={"file": scenario.outlines.file, "features": len(footprints)},
        followed_km=followed_km(footprints, setting.borders),
        footprints=footprints,
    )


def outlines_km2(scenario: Scenario, setting: Setting) -> float:
    """Return the area alone [km²]: what `estimate_outlines` says on other land."""
    return sum(_by_province(_drawn(scenario, setting), setting.borders.land).values())


def _drawn(scenario: Scenario, setting: Setting) -> Outlines:
    if scenario.id in setting.outlines:
        return setting.outlines[scenario.id]
    return outlines_by_scenario([scenario], setting.folder)[scenario.id]


def _require_on_land(drawn: Outlines, lands: Lands) -> None:
    """Refuse outlines off the land that would be on it if turned, and a file of none on it."""
    for land in lands.values():
        shapely.prepare(land)
    meets = np.any([shapely.intersects(land, drawn.polygons) for land in lands.values()], axis=0)
    apart = np.flatnonzero(~meets)
    turned = shapely.transform(drawn.polygons[apart], lambda lonlat: lonlat[:, ::-1])
    for code, land in lands.items():
        for index in apart[shapely.intersects(land, turned)].tolist():
            raise CRSError(
                f"{drawn.file}: {drawn.names[index]}: looks like latitude, longitude, for so it"
                f" would lie in {code}; give longitude first"
            )
    if not meets.any():
        raise GeometryError(
            f"{drawn.file}: no outline lies on the land asked about ({', '.join(lands)}); give"
            " outlines that do, or other provinces"
        )


def _footprints(drawn: Outlines, lands: Lands) -> list[Footprint]:
    kept: list[dict[str, shapely.MultiPolygon]] = [{} for _ in drawn.titles]
    kept_km2 = np.zeros(len(kept))
    for code, land in lands.items():
        on_land = _on_land(land, drawn)
        some = np.flatnonzero(~shapely.is_empty(on_land))
        kept_km2[some] += polygon_areas_km2(on_land[some])
        for index, part in zip(some.tolist(), on_land[some].tolist(), strict=True):
            kept[index][code] = part
    found = zip(drawn.titles, kept, kept_km2.tolist(), drawn.areas_km2.tolist(), strict=True)
    return [
        Footprint(
            id=f"outline-{number}",
            title=title,
            polygons=dict.fromkeys(EXTENTS, parts),
            area_km2=Interval.exact(km2),
            parameters={"drawn_km2": Interval.exact(drawn_km2)},
        )
        for number, (title, parts, km2, drawn_km2) in enumerate(found, start=1)
    ]


def _by_province(drawn: Outlines, lands: Lands) -> dict[str, float]:
    """Return the area of all outlines by province, land in two of them counted once [km²]."""
    by_province = {}
    for code, land in lands.items():
        held, meets = _held_and_met(land, drawn.pieces)
        whole_km2 = float(drawn.pieces_km2[held].sum())
        cut_km2 = polygon_areas_km2(_cut(land, drawn.pieces[meets & ~held]))
        by_province[code] = whole_km2 + float(cut_km2.sum())
    return by_province


def _on_land(land: BaseGeometry, drawn: Outlines) -> NDArray[np.object_]:
    """Return what of each outline lies on land: as it is drawn where all of it does."""
    held, meets = _held_and_met(land, drawn.polygons)
    on_land = np.full(len(held), _NOTHING, dtype=object)
    on_land[held] = drawn.polygons[held]
    on_land[meets & ~held] = _cut(land, drawn.dense[meets & ~held])
    return on_land


def _held_and_met(
    land: BaseGeometry, drawn: NDArray[np.object_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which of some polygons lie on land as a whole, and which at all."""
    shapely.prepare(land)
    meets = np.asarray(shapely.intersects(land, drawn))
    held = np.zeros(len(drawn), dtype=bool)
    held[meets] = shapely.covers(land, drawn[meets])
    return held, meets


def _cut(land: BaseGeometry, polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return polygons on land: each cut by what is near it, much faster where it has many edges."""
    aside = np.array([-1, -1, 1, 1]) * _ASIDE_DEGREES
    boxes = (shapely.bounds(polygons) + aside).tolist()
    near = np.array([shapely.clip_by_rect(land, *box) for box in boxes], dtype=object)
    near[~shapely.is_valid(near)] = land
    return multipolygons(shapely.intersection(near, polygons))
