"""What sources state about single places, and what is said against it."""

from collections.abc import Iterator, Sequence

from bordermap.report.pen import Pen
from bordermap.sites import Report, Site
from bordermap.writing.blocks import Block, Heading, Inline, Paragraph, Table, Text

_FORMS = ("hy", "az", "ru")


def reports_section(pen: Pen) -> Iterator[Block]:
    """Yield the reports of the case, in its order."""
    words, case = pen.words, pen.assessment.case
    if not case.reports:
        return
    yield Heading(2, words("head.reports"), "reports")
    yield Paragraph(words("reports.text"))
    columns = ("place", "date", "by", "says", "figure", "counter")
    yield Table(
        words("reports.table"),
        [words(f"reports.{name}") for name in columns],
        [_row(pen, case.site(report.site), report) for report in case.reports],
    )


def _row(pen: Pen, site: Site, report: Report) -> Sequence[Text]:
    words = pen.words
    return (
        _forms(pen, site),
        words.date(report.date, report.date_precision),
        (
            f"{report.speaker.text} ({pen.country(report.speaker.country)}) ",
            *pen.cite(report.source),
        ),
        report.event,
        words("quote.around", text=report.figure_text) if report.figure_text else "–",
        _against(pen, report),
    )


def _forms(pen: Pen, site: Site) -> str:
    """Return a place's name with the forms of the case's languages."""
    languages = pen.assessment.case.file.languages or _FORMS
    forms = dict.fromkeys(site.names[code] for code in languages if site.names.get(code))
    others = [form for form in forms if form != site.name]
    return f"{site.name} ({' · '.join(others)})" if others else site.name


def _against(pen: Pen, report: Report) -> Text:
    if not report.countered_by:
        return pen.words("reports.no_counter", why=report.no_counter)
    parts: list[Inline] = []
    for counter in report.countered_by:
        parts += [" "] if parts else []
        parts += [f"{counter.speaker.text}: {counter.text} ", *pen.cite(counter.source)]
    return parts
