"""What an area is said to be: held, disputed, exchanged, a country's total, or no claim at all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bordermap.reading.actors import Parsed
from bordermap.reading.figures import Figure
from bordermap.reading.lexicon import Cue
from bordermap.reading.names import Name

Kind = Literal["held", "disputed", "exchanged", "country-total", "other"]

_KINDS: dict[str, Kind] = {
    "held": "held",
    "control": "held",
    "held_or_size": "held",
    "disputed": "disputed",
    "exchanged": "exchanged",
    "total": "country-total",
    "other": "other",
}
_CLAUSE_COST = 6
_REACH = 60
_BOUND = 8
_TIE = 4
_BESIDE = 2
_NEAR_TERRITORY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    What a figure is.

    Parameters
    ----------
    kind
        The kind of claim.
    deed
        The phrase that says so; None where the land alone does.
    """

    kind: Kind
    deed: Cue | None


def verdict_of(parsed: Parsed, figure: Figure, *, after: Verdict | None) -> Verdict | None:
    """
    Return what an area is said to be, or None where it is no claim.

    Parameters
    ----------
    parsed
        The sentence.
    figure
        The area.
    after
        What the land before it was, if it is spoken of in the same sentence or just before.
    """
    if _is_a_countrys(parsed, figure) or _is_destroyed(parsed) or _is_none(parsed, figure):
        return None
    deeds = [(_distance(parsed, cue, figure), cue) for cue in _deeds(parsed)]
    deeds = [(cost, cue) for cost, cue in deeds if cost <= _REACH]
    if any(cue.category == "control" for _, cue in deeds):
        # "its recognised territory is under the control of": recognising is not the point
        deeds = [(cost, cue) for cost, cue in deeds if cue.category != "total"]
    nearest = min((cost for cost, _ in deeds), default=math.inf)
    if _objection(parsed, figure) < nearest:
        return None
    return _verdict(deeds, nearest) if deeds else _verdict_without_deed(parsed, figure, after)


def _is_none(parsed: Parsed, figure: Figure) -> bool:
    """Return whether the figure is said to be no area at all: "not one hectare was taken"."""
    return parsed.cues.ending("none", figure.hedged_start) is not None


def _verdict_without_deed(parsed: Parsed, figure: Figure, after: Verdict | None) -> Verdict | None:
    """Return what an area is of which the sentence itself says no deed."""
    claimed = _claimed(parsed, figure)
    if claimed is not None:
        return Verdict(kind="disputed", deed=claimed)
    if after is not None and parsed.cues.of("continues", "saying", "attributed_before"):
        return Verdict(kind=after.kind, deed=None)
    if _is_of_a_territory(parsed, figure) or _is_between_parties(parsed):
        return Verdict(kind="held" if _parties(parsed) > 1 else "other", deed=None)
    return None


def _objection(parsed: Parsed, figure: Figure) -> float:
    """Return how near a word stands that makes the figure no claim; infinite if none does."""
    cues = parsed.cues
    sizes = cues.of("size", "size_noun") + [
        cue for cue in cues.of("held_or_size") if not _has_party_as_subject(parsed, cue)
    ]
    having = cues.ending("having", figure.hedged_start)
    if having is not None and _has_kind_before(parsed, having):
        sizes.append(having)
    if cues.starting("attributive", figure.end) is not None:
        sizes = []
    deeds = _deeds(parsed)
    against = [
        float(_distance(parsed, cue, figure))
        for cue in sizes
        if cue.start != figure.end and not _is_of_what_was_taken(parsed, deeds, cue, figure)
    ]
    # what was burnt, sown or cleared wins over a word for holding at the same distance
    against += [_distance(parsed, cue, figure) - 0.5 for cue in cues.of("unrelated")]
    return min(against, default=math.inf)


def _is_of_what_was_taken(parsed: Parsed, deeds: Sequence[Cue], size: Cue, figure: Figure) -> bool:
    """
    Return whether a size is that of the land a deed speaks of, and not of a park or province.

    "The area of the occupied lands is", "the zone covers 600 km² of land that was captured".
    """
    for land in parsed.cues.of("generic"):
        for deed in deeds:
            if max(deed.start - land.end, land.start - deed.end) > _BESIDE:
                continue
            first, last = min(deed.start, land.start), max(size.end, figure.end)
            if not any(first <= name.start < last and _is_place(name) for name in parsed.names):
                return True
    return False


def _is_place(name: Name) -> bool:
    return name.meaning.nation is None and name.meaning.capital is None


def _has_kind_before(parsed: Parsed, verb: Cue) -> bool:
    """Return whether a province, district or lake stands before a verb of having."""
    before = range(max(0, verb.start - _BOUND), verb.start)
    return any(parsed.cues.covering("kind", index) is not None for index in before)


def _is_destroyed(parsed: Parsed) -> bool:
    """Return whether land was lost to fire, hail or water, and to nobody."""
    return bool(parsed.cues.of("disaster") and parsed.cues.of("losing"))


def _claimed(parsed: Parsed, figure: Figure) -> Cue | None:
    """Return the verb of a claim to the land: "claims 100 square kilometers"."""
    return parsed.cues.ending("claiming", figure.hedged_start)


def verdict_before(parsed: Parsed) -> Verdict | None:
    """Return what a sentence without an area says of land, for the one that follows."""
    deeds = parsed.cues.of("held", "control", "disputed", "exchanged")
    if not deeds or not parsed.cues.of("territory", "control") or not parsed.actors:
        return None
    return Verdict(kind=_KINDS[deeds[0].category], deed=None)


def _deeds(parsed: Parsed) -> list[Cue]:
    found = parsed.cues.of(*(category for category in _KINDS if category != "held_or_size"))
    occupies = parsed.cues.of("held_or_size")
    return found + [cue for cue in occupies if _has_party_as_subject(parsed, cue)]


def _verdict(deeds: Sequence[tuple[int, Cue]], nearest: float) -> Verdict:
    """Return the kind that the nearest deed tells, closer kinds going first on a tie."""
    close = [(cost, cue) for cost, cue in deeds if cost <= nearest + _TIE]
    by_category = {cue.category: (cost, cue) for cost, cue in sorted(close, key=lambda e: -e[0])}
    demand = next((cue for _, cue in deeds if cue.category == "disputed"), None)
    for category in ("other", "control", "total"):
        if category in by_category:
            return Verdict(kind=_KINDS[category], deed=by_category[category][1])
    if "exchanged" in by_category:
        _, given = by_category["exchanged"]
        if demand is not None and abs(demand.start - given.start) <= _BOUND:
            return Verdict(kind="disputed", deed=demand)
        return Verdict(kind="exchanged", deed=given)
    _, cue = min(close, key=lambda entry: entry[0])
    return Verdict(kind=_KINDS[cue.category], deed=cue)


def _distance(parsed: Parsed, cue: Cue, figure: Figure) -> int:
    """Return how far a phrase stands from a figure, in words; a clause's end costs more."""
    if cue.end <= figure.start:
        first, last = cue.end, figure.start
    elif cue.start >= figure.end:
        first, last = figure.end, cue.start
    else:
        return 0
    ends = parsed.clause_ends[last + 1] - parsed.clause_ends[first]
    return last - first + _CLAUSE_COST * ends


def _has_party_as_subject(parsed: Parsed, verb: Cue) -> bool:
    """Return whether a party, and no park or province, stands before an ambiguous verb."""
    free = [actor for actor in parsed.actors if not actor.is_owner]
    if _parties(parsed) > 1 and any(a.acts and a.start == verb.end for a in free):
        return True  # "… занимают эфиопские отряды"
    before = [actor for actor in free if actor.end <= verb.start]
    if not before or verb.start - before[-1].end > _TIE or _parties(parsed) == 1:
        return False  # "Baku occupies 2,140 square kilometers" tells the size of a city
    between = range(before[-1].end, verb.start)
    return not any(
        parsed.cues.covering(category, index)
        for index in between
        for category in ("kind", "unrelated")
    )


def _is_a_countrys(parsed: Parsed, figure: Figure) -> bool:
    """Return whether a figure is a whole country's, as in "Armenia's 29,743 square kilometers"."""
    return any(
        actor.is_owner
        and actor.end == figure.hedged_start
        and actor.form == "country"
        and parsed.tokens[actor.end - 1].is_possessive
        for actor in parsed.actors
    )


def _is_of_a_territory(parsed: Parsed, figure: Figure) -> bool:
    """Return whether a figure is a part of a party's land: "150 km² of Armenian territory"."""
    after = range(figure.end, min(figure.end + _NEAR_TERRITORY, len(parsed.tokens)))
    around = range(max(0, figure.start - _TIE), after.stop)
    lands = any(parsed.cues.covering("territory", index) for index in after)
    ours = any(parsed.cues.covering("ours", index) for index in around)
    owned = any(actor.is_owner for actor in parsed.actors)
    return (ours and bool(parsed.cues.of("territory"))) or (lands and owned)


def _is_between_parties(parsed: Parsed) -> bool:
    """Return whether a sentence speaks of two countries and of somebody's forces."""
    return _parties(parsed) > 1 and bool(parsed.cues.of("forces"))


def _parties(parsed: Parsed) -> int:
    """Return how many countries a sentence speaks of, by name or by a place of theirs."""
    places = (name.meaning.near for name in parsed.names if _is_place(name))
    of_places = {near[0].feature.country for near in places if near}
    return len(of_places | {actor.country for actor in parsed.actors})
