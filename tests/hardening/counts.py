"""How much was tried, counted where it is tried; the end of a test run prints it."""

from collections import Counter

TRIED: Counter[str] = Counter()

INPUTS = "hostile inputs read or refused"
FAULTS = "faults injected"
PROPERTIES = "properties checked"
"""Tests that hypothesis draws the examples of."""
