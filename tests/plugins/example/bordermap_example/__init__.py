"""An example: an area model and a boundary source for bordermap."""
