"""Parties in a sentence: countries, their capitals, their people and those who speak for them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bordermap._text import fold
from bordermap.languages import Case
from bordermap.reading.grammar import Grammar
from bordermap.reading.lexicon import Cues
from bordermap.reading.names import Name, speaker_country
from bordermap.reading.tokens import Sentence, Token

_INSIDE = frozenset({"", "-", "\u2010"})
_MOST_PHRASE = 14
_VERBS = ("saying", "denying", "attributed_before", "held", "exchanged")
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    A party as a sentence names it.

    Parameters
    ----------
    start, end
        Tokens of the sentence that name it, the end not included.
    country
        ISO 3166-1 alpha-2 code.
    form
        What it is named by.
    case
        What the ending says of its part in the sentence; None for none.
    is_owner
        Whether it stands as an owner ("Armenia's", "of Armenia", "Armenian territory").
    acts
        Whether a word for its people or offices follows ("Armenia's army").
    """

    start: int
    end: int
    country: str
    form: Literal["country", "capital", "people", "speaker"]
    case: Case | None
    is_owner: bool
    acts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """
    A sentence with everything found in it.

    Parameters
    ----------
    sentence, cues, grammar
        The sentence, its phrases and its language.
    names
        Names the gazetteer knows.
    actors
        Parties, in order.
    clause_ends
        How many clauses end before each word, and before the end.
    """

    sentence: Sentence
    cues: Cues
    grammar: Grammar
    names: Sequence[Name]
    actors: Sequence[Actor]
    clause_ends: Sequence[int]

    @property
    def tokens(self) -> Sequence[Token]:
        """The words of the sentence."""
        return self.sentence.tokens


def actors_of(
    sentence: Sentence,
    cues: Cues,
    grammar: Grammar,
    names: Sequence[Name],
) -> list[Actor]:
    """
    Return the parties of a sentence, in order.

    Parameters
    ----------
    sentence, cues, grammar, names
        What was found in it.
    """
    found = [
        *_named(sentence, cues, grammar, names),
        *_people(sentence, cues, grammar, names),
        *_speakers(sentence, cues, grammar, names),
    ]
    return sorted(found, key=lambda actor: actor.start)


def phrase_around(parsed: Parsed, first: int, last: int) -> tuple[int, int]:
    """
    Return the tokens of the phrase that a party stands in: its offices, names and people.

    Parameters
    ----------
    parsed
        The sentence.
    first, last
        Tokens of the party, the last not included.
    """
    tokens = parsed.tokens
    own = {actor.country for actor in parsed.actors if first <= actor.start < last}
    start, end = first, last
    while start and end - start < _MOST_PHRASE and _continues(parsed, start - 1, start, own):
        start -= 1
    while end < len(tokens) and end - start < _MOST_PHRASE and _continues(parsed, end, end, own):
        end += 1
    while start < first and tokens[start].key in _bare_links(parsed):
        start += 1
    while end > last and tokens[end - 1].key in _bare_links(parsed):
        end -= 1
    return start, end


def reported_deed(parsed: Parsed, end: int) -> int | None:
    """
    Return the token before an end where a verb made a noun stands ("tutduğunu"), or None.

    Parameters
    ----------
    parsed
        The sentence.
    end
        The token after the clause that it closes, where a verb of saying begins.
    """
    endings = tuple(fold(ending) for ending in parsed.grammar.language.words("roles", "reported"))
    for index in range(min(end, len(parsed.tokens)) - 1, max(-1, end - 1 - _NEAR), -1):
        if endings and parsed.tokens[index].key.endswith(endings):
            return index
    return None


def _continues(parsed: Parsed, index: int, joint: int, own: Collection[str]) -> bool:
    """Return whether a word belongs to the phrase that it touches at a joint."""
    token = parsed.tokens[index]
    if parsed.tokens[joint].gap not in _INSIDE or token.is_number:
        return False
    if token.key in _bare_links(parsed):
        return True
    if any(parsed.cues.covering(role, index) for role in _VERBS) or _is_foreign(parsed, index, own):
        return False
    opens = index == 0 and token.key in parsed.grammar.language.common
    told = ("title", "government", "official", "demonym")
    return (token.is_capitalised and not opens) or any(
        parsed.cues.covering(category, index) is not None for category in told
    )


def _is_foreign(parsed: Parsed, index: int, own: Collection[str]) -> bool:
    """Return whether a word is another party's, or a place's and not a person's name."""
    if any(a.start <= index < a.end and a.country not in own for a in parsed.actors if own):
        return True
    for name in parsed.names:
        if name.start <= index < name.end:
            party = any(actor.start == name.start for actor in parsed.actors)
            surname = name.end < len(parsed.tokens) and parsed.tokens[name.end]
            is_person = surname and surname.gap == "" and surname.is_capitalised
            return not party and not is_person
    return False


def _bare_links(parsed: Parsed) -> frozenset[str]:
    of = parsed.grammar.language.words("roles", "of")
    return frozenset({*of, "the"}) if of else frozenset()


def _named(
    sentence: Sentence,
    cues: Cues,
    grammar: Grammar,
    names: Sequence[Name],
) -> Iterator[Actor]:
    for name in names:
        meaning = name.meaning
        country = meaning.nation or meaning.capital
        if country is None:
            continue
        # "of northern Syria": a word may stand between
        reach = (0, 1) if sentence.tokens[name.start].gap == "" else (0,)
        after_of = any(cues.ending("of", name.start - skip) is not None for skip in reach)
        owns = name.is_possessive or meaning.case == "genitive" or after_of
        acts = _has_people_beside(name.start, name.end, len(sentence.tokens), cues, grammar)
        yield Actor(
            start=name.start,
            end=name.end,
            country=country,
            form="country" if meaning.nation else "capital",
            case=meaning.case,
            is_owner=owns and not acts,
            acts=acts,
        )


def _has_people_beside(start: int, end: int, count: int, cues: Cues, grammar: Grammar) -> bool:
    """Return whether a country's word describes who acts: "Armenia's army", "army of Armenia"."""
    of = cues.ending("of", start)
    before = [] if of is None else [of.start - 1]
    if grammar.language.tables["owner_follows"]:
        before.append(start - 1)
    return any(
        cues.covering(category, index) is not None
        for index in (*before, *range(end, min(end + _NEAR - 1, count)))
        for category in ("government", "title")
    )


def _people(
    sentence: Sentence, cues: Cues, grammar: Grammar, names: Sequence[Name]
) -> Iterator[Actor]:
    tokens = sentence.tokens
    named = {name.start for name in names}
    for cue in cues.of("demonym"):
        if cue.start in named:
            continue  # "Казахский район" is a place
        joined_after = cue.end < len(tokens) and tokens[cue.end].gap == "-"
        if joined_after or (cue.start and tokens[cue.start].gap == "-"):
            continue  # "the Armenian-Azerbaijani border" is nobody
        describes = range(cue.end, min(cue.end + _NEAR, len(tokens)))
        acts = _has_people_beside(cue.start, cue.end, len(tokens), cues, grammar)
        owns = any(cues.covering("territory", index) for index in describes) and not acts
        yield Actor(
            start=cue.start,
            end=cue.end,
            country=cue.value,
            form="people",
            case=None,
            is_owner=owns,
            acts=acts,
        )


def _speakers(
    sentence: Sentence, cues: Cues, grammar: Grammar, names: Sequence[Name]
) -> Iterator[Actor]:
    taken = {index for name in names for index in range(name.start, name.end)}
    for index, token in enumerate(sentence.tokens):
        if not token.is_capitalised or index in taken or cues.covering("demonym", index):
            continue
        country = speaker_country(token.text, grammar.language)
        if country is not None:
            yield Actor(
                start=index,
                end=index + 1,
                country=country,
                form="speaker",
                case=None,
                is_owner=False,
            )
