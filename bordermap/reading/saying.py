"""Who asserts a figure: the speaker of a verb of saying, or of "according to"."""

from collections.abc import Iterator

from bordermap.reading.actors import Parsed, phrase_around, reported_deed
from bordermap.reading.figures import Figure
from bordermap.reading.lexicon import Cue
from bordermap.reading.party import NOBODY, Party

_REACH = 10
_OWN_CLAUSE = frozenset({"", "-", "\u2019", "'", "."})


def asserter_of(parsed: Parsed, figure: Figure | None) -> Party:
    """
    Return who says what a sentence says.

    Parameters
    ----------
    parsed
        The sentence.
    figure
        The figure said; None for a sentence without one.
    """
    found = [(_cost(cue, figure), party) for cue, party in _sayings(parsed)]
    return min(found, key=lambda entry: entry[0])[1] if found else NOBODY


def _sayings(parsed: Parsed) -> Iterator[tuple[Cue, Party]]:
    """Yield each phrase of saying that has a speaker, and the speaker."""
    cues = parsed.cues
    for cue in cues.of("attributed_before"):
        party = _speaker_from(parsed, cue.end)
        if party is not None:
            yield cue, party
    quoted = _speaker_before_colon(parsed)
    if quoted is not None:
        yield Cue("saying", "", quoted.end or 0, quoted.end or 0), quoted
    for cue in cues.of("attributed_after"):
        party = _speaker_until(parsed, cue.start)
        if party is not None:
            yield cue, party
    for cue in cues.of("saying"):
        if _is_no_verb(parsed, cue):
            continue
        party = (
            _speaker_of_reported(parsed, cue.start)
            or _speaker_until(parsed, cue.start)
            or (None if _leads_in(parsed, cue) else _speaker_from(parsed, cue.end))
            or _speaker_in_apposition(parsed, cue.start)
        )
        if party is not None:
            yield cue, party


def _is_no_verb(parsed: Parsed, cue: Cue) -> bool:
    """Return whether a word for saying is part of "according to" or of a name: United States."""
    role = parsed.cues.covering("attributed_before", cue.start)
    names = (name for name in parsed.names if name.start <= cue.start < name.end)
    return role is not None or any(name.end - name.start > 1 for name in names)


def _leads_in(parsed: Parsed, cue: Cue) -> bool:
    """Return whether what is said follows, as after "estimated that": no speaker does."""
    says = parsed.cues
    return any(says.covering("speech_end", index) for index in (cue.end - 1, cue.end))


def _speaker_of_reported(parsed: Parsed, end: int) -> Party | None:
    """
    Return who says what a clause tells that ends in a verb made a noun.

    As "Baku told of Yerevan's taking 12 km²": the nominative says what the genitive did.
    """
    if reported_deed(parsed, end) is None:
        return None
    for actor in parsed.actors:
        if actor.end <= end and not actor.is_owner and actor.case in {None, "nominative"}:
            start, stop = phrase_around(parsed, actor.start, actor.end)
            return Party(start=start, end=stop, country=_country_in(parsed, start, stop))
    return None


def _speaker_until(parsed: Parsed, end: int) -> Party | None:
    """Return the speaker whose phrase stands before a verb of saying."""
    tokens = parsed.tokens
    near = [actor for actor in parsed.actors if end - _REACH <= actor.start and actor.end <= end]
    anchors = [actor for actor in near if not _is_parted(parsed, actor.end, end)]
    for actor in reversed(anchors):
        start, stop = phrase_around(parsed, actor.start, actor.end)
        # a country in another case, with nobody of its own, is the object of a verb
        declined = actor.is_owner or actor.case not in {None, "nominative"}
        is_object = declined and stop == actor.end and actor.form != "people"
        if is_object and (stop < end or actor is not anchors[0]):
            continue
        whole = end if _is_one_phrase(parsed, stop, end) else min(stop, end)
        return Party(start=start, end=whole, country=_country_in(parsed, start, stop))
    last = end - 1
    touches = end < len(tokens) and not _breaks(tokens[end].gap)
    named = last >= 0 and (tokens[last].is_capitalised or parsed.cues.covering("title", last))
    if named and touches and not tokens[last].is_number:
        start, _ = phrase_around(parsed, last, last + 1)
        return Party(start=start, end=end, country=None)
    return None


def _speaker_from(parsed: Parsed, start: int) -> Party | None:
    """Return the speaker whose phrase follows a verb of saying or "according to"."""
    tokens = parsed.tokens
    if start >= len(tokens) or not _OWN_CLAUSE.issuperset({tokens[start].gap}):
        return None
    near = [actor for actor in parsed.actors if start <= actor.start < start + _REACH]
    for actor in near:
        if not _is_parted(parsed, start + 1, actor.start):
            first, stop = phrase_around(parsed, actor.start, actor.end)
            if first > start + 1:
                break  # a party of what is said, not the one that says it
            first = max(first, start)
            return Party(start=first, end=stop, country=_country_in(parsed, first, stop))
    if tokens[start].is_capitalised or parsed.cues.starting("title", start) is not None:
        first, stop = phrase_around(parsed, start, start + 1)
        return Party(start=max(first, start), end=stop, country=None)
    return None


def _speaker_in_apposition(parsed: Parsed, end: int) -> Party | None:
    """Return the name set off by commas before a verb: "the governor, Robert Example, said"."""
    tokens = parsed.tokens
    if not 1 < end < len(tokens) or tokens[end].gap != "," or not tokens[end - 1].is_capitalised:
        return None
    start, _ = phrase_around(parsed, end - 1, end)
    return Party(start=start, end=end) if tokens[start].gap == "," else None


def _is_one_phrase(parsed: Parsed, first: int, last: int) -> bool:
    """Return whether words up to a verb belong to its subject: "Ukraine's top general X said"."""
    between = parsed.tokens[first:last]
    common = parsed.grammar.language.common
    return (
        0 < len(between) <= _REACH // 2
        and between[-1].is_capitalised
        and not any(token.key in common or token.is_number or token.gap for token in between)
    )


def _speaker_before_colon(parsed: Parsed) -> Party | None:
    """Return who is quoted as in a headline: "Nikol Pashinyan: troops hold ..."."""
    for index in range(1, min(_REACH, len(parsed.tokens))):
        if ":" in parsed.tokens[index].gap:
            inside = [actor for actor in parsed.actors if actor.end <= index]
            if not inside:
                return None
            start, end = phrase_around(parsed, inside[-1].start, inside[-1].end)
            whole = start == 0 and end == index
            return Party(start=0, end=index, country=inside[-1].country) if whole else None
    return None


def _is_parted(parsed: Parsed, first: int, last: int) -> bool:
    """Return whether a clause ends, or another verb stands, between two tokens."""
    if any(_breaks(token.gap) for token in parsed.tokens[first : last + 1]):
        return True
    verbs = parsed.cues.of("saying", "held", "exchanged", "speech_end")
    return any(first <= cue.start and cue.end <= last for cue in verbs)


def _breaks(gap: str) -> bool:
    return not _OWN_CLAUSE.issuperset({gap})


def _country_in(parsed: Parsed, start: int, end: int) -> str | None:
    inside = [actor for actor in parsed.actors if start <= actor.start < end]
    return inside[0].country if inside else None


def _cost(cue: Cue, figure: Figure | None) -> tuple[int, int]:
    """Return how far a phrase of saying stands from a figure; one before it is nearer."""
    if figure is None:
        return (0, cue.start)
    if cue.end <= figure.start:
        return (0, figure.start - cue.end)
    return (1, cue.start - figure.end)
