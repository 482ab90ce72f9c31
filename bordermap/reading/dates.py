"""Dates that a sentence names: days, months and years, as ISO 8601 says them."""

import re
from collections.abc import Iterator, Sequence

from bordermap.reading.lexicon import Cues
from bordermap.reading.tokens import Sentence, Token

_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"[0-3]?\d")
_NUMERIC = re.compile(r"([0-3]?\d)\.([01]?\d)\.((?:19|20)\d\d)")
_NEAR = 3


def dates_of(sentence: Sentence, cues: Cues) -> list[str]:
    """
    Return the dates of a sentence in their order, each as precise as it is said.

    Parameters
    ----------
    sentence, cues
        The sentence and its phrases.
    """
    return list(dict.fromkeys(date for _, date in _dates(sentence, cues)))


def since_of(sentence: Sentence, cues: Cues) -> str | None:
    """Return the date since when something is said to be so, or None."""
    for index, date in _dates(sentence, cues):
        words = range(max(0, index - _NEAR), min(len(sentence.tokens), index + _NEAR + 1))
        if any(cues.covering("since", word) is not None for word in words):
            return date
    return None


def _dates(sentence: Sentence, cues: Cues) -> Iterator[tuple[int, str]]:
    """Yield the token of each date and the date."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        numeric = _NUMERIC.fullmatch(token.text)
        if numeric is not None:
            day, month, year = (int(part) for part in numeric.groups())
            date = _iso(year, month, day)
            if date is not None:
                yield index, date
        elif (
            token.is_number and _YEAR.fullmatch(token.text) and not _is_decade(tokens, index, cues)
        ):
            date = _with_month(tokens, index, cues)
            if date is not None or _is_year(index, cues):
                yield index, date or token.text


def _with_month(tokens: Sequence[Token], index: int, cues: Cues) -> str | None:
    """Return the date of a year and a month beside it, with its day if there is one."""
    for near in (*range(index - 1, index - 1 - _NEAR, -1), *range(index + 1, index + 1 + _NEAR)):
        if not 0 <= near < len(tokens):
            continue
        month = cues.covering("month", near)
        if month is not None:
            for day in (near - 1, near + 1):
                if 0 <= day < len(tokens) and day != index and _DAY.fullmatch(tokens[day].text):
                    date = _iso(int(tokens[index].text), int(month.value), int(tokens[day].text))
                    if date is not None:
                        return date
            return f"{tokens[index].text}-{int(month.value):02d}"
    return None


def _is_year(index: int, cues: Cues) -> bool:
    return (
        cues.ending("year_before", index) is not None
        or cues.starting("year_after", index + 1) is not None
    )


def _is_decade(tokens: Sequence[Token], index: int, cues: Cues) -> bool:
    """Return whether a year is the first of a decade spoken of, as in "1990's"."""
    if cues.starting("decade", index + 1) is None:
        return False
    return tokens[index + 1].start - tokens[index].end <= 1


def _iso(year: int, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"
