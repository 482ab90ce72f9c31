"""Features by name, and the linking of names to them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from bordermap._shipped import shipped
from bordermap._text import fold
from bordermap.countries import alpha2
from bordermap.errors import DataError
from bordermap.gazetteer.context import decided
from bordermap.gazetteer.feature import Feature
from bordermap.gazetteer.keys import HINTED_KINDS, fit_of, forms_of, name_keys
from bordermap.gazetteer.link import SCORES, Link, Match, match_order

_TABLES = ("provinces", "places", "countries", "own")

_LIKENESS = 82.0

_SHORTEST_FUZZY = 5

_MOST_MATCHES = 10

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Gazetteer:
    """
    Features by name.

    Parameters
    ----------
    lines
        The features as they stand in the tables; parsed when asked for.
    """

    lines: Sequence[str]
    _parsed: dict[int, Feature] = field(default_factory=dict, repr=False, compare=False)

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
        return cls([line for table in tables for line in table.splitlines()[1:]])

    @cached_property
    def index(self) -> Mapping[str, Sequence[int]]:
        """Numbers of lines by key of a name; made when a name is first looked for."""
        index: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines):
            for key in line[line.rindex("\t") + 1 :].split("|"):
                index.setdefault(key, []).append(number)
        return index

    def named(self, key: str) -> tuple[Feature, ...]:
        """Return the features that have a key of `name_keys`."""
        return tuple(self._feature(number) for number in self.index.get(key, ()))

    def feature(self, feature_id: str) -> Feature | None:
        """Return the feature of an id, or None; the first of several parts of a province."""
        number = self._numbers.get(feature_id)
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
        for form, hint, how in forms_of(name):
            matches = [
                Match(feature=feature, score=SCORES[fit], how=fit)
                for key in name_keys(form)
                for feature in self.named(key)
                if country is None or feature.country == country
                for fit in (how or fit_of(name if hint is None else form, feature.names),)
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

        for form, hint, _ in forms_of(name):
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

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        numbers: dict[str, int] = {}
        for number, line in enumerate(self.lines):
            numbers.setdefault(line[: line.index("\t")], number)
        return numbers

    def _feature(self, number: int) -> Feature:
        feature = self._parsed.get(number)
        if feature is None:
            feature = self._parsed[number] = Feature.parse(self.lines[number])
        return feature


@cache
def _shipped_gazetteer() -> Gazetteer:
    try:
        tables = [shipped("gazetteer", f"{name}.tsv").read_text("utf-8") for name in _TABLES]
    except OSError as error:
        raise DataError(f"the gazetteer is incomplete: {error}; run make data") from error
    return Gazetteer.from_tables(tables)
