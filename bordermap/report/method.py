"""The method: formulas and parameters, for the models that the case uses."""

import re
from collections.abc import Iterator

from bordermap.budget import BUDGET_DRAWS
from bordermap.claims import ABOUT_SHARE
from bordermap.estimates import CORRELATION_M, FARTHEST_SIGMAS
from bordermap.footprints.strip import DEPTH_TOLERANCE_M, QUARTER_SEGMENTS
from bordermap.models import foreign_model
from bordermap.models.figures import SHARED
from bordermap.projection import REACH_M
from bordermap.report.pen import Pen
from bordermap.scenarios import MODELS
from bordermap.uncertainty import BLOCK, COVERAGE, NORMAL_95_SIGMAS, RADIUS_95_SIGMAS, SETTLED_SHARE
from bordermap.writing.blocks import Block, Formula, Heading, Paragraph, Strong

_SUBJECT = re.compile(r"[^.\N{ARMENIAN FULL STOP}]+[.\N{ARMENIAN FULL STOP}]\s")
"""The first sentence of a text, which names what it is about."""


def method_section(pen: Pen) -> Iterator[Block]:
    """Yield how every number of the report comes about."""
    words, parameters = pen.words, _parameters(pen)
    yield Heading(2, words("head.method"), "method")
    for key in ("wording", "areas", "lines"):
        yield _told(words(f"method.{key}", **parameters))
    yield from _model(pen, "strip")
    used = {estimate.scenario.model for estimate in pen.assessment.estimates}
    for model, key in (("incursions", "incursion"), ("caps", "cap"), ("stated", "stated")):
        if model in used:
            yield from _model(pen, key)
    if "outlines" in used:
        yield _told(words("method.outlines"))
    for name in sorted(used - set(MODELS)):
        plugin = foreign_model(name)
        package = f"{plugin.package} {plugin.version}"
        yield _told(words("method.plugin", model=name, plugin=package))
        yield Paragraph(plugin.value.method)
    if pen.assessment.budget:
        yield _told(words("method.draws", **parameters))
        yield from _model(pen, "border_error")
        for key in ("interval", "error", "budget"):
            yield _told(words(f"method.{key}", **parameters))
    yield _told(words("method.compare"))
    yield Formula(words("method.resolve_formula"), words("method.resolve_where"))
    yield _told(words("method.rounding"))


def _model(pen: Pen, key: str) -> Iterator[Block]:
    words, parameters = pen.words, _parameters(pen)
    yield _told(words(f"method.{key}", **parameters))
    where = f"method.{key}_where"
    yield Formula(
        words(f"method.{key}_formula", **parameters),
        words(where, **parameters) if where in words.table else "",
    )


def _told(text: str) -> Paragraph:
    """Return a paragraph whose first words, its subject, stand out."""
    subject = _SUBJECT.match(text)
    if subject is None:
        return Paragraph(text)
    return Paragraph((Strong(subject[0].rstrip()), " ", text[subject.end() :]))


def _parameters(pen: Pen) -> dict[str, str]:
    """Return the constants that the texts name, as the code has them."""
    words = pen.words
    exact = words.notation.exact
    return {
        "about": words.number(100 * ABOUT_SHARE, "percent"),
        "best": exact(SHARED.best),
        "block": exact(BLOCK),
        "budget": exact(BUDGET_DRAWS),
        "correlation": words.length(CORRELATION_M / 1e3),
        "coverage": exact(COVERAGE),
        "farthest": exact(FARTHEST_SIGMAS),
        "high": exact(SHARED.high or 0),
        "length": words.length(pen.resolution.length_km),
        "low": exact(SHARED.low or 0),
        "normal": exact(NORMAL_95_SIGMAS),
        "reach": words.length(REACH_M / 1e3),
        "segments": exact(QUARTER_SEGMENTS),
        "settled": words.number(100 * SETTLED_SHARE, "percent"),
        "sigmas": exact(RADIUS_95_SIGMAS),
        "tolerance": words.number(DEPTH_TOLERANCE_M, "m"),
    }
