"""bordermap."""
