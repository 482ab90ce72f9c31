"""A language compiled for reading: its lexicon, its numbers, and which sentences are its own."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bordermap._text import fold
from bordermap.languages import Language, languages
from bordermap.reading.lexicon import Lexicon
from bordermap.reading.tokens import Sentence

_COMMON_WEIGHT = 2
_FIRST_TENS = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grammar:
    """
    One language, ready for reading.

    Parameters
    ----------
    language
        Its word lists.
    lexicon
        Those lists, compiled.
    number_words
        Value of each folded number word.
    scales
        Value of each folded word for a hundred, a thousand and so on.
    joiners, suffixes
        Folded words that join number words, and that hang on digits.
    fillers, per
        Folded words between a hedge and its number, and words before a number that make it a
        rate.
    postpositions
        Folded hedges that mean "near" after the name of a place.
    decimal, group
        Signs that set off decimals and thousands.
    """

    language: Language
    lexicon: Lexicon
    number_words: Mapping[str, float]
    scales: Mapping[str, float]
    joiners: frozenset[str]
    suffixes: frozenset[str]
    fillers: frozenset[str]
    per: frozenset[str]
    postpositions: frozenset[str]
    decimal: str
    group: str

    @classmethod
    def of(cls, language: Language) -> "Grammar":
        """Return the grammar of a language."""
        numbers = language.tables["numbers"]
        return cls(
            language=language,
            lexicon=Lexicon(_phrases(language)),
            number_words={fold(word): float(value) for word, value in numbers["words"].items()},
            scales={fold(word): float(value) for word, value in numbers["scales"].items()},
            joiners=_folded(numbers["joiners"]),
            suffixes=_folded(numbers["suffixes"]),
            fillers=_folded(numbers["fillers"]),
            per=_folded(numbers["per"]),
            postpositions=_folded(language.tables["hedges"]["postpositions"]),
            decimal=numbers["decimal"],
            group=numbers["group"],
        )

    def number_word(self, key: str) -> float | None:
        """Return the value of a folded number word, inflected or joined or not."""
        found = self.number_words.get(key)
        if found is not None:
            return found
        if self.language.tables["numbers"]["joined"]:
            for stem in self.language.stems(key):
                bare = self.number_words.get(stem.text)
                if bare is not None:
                    return bare
            return self._joined_word(key)
        return None

    def is_inflected_number(self, key: str) -> bool:
        """Return whether a folded word is a number word with a case ending."""
        return key not in self.number_words and any(
            stem.text in self.number_words for stem in self.language.stems(key)
        )

    def _joined_word(self, key: str) -> float | None:
        for tens, value in self.number_words.items():
            if value >= _FIRST_TENS and key.startswith(tens):
                unit = self.number_words.get(key[len(tens) :])
                if unit is not None and unit < _FIRST_TENS / 2:
                    return value + unit
        return self._and_a_half(key)

    def _and_a_half(self, key: str) -> float | None:
        """Return the value of a number joined to a fraction: չորսուկես is 4.5."""
        for joiner in self.joiners:
            for half, fraction in self.number_words.items():
                if 0 < fraction < 1 and key.endswith(joiner + half):
                    whole = self.number_words.get(key.removesuffix(joiner + half))
                    return None if whole is None else whole + fraction
        return None


@cache
def grammars() -> tuple[Grammar, ...]:
    """Return the grammar of each language there is a file of."""
    return tuple(Grammar.of(language) for language in languages())


@cache
def abbreviations() -> frozenset[str]:
    """Return the folded abbreviations of all languages."""
    return frozenset(
        fold(word) for language in languages() for word in language.words("abbreviations")
    )


def grammar_of(sentence: Sentence, *, fallback: Grammar | None = None) -> Grammar:
    """
    Return the grammar of the language that a sentence is most likely in.

    Parameters
    ----------
    sentence
        The sentence.
    fallback
        What to take between languages of one script that it does not tell apart.
    """
    script = _script(sentence)
    rivals = [grammar for grammar in grammars() if grammar.language.script == script]
    if len(rivals) == 1:
        return rivals[0]
    rivals = rivals or list(grammars())
    scores = [_likeness(sentence, grammar.language) for grammar in rivals]
    best = max(scores)
    if fallback in rivals and scores[rivals.index(fallback)] >= best:
        return fallback
    leading = [grammar for grammar, score in zip(rivals, scores, strict=True) if score == best]
    # English is what an undecided Latin line most often is
    return next((g for g in leading if g.language.code == "en"), leading[0])


def _script(sentence: Sentence) -> str:
    counts = Counter(script_of(token.text[0]) for token in sentence.tokens if not token.is_number)
    return counts.most_common(1)[0][0] if counts else ""


@cache
def script_of(letter: str) -> str:
    """Return the script of a letter, as languages name theirs."""
    return unicodedata.name(letter, "").split(" ")[0].capitalize()


def _likeness(sentence: Sentence, language: Language) -> int:
    common = sum(token.key in language.common for token in sentence.tokens)
    own = sum(
        not language.letters.isdisjoint(token.text.lower())
        for token in sentence.tokens
        if not token.is_number
    )
    return _COMMON_WEIGHT * common + own


def _folded(words: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _phrases(language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield category, value and phrase of every word list of a language."""
    tables = language.tables
    for category, table in (
        ("unit", tables["units"]),
        ("hedge_before", tables["hedges"]["before"]),
        ("hedge_after", tables["hedges"]["after"]),
        ("hedge_within", tables["hedges"]["within"]),
        ("kind", tables["places"]["kinds"]),
        ("demonym", tables["demonyms"]),
    ):
        yield from ((category, value, phrase) for value in table for phrase in table[value])
    for category, phrases in _lists(tables):
        yield from ((category, "", phrase) for phrase in phrases)
    for phrase, number in tables["dates"]["months"].items():
        yield "month", str(number), phrase


def _lists(tables: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the word lists whose category is all they say."""
    yield from tables["cues"].items()
    yield from tables["roles"].items()
    yield from ((f"range_{name}", phrases) for name, phrases in tables["ranges"].items())
    yield from ((name, tables["places"][name]) for name in ("event", "before_preposition"))
    dates = ("since", "year_before", "year_after", "decade")
    yield from ((name, tables["dates"][name]) for name in dates)
    yield "equivalent", tables["equivalents"]["words"]
