"""Phrases found in a sentence: word lists compiled so that each word is looked at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bordermap._text import fold
from bordermap.reading.tokens import Token

ANY = "*"
NEUTRAL = "neutral"
DEEDS = frozenset({"held", "control", "held_or_size", "disputed", "exchanged"})
_MAX_KNOWN = 50_000
_BROKEN_BY = frozenset(',;:!?()[]{}"“”«»„…\u0589\u055d')


class Cue(NamedTuple):
    """
    A phrase that says something for the reading.

    Parameters
    ----------
    category
        What it says, such as ``held``.
    value
        Which of the category, such as a unit; empty where there is but one.
    start, end
        Tokens of the sentence that it takes, the end not included.
    """

    category: str
    value: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    following: dict[str, "_Node"] = field(default_factory=dict)
    says: list[tuple[str, str]] = field(default_factory=list)


class Lexicon:
    """
    Word lists of one language, compiled.

    Parameters
    ----------
    phrases
        Category, value and phrase; a word of a phrase that ends in ``*`` stands for all that
        begin so, and ``*`` alone for any word.
    """

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        self._root = _Node()
        self._prefixes: set[str] = set()
        self._words: set[str] = set()
        self._known: dict[str, tuple[str, ...]] = {}
        for category, value, phrase in phrases:
            self._add(category, value, phrase)

    def cues(self, tokens: Sequence[Token]) -> "Cues":
        """Return every phrase of the lists that a sentence has, in order."""
        return Cues([cue for start in range(len(tokens)) for cue in self._at(tokens, start)])

    def _add(self, category: str, value: str, phrase: str) -> None:
        node = self._root
        for word in phrase.split():
            for element in _elements(word):
                node = node.following.setdefault(element, _Node())
                if element != ANY:
                    (self._prefixes if element.endswith(ANY) else self._words).add(element)
        node.says.append((category, value))

    def _at(self, tokens: Sequence[Token], start: int) -> Iterator[Cue]:
        nodes = self._step([self._root], tokens[start])
        end = start + 1
        while nodes:
            for node in nodes:
                for category, value in node.says:
                    yield Cue(category, value, start, end)
            if end == len(tokens) or not _BROKEN_BY.isdisjoint(tokens[end].gap):
                return
            nodes = self._step(nodes, tokens[end])
            end += 1

    def _step(self, nodes: Sequence[_Node], token: Token) -> list[_Node]:
        elements = self._known.get(token.key)
        if elements is None:
            elements = self._elements_of(token.key)
        return [
            node.following[element]
            for node in nodes
            for element in elements
            if element in node.following
        ]

    def _elements_of(self, key: str) -> tuple[str, ...]:
        """Return the elements of phrases that a word fits; remembered, since words repeat."""
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        starts = (key[:length] + ANY for length in range(1, min(len(key), 30) + 1))
        fitting = [start for start in starts if start in self._prefixes]
        exact = [key] if key in self._words else []
        elements = self._known[key] = (*exact, *fitting, ANY)
        return elements


class Cues:
    """
    The phrases of a sentence, by category.

    Parameters
    ----------
    cues
        The phrases, in order of their start.
    """

    def __init__(self, cues: Sequence[Cue]) -> None:
        by_category: dict[str, list[Cue]] = {}
        neutral = [cue for cue in cues if cue.category == NEUTRAL]
        for cue in cues:
            inside = any(n.start <= cue.start and cue.end <= n.end for n in neutral)
            if not inside or cue.category not in DEEDS:
                by_category.setdefault(cue.category, []).append(cue)
        self._by_category: Mapping[str, Sequence[Cue]] = by_category
        self._covering: dict[str, dict[int, Cue]] = {}
        self._ending: dict[str, dict[int, Cue]] = {}

    def of(self, *categories: str) -> list[Cue]:
        """Return the phrases of some categories, in order."""
        found = [cue for category in categories for cue in self._by_category.get(category, ())]
        return sorted(found, key=_order) if len(found) > 1 else found

    def ending(self, category: str, end: int) -> Cue | None:
        """Return the longest phrase of a category that ends before a token."""
        if category not in self._by_category:
            return None
        table = self._ending.get(category)
        if table is None:
            table = self._ending[category] = {}
            for cue in self._by_category[category]:
                table.setdefault(cue.end, cue)  # in order of start: the first is the longest
        return table.get(end)

    def starting(self, category: str, start: int) -> Cue | None:
        """Return the longest phrase of a category that starts at a token."""
        found = [cue for cue in self._by_category.get(category, ()) if cue.start == start]
        return max(found, key=lambda cue: cue.end, default=None)

    def covering(self, category: str, index: int) -> Cue | None:
        """Return a phrase of a category that has a token in it."""
        if category not in self._by_category:
            return None
        table = self._covering.get(category)
        if table is None:
            table = self._covering[category] = {}
            for cue in self._by_category[category]:
                for covered in range(cue.start, cue.end):
                    table.setdefault(covered, cue)
        return table.get(index)


def _order(cue: Cue) -> tuple[int, int]:
    return cue.start, -cue.end


def _elements(word: str) -> list[str]:
    """Return the folded words of a word of a list; a hyphenated one is two."""
    if word == ANY:
        return [ANY]
    parts = fold(word.rstrip(ANY)).split()
    if word.endswith(ANY) and parts:
        parts[-1] += ANY
    return parts
