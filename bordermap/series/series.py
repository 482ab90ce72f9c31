"""A series: dated outlines that are there to be read, as often as wanted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from bordermap.boundaries import Province
from bordermap.provenance import Dataset
from bordermap.series.classes import Where
from bordermap.series.entries import Entry
from bordermap.series.steps import Step, read_series


@dataclass(frozen=True, kw_only=True)
class Series:
    """
    Dated outlines; going through them reads them and yields a `Step` each, oldest first.

    Parameters
    ----------
    entries
        Where the outlines are, oldest first; see `dated`.
    provinces, dataset
        What areas are split by, and where that comes from.
    where
        Which features count.
    repair
        Whether polygons that are not valid are made valid, which `Step.repairs` then tells.
    zone
        Time zone that days are counted in.
    """

    entries: tuple[Entry, ...]
    provinces: tuple[Province, ...] = field(default=(), repr=False)
    dataset: Dataset | None = None
    where: Where = field(default_factory=Where)
    repair: bool = False
    zone: tzinfo = UTC

    def __len__(self) -> int:
        """Return how many outlines there are."""
        return len(self.entries)

    def __iter__(self) -> Iterator[Step]:
        """Read the outlines and yield the steps; see `read_series` for what is refused."""
        return read_series(
            self.entries,
            provinces=self.provinces,
            where=self.where,
            repair=self.repair,
            zone=self.zone,
        )
