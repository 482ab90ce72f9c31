"""Who says something, and where it stands."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bordermap.cases import Case
from bordermap.claims import Party
from bordermap.provenance import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """
    Where something stands.

    Parameters
    ----------
    title, publisher
        What it is and who published it.
    url
        Web address; empty for none.
    published
        ISO date; empty where undated.
    note
        What a reader should know.
    """

    title: str
    publisher: str
    url: str = ""
    published: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """
    Who says something.

    Parameters
    ----------
    text, country
        Who, and the alpha-2 code of the side this is; empty for nobody's.
    says
        What, paraphrased.
    source
        Where it stands.
    """

    text: str
    country: str
    says: str
    source: SourceLine


Cited = Callable[[str], SourceLine]
"""Turns an id of a report or claim, or an address, into where it stands."""


def source_line(source: Source) -> SourceLine:
    """Return a source as the page is given it."""
    return SourceLine(
        title=source.title,
        publisher=source.publisher,
        url=source.url or "",
        published=iso_day(source.published),
        note=source.note,
    )


def iso_day(day: dt.date | None) -> str:
    """Return a day as ISO has it; empty for none."""
    return "" if day is None else day.isoformat()


def party_line(party: Party) -> PartyLine:
    """Return who says something, what, and where."""
    return PartyLine(
        text=party.text,
        country=party.country or "",
        says=party.says,
        source=source_line(party.source),
    )


def citing(case: Case) -> Cited:
    """Return what knows the reports and claims of a case by their ids."""
    known = {report.id: report.source for report in case.reports}
    known |= {claim.id: claim.source for claim in case.register}

    def cited(reference: str) -> SourceLine:
        if reference in known:
            return source_line(known[reference])
        return SourceLine(title=reference, publisher="", url=reference)

    return cited
