"""A delivery from features that a client gave: one level, by code, with the day it was asked."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bordermap.fetching.units import Delivery, units_of, without_nested


def delivery_of(  # noqa: PLR0913  (what a source says of itself)
    features: Sequence[Mapping[str, Any]],
    country: str,
    *,
    source: str,
    licence: str,
    attribution: str,
    url: str,
    today: dt.date | None = None,
) -> Delivery:
    """
    Return a country's provinces from the features of a service without files or editions.

    Parameters
    ----------
    features
        Features with the properties ``code`` and ``name``.
    country
        Alpha-2 code.
    source
        What to name in a message.
    licence, attribution, url
        As in `Delivery`.
    today
        The day that counts as the vintage; None for today's.

    Raises
    ------
    DataError
        If a feature has no polygon that can be used.
    """
    units, mended = units_of(features, country, whole=False, source=source)
    kept, left_out = without_nested(units)
    content = json.dumps(list(features), ensure_ascii=False, sort_keys=True).encode()
    day = today or dt.datetime.now(dt.UTC).date()
    return Delivery(
        country=country,
        units=kept,
        licence=licence,
        attribution=attribution,
        vintage=day.isoformat(),
        url=url,
        sha256=hashlib.sha256(content).hexdigest(),
        mended=(*mended, *left_out),
    )
