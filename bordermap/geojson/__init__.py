"""GeoJSON: users' files read strictly as a stream, layers written by RFC 7946."""

from bordermap.geojson.feature import Feature
from bordermap.geojson.limits import Limits
from bordermap.geojson.polygons import Chunk, feature_name
from bordermap.geojson.reading import read_chunks, read_features
from bordermap.geojson.writing import collection_pieces, sequence_pieces

__all__ = [
    "Chunk",
    "Feature",
    "Limits",
    "collection_pieces",
    "feature_name",
    "read_chunks",
    "read_features",
    "sequence_pieces",
]
