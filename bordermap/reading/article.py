"""The reading of an article: from text to draft claims."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from bordermap._text import fold
from bordermap.errors import ReadingError
from bordermap.gazetteer import Gazetteer
from bordermap.reading.actors import Actor, Parsed, actors_of, phrase_around
from bordermap.reading.dates import dates_of, since_of
from bordermap.reading.drafts import DraftClaim, DraftFigure, DraftParty, DraftPlace, Span
from bordermap.reading.figures import Figure, figures_of, grouped
from bordermap.reading.grammar import Grammar, abbreviations, grammar_of, grammars, script_of
from bordermap.reading.holding import holder_of, owner_of
from bordermap.reading.kinds import Verdict, verdict_before, verdict_of
from bordermap.reading.names import Names, speaker_country
from bordermap.reading.party import Party
from bordermap.reading.places import Place, places_of, settlement_ends, shared_out
from bordermap.reading.saying import asserter_of
from bordermap.reading.tokens import Sentence, Token, sentences

MAX_CHARACTERS = 20_000_000
"""Longest text that is read [code points]."""

_SAMPLE = 60
_SHARE = 0.1  # of the sample; below it a language is a quotation's or a misread line's
_BACK = 2
_KEPT = 16  # sentences around the one that is read; the rest would only fill memory
_MOST_MENTIONS = 12


def read_article(text: str) -> tuple[DraftClaim, ...]:
    """
    Return the statements of an affected territory's area in an article, in order.

    Parameters
    ----------
    text
        The article, in any of the languages there is a file of. Offsets of the drafts count
        code points into it.

    Raises
    ------
    ReadingError
        If the text is too long.

    Notes
    -----
    A number with a unit of area is a claim where a word for holding, disputing or exchanging
    land stands nearer to it than one for parks, harvests or buildings, or where it is said to be
    a part of a party's territory. The work grows linearly with the text: each sentence is looked
    at once, and one of more than 120 words is cut.

    Examples
    --------
    >>> (draft,) = read_article("Yerevan says Azerbaijan has occupied some 150 km² in Syunik.")
    >>> draft.figure.span.text, draft.figure.qualifier, draft.kind
    ('150 km²', 'some', 'held')
    >>> draft.places[0].feature_id, draft.asserted_by.country, draft.about.country
    ('AM-SU', 'AM', 'AZ')
    """
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(
            f"the text has {len(text):,} characters, more than {MAX_CHARACTERS:,}; cut it"
        )
    return tuple(_Reader(text).drafts())


class _Reader:
    """One reading of one text; what it remembers is about this text alone."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = list(sentences(text, abbreviations=abbreviations()))
        self._names = Names(Gazetteer.load())
        self._parsed: dict[int, Parsed] = {}
        self._grammars = self._grammars_spoken()
        self._default = next(iter(self._grammars), None)
        self._countries: frozenset[str] = frozenset()
        self._mentions: dict[str, list[int]] = {}
        self._people: dict[str, str | None] = {}

    def drafts(self) -> Iterator[DraftClaim]:
        """Yield the claims of the text."""
        with_units = [i for i, sentence in enumerate(self._sentences) if _has_unit(sentence)]
        if not with_units:
            return
        self._countries = self._countries_spoken_of()
        self._names = Names(Gazetteer.load(), self._countries)
        last: tuple[int, Verdict] | None = None
        for index in with_units:
            parsed = self._parse(index)
            near_places = settlement_ends(parsed)
            figures = figures_of(parsed.sentence, parsed.cues, parsed.grammar, places=near_places)
            groups = grouped(figures, parsed.sentence, parsed.cues)
            claims: list[tuple[Figure, list[Figure], Verdict]] = []
            for figure, conversions in groups:
                near = last is not None and self._is_near(last[0], index)
                after = last[1] if last and near else self._verdict_before(index)
                verdict = verdict_of(parsed, figure, after=after)
                if verdict is not None:
                    claims.append((figure, conversions, verdict))
                    last = (index, verdict)
            yield from self._sentence_drafts(index, claims)

    def _sentence_drafts(
        self, index: int, claims: Sequence[tuple[Figure, list[Figure], Verdict]]
    ) -> Iterator[DraftClaim]:
        if not claims:
            return
        parsed = self._parse(index)
        places = places_of(parsed, self._countries)
        shares = shared_out(places, [figure for figure, *_ in claims], parsed)
        for (figure, conversions, verdict), share in zip(claims, shares, strict=True):
            asserter = asserter_of(parsed, figure)
            yield DraftClaim(
                figure=self._figure(parsed, figure),
                equivalents=tuple(self._figure(parsed, other) for other in conversions),
                places=tuple(self._place(parsed, place) for place in share),
                asserted_by=self._asserter(index, asserter),
                about=self._party(parsed, holder_of(parsed, figure, verdict.deed, asserter)),
                owner=self._party(parsed, owner_of(parsed, figure, verdict.deed)),
                dates=tuple(dates_of(parsed.sentence, parsed.cues)),
                since=since_of(parsed.sentence, parsed.cues),
                kind=verdict.kind,
                language=parsed.grammar.language.code,
                sentence=self._span(parsed, 0, len(parsed.tokens)),
            )

    # Sentences

    def _parse(self, index: int) -> Parsed:
        parsed = self._parsed.get(index)
        if parsed is None:
            if len(self._parsed) >= _KEPT:
                self._parsed.clear()
            sentence = self._sentences[index]
            grammar = grammar_of(sentence, fallback=self._default)
            cues = grammar.lexicon.cues(sentence.tokens)
            names = self._names.of(sentence, cues, grammar)
            actors = actors_of(sentence, cues, grammar, names)
            parsed = self._parsed[index] = Parsed(
                sentence=sentence,
                cues=cues,
                grammar=grammar,
                names=names,
                actors=actors,
                clause_ends=sentence.clause_ends(),
            )
        return parsed

    def _grammars_spoken(self) -> list[Grammar]:
        """Return the grammars of a sample of the sentences, the most frequent first."""
        sample = self._sentences[:: max(1, len(self._sentences) // _SAMPLE)]
        counts = Counter(grammar_of(sentence).language.code for sentence in sample)
        by_code = {grammar.language.code: grammar for grammar in grammars()}
        enough = len(sample) * _SHARE
        return [by_code[code] for code, count in counts.most_common() if count >= enough]

    def _is_near(self, before: int, index: int) -> bool:
        same = self._sentences[before].paragraph == self._sentences[index].paragraph
        return index - before <= _BACK and same

    def _verdict_before(self, index: int) -> Verdict | None:
        for position in range(index - 1, max(-1, index - 1 - _BACK), -1):
            if self._is_near(position, index):
                verdict = verdict_before(self._parse(position))
                if verdict is not None:
                    return verdict
        return None

    def _countries_spoken_of(self) -> frozenset[str]:
        seen: dict[str, Token] = {}
        for sentence in self._sentences:
            for token in sentence.tokens:
                seen.setdefault(token.text, token)
        found = (
            self._names.country_of(token, grammar)
            for token in seen.values()
            if not token.is_number
            for grammar in self._grammars
            if grammar.language.script == script_of(token.text[0])
        )
        return frozenset(country for country in found if country is not None)

    # Parties

    def _asserter(self, index: int, party: Party) -> DraftParty:
        """Return who asserts: in the sentence, or the speaker of the words around it."""
        here = self._sentences[index].paragraph
        around = [index, *(index - step for step in range(1, _BACK + 1)), index + 1]
        for position in around:
            if not 0 <= position < len(self._sentences):
                continue
            if self._sentences[position].paragraph != here:
                continue
            parsed = self._parse(position)
            speaker = party if position == index else asserter_of(parsed, None)
            if speaker.is_named and not _is_pronoun(parsed, speaker):
                return self._party(parsed, speaker)
        return DraftParty()

    def _party(self, parsed: Parsed, party: Party) -> DraftParty:
        if party.start is None or party.end is None:
            return DraftParty()
        country = party.country or self._country_of_person(parsed, party)
        return DraftParty(span=self._span(parsed, party.start, party.end), country=country)

    def _country_of_person(self, parsed: Parsed, party: Party) -> str | None:
        """Return the country that a named person is said to be of, anywhere in the text."""
        assert party.end is not None  # noqa: S101  (a named party has both ends)
        surname = parsed.tokens[party.end - 1]
        language = parsed.grammar.language
        known = speaker_country(surname.text, language)
        if known is not None or not surname.is_capitalised:
            return known
        if surname.key not in self._people:
            stems = {surname.key, *(fold(stem.text) for stem in language.stems(surname.text))}
            told = (_country_beside(self._parse(at), stems) for at in self._mentions_of(stems))
            self._people[surname.key] = next((country for country in told if country), None)
        return self._people[surname.key]

    def _mentions_of(self, stems: set[str]) -> list[int]:
        if not self._mentions:
            for position, sentence in enumerate(self._sentences):
                for token in sentence.tokens:
                    if token.is_capitalised:
                        found = self._mentions.setdefault(token.key, [])
                        if len(found) < _MOST_MENTIONS:
                            found.append(position)
        return sorted({position for stem in stems for position in self._mentions.get(stem, ())})

    # Spans

    def _span(self, parsed: Parsed, first: int, last: int) -> Span:
        start, end = parsed.tokens[first].start, parsed.tokens[last - 1].end
        return Span(text=self._text[start:end], start=start, end=end)

    def _figure(self, parsed: Parsed, figure: Figure) -> DraftFigure:
        hedge = figure.qualifier
        return DraftFigure(
            span=self._span(parsed, figure.start, figure.end),
            numbers=figure.numbers,
            unit=figure.unit,
            hedge=figure.hedge,
            qualifier="" if hedge is None else self._span(parsed, *hedge).text,
            area_km2=figure.area_km2,
        )

    def _place(self, parsed: Parsed, place: Place) -> DraftPlace:
        feature = place.match.feature
        return DraftPlace(
            span=self._span(parsed, place.start, place.end),
            feature_id=feature.feature_id,
            kind=feature.kind,
            province=feature.province,
            score=place.match.score,
            candidates=tuple(match.feature.feature_id for match in place.link.matches[1:]),
            is_ambiguous=place.link.ambiguous,
            reason=place.link.reason,
        )


def _is_pronoun(parsed: Parsed, party: Party) -> bool:
    return (
        party.start is not None
        and party.end == party.start + 1
        and parsed.cues.covering("pronoun", party.start) is not None
    )


def _country_beside(parsed: Parsed, stems: set[str]) -> str | None:
    """Return the country in the phrase around a surname."""
    for index, token in enumerate(parsed.tokens):
        if token.key in stems:
            start, end = phrase_around(parsed, index, index + 1)
            inside: list[Actor] = [a for a in parsed.actors if start <= a.start < end]
            if inside:
                return inside[0].country
    return None


def _has_unit(sentence: Sentence) -> bool:
    words, beginnings = _unit_words()
    return any(
        token.key in words or token.key.startswith(beginnings)
        for token in sentence.tokens
        if not token.is_number
    )


@cache
def _unit_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that units end in, whole and as beginnings, of all languages."""
    phrases = [
        phrase.split()[-1]
        for grammar in grammars()
        for unit in grammar.language.tables["units"].values()
        for phrase in unit
    ]
    whole = frozenset(fold(word) for word in phrases if not word.endswith("*"))
    return whole, tuple({fold(word[:-1]) for word in phrases if word.endswith("*")})
