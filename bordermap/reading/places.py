"""Places of a claim: names in its sentence that say where, and not who, when or what treaty."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from bordermap._text import fold
from bordermap.gazetteer import HINTED_KINDS, Link, Match, decided, match_order
from bordermap.languages import Language
from bordermap.reading.actors import Parsed
from bordermap.reading.figures import Figure
from bordermap.reading.names import Name, within

_LIST_GAPS = frozenset({"", ","})
_DASHES = frozenset("-\u2013\u2014")
_DATELINE = 12
_ABBREVIATED = 3
_SPEECH = 8
_BREAKS = frozenset(",;:()—–\u055d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A place of a claim.

    Parameters
    ----------
    start, end
        Tokens of the sentence that name it, the end not included.
    link
        What it means; the first match is taken.
    """

    start: int
    end: int
    link: Link

    @property
    def match(self) -> Match:
        """The match that is taken."""
        return self.link.matches[0]


def places_of(parsed: Parsed, countries: Collection[str]) -> list[Place]:
    """
    Return the places that a sentence names, linked, in order.

    Parameters
    ----------
    parsed
        The sentence.
    countries
        Countries that the text speaks of.
    """
    kinds = _kinds(parsed)
    countries = countries or _countries_told(parsed)
    candidates = []
    for position, name in enumerate(parsed.names):
        matches = _matches(name, kinds[position], countries)
        if matches and not _is_something_else(parsed, name, kinds[position]):
            candidates.append((name, matches))
    provinces = {
        matches[0].feature.province
        for _, matches in candidates
        if len({match.feature.feature_id for match in matches}) == 1
    }
    context = {*countries, *filter(None, provinces)}
    return [
        Place(start=name.start, end=name.end, link=decided(_link(matches), context))
        for name, matches in candidates
    ]


def settlement_ends(parsed: Parsed) -> frozenset[int]:
    """Return the tokens before which the name of a settlement, lake or peak ends."""
    return frozenset(
        name.end
        for name in parsed.names
        if name.meaning.nation is None
        and not any(m.feature.kind in HINTED_KINDS["province"] for m in name.meaning.near)
    )


def shared_out(
    places: Sequence[Place], figures: Sequence[Figure], parsed: Parsed
) -> list[list[Place]]:
    """
    Return the places of each figure of a sentence.

    Parameters
    ----------
    places
        Places of the sentence.
    figures
        Its claims' figures, in order.
    parsed
        The sentence.

    Notes
    -----
    What stands before the first figure or after the last belongs to it; between two figures, the
    clause decides: "32 in Vardenis and 13 at Lake Sev", "in Syunik 13, in Gegharkunik 32".
    """
    shares: list[list[Place]] = [[] for _ in figures]
    for place in places:
        shares[_owner(place, places, figures, parsed)].append(place)
    return shares


def _owner(place: Place, places: Sequence[Place], figures: Sequence[Figure], parsed: Parsed) -> int:
    following = next((i for i, figure in enumerate(figures) if figure.start >= place.end), None)
    if following is None:
        return len(figures) - 1
    if following == 0:
        return 0
    before, after = figures[following - 1], figures[following]
    if place.end == after.hedged_start:
        return following  # "Syunik: 60, Vayots Dzor: 50"
    cuts = [index for index in range(before.end, after.start + 1) if _is_cut(parsed, index)]
    if not cuts:
        return following - 1
    inside = [p for p in places if before.end <= p.start < after.start]
    last = cuts[-1]
    cut = last if all(p.start < last for p in inside) else cuts[0]
    return following if place.start >= cut else following - 1


def _is_cut(parsed: Parsed, index: int) -> bool:
    token = parsed.tokens[index]
    return not _BREAKS.isdisjoint(token.gap) or token.key in _ands(parsed)


def _ands(parsed: Parsed) -> frozenset[str]:
    return frozenset(_folded(parsed.grammar.language, "and"))


@cache
def _folded(language: Language, words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in language.words("places", words))


def _link(matches: Sequence[Match]) -> Link:
    best: dict[str, Match] = {}
    for match in sorted(matches, key=match_order):
        best.setdefault(match.feature.feature_id, match)
    return Link(text="", matches=tuple(best.values()), ambiguous=False)


def _countries_told(parsed: Parsed) -> frozenset[str]:
    """Return the countries of names that only one of them has, for a text that names none."""
    told = ({match.feature.country for match in name.meaning.matches} for name in parsed.names)
    return frozenset(country for countries in told if len(countries) == 1 for country in countries)


def _matches(name: Name, kind: str | None, countries: Collection[str]) -> tuple[Match, ...]:
    meaning = name.meaning
    if any(match.feature.kind == "country" for match in meaning.near):
        return ()
    if kind is None:
        # a capital is a government, or where something was said
        return () if meaning.capital is not None else within(meaning.near, countries)
    hinted = tuple(m for m in meaning.matches if m.feature.kind in HINTED_KINDS[kind])
    # "the area of" a town may use the word for a district, and a word for its kind vouches for
    # a name in a country that the text does not name
    return within(hinted, countries) or meaning.near or hinted


def _kinds(parsed: Parsed) -> list[str | None]:
    """Return the kind that a word beside each name tells; one at a list's end tells for all."""
    names = parsed.names
    kinds = [_kind_beside(parsed, name) for name in names]
    for position in range(len(names) - 2, -1, -1):
        if kinds[position] is None and kinds[position + 1] is not None:
            between = parsed.tokens[names[position].end : names[position + 1].start + 1]
            ands = _ands(parsed)
            gaps = {token.gap for token in between}
            listed = gaps <= _LIST_GAPS and all(token.key in ands for token in between[:-1])
            listed = listed and ("," in gaps or len(between) > 1)
            if listed and _kind_after(parsed, names[position + 1]) is not None:
                kinds[position] = kinds[position + 1]
    return kinds


def _kind_beside(parsed: Parsed, name: Name) -> str | None:
    after = _kind_after(parsed, name)
    if after is not None:
        return after
    ahead = parsed.cues.ending("kind", name.start)
    of = parsed.cues.ending("of", name.start)
    if ahead is None and of is not None:
        ahead = parsed.cues.ending("kind", of.start)
    if ahead is None or (name.start and parsed.tokens[name.start].gap not in _LIST_GAPS - {","}):
        return None
    owner = any(other.end == ahead.start and other is not name for other in parsed.names)
    # in "Syunik Province Goris" the word is the first name's
    return None if owner and of is None else ahead.value


def _kind_after(parsed: Parsed, name: Name) -> str | None:
    cue = parsed.cues.starting("kind", name.end)
    if cue is None or parsed.tokens[name.end].gap not in {"", "-"}:
        return None
    return cue.value


def _is_something_else(parsed: Parsed, name: Name, kind: str | None) -> bool:
    """Return whether a name is a treaty's, a person's, a dateline's or a speech's."""
    return (
        _is_event(parsed, name)
        or (kind is None and _is_person(parsed, name))
        or is_dateline(parsed, name.start, name.end)
        or _is_where_it_was_said(parsed, name)
    )


def _is_event(parsed: Parsed, name: Name) -> bool:
    cues = parsed.cues
    after = cues.starting("event", name.end)
    if after is not None and parsed.tokens[name.end].gap in {"", "-"}:
        return True
    of = cues.ending("of", name.start)
    before = cues.ending("event", name.start if of is None else of.start)
    return before is not None and (of is not None or name.meaning.case == "genitive")


def _is_person(parsed: Parsed, name: Name) -> bool:
    tokens = parsed.tokens
    endings = _folded(parsed.grammar.language, "person_endings")
    known = {other.start for other in parsed.names}
    if name.end < len(tokens):
        after = tokens[name.end]
        if after.gap == "" and after.is_capitalised and name.end not in known:
            return not name.is_possessive and after.key.endswith(endings)
    if name.start:
        before = tokens[name.start - 1]
        title = parsed.cues.ending("title", name.start) is not None
        unknown = before.is_capitalised and name.start - 1 > 0 and name.start - 1 not in known
        if tokens[name.start].gap == "" and unknown and not title:
            return tokens[name.end - 1].key.endswith(endings)
    return False


def is_dateline(parsed: Parsed, start: int, end: int) -> bool:
    """
    Return whether a name opens an article's paragraph, before a dash: "Goris, 14 May. –".

    Parameters
    ----------
    parsed
        The sentence.
    start, end
        Tokens of the name, the end not included.
    """
    if not parsed.sentence.opens_paragraph or start > 1:
        return False
    for index in range(end, min(end + _DATELINE, len(parsed.tokens))):
        gap = parsed.tokens[index].gap
        if any(dash in gap for dash in _DASHES) and gap not in _DASHES:
            return True
        if gap in {"\u2014", "\u2013", "--"} or (gap == "-" and _is_spaced(parsed, index)):
            return not _has_deed(parsed, end, index)
        if not _is_of_a_dateline(parsed, index):
            return False
    return False


def _is_of_a_dateline(parsed: Parsed, index: int) -> bool:
    """Return whether a word may be of a day or an agency: "14 May", "Reuters"."""
    token = parsed.tokens[index]
    return (
        token.is_number
        or token.is_capitalised
        or len(token.text) <= _ABBREVIATED
        or parsed.cues.covering("month", index) is not None
    )


def _is_spaced(parsed: Parsed, index: int) -> bool:
    return parsed.tokens[index].start - parsed.tokens[index - 1].end > 1


def _has_deed(parsed: Parsed, first: int, last: int) -> bool:
    verbs = parsed.cues.of("held", "exchanged", "disputed", "saying", "unit")
    return any(first <= cue.start < last for cue in verbs)


def _is_where_it_was_said(parsed: Parsed, name: Name) -> bool:
    """Return whether a name tells where something was said, and not of what."""
    if parsed.cues.ending("before_preposition", name.start) is None:
        return False
    for cue in parsed.cues.of("saying"):
        if cue.end <= name.start <= cue.end + _SPEECH:
            if not _has_deed(parsed, cue.end, len(parsed.tokens)):
                return True  # “…,” he said in Goris
            ends = [end for end in parsed.cues.of("speech_end") if end.start >= name.end]
            soon = [end for end in ends if end.start - name.end <= _SPEECH]
            if soon and not _has_deed(parsed, cue.end, soon[0].start):
                return True  # he said in Goris that …
    return False
