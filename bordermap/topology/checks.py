"""The checks: each feature by itself, neighbours two by two, provinces against their country."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import edges_of, geodesic_area_km2, geodesic_length_km
from bordermap.topology.drafts import CODE_PROPERTIES, Draft, DraftFile
from bordermap.topology.report import UNUSABLE, Problem, TopologyReport

TOLERANCE_KM2 = 1e-6
"""Overlaps and gaps up to 1 m² are rounding [km²]."""

SEAM_WIDTH_DEGREES = 1e-4
"""Neighbours whose edges lie closer than this (about 10 m) are meant to be the same line."""

MOST_NEIGHBOURS = 1_000_000
"""Most pairs of features whose boxes meet; the 4,509 features of the world have 34,601."""

_SHOWN_GAPS = 20
_BLOCK = 64

Shapes = NDArray[np.object_]


def unusable(file: DraftFile) -> Iterator[Problem]:
    """Yield the faults for which a file cannot be used as boundaries."""
    for problem in (*file.problems, *_alone(file.drafts)):
        if problem.kind in UNUSABLE:
            yield problem


def checked(
    drafts: Sequence[Draft], *, file: str, problems: Iterable[Problem] = ()
) -> TopologyReport:
    """
    Return what is wrong with countries and provinces.

    Parameters
    ----------
    drafts
        Features as a file or dataset has them.
    file
        Name to report under.
    problems
        What is already known to be wrong with the whole.

    Notes
    -----
    An invalid polygon is reported, and mended for the checks that need areas. A gap is land that
    two or more features enclose and none covers; a hole inside one feature is not a gap.
    """
    mended = [_polygonal(shapely.make_valid(draft.polygon)) for draft in drafts]
    whole = [draft for draft, land in zip(drafts, mended, strict=True) if not land.is_empty]
    polygons = np.array([land for land in mended if not land.is_empty], dtype=object)
    found = [*problems, *_alone(drafts), *_wound_otherwise(whole)]
    if _lie_on_one_another(polygons):
        reason = (
            f"more than {MOST_NEIGHBOURS:,} pairs of features may overlap, too many to look at;"
            " give features that lie beside one another"
        )
        found.append(Problem(feature="", kind="overlap", reason=reason))
        area_km2 = geodesic_area_km2(_polygonal(shapely.union_all(polygons)))
        return TopologyReport(file=file, area_km2=area_km2, problems=tuple(found))
    unions = []
    for level in ("country", "province"):
        chosen = [number for number, draft in enumerate(whole) if draft.level == level]
        if chosen:
            labels = [whole[number].label for number in chosen]
            problems_of_level, union = _fitting(labels, polygons[chosen])
            found += problems_of_level
            unions.append(union)
    if not any(problem.kind == "duplicate" for problem in found):
        found += _not_partitioned(whole, polygons)
    covered = shapely.union_all(unions) if len(unions) > 1 else unions
    return TopologyReport(
        file=file, area_km2=geodesic_area_km2(_polygonal(covered)), problems=tuple(found)
    )


def _lie_on_one_another(polygons: Shapes) -> bool:
    """Return whether more boxes meet than boundaries have neighbours."""
    if not len(polygons):
        return False
    boxes = np.asarray(shapely.box(*shapely.bounds(polygons).T), dtype=object)
    tree = shapely.STRtree(boxes)
    pairs = 0
    for start in range(0, len(boxes), _BLOCK):
        pairs += len(tree.query(boxes[start : start + _BLOCK])[0])
        if pairs > MOST_NEIGHBOURS:
            return True
    return False


def _alone(drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Yield what is wrong with features without looking at their neighbours."""
    for draft in drafts:
        yield from draft.problems
    yield from _unnamed(drafts)
    yield from _repeated(drafts)
    yield from _invalid(drafts)


def _unnamed(drafts: Iterable[Draft]) -> Iterator[Problem]:
    for draft in drafts:
        if not draft.code:
            reason = f"has no code; give one of {', '.join(CODE_PROPERTIES)}"
            yield Problem(feature=draft.label, kind="no-code", reason=reason)
        elif not draft.country:
            reason = "belongs to no known country; give a property country, such as AM or ARM"
            yield Problem(feature=draft.label, kind="no-country", reason=reason)


def _repeated(drafts: Iterable[Draft]) -> Iterator[Problem]:
    times = Counter((draft.level, draft.code) for draft in drafts if draft.code)
    for (level, code), count in times.items():
        if count > 1:
            reason = f"{count} features are the {level} {code}; give each once, with all its land"
            yield Problem(feature=code, kind="duplicate", reason=reason)


def _invalid(drafts: Iterable[Draft]) -> Iterator[Problem]:
    for draft in drafts:
        if not draft.polygon.is_valid:
            reason = (
                f"is no valid polygon: {shapely.is_valid_reason(draft.polygon)} (longitude,"
                " latitude); draw it anew there (bordermap area --repair tells what mending moves)"
            )
            yield Problem(feature=draft.label, kind="invalid-ring", reason=reason)


def _wound_otherwise(drafts: Iterable[Draft]) -> Iterator[Problem]:
    for draft in drafts:
        rings, part = shapely.get_rings(shapely.get_parts(draft.polygon), return_index=True)
        is_outer = np.r_[True, part[1:] != part[:-1]]
        wrong = int((shapely.is_ccw(rings) != is_outer).sum())
        if wrong:
            reason = (
                f"{wrong} of {len(rings)} rings wind the other way than RFC 7946 "
                "wants (outer rings counter-clockwise, holes clockwise)"
            )
            yield Problem(feature=draft.label, kind="winding", reason=reason)


def _fitting(names: Sequence[str], polygons: Shapes) -> tuple[list[Problem], BaseGeometry]:
    """Return where features of one level do not fit together, and their union."""
    with np.errstate(all="ignore"):  # edges of no length to speak of divide by it
        edges = shapely.coverage_invalid_edges(polygons, SEAM_WIDTH_DEGREES)
    suspects = ~shapely.is_empty(edges)
    # the union of what fits is quick and exact; only the rest has to be overlaid
    union = shapely.coverage_union_all(polygons[~suspects])
    if suspects.any():
        union = shapely.union_all([union, *polygons[suspects]])
    found = [
        *_overlaps(names, polygons, suspects),
        *_seams(names, polygons, edges),
        *_gaps(names, polygons, union),
    ]
    return found, union


def _seams(names: Sequence[str], polygons: Shapes, edges: Shapes) -> Iterator[Problem]:
    """Yield where two features nearly share a line."""
    tree = shapely.STRtree(polygons)
    for number in np.flatnonzero(~shapely.is_empty(edges)).tolist():
        lines = edges_of(edges[number])
        middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
        line, beside = tree.query(middles, predicate="dwithin", distance=SEAM_WIDTH_DEGREES)
        # an edge close to another part of its own feature is a strait, not a seam
        missed = lines[np.unique(line[beside != number])]
        if len(missed):
            length_km = geodesic_length_km(shapely.MultiLineString(missed.tolist()))
            reason = (
                f"{length_km:.3f} km of its outline are not, vertex by vertex, the line of the"
                " feature beside it"
            )
            yield Problem(feature=names[number], kind="seam", reason=reason)


def _overlaps(
    names: Sequence[str], polygons: Shapes, suspects: NDArray[np.bool_]
) -> Iterator[Problem]:
    """Yield overlaps; where two features overlap, an edge of one lies inside the other."""
    first, second = shapely.STRtree(polygons).query(polygons[suspects], predicate="intersects")
    first = np.flatnonzero(suspects)[first]
    pairs = {(min(pair), max(pair)) for pair in zip(first.tolist(), second.tolist(), strict=True)}
    for one, other in sorted(pair for pair in pairs if pair[0] != pair[1]):
        shared = _polygonal(shapely.intersection(polygons[one], polygons[other]))
        if (area_km2 := geodesic_area_km2(shared)) > TOLERANCE_KM2:
            reason = f"overlap by {area_km2:.6f} km²"
            yield Problem(feature=f"{names[one]}, {names[other]}", kind="overlap", reason=reason)


def _gaps(names: Sequence[str], polygons: Shapes, union: BaseGeometry) -> Iterator[Problem]:
    holes = [
        shapely.Polygon(ring)
        for part in shapely.get_parts(union)
        if part.geom_type == "Polygon"
        for ring in part.interiors
    ]
    sized = sorted(((geodesic_area_km2(hole), hole) for hole in holes), key=lambda pair: -pair[0])
    beside = shapely.STRtree(polygons)
    gaps = []
    for area_km2, hole in sized:
        around = sorted(beside.query(hole, predicate="intersects").tolist())
        if len(around) > 1 and area_km2 > TOLERANCE_KM2:
            gaps.append((", ".join(names[number] for number in around), area_km2))
    for feature, area_km2 in gaps[:_SHOWN_GAPS]:
        yield Problem(
            feature=feature, kind="gap", reason=f"enclose {area_km2:.6f} km² that none covers"
        )
    if rest := gaps[_SHOWN_GAPS:]:
        total = sum(area_km2 for _, area_km2 in rest)
        reason = f"{len(rest)} more gaps of {total:.6f} km² together"
        yield Problem(feature="", kind="gap", reason=reason)


def _not_partitioned(drafts: Sequence[Draft], polygons: Shapes) -> Iterator[Problem]:
    for number, country in enumerate(drafts):
        if country.level != "country":
            continue
        inside = [
            other
            for other, draft in enumerate(drafts)
            if draft.level == "province" and draft.country == country.country
        ]
        if not inside:
            continue
        provinces = shapely.union_all(polygons[inside])
        for one, other, what in (
            (polygons[number], provinces, "of the country lie in no province"),
            (provinces, polygons[number], "of its provinces lie outside the country"),
        ):
            rest = geodesic_area_km2(_polygonal(shapely.difference(one, other)))
            if rest > TOLERANCE_KM2:
                yield Problem(
                    feature=country.label, kind="partition", reason=f"{rest:.6f} km² {what}"
                )


def _polygonal(geometries: BaseGeometry | Sequence[BaseGeometry]) -> shapely.MultiPolygon:
    # twice: what is mended may be a collection of multipolygons and lines
    parts = shapely.get_parts(shapely.get_parts(geometries))
    is_polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    return shapely.MultiPolygon(parts[is_polygon].tolist())
