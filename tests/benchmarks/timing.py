"""How a benchmark is measured: medians, side by side, in turn."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Row:
    """
    One line of the table.

    Parameters
    ----------
    what, against
        What is measured, and beside what.
    ours_s, theirs_s
        Medians [s].
    at_most
        Largest ratio that is promised; None where none is.
    note
        What else a reader should know.
    """

    what: str
    against: str
    ours_s: float
    theirs_s: float
    at_most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours over theirs."""
        return self.ours_s / self.theirs_s


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], *, repeats: int = 5
) -> tuple[float, float]:
    """Return the medians of two functions that are run in turn [s], after one run of each."""
    ours(), theirs()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for function, found in zip((ours, theirs), times, strict=True):
            start = time.perf_counter()
            function()
            found.append(time.perf_counter() - start)
    return median(times[0]), median(times[1])


def run(arguments: Sequence[str]) -> Callable[[], object]:
    """Return a function that runs a command to its end, with no output."""
    return lambda: subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)


def python(code: str) -> Callable[[], object]:
    """Return a function that runs code in a new interpreter."""
    return run([sys.executable, "-c", code])


def growth(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the exponent of the power law that fits costs by sizes best."""
    import numpy as np

    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])
