"""What is fuzzed: a promise of a reader, where its seeds lie, and what is drawn for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import hypothesis.strategies as st

from bordermap._shipped import shipped
from tests.hardening import hostile, promises

CASE = shipped("cases", "armenia-150")


@dataclass(frozen=True, kw_only=True)
class Target:
    """A promise, and contents to begin from."""

    promise: promises.Promise
    seeds: tuple[bytes, ...]

    @property
    def contents(self) -> st.SearchStrategy[bytes]:
        """What hypothesis draws: seeds with their bytes changed, and for JSON whole documents."""
        changed = hostile.mutated(st.sampled_from(self.seeds))
        if self.promise in GEOJSON:
            document = hostile.nearly(hostile.COLLECTIONS) | hostile.COLLECTIONS | hostile.VALUES
            return st.one_of(document.map(hostile.as_json), changed)
        return st.one_of(changed, st.binary(max_size=200))


GEOJSON = (
    promises.area,
    promises.repaired_area,
    promises.boundaries,
    promises.checked_boundaries,
)


def _corpus(kind: str) -> tuple[bytes, ...]:
    return tuple(hostile.corpus(kind).values())


def _shipped_files(pattern: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(CASE.glob(pattern)))


TARGETS: Mapping[str, Target] = {
    **{promise.__name__: Target(promise=promise, seeds=_corpus("geojson")) for promise in GEOJSON},
    **{
        Path(pattern.replace("/*", "")).stem: Target(
            promise=partial(promises.case_file, pattern=pattern), seeds=_shipped_files(pattern)
        )
        for pattern in promises.READERS
    },
    "article": Target(promise=promises.article, seeds=_corpus("articles")),
    "page": Target(promise=promises.page, seeds=_corpus("articles")),
    "linked_name": Target(
        promise=promises.linked_name,
        seeds=tuple(
            text.encode() for text in ("Syunik", "Գեղարքունիք", "Карки", *hostile.PAYLOADS)
        ),
    ),
}
