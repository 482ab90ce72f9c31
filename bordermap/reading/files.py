"""Articles from files: plain text as it is, a saved page without its furniture."""

import io
import os
import re
import select
import stat
from pathlib import Path
from typing import Literal

from bordermap._text import printable
from bordermap.errors import ReadingError

Format = Literal["text", "html"]

MAX_BYTES = 40_000_000
"""Largest file that is read [bytes]."""

PATIENCE_S = 30
"""How long a pipe may stay silent before it is refused [s]."""

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mhtml"})
_SQUARED = re.compile(r"<sup>\s?2\s?</sup>", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\n+")
_HEAD = 2048
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset=["']?"""
    rb"""(windows-125[0-8]|iso-8859-(?:1?[1-9]|1[0-6])|koi8-[ru]|gbk|gb2312|gb18030|big5"""
    rb"""|shift_jis|euc-(?:jp|kr))["'\s/>;]""",
    re.IGNORECASE,
)
_HTML_STARTS = ("<!doctype html", "<html")


def article_bytes(path: Path) -> bytes:
    """
    Return the content of an article's file, at most one byte beyond the limit.

    Parameters
    ----------
    path
        A regular file, or a pipe (``<(…)`` of a shell), which is read to its end as stdin is.

    Raises
    ------
    ReadingError
        If it cannot be read, is something else, or is a pipe through which nothing comes.
    """
    told = printable(str(path))

    # a pipe or a device could block or never end: open without waiting, then look what it is
    def without_waiting(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    try:
        with io.BufferedReader(io.FileIO(path, opener=without_waiting)) as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
                raise ReadingError(f"{told}: is neither a file nor a pipe; give an article's file")
            if stat.S_ISREG(mode) or _has_writer(file.fileno()):
                return file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise ReadingError(f"{told}: is a folder; give the file of an article") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        if isinstance(error, ReadingError):
            raise
        reason = error.strerror if isinstance(error, OSError) else "no such name can be"
        raise ReadingError(f"{told}: {reason}; give the file of an article") from None
    raise ReadingError(f"{told}: nothing comes through this pipe; give a file, or - for stdin")


def _has_writer(pipe: int) -> bool:
    """Return whether something comes through a pipe before patience ends, if only its end."""
    os.set_blocking(pipe, True)
    return bool(select.select([pipe], [], [], PATIENCE_S)[0])


def article_text(data: bytes, *, name: str = "", form: Format | None = None) -> str:
    """
    Return the text that is read from the content of a file.

    Parameters
    ----------
    data
        The content: UTF-8, with or without a byte order mark, or UTF-16 with one; of a page also
        the older encoding that it declares.
    name
        The file's name, by whose suffix a saved page is known.
    form
        What the content is; None to tell by the name and the first characters.

    Returns
    -------
    str
        The text that offsets count in: the content itself, or a page's article without
        navigation, scripts and comments. Every line end is a line feed.

    Raises
    ------
    ReadingError
        If the content is too large, is no text, or is a page without any.

    Examples
    --------
    >>> article_text(b"<html><p>Some 150 km&sup2;.</p></html>", name="saved.html")
    'Some 150 km².'
    """
    if len(data) > MAX_BYTES:
        raise ReadingError(
            f"{_shown(name)} has more than {MAX_BYTES:,} bytes; give the article alone"
        )
    text = _decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
    start = text[:200].lstrip().casefold()
    is_page = Path(name).suffix.casefold() in _HTML_SUFFIXES or start.startswith(_HTML_STARTS)
    if form == "html" or (form is None and is_page):
        return _extracted(text, name)
    return text


def _decoded(data: bytes, name: str) -> str:
    if data.startswith(b"%PDF-"):
        raise ReadingError(f"{_shown(name)} is a PDF; save its text as a file and give that")
    is_utf_16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    declared = None if is_utf_16 else _DECLARED.search(data[:_HEAD])
    tried = ["utf-16" if is_utf_16 else "utf-8-sig"]
    tried += [] if declared is None else [declared.group(1).decode()]
    for encoding in tried:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            refused = error
        else:
            # UTF-16 without its mark, UTF-32 and files of programs decode, and say nothing
            if "\0" in text:
                raise ReadingError(
                    f"{_shown(name)} is no text (it holds zero characters); save it as UTF-8"
                )
            return text
    raise ReadingError(
        f"{_shown(name)} is no {' or '.join(tried).upper().replace('-SIG', '')} text"
        f" (byte {refused.start}); save it as UTF-8"
    )


def _extracted(page: str, name: str) -> str:
    """Return the article of a page; of one too short to have an article, all its text."""
    from trafilatura import extract, html2txt

    page = _SQUARED.sub("\N{SUPERSCRIPT TWO}", page)  # else km² becomes "km" and a line "2"
    found = extract(page, include_comments=False, favor_recall=True, deduplicate=False)
    text = found or html2txt(page)
    if not text or not text.strip():
        raise ReadingError(f"{_shown(name)} has no text in it; give the article as text")
    return _LINE_ENDS.sub("\n\n", str(text))  # each block of a page is a paragraph


def _shown(name: str) -> str:
    return printable(name) or "the article"
