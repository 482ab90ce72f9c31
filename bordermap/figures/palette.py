"""The few hues of all figures; each has one meaning, and none is a party's."""

STATED = "#9a4a00"
"""What a source states."""

MODELLED = "#1f5f99"
"""What follows from assumptions."""

DIFFER = "#7b3f8c"
"""Where datasets differ."""

INK = "currentColor"
"""Text, axes and borders take the colour of the text around them."""

RECEDES = "0.35"
"""Opacity of what is there for orientation."""

DASHES = ("", "6 3", "1.5 3", "9 3 1.5 3")
"""Line patterns, so that lines differ without colour; the first is solid."""
