"""The layers of an assessment: what a GIS shows of it, each feature with where it comes from."""

from bordermap.layering.footprints import MODEL_NOTE
from bordermap.layering.frames import to_geodataframes
from bordermap.layering.layers import Layers, layers_of
from bordermap.layering.tables import tables_of

__all__ = ["MODEL_NOTE", "Layers", "layers_of", "tables_of", "to_geodataframes"]
