"""A claim: what one source states about an area, and who stands on which side of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bordermap.claims.wording import GLOBE_KM2, Unit
from bordermap.codes import (
    require_country,
    require_id,
    require_partial_date,
    require_province,
    require_text,
)
from bordermap.documents import CountryCode, OpenInterval, Precision, WebSource
from bordermap.errors import ClaimError
from bordermap.shown import Shown

Kind = Literal["held", "disputed", "exchanged", "country-total", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """
    Who says something, and where it stands that they do.

    Parameters
    ----------
    text
        Who speaks, in neutral words.
    country
        ISO 3166-1 alpha-2 code of the country whose side this is; None for nobody's.
    source
        Where it is documented.
    says
        What they say, paraphrased; empty where the claim's own figure says it.
    """

    text: str
    country: CountryCode | None = None
    source: WebSource
    says: str = ""

    def __post_init__(self) -> None:
        require_text(text=self.text)
        if self.country is not None:
            require_country(self.country)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """
    Who is said to hold the land.

    Parameters
    ----------
    text
        Name to show.
    country
        ISO 3166-1 alpha-2 code.
    """

    text: str
    country: CountryCode

    def __post_init__(self) -> None:
        require_text(text=self.text)
        require_country(self.country)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Claim(Shown):
    """
    One statement of an area by one source.

    Parameters
    ----------
    id
        Name of its file.
    title
        One line to show.
    figure_text
        The words that carry the figure, as the source has them.
    figures
        The number stated, or the two numbers of a range [`unit`].
    unit
        Unit of `figures`.
    qualifier
        The hedge, a key of `HEDGES`.
    stated_area_km2
        The figure as an interval, by `interval_from_wording` or by an own reading [km²].
    reading
        The rule or the reason by which words became the interval.
    kind
        What the area is said to be: ``held`` by the other side, ``disputed``, ``exchanged``
        between the two, a ``country-total``, or ``other``.
    asserted_by
        Who states it.
    rejected_by
        Who rejects it, with an own source; None where nobody is known to.
    no_rejection
        Why `rejected_by` is empty, needed where it is.
    about
        Who is said to hold the land.
    as_of
        Day the statement describes or was made on; its first possible day if less is known.
    as_of_precision
        How much of `as_of` is known.
    as_of_note
        How the day is known; needed where it is not known to the day.
    since
        ISO day, month or year since when the land is said to be held; None if not said.
    since_note
        How that day follows from the source's words.
    scope
        What the figure covers, paraphrased.
    provinces
        ISO 3166-2 codes of the provinces that the source names; empty if it names none.
    includes_1990s
        Whether the figure counts land held since before the claim's own conflict (here the
        1990s); None if the source does not say.
    equivalents
        The same figure in other units or words of the source.
    source
        Document that the figure was read in.
    more_sources
        Further documents of the same statement.
    note
        What a reader should know.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  (a field would need a value)

    id: str
    title: str
    figure_text: str
    figures: tuple[float, ...]
    unit: Unit = "km2"
    qualifier: str
    stated_area_km2: OpenInterval
    reading: str
    kind: Kind
    asserted_by: Party
    rejected_by: Party | None
    no_rejection: str = ""
    about: Holder
    as_of: dt.date
    as_of_precision: Precision = "day"
    as_of_note: str = ""
    since: str | None = None
    since_note: str = ""
    scope: str
    provinces: tuple[str, ...] = ()
    includes_1990s: bool | None = None
    equivalents: tuple[str, ...] = ()
    source: WebSource
    more_sources: tuple[WebSource, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        require_id(self.id)
        require_text(
            title=self.title, figure_text=self.figure_text, scope=self.scope, reading=self.reading
        )
        if not self.stated_area_km2.best > 0:
            raise ClaimError(f"a stated area is above 0, not {self.stated_area_km2.best:g} km²")
        if (most_km2 := self.stated_area_km2.high or self.stated_area_km2.best) > GLOBE_KM2:
            raise ClaimError(
                f"a stated area is at most that of the globe, {GLOBE_KM2:,.0f} km², not"
                f" {most_km2:g} km²; correct the figure or its unit"
            )
        for code in self.provinces:
            require_province(code)
        if self.since is not None:
            require_partial_date(self.since)
        if self.rejected_by is None and not self.no_rejection:
            raise ClaimError("rejected_by is missing; add it, or say why in no_rejection")
        if self.as_of_precision != "day" and not self.as_of_note:
            raise ClaimError("as_of_note is missing; say how the day is known")
