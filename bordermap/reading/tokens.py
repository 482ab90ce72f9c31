"""Text cut into words, numbers and sentences, with offsets into the text as read."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from bordermap._text import fold

MAX_SENTENCE = 120
"""Words after which a sentence is cut, so that the work stays linear in the text."""

_APOSTROPHES = "'`\N{ACUTE ACCENT}\u2018\u2019\u201b\u02bb\u02bc\u055a"
_TOKEN = re.compile(
    # thousands set apart by spaces, else digits with points and commas
    r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,4}(?![\d])(?:[.,]\d+)?"
    r"|\d+(?:[.,]\d+)*"
    rf"|[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+)*(?:2(?!\w))?"
)
_POSSESSIVE = re.compile(rf"(?<=\w)[{_APOSTROPHES}][sS]$")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_ALWAYS_END = frozenset("!?\u2026\u0589")
_ARMENIAN_FULL_STOP = ":"
_ARMENIAN = ("\u0531", "\u0587")
_CLAUSE_ENDS = frozenset(",;:()\u2014\u2013\u055d\u2026")
_WRAPPED_LINE = 50


class Token(NamedTuple):
    """
    A word or a number.

    Parameters
    ----------
    text
        As it stands, without a possessive 's.
    start, end
        Offsets into the text [code points].
    key
        The word folded; the digits of a number as they stand.
    gap
        Punctuation between the word before and this one, spaces left out.
    is_number
        Whether it is written in digits.
    is_possessive
        Whether 's follows.
    """

    text: str
    start: int
    end: int
    key: str
    gap: str
    is_number: bool
    is_possessive: bool

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    Words that are read together.

    Parameters
    ----------
    tokens
        The words, one at least.
    paragraph
        Number of the paragraph it stands in.
    opens_paragraph
        Whether it is the first there.
    """

    tokens: Sequence[Token]
    paragraph: int
    opens_paragraph: bool

    @property
    def start(self) -> int:
        """Offset of its first word [code points]."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset after its last word [code points]."""
        return self.tokens[-1].end

    def clause_ends(self) -> list[int]:
        """Return how many clauses end before each word, and before the end."""
        ends = (not _CLAUSE_ENDS.isdisjoint(token.gap) for token in self.tokens)
        return list(accumulate(ends, initial=0))

    def text_of(self, text: str, first: int, last: int) -> str:
        """Return the text from one token up to another, the last not included."""
        return text[self.tokens[first].start : self.tokens[last - 1].end]


def sentences(text: str, *, abbreviations: Collection[str]) -> Iterator[Sentence]:
    """
    Yield the sentences of a text.

    Parameters
    ----------
    text
        The text.
    abbreviations
        Folded words after which a full stop ends no sentence.
    """
    paragraph = 0
    opens = True
    current: list[Token] = []
    for token, raw_gap in _tokens(text):
        if current:
            ends_paragraph = _PARAGRAPH.search(raw_gap) is not None
            if (
                ends_paragraph
                or len(current) >= MAX_SENTENCE
                or _ends_sentence(current, token, raw_gap, abbreviations)
            ):
                yield Sentence(current, paragraph, opens)
                current = []
                opens = ends_paragraph
                paragraph += ends_paragraph
        current.append(token)
    if current:
        yield Sentence(current, paragraph, opens)


def _tokens(text: str) -> Iterator[tuple[Token, str]]:
    keys: dict[str, str] = {}
    end = 0
    for found in _TOKEN.finditer(text):
        word, start = found.group(), found.start()
        is_number = word[0].isdecimal()
        shown = word if is_number else _POSSESSIVE.sub("", word)
        key = keys.get(shown)
        if key is None:
            key = keys[shown] = shown if is_number else fold(shown)
        raw_gap = text[end:start]
        token = Token(
            text=shown,
            start=start,
            end=start + len(shown),
            key=key,
            gap="".join(raw_gap.split()),
            is_number=is_number,
            is_possessive=len(shown) < len(word),
        )
        yield token, raw_gap
        end = found.end()


def _ends_sentence(
    before: Sequence[Token], token: Token, raw_gap: str, abbreviations: Collection[str]
) -> bool:
    last = before[-1]
    if "," in token.gap:  # “…again?,” said the minister
        return False
    if not _ALWAYS_END.isdisjoint(token.gap):
        return not token.text[0].islower()
    if _ARMENIAN_FULL_STOP in token.gap and _ARMENIAN[0] <= last.text[0] <= _ARMENIAN[1]:
        return token.is_capitalised
    if "." in token.gap:
        is_short = last.key in abbreviations or (len(last.text) == 1 and last.is_capitalised)
        starts_anew = token.is_capitalised or (token.is_number and any(map(str.isspace, raw_gap)))
        return starts_anew and not is_short
    return "\n" in raw_gap and _is_line_of_its_own(before, token)


def _is_line_of_its_own(before: Sequence[Token], token: Token) -> bool:
    """Return whether a line ended because it was one, not because it was full."""
    return not token.text[0].islower() and token.start - before[0].start < _WRAPPED_LINE
