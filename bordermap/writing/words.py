"""The fixed text of reports and figures, one file a language, and numbers as it writes them."""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Literal

from bordermap._shipped import shipped
from bordermap.errors import DataError
from bordermap.intervals import Interval
from bordermap.numbers import NO_BREAK_SPACE, Notation, step_of
from bordermap.writing.blocks import Inline

Unit = Literal["km2", "m", "km", "percent", "none"]
Precision = Literal["day", "month", "year"]

_LENGTH_OF_DATE: Mapping[Precision, int] = {"day": 10, "month": 7, "year": 4}
_DIGITS_OF_LENGTH = 3
_LEAST_PERCENT = 1.0


@dataclass(frozen=True, kw_only=True)
class Words:
    """
    The fixed text in one language.

    Parameters
    ----------
    language
        ISO 639-1 code, the name of its file.
    table
        Every text by its key, such as ``finding.strip``; braces hold the names of what is put in.
    notation
        How numbers are written.
    """

    language: str
    table: Mapping[str, str]
    notation: Notation

    def __call__(self, key: str, **values: str) -> str:
        """Return a text with plain text put in."""
        return self.table[key].format(**values)

    def line(self, key: str, **values: Inline) -> tuple[Inline, ...]:
        """Return a text with running text put in, so that what is put in stays inert."""
        parts: list[Inline] = []
        for before, name, _, _ in Formatter().parse(self.table[key]):
            parts += [before] if before else []
            parts += [values[name]] if name else []
        return tuple(parts)

    def interval(self, interval: Interval, unit: Unit) -> str:
        """Return an interval with its best, such as ``106 km² (91 to 129)``."""
        low, best, high = self.three(interval)
        if interval.is_exact:
            return self._with_unit(best, unit)
        if interval.high is None and interval.low is None:
            return self._with_unit(best, unit)
        if interval.high is None:
            return self("interval.at_least", low=self._with_unit(low, unit))
        if interval.low is None:
            return self("interval.up_to", high=self._with_unit(high, unit))
        return self("interval.both", best=self._with_unit(best, unit), low=low, high=high)

    def three(self, interval: Interval) -> tuple[str, str, str]:
        """Return low, best and high to the digits that the interval supports; an open end is –."""
        step = step_of(interval)
        low, best, high = (
            "–"
            if value is None
            else self.notation.exact(value)
            if step is None
            else self.notation.rounded(value, step)
            for value in (interval.low, interval.best, interval.high)
        )
        return low, best, high

    def number(self, value: float, unit: Unit, *, step: float | None = None) -> str:
        """Return a number with its unit, to a step or to its first digits."""
        shown = self.notation.exact(value) if step is None else self.notation.rounded(value, step)
        return self._with_unit(shown, unit)

    def length(self, km: float) -> str:
        """Return a length to three digits, but no coarser than a kilometre."""
        return self._with_unit(self.notation.exact(km, digits=_DIGITS_OF_LENGTH), "km")

    def share(self, share: float, draws: int) -> str:
        """Return a share of draws: in percent, or counted where it is next to none or all."""
        percent = 100 * share
        if _LEAST_PERCENT <= percent <= 100 - _LEAST_PERCENT:
            return self.number(percent, "percent", step=1)
        return self(
            "share.counted",
            count=self.notation.exact(round(share * draws)),
            draws=self.notation.exact(draws),
        )

    def date(self, day: dt.date | None, precision: Precision = "day") -> str:
        """Return as much of a day as is known, as ISO 8601 writes it."""
        return self("date.none") if day is None else day.isoformat()[: _LENGTH_OF_DATE[precision]]

    def listed(self, items: list[str]) -> str:
        """Return items as one enumeration."""
        if len(items) < 2:
            return "".join(items)
        return self("list.last", first=", ".join(items[:-1]), last=items[-1])

    def named(self, group: str, name: str) -> str:
        """Return the word for a name of a closed set; a name that has none stays as it is."""
        return self.table.get(f"{group}.{name}", name)

    def _with_unit(self, number: str, unit: Unit) -> str:
        return number if unit == "none" else f"{number}{NO_BREAK_SPACE}{self.table[f'unit.{unit}']}"


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there is a file of."""
    return tuple(sorted(path.name.split(".")[1] for path in shipped("words").glob("report.*.toml")))


@cache
def words(language: str = "en") -> Words:
    """
    Return the fixed text in a language.

    Parameters
    ----------
    language
        ISO 639-1 code.

    Raises
    ------
    DataError
        If there is no file of that language; the message names those there are.
    """
    known = languages()
    if language not in known:
        raise DataError(f"no report in {language!r}: give one of {', '.join(known)}")
    text = shipped("words", f"report.{language}.toml").read_text("utf-8")
    table = dict(_flat(tomllib.loads(text)))
    return Words(
        language=language,
        table=table,
        notation=Notation(decimal=table["number.decimal"], group=table["number.group"]),
    )


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)
