"""Names in a sentence: what the gazetteer knows of them, and who speaks for which country."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from bordermap._shipped import shipped
from bordermap._text import fold, sound
from bordermap.gazetteer import (
    HINTED_KINDS,
    SCORES,
    Feature,
    Gazetteer,
    How,
    Match,
    joined,
    neighbours,
)
from bordermap.languages import Case, Language
from bordermap.reading.grammar import Grammar
from bordermap.reading.lexicon import Cues
from bordermap.reading.tokens import Sentence, Token

MOST_WORDS = 4
"""Words of the longest name looked for."""

_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_JOINS = _HYPHENS | {"", "."}
_PREFIX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """
    What words may name.

    Parameters
    ----------
    matches
        Features that bear the name.
    near
        Those in the countries that the text speaks of, or else in their neighbours.
    nation
        The country it names, an alpha-2 code; None if it names none.
    capital
        The country whose capital it names; None if it names none.
    case
        What the ending says of the name's part in the sentence; None for none.
    """

    matches: tuple[Match, ...]
    near: tuple[Match, ...]
    nation: str | None
    capital: str | None
    case: Case | None

    @classmethod
    def of(
        cls, matches: tuple[Match, ...], countries: Collection[str], *, case: Case | None
    ) -> "Meaning":
        """Return the meaning of a name in a text that speaks of some countries."""
        nations = tuple(match for match in matches if match.feature.kind == "country")
        chosen = within(nations, countries) or nations
        near = within(matches, countries)
        return cls(
            matches=matches,
            near=near,
            nation=chosen[0].feature.country if chosen else None,
            capital=_capital_country(near or matches),
            case=case,
        )


_NOTHING = Meaning(matches=(), near=(), nation=None, capital=None, case=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """
    A name that the gazetteer knows, in a sentence.

    Parameters
    ----------
    start, end
        Tokens of the sentence it takes, the end not included.
    meaning
        What it may name.
    is_possessive
        Whether 's follows.
    """

    start: int
    end: int
    meaning: Meaning
    is_possessive: bool


@dataclass(slots=True)
class Names:
    """
    Finds names, remembering the words it has seen: articles repeat themselves.

    Parameters
    ----------
    gazetteer
        Where to look.
    countries
        Countries that the text speaks of; they settle what a name means.
    """

    gazetteer: Gazetteer
    countries: frozenset[str] = frozenset()
    _found: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    _sounds: dict[str, tuple[str, str]] = field(default_factory=dict)
    _countries: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def of(self, sentence: Sentence, cues: Cues, grammar: Grammar) -> list[Name]:
        """Return the names of a sentence, the longest where several begin at one word."""
        tokens = sentence.tokens
        found: list[Name] = []
        index = 0
        while index < len(tokens):
            name = self._at(tokens, index, cues, grammar) if tokens[index].is_capitalised else None
            if name is not None:
                found.append(name)
            index = index + 1 if name is None else name.end
        return found

    def country_of(self, token: Token, grammar: Grammar) -> str | None:
        """Return the country that a word names as a whole, or whose people or capital it does."""
        memo = (grammar.language.code, token.text)
        if memo not in self._countries:
            self._countries[memo] = self._country_of(token, grammar)
        return self._countries[memo]

    def _country_of(self, token: Token, grammar: Grammar) -> str | None:
        people = _demonym(token.key, grammar.language)
        if people is not None:
            return people
        if not token.is_capitalised or self._sound(token.text)[0][:_PREFIX] not in _beginnings():
            return None
        matches = self._meaning((token.text,), grammar.language).matches
        countries = {m.feature.country for m in matches if m.feature.kind in {"country", "capital"}}
        return countries.pop() if len(countries) == 1 else None

    def _at(self, tokens: Sequence[Token], start: int, cues: Cues, grammar: Grammar) -> Name | None:
        most = 1
        while most < MOST_WORDS and start + most < len(tokens):
            token = tokens[start + most]
            if token.gap not in _JOINS or token.is_number or tokens[start + most - 1].is_possessive:
                break
            most += 1
        for length in range(most, 0, -1):
            words = tuple(token.text for token in tokens[start : start + length])
            meaning = self._meaning(words, grammar.language)
            end = start + length
            is_name = length > 1 or _is_alone(tokens, start, cues, grammar)
            if meaning.matches and (is_name or _is_no_people(meaning, start, cues)):
                possessive = tokens[end - 1].is_possessive
                return Name(start=start, end=end, meaning=meaning, is_possessive=possessive)
        return None

    def _meaning(self, words: tuple[str, ...], language: Language) -> Meaning:
        memo = (language.code, *words)
        found = self._found.get(memo)
        if found is None:
            found = self._found[memo] = self._looked_up(words, language)
        return found

    def _looked_up(self, words: tuple[str, ...], language: Language) -> Meaning:
        *first, last = words
        marked = "".join(self._sound(word)[0] for word in first)
        folded = "".join(self._sound(word)[1] for word in first)
        name = " ".join(words)
        exact = self._under(marked, folded, last)
        if exact:
            matches = tuple(_match(feature, name) for feature in exact)
            return Meaning.of(matches, self.countries, case=None)
        found: list[tuple[bool, Meaning]] = []
        for stem in language.stems(last):
            features = self._under(marked, folded, stem.text)
            if features:
                matches = tuple(_inflected(feature) for feature in features)
                meaning = Meaning.of(matches, self.countries, case=stem.case)
                found.append((_is_spelt(features, " ".join([*first, stem.text])), meaning))
        # "Թուրքիան" is Թուրքիա with an article, though Թուրքի sounds like "Türki"
        return next((m for spelt, m in found if spelt), found[0][1] if found else _NOTHING)

    def _under(self, marked: str, folded: str, last: str) -> list[Feature]:
        ends = self._sound(last)
        keys = dict.fromkeys((joined(marked + ends[0]), joined(folded + ends[1])))
        return list(dict.fromkeys(f for key in keys for f in self.gazetteer.named(key)))

    def _sound(self, word: str) -> tuple[str, str]:
        """Return the keys of a word, with its marks and without."""
        keys = self._sounds.get(word)
        if keys is None:
            keys = (sound(word).replace(" ", ""), sound(fold(word)).replace(" ", ""))
            self._sounds[word] = keys
        return keys


def within(matches: Iterable[Match], countries: Collection[str]) -> tuple[Match, ...]:
    """
    Return the matches in countries spoken of, or else in their neighbours.

    Parameters
    ----------
    matches
        Features that bear a name.
    countries
        Alpha-2 codes of the countries that the text names; none lets every match pass.
    """
    found = tuple(matches)
    if not countries:
        return found
    here = tuple(match for match in found if match.feature.country in countries)
    if here:
        return here
    near = {other for country in countries for other in neighbours(country)}
    return tuple(match for match in found if match.feature.country in near)


def _capital_country(matches: Iterable[Match]) -> str | None:
    """Return the country whose capital a name is, or None."""
    for match in matches:
        if match.feature.kind == "capital" or match.feature.feature_id in _capital_provinces():
            return match.feature.country
    return None


def _demonym(key: str, language: Language) -> str | None:
    """Return the country whose people or adjective a folded word is, or None."""
    words, beginnings, shortest = _demonyms(language)
    found = words.get(key)
    for length in range(len(key), shortest - 1, -1) if found is None else ():
        found = beginnings.get(key[:length])
        if found is not None:
            break
    return found


@cache
def _demonyms(language: Language) -> tuple[dict[str, str], dict[str, str], int]:
    """Return the one-word demonyms, whole and as beginnings, and the length of the shortest."""
    words: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for country, patterns in language.tables["demonyms"].items():
        for pattern in patterns:
            if " " not in pattern:
                table = beginnings if pattern.endswith("*") else words
                table[fold(pattern.rstrip("*"))] = country
    return words, beginnings, min(map(len, beginnings), default=1)


@cache
def speakers() -> dict[str, str]:
    """Return the country that a folded surname speaks for."""
    document = tomllib.loads(shipped("gazetteer", "speakers.toml").read_text("utf-8"))
    return {fold(n): entry["country"] for entry in document["speaker"] for n in entry["names"]}


def speaker_country(word: str, language: Language) -> str | None:
    """Return the country that a surname speaks for, inflected or not, or None."""
    known = speakers()
    for form in _forms(word, language):
        if form in known:
            return known[form]
    return None


def _forms(word: str, language: Language) -> Iterator[str]:
    yield fold(word)
    for stem in language.stems(word):
        yield fold(stem.text)


def _match(feature: Feature, name: str) -> Match:
    how: How = "transliterated"
    if name in feature.names:
        how = "exact"
    elif fold(name) in {fold(other) for other in feature.names}:
        how = "folded"
    return Match(feature=feature, score=SCORES[how], how=how)


def _inflected(feature: Feature) -> Match:
    return Match(feature=feature, score=SCORES["inflected"], how="inflected")


def _is_spelt(features: Iterable[Feature], name: str) -> bool:
    """Return whether a feature is spelt as a name is, and does not just sound like it."""
    return any(fold(name) == fold(other) for feature in features for other in feature.names)


def _is_alone(tokens: Sequence[Token], index: int, cues: Cues, grammar: Grammar) -> bool:
    """Return whether one word is a name as it stands, and no beginning of another."""
    if _is_a_word(tokens[index], index, cues, grammar):
        return False
    # "Al-Fashaga" is not in Alabama
    glued = index + 1 < len(tokens) and tokens[index + 1].gap in _HYPHENS
    return not glued or len(tokens[index].text) > _PREFIX


def _is_no_people(meaning: Meaning, index: int, cues: Cues) -> bool:
    """Return whether a word like a people's names a country, or a district: Казахский район."""
    if cues.covering("demonym", index) is None:
        return False
    kind = cues.starting("kind", index + 1)
    kinds = {match.feature.kind for match in meaning.matches}
    return meaning.nation is not None or (
        kind is not None and not HINTED_KINDS[kind.value].isdisjoint(kinds)
    )


def _is_a_word(token: Token, index: int, cues: Cues, grammar: Grammar) -> bool:
    """Return whether a capitalised word is one of the language before it is a name."""
    if token.key in grammar.language.common:
        return True
    told = ("demonym", "month", "title", "government", "saying", "attributed_before")
    return any(cues.covering(category, index) is not None for category in told)


@cache
def _capital_provinces() -> frozenset[str]:
    gazetteer = Gazetteer.load()
    capitals = [Feature.parse(line) for line in gazetteer.lines if "\tcapital\t" in line]
    return frozenset(
        province.feature_id
        for capital in capitals
        for province in gazetteer.named(joined(sound(capital.name)))
        if province.feature_id == capital.province
    )


@cache
def _beginnings() -> frozenset[str]:
    """Return how the keys of countries and capitals begin, to pass other words by."""
    lines = Gazetteer.load().lines
    keys = [
        key
        for line in lines
        if "\tcountry\t" in line or "\tcapital\t" in line
        for key in line[line.rindex("\t") + 1 :].split("|")
    ]
    return frozenset(key[:_PREFIX] for key in keys)
