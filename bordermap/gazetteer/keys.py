"""What a name is found by: keys, and forms without a word for a kind or a case ending."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bordermap._text import fold, sound
from bordermap.gazetteer.link import How
from bordermap.languages import languages

HINTED_KINDS: Mapping[str, frozenset[str]] = {
    "province": frozenset({"province", "district", "region"}),
    "district": frozenset({"district", "province"}),
    "town": frozenset({"town", "capital", "village"}),
    "village": frozenset({"village", "town"}),
    "lake": frozenset({"lake"}),
    "peak": frozenset({"peak"}),
    "country": frozenset({"country"}),
}
"""Kinds of feature that a word for a kind may mean."""

_TWICE = re.compile(r"(.)\1+")


def name_keys(name: str) -> frozenset[str]:
    """
    Return the keys under which the gazetteer knows a name.

    Examples
    --------
    >>> sorted(name_keys("Vayots Dzor")), name_keys("Вайоцдзор") == name_keys("Вайоц-Дзор")
    (['vaiocor'], True)
    """
    return frozenset({joined(sound(name)), joined(sound(fold(name)))} - {""})


def joined(key: str) -> str:
    """Return a `sound` key without its spaces, doubled letters counting once."""
    return _TWICE.sub(r"\1", key.replace(" ", ""))


def forms_of(name: str) -> Iterator[tuple[str, str | None, How | None]]:
    """Yield forms to look for, with the kind that a word told and the way they would fit."""
    yield name, None, None
    bare, kind = _without_kind(name)
    if kind is not None:
        yield bare, kind, None
    for hint, form in ((kind, bare), (None, name)):
        *first, last = form.split() or [""]
        for language in languages():
            for stem in language.stems(last):
                yield " ".join([*first, stem.text]), hint, "inflected"


def _without_kind(name: str) -> tuple[str, str | None]:
    words = name.split()
    if len(words) > 1:
        for place, rest in ((-1, words[:-1]), (0, words[1:])):
            folded = fold(words[place])
            for language in languages():
                kind = language.kind_of(folded)
                if kind is not None:
                    plain = rest[1:] if len(rest) > 1 and fold(rest[0]) == "of" else rest
                    return " ".join(plain), kind
    return name, None


def fit_of(name: str, names: Sequence[str]) -> How:
    """Return in which way a name fits one of a feature's, given that a key of it does."""
    if name in names:
        return "exact"
    folded = fold(name)
    return "folded" if any(folded == fold(other) for other in names) else "transliterated"
