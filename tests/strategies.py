"""What hypothesis draws: places on the globe, borders that wind, land on both sides of them."""

import hypothesis.strategies as st

from tests.shapes import Anchor, Neighbours, side_by_side

LATITUDES = st.floats(-75, 75)
LONGITUDES = st.floats(-179.999, 179.999)  # a border on the antimeridian itself has two
DEPTHS_M = st.floats(1, 12_000)

WINDING = st.lists(st.floats(-1.5, 1.5), min_size=4, max_size=9)
"""How far a border leaves the meridian at each of its vertices [km]."""


@st.composite
def anchors(draw: st.DrawFn) -> Anchor:
    return Anchor(lon=draw(LONGITUDES), lat=draw(LATITUDES))


@st.composite
def winding_neighbours(draw: st.DrawFn, *, anchor: Anchor | None = None) -> Neighbours:
    """Return two countries with a winding border of some 20 km and one to three provinces."""
    east_km = draw(WINDING)
    cuts = draw(st.sets(st.integers(1, len(east_km) - 2), max_size=2))
    return side_by_side(
        anchor or draw(anchors()), east_km=east_km, step_km=3.0, deep_km=12.0, cuts=sorted(cuts)
    )
