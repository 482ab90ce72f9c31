"""Where a number comes from: the source of a statement, the dataset under a geometry."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    A document that states something.

    Parameters
    ----------
    title
        Title of the document, or what it is.
    publisher
        Who published it.
    url
        Address it was read at; None for a document without one.
    published
        Day of publication; None where the document is undated.
    retrieved
        Day it was read.
    note
        What a reader should know (inferred date, archived copy).
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  (a dataclass field would need a value)

    title: str
    publisher: str
    url: str | None = None
    published: dt.date | None = None
    retrieved: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """
    What is known of a boundary dataset besides its geometry.

    Parameters
    ----------
    id
        Name to ask for it by, such as ``osm-2026``.
    title, publisher, licence, attribution
        Title, who publishes it, SPDX identifier of the licence, and the line that must be shown.
    vintage
        ISO date or year of the data.
    accuracy_m
        Distance that the border keeps from the best dataset 95 times in 100 [m].
    accuracy_reason
        How that distance is known.
    worldview
        A short sentence: whose view of the boundary it takes, who is given which exclave.
    countries
        ISO 3166-1 alpha-2 codes, or ``("world",)``.
    sha256
        Checksum of the file.
    source_package, source_version
        The registry package it is made from; empty for a user's file.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    vintage: str
    accuracy_m: float
    accuracy_reason: str
    worldview: str
    countries: tuple[str, ...]
    sha256: str
    source_package: str = ""
    source_version: str = ""
