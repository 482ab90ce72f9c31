"""What a batch works on: cases and articles, each with all that a worker needs."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from bordermap._text import fold, printable
from bordermap.cases import case_folder, shipped_cases
from bordermap.countries import alpha2
from bordermap.errors import BordermapError, DataError
from bordermap.outputs import entries
from bordermap.reading import article_bytes
from bordermap.regular import open_if_regular

FEEDS = frozenset({".jsonl", ".ndjson"})
ARTICLES = frozenset({".txt", ".md", ".html", ".htm"})

LARGEST_LINE_BYTES = 2**25
"""Longest line of a feed."""

LARGEST_CASE_BYTES = 2**26
"""Most bytes of a case's files together: they are sent to the worker."""

DEEPEST_FILE = 16
"""How many folders deep a file of a case may lie."""

CASE_SUFFIXES = frozenset({".toml", ".csv", ".geojson", ".json"})
"""Which files of a case's folder are taken for parts of it."""

_LONGEST_NAME = 200
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    A case or an article.

    Parameters
    ----------
    name
        How it is listed; no two of a batch have the same.
    kind
        What it is.
    shipped
        Id of a case that is shipped; empty for another.
    files
        Content of the case's files by name, or of the article.
    countries
        ISO 3166-1 alpha-2 codes of the two sides that an article is about; empty for not told.
    day
        Day of the article; None for not told.
    about
        What a feed says of the article besides: ``title``, ``url``.
    """

    name: str
    kind: Literal["case", "article"]
    shipped: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    countries: tuple[str, ...] = ()
    day: dt.date | None = None
    about: Mapping[str, str] = field(default_factory=dict)

    def fingerprint(self, settings: str) -> str:
        """
        Return what tells this item, worked on with some settings, from any other.

        Parameters
        ----------
        settings
            Everything else that results depend on.
        """
        digest = hashlib.sha256()
        parts = [self.name, self.kind, self.shipped, ",".join(self.countries), str(self.day)]
        parts += [f"{key}={value}" for key, value in sorted(self.about.items())]
        for part in (settings, *parts):
            digest.update(f"{len(part)}:{part}".encode())
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{len(content)}:".encode() + content)
        return digest.hexdigest()

    def folder(self, fingerprint: str) -> str:
        """Return the name of the folder that its results are put in."""
        plain = _NOT_IN_A_NAME.sub("-", fold(self.name)).strip("-")[:48].strip("-")
        return f"{plain or self.kind}-{fingerprint[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """
    What cannot be worked on at all.

    Parameters
    ----------
    name
        How it is listed.
    reason
        Why, and what would do.
    """

    name: str
    reason: str


def read_items(sources: Iterable[str]) -> Iterator[Item | Unusable]:
    """
    Yield the items of some sources, in order; what is wrong with one does not stop the rest.

    Parameters
    ----------
    sources
        Shipped cases' ids, case folders, articles (``.txt``, ``.md``, ``.html``) and feeds
        (``.jsonl``: a JSON object a line with ``text`` or ``html``, and where known ``id``,
        ``countries``, ``date``, ``title``, ``url``; or with ``case``).
    """
    seen: dict[str, str] = {}
    for where, item in _listed(sources):
        if item.name in seen:
            reason = f"the name was given before ({seen[item.name]}); give it another id"
            yield Unusable(name=f"{item.name} ({where})", reason=reason)
        else:
            seen[item.name] = where
            yield item


def count_items(sources: Iterable[str]) -> int:
    """Return about how many items some sources have: lines of feeds, and one each of the rest."""
    return sum(_count_lines(Path(source)) for source in sources)


def _count_lines(path: Path) -> int:
    if path.suffix.lower() not in FEEDS:
        return 1
    try:
        file = open_if_regular(path)
    except (OSError, ValueError):
        file = None
    if file is None:
        return 1  # which the batch then lists as one that failed
    with file:
        return sum(block.count(b"\n") for block in iter(partial(file.read, 2**20), b""))


def _listed(sources: Iterable[str]) -> Iterator[tuple[str, Item | Unusable]]:
    """Yield each item with where it stands."""
    for source in sources:
        path = Path(source)
        if path.suffix.lower() in FEEDS:
            yield from _feed_items(path)
            continue
        name = _short(source)
        try:
            yield name, _item(source, path)
        except BordermapError as error:
            yield name, Unusable(name=name, reason=str(error))


def _item(source: str, path: Path) -> Item:
    """Return what one argument means: a case or an article."""
    if path.suffix.lower() in ARTICLES:
        content = article_bytes(path)
        return Item(name=_short(source), kind="article", files={path.name: content})
    return _case_item(source, path)


def _case_item(source: str, path: Path) -> Item:
    if source in shipped_cases():
        return Item(name=source, kind="case", shipped=source)
    folder = case_folder(path)
    return Item(name=_short(source), kind="case", files=_case_files(folder))


def _case_files(folder: Path) -> dict[str, bytes]:
    """Return a case's files by their names below its folder."""
    files: dict[str, bytes] = {}
    left = LARGEST_CASE_BYTES
    for path in _listing(folder):
        if path.suffix.lower() in CASE_SUFFIXES and path.is_file() and not path.is_symlink():
            below = path.relative_to(folder)
            if len(below.parts) > DEEPEST_FILE:
                where = _short(folder / below.parts[0])
                raise DataError(f"{where}: holds files over {DEEPEST_FILE} folders deep; move them")
            content = _content(path, most=left)
            left -= len(content)
            files[below.as_posix()] = content
    return files


def _listing(folder: Path) -> list[Path]:
    try:
        return list(entries(folder))
    except OSError as error:
        raise DataError(f"{_short(folder)}: cannot be listed: {error.strerror}") from None


def _content(path: Path, *, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        reason = error.strerror if isinstance(error, OSError) else "no such name can be"
        raise DataError(f"{_short(path)}: cannot be read: {reason}") from None
    if len(content) > most:
        raise DataError(
            f"{_short(path)}: more than {LARGEST_CASE_BYTES:,} bytes are too many to send to a"
            " worker; build this case by itself"
        )
    return content


def _feed_items(path: Path) -> Iterator[tuple[str, Item | Unusable]]:
    try:
        for number, line in _lines(path):
            where = f"{_short(path.name)}:{number}"
            name = where
            try:
                record = _record(line)
                name = _name(record, where)
                yield where, _feed_item(record, name)
            except BordermapError as error:
                yield where, Unusable(name=name, reason=str(error))
    except DataError as error:
        yield _short(path), Unusable(name=_short(path), reason=str(error))
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        why = error.strerror if isinstance(error, OSError) else "no such name can be"
        reason = f"cannot be read: {why}; check the name"
        yield _short(path), Unusable(name=_short(path), reason=reason)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a feed that are not blank, one held at a time, with their numbers."""
    opened = open_if_regular(path)
    if opened is None:
        raise DataError("is no regular file; save the feed as one, for it is read more than once")
    with opened as file:
        number = 0
        while line := file.readline(LARGEST_LINE_BYTES):
            number += 1
            if len(line) == LARGEST_LINE_BYTES and not line.endswith(b"\n"):
                while (rest := file.readline(LARGEST_LINE_BYTES)) and not rest.endswith(b"\n"):
                    pass
            if line.strip():
                yield number, line


def _name(record: Mapping[str, Any], where: str) -> str:
    """Return the id that a line of a feed gives, or where it stands."""
    name = record.get("id", where)
    if isinstance(name, bool) or not isinstance(name, str | int) or not str(name).strip():
        raise DataError(f"the id is {_short(name)!r}; give text or a whole number")
    return _short(name)


def _feed_item(record: Mapping[str, Any], name: str) -> Item:
    """Return the item that a line of a feed describes."""
    if "case" in record:
        source = _text(record, "case")
        # a feed may be a stranger's: it names cases, and no other file of this machine
        return replace(_case_item(source, Path(source)), name=name)
    suffix = ".html" if "text" not in record and "html" in record else ".txt"
    text = _text(record, "text" if suffix == ".txt" else "html")
    if not text.strip():
        raise DataError("the text is empty; give the article's")
    return Item(
        name=name,
        kind="article",
        files={f"article{suffix}": text.encode()},
        countries=_countries(record.get("countries")),
        day=_day(record.get("date")),
        about={key: _text(record, key) for key in ("title", "url") if record.get(key) is not None},
    )


def _record(line: bytes) -> dict[str, Any]:
    if len(line) >= LARGEST_LINE_BYTES:
        raise DataError(f"the line is longer than {LARGEST_LINE_BYTES:,} bytes; shorten the text")
    try:
        record = json.loads(line, object_pairs_hook=_unique)
        json.dumps(record, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # not JSON, not UTF-8, half a surrogate pair, too deep
        raise DataError("the line is no JSON object in UTF-8; write one a line") from None
    if not isinstance(record, dict):
        raise DataError("the line is no JSON object; write one with 'text'")
    return record


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in pairs:
        if key in content:
            raise DataError(f"the key {_short(key)!r} stands twice in one object; keep one")
        content[key] = value
    return content


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str):
        told = "has no" if value is None else "has another value than text as"
        raise DataError(f"the line {told} {key!r}; give the article's text as 'text' or 'html'")
    return value


def _countries(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    codes = value.split(",") if isinstance(value, str) else value
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise DataError(f'countries is {_short(value)!r}; give two codes, such as ["AM", "AZ"]')
    sides = tuple(dict.fromkeys(alpha2(code.strip()) for code in codes))
    if len(sides) != 2:
        raise DataError(f"countries has {len(sides)} different codes; a border has two sides")
    return sides


def _day(value: object) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        raise DataError(f"date is {_short(value)!r}; give a day such as 2023-12-16") from None


def _short(value: object) -> str:
    text = printable(str(value))
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"
