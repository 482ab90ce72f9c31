"""
The languages that articles are read in: word lists and endings, one TOML file a language.

Nothing here knows a language: adding one is adding a file to ``data/languages``, which that
folder's README describes.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from bordermap._shipped import shipped
from bordermap._text import fold, printable
from bordermap.errors import DataError

Case = Literal["nominative", "genitive", "dative", "instrumental", "other", "adjective"]

_SHORTEST_STEM = 3
_HYPHENS = "'-\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
_CASES: tuple[Case, ...] = (
    *("nominative", "genitive", "dative"),
    *("instrumental", "other", "adjective"),
)


@dataclass(frozen=True, slots=True)
class Stem:
    """
    A word without an ending.

    Parameters
    ----------
    text
        The rest, in lower case with its marks.
    case
        What the ending taken away says of the word's part in the sentence.
    """

    text: str
    case: Case


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """
    How one language says what an article is read for.

    Parameters
    ----------
    code
        ISO 639-1 code, the name of its file.
    name
        Its English name.
    script
        The script it is written in, as Unicode names it.
    letters
        Letters that tell it from other languages of its script.
    common
        Frequent words that do so, folded.
    endings
        Case endings, longest first: the ending, what stood in its place, and the case.
    tables
        The word lists, as they stand in the file.
    """

    code: str
    name: str
    script: str
    letters: frozenset[str]
    common: frozenset[str]
    endings: tuple[tuple[str, str, Case], ...]
    tables: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> "Language":
        """
        Return the language that a file describes.

        Raises
        ------
        DataError
            If it is no TOML, or lacks a table.
        """
        try:
            return cls._of(path.stem, tomllib.loads(path.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DataError(f"{printable(path.name)} is no language file: {error}") from error
        except KeyError as error:
            raise DataError(
                f"{printable(path.name)} lacks {error}; data/languages/README.md lists the tables"
            ) from error

    @classmethod
    def _of(cls, code: str, tables: Mapping[str, Any]) -> "Language":
        endings = [(*_ending(entry), case) for case in _CASES for entry in tables["endings"][case]]
        return cls(
            code=code,
            name=tables["name"],
            script=tables["script"],
            letters=frozenset(tables["letters"]),
            common=frozenset(fold(word) for word in tables["common"]),
            endings=tuple(sorted(endings, key=lambda entry: -len(entry[0]))),
            tables=tables,
        )

    def words(self, *path: str) -> Sequence[str]:
        """Return one word list of the file."""
        found: Any = self.tables
        for key in path:
            found = found[key]
        words: Sequence[str] = found
        return words

    def stems(self, word: str) -> Iterator[Stem]:
        """
        Yield what a word may be an inflected form of, the longest ending first.

        Parameters
        ----------
        word
            One word, in any case.
        """
        plain = unicodedata.normalize("NFC", word).casefold()
        for ending, instead, case in self.endings:
            shortest = _SHORTEST_STEM - len(instead)
            if plain.endswith(ending) and len(plain) - len(ending) >= shortest:
                yield Stem(plain.removesuffix(ending).rstrip(_HYPHENS) + instead, case)

    def kind_of(self, word: str) -> str | None:
        """Return the kind of feature that a folded word names ("province", "lake"), or None."""
        for kind, patterns in self.tables["places"]["kinds"].items():
            for pattern in patterns:
                if is_pattern_of(pattern, word):
                    return str(kind)
        return None


def _ending(entry: str) -> tuple[str, str]:
    """Return an ending and what it stands for: "ии>ия" is ии for ия, "ом" is ом for nothing."""
    ending, _, instead = unicodedata.normalize("NFC", entry).partition(">")
    return ending, instead


def is_pattern_of(pattern: str, word: str) -> bool:
    """
    Return whether a folded word is what a word of a list stands for.

    Parameters
    ----------
    pattern
        A word, or its beginning and ``*``.
    word
        The folded word.

    Examples
    --------
    >>> is_pattern_of("village*", "villages"), is_pattern_of("village", "villages")
    (True, False)
    """
    if pattern.endswith("*"):
        return word.startswith(fold(pattern[:-1]))
    return word == fold(pattern)


@cache
def languages() -> tuple[Language, ...]:
    """Return the languages there are files of, by code."""
    return tuple(Language.read(path) for path in sorted(shipped("languages").glob("*.toml")))
