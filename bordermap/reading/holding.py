"""Who is said to hold the land of a claim, and whose land it is said to be."""

import math
from collections.abc import Iterator

from bordermap.reading.actors import Actor, Parsed, phrase_around, reported_deed
from bordermap.reading.figures import Figure
from bordermap.reading.lexicon import Cue
from bordermap.reading.party import NOBODY, Party
from bordermap.reading.places import is_dateline

_ADJACENT = 3
_UNLIKELIER = 3
_FAR = 100_000
_CLAUSE_COST = 6
_NOT_OF_A_SUBJECT = frozenset({"dative", "other"})


def holder_of(parsed: Parsed, figure: Figure, deed: Cue | None, asserter: Party) -> Party:
    """
    Return who is said to hold the land.

    Parameters
    ----------
    parsed
        The sentence.
    figure
        The area.
    deed
        The phrase that says what happened to it ("occupied"); None for none.
    asserter
        Who says so.
    """
    deed = _taking_of(parsed, deed)
    owner = owner_of(parsed, figure, deed)
    candidates = [
        (cost + _far(parsed, actor, figure), actor)
        for cost, actor in _holders(parsed, deed, asserter, owner)
    ]
    candidates += [(0.0, actor) for actor in _without_verb(parsed, figure, deed)]
    if not candidates and parsed.cues.of("accusing"):
        candidates = [(0.0, a) for a in parsed.actors if a.country != asserter.country]
    if not candidates:
        return NOBODY
    _, actor = min(candidates, key=lambda entry: entry[0])
    start, end = phrase_around(parsed, actor.start, actor.end)
    if deed is not None and actor.end <= deed.start < end:
        end = deed.start
    return Party(start=start, end=end, country=actor.country)


def _taking_of(parsed: Parsed, deed: Cue | None) -> Cue | None:
    """Return the deed that made the land a matter: "wants back what Israel captured"."""
    if deed is None or deed.category != "disputed":
        return deed
    beside = (
        cue
        for cue in parsed.cues.of("held")
        if any(actor.end == cue.start or cue.end == actor.start for actor in parsed.actors)
    )
    return next(beside, deed)


def owner_of(parsed: Parsed, figure: Figure, deed: Cue | None) -> Party:
    """
    Return whose land it is said to be: "of Armenia's territory".

    Parameters
    ----------
    parsed
        The sentence.
    figure
        The area.
    deed
        The phrase that says what happened to it; None for none.
    """
    owners = [
        actor
        for actor in parsed.actors
        if actor.is_owner
        and _is_about_land(parsed, actor)
        and not _is_in_control(parsed, actor)
        and not (deed and _is_subject_of_reported(parsed, actor, deed))
    ]
    if not owners:
        return NOBODY
    nearest = min(owners, key=lambda actor: _owner_distance(parsed, actor, figure))
    return Party(start=nearest.start, end=nearest.end, country=nearest.country)


def _without_verb(parsed: Parsed, figure: Figure, deed: Cue | None) -> Iterator[Actor]:
    """Yield the party before a figure whose verb was said before: "… and Armenia 22 km²"."""
    ands = parsed.grammar.language.words("places", "and")
    for actor in parsed.actors:
        beside = actor.end == figure.hedged_start and actor.form == "country"
        free = not actor.is_owner and actor.case in {None, "nominative"}
        if beside and free and actor.start and deed is not None and deed.end < actor.start:
            joined = parsed.tokens[actor.start - 1].key in ands
            if joined or "," in parsed.tokens[actor.start].gap:
                yield actor


def _far(parsed: Parsed, actor: Actor, figure: Figure) -> float:
    """Return a cost that decides between parties of one part: who stands farther is less likely."""
    return _owner_distance(parsed, actor, figure) / _FAR


def _owner_distance(parsed: Parsed, actor: Actor, figure: Figure) -> int:
    """Return how far an owner stands from a figure, in words; a clause's end costs more."""
    first, last = sorted((actor.start, figure.start))
    ends = parsed.clause_ends[last + 1] - parsed.clause_ends[first + 1]
    between = max(actor.start - figure.end, figure.hedged_start - actor.end)
    return between + _CLAUSE_COST * ends


def _is_about_land(parsed: Parsed, actor: Actor) -> bool:
    """Return whether an owner's word for land, or a place of it, comes soon after."""
    cues = parsed.cues
    soon = range(actor.end, min(actor.end + _ADJACENT + 1, len(parsed.tokens)))
    words = ("territory", "kind", "unit")
    if any(cues.covering(word, index) for index in soon for word in words):
        return True
    if any(name.start in soon for name in parsed.names):
        return True
    # "150 square kilometers of Armenia", "territory of Armenia"
    before = range(max(0, actor.start - _ADJACENT), actor.start)
    return any(
        cues.covering("territory", index) or cues.covering("unit", index) for index in before
    )


def _holders(
    parsed: Parsed, deed: Cue | None, asserter: Party, owner: Party
) -> Iterator[tuple[float, Actor]]:
    """Yield parties that may hold the land, the likeliest with the lowest cost."""
    accused = bool(parsed.cues.of("accusing"))
    loses = deed is not None and (
        parsed.cues.covering("losing", deed.start) is not None
        or parsed.cues.ending("losing", deed.start) is not None  # "lost control of"
    )
    for actor in parsed.actors:
        cost = _holding_cost(parsed, actor, deed, loses=loses)
        if cost is None or is_dateline(parsed, actor.start, actor.end):
            continue
        if accused and actor.country == asserter.country and cost >= 1:
            continue
        if asserter.has(actor) and cost >= 1:
            if not _stands_in(parsed, asserter, deed):
                continue
            cost = 0.9
        if owner.country == actor.country and cost >= 1:
            if loses or (owner.start == actor.start):
                continue
            cost += _UNLIKELIER
        yield cost, actor


def _holding_cost(parsed: Parsed, actor: Actor, deed: Cue | None, *, loses: bool) -> float | None:
    """Return how unlikely a party is the holder: below 1 where a phrase says so, None if never."""
    if parsed.cues.covering("losing", actor.start) is not None:
        return None  # "out of Armenian control"
    if _is_agent(parsed, actor) or _is_in_control(parsed, actor):
        return 0.0
    if deed is None:
        return None if actor.is_owner else 5.0
    if _receives(parsed, actor, deed, loses=loses):
        return 0.5
    leaves = _leaving_distance(parsed, actor)
    if leaves <= _ADJACENT:
        return 0.6 + leaves / 100
    return _subject_cost(parsed, actor, deed, loses=loses)


def _subject_cost(parsed: Parsed, actor: Actor, deed: Cue, *, loses: bool) -> float | None:
    if actor.is_owner and _is_subject_of_reported(parsed, actor, deed):
        return 0.9 if not loses else None
    if actor.is_owner:
        return 0.8 if _has_deed_beside(parsed, actor) and not loses else None
    if loses:
        return None
    aside = 0
    if actor.case in _NOT_OF_A_SUBJECT or _is_where(parsed, actor):
        aside = _UNLIKELIER
    # a bare adjective says whose something is, not who did it
    aside += 2 * (actor.form == "people" and not actor.acts and not _is_noun(parsed, actor))
    if actor.end <= deed.start:
        return 1 + aside + (deed.start - actor.end) / 100
    return 2 + aside + (actor.start - deed.end) / 100


def _has_deed_beside(parsed: Parsed, actor: Actor) -> bool:
    """Return whether an owner's people act: "Afghanistan's Taliban had encroached"."""
    cues = parsed.cues
    others = {other.start for other in parsed.actors}
    for index in range(actor.end, min(actor.end + _ADJACENT, len(parsed.tokens))):
        if cues.starting("held", index) is not None:
            return True
        is_land = any(cues.covering(w, index) for w in ("territory", "kind", "generic", "unit"))
        if is_land or index in others or parsed.tokens[index].gap:
            return False
    return False


def _is_subject_of_reported(parsed: Parsed, actor: Actor, deed: Cue) -> bool:
    """Return whether a genitive is who did what a verb made a noun tells of."""
    verb = reported_deed(parsed, deed.end + 2) if parsed.cues.of("saying") else None
    if verb is None or actor.case != "genitive" or not actor.end <= deed.start <= verb:
        return False
    return not any(a.case == "genitive" and a.start < actor.start for a in parsed.actors)


def _is_where(parsed: Parsed, actor: Actor) -> bool:
    """Return whether a party's name tells where: "advanced in southern Syria"."""
    ahead = (parsed.cues.ending("before_preposition", actor.start - skip) for skip in (0, 1))
    return any(ahead)


def _is_agent(parsed: Parsed, actor: Actor) -> bool:
    """Return whether a party is named as the doer: "by Baku"."""
    ahead = range(max(0, actor.start - _ADJACENT), actor.start)
    behind = range(actor.end, min(actor.end + _ADJACENT, len(parsed.tokens)))
    return (
        actor.case == "instrumental"
        or any(parsed.cues.covering("by", index) for index in ahead)
        or any(parsed.cues.covering("by_after", index) for index in behind)
    )


def _receives(parsed: Parsed, actor: Actor, deed: Cue, *, loses: bool) -> bool:
    """Return whether land passes to a party: "lost to Azerbaijan"."""
    before = range(max(0, actor.start - _ADJACENT + 1), actor.start)
    cues = parsed.cues
    if not loses and cues.covering("exchanged", deed.start) is None:
        return False
    told = (index for index in before if cues.covering("attributed_before", index) is None)
    given = actor.case == "dative" and not loses
    return given or any(cues.covering("receiving", index) for index in told)


def _leaving_distance(parsed: Parsed, actor: Actor) -> float:
    """Return how far a party stands from a word for withdrawing: who is to leave holds land."""
    if actor.is_owner and not actor.acts:
        return math.inf
    near = (_gap_between(actor, cue) for cue in parsed.cues.of("leaving"))
    return min(near, default=math.inf)


def _gap_between(actor: Actor, cue: Cue) -> int:
    return max(cue.start - actor.end, actor.start - cue.end)


def _is_noun(parsed: Parsed, actor: Actor) -> bool:
    """Return whether a people's word stands alone, before a verb: "the Azerbaijanis seized"."""
    verbs = ("held", "control", "exchanged", "disputed")
    return any(parsed.cues.covering(verb, actor.end) is not None for verb in verbs)


def _is_in_control(parsed: Parsed, actor: Actor) -> bool:
    """Return whether land is said to be under a party's control."""
    follows = parsed.grammar.language.tables["owner_follows"]
    for cue in parsed.cues.of("control"):
        if cue.start <= actor.start < cue.end:
            return True
        belongs = actor.is_owner or actor.form == "people"
        if belongs and (0 <= cue.start - actor.end <= 1 or 0 <= actor.start - cue.end <= 2):
            return True
        if follows and actor.start == cue.end:
            return True
    return False


def _stands_in(parsed: Parsed, asserter: Party, deed: Cue | None) -> bool:
    """Return whether a pronoun stands for the speaker before the deed: "says it took"."""
    if deed is None or asserter.start is None or asserter.end is None:
        return False
    if any(cue.end <= asserter.start for cue in parsed.cues.of("denying")):
        return False  # "Baku denied Armenian claims that it took": it is Baku
    return any(
        asserter.end <= cue.start and cue.end <= deed.start <= cue.end + _ADJACENT
        for cue in parsed.cues.of("pronoun")
        if not any(asserter.end <= actor.start < cue.start for actor in parsed.actors)
    )
