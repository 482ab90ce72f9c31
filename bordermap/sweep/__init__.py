"""Every border of the world: how long it is, how deep a strip of an area, what can be told."""

from bordermap.sweep.answers import (
    PairAnswer,
    PairFailure,
    Question,
    as_json,
    in_order,
    pairs_of,
    swept,
)
from bordermap.sweep.files import SUFFIXES, features_of, rows_of, write_answers
from bordermap.sweep.pairs import Pair, neighbouring
from bordermap.sweep.sweep import Sweep

__all__ = [
    "SUFFIXES",
    "Pair",
    "PairAnswer",
    "PairFailure",
    "Question",
    "Sweep",
    "as_json",
    "features_of",
    "in_order",
    "neighbouring",
    "pairs_of",
    "rows_of",
    "swept",
    "write_answers",
]
