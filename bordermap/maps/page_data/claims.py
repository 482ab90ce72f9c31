"""What is stated, and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from bordermap.casefile import Event, Position
from bordermap.claims import Claim, comparability
from bordermap.maps.page_data.figures import Range, range_of
from bordermap.maps.page_data.sources import PartyLine, SourceLine, party_line, source_line


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """
    A claim, as the card and the register show it.

    Parameters
    ----------
    id, title, figure_text, scope, reading, kind, note
        As the claim has them.
    date, precision, since
        ISO day the statement describes, how much of it is known, and since when the land is said
        to be held (empty if not said).
    area_km2
        The figure as an interval [km²].
    asserted_by
        Who states it.
    rejected_by
        Who rejects it; None where nobody is known to, and then `no_rejection` says why.
    source, more_sources
        Where it was read.
    differs
        What its scope has otherwise than the main claim's, one sentence each.
    """

    id: str
    title: str
    figure_text: str
    scope: str
    reading: str
    kind: str
    date: str
    precision: str
    since: str
    area_km2: Range
    asserted_by: PartyLine
    rejected_by: PartyLine | None
    no_rejection: str
    source: SourceLine
    more_sources: tuple[SourceLine, ...] = ()
    differs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """
    Something that happened, or that a party holds.

    Parameters
    ----------
    date, precision
        ISO day, and how much of it is known.
    text
        In neutral words; a party's position begins with the party.
    source
        Where it stands.
    """

    date: str
    precision: str
    text: str
    source: SourceLine


def claim_row(claim: Claim, main: Claim) -> ClaimRow:
    """Return a claim as the card and the register show it, beside the main one."""
    return ClaimRow(
        id=claim.id,
        title=claim.title,
        figure_text=claim.figure_text,
        scope=claim.scope,
        reading=claim.reading,
        kind=claim.kind,
        date=claim.as_of.isoformat(),
        precision=claim.as_of_precision,
        since=claim.since or "",
        area_km2=range_of(claim.stated_area_km2),
        asserted_by=party_line(claim.asserted_by),
        rejected_by=None if claim.rejected_by is None else party_line(claim.rejected_by),
        no_rejection=claim.no_rejection,
        source=source_line(claim.source),
        more_sources=tuple(source_line(source) for source in claim.more_sources),
        differs=() if claim is main else comparability(main, claim).reasons,
        note=claim.note,
    )


def event_rows(events: Sequence[Event], positions: Sequence[Position]) -> tuple[EventRow, ...]:
    """Return what happened and what parties hold, by date."""
    rows = [
        EventRow(
            date=event.date.isoformat(),
            precision=event.date_precision,
            text=event.text,
            source=source_line(event.source),
        )
        for event in events
    ]
    rows += [
        EventRow(
            date=position.date.isoformat(),
            precision=position.date_precision,
            text=f"{position.party.text}: {position.party.says}",
            source=source_line(position.party.source),
        )
        for position in positions
    ]
    return tuple(sorted(rows, key=lambda row: row.date))
