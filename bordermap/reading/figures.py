"""Areas in a sentence: number and unit, range, hedge, and the interval they are read as."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from bordermap.claims import GLOBE_KM2, HEDGES, KM2, interval_from_wording
from bordermap.intervals import Interval
from bordermap.reading.grammar import Grammar
from bordermap.reading.lexicon import Cue, Cues
from bordermap.reading.numbers import Number, number_ending_at
from bordermap.reading.tokens import Sentence, Token

_STRENGTH = ("at least", "up to", "nearly", "about")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212~")
_MOST_FILLERS = 3
_BETWEEN_WORDS = frozenset("-.*_~\u2248≥>")
_SIGNS = {"~": "about", "\u2248": "about", "≥": "at least", ">": "at least", "<": "up to"}
_SAME_WITHIN = 0.15
_OPENS = frozenset("([/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    An area as a sentence has it.

    Parameters
    ----------
    start, end
        Tokens of the sentence that number and unit take, the end not included.
    hedged_start
        First token of the hedge, or `start`.
    numbers
        The number, or the two of a range [`unit`].
    unit
        A key of `bordermap.claims.KM2`.
    hedge
        What the hedge means, a value of `bordermap.claims.HEDGES`.
    qualifier
        Tokens of the hedge, empty for none.
    """

    start: int
    end: int
    hedged_start: int
    numbers: tuple[float, ...]
    unit: str
    hedge: str
    qualifier: tuple[int, int] | None

    @property
    def area_km2(self) -> Interval:
        """The interval that the wording is read as [km²]."""
        return interval_from_wording(self.hedge, *self.numbers).scaled(KM2[self.unit])

    def is_equivalent(self, other: "Figure") -> bool:
        """Return whether two figures may be one area in two units."""
        mine, its = self.area_km2.best, other.area_km2.best
        return self.unit != other.unit and abs(mine - its) <= _SAME_WITHIN * max(mine, its)


def figures_of(
    sentence: Sentence, cues: Cues, grammar: Grammar, *, places: Container[int] = frozenset()
) -> list[Figure]:
    """
    Return the areas of a sentence, in order.

    Parameters
    ----------
    sentence
        The sentence.
    cues
        Its phrases.
    grammar
        Its language.
    places
        Tokens before which the name of a settlement ends: "near" may follow there.
    """
    found: list[Figure] = []
    for unit in _units(cues):
        figure = _figure(sentence.tokens, unit, cues, grammar, places)
        if figure is None or figure.area_km2.best > GLOBE_KM2:
            continue  # no number, or one that is a slip or a joke: no land is so large
        if not found or figure.start >= found[-1].end:
            found.append(figure)
    return found


def grouped(
    figures: Sequence[Figure], sentence: Sentence, cues: Cues
) -> list[tuple[Figure, list[Figure]]]:
    """
    Return each figure with its conversions: "150 square kilometers (58 square miles)".

    Parameters
    ----------
    figures
        Areas of the sentence, in order.
    sentence, cues
        The sentence and its phrases.
    """
    groups: list[tuple[Figure, list[Figure]]] = []
    for figure in figures:
        if groups:
            first, conversions = groups[-1]
            before = conversions[-1] if conversions else first
            if first.is_equivalent(figure) and _is_aside(before, figure, sentence, cues):
                conversions.append(figure)
                continue
        groups.append((figure, []))
    return groups


def _units(cues: Cues) -> Iterator[Cue]:
    """Yield the units, the longest where several begin at one word."""
    last = 0
    for cue in cues.of("unit"):
        if cue.start >= last:
            yield cue
            last = cue.end


def _figure(
    tokens: Sequence[Token], unit: Cue, cues: Cues, grammar: Grammar, places: Container[int]
) -> Figure | None:
    hedges: list[tuple[str, int, int]] = []
    end = unit.start
    between = cues.ending("hedge_after", end)
    if between is not None and between.start > 0:
        hedges.append((between.value, between.start, between.end))
        end = between.start
    high = number_ending_at(tokens, _without_suffix(tokens, end, grammar), grammar)
    if high is None and hedges:
        hedges, end = [], unit.start
        high = number_ending_at(tokens, _without_suffix(tokens, end, grammar), grammar)
    if high is None or not _is_joined(tokens, high.end, unit.start):
        return None
    low = _low_of_range(tokens, high, cues, grammar)
    if low is not None:
        hedges = []  # "40-dan 45-ə qədər": the word is the range's
    start = high.start if low is None else low.start
    if start and tokens[start - 1].key in grammar.per:
        return None
    opening = cues.ending("range_from", start) or cues.ending("range_between", start)
    begins = start if low is None or opening is None else opening.start
    before, hedged_start = _hedges_before(tokens, begins, cues, grammar)
    before = [
        hedge
        for hedge in before
        if not (tokens[hedge[1]].key in grammar.postpositions and hedge[1] in places)
    ]
    hedges += before
    within = cues.covering("hedge_within", unit.end - 1)
    if within is not None:
        hedges.append((within.value, within.start, within.end))
    after = cues.starting("hedge_after", _after_suffix(tokens, unit.end, grammar))
    if after is not None and tokens[after.start].gap in {"", "-"}:
        hedges.append((after.value, after.start, after.end))
    return Figure(
        start=start,
        end=unit.end,
        hedged_start=hedged_start,
        numbers=(high.value,) if low is None else (low.value, high.value),
        unit=unit.value,
        hedge=_strongest(hedges),
        qualifier=_qualifier(hedges),
    )


def _is_joined(tokens: Sequence[Token], end: int, unit_start: int) -> bool:
    """Return whether nothing but a hyphen stands between a number and its unit."""
    return all(_BETWEEN_WORDS.issuperset(tokens[index].gap) for index in range(end, unit_start + 1))


def _without_suffix(tokens: Sequence[Token], end: int, grammar: Grammar) -> int:
    """Return the end of the number proper: of "150-ից", that of 150."""
    if end >= 2 and tokens[end - 1].key in grammar.suffixes and tokens[end - 2].is_number:
        hangs_on = tokens[end - 1].gap in _DASHES or tokens[end - 1].start == tokens[end - 2].end
        return end - 1 if hangs_on else end
    return end


def _after_suffix(tokens: Sequence[Token], index: int, grammar: Grammar) -> int:
    hangs_on = index < len(tokens) and tokens[index].gap in _DASHES
    return index + 1 if hangs_on and tokens[index].key in grammar.suffixes else index


def _low_of_range(
    tokens: Sequence[Token], high: Number, cues: Cues, grammar: Grammar
) -> Number | None:
    start = high.start
    if start == 0:
        return None
    low = None
    if tokens[start].gap in _DASHES or grammar.is_inflected_number(tokens[start - 1].key):
        low = number_ending_at(tokens, start, grammar)
    word = cues.ending("range_to", start)
    if low is None and word is not None:
        low = number_ending_at(tokens, word.start, grammar)
        if low is None and grammar.suffixes:
            low = number_ending_at(tokens, _without_suffix(tokens, word.start, grammar), grammar)
    conjunction = cues.ending("range_and", start)
    if low is None and conjunction is not None:
        low = number_ending_at(tokens, conjunction.start, grammar)
        if low is not None and cues.ending("range_between", low.start) is None:
            return None
    return low if low is not None and low.value < high.value else None


def _hedges_before(
    tokens: Sequence[Token], start: int, cues: Cues, grammar: Grammar
) -> tuple[list[tuple[str, int, int]], int]:
    """Return the hedges before a number, and where they begin."""
    hedges: list[tuple[str, int, int]] = []
    sign = _SIGNS.get(tokens[start].gap)
    if sign is not None:
        hedges.append((sign, start, start))
    begins = position = start
    skipped = 0
    while position and skipped <= _MOST_FILLERS and _BETWEEN_WORDS.issuperset(tokens[position].gap):
        hedge = cues.ending("hedge_before", position)
        if hedge is not None and not _is_part_of_more(hedge, cues):
            hedges.append((hedge.value, hedge.start, hedge.end))
            begins = position = hedge.start
            continue
        if tokens[position - 1].key not in grammar.fillers:
            break
        position -= 1
        skipped += 1
    return hedges, begins


def _is_part_of_more(hedge: Cue, cues: Cues) -> bool:
    """Return whether a hedge is the end of a longer phrase, as "over" in "control over"."""
    longer = cues.of("control", "held", "disputed", "exchanged")
    return any(cue.start < hedge.start < cue.end for cue in longer)


def _strongest(hedges: Sequence[tuple[str, int, int]]) -> str:
    meant = {hedge for hedge, _, _ in hedges}
    return next((HEDGES[hedge] for hedge in _STRENGTH if hedge in meant), "exact")


def _qualifier(hedges: Sequence[tuple[str, int, int]]) -> tuple[int, int] | None:
    """Return the tokens of the hedge that counts."""
    worded = [(first, last) for hedge, first, last in hedges if first < last]
    counting = [(f, e) for h, f, e in hedges if f < e and HEDGES[h] == _strongest(hedges)]
    return next(iter(counting or worded), None)


def _is_aside(before: Figure, figure: Figure, sentence: Sentence, cues: Cues) -> bool:
    gap = sentence.tokens[before.end].gap
    if not _OPENS.isdisjoint(gap):
        return figure.hedged_start <= before.end + 1
    word = cues.starting("equivalent", before.end)
    return word is not None and word.end >= figure.hedged_start - 1
