"""The finding, in three sentences."""

from collections.abc import Iterator

from bordermap._version import __version__
from bordermap.boundaries import ALL
from bordermap.report.pen import Pen, follows_a_section, is_solved
from bordermap.writing.blocks import Block, Heading, Paragraph


def finding_section(pen: Pen) -> Iterator[Block]:
    """Yield the title, the finding and what it rests on."""
    words, one = pen.words, pen.assessment
    case = one.case
    yield Heading(1, case.title)
    yield Paragraph(
        words(
            "finding.basis",
            case=case.id,
            dataset=case.dataset.id,
            vintage=case.dataset.vintage,
            draws=words.notation.exact(one.draws),
            seed=str(one.seed),
            version=__version__,
        ),
        role="small",
    )
    yield Paragraph(finding(pen), role="lead")
    yield Paragraph(words("finding.note", model=words("model.note")), role="note")


def finding(pen: Pen) -> str:
    """Return the three sentences: the strip, the estimates, and whether the dataset can tell."""
    return " ".join((_strip(pen), _estimates(pen), _resolution(pen)))


def _strip(pen: Pen) -> str:
    """Return the first sentence: what strip the figure would be."""
    words, case = pen.words, pen.assessment.case
    answers = {answer.section: answer for answer in pen.assessment.strips}
    named = {
        one.scenario.strip.section
        for one in pen.assessment.estimates
        if one.scenario.strip is not None and follows_a_section(one.scenario)
    }
    sections = [
        words(
            "finding.strip_section",
            section=pen.section(name),
            length=words.length(answer.length_km),
            depth=words.interval(answer.depth_m_for_stated, "m"),
        )
        for name, answer in answers.items()
        if name in named and answer.depth_m_for_stated is not None
    ]
    whole = answers[ALL]
    said = {
        "figure": pen.stated,
        "length": words.length(whole.length_km),
        "provinces": words.listed([pen.province(one.code) for one in case.provinces]),
        "neighbour": pen.country(case.neighbour.code),
    }
    if whole.depth_m_for_stated is None:
        return words("finding.no_strip", **said)
    depth = words.interval(whole.depth_m_for_stated, "m")
    return words("finding.strip", **said, depth=depth, sections="".join(sections))


def _estimates(pen: Pen) -> str:
    """Return the second sentence: what the scenarios come to."""
    words = pen.words
    items = [
        words(
            "finding.estimate",
            scenario=estimate.scenario.title,
            area=words.interval(estimate.area_km2, "km2"),
            outcome=words.named("standing", comparison.outcome),
        )
        for estimate, comparison in pen.pairs
        if not is_solved(estimate.scenario)
    ]
    return (
        words("finding.estimates", items="; ".join(items))
        if items
        else words("finding.no_estimates")
    )


def _resolution(pen: Pen) -> str:
    """Return the third sentence: whether the dataset can tell."""
    words, resolution = pen.words, pen.resolution
    stated_km2 = pen.assessment.case.claim.stated_area_km2.best
    key = "finding.resolvable" if resolution.can_tell(stated_km2) else "finding.not_resolvable"
    return words(
        key,
        dataset=pen.assessment.case.dataset.id,
        accuracy=words.number(resolution.accuracy_m, "m"),
        least=pen.least,
    )
