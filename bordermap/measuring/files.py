"""The area of the polygons in users' files, and what was done to get it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap._text import printable
from bordermap.areas import geodesic_areas_km2
from bordermap.boundaries import Province
from bordermap.errors import CRSError, GeometryError
from bordermap.geojson import Limits, feature_name, read_chunks
from bordermap.measuring.overlaps import counted_once
from bordermap.measuring.short_edges import polygon_areas_km2
from bordermap.measuring.splitting import ProvinceSplit, repaired, with_short_edges

BLOCK = 2**13
"""How many polygons are measured at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """
    What making a polygon valid did.

    Parameters
    ----------
    feature
        Its id, or its number in the file where it has none.
    reason
        What was wrong, and where.
    area_change_km2
        Area after less area before [km²]; before, rings are measured as they are: the exterior,
        less the holes.
    """

    feature: str | int | float
    reason: str
    area_change_km2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FileArea:
    """
    The area of the polygons in a file.

    Parameters
    ----------
    file
        The file.
    area_km2
        Geodesic area of the land in any polygon; land in several counts once [km²].
    features
        How many features have polygons.
    by_province
        Parts of `area_km2` by ISO 3166-2 code, every province that was asked for [km²].
    outside_km2
        The part in none of them [km²]; None if none was asked for.
    repairs
        What was made valid.
    """

    file: str
    area_km2: float
    features: int
    by_province: dict[str, float] = field(default_factory=dict)
    outside_km2: float | None = None
    repairs: tuple[Repair, ...] = ()


def measured_files(
    paths: Sequence[str | Path],
    *,
    provinces: Sequence[Province] = (),
    repair: bool = False,
    limits: Limits | None = None,
) -> Iterator[FileArea]:
    """
    Yield the area of each of some GeoJSON files.

    Parameters
    ----------
    paths
        The files.
    provinces
        What to split the areas by.
    repair
        Whether polygons that are not valid are made valid, which `FileArea.repairs` then tells.
    limits
        Sizes beyond which a file is refused.

    Raises
    ------
    DataError
        If a file is missing, broken, too large or has no polygon.
    GeometryError
        If a polygon is not valid and not to be repaired, or provinces overlap.
    CRSError
        If a file lies in no province, and would were its positions latitude, longitude.

    Examples
    --------
    >>> import bordermap as bm
    >>> for one in bm.measured_files(["mine.geojson"]):  # doctest: +SKIP
    ...     print(one.file, one.area_km2)
    """
    split = ProvinceSplit(provinces) if provinces else None
    for path in paths:
        yield _measured(Path(path), split, repair=repair, limits=limits)


def _measured(
    path: Path, split: ProvinceSplit | None, *, repair: bool, limits: Limits | None
) -> FileArea:
    repairs: list[Repair] = []
    chunks = list(_valid_polygons(path, repair=repair, limits=limits, repairs=repairs))
    land = np.concatenate(chunks)
    dense = np.concatenate([with_short_edges(polygons) for polygons in chunks])
    once = counted_once(dense)
    # edges as given wherever no union was needed
    area_km2, by_province, outside_km2 = _sums(land if once is dense else once, once, split)
    if split and not any(by_province.values()) and (code := split.would_hold_turned(land)):
        raise CRSError(
            f"{printable(str(path))}: lies in no province asked about, but in {code} if its"
            " positions are latitude, longitude; give longitude first"
        )
    return FileArea(
        file=str(path),
        area_km2=area_km2,
        features=len(land),
        by_province=by_province,
        outside_km2=outside_km2,
        repairs=tuple(repairs),
    )


def _sums(
    measured: NDArray[np.object_], dense: NDArray[np.object_], split: ProvinceSplit | None
) -> tuple[float, dict[str, float], float | None]:
    """Return the area of some polygons, and what of it lies in each province and in none."""
    total_km2 = 0.0
    parts_km2 = np.zeros(len(split.codes) + 1 if split else 1)
    for start in range(0, len(measured), BLOCK):
        block = slice(start, start + BLOCK)
        areas_km2 = polygon_areas_km2(measured[block])
        total_km2 += float(areas_km2.sum())
        if split:
            parts_km2 += split.areas_km2(dense[block], areas_km2).sum(axis=0)
    if split is None:
        return total_km2, {}, None
    *inside_km2, outside_km2 = parts_km2.tolist()
    return total_km2, dict(zip(split.codes, inside_km2, strict=True)), outside_km2


def _valid_polygons(
    path: Path, *, repair: bool, limits: Limits | None, repairs: list[Repair]
) -> Iterator[NDArray[np.object_]]:
    """Yield the polygons of a file chunk by chunk; what is repaired goes to `repairs`."""
    for chunk in read_chunks(path, limits=limits):
        polygons = chunk.polygons
        for index in np.flatnonzero(~shapely.is_valid(polygons)).tolist():
            polygon = polygons[index]
            reason = shapely.is_valid_reason(polygon)
            number, feature_id = chunk.numbers[index], chunk.ids[index]
            if not repair:
                raise GeometryError(
                    f"{printable(str(path))}: {feature_name(number, feature_id)}: {reason}"
                    " (longitude, latitude); draw it anew, or have it repaired (--repair)"
                )
            polygons[index] = repaired(polygon)
            before_km2, after_km2 = geodesic_areas_km2([polygon, polygons[index]]).tolist()
            repairs.append(
                Repair(
                    feature=number if feature_id is None else feature_id,
                    reason=reason,
                    area_change_km2=after_km2 - before_km2,
                )
            )
        yield polygons
