"""Numbers as people write them: digits with separators of a language, words, and both."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from bordermap.reading.grammar import Grammar
from bordermap.reading.tokens import Token

_MOST_WORDS = 12
_SEPARATOR = re.compile(r"[.,]")
_SPACE = re.compile(r"\s")
_IN_A_NUMBER = frozenset("-*_")
_GROUP_LENGTH = 3


class Number(NamedTuple):
    """A number and the tokens of a sentence that it takes, the end not included."""

    value: float
    start: int
    end: int


def number_ending_at(tokens: Sequence[Token], end: int, grammar: Grammar) -> Number | None:
    """
    Return the number whose last word stands before a token, or None.

    Parameters
    ----------
    tokens
        Words of the sentence.
    end
        The token after the number.
    grammar
        Language of the sentence.
    """
    start = end
    has_digits = False
    for index in range(end - 1, max(-1, end - 1 - _MOST_WORDS), -1):
        token = tokens[index]
        if not _is_numeral(token, grammar) or (has_digits and token.is_number):
            break
        if index + 1 < end and not _IN_A_NUMBER.issuperset(tokens[index + 1].gap):
            break
        has_digits = has_digits or token.is_number
        start = index
    while start < end and tokens[start].key in grammar.joiners:
        start += 1
    for first in range(start, end):
        value = _value(tokens[first:end], grammar)
        if value is not None and value > 0:
            return Number(value, first, end)
    return None


def literal_value(text: str, grammar: Grammar) -> float | None:
    """
    Return the value of a number written in digits, or None for what is none ("1.2.3").

    Parameters
    ----------
    text
        The digits and their separators.
    grammar
        Language whose separators they are.
    """
    plain = _SPACE.sub("", text)
    parts = _SEPARATOR.split(plain)
    signs = _SEPARATOR.findall(plain)
    if len(set(signs)) > 1 or (len(signs) > 1 and signs[-1] == grammar.decimal):
        *whole, fraction = parts  # the last sign is the decimal one: 1,234.5
        if len(set(signs[:-1])) > 1 or any(len(part) != _GROUP_LENGTH for part in whole[1:]):
            return None
        return _number("".join(whole) + "." + fraction)
    if not signs:
        return _number(plain)
    groups = all(len(part) == _GROUP_LENGTH for part in parts[1:])
    if groups and (len(signs) > 1 or signs[0] == grammar.group) and parts[0] != "0":
        return _number("".join(parts))
    return _number(".".join(parts)) if len(parts) == 2 else None


def _is_numeral(token: Token, grammar: Grammar) -> bool:
    return (
        token.is_number
        or token.key in grammar.joiners
        or token.key in grammar.scales
        or grammar.number_word(token.key) is not None
    )


def _value(tokens: Sequence[Token], grammar: Grammar) -> float | None:
    """Return what digits and words say together, or None if they are no one number."""
    total, current, last = 0.0, 0.0, math.inf
    counted = False
    for position, token in enumerate(tokens):
        scale = grammar.scales.get(token.key)
        said = literal_value(token.text, grammar) if token.is_number else None
        word = None if token.is_number else grammar.number_word(token.key)
        if scale is not None and not token.is_number:
            current = (current or 1.0) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
            last = scale
        elif said is not None:
            if position and last >= 1000 and current:
                return None
            current, last = current + said, said
        elif word is not None:
            if counted and (word >= last or (current and _magnitude(current) <= word)):
                return None
            current, last = current + word, word
        elif token.key not in grammar.joiners:
            return None
        counted = counted or token.key not in grammar.joiners
    value = total + current
    return value if math.isfinite(value) and counted else None


def _magnitude(value: float) -> float:
    """Return the least place of a number that is not zero (150 → 10, 100 → 100)."""
    for place in (1000.0, 100.0, 10.0):
        if value % place == 0:
            return place
    return 1.0 if value % 1 == 0 else 0.1


def _number(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None
