"""What the models yield: strips, incursions, caps and outlines, clipped to the claimed side."""
