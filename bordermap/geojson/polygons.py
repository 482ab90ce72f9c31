"""Coordinates of many polygons at once: checked together, built together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain

import numpy as np
import shapely
from numpy.typing import NDArray

from bordermap.errors import BordermapError, CRSError, DataError, GeometryError
from bordermap.geojson.feature import Feature
from bordermap.geojson.stream import shown
from bordermap.projection import HALF_TURN, densified

FeatureId = str | int | float | None

_POLE = 90.0
_FEWEST = 4
"""Fewest positions of a ring, the last being the first."""
_TWO = {2}
_NUMBERS = {int, float}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """
    Some features of a file, those that have polygons.

    Parameters
    ----------
    numbers
        Their numbers in the file, counted from 1 over all its features.
    ids
        Their ids; None where the file gives none.
    properties
        Their properties.
    polygons
        A Polygon or MultiPolygon each; longitude, latitude [degrees, WGS 84]. Rings are closed
        and wind as in the file; they may cross themselves.
    """

    numbers: tuple[int, ...]
    ids: tuple[FeatureId, ...]
    properties: tuple[Mapping[str, object], ...]
    polygons: NDArray[np.object_]

    def features(self) -> list[Feature]:
        """Return the features one by one."""
        parts = zip(self.ids, self.polygons.tolist(), self.properties, strict=True)
        return [Feature(id=id_, geometry=polygon, properties=rest) for id_, polygon, rest in parts]


@dataclass(slots=True, kw_only=True)
class PolygonBuilder:
    """
    Coordinates that wait to become the polygons of a chunk.

    Parameters
    ----------
    file_name
        The file they come from, for refusals.
    """

    file_name: str
    _numbers: list[int] = field(default_factory=list)
    _ids: list[FeatureId] = field(default_factory=list)
    _properties: list[Mapping[str, object]] = field(default_factory=list)
    _collections: list[int] = field(default_factory=list)
    _flat: list[float] = field(default_factory=list)
    _ring_sizes: list[int] = field(default_factory=list)
    _rings_of_polygon: list[int] = field(default_factory=list)
    _polygons_of_feature: list[int] = field(default_factory=list)

    @property
    def vertices(self) -> int:
        """How many vertices wait."""
        return len(self._flat) // 2

    def add(
        self,
        polygons: Sequence[object],
        *,
        number: int,
        feature_id: FeatureId,
        properties: Mapping[str, object],
        is_collection: bool,
    ) -> None:
        """
        Take in a feature.

        Parameters
        ----------
        polygons
            Coordinates of each polygon as the file has them: lists of rings.
        number, feature_id, properties
            As in `Chunk`.
        is_collection
            Whether the polygons come from a geometry collection, where they may overlap.

        Raises
        ------
        DataError
            If the lists are not lists of positions.
        """
        if is_collection:
            self._collections.append(len(self._numbers))
        self._numbers.append(number)
        self._ids.append(feature_id)
        self._properties.append(properties)
        self._polygons_of_feature.append(len(polygons))
        for rings in polygons:
            if not isinstance(rings, list):
                raise self._malformed(
                    "a polygon is no list of rings; give its outline first, then its holes"
                )
            for index, ring in enumerate(rings, 1):
                self._add_ring(ring, index)
            self._rings_of_polygon.append(len(rings))

    def _add_ring(self, ring: object, index: int) -> None:
        if not isinstance(ring, list) or len(ring) < _FEWEST:
            raise self._malformed(
                f"ring {index} is no list of {_FEWEST} or more positions; give a closed ring"
            )
        try:
            if set(map(len, ring)) != _TWO:
                ring = [_without_height(position) for position in ring]
            self._flat.extend(chain.from_iterable(ring))
        except TypeError:
            raise self._malformed(
                f"ring {index} has a position that is no list of two or more numbers;"
                " give longitude, latitude"
            ) from None
        self._ring_sizes.append(len(ring))

    def _malformed(self, what: str) -> DataError:
        return DataError(f"{self._feature(-1)}: {what}")

    def built(self) -> Chunk:
        """
        Return what waits as a chunk.

        Raises
        ------
        DataError
            If a coordinate is no number.
        CRSError
            If the coordinates look like metres, or like latitude, longitude.
        GeometryError
            If a ring is not closed, leaves the globe, or has an edge of half a turn or more:
            which way round that goes is not known.
        """
        coordinates = self._coordinates()
        starts = np.r_[0, np.cumsum(self._ring_sizes, dtype=np.int64)]
        self._require_degrees(coordinates)
        self._require_closed(coordinates, starts)
        self._require_short_edges(coordinates, starts)
        polygon_starts = np.r_[0, np.cumsum(self._rings_of_polygon, dtype=np.int64)]
        polygons = shapely.from_ragged_array(
            shapely.GeometryType.POLYGON, coordinates, (starts, polygon_starts)
        )
        features = _by_feature(polygons, self._polygons_of_feature)
        for index in self._collections:
            features[index] = _union_if_needed(features[index])
        return Chunk(
            numbers=tuple(self._numbers),
            ids=tuple(self._ids),
            properties=tuple(self._properties),
            polygons=features,
        )

    def _coordinates(self) -> NDArray[np.float64]:
        if not set(map(type, self._flat)) <= _NUMBERS:
            at = next(i for i, value in enumerate(self._flat) if type(value) not in _NUMBERS)
            raise DataError(
                f"{self._place(at // 2)} has a coordinate that is no number;"
                " write it without quotation marks"
            )
        try:
            return np.array(self._flat, dtype=np.float64).reshape(-1, 2)
        except OverflowError:  # a whole number of hundreds of digits
            at = next(i for i, value in enumerate(self._flat) if abs(value) > 1e300)
            raise GeometryError(
                f"{self._place(at // 2)} is out of range for degrees; correct it"
            ) from None

    def _require_degrees(self, coordinates: NDArray[np.float64]) -> None:
        inside = np.abs(coordinates) <= (HALF_TURN, _POLE)
        if not inside.all():
            vertex = int(np.argmin(inside.all(axis=1)))
            raise _not_degrees(self._place(vertex), *coordinates[vertex].tolist())

    def _require_closed(self, coordinates: NDArray[np.float64], starts: NDArray[np.int64]) -> None:
        is_open = (coordinates[starts[:-1]] != coordinates[starts[1:] - 1]).any(axis=1)
        if is_open.any():
            place = self._place(int(starts[1:][np.argmax(is_open)]) - 1)
            raise GeometryError(f"{place} does not close the ring; end it with its first position")

    def _require_short_edges(
        self, coordinates: NDArray[np.float64], starts: NDArray[np.int64]
    ) -> None:
        is_long = np.abs(np.diff(coordinates[:, 0])) >= HALF_TURN
        is_long[starts[1:-1] - 1] = False  # from the end of one ring to the next there is no edge
        if is_long.any():
            at_pole = np.abs(coordinates[:, 1]) == _POLE
            is_long &= ~(at_pole[:-1] & at_pole[1:])  # there all longitudes are one point
        if is_long.any():
            place = self._place(int(np.argmax(is_long)) + 1)
            raise GeometryError(
                f"{place} ends an edge over half the globe or the antimeridian;"
                " cut the polygon at longitude 180 (RFC 7946, 3.1.9)"
            )

    def _place(self, vertex: int) -> str:
        """Return which position of which ring of which feature a vertex is, in words."""
        ring, position = _index_in(self._ring_sizes, vertex)
        polygon, ring = _index_in(self._rings_of_polygon, ring)
        index, polygon = _index_in(self._polygons_of_feature, polygon)
        of_polygon = f" of polygon {polygon + 1}" if self._polygons_of_feature[index] > 1 else ""
        return f"{self._feature(index)}: position {position + 1} of ring {ring + 1}{of_polygon}"

    def _feature(self, index: int) -> str:
        return f"{self.file_name}: {feature_name(self._numbers[index], self._ids[index])}"


def feature_name(number: int, feature_id: FeatureId) -> str:
    """Return how a message names a feature: by its number in the file, and its id if it has one."""
    if feature_id is None:
        return f"feature {number}"
    return f"feature {number} (id {shown(str(feature_id))})"


def _without_height(position: object) -> list[float]:
    """Return longitude and latitude alone; heights are allowed and not used."""
    if not isinstance(position, list) or not 2 <= len(position) <= 4:
        raise TypeError
    if not set(map(type, position)) <= _NUMBERS:
        raise TypeError
    return position[:2]


def _not_degrees(place: str, lon: float, lat: float) -> BordermapError:
    seen = f"{place}: ({lon:.10g}, {lat:.10g})"
    if abs(lon) <= _POLE < abs(lat) <= HALF_TURN:
        return CRSError(f"{seen} looks like latitude, longitude; give longitude first")
    if abs(lat) <= _POLE and abs(lon) <= 2 * HALF_TURN:
        return GeometryError(
            f"{seen} lies beyond longitude 180; cut the polygon there (RFC 7946, 3.1.9)"
        )
    if 2 * HALF_TURN < max(abs(lon), abs(lat)) < np.inf:
        return CRSError(f"{seen} looks like metres; give longitude, latitude in degrees on WGS 84")
    return GeometryError(f"{seen} is out of range for degrees; correct it")


def _by_feature(polygons: NDArray[np.object_], counts: Sequence[int]) -> NDArray[np.object_]:
    """Return a Polygon for each feature of one, a MultiPolygon for each of several."""
    count = np.array(counts)
    features = np.empty(len(count), dtype=object)
    features[count == 1] = polygons[np.repeat(count == 1, count)]
    several = np.repeat(count > 1, count)
    if several.any():
        owner = np.repeat(np.arange((count > 1).sum()), count[count > 1])
        features[count > 1] = shapely.multipolygons(polygons[several], indices=owner)
    return features


def _union_if_needed(collection: shapely.Polygon | shapely.MultiPolygon) -> shapely.Geometry:
    """Return the land of a collection's polygons, which unlike a MultiPolygon's may overlap."""
    parts = shapely.get_parts(collection)
    if shapely.is_valid(collection) or not shapely.is_valid(parts).all():
        return collection
    return shapely.union_all([densified(part) for part in parts])


def _index_in(sizes: Sequence[int], item: int) -> tuple[int, int]:
    """Return the group that an item is in, and its index there, for groups of these sizes."""
    group = next(i for i, end in enumerate(accumulate(sizes)) if item < end)
    return group, item - sum(sizes[:group])
