"""
The gazetteer: names of provinces, places and countries, and the linking of names to them.

A name is found as it is written, then with case, marks and apostrophes put aside, then across
scripts and transliterations, then without a case ending, and last by likeness. What several
features bear equally well stays ambiguous unless the country or the context decides.
"""

from bordermap.gazetteer.context import decided, neighbours
from bordermap.gazetteer.feature import COLUMNS, Feature
from bordermap.gazetteer.gazetteer import Gazetteer
from bordermap.gazetteer.keys import HINTED_KINDS, joined, name_keys
from bordermap.gazetteer.link import SCORES, How, Link, Match, match_order

__all__ = [
    "COLUMNS",
    "HINTED_KINDS",
    "SCORES",
    "Feature",
    "Gazetteer",
    "How",
    "Link",
    "Match",
    "decided",
    "joined",
    "match_order",
    "name_keys",
    "neighbours",
]
