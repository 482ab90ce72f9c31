"""Codes of countries: ISO 3166-1 alpha-2 inside; alpha-2, alpha-3 or a name from outside."""

import difflib
import json
from collections.abc import Mapping
from functools import cache

from bordermap._shipped import shipped
from bordermap._text import fold
from bordermap.errors import PlaceNotFoundError

_LONGEST_NAME = 60


def alpha2(code: str) -> str:
    """
    Return the ISO 3166-1 alpha-2 code of a country.

    Parameters
    ----------
    code
        Alpha-2 or alpha-3 code, or the English name; in capitals or not.

    Raises
    ------
    PlaceNotFoundError
        If no country has the code or name.

    Examples
    --------
    >>> alpha2("ARM"), alpha2("am"), alpha2("Armenia")
    ('AM', 'AM', 'AM')
    """
    wanted = code.strip().upper()
    if wanted in _table():
        return wanted
    if wanted in _by_alpha3():
        return _by_alpha3()[wanted]
    named = _by_name().get(fold(wanted[:_LONGEST_NAME]))
    if named is not None:
        return named
    codes = [*_table(), *_by_alpha3()]
    near = difflib.get_close_matches(wanted[:_LONGEST_NAME], codes, n=3, cutoff=0.5)
    near += difflib.get_close_matches(code.strip()[:_LONGEST_NAME].title(), _names(), n=3)
    hint = f"; near: {', '.join(near)}" if near else ""
    raise PlaceNotFoundError(
        f"no country has the code {code[:20]!a};"
        f" give ISO 3166-1, such as AM or ARM, or a name{hint}"
    )


def alpha3(code: str) -> str:
    """
    Return the ISO 3166-1 alpha-3 code of a country, by either of its codes.

    Raises
    ------
    PlaceNotFoundError
        If no country has the code.
    """
    return _table()[alpha2(code)][0]


def country_name(code: str) -> str:
    """
    Return the English name of a country, by either of its codes.

    Raises
    ------
    PlaceNotFoundError
        If no country has the code.
    """
    return _table()[alpha2(code)][1]


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    text = shipped("boundaries", "countries.json").read_text("utf-8")
    return {code: (iso3, name) for code, (iso3, name) in json.loads(text).items()}


@cache
def _names() -> tuple[str, ...]:
    return tuple(name for _, name in _table().values())


@cache
def _by_name() -> Mapping[str, str]:
    return {fold(name): code for code, (_, name) in _table().items()}


@cache
def _by_alpha3() -> Mapping[str, str]:
    return {iso3: code for code, (iso3, _) in _table().items()}
