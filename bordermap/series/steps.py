"""A series: the area of each outline, and what changed since the one before."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, tzinfo
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.boundaries import Province
from bordermap.geojson import Limits
from bordermap.measuring import ProvinceSplit, Repair, with_short_edges
from bordermap.series.changes import CUT_KM2, NOTHING_KM2, Change
from bordermap.series.classes import Where
from bordermap.series.edges import Edges, edges_of
from bordermap.series.entries import Entry
from bordermap.series.instants import Instant, days_between, days_from
from bordermap.series.outlines import Outline, read_outlines, require_some

CUT_AHEAD = 2
"""How many outlines are read beyond the one whose change is being cut."""

MANY_EDGES = 200_000
"""Outlines of more edges are not read ahead, so that no more than two are held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """
    An area split by province.

    Parameters
    ----------
    by_province
        The part in each, by ISO 3166-2 code [km²].
    outside_km2
        The part in none [km²].
    """

    by_province: Mapping[str, float]
    outside_km2: float


@dataclass(frozen=True, kw_only=True)
class Step:
    """
    An outline, and what changed since the one before.

    Parameters
    ----------
    instant
        When it is of.
    file
        Where it was read.
    features
        How many features it was read from.
    area_km2
        Geodesic area of the land, land in several features counted once [km²].
    overlap_km2
        What the features' areas add up to beyond it [km²].
    repairs
        What was made valid.
    parts
        The area by province; None where no provinces were asked for.
    days
        Days since the outline before; None for the first.
    missing
        First and last of the days since then that have no outline; None where there are none.
    gained_km2, lost_km2
        Area of the land gained and lost since then [km²]; None for the first.
    gained_parts, lost_parts
        The same by province; None for the first, or where no provinces were asked for.
    change
        The land itself; None for the first, or where it was let go (`without_land`).
    outline
        The outline's polygons, which share no land; None where they were let go.
    """

    instant: Instant
    file: str
    features: int
    area_km2: float
    overlap_km2: float = 0.0
    repairs: tuple[Repair, ...] = ()
    parts: Parts | None = None
    days: float | None = None
    missing: tuple[date, date] | None = None
    gained_km2: float | None = None
    lost_km2: float | None = None
    gained_parts: Parts | None = None
    lost_parts: Parts | None = None
    change: Change | None = field(default=None, repr=False)
    outline: NDArray[np.object_] | None = field(default=None, repr=False)

    @property
    def net_km2(self) -> float | None:
        """Land gained less land lost [km²]; None for the first."""
        if self.gained_km2 is None or self.lost_km2 is None:
            return None
        return self.gained_km2 - self.lost_km2

    @property
    def missing_days(self) -> int:
        """How many days since the outline before have none."""
        return 0 if self.missing is None else (self.missing[1] - self.missing[0]).days + 1

    def without_land(self) -> "Step":
        """Return the same numbers without land, which takes memory."""
        return replace(self, change=None, outline=None)

    def as_json(self) -> dict[str, Any]:
        """Return what the command line says of it."""
        return {
            "date": str(self.instant),
            "file": self.file,
            "area_km2": self.area_km2,
            "gained_km2": self.gained_km2,
            "lost_km2": self.lost_km2,
            "net_km2": self.net_km2,
            "by_province": dict(self.parts.by_province) if self.parts else {},
            "outside_km2": self.parts.outside_km2 if self.parts else None,
            "gained_by_province": dict(self.gained_parts.by_province) if self.gained_parts else {},
            "lost_by_province": dict(self.lost_parts.by_province) if self.lost_parts else {},
            "features": self.features,
            "overlap_km2": self.overlap_km2,
            "days": self.days,
            "missing": self.missing
            and {
                "first": self.missing[0].isoformat(),
                "last": self.missing[1].isoformat(),
                "days": self.missing_days,
            },
            "repairs": [
                {
                    "feature": repair.feature,
                    "reason": repair.reason,
                    "area_change_km2": repair.area_change_km2,
                }
                for repair in self.repairs
            ],
        }


def read_series(  # noqa: PLR0913  (each says what counts, and how)
    entries: Sequence[Entry],
    *,
    provinces: Sequence[Province] = (),
    where: Where | None = None,
    repair: bool = False,
    zone: tzinfo = UTC,
    limits: Limits | None = None,
) -> Iterator[Step]:
    """
    Yield the steps of a series, oldest first.

    Parameters
    ----------
    entries
        The outlines, oldest first; see `dated`.
    provinces
        What to split areas by.
    where
        Which features count; all by default.
    repair
        Whether polygons that are not valid are made valid, which `Step.repairs` then tells.
    zone
        Time zone that days are counted in.
    limits
        Sizes beyond which a file is refused.

    Raises
    ------
    DataError
        If a file is missing, broken, too large or has no polygon, or no feature at all counts.
    GeometryError
        If a polygon is not valid and not to be repaired, or provinces overlap.

    Notes
    -----
    Two outlines are held at a time, and small ones are read ahead. Only what changed between
    them is cut; the area by province is carried on by what changed in each.
    """
    where = where or Where()
    ledger = _Ledger(split=ProvinceSplit(provinces) if provinces else None, zone=zone)
    features, before = 0, None
    with ThreadPoolExecutor(max_workers=2) as threads:
        waiting: deque[tuple[Outline, Future[Change | None]]] = deque()
        for outline in read_outlines(entries, where=where, repair=repair, limits=limits):
            features += outline.features
            after = _Bounds(edges=edges_of(outline.polygons), area_km2=outline.area_km2)
            waiting.append((outline, threads.submit(_changed, before, after)))
            before = after
            while len(waiting) > (CUT_AHEAD if len(after.edges) <= MANY_EDGES else 0):
                yield ledger.step(*waiting.popleft())
        while waiting:
            yield ledger.step(*waiting.popleft())
    require_some(features, where)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    """What the next outline is compared with."""

    edges: Edges
    area_km2: float


def _changed(before: _Bounds | None, after: _Bounds) -> Change | None:
    if before is None:
        return None
    return Change.between(before.edges, after.edges, net_km2=after.area_km2 - before.area_km2)


@dataclass(slots=True, kw_only=True)
class _Ledger:
    """
    What is carried from one outline to the next.

    It works in the caller's thread alone: GEOS does not guard the index of a tree, or of a
    prepared geometry, against two threads.
    """

    split: ProvinceSplit | None
    zone: tzinfo
    instant: Instant | None = None
    parts_km2: NDArray[np.float64] | None = None

    def step(self, outline: Outline, changed: Future[Change | None]) -> Step:
        """Return the step to an outline, and carry it on."""
        change, since = changed.result(), self.instant
        gained_km2 = lost_km2 = None
        if self.split is not None and change is not None and self.parts_km2 is not None:
            gained_km2 = _summed(self.split, change.gained, change.gained_parts_km2)
            lost_km2 = _summed(self.split, change.lost, change.lost_parts_km2)
            self._carry(self.parts_km2 + gained_km2 - lost_km2, outline.area_km2)
        elif self.split is not None:
            whole = with_short_edges(outline.polygons)
            parts_km2 = self.split.areas_km2(whole, outline.areas_km2).sum(axis=0)
            self._carry(parts_km2, outline.area_km2)
        self.instant = outline.instant
        return Step(
            instant=outline.instant,
            file=outline.file,
            features=outline.features,
            area_km2=outline.area_km2,
            overlap_km2=outline.overlap_km2,
            repairs=outline.repairs,
            parts=self._parts(self.parts_km2),
            days=None if since is None else days_from(since, outline.instant),
            missing=None if since is None else days_between(since, outline.instant, self.zone),
            gained_km2=None if change is None else change.gained_km2,
            lost_km2=None if change is None else change.lost_km2,
            gained_parts=self._parts(gained_km2),
            lost_parts=self._parts(lost_km2),
            change=change,
            outline=outline.polygons,
        )

    def _carry(self, parts_km2: NDArray[np.float64], area_km2: float) -> None:
        """Keep the area by province; what rounding leaves is spread, so that it adds up."""
        positive_km2 = np.maximum(parts_km2, 0.0)
        self.parts_km2 = positive_km2 * (area_km2 / max(float(positive_km2.sum()), NOTHING_KM2))

    def _parts(self, parts_km2: NDArray[np.float64] | None) -> Parts | None:
        if self.split is None or parts_km2 is None:
            return None
        *inside, outside = parts_km2.tolist()
        return Parts(
            by_province=dict(zip(self.split.codes, inside, strict=True)), outside_km2=outside
        )


def _summed(
    split: ProvinceSplit, faces: NDArray[np.object_], areas_km2: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what of some faces lies in each province, and last in none [km²]."""
    # a cut edge may add metres to a face of a few; a split takes that for provinces that overlap
    roomy_km2 = areas_km2 + CUT_KM2 * shapely.get_num_coordinates(faces)
    parts_km2 = split.areas_km2(faces, roomy_km2) * (areas_km2 / roomy_km2)[:, np.newaxis]
    total: NDArray[np.float64] = parts_km2.sum(axis=0)
    return total
