"""Layers as files that GIS programs open, written twice the same bytes."""

from bordermap.export.files import FORMATS, export_layers

__all__ = ["FORMATS", "export_layers"]
