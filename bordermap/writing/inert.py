"""Text from outside on one line, without characters that act instead of being read."""

import re
import unicodedata

_ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_READ = frozenset({"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}", "\N{SOFT HYPHEN}"})
_HARMLESS = dict.fromkeys(map(ord, _READ | {"\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"}))
_GAP = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")
_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def inert(text: str) -> str:
    r"""
    Return text on one line, its controls (reading direction, cursor, tags) as visible escapes.

    Parameters
    ----------
    text
        Anything.

    Examples
    --------
    >>> inert("two\nlines \u202ereversed")
    'two lines \\u202ereversed'
    """
    line = _GAP.sub(" ", text).strip(" ")
    if line.translate(_HARMLESS).isprintable():
        return line
    return "".join(
        [
            char.encode("unicode_escape").decode("ascii")
            if unicodedata.category(char) in _ACTING and char not in _READ
            else char
            for char in line
        ]
    )


def spaced(text: str) -> str:
    """Return inert text that keeps the space it has to its neighbours in a line."""
    line = inert(text)
    before = " " if text[:1].isspace() else ""
    after = " " if line and text[-1:].isspace() else ""
    return f"{before}{line}{after}"


def is_web_address(url: str) -> bool:
    """Return whether an address is one of the web, and so may be followed."""
    return bool(_ADDRESS.match(url)) and inert(url) == url
