"""
Views of values in a notebook and in print.

A view is tables and inline SVG without script, style sheet or address: it works offline, and where
a notebook is not trusted (and drawings are taken out) the tables still hold every number. All text
is escaped by the same writers as the report's.
"""

from collections.abc import Iterator, Sequence
from functools import partial, singledispatch

from bordermap.assessment import Assessment
from bordermap.claims import Claim, Register
from bordermap.comparison import Comparison
from bordermap.disagreement import Disagreement
from bordermap.figures import register_chart
from bordermap.intervals import Interval
from bordermap.provenance import Source
from bordermap.report.disagreement import sides_table
from bordermap.report.finding import finding
from bordermap.report.pen import Pen
from bordermap.report.results import estimates_figure, estimates_table, strips_table
from bordermap.writing.blocks import (
    Block,
    Figure,
    Inline,
    Link,
    Pairs,
    Paragraph,
    Strong,
    Table,
    Text,
)
from bordermap.writing.html import as_fragment
from bordermap.writing.inert import inert
from bordermap.writing.words import Words, words


def html(value: object) -> str:
    """
    Return the view of a value for a notebook.

    Parameters
    ----------
    value
        An assessment, claim, register, comparison or disagreement.

    Raises
    ------
    TypeError
        If it has no view.
    """
    return f'<div class="bordermap">\n{as_fragment(_blocks(value))}\n</div>'


def text(value: object) -> str:
    """
    Return the view of a value for a terminal: a few lines without controls.

    Parameters
    ----------
    value
        An assessment, claim, register, comparison or disagreement; of anything else its type.
    """
    return "\n".join(_lines(value))


@singledispatch
def _blocks(value: object) -> Iterator[Block]:
    raise TypeError(f"no view of {type(value).__name__}")


@singledispatch
def _lines(value: object) -> Iterator[str]:
    yield object.__repr__(value)


@_blocks.register
def _assessment(value: Assessment) -> Iterator[Block]:
    pen = Pen(value, words())
    yield Paragraph((Strong(value.case.title),))
    yield Paragraph(finding(pen))
    yield Paragraph(words()("model.note"))
    yield estimates_figure(pen)
    yield estimates_table(pen)
    yield strips_table(pen)


@_lines.register
def _assessment_lines(value: Assessment) -> Iterator[str]:
    say, case = words(), value.case
    pen = Pen(value, say)
    yield f"{inert(case.title)} (case {case.id})"
    yield f"  stated      {pen.stated}, {inert(case.claim.asserted_by.text)}"
    if case.claim.rejected_by is not None:
        yield f"  rejected    {inert(case.claim.rejected_by.text)}"
    for answer in value.strips:
        depth = answer.depth_m_for_stated
        told = (
            "the land is smaller" if depth is None else f"a strip {say.interval(depth, 'm')} deep"
        )
        yield f"  as a strip  {pen.section(answer.section)}: {told}"
    for estimate, comparison in pen.pairs:
        area = say.interval(estimate.area_km2, "km2")
        yield f"  estimated   {estimate.scenario.id}: {area}, {comparison.outcome}"
    vintage = inert(case.dataset.vintage)
    yield f"  boundaries  {case.dataset.id} ({vintage}), resolves more than {pen.least}"
    yield f"  draws       {say.notation.exact(value.draws)}, seed {value.seed}"
    yield f"  {say('model.note')}"


@_blocks.register
def _claim(value: Claim) -> Iterator[Block]:
    say = words()
    rows: list[tuple[str, Text]] = [
        (say("claim.figure"), (say("quote.around", text=value.figure_text),)),
        (say("claim.read_as"), f"{say.interval(value.stated_area_km2, 'km2')}: {value.reading}"),
        (say("claim.kind"), say.named("kind", value.kind)),
        (say("claim.scope"), value.scope),
        (say("claim.about"), value.about.text),
        (say("claim.since"), value.since or say("answer.unsaid")),
        (say("claim.as_of"), say.date(value.as_of, value.as_of_precision)),
        (say("register.by"), _said_by(value.asserted_by.text, value.asserted_by.source)),
        (say("register.rejected"), _rejected(value, say)),
    ]
    yield Paragraph((Strong(value.title),))
    yield Pairs(rows)


@_lines.register
def _claim_lines(value: Claim) -> Iterator[str]:
    say = words()
    yield f"{inert(value.title)} (claim {value.id})"
    area = say.interval(value.stated_area_km2, "km2")
    yield f"  stated      “{inert(value.figure_text)}”, read as {area}"
    day = say.date(value.as_of, value.as_of_precision)
    yield f"  by          {inert(value.asserted_by.text)}, {day}"
    if value.rejected_by is None:
        yield f"  rejected    by nobody known: {inert(value.no_rejection)}"
    else:
        yield f"  rejected    {inert(value.rejected_by.text)}"
    yield f"  scope       {inert(value.scope)}"


@_blocks.register
def _register(value: Register) -> Iterator[Block]:
    say, claims = words(), list(value)
    if claims:
        first, last = (say.date(one.as_of, one.as_of_precision) for one in (claims[0], claims[-1]))
        count = say.notation.exact(len(claims))
        said = say("register.chart_said", count=count, first=first, last=last)
        yield Figure(partial(register_chart, value, None, say, said=said), said, said)
    columns = ("number", "date", "by", "figure", "read_as", "rejected")
    yield Table(
        say("register.table"),
        [say(f"register.{name}") for name in columns],
        [_register_row(number, one, say) for number, one in enumerate(claims, start=1)],
        numeric=frozenset({0}),
    )


def _register_row(number: int, one: Claim, say: Words) -> Sequence[Text]:
    return (
        str(number),
        say.date(one.as_of, one.as_of_precision),
        _said_by(one.asserted_by.text, one.source),
        say("quote.around", text=one.figure_text),
        say.interval(one.stated_area_km2, "km2"),
        _rejected(one, say),
    )


@_lines.register
def _register_lines(value: Register) -> Iterator[str]:
    say = words()
    yield f"Register of {len(value)} claims"
    for one in value:
        day = say.date(one.as_of, one.as_of_precision)
        area = say.interval(one.stated_area_km2, "km2")
        yield f"  {day:<10}  {area:<24}  {inert(one.asserted_by.text)} ({one.id})"


@_blocks.register
def _comparison(value: Comparison) -> Iterator[Block]:
    say = words()
    rows: list[tuple[str, Text]] = [
        (say("results.outcome"), (Strong(say.named("outcome", value.outcome)),)),
        (say("results.difference"), say.interval(_difference(value), "km2")),
        ("Ratio", say.number(value.ratio, "none", step=0.01)),
        ("Resolvable", say("answer.yes" if value.resolvable else "answer.no")),
    ]
    reached = value.probability_at_least_stated
    if reached is not None:
        rows.append(("Draws that reach it", say.number(100 * reached, "percent", step=0.1)))
    rows.append(("Why", value.why))
    yield Paragraph((Strong(value.scenario),))
    yield Pairs(rows)


@_lines.register
def _comparison_lines(value: Comparison) -> Iterator[str]:
    difference = words().interval(_difference(value), "km2")
    yield f"{value.scenario}: {value.outcome}, {difference} from the stated figure"
    yield f"  {inert(value.why)}"


@_blocks.register
def _disagreement(value: Disagreement) -> Iterator[Block]:
    yield Paragraph(words()("disagreement.text"))
    yield sides_table(words(), value, names={})


@_lines.register
def _disagreement_lines(value: Disagreement) -> Iterator[str]:
    say = words()
    total = say.number(value.total_km2, "km2", step=0.1)
    yield f"{value.a} and {value.b} place {total} on different sides"
    for code, side in value.by_province.items():
        only = [say.number(km2, "km2", step=0.1) for km2 in (side.a_only_km2, side.b_only_km2)]
        farthest = say.number(side.distance.max_m, "m", step=1)
        told = f"{only[0]} only in {value.a}, {only[1]} only in {value.b}"
        yield f"  {code}: {told}, up to {farthest} apart"


def _difference(value: Comparison) -> Interval:
    low, high = value.difference_interval_km2
    return Interval(low=low, best=value.difference_km2, high=high)


def _said_by(who: str, source: Source) -> Text:
    """Return who says something, with a link to where it stands."""
    where: Inline = Link(source.title, source.url) if source.url else source.title
    return f"{who} – ", where


def _rejected(claim: Claim, say: Words) -> Text:
    if claim.rejected_by is None:
        return say("claim.nobody", why=claim.no_rejection)
    return _said_by(claim.rejected_by.text, claim.rejected_by.source)
