"""Parts that files of several kinds share: a source, an interval, a country, how much of a date."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from bordermap.countries import alpha2
from bordermap.documents.wording import shown
from bordermap.errors import PlaceNotFoundError
from bordermap.intervals import Interval
from bordermap.provenance import Source

_ALPHA3 = re.compile(r"[A-Z]{3}")
_WEB_ADDRESS = re.compile(r"https?://[^\s/<>\"\\]+[^\s<>\"\\]*")


def with_web_address(value: Source) -> Source:
    """
    Return a source whose address, if it has one, is a page of the web.

    Parameters
    ----------
    value
        The source.

    Raises
    ------
    ValueError
        If the address is of another kind: an address becomes a link in a map or report, and
        a link must not run script or open a local file.
    """
    if value.url is not None and not _WEB_ADDRESS.fullmatch(value.url):
        raise ValueError(f"an address begins with https:// or http://, unlike {shown(value.url)}")
    return value


def open_ended(value: object) -> object:
    """
    Return the table of an interval with the ends that a file leaves out.

    TOML has no null: ``{ best = 2.5 }`` is what "2.5, no more is said" looks like.

    Parameters
    ----------
    value
        A table of low, best and high; anything else is returned as it is.
    """
    return {"low": None, "high": None} | value if isinstance(value, dict) else value


def country_code(value: object) -> object:
    """
    Return the alpha-2 code of a country that a file names by either of its codes.

    Parameters
    ----------
    value
        An alpha-3 code; anything else is returned as it is, to be judged later.

    Raises
    ------
    ValueError
        If no country has the alpha-3 code.
    """
    if not (isinstance(value, str) and _ALPHA3.fullmatch(value)):
        return value
    try:
        return alpha2(value)
    except PlaceNotFoundError as error:
        raise ValueError(str(error)) from None


CountryCode = Annotated[str, BeforeValidator(country_code)]
"""A country by its alpha-2 code; a file may give the alpha-3 code."""

OpenInterval = Annotated[Interval, BeforeValidator(open_ended)]
"""An interval of which a file may leave out an end."""

WebSource = Annotated[Source, AfterValidator(with_web_address)]
"""A source whose address, if it has one, is a page of the web."""

Precision = Literal["day", "month", "year"]
"""How much of a date is known."""
