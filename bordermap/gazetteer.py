"""
The gazetteer: names of provinces, places and countries, and the linking of names to them.

A name is found as it is written, then with case, marks and apostrophes put aside, then across
scripts and transliterations, then without a case ending, and last by likeness. What several
features bear equally well stays ambiguous unless the country or the context decides.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from bordermap._shipped import shipped
from bordermap._text import fold, sound
from bordermap.countries import alpha2
from bordermap.errors import DataError
from bordermap.languages import languages

How = Literal["exact", "folded", "transliterated", "inflected", "fuzzy"]

COLUMNS = ("id", "kind", "country", "province", "lon", "lat", "population", "names", "keys")
"""Columns of a table of the gazetteer, separated by tabs; names and keys by ``|``."""

SCORES: Mapping[How, float] = {
    "exact": 1.0,
    "folded": 0.98,
    "transliterated": 0.95,
    "inflected": 0.93,
    "fuzzy": 0.9,
}
"""Score of a match of each sort; of a fuzzy one the most, scaled by likeness."""

CLEARLY = 0.05
"""How far a match must stand above the next to be the one meant."""

_TABLES = ("provinces", "places", "countries", "own")
_RANKS = {
    "country": 0,
    "province": 1,
    "district": 1,
    "region": 2,
    "capital": 2,
    "town": 3,
    "lake": 3,
}
_LAST_RANK = 4
_SETTLEMENTS = frozenset({"capital", "town", "village"})
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

_MUCH_LARGER = 10
_LIKENESS = 82.0
_SHORTEST_FUZZY = 5
_MOST_MATCHES = 10
_LONGEST_NAME = 200
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """
    Something that has a place on the ground and names.

    Parameters
    ----------
    feature_id
        ISO 3166-2 code of a province, alpha-2 code of a country,
        ``geonames:`` or ``place:`` and a key of others.
    name
        Name to show.
    kind
        ``country``, ``province``, ``district``, ``region``, ``capital``, ``town``, ``village``,
        ``lake`` or ``peak``.
    country
        ISO 3166-1 alpha-2 code.
    province
        ISO 3166-2 code of the province it lies in; empty where none is given.
    point
        Longitude, latitude [degrees, WGS 84]; None for countries.
    population
        Inhabitants; 0 where unknown.
    names
        All names, in any language.
    """

    feature_id: str
    name: str
    kind: str
    country: str
    province: str
    point: tuple[float, float] | None
    population: int
    names: tuple[str, ...]

    @classmethod
    def parse(cls, line: str) -> "Feature":
        """Return the feature in a line of a table."""
        id_, kind, country, province, lon, lat, population, names, _ = line.split("\t")
        named = tuple(names.split("|"))
        return cls(
            feature_id=id_,
            name=named[0],
            kind=kind,
            country=country,
            province=province,
            point=(float(lon), float(lat)) if lon else None,
            population=int(population),
            names=named,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    A feature that a name may mean.

    Parameters
    ----------
    feature
        The feature.
    score
        How well the name fits, 0 to 1.
    how
        In which way it fits.
    """

    feature: Feature
    score: float
    how: How

    def to_json(self) -> dict[str, Any]:
        """Return the match under the names of the command line's contract."""
        return {
            "feature_id": self.feature.feature_id,
            "name": self.feature.name,
            "kind": self.feature.kind,
            "country": self.feature.country,
            "province": self.feature.province or None,
            "point": None if self.feature.point is None else list(self.feature.point),
            "score": round(self.score, 3),
            "how": self.how,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """
    What a name may mean.

    Parameters
    ----------
    text
        The name as it was given.
    matches
        Features, best first; empty if none fits.
    ambiguous
        Whether no match stands clearly above the next.
    reason
        What decided between equal matches; empty if nothing had to.
    """

    text: str
    matches: tuple[Match, ...]
    ambiguous: bool
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the link under the names of the command line's contract."""
        return {
            "text": self.text,
            "matches": [match.to_json() for match in self.matches],
            "ambiguous": self.ambiguous,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """
    Features by name.

    Parameters
    ----------
    lines
        The features as they stand in the tables; parsed when asked for.
    index
        Numbers of lines by key of a name.
    """

    lines: Sequence[str]
    index: Mapping[str, Sequence[int]]
    _parsed: dict[int, Feature] = field(default_factory=dict, repr=False, compare=False)
    _by_id: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls) -> "Gazetteer":
        """
        Return the shipped gazetteer, read once.

        Raises
        ------
        DataError
            If a table is missing.
        """
        return _shipped_gazetteer()

    @classmethod
    def from_tables(cls, tables: Iterable[str]) -> "Gazetteer":
        """Return the gazetteer of some tables, each the text of a file."""
        lines: list[str] = []
        index: dict[str, list[int]] = {}
        for table in tables:
            for line in table.splitlines()[1:]:
                for key in line[line.rindex("\t") + 1 :].split("|"):
                    index.setdefault(key, []).append(len(lines))
                lines.append(line)
        return cls(lines, index)

    def named(self, key: str) -> tuple[Feature, ...]:
        """Return the features that have a key of `name_keys`."""
        return tuple(self._feature(number) for number in self.index.get(key, ()))

    def feature(self, feature_id: str) -> Feature | None:
        """Return the feature of an id, or None; the first of several parts of a province."""
        number = self._numbers().get(feature_id)
        return None if number is None else self._feature(number)

    def of_kinds(self, kinds: Collection[str]) -> Iterator[Feature]:
        """Yield the features of some kinds, in the order of the tables."""
        for number, line in enumerate(self.lines):
            if line.split("\t", 2)[1] in kinds:
                yield self._feature(number)

    def link(
        self,
        names: Iterable[str],
        *,
        country: str | None = None,
        context: Collection[str] = (),
    ) -> tuple[Link, ...]:
        """
        Return what each name may mean.

        Parameters
        ----------
        names
            Names in any of the languages, inflected or not, with or without the word for their
            kind ("Syunik Province").
        country
            ISO 3166-1 alpha-2 or alpha-3 code; only its features are looked at.
        context
            Countries (alpha-2) and provinces (ISO 3166-2) spoken of; they decide between
            features of one name, and their neighbours do where they cannot.

        Raises
        ------
        PlaceNotFoundError
            If there is no such country.

        Examples
        --------
        >>> import bordermap as bm
        >>> (found,) = bm.Gazetteer.load().link(["Վայոց Ձոր"], country="AM")
        >>> found.matches[0].feature.feature_id, found.ambiguous
        ('AM-VD', False)
        """
        within = None if country is None else alpha2(country)
        return tuple(self._link(name, within, context) for name in names)

    def _link(self, name: str, country: str | None, context: Collection[str]) -> Link:
        found = self._candidates(name[:_LONGEST_NAME], country)
        best: dict[str, Match] = {}
        for match in sorted(found, key=match_order):
            best.setdefault(match.feature.feature_id, match)
        return decided(Link(text=name, matches=tuple(best.values()), ambiguous=False), context)

    def _candidates(self, name: str, country: str | None) -> list[Match]:
        """Return what the first way of looking that finds anything finds."""
        for form, hint, how in _forms(name):
            matches = [
                Match(feature=feature, score=SCORES[fit], how=fit)
                for key in name_keys(form)
                for feature in self.named(key)
                if country is None or feature.country == country
                for fit in (how or _fit(name if hint is None else form, feature.names),)
            ]
            hinted = [
                match
                for match in matches
                if hint is None or match.feature.kind in HINTED_KINDS[hint]
            ]
            if hinted or (matches and hint is None):
                return hinted
        return list(self._alike(name, country))

    def _alike(self, name: str, country: str | None) -> Iterator[Match]:
        """Yield features whose names are like one, but not it."""
        from rapidfuzz import fuzz, process

        for form, hint, _ in _forms(name):
            (key, *_) = sorted(name_keys(form), key=len) or [""]
            if len(key) < _SHORTEST_FUZZY:
                continue
            near = process.extract(
                key,
                list(self.index),
                scorer=fuzz.ratio,
                score_cutoff=_LIKENESS,
                limit=_MOST_MATCHES,
            )
            for feature in (feature for other, *_ in near for feature in self.named(other)):
                if hint is not None and feature.kind not in HINTED_KINDS[hint]:
                    continue
                # keys are short, so they are alike too easily; the names must be as well
                likeness = max(fuzz.ratio(fold(form), fold(other)) for other in feature.names)
                if likeness >= _LIKENESS and country in {None, feature.country}:
                    score = SCORES["fuzzy"] * likeness / 100
                    yield Match(feature=feature, score=score, how="fuzzy")

    def _numbers(self) -> Mapping[str, int]:
        if not self._by_id:
            for number, line in enumerate(self.lines):
                self._by_id.setdefault(line[: line.index("\t")], number)
        return self._by_id

    def _feature(self, number: int) -> Feature:
        feature = self._parsed.get(number)
        if feature is None:
            feature = self._parsed[number] = Feature.parse(self.lines[number])
        return feature


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


def _forms(name: str) -> Iterator[tuple[str, str | None, How | None]]:
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


def _fit(name: str, names: Sequence[str]) -> How:
    if name in names:
        return "exact"
    folded = fold(name)
    return "folded" if any(folded == fold(other) for other in names) else "transliterated"


def match_order(match: Match) -> tuple[float, int, int, str]:
    """Return by what matches are ordered: score, kind, inhabitants."""
    feature = match.feature
    rank = _RANKS.get(feature.kind, _LAST_RANK)
    return -match.score, rank, -feature.population, feature.feature_id


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
def _shipped_gazetteer() -> Gazetteer:
    try:
        tables = [shipped("gazetteer", f"{name}.tsv").read_text("utf-8") for name in _TABLES]
    except OSError as error:
        raise DataError(f"the gazetteer is incomplete: {error}; run make data") from error
    return Gazetteer.from_tables(tables)


@cache
def _neighbours() -> dict[str, frozenset[str]]:
    lines = shipped("gazetteer", "neighbours.tsv").read_text("utf-8").splitlines()[1:]
    cells = (line.split("\t") for line in lines)
    return {country: frozenset(near.split()) for country, near in cells}
