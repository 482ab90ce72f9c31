"""Features as GeoJSON text by RFC 7946, as a stream; the same features give the same bytes."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice, pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.errors import GeometryError
from bordermap.geojson.decimals import DECIMALS, position_texts
from bordermap.geojson.feature import Feature
from bordermap.geojson.globe import bounding_box, cut_at_antimeridian, part_boxes

BATCH_FEATURES = 2**9
"""What is held as text at a time."""

_encoded = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def collection_pieces(features: Iterable[Feature]) -> Iterator[bytes]:
    """
    Yield a FeatureCollection, one feature a line.

    Parameters
    ----------
    features
        Longitude, latitude [degrees, WGS 84]; taken one batch at a time.

    Raises
    ------
    GeometryError
        If a geometry is no longitude, latitude, or cannot be rounded; if a property is a number
        that is not finite or text that is no Unicode.

    Notes
    -----
    Exteriors wind counter-clockwise, at most 7 decimals are written, there is no ``crs`` member,
    what reaches beyond longitude 180 is cut there, an empty geometry is null. Every feature has
    an id (its number where it has none) and a ``bbox``; the collection's ``bbox`` stands at its
    end, so that features can be written before all are known. A polygon that rounding would make
    invalid is rounded to the nearest valid one.
    """
    boxes: list[NDArray[np.float64]] = []
    yield b'{"type":"FeatureCollection","features":['
    separator = "\n"
    for lines in _batches(features, boxes):
        yield (separator + ",\n".join(lines)).encode()
        separator = ",\n"
    box = np.vstack(boxes) if boxes else np.empty((0, 4))
    member = f',"bbox":{_box_texts(bounding_box(box)[np.newaxis])[0]}' if len(box) else ""
    yield f"\n]{member}}}\n".encode()


def sequence_pieces(features: Iterable[Feature]) -> Iterator[bytes]:
    """Yield features one a line, without a collection around them; see `collection_pieces`."""
    for lines in _batches(features, []):
        yield ("\n".join(lines) + "\n").encode()


def _batches(features: Iterable[Feature], boxes: list[NDArray[np.float64]]) -> Iterator[list[str]]:
    """Yield the lines of some features at a time; what boxes their parts have goes to `boxes`."""
    waiting = iter(features)
    number = 1
    while batch := list(islice(waiting, BATCH_FEATURES)):
        geometries = np.empty(len(batch), dtype=object)
        geometries[:] = [feature.geometry for feature in batch]
        geometries = _rounded(cut_at_antimeridian(geometries), batch)
        boxes.append(part_boxes(geometries))
        texts, own_boxes = _geometry_texts(geometries), _own_boxes(geometries)
        parts = zip(batch, texts, own_boxes, count(number), strict=False)
        yield [_line(feature, text, box, position) for feature, text, box, position in parts]
        number += len(batch)


def _line(feature: Feature, geometry: str, box: str, number: int) -> str:
    try:
        given = number if feature.id is None else feature.id
        id_ = str(given) if type(given) is int else _encoded(given)  # the encoder is slow to start
        properties = _encoded(dict(feature.properties))
        (id_ + properties).encode()
    except ValueError as error:  # a number that is not finite, or half a surrogate pair
        raise GeometryError(f"feature {feature.id!a} cannot be written as JSON: {error}") from None
    return f'{{"type":"Feature","id":{id_},{box}"geometry":{geometry},"properties":{properties}}}'


def _rounded(geometries: NDArray[np.object_], features: Sequence[Feature]) -> NDArray[np.object_]:
    """Return geometries whose coordinates have few decimals, valid, exteriors counter-clockwise."""
    grid = 10.0**-DECIMALS
    rounded = shapely.set_precision(shapely.force_2d(geometries), grid, mode="pointwise")
    for index in np.flatnonzero(~shapely.is_valid(rounded)).tolist():
        if not shapely.is_valid(geometries[index]):
            reason = shapely.is_valid_reason(geometries[index])
            raise GeometryError(
                f"feature {features[index].id!a} is not valid ({reason}); it is not written"
            )
        rounded[index] = shapely.set_precision(geometries[index], grid)
    oriented: NDArray[np.object_] = shapely.orient_polygons(rounded)
    return oriented


def _own_boxes(geometries: NDArray[np.object_]) -> list[str]:
    """Return the ``bbox`` member of each feature, or nothing for an empty geometry."""
    boxes = shapely.bounds(geometries)
    for index in np.flatnonzero((boxes[:, 0] == -180) & (boxes[:, 2] == 180)):
        boxes[index] = bounding_box(part_boxes(geometries[index : index + 1]))
    located = ~np.isnan(boxes[:, 0])
    members = np.full(len(geometries), "", dtype=object)
    members[located] = [f'"bbox":{text},' for text in _box_texts(boxes[located])]
    return list(members)


def _box_texts(boxes: NDArray[np.float64]) -> list[str]:
    corners = position_texts(boxes.reshape(-1, 2), np.arange(2, 2 * len(boxes) + 1, 2))
    return [text.replace("],[", ",") for text in corners]


def _geometry_texts(geometries: NDArray[np.object_]) -> list[str]:
    """Return the geometry object of each; null for an empty one."""
    kinds = np.where(shapely.is_empty(geometries), -1, shapely.get_type_id(geometries))
    texts = np.full(len(geometries), "null", dtype=object)
    for kind in np.unique(kinds[kinds >= 0]):
        alike = kinds == kind
        if kind == shapely.GeometryType.GEOMETRYCOLLECTION:
            texts[alike] = [_collection_text(collection) for collection in geometries[alike]]
        else:
            texts[alike] = _coordinate_texts(geometries[alike])
    return list(texts)


def _collection_text(collection: BaseGeometry) -> str:
    members = [text for text in _geometry_texts(shapely.get_parts(collection)) if text != "null"]
    return f'{{"type":"GeometryCollection","geometries":[{",".join(members)}]}}'


def _coordinate_texts(geometries: NDArray[np.object_]) -> list[str]:
    """Return the geometry object of each, all of one type."""
    name = geometries[0].geom_type
    _, coordinates, offsets = shapely.to_ragged_array(geometries, include_z=False)
    if name == "Point":
        lists = position_texts(coordinates, np.arange(1, len(coordinates) + 1))
        return [f'{{"type":"Point","coordinates":{text}}}' for text in lists]
    lists = [f"[{text}]" for text in position_texts(coordinates, offsets[0][1:].astype(np.int64))]
    for starts in offsets[1:]:
        groups = pairwise(starts.tolist())
        lists = [f"[{','.join(lists[start:stop])}]" for start, stop in groups]
    return [f'{{"type":"{name}","coordinates":{text}}}' for text in lists]
