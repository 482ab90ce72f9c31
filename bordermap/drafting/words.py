"""How an article is worded in the files of a case."""

import re

from bordermap._text import fold, printable
from bordermap.reading import DraftClaim, DraftParty

_LONGEST_TITLE = 120

CHECK = "# CHECK: "
"""How a line begins that an editor has to look at."""

SPOKEN_AS = {
    "held": "said to be held",
    "disputed": "said to be disputed",
    "exchanged": "said to be exchanged",
    "country-total": "said to be a whole country's",
    "other": "spoken of",
}
"""What is said of the land, by kind of claim."""


def figure_words(draft: DraftClaim) -> str:
    """Return the words that carry a figure, the hedge before them if it stands there."""
    hedge, figure = draft.figure.qualifier, draft.figure.span.text
    return one_line(figure if not hedge or hedge in figure else f"{hedge} {figure}")


def speaker(party: DraftParty) -> str:
    """Return who states a figure, in the words of the article."""
    return "A speaker not named" if party.span is None else one_line(party.span.text)


def first_line(article: str) -> str:
    """Return the first line of an article that says something, its title, without Markdown's #."""
    lines = (re.sub(r"^#{1,6}(?=\s|$)", "", line.strip()) for line in article.splitlines())
    return one_line(next(filter(str.strip, lines), "An article"), _LONGEST_TITLE)


def one_line(text: str, length: int = _LONGEST_TITLE) -> str:
    """Return text on one line, cut to a length."""
    line = " ".join(printable(" ".join(text.split())).split())
    return line if len(line) <= length else line[: length - 1] + "…"


def capital(text: str) -> str:
    """Return text with a capital first letter."""
    return text[:1].upper() + text[1:]


def cell(text: str) -> str:
    """Return text that can stand in a cell of CSV without quotes."""
    return text.replace(",", " ").replace('"', "'")


def slug(name: str) -> str:
    """Return an id made of a name: lower-case ASCII letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80].strip("-") or "new-case"
