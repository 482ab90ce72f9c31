"""Numbers in words: as many digits as an interval supports, in a language's notation."""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from bordermap.intervals import Interval

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

EXACT_DIGITS = 4
"""Significant digits of a number that has no interval."""

LARGEST_OF_TWO_DIGITS = 354
"""Up to these first three digits, half a width keeps two of them."""

_ANY_FLOAT = Context(prec=2_000)
"""Digits enough for any float at any step; the usual 28 refuse what is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """
    How a language writes a number.

    Parameters
    ----------
    decimal
        Decimal mark.
    group
        What stands between thousands.
    """

    decimal: str = "."
    group: str = ","

    def rounded(self, value: float, step: float) -> str:
        """
        Return a number rounded to a step, a power of ten.

        Examples
        --------
        >>> Notation().rounded(1234.56, 0.1), Notation().rounded(-0.004, 0.01)
        ('1,234.6', '0.00')
        >>> Notation(decimal=",", group=" ").rounded(-1234.56, 10)
        '−1 230'
        """
        exponent = round(math.log10(step))
        shown = Decimal(repr(float(value))).quantize(
            Decimal(1).scaleb(exponent), ROUND_HALF_EVEN, _ANY_FLOAT
        )
        text = f"{abs(shown):,.{max(0, -exponent)}f}"
        whole, _, rest = text.partition(".")
        marked = whole.replace(",", self.group) + (self.decimal + rest if rest else "")
        return MINUS + marked if shown < 0 else marked

    def exact(self, value: float, *, digits: int = EXACT_DIGITS) -> str:
        """
        Return a number without an interval: so many significant digits, but no whole ones cut off.

        Examples
        --------
        >>> Notation().exact(60.06), Notation().exact(150.0), Notation().exact(12345.6)
        ('60.06', '150', '12,346')
        """
        if value == 0:
            return "0"
        step = 10.0 ** min(0, math.floor(math.log10(abs(value))) - digits + 1)
        text = self.rounded(value, step)
        whole, mark, rest = text.partition(self.decimal)
        rest = rest.rstrip("0")
        return whole + (mark + rest if rest else "")


def step_of(interval: Interval) -> float | None:
    """
    Return the last decimal place that an interval supports, or None where it has no width.

    Parameters
    ----------
    interval
        Low, best and high; where an end is missing, the other one alone tells the width.

    Notes
    -----
    Half the width has one or two significant digits, by the rule of the Particle Data Group
    (*Review of Particle Physics*, introduction, section 5.3): where its first three digits are
    100 to 354 it keeps two, up to 949 one, above that it is rounded up to 1000 and keeps two,
    which is the same place.

    Examples
    --------
    >>> step_of(Interval(low=91.15, best=105.62, high=128.77))
    1.0
    >>> step_of(Interval(low=148.3, best=155.4, high=160.6))
    1.0
    >>> step_of(Interval(low=15.15, best=15.3, high=15.35))
    0.01
    """
    low = interval.best if interval.low is None else interval.low
    high = interval.best if interval.high is None else interval.high
    both = interval.low is not None and interval.high is not None
    width = (high - low) / 2 if both else high - low
    if width <= 0:
        return None
    exponent = math.floor(math.log10(width))
    leading = round(width / 10.0**exponent * 100)
    return 10.0 ** (exponent - 1 if leading <= LARGEST_OF_TWO_DIGITS else exponent)
