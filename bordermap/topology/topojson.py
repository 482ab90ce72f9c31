"""TopoJSON taken apart into GeoJSON features."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

MAX_NESTING = 16


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
        If it is not laid out as the format says.
    """
    try:
        arcs = _arcs(topology)
        for item in topology["objects"].values():
            yield from _features(item, arcs)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"no usable TopoJSON ({type(error).__name__}: {error})") from None


def _arcs(topology: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
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


def _features(
    item: Mapping[str, Any], arcs: Sequence[Sequence[tuple[float, float]]], depth: int = 0
) -> Iterator[dict[str, object]]:
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


def _geometry(
    item: Mapping[str, Any], arcs: Sequence[Sequence[tuple[float, float]]]
) -> dict[str, object]:
    kind = item["type"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": [_ring(ring, arcs) for ring in item["arcs"]]}
    if kind == "MultiPolygon":
        polygons = [[_ring(ring, arcs) for ring in polygon] for polygon in item["arcs"]]
        return {"type": kind, "coordinates": polygons}
    return {"type": kind}


def _ring(
    numbers: Sequence[int], arcs: Sequence[Sequence[tuple[float, float]]]
) -> list[tuple[float, float]]:
    ring: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc  # an arc begins where the one before ends
    return ring
