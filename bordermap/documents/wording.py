"""How a refusal names a file, a place in it and what was found there: on one line, escaped."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from bordermap._text import printable

MAX_INTEGER = 2**63 - 1
"""Largest whole number, as TOML has it."""

_SHOWN_LENGTH = 60
_LINE_LENGTH = 300


def shown(value: object) -> str:
    r"""
    Return a value as a message may show it: escaped, short, on one line.

    Parameters
    ----------
    value
        Anything a file can hold.

    Examples
    --------
    >>> print(shown("a\nb"))
    'a\nb'
    >>> shown([1, 2])
    'a list of 2'
    """
    if isinstance(value, str):
        return f"'{one_line(value, length=_SHOWN_LENGTH)}'"
    if isinstance(value, Mapping):
        return "a table" if value else "an empty table"
    if isinstance(value, Sequence):
        return f"a list of {len(value)}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        return "a whole number of more than 18 digits"
    return "nothing" if value is None else one_line(str(value), length=_SHOWN_LENGTH)


def place(where: Sequence[str | int]) -> str:
    """
    Return where in a document something stands, such as ``source.url`` or ``report (no. 2).id``.

    Parameters
    ----------
    where
        Keys, and positions counted from 0; they are told counted from 1.
    """
    told = ""
    for part in where:
        if isinstance(part, int):
            told += f" (no. {part + 1})"
        else:
            told += ("." if told else "") + one_line(part, length=_SHOWN_LENGTH)
    return told


def named(path: Path) -> str:
    """
    Return a path as a refusal names it.

    Parameters
    ----------
    path
        The path; of a long one its end, which tells the file.
    """
    text = printable(str(path))
    return text if len(text) <= _LINE_LENGTH else f"…{text[1 - _LINE_LENGTH :]}"


def one_line(text: str, *, length: int = _LINE_LENGTH) -> str:
    """
    Return text shortened, with what does not print written as escapes.

    Parameters
    ----------
    text
        Any text.
    length
        Most characters to keep.
    """
    return printable(text if len(text) <= length else f"{text[: length - 1]}…")
