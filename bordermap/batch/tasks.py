"""What an engine is: it does some work with many tasks, wherever it has it done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """
    What comes of a task that no worker brought to an end.

    Parameters
    ----------
    reason
        Why.
    """

    reason: str


class Work(Protocol[T_contra, R_co]):
    """What is done with a task; files that all tasks share lie in the folder."""

    def __call__(self, task: T_contra, /, *, folder: Path) -> R_co:
        """Return what comes of a task."""


class Engine(Protocol):
    """Where work is done."""

    def each(
        self, work: Work[T, R], bundles: Iterable[Sequence[T]]
    ) -> Iterator[tuple[T, R | Lost]]:
        """
        Yield each task with what came of it, in the order in which they end.

        Parameters
        ----------
        work
            What is done with a task; a function of a module, or a partial one.
        bundles
            Tasks that are given out together; small ones are, so that the work outweighs the
            giving out.
        """
