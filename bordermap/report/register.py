"""The register: other claims over time, and whether they speak of the same thing."""

from collections.abc import Iterator, Sequence
from functools import partial

from bordermap.claims import Claim, comparability
from bordermap.figures import register_chart
from bordermap.report.pen import Pen
from bordermap.writing.blocks import Block, Figure, Heading, Paragraph, Table, Text
from bordermap.writing.words import Words


def register_section(pen: Pen) -> Iterator[Block]:
    """Yield the claims of the case in the order of time."""
    words = pen.words
    yield Heading(2, words("head.register"), "register")
    yield Paragraph(words("register.text"))
    yield _chart(pen)
    columns = ("number", "date", "by", "figure", "read_as", "rejected", "scope")
    yield Table(
        words("register.table"),
        [words(f"register.{name}") for name in columns],
        [_row(pen, number, claim) for number, claim in enumerate(pen.assessment.case.register, 1)],
    )


def _chart(pen: Pen) -> Figure:
    words, case = pen.words, pen.assessment.case
    claims = list(case.register)
    said = words(
        "register.chart_said",
        count=words.notation.exact(len(claims)),
        first=words.date(claims[0].as_of, claims[0].as_of_precision),
        last=words.date(claims[-1].as_of, claims[-1].as_of_precision),
    )
    draw = partial(register_chart, case.register, case.claim, words, said=said)
    return Figure(draw, words("register.chart"), said)


def _row(pen: Pen, number: int, claim: Claim) -> Sequence[Text]:
    words, rejected = pen.words, claim.rejected_by
    side = pen.side(claim.asserted_by)
    nobody = words("register.nobody")
    return (
        str(number),
        words.date(claim.as_of, claim.as_of_precision),
        (f"{claim.asserted_by.text} ({side}) ", *pen.cite(claim.source, *claim.more_sources)),
        words("quote.around", text=claim.figure_text),
        words.interval(claim.stated_area_km2, "km2"),
        nobody if rejected is None else (f"{rejected.text} ", *pen.cite(rejected.source)),
        _beside(pen, claim),
    )


def _beside(pen: Pen, claim: Claim) -> str:
    main = pen.assessment.case.claim
    if claim.id == main.id:
        return pen.words("register.main")
    return scope_beside(pen.words, main, claim)


def scope_beside(words: Words, main: Claim, other: Claim) -> str:
    """Return whether a claim has another's scope, and in what it differs where not."""
    found = comparability(main, other)
    if found.agrees:
        return words("scope.same")
    parts = [
        words(f"scope.{key}", what=words.listed([_label(words, phrase) for phrase in phrases]))
        for key, phrases in (("differs", found.differences), ("unsaid", found.unsaid))
        if phrases
    ]
    return "; ".join(parts)


def _label(words: Words, phrase: str) -> str:
    """Return the part of the scope that a phrase is about; what it says follows the colon."""
    return words.named("scope", phrase.partition(":")[0])
