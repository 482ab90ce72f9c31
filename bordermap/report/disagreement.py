"""Where other datasets place the border elsewhere."""

from collections.abc import Iterator, Mapping, Sequence

from bordermap.boundaries import ALL
from bordermap.disagreement import Disagreement
from bordermap.report.pen import Pen
from bordermap.writing.blocks import Block, Code, Heading, Paragraph, Table, Text
from bordermap.writing.words import Words


def disagreement_section(pen: Pen) -> Iterator[Block]:
    """Yield one table for each pair of datasets."""
    words, others = pen.words, pen.assessment.others
    yield Heading(2, words("head.disagreement"), "disagreement")
    yield Paragraph(words("disagreement.text" if others else "disagreement.none"))
    if others:
        yield _spread(pen)
    for other in others:
        yield sides_table(words, other.disagreement, names=pen.province_names)


def _spread(pen: Pen) -> Table:
    """Return what the depth and the estimates are on each dataset."""
    words, one = pen.words, pen.assessment
    whole = next(answer for answer in one.strips if answer.section == ALL)
    depth = whole.depth_m_for_stated
    own = {estimate.scenario.id: estimate.area_km2.best for estimate in one.estimates}
    compared = list(one.others[0].best_km2)

    def row(
        dataset: str, length_km: float, depth_m: float | None, best_km2: Mapping[str, float | None]
    ) -> Sequence[Text]:
        areas = [best_km2.get(scenario) for scenario in compared]
        return (
            (Code(dataset),),
            words.notation.rounded(length_km, 1),
            "–" if depth_m is None else words.number(depth_m, "m", step=1),
            *("–" if km2 is None else words.notation.rounded(km2, 0.1) for km2 in areas),
        )

    rows = [row(one.case.dataset.id, whole.length_km, None if depth is None else depth.best, own)]
    rows += [
        row(
            other.borders.dataset.id,
            sum(line.length_km for line in other.borders.lines),
            other.depth_m,
            other.best_km2,
        )
        for other in one.others
    ]
    columns = [
        words("disagreement.dataset"),
        words("disagreement.length"),
        words("disagreement.depth", figure=pen.stated_best),
        *(f"{pen.titles[scenario]} [{words('unit.km2')}]" for scenario in compared),
    ]
    return Table(
        words("disagreement.spread"),
        columns,
        rows,
        numeric=frozenset(range(1, len(columns))),
    )


def sides_table(words: Words, one: Disagreement, *, names: Mapping[str, str]) -> Table:
    """
    Return what two datasets place on different sides, by province.

    Parameters
    ----------
    words
        The fixed text.
    one
        Where they differ.
    names
        Names of the provinces by code; a code without one stands for itself.
    """
    notation = words.notation
    rows = [
        (
            names.get(code, code),
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
