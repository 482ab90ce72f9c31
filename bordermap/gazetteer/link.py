"""What a name may mean, and how well each feature fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bordermap.gazetteer.feature import Feature

How = Literal["exact", "folded", "transliterated", "inflected", "fuzzy"]


SCORES: Mapping[How, float] = {
    "exact": 1.0,
    "folded": 0.98,
    "transliterated": 0.95,
    "inflected": 0.93,
    "fuzzy": 0.9,
}
"""Score of a match of each sort; of a fuzzy one the most, scaled by likeness."""


_RANKS = {
    "country": 0,
    "province": 1,
    "district": 1,
    "region": 2,
    "capital": 2,
    "town": 3,
    "lake": 3,
}

_LAST_RANK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    A feature that a name may mean.

    Parameters
    ----------
    feature
        The feature.
    score
        How well the name fits, 0 to 1.
    how
        In which way it fits.
    """

    feature: Feature
    score: float
    how: How

    def to_json(self) -> dict[str, Any]:
        """Return the match under the names of the command line's contract."""
        return {
            "feature_id": self.feature.feature_id,
            "name": self.feature.name,
            "kind": self.feature.kind,
            "country": self.feature.country,
            "province": self.feature.province or None,
            "point": None if self.feature.point is None else list(self.feature.point),
            "score": round(self.score, 3),
            "how": self.how,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """
    What a name may mean.

    Parameters
    ----------
    text
        The name as it was given.
    matches
        Features, best first; empty if none fits.
    ambiguous
        Whether no match stands clearly above the next.
    reason
        What decided between equal matches; empty if nothing had to.
    """

    text: str
    matches: tuple[Match, ...]
    ambiguous: bool
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the link under the names of the command line's contract."""
        return {
            "text": self.text,
            "matches": [match.to_json() for match in self.matches],
            "ambiguous": self.ambiguous,
            "reason": self.reason,
        }


def match_order(match: Match) -> tuple[float, int, int, str]:
    """Return by what matches are ordered: score, kind, inhabitants."""
    feature = match.feature
    rank = _RANKS.get(feature.kind, _LAST_RANK)
    return -match.score, rank, -feature.population, feature.feature_id
