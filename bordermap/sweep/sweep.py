"""A sweep from its question to its answers, on whatever engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bordermap.batch import engine
from bordermap.sweep.answers import (
    PairAnswer,
    PairFailure,
    Question,
    in_order,
    pairs_of,
    swept,
)


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """
    Many borders.

    Parameters
    ----------
    question
        What is asked of each.
    countries
        ISO 3166-1 codes of the countries whose borders are wanted; all if none are given.
    workers
        Processes of this machine.
    scheduler
        Address of a Dask scheduler to use instead.
    """

    question: Question
    countries: Sequence[str] = ()
    workers: int = 1
    scheduler: str | None = None

    def run(
        self, told: Callable[[int, int], None] = lambda _done, _total: None
    ) -> tuple[list[PairAnswer], list[PairFailure]]:
        """
        Return what is found for each border, and what is not, in order of their codes.

        Parameters
        ----------
        told
            Is told how many borders are done, and of how many.

        Raises
        ------
        PlaceNotFoundError
            If a code is no country's, or the country has no neighbour in the dataset.
        DataError
            If there is no such dataset or view, or no engine, or it is lost.
        """
        pairs = pairs_of(self.question, self.countries)
        found: list[PairAnswer | PairFailure] = []
        with engine(workers=self.workers, scheduler=self.scheduler) as here:
            for answer in swept(pairs, self.question, here):
                found.append(answer)
                told(len(found), len(pairs))
        return in_order(found)
