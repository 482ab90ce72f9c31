"""The area of polygons in users' files: overlaps counted once, split by province."""

from bordermap.measuring.alone import held_alone
from bordermap.measuring.files import FileArea, Repair, measured_files
from bordermap.measuring.overlaps import counted_once
from bordermap.measuring.short_edges import polygon_areas_km2
from bordermap.measuring.splitting import ProvinceSplit, repaired, with_short_edges

__all__ = [
    "FileArea",
    "ProvinceSplit",
    "Repair",
    "counted_once",
    "held_alone",
    "measured_files",
    "polygon_areas_km2",
    "repaired",
    "with_short_edges",
]
