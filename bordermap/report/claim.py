"""The claim and the positions of both sides, each with its source."""

from collections.abc import Iterator, Sequence

from bordermap.casefile import Event, Position
from bordermap.claims import Claim
from bordermap.report.pen import Pen
from bordermap.writing.blocks import Block, Heading, Pairs, Paragraph, Table, Text


def claim_section(pen: Pen) -> Iterator[Block]:
    """Yield the claim, who states and who rejects it, and what else both sides hold."""
    words, case = pen.words, pen.assessment.case
    yield Heading(2, words("head.claim"), "claim")
    yield Paragraph(case.file.summary)
    yield Pairs(list(_claim_rows(pen, case.claim)))
    yield _sides(pen, case.claim)
    if case.file.positions:
        yield _positions(pen, case.file.positions)
    if case.file.events:
        yield _events(pen, case.file.events)


def _claim_rows(pen: Pen, claim: Claim) -> Iterator[tuple[str, Text]]:
    words = pen.words
    read_as = words.interval(claim.stated_area_km2, "km2")
    yield (
        words("claim.figure"),
        (words("quote.around", text=claim.figure_text), " ", *pen.cite(claim.source)),
    )
    yield words("claim.read_as"), f"{read_as}: {claim.reading}"
    yield words("claim.kind"), words.named("kind", claim.kind)
    yield words("claim.scope"), claim.scope
    provinces = [pen.province(code) for code in claim.provinces]
    yield words("claim.provinces"), words.listed(provinces) or words("answer.unsaid")
    yield (
        words("claim.about"),
        pen.words.table.get(f"country.{claim.about.country}", claim.about.text),
    )
    yield words("claim.since"), _with_note(claim.since or words("answer.unsaid"), claim.since_note)
    as_of = words.date(claim.as_of, claim.as_of_precision)
    yield words("claim.as_of"), _with_note(as_of, claim.as_of_note)
    yield words("claim.earlier"), words(f"answer.{_answer(claim.includes_1990s)}")
    if claim.more_sources:
        yield words("claim.more"), pen.cite(*claim.more_sources)
    if claim.note:
        yield words("claim.note"), claim.note


def _sides(pen: Pen, claim: Claim) -> Table:
    words, asserted, rejected = pen.words, claim.asserted_by, claim.rejected_by
    rows: list[Sequence[Text]] = [
        (
            pen.side(asserted),
            asserted.text,
            words("claim.states"),
            asserted.says or words("claim.figure_alone", figure=claim.figure_text),
            pen.cite(asserted.source),
        )
    ]
    if rejected is None:
        rows.append(("–", "–", words("claim.nobody", why=claim.no_rejection), "", ""))
    else:
        cites = pen.cite(rejected.source)
        rows.append(
            (pen.side(rejected), rejected.text, words("claim.rejects"), rejected.says, cites)
        )
    columns = ("side", "party", "stance", "says", "where")
    return Table(words("claim.positions"), [words(f"claim.{name}") for name in columns], rows)


def _positions(pen: Pen, positions: Sequence[Position]) -> Table:
    words = pen.words
    columns = ("date", "side", "party", "says", "where")
    return Table(
        words("claim.held"),
        [words(f"claim.{name}") for name in columns],
        [
            (
                words.date(one.date, one.date_precision),
                pen.side(one.party),
                one.party.text,
                one.party.says,
                pen.cite(one.party.source),
            )
            for one in positions
        ],
    )


def _events(pen: Pen, events: Sequence[Event]) -> Table:
    words = pen.words
    return Table(
        words("claim.events"),
        [words(f"claim.{name}") for name in ("date", "event", "where")],
        [
            (
                words.date(one.date, one.date_precision),
                one.text,
                pen.cite(one.source, *one.more_sources),
            )
            for one in events
        ],
    )


def _with_note(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text


def _answer(included: bool | None) -> str:  # noqa: FBT001  (an answer, not a switch)
    return {None: "unsaid", True: "yes", False: "no"}[included]
