"""A new case from an article."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from bordermap._text import printable
from bordermap.countries import alpha2
from bordermap.drafting.files import case_files
from bordermap.drafting.setting import setting_of
from bordermap.errors import ClaimError, OutputError
from bordermap.outputs import write_folder
from bordermap.reading import read_article

MAX_DRAFTS = 100
"""Most claims that one article drafts."""


def draft_case(
    article: str,
    *,
    countries: Sequence[str],
    folder: str | Path,
    day: dt.date | None = None,
    boundaries: str | None = None,
) -> tuple[Path, ...]:
    """
    Write a new case from an article, and return the paths written.

    Parameters
    ----------
    article
        The article's text (`bordermap.reading.article_text`).
    countries
        The two sides of the border, by ISO 3166-1 code or name, in any order. Which is the claimed
        side is read from the article; where it does not say, it is the first.
    folder
        Where; absent or empty.
    day
        Day of the article; None where it is not known.
    boundaries
        Dataset to lay the case on, by id or as a file of provinces; None for the most accurate one
        that has both sides.

    Raises
    ------
    ClaimError
        If the article states no area, or `countries` are not two.
    PlaceNotFoundError
        If a code is no country's, or no shipped dataset has both countries.
    UnregisteredFileError
        If there is no such dataset or file.
    NoSharedBorderError
        If the two have no border in common.
    OutputError
        If the folder holds something, or cannot be written.

    Notes
    -----
    What the article does not say, and a case cannot do without, is filled in by a rule and marked
    ``CHECK`` in the file, with the sentence it was read from. The case can be built at once.

    Examples
    --------
    >>> import bordermap as bm
    >>> text = "Yerevan says Azerbaijan has occupied some 150 km² in Syunik."
    >>> paths = bm.draft_case(text, countries=["AM", "AZ"], folder="mine")  # doctest: +SKIP
    """
    sides = tuple(dict.fromkeys(alpha2(code) for code in countries))
    if len(sides) != 2:
        raise ClaimError(f"a border has two sides; give two countries, not {', '.join(sides)!a}")
    place = Path(folder)
    _require_free(place)
    drafts = read_article(article)[:MAX_DRAFTS]
    if not drafts:
        raise ClaimError(
            "the article states no area of land that a party holds, claims or gives up; "
            "write a claim by hand, as data/cases/README.md shows"
        )
    setting = setting_of(article, drafts, sides, place.name, day, boundaries)
    files = dict(case_files(drafts, setting))
    write_folder(place, {name: text.encode() for name, text in files.items()})
    return tuple(place / name for name in files)


def _require_free(folder: Path) -> None:
    told = printable(str(folder))
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError(f"{told} is no folder; give another name")
    if folder.is_dir() and any(folder.iterdir()):
        raise OutputError(f"{told} is not empty; give the name of a new folder")
