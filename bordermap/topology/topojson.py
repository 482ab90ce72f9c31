"""TopoJSON taken apart into GeoJSON features."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

MAX_NESTING = 16

MAX_VERTICES = 5_000_000
"""Most vertices of all rings together: arcs may be used again and again."""

Arc = Sequence[tuple[float, float]]


def features_of(topology: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """
    Yield the polygons of a TopoJSON document as GeoJSON features.

    Parameters
    ----------
    topology
        An object of type ``Topology``, as read from JSON.

    Raises
    ------
    ValueError
        If it is not laid out as the format says, or has more than `MAX_VERTICES`.
    """
    try:
        arcs = _Arcs(topology)
        for item in topology["objects"].values():
            yield from _features(item, arcs)
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(f"no usable TopoJSON ({type(error).__name__}: {error})") from None


class _Arcs:
    """The arcs of a topology, and how many vertices the rings made of them have."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        self._arcs = _decoded(topology)
        self._vertices = 0

    def ring(self, numbers: Sequence[int]) -> list[tuple[float, float]]:
        """Return the ring that arcs make one after the other; ``~n`` is arc n backwards."""
        ring: list[tuple[float, float]] = []
        for number in numbers:
            arc = self._arcs[number if number >= 0 else ~number]
            self._vertices += len(arc)
            if self._vertices > MAX_VERTICES:
                raise ValueError(f"TopoJSON of more than {MAX_VERTICES:,} vertices; split it")
            turned = arc if number >= 0 else arc[::-1]
            ring += turned[1:] if ring else turned  # an arc begins where the one before ends
        return ring


def _decoded(topology: Mapping[str, Any]) -> list[Arc]:
    transform = topology.get("transform")
    if transform is None:
        return [[(p[0], p[1]) for p in arc] for arc in topology["arcs"]]
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    return [
        [
            (x * scale_x + shift_x, y * scale_y + shift_y)
            # quantised positions count from the one before
            for x, y in zip(
                accumulate(p[0] for p in arc), accumulate(p[1] for p in arc), strict=True
            )
        ]
        for arc in topology["arcs"]
    ]


def _features(item: Mapping[str, Any], arcs: _Arcs, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > MAX_NESTING:
        raise ValueError(f"collections nested more than {MAX_NESTING} deep")
    if item["type"] == "GeometryCollection":
        for geometry in item["geometries"]:
            yield from _features(geometry, arcs, depth + 1)
        return
    yield {
        "type": "Feature",
        "id": item.get("id"),
        "properties": item.get("properties") or {},
        "geometry": _geometry(item, arcs),
    }


def _geometry(item: Mapping[str, Any], arcs: _Arcs) -> dict[str, object]:
    kind = item["type"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": [arcs.ring(ring) for ring in item["arcs"]]}
    if kind == "MultiPolygon":
        polygons = [[arcs.ring(ring) for ring in polygon] for polygon in item["arcs"]]
        return {"type": kind, "coordinates": polygons}
    return {"type": kind}
