"""Which of several features is meant, by what else is spoken of."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from bordermap._shipped import shipped
from bordermap.gazetteer.feature import Feature
from bordermap.gazetteer.link import Link, Match

CLEARLY = 0.05
"""How far a match must stand above the next to be the one meant."""


_SETTLEMENTS = frozenset({"capital", "town", "village"})

_MUCH_LARGER = 10


def decided(link: Link, context: Collection[str]) -> Link:
    """
    Return a link with the matches that a context decides for, and whether it is ambiguous.

    Parameters
    ----------
    link
        Matches, best first.
    context
        Countries (alpha-2) and provinces (ISO 3166-2) spoken of.
    """
    if not _is_ambiguous(link.matches):
        return replace(link, ambiguous=False)
    for reason, chosen in _in_context(link.matches, context):
        others = [match for match in link.matches if match not in chosen]
        ordered = (*chosen, *others)
        if chosen and others and not _is_ambiguous(chosen):
            return replace(link, matches=ordered, ambiguous=False, reason=reason)
    return replace(link, ambiguous=True)


def neighbours(country: str) -> frozenset[str]:
    """Return the countries that touch one, as alpha-2 codes."""
    return _neighbours().get(country, frozenset())


def _is_ambiguous(matches: Sequence[Match]) -> bool:
    if not matches:
        return False
    best, *others = matches
    return any(
        best.score - other.score < CLEARLY and not _is_lesser(other.feature, best.feature)
        for other in others
    )


def _is_lesser(feature: Feature, than: Feature) -> bool:
    """Return whether one who says the name means the other feature unless told otherwise."""
    if feature.kind in {"village", "capital"} and feature.province == than.feature_id:
        return True
    return {
        feature.kind,
        than.kind,
    } <= _SETTLEMENTS and than.population >= _MUCH_LARGER * feature.population > 0


def _in_context(
    matches: Sequence[Match], context: Collection[str]
) -> Iterator[tuple[str, tuple[Match, ...]]]:
    countries = sorted({code for code in context if "-" not in code})
    provinces = sorted({code for code in context if "-" in code})
    near = sorted({other for code in countries for other in neighbours(code)})
    for codes, reason in (
        (provinces, "in a province spoken of: {}"),
        (countries, "in a country spoken of: {}"),
        (near, "in a neighbour of a country spoken of: {}"),
    ):
        chosen = tuple(
            match
            for match in matches
            if {match.feature.province, match.feature.country} & set(codes)
        )
        here = {
            match.feature.province if codes is provinces else match.feature.country
            for match in chosen
        }
        yield reason.format(", ".join(sorted(here))), chosen


@cache
def _neighbours() -> dict[str, frozenset[str]]:
    lines = shipped("gazetteer", "neighbours.tsv").read_text("utf-8").splitlines()[1:]
    cells = (line.split("\t") for line in lines)
    return {country: frozenset(near.split()) for country, near in cells}
