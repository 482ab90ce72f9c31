"""Online sources of boundaries, asked only when told to; what they give is kept and used."""

from bordermap.fetching.obtaining import SOURCES, BoundarySource, Fetched, fetch
from bordermap.fetching.parts import delivery_of
from bordermap.fetching.units import Delivery
from bordermap.fetching.web import Web

__all__ = ["SOURCES", "BoundarySource", "Delivery", "Fetched", "Web", "delivery_of", "fetch"]
