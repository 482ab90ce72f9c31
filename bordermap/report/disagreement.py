"""Where other datasets place the border elsewhere."""

from collections.abc import Iterator

from bordermap.disagreement import Disagreement
from bordermap.report.pen import Pen
from bordermap.writing.blocks import Block, Heading, Paragraph, Table


def disagreement_section(pen: Pen) -> Iterator[Block]:
    """Yield one table for each pair of datasets."""
    words, found = pen.words, pen.assessment.disagreements
    yield Heading(2, words("head.disagreement"), "disagreement")
    yield Paragraph(words("disagreement.text" if found else "disagreement.none"))
    for one in found:
        yield _table(pen, one)


def _table(pen: Pen, one: Disagreement) -> Table:
    words = pen.words
    notation = words.notation
    rows = [
        (
            pen.province(code),
            notation.rounded(side.a_only_km2, 0.1),
            notation.rounded(side.b_only_km2, 0.1),
            notation.rounded(side.distance.mean_m, 1),
            notation.rounded(side.distance.p95_m, 1),
            notation.rounded(side.distance.max_m, 1),
        )
        for code, side in one.by_province.items()
    ]
    total = (
        words("data.total"),
        notation.rounded(sum(side.a_only_km2 for side in one.by_province.values()), 0.1),
        notation.rounded(sum(side.b_only_km2 for side in one.by_province.values()), 0.1),
        *("–",) * 3,
    )
    columns = [
        words("data.province"),
        words("disagreement.a_only", a=one.a),
        words("disagreement.b_only", b=one.b),
        *(words(f"disagreement.{name}") for name in ("mean", "p95", "most")),
    ]
    return Table(
        words("disagreement.table", a=one.a, b=one.b),
        columns,
        [*rows, total],
        numeric=frozenset(range(1, len(columns))),
        note=words("results.rounding"),
    )
