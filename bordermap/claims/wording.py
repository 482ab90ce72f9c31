"""How the words that carry a figure become an interval."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from bordermap.documents import shown
from bordermap.errors import ClaimError
from bordermap.intervals import Interval

Hedge = Literal["exact", "about", "nearly", "at least", "up to"]
Unit = Literal["km2", "ha", "m2", "mi2", "acre", "dunam"]

ABOUT_SHARE = 0.1
"""How far a hedged figure may be off either way, as a share of it."""

KM2 = MappingProxyType(
    {
        "km2": 1.0,
        "ha": 0.01,
        "m2": 1e-6,
        "mi2": 1.609344**2,
        "acre": 1.609344**2 / 640,
        "dunam": 0.001,
    }
)
"""Square kilometres in one of each unit a figure may be stated in."""

HEDGES: Mapping[str, Hedge] = MappingProxyType(
    {
        "": "exact",
        "exact": "exact",
        "exactly": "exact",
        "about": "about",
        "some": "about",
        "around": "about",
        "approximately": "about",
        "roughly": "about",
        "circa": "about",
        "nearly": "nearly",
        "almost": "nearly",
        "at least": "at least",
        "more than": "at least",
        "over": "at least",
        "not less than": "at least",
        "up to": "up to",
        "at most": "up to",
        "less than": "up to",
        "not more than": "up to",
    }
)
"""English hedge words; a reader of another language names the hedge itself."""

_RULE: Mapping[Hedge, str] = MappingProxyType(
    {
        "exact": "stated without a hedge: taken as it is",
        "about": "hedged: read as within a tenth either way",
        "nearly": "stated as nearly reached: read as at most a tenth less",
        "at least": "stated as a lower end: no upper end is given",
        "up to": "stated as an upper end: no lower end is given",
    }
)


GLOBE_KM2 = 510_065_622.0
"""Area of the WGS 84 ellipsoid to a square kilometre [km²], as `bordermap.areas` has it to the last
digit; no land is larger. Here, for claims are read without geometry."""


def interval_from_wording(qualifier: str, low: float, high: float | None = None) -> Interval:
    """
    Return the interval that a stated figure is read as, in its own unit.

    Parameters
    ----------
    qualifier
        A hedge or an English word of `HEDGES`, in any case.
    low
        The number, or the lower one of a range.
    high
        The upper number of a range.

    Raises
    ------
    ClaimError
        If the qualifier is not known, a number is not above 0, or the range is upside down.

    Notes
    -----
    ============  =====================  ===========================================
    hedge         one number x           a range x to y
    ============  =====================  ===========================================
    exact         x, x, x                x, middle, y
    about         0.9 x, x, 1.1 x        0.9 x, middle, 1.1 y
    nearly        0.9 x, x, x            0.9 x, middle, y
    at least      x, x, none             x, middle, none
    up to         none, x, x             none, middle, y
    ============  =====================  ===========================================

    The best value is always the number that was said, never one that nobody said; of a range it
    is the middle. A missing end stays missing: the source gives none.

    *Why a tenth* (`ABOUT_SHARE`). It is our reading; a source that says "some" gives no width.
    A number is hedged because it was rounded, and nobody says to what: "some 150" may stand for
    a rounding to 10 (±5) or to 50 (±25), and a tenth (±15) lies between the two. Being a share,
    it does not depend on the unit: "some 15,000 hectares" is read as "some 150 km²", which
    half a unit of the last digit would not do, and it is symmetric, so it favours no side.
    A claim whose context says more overrides it with an own reading.

    Examples
    --------
    >>> interval_from_wording("some", 150)
    Interval(low=135.0, best=150.0, high=165.0, coverage=None)
    >>> interval_from_wording("more than", 40, 45)
    Interval(low=40.0, best=42.5, high=None, coverage=None)
    """
    hedge = HEDGES.get(_folded(qualifier))
    if hedge is None:
        known = ", ".join(filter(None, HEDGES))
        raise ClaimError(f"the qualifier {shown(qualifier)} is not known; known: {known}")
    top = low if high is None else high
    if not 0 < low <= top:
        raise ClaimError(f"a figure is above 0 and a range goes up, unlike {low:g} to {top:g}")
    below, above = _plain(low * (1 - ABOUT_SHARE)), _plain(top * (1 + ABOUT_SHARE))
    lows = {"about": below, "nearly": below, "up to": None}
    highs = {"about": above, "at least": None}
    return Interval(
        low=lows.get(hedge, float(low)),
        best=low + (top - low) / 2,
        high=highs.get(hedge, float(top)),
    )


def rule_in_words(qualifier: str) -> str:
    """
    Return how `interval_from_wording` reads a qualifier, for a reader of the claim.

    Parameters
    ----------
    qualifier
        A hedge or an English word of `HEDGES`, in any case.
    """
    return _RULE[HEDGES[_folded(qualifier)]]


def _folded(qualifier: str) -> str:
    return " ".join(qualifier.casefold().split())


def _plain(value: float) -> float:
    """Return a product without the digits that floating point adds: 165, not 165.00000000000003."""
    return float(f"{value:.12g}")
