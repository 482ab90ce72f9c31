"""
Values that show themselves in a notebook, without knowing how.

A class of the domain says that it is `Shown`; nothing below this line of the house knows more. The
package's front door, which stands above everything, registers the function that knows the views
(`bordermap.display`) for all of them, so that imports go down only and a value can be shown however
it was come by.
"""

from functools import singledispatch
from typing import Protocol


class Printer(Protocol):
    """What IPython gives a value to print itself on."""

    def text(self, text: str) -> None:
        """Print some text."""


@singledispatch
def html_of(value: object) -> str | None:  # noqa: ARG001  (registered functions use it)
    """Return how a value looks in a notebook; None for nothing but its text."""
    return None


@singledispatch
def text_of(value: object) -> str:
    """Return a value in a few lines."""
    return object.__repr__(value)


class Shown:
    """
    A value with a view of its own in a notebook and in print.

    A dataclass that is one is made with ``repr=False``: a listing of every field, geometry
    included, tells nobody anything.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return text_of(self)

    def _repr_html_(self) -> str | None:
        return html_of(self)

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:  # noqa: FBT001  (IPython's)
        printer.text("…" if cycle else repr(self))
