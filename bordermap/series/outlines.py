"""An outline: the land that a file shows on one day, counted once, with its geodesic area."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.areas import geodesic_area_km2, geodesic_areas_km2
from bordermap.errors import DataError, GeometryError
from bordermap.geojson import Chunk, Limits, feature_name, read_chunks
from bordermap.measuring import Repair, counted_once, with_short_edges
from bordermap.measuring.splitting import repaired
from bordermap.series.changes import require_no_change
from bordermap.series.classes import Where
from bordermap.series.entries import Entry, date_of
from bordermap.series.instants import Instant, shown

Polygons = NDArray[np.object_]


@dataclass(frozen=True, kw_only=True)
class Outline:
    """
    Land of one instant.

    Parameters
    ----------
    instant
        When it is of.
    file
        Where it was read.
    polygons
        Valid polygons that share no land; longitude, latitude [degrees, WGS 84].
    areas_km2
        Geodesic area of each [km²].
    features
        How many features it was read from.
    overlap_km2
        What the features' areas add up to beyond the outline's [km²]: land in several of them.
    repairs
        What was made valid.
    """

    instant: Instant
    file: str
    polygons: Polygons = field(repr=False)
    areas_km2: NDArray[np.float64] = field(repr=False)
    features: int
    overlap_km2: float = 0.0
    repairs: tuple[Repair, ...] = ()

    @property
    def area_km2(self) -> float:
        """Geodesic area of the land [km²]."""
        return float(self.areas_km2.sum())


def read_outlines(
    entries: Sequence[Entry],
    *,
    where: Where,
    repair: bool = False,
    limits: Limits | None = None,
) -> Iterator[Outline]:
    """
    Yield outlines one after the other.

    Parameters
    ----------
    entries
        Where they are, in the order wanted.
    where
        Which features count.
    repair
        Whether polygons that are not valid are made valid, which `Outline.repairs` then tells.
    limits
        Sizes beyond which a file is refused.

    Raises
    ------
    DataError
        If a file is missing, broken, too large or has no polygon.
    GeometryError
        If a polygon is not valid and not to be repaired.

    Notes
    -----
    A file with outlines of several dates is read once and kept until the last of them was taken.
    """
    left = Counter(entry.path for entry in entries)
    open_files: dict[Path, dict[Instant, _Draft]] = {}
    for entry in entries:
        drafts = open_files.pop(entry.path, None)
        if drafts is None:
            drafts = _read(entry, where=where, repair=repair, limits=limits)
        draft = drafts.pop(entry.instant, None)
        if draft is None:
            raise DataError(f"{shown(entry.path)}: was changed while it was read; run again")
        left[entry.path] -= 1
        if left[entry.path]:
            open_files[entry.path] = drafts
        yield draft.outline(entry)


@dataclass(slots=True)
class _Draft:
    """The polygons of one instant that were read so far."""

    pieces: list[Polygons] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def outline(self, entry: Entry) -> Outline:
        """Return the outline, land in several polygons counted once."""
        polygons = np.concatenate([*self.pieces, np.empty(0, dtype=object)])
        areas_km2 = geodesic_areas_km2(polygons.tolist())
        features, sum_km2 = len(polygons), float(areas_km2.sum())
        # two long edges can run into each other though their ends do not
        short = with_short_edges(polygons) if features > 1 else polygons
        once = counted_once(short) if features > 1 else short
        overlap = once is not short
        if overlap:
            polygons, areas_km2 = once, geodesic_areas_km2(once.tolist())
        return Outline(
            instant=entry.instant,
            file=str(entry.path),
            polygons=polygons,
            areas_km2=areas_km2,
            features=features,
            overlap_km2=max(0.0, sum_km2 - float(areas_km2.sum())) if overlap else 0.0,
            repairs=tuple(self.repairs),
        )


def _read(
    entry: Entry, *, where: Where, repair: bool, limits: Limits | None
) -> dict[Instant, _Draft]:
    """Return what a file holds of each instant; an instant none of whose features counts, too."""
    drafts: dict[Instant, _Draft] = {}
    for chunk in read_chunks(entry.path, limits=limits):
        for properties in chunk.properties[:1]:  # a file is written in one go
            require_no_change(properties, shown(entry.path))
        instants = _instants(chunk, entry)
        counts = np.array([where.holds(properties) for properties in chunk.properties])
        for instant in dict.fromkeys(instants):
            draft = drafts.setdefault(instant, _Draft())
            chosen = counts & np.array([one == instant for one in instants])
            if chosen.any():
                draft.pieces.append(chunk.polygons[chosen])
                _make_valid(draft, chunk, np.flatnonzero(chosen), entry, repair=repair)
    return drafts


def _instants(chunk: Chunk, entry: Entry) -> list[Instant]:
    if entry.date_property is None:
        return [entry.instant] * len(chunk.numbers)
    return [
        date_of(properties, entry.date_property, f"{shown(entry.path)}: feature {number}")
        for number, properties in zip(chunk.numbers, chunk.properties, strict=True)
    ]


def _make_valid(
    draft: _Draft, chunk: Chunk, chosen: NDArray[np.intp], entry: Entry, *, repair: bool
) -> None:
    """Make the draft's newest polygons valid, or refuse them."""
    polygons = draft.pieces[-1]
    for index in np.flatnonzero(~shapely.is_valid(polygons)).tolist():
        polygon = polygons[index]
        reason = shapely.is_valid_reason(polygon)
        number, feature_id = chunk.numbers[chosen[index]], chunk.ids[chosen[index]]
        if not repair:
            raise GeometryError(
                f"{shown(entry.path)}: {feature_name(number, feature_id)}: {reason}"
                " (longitude, latitude); draw it anew, or have it repaired (--repair)"
            )
        polygons[index] = repaired(polygon)
        draft.repairs.append(
            Repair(
                feature=number if feature_id is None else feature_id,
                reason=reason,
                area_change_km2=geodesic_area_km2(polygons[index]) - geodesic_area_km2(polygon),
            )
        )


def require_some(features: int, where: Where) -> None:
    """
    Refuse a series in which no feature has what is asked for.

    Raises
    ------
    DataError
        If there is none; the message names the conditions.
    """
    if where.allowed and not features:
        raise DataError(
            f"no feature of any file has {shown(where)}; compare with what the files hold"
        )
