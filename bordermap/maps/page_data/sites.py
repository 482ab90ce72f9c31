"""Named points, and what is stated about each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bordermap.maps.page_data.sources import PartyLine, SourceLine, iso_day, source_line
from bordermap.sites import Report, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """
    What one source states about a site.

    Parameters
    ----------
    date, precision
        ISO day and how much of it is known; empty for none.
    event, figure_text
        What is said to have happened, and the words that carry figures.
    speaker
        Who states it.
    source
        Where it stands.
    counters
        What others say of it: who, what and where.
    """

    date: str
    precision: str
    event: str
    figure_text: str
    speaker: str
    source: SourceLine
    counters: tuple[PartyLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePoint:
    """
    A named point.

    Parameters
    ----------
    id, name, names, kind, province
        As the site has them.
    point
        Longitude, latitude [degrees, WGS 84].
    accuracy_m
        Radius that holds the true place 95 times in 100.
    note
        What a reader should know.
    reports
        What is stated about it.
    """

    id: str
    name: str
    names: Mapping[str, str]
    kind: str
    province: str
    point: tuple[float, float]
    accuracy_m: float
    note: str
    reports: tuple[ReportLine, ...] = ()


def site_point(site: Site, reports: Sequence[Report]) -> SitePoint:
    """Return a site with those of the reports that speak of it."""
    return SitePoint(
        id=site.id,
        name=site.name,
        names=site.names,
        kind=site.kind,
        province=site.province,
        point=(site.point.x, site.point.y),
        accuracy_m=site.accuracy_m,
        note=site.note,
        reports=tuple(_report(report) for report in reports if report.site == site.id),
    )


def _report(report: Report) -> ReportLine:
    return ReportLine(
        date=iso_day(report.date),
        precision=report.date_precision,
        event=report.event,
        figure_text=report.figure_text,
        speaker=report.speaker.text,
        source=source_line(report.source),
        counters=tuple(
            PartyLine(
                text=counter.speaker.text,
                country=counter.speaker.country or "",
                says=counter.text,
                source=source_line(counter.source),
            )
            for counter in report.countered_by
        ),
    )
