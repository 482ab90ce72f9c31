"""The few hues of all figures; each has one meaning, and none is a party's."""

STATED = "#1a4a8f"
"""What a source states."""

MODELLED = "#8f4e00"
"""What follows from assumptions."""

DIFFER = "#85307b"
"""Where datasets differ."""

INK = "currentColor"
"""Text, axes and borders take the colour of the text around them."""

RECEDES = "0.35"
"""Opacity of what is there for orientation."""

DASHES = ("", "6 3", "1.5 3", "9 3 1.5 3")
"""Line patterns, so that lines differ without colour; the first is solid."""
