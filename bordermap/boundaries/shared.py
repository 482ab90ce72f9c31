"""What two countries share: found from their polygons, sorted into sections."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.areas import geodesic_area_km2, geodesic_length_km, multilinestring, multipolygon
from bordermap.boundaries.borders import (
    DETACHED,
    EXCLAVES,
    MAINLAND,
    Borders,
    Country,
    Province,
    SharedBorder,
)
from bordermap.errors import GeometryError, NoSharedBorderError
from bordermap.projection import densified
from bordermap.provenance import Dataset

NEAR_DEGREES = 1e-3
"""Lines of two polygons that run nearer than this to one another are meant to be one (100 m)."""

MOST_UNSHARED = 0.02
"""Largest share of a border at which the two lines may be two all the same."""

LEAST_UNSHARED_KM = 0.25
"""Shorter pieces are no matter: borders that part at a small angle have one [km]."""

MOST_OVERLAP_KM2 = 0.01
"""Largest area that may be land of two polygons at once [km²]: rounding, below any figure."""

ANTIMERIDIAN = shapely.MultiLineString([[(lon, -90), (lon, 90)] for lon in (-180, 180)])


def shared_borders(
    provinces: Sequence[Province],
    *,
    claimed: Country,
    neighbour: Country,
    dataset: Dataset,
    sections: Mapping[str, shapely.Point] | None = None,
) -> Borders:
    """
    Return the borders that provinces share with a neighbour, sorted into sections.

    Parameters
    ----------
    provinces
        Provinces of the claimed side.
    claimed, neighbour
        The two countries, whole: which part of a country a line belongs to is seen from them.
    dataset
        What the geometry comes from.
    sections
        Names of the neighbour's detached parts, each by a point inside
        [degrees, WGS 84]; a part without a name is called ``detached``.

    Raises
    ------
    NoSharedBorderError
        If a province does not touch the neighbour.
    GeometryError
        If polygons overlap, or run beside one another without sharing their line.

    Notes
    -----
    A line is shared where the two polygons have it in common, vertex by vertex or along one edge.
    A part of either country whose whole ring is shared with the other is an exclave; the largest
    part of each is its mainland all the same. A province given twice counts once.
    """
    if not provinces:
        raise NoSharedBorderError("no province was given; name at least one, such as AM-SU")
    provinces = tuple({province.code: province for province in provinces}.values())
    common = multilinestring(
        shapely.line_merge(
            shapely.intersection(claimed.polygon.boundary, neighbour.polygon.boundary)
        )
    )
    rings = _rings_by_section(claimed, neighbour, common, sections or {})
    lines = [
        SharedBorder(province=province.code, neighbour=neighbour.code, section=section, line=line)
        for province in provinces
        for section, line in _shared_lines(province, rings).items()
    ]
    of_province = {
        province.code: shapely.union_all(
            [line.line for line in lines if line.province == province.code]
        )
        for province in provinces
    }
    _require_fit(provinces, neighbour, of_province)
    for code, line in of_province.items():
        if line.is_empty:
            raise NoSharedBorderError(
                f"{code} has no border with {neighbour.code} in {dataset.id};"
                " name a province that touches it"
            )
    return Borders(
        provinces=provinces,
        neighbour=neighbour.code,
        lines=tuple(lines),
        dataset=dataset,
        land={
            province.code: densified(_along(province.polygon, of_province[province.code]))
            for province in provinces
        },
    )


def _require_fit(
    provinces: Sequence[Province], neighbour: Country, lines: Mapping[str, BaseGeometry]
) -> None:
    """Refuse polygons that overlap, or whose common line is two lines."""
    named = {province.code: province.polygon for province in provinces}
    everyone = {**named, neighbour.code: neighbour.polygon}
    if shapely.coverage_is_valid(list(everyone.values()), gap_width=NEAR_DEGREES):
        return
    for code, polygon in named.items():
        unshared = _unshared(polygon, neighbour.polygon, lines[code])
        unshared_km = geodesic_length_km(unshared)
        shared_km = geodesic_length_km(lines[code])
        if unshared_km > max(MOST_UNSHARED * shared_km, LEAST_UNSHARED_KM):
            lon, lat = shapely.get_coordinates(unshared)[0]
            raise GeometryError(
                f"{code} and {neighbour.code} run beside one another for {unshared_km:,.3g} km"
                f" without sharing the line, from {lon:.4f}, {lat:.4f} (longitude, latitude);"
                " match their vertices first, or take another dataset"
            )
    for (code, polygon), (other, land) in combinations(everyone.items(), 2):
        common = multipolygon(shapely.intersection(densified(polygon), densified(land)))
        overlap_km2 = geodesic_area_km2(common)
        if overlap_km2 > MOST_OVERLAP_KM2:
            raise GeometryError(
                f"{code} and {other} overlap by {overlap_km2:,.3g} km², which would count twice or"
                " not at all; give polygons that do not"
            )


def _unshared(
    polygon: shapely.MultiPolygon, other: shapely.MultiPolygon, line: BaseGeometry
) -> shapely.MultiLineString:
    """Return where a polygon runs beside another one without sharing their common line."""
    beside = shapely.coverage_invalid_edges([polygon, other], gap_width=NEAR_DEGREES)[0]
    # Along the antimeridian land is cut; it does not end there.
    apart = shapely.difference(shapely.difference(beside, line), ANTIMERIDIAN)
    if apart.is_empty:
        return shapely.MultiLineString()
    box = shapely.box(*apart.bounds).buffer(2 * NEAR_DEGREES)
    near = shapely.clip_by_rect(other.boundary, *box.bounds)
    there = shapely.buffer(near, NEAR_DEGREES, quad_segs=1)
    return multilinestring(shapely.intersection(apart, there))


def _along(polygon: shapely.MultiPolygon, line: BaseGeometry) -> shapely.MultiPolygon:
    """Return a polygon that has every vertex of a line on its boundary."""
    known = {tuple(point) for point in shapely.get_coordinates(polygon).tolist()}
    if known.issuperset(map(tuple, shapely.get_coordinates(line).tolist())):
        return polygon
    # Between vertices that only the neighbour has, the border is a geodesic of its own.
    return multipolygon(shapely.build_area(shapely.union(polygon.boundary, line)))


def _shared_lines(
    province: Province, rings: Mapping[str, BaseGeometry]
) -> dict[str, shapely.MultiLineString]:
    """Return what a province's boundary has in common with each section's rings."""
    boundary = province.polygon.boundary
    shared = {
        section: multilinestring(
            shapely.line_merge(multilinestring(shapely.intersection(boundary, ring)))
        )
        for section, ring in rings.items()
    }
    return {section: line for section, line in shared.items() if not line.is_empty}


def _rings_by_section(
    claimed: Country,
    neighbour: Country,
    common: shapely.MultiLineString,
    named: Mapping[str, shapely.Point],
) -> dict[str, BaseGeometry]:
    """Return the lines at which each section can lie; no two sections share one."""
    apart = sorted(claimed.polygon.geoms, key=lambda part: -part.area)[1:]
    exclaves = [part.exterior for part in apart if _is_enclosed(part, common)]
    enclosed = shapely.union_all(exclaves)
    open_line = shapely.difference(common, enclosed) if exclaves else common
    sections = _part_sections(neighbour, common, named)
    rings: dict[str, BaseGeometry] = {}
    for section in dict.fromkeys(sections.values()):
        parts = [part.boundary for part, name in sections.items() if name == section]
        ring = shapely.intersection(open_line, shapely.union_all(parts))
        rings[section] = multilinestring(shapely.line_merge(ring))
    rings[EXCLAVES] = shapely.union(rings.get(EXCLAVES, shapely.MultiLineString()), enclosed)
    return rings


def _part_sections(
    neighbour: Country, common: shapely.MultiLineString, named: Mapping[str, shapely.Point]
) -> dict[shapely.Polygon, str]:
    """Return the section each part of the neighbour belongs to."""
    parts = sorted(neighbour.polygon.geoms, key=lambda part: -part.area)
    shapely.prepare(common)
    touching = [part for part in parts if shapely.intersects(common, part.boundary)]
    sections = {}
    for part in touching:
        names = [name for name, point in named.items() if shapely.covers(part, point)]
        if names:
            sections[part] = names[0]
        elif part is not parts[0] and _is_enclosed(part, common):
            sections[part] = EXCLAVES
        else:
            sections[part] = MAINLAND if part is parts[0] else DETACHED
    return sections


def _is_enclosed(part: shapely.Polygon, common: shapely.MultiLineString) -> bool:
    """Return whether a part's whole exterior is shared with the other country."""
    ring = part.exterior
    return bool(shapely.length(shapely.difference(ring, common)) <= 1e-9 * ring.length)
