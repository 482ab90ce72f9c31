"""A reel: the outlines of a series and what changed between them, small enough for a page."""

import json
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.errors import DataError
from bordermap.series.frames import NO_POINTS, Copying, Points, Rings
from bordermap.series.steps import Step

DIGITS = 5
"""Decimals of a degree that shapes keep (1 m)."""

MOST_BYTES = 3_000_000
"""Largest size of all shapes as text; shapes are simplified until they are smaller."""

FINEST_M, COARSEST_M = 10.0, 10_240.0
"""By how much shapes are simplified at first, and at most; doubled from one to the other [m]."""

DEGREE_M = 111_320.0

_NO_LAND: NDArray[np.object_] = np.empty(0, dtype=object)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """
    What is shown of one step, as JSON text.

    Parameters
    ----------
    outline
        The outline, by the points of the one before.
    gained, lost
        Land gained and lost, by the points of the outline before and of this one.
    """

    outline: str
    gained: str
    lost: str

    @property
    def size(self) -> int:
        """How long it is."""
        return len(self.outline) + len(self.gained) + len(self.lost)


class Reel:
    """
    The frames of a series, oldest first.

    Parameters
    ----------
    most_bytes
        How large all together may be.

    Notes
    -----
    Neither the steps nor their polygons are kept. Where the frames get too large they are read
    again, simplified, and written anew, and what comes later is simplified as they are.
    """

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.simplified_m = 0.0
        self.frames: list[Frame] = []
        self.boxes: list[NDArray[np.float64]] = []
        self._size = 0
        self._before = NO_POINTS

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """
        West, south, east, north of all outlines [degrees].

        Raises
        ------
        DataError
            If none of them has any land.
        """
        if not self.boxes:
            raise DataError("no outline of the series has any land; there is nothing to draw")
        box = np.vstack(self.boxes)
        (west, south), (east, north) = box[:, :2].min(axis=0), box[:, 2:].max(axis=0)
        return float(west), float(south), float(east), float(north)

    def add(self, step: Step) -> None:
        """
        Take the frame of a step.

        Raises
        ------
        DataError
            If the outlines are too many, or too rich, for one page.
        """
        outline = _NO_LAND if step.outline is None else step.outline
        change = step.change
        if len(outline):
            self.boxes.append(shapely.total_bounds(outline))
        self._take(
            outline,
            _NO_LAND if change is None else change.gained,
            _NO_LAND if change is None else change.lost,
        )
        while self._size > self.most_bytes:
            self._simplify()

    def _take(
        self, outline: NDArray[np.object_], gained: NDArray[np.object_], lost: NDArray[np.object_]
    ) -> None:
        """Write a frame after the others."""
        rings, after = Copying(self._before).written(self._simple(outline), digits=DIGITS)
        both = Copying(np.concatenate((self._before, after)))
        changed = [both.written(self._simple(land), digits=DIGITS)[0] for land in (gained, lost)]
        frame = Frame(outline=_text(rings), gained=_text(changed[0]), lost=_text(changed[1]))
        self.frames.append(frame)
        self._size += frame.size
        self._before = after

    def _simple(self, polygons: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return polygons simplified; where nothing is to be, without points that add nothing."""
        degrees = self.simplified_m / DEGREE_M or 0.5 * 10**-DIGITS
        simple: NDArray[np.object_] = shapely.simplify(polygons, degrees)
        return simple

    def _simplify(self) -> None:
        """Write all frames anew, simplified twice as much as before."""
        self.simplified_m = max(2 * self.simplified_m, FINEST_M)
        if self.simplified_m > COARSEST_M:
            raise DataError(
                f"{len(self.frames):,} outlines are too many, or too rich, for one page;"
                " give fewer of them, or write tables and layers instead"
            )
        frames, before = self.frames, NO_POINTS
        self.frames, self._size, self._before = [], 0, NO_POINTS
        for frame in frames:
            outline, after = Copying(before).read(json.loads(frame.outline))
            both = Copying(np.concatenate((before, after)))
            gained, lost = (both.read(json.loads(text))[0] for text in (frame.gained, frame.lost))
            self._take(*(_polygons(shape) for shape in (outline, gained, lost)))
            before = after


def _polygons(shape: list[list[Points]]) -> NDArray[np.object_]:
    """Return polygons of rings on the grid."""
    polygons = np.empty(len(shape), dtype=object)
    for number, (exterior, *holes) in enumerate(shape):
        unit = 10**DIGITS
        polygons[number] = shapely.Polygon(exterior / unit, [hole / unit for hole in holes])
    return polygons


def _text(rings: Rings) -> str:
    return json.dumps(rings, separators=(",", ":"))
