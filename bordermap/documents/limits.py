"""Measuring a document before and after it is parsed, in time linear in its size."""

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bordermap.documents.wording import MAX_INTEGER, named, place, shown
from bordermap.errors import DataError

MAX_KEYS = 10_000
"""Most keys and tables in one file."""
MAX_KEY_PARTS = 8
"""Most parts of a dotted key (``a.b.c`` has three)."""
MAX_NESTING = 12
"""Most lists and tables inside one another."""

# Possessive groups are matched wrongly by Python before 3.11.5; of single characters they are not.
_TOML_MARK = re.compile(
    r'"""[^"\\]*+(?:(?:\\(?:.|\Z)|"(?!""))[^"\\]*+)*(?:"{3,5}|\Z)'
    r"|'''[^']*+(?:'(?!'')[^']*+)*(?:'{3,5}|\Z)"
    r'|"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
    r"|[\[\]{}=.,\n]",
    re.DOTALL,
)
_JSON_MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*"?|[\[\]{}:]', re.DOTALL)


def require_measured_toml(text: str, path: Path) -> None:
    """
    Refuse TOML text that would cost a parser too much.

    What stands in strings and comments does not count, and what the scan counts is never less
    than what the parser will meet.

    Parameters
    ----------
    text
        The text.
    path
        File that a refusal names.

    Raises
    ------
    DataError
        If it exceeds `MAX_KEYS`, `MAX_KEY_PARTS` or `MAX_NESTING`.
    """
    keys = depth = dots = 0
    for match in _TOML_MARK.finditer(text):
        mark = match[0]
        if mark == ".":
            dots += 1
        elif mark in "[]{}=,\n":
            dots = 0
            keys += mark in "[{="
            depth = max(0, depth + (mark in "[{") - (mark in "]}"))
        _require_modest(keys, depth, dots + 1, path=path, text=text, start=match.start())


def require_measured_json(text: str, path: Path) -> None:
    """
    Refuse JSON text that would cost a parser too much; see `require_measured_toml`.

    Parameters
    ----------
    text
        The text.
    path
        File that a refusal names.

    Raises
    ------
    DataError
        If it exceeds `MAX_KEYS` or `MAX_NESTING`.
    """
    keys = depth = 0
    for match in _JSON_MARK.finditer(text):
        mark = match[0]
        if mark in "[]{}:":
            keys += mark in "[{:"
            depth = max(0, depth + (mark in "[{") - (mark in "]}"))
            _require_modest(keys, depth, 1, path=path, text=text, start=match.start())


def require_plain_numbers(content: Mapping[str, Any], path: Path) -> None:
    """
    Refuse numbers that are not finite, and whole ones beyond 64 bits.

    Parameters
    ----------
    content
        What was parsed.
    path
        File that a refusal names.

    Raises
    ------
    DataError
        If there is one.
    """
    for where, value in _leaves(content):
        if isinstance(value, float) and not math.isfinite(value):
            raise DataError(f"{named(path)}: {where} is {value}; give a finite number")
        if isinstance(value, int) and abs(value) > MAX_INTEGER:
            raise DataError(f"{named(path)}: {where} is {shown(value)}; give a smaller one")


def _require_modest(  # noqa: PLR0913  (three counts and where they were reached)
    keys: int, depth: int, parts: int, *, path: Path, text: str, start: int
) -> None:
    if keys <= MAX_KEYS and depth <= MAX_NESTING and parts <= MAX_KEY_PARTS:
        return
    line = text.count("\n", 0, start) + 1
    if depth > MAX_NESTING:
        fault = f"more than {MAX_NESTING} lists and tables inside one another; write it flatter"
    elif parts > MAX_KEY_PARTS:
        fault = f"a key of more than {MAX_KEY_PARTS} parts; write it shorter"
    else:
        fault = f"more than {MAX_KEYS} keys and tables; split the file"
    raise DataError(f"{named(path)}: line {line}: {fault}")


def _leaves(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), content)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting.extend(((*where, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*where, index), item) for index, item in enumerate(value))
        else:
            yield place(where), value
