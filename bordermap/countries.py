"""Codes of countries: ISO 3166-1 alpha-2 inside, alpha-2 or alpha-3 from outside."""

import difflib
import json
from collections.abc import Mapping
from functools import cache

from bordermap._shipped import shipped
from bordermap.errors import PlaceNotFoundError


def alpha2(code: str) -> str:
    """
    Return the ISO 3166-1 alpha-2 code of a country.

    Parameters
    ----------
    code
        Alpha-2 or alpha-3 code, in capitals or not.

    Raises
    ------
    PlaceNotFoundError
        If no country has the code.

    Examples
    --------
    >>> alpha2("ARM"), alpha2("am")
    ('AM', 'AM')
    """
    wanted = code.strip().upper()
    if wanted in _table():
        return wanted
    if wanted in _by_alpha3():
        return _by_alpha3()[wanted]
    near = difflib.get_close_matches(wanted, [*_table(), *_by_alpha3()], n=3, cutoff=0.5)
    hint = f"; near: {', '.join(near)}" if near else ""
    raise PlaceNotFoundError(
        f"no country has the code {code[:20]!a}; give ISO 3166-1, such as AM or ARM{hint}"
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
def _by_alpha3() -> Mapping[str, str]:
    return {iso3: code for code, (iso3, _) in _table().items()}
