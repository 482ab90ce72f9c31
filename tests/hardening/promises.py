"""
What is promised of each reader, whatever bytes it is given.

Each promise takes the content of a file and a folder to put it in. It ends quietly if the content
is refused as it should be, or accepted and right; everything else that is raised is a fault.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from bordermap.areas import geodesic_area_km2
from bordermap.casefile import read_case_file
from bordermap.claims.files import read_claim
from bordermap.datasets import check_boundaries, load_dataset
from bordermap.gazetteer import Gazetteer
from bordermap.measuring import measured_files
from bordermap.reading import read_article
from bordermap.reading.files import article_text
from bordermap.scenarios import read_scenario
from bordermap.sites import read_reports, read_sites
from tests.hardening import oracle
from tests.hardening.refusing import refusals, steers

EARTH_KM2 = 510_065_622
FARTHEST_M = 1e7

Promise = Callable[[bytes, Path], None]


def _written(content: bytes, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


# GeoJSON -----------------------------------------------------------------------------------------


def _agrees(found_km2: float, content: bytes) -> bool:
    low_km2, high_km2 = oracle.bounds_km2(oracle.polygons_of(content))
    room_km2 = 1e-9 * high_km2 + 1e-9
    return low_km2 - room_km2 <= found_km2 <= high_km2 + room_km2


def area(content: bytes, folder: Path) -> None:
    """An area is what the oracle says."""
    path = _written(content, folder, "given.geojson")
    with refusals(path.name):
        (found,) = measured_files([path])
        assert _agrees(found.area_km2, content)


def repaired_area(content: bytes, folder: Path) -> None:
    """A repaired area is possible, and the oracle's where nothing was repaired."""
    path = _written(content, folder, "given.geojson")
    with refusals(path.name):
        (found,) = measured_files([path], repair=True)
        assert 0 <= found.area_km2 <= EARTH_KM2
        assert all(math.isfinite(repair.area_change_km2) for repair in found.repairs)
        if not found.repairs:
            assert _agrees(found.area_km2, content)


def boundaries(content: bytes, folder: Path) -> None:
    """Boundaries are as large as the oracle says, and every code names one polygon."""
    path = _written(content, folder, "given.geojson")
    with refusals(path.name):
        dataset = load_dataset(path)
        polygons = dataset.read(dataset.entries)
        found_km2 = math.fsum(map(geodesic_area_km2, polygons))
        expected_km2 = math.fsum(map(oracle.polygon_km2, oracle.polygons_of(content)))
        assert abs(found_km2 - expected_km2) <= 1e-9 * expected_km2 + 1e-9
        assert len({(entry.level, entry.code) for entry in dataset.entries}) == len(polygons)
        assert 0 <= dataset.info.accuracy_m < FARTHEST_M


def checked_boundaries(content: bytes, folder: Path) -> None:
    """A check tells its faults in inert words, and what it finds usable can be used."""
    path = _written(content, folder, "given.geojson")
    with refusals(path.name):
        report = check_boundaries(path)
        json.dumps(report.as_json(), allow_nan=False)
        for problem in report.problems:
            assert not steers(problem.feature)
            assert not steers(problem.reason)
        if report.usable:
            dataset = load_dataset(path)
            assert dataset.entries


# Case files --------------------------------------------------------------------------------------

READERS: Mapping[str, Callable[[Path], object]] = {
    "case.toml": read_case_file,
    "claims/*.toml": read_claim,
    "scenarios/*.toml": read_scenario,
    "reports.toml": read_reports,
    "sites.csv": read_sites,
}
"""Who reads which files of a case."""


def case_file(content: bytes, folder: Path, *, pattern: str) -> None:
    """What is read from a file of a case holds finite numbers and addresses of the web."""
    path = _written(content, folder, Path(pattern.replace("*", "any")).name)
    with refusals(path.name):
        value = READERS[pattern](path)
        require_sound(value)
        if pattern == "sites.csv":
            _require_places(path)


def _require_places(path: Path) -> None:
    sites = read_sites(path)
    for site in sites:
        assert abs(site.point.x) <= 180
        assert abs(site.point.y) <= 90
        assert site.accuracy_m > 0
    assert len({site.id for site in sites}) == len(sites)


def require_sound(value: object) -> None:
    assert all(math.isfinite(number) for number in _numbers_in(value))
    assert all(url.startswith(("http://", "https://")) for url in _addresses_in(value))


def _parts_of(value: object) -> Iterator[tuple[str, object]]:
    """Yield what a value of the package holds, each with its name where it has one."""
    if is_dataclass(value) and not isinstance(value, type):
        yield from ((field.name, getattr(value, field.name)) for field in fields(value))
    elif isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple | list):
        yield from (("", item) for item in value)


def _numbers_in(value: object) -> Iterator[float]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield value
    for _, part in _parts_of(value):
        yield from _numbers_in(part)


def _addresses_in(value: object) -> Iterator[str]:
    for name, part in _parts_of(value):
        if name == "url" and isinstance(part, str):
            yield part
        yield from _addresses_in(part)


# Text --------------------------------------------------------------------------------------------


def article(content: bytes, folder: Path, *, name: str = "a.txt") -> None:
    """Drafts point into the text as it was read, and hold figures above nothing."""
    del folder  # an article is read from memory
    with refusals():
        require_drafts_that_point(article_text(content, name=name))


def page(content: bytes, folder: Path) -> None:
    """A saved page is read or refused as an article is."""
    article(content, folder, name="a.html")


def require_drafts_that_point(text: str) -> None:
    for draft in read_article(text):
        spans = [draft.figure.span, draft.sentence, *(place.span for place in draft.places)]
        spans += [
            party.span for party in (draft.asserted_by, draft.about) if party.span is not None
        ]
        for span in spans:
            assert text[span.start : span.end] == span.text
        found = draft.figure.area_km2
        ends = [end for end in (found.low, found.best, found.high) if end is not None]
        assert ends == sorted(ends)
        assert all(math.isfinite(end) and end > 0 for end in ends)
        assert all(0 <= place.score <= 1 for place in draft.places)


def linked_name(content: bytes, folder: Path) -> None:
    """A name leads to features, the best first, or nowhere."""
    del folder
    name = content.decode("utf-8", "surrogateescape")
    for country in (None, "AM"):
        (link,) = Gazetteer.load().link([name], country=country)
        assert link.text == name
        scores = [match.score for match in link.matches]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        json.dumps(link.to_json(), allow_nan=False)
