"""Dated outlines: how much land each shows, and what was gained and lost between them."""

from bordermap.series.changes import Change
from bordermap.series.classes import Where
from bordermap.series.entries import Entry, dated, outline_files
from bordermap.series.instants import Instant, instant_in_name, instant_of
from bordermap.series.periods import UNITS, Period, Unit, by_period
from bordermap.series.series import Series
from bordermap.series.steps import Parts, Step, read_series

__all__ = [
    "UNITS",
    "Change",
    "Entry",
    "Instant",
    "Parts",
    "Period",
    "Series",
    "Step",
    "Unit",
    "Where",
    "by_period",
    "dated",
    "instant_in_name",
    "instant_of",
    "outline_files",
    "read_series",
]
