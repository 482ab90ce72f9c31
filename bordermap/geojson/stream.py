"""The text of a JSON file, read value by value in bounded memory."""

import codecs
import io
import json
import os
import re
from pathlib import Path
from typing import Any

from bordermap._text import printable
from bordermap.errors import DataError
from bordermap.geojson.limits import Limits
from bordermap.geojson.refused import place_of_fault, place_of_half_pair, place_of_nesting
from bordermap.regular import open_if_regular

PIECE_BYTES = 2**20
"""What is read at a time [bytes]; more where one value is longer."""

_SPACE = re.compile(r"[ \t\n\r]*")
_SPACE_IN_LINE = re.compile(r"[ \t\r]*")
_SEPARATORS = re.compile(r"[ \t\n\r\x1e]*")
_NEAR_THE_END = 16
"""A fault so near to the end of what was read may only be a word or number cut in two."""
_MOST_SHOWN = 60


class JsonStream:
    """
    The text of a JSON file, taken from the front value by value.

    Parameters
    ----------
    file
        The file, open for bytes.
    path
        Its name, for refusals.
    limits
        Sizes beyond which it is refused.

    Notes
    -----
    Strict as RFC 8259: no NaN or Infinity, no key twice in one object, UTF-8 only (a byte order
    mark is skipped, as RFC 8259 allows). A value is parsed by the standard library's C scanner
    where it stands; when what was read ends inside it, as much again is read and it is parsed
    anew, so that the work stays linear in the size of the file.
    """

    def __init__(self, file: io.BufferedIOBase, *, path: Path, limits: Limits) -> None:
        self.name = printable(str(path))
        self.part = ""
        """What is being read, as refusals name it beside line and column: a feature's number."""
        self._file = file
        self._limits = limits
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0
        self._ended = False
        self._bytes_read = 0
        self._lines_before = 0
        self._columns_before = 0
        self._parse = json.JSONDecoder(
            object_pairs_hook=_unique, parse_constant=_refuse_constant
        ).raw_decode
        self._skip_byte_order_mark()

    def peek(self) -> str:
        """Return the next character that is no white space, and go there; empty at the end."""
        char = self._text[self._at : self._at + 1]
        return char if char > " " else self._skip(_SPACE)

    def skip_separators(self) -> bool:
        """Go to the next text of a sequence (RFC 8142, or one a line); False at the end."""
        return bool(self._skip(_SEPARATORS))

    def is_at_end_of_line(self) -> bool:
        """Return whether nothing more stands in this line, or a record separator comes next."""
        return self._skip(_SPACE_IN_LINE) in {"", "\n", "\x1e"}

    def take(self, char: str) -> None:
        """
        Step over a character that must come next.

        Raises
        ------
        DataError
            If another one comes.
        """
        found = self.peek()
        if found != char:
            raise self.fault(_expected(char, found))
        self._at += 1

    def value(self) -> Any:  # noqa: ANN401  (whatever JSON has)
        """
        Return the next value, whole.

        Raises
        ------
        DataError
            If it is not strict JSON, cut short, nested too deeply or too long.
        """
        self.peek()
        while True:
            try:
                value, end = self._parse(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._may_be_cut(error) or not self._read_more():
                    raise self._broken(error) from None
            except RecursionError:
                at = place_of_nesting(self._text, self._at)
                what = "has too many lists or objects inside one another; write it flatter"
                raise self.fault(what, at=at) from None
            except _RefusedError as error:
                at = place_of_fault(self._text, self._at)
                raise self.fault(str(error), at=at) from None
            except ValueError:  # what int() says of thousands of digits is advice to programmers
                what = "has a whole number of too many digits; leave it out, or write it as text"
                raise self.fault(what) from None
            else:
                if end < len(self._text) or self._is_closed(end) or not self._read_more():
                    self._require_encodable(value, end)
                    self._at = end
                    return value

    def fault(self, what: str, *, at: int | None = None) -> DataError:
        """Return the refusal that names the file, line and column, and says what is wrong."""
        at = self._at if at is None else at
        line = self._lines_before + self._text.count("\n", 0, at) + 1
        start = self._text.rfind("\n", 0, at)
        column = at - start if start >= 0 else self._columns_before + at + 1
        part = f" ({self.part})" if self.part else ""
        return DataError(f"{self.name}: line {line}, column {column}{part}: {what}")

    def _skip(self, space: re.Pattern[str]) -> str:
        while True:
            self._at = _end_of(space, self._text, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_more():
                return ""

    def _skip_byte_order_mark(self) -> None:
        self._read_more()
        self._text = self._text.removeprefix("\ufeff")

    def _read_more(self) -> bool:
        """Read as much again as is waiting, at least a piece; False at the end of the file."""
        waiting = len(self._text) - self._at
        if self._ended:
            return False
        room = self._limits.feature_characters - waiting
        if room < PIECE_BYTES and waiting:
            raise self.fault(
                f"one feature is longer than {self._limits.feature_characters:,} characters;"
                " split it"
            )
        data = self._file.read(min(max(PIECE_BYTES, waiting), room))
        self._ended = not data
        self._bytes_read += len(data)
        if self._bytes_read > self._limits.file_bytes:
            raise too_large(self.name, self._limits)
        self._drop_what_was_taken()
        self._text += self._decoded(data)
        return True

    def _drop_what_was_taken(self) -> None:
        last_line = self._text.rfind("\n", 0, self._at)
        if last_line >= 0:
            self._lines_before += self._text.count("\n", 0, self._at)
            self._columns_before = self._at - last_line - 1
        else:
            self._columns_before += self._at
        self._text = self._text[self._at :]
        self._at = 0

    def _decoded(self, data: bytes) -> str:
        if self._bytes_read == len(data) and (
            b"\0" in data[:4] or data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        ):
            raise DataError(f"{self.name}: is UTF-16 or UTF-32; save it as UTF-8")
        try:
            return self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            # the decoder may hold back the first bytes of a character from the piece before
            byte = error.object[error.start]
            where = self._bytes_read - len(error.object) + error.start + 1
            raise DataError(
                f"{self.name}: byte {where:,} (0x{byte:02x}) is not UTF-8; save the file as UTF-8"
            ) from None

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated") or len(self._text) - error.pos < _NEAR_THE_END

    def _is_closed(self, end: int) -> bool:
        """Return whether a value that ends with what was read cannot go on, as a number can."""
        return self._text[end - 1] in '"}]'

    def _broken(self, error: json.JSONDecodeError) -> DataError:
        if error.pos >= len(self._text.rstrip()):
            return self.fault("ends in the middle of a value; is the file whole?", at=error.pos)
        what = error.msg[0].lower() + error.msg[1:]
        return self.fault(f"is not JSON ({what}); correct it there", at=error.pos)

    def _require_encodable(self, value: object, end: int) -> None:
        """Refuse half a surrogate pair, which only an escape can bring in."""
        if self._text.find("\\u", self._at, end) < 0:
            return
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            at = place_of_half_pair(self._text, self._at)
            what = "has half a surrogate pair, which is no character; correct it there"
            raise self.fault(what, at=at) from None


def open_regular(path: Path, *, limits: Limits) -> io.BufferedReader:
    """
    Open a regular file for reading.

    Raises
    ------
    DataError
        If it is missing, cannot be read, is no regular file, or too large.
    """
    name = printable(str(path))

    try:
        file = open_if_regular(path)
    except FileNotFoundError:
        raise DataError(f"{name}: there is no such file; check the name") from None
    except IsADirectoryError:
        raise DataError(f"{name}: is a folder; give a file") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        reason = error.strerror if isinstance(error, OSError) else "no such name can be"
        raise DataError(f"{name}: cannot be read: {reason}") from None
    if file is None:
        raise DataError(f"{name}: is no regular file; give a file")
    if os.fstat(file.fileno()).st_size <= limits.file_bytes:
        return file
    file.close()
    raise too_large(name, limits)


def too_large(name: str, limits: Limits) -> DataError:
    """Return the refusal of a file beyond the limit."""
    return DataError(f"{name}: is larger than {limits.file_bytes:,} bytes; split it")


def _expected(char: str, found: str) -> str:
    if not found:
        return f"ends where {char!r} should stand; is the file whole?"
    return f"is not JSON (expected {char!r}, found {printable(found)!r}); correct it there"


def _end_of(space: re.Pattern[str], text: str, at: int) -> int:
    match = space.match(text, at)
    return at if match is None else match.end()


class _RefusedError(ValueError):
    """What the scanner's hooks refuse, in words for users."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError(f"the key {shown(twice)} stands twice in one object; keep one")
    return content


def shown(text: str) -> str:
    """Return text from a file as a message may show it: short, quoted, on one line."""
    short = text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
    return f"'{printable(short)}'"


def _refuse_constant(name: str) -> float:
    raise _RefusedError(f"{name} is no number of JSON; leave the value out or write null")
