"""Fetched datasets: made, kept, used like shipped ones; a cache that is whole whatever happens."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import shapely
from pytest_socket import socket_allow_hosts

from bordermap.asking import borders_of, disagreement_of, provinces_of
from bordermap.cli.app import run
from bordermap.datasets import check_boundaries, list_datasets, list_fetched, load_dataset
from bordermap.datasets.cache import cache_folder
from bordermap.errors import (
    BordermapError,
    ChecksumError,
    DataError,
    GeometryError,
    PlaceNotFoundError,
    UnregisteredFileError,
)
from bordermap.fetching import Delivery, Fetched, Web, fetch
from bordermap.fetching.geoboundaries import delivery, spdx
from bordermap.footprints.strip import strip
from tests.fetching import service as serve
from tests.fetching.service import Service, about, layer, shape, square

WEB = Web(most_bytes=100_000, most_seconds=10, silence_seconds=2, plain="loopback")


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    with serve.running() as service:
        yield service


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BORDERMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "boundaries"


@pytest.fixture
def service(running: Service) -> Service:
    """Two countries whose own lines overlap in the south and leave a gap in the north."""
    running.answers.clear()
    running.asked.clear()
    serve_country(
        running,
        "ARM",
        layer(
            shape("AM-SU", "South", square(44.0, 39.0, 45.0, 39.5)),
            shape("AM-VD", "North", square(44.0, 39.5, 45.0, 40.0)),
        ),
    )
    serve_country(
        running,
        "AZE",
        layer(
            shape("AZE", "b", square(44.99, 39.0, 46.0, 39.5)),
            shape("AZE", "a", square(45.01, 39.5, 46.0, 40.0)),
        ),
        boundaryLicense="Creative Commons Attribution 4.0 International (CC BY 4.0)",
        boundaryYearRepresented="2021",
    )
    return running


def serve_country(service: Service, country: str, content: object, **members: str) -> None:
    told = about(service.address, country, **members)
    service.answers[f"/{country}/ADM1/"] = serve.document(told)
    service.answers[f"/raw/{country}.geojson"] = serve.moved(f"/media/{country}.geojson")
    service.answers[f"/media/{country}.geojson"] = serve.document(content)


def deliveries(service: Service, codes: Sequence[str]) -> list[Delivery]:
    return [delivery(code, WEB, api=service.address) for code in codes]


def fetched(service: Service, *countries: str) -> Fetched:
    return fetch("geoboundaries", countries, source=partial(deliveries, service))


def state(cache: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in cache.glob("*")} if cache.exists() else {}


# Used like a shipped one -------------------------------------------------------------------------


def test_a_fetched_country_is_listed_and_loaded_by_its_id(service: Service) -> None:
    found = fetched(service, "AM")
    assert found.info.id == "geoboundaries-ARM"
    assert list_fetched() == (found.info,)
    dataset = load_dataset("geoboundaries-ARM")
    assert [province.code for province in dataset.provinces_of("AM")] == ["AM-SU", "AM-VD"]
    assert dataset.country("ARM").polygon.equals(shapely.box(44, 39, 45, 40))
    assert dataset.info == found.info
    assert check_boundaries("geoboundaries-ARM").valid


def test_licence_attribution_vintage_and_checksums_are_carried(service: Service) -> None:
    found = fetched(service, "ARM", "AZE")
    assert found.info.licence == "ODbL-1.0 AND CC-BY-4.0"
    assert "geoBoundaries (Runfola et al. 2020); AM: A survey" in found.info.attribution
    assert found.info.vintage == "2018, 2021"
    entry = json.loads(found.file.with_name(f"{found.info.id}.json").read_text("utf-8"))
    assert [one["sha256"] for one in entry["sources"]] == [d.sha256 for d in found.deliveries]
    assert entry["sha256"] == found.info.sha256
    assert entry["mended"] == list(found.mended)


def test_two_countries_share_the_border_of_the_first(service: Service) -> None:
    found = fetched(service, "ARM", "AZE")
    borders = borders_of(["AM-SU", "AM-VD"], neighbour="AZ", boundaries=found.info.id)
    line = shapely.union_all([one.line for one in borders.lines])
    assert line.bounds == pytest.approx((45.0, 39.0, 45.0, 40.0))
    assert borders.length_km == pytest.approx(111.0, abs=0.1)
    assert strip(borders, 1_000).area_km2 == pytest.approx(111.0, rel=0.01)
    assert check_boundaries(found.info.id).valid


def test_what_the_seam_moved_is_told(service: Service) -> None:
    found = fetched(service, "ARM", "AZE")
    (seam,) = [told for told in found.mended if told.startswith("border of")]
    assert "the line is that of AM" in seam
    assert "47.9" in seam, "0.01 by 0.5 degrees at 39.25° N"
    assert "86" in seam.partition(" m 95 times in 100")[0][-3:], "0.01 degrees are 860 m"
    assert "the line of the first of AM, AZ" in found.info.worldview


def test_a_border_is_no_better_than_the_two_sides_agree_on_it(service: Service) -> None:
    fine = shapely.segmentize(shapely.box(45.01, 39.0, 46.0, 40.0), 0.002)
    west = shapely.segmentize(shapely.box(44.0, 39.0, 45.0, 40.0), 0.002)
    for country, code, land in (("ARM", "AM-SU", west), ("AZE", "AZ-LAC", fine)):
        geometry = json.loads(shapely.to_geojson(land))
        serve_country(service, country, layer(shape(code, code, geometry)))
    found = fetched(service, "ARM", "AZE")
    assert found.info.accuracy_m == pytest.approx(866, abs=10)
    assert "own lines lie this far apart" in found.info.accuracy_reason
    assert fetched(service, "ARM").info.accuracy_m < 150


def test_the_order_of_the_countries_says_whose_line_it_is(service: Service) -> None:
    one, other = fetched(service, "ARM", "AZE"), fetched(service, "AZE", "ARM")
    assert other.info.id == "geoboundaries-AZE-ARM"
    apart = disagreement_of(one.info.id, other.info.id, provinces=["AM-SU"], neighbour="AZ")
    assert apart.total_km2 == pytest.approx(47.9, abs=0.2)


def test_codes_that_the_source_lacks_are_the_layers_own_by_name(service: Service) -> None:
    found = fetched(service, "AZE")
    names = {p.code: p.name for p in load_dataset(found.info.id).provinces_of("AZ")}
    assert names == {"AZ-X01": "a", "AZ-X02": "b"}
    assert any("2 of 2 units of AZ have no ISO 3166-2 code" in told for told in found.mended)


def test_a_country_without_provinces_comes_whole(service: Service) -> None:
    told = about(service.address, "VAT")
    service.answers["/VAT/ADM0/"] = serve.document(told)
    service.answers["/raw/VAT.geojson"] = serve.document(
        layer(shape("VAT", "Vatican", square(12.44, 41.9, 12.46, 41.91)))
    )
    found = fetched(service, "VAT")
    assert load_dataset(found.info.id).country("VA").name == "Vatican"
    assert service.asked[:2] == ["/VAT/ADM1/", "/VAT/ADM0/"]


def test_a_polygon_that_is_made_valid_is_told_with_its_size(service: Service) -> None:
    ring = [[44, 39], [45, 39], [45, 40], [44, 40], [44, 39.5], [43.99, 39.501], [44, 39.5]]
    broken = {"type": "Polygon", "coordinates": [[*ring, [44, 39]]]}
    serve_country(service, "ARM", layer(shape("AM-SU", "South", broken)))
    found = fetched(service, "ARM")
    assert any(told.startswith("AM-SU: made valid") for told in found.mended)


def test_countries_far_apart_are_said_not_to_touch(service: Service) -> None:
    serve_country(service, "FRA", layer(shape("FR-IDF", "Paris", square(2, 48, 3, 49))))
    found = fetched(service, "ARM", "FRA")
    assert "Armenia and France do not touch in this source" in found.mended


def test_what_is_fetched_does_not_change_answers_that_did_not_ask_for_it(service: Service) -> None:
    before = [province.polygon for province in provinces_of("AM")]
    shipped = list_datasets()
    fetched(service, "ARM")
    assert list_datasets() == shipped
    assert [province.polygon for province in provinces_of("AM")] == before


def test_fetching_again_gives_the_same_bytes(service: Service, cache: Path) -> None:
    fetched(service, "ARM", "AZE")
    once = state(cache)
    fetched(service, "ARM", "AZE")
    assert state(cache) == once


# A cache that is whole ---------------------------------------------------------------------------

BROKEN: dict[str, Any] = {
    "busy": serve.status(429, Retry_After="5"),
    "down": serve.status(500),
    "web page": serve.content(b"<html>"),
    "pointer": serve.content(b"version https://git-lfs.github.com/spec/v1"),
    "truncated": serve.content(b'{"type": "FeatureCollection"', Content_Length="900"),
    "far larger": serve.endless(b" " * 4_096),
    "off https": serve.moved("http://example.org/x"),
    "a file": serve.moved("file:///etc/hostname"),
    "no features": serve.document({"type": "FeatureCollection", "features": []}),
    "a list": serve.document([1, 2]),
    "a point": serve.document(layer(shape("AM-SU", "x", {"type": "Point", "coordinates": [1, 2]}))),
    "metres": serve.document(layer(shape("AM-SU", "x", square(5e5, 4e6, 6e5, 5e6)))),
    "odd features": serve.document({"type": "FeatureCollection", "features": [None, 3]}),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("step", ["/ARM/ADM1/", "/media/ARM.geojson"])
def test_a_fetch_that_fails_leaves_the_cache_as_it_was(
    service: Service, cache: Path, name: str, step: str
) -> None:
    if step == "/ARM/ADM1/" and name in {"no features", "a point", "metres", "odd features"}:
        name = "a list"
    fetched(service, "ARM")
    before = state(cache)
    service.answers[step] = BROKEN[name]
    with pytest.raises(DataError) as caught:
        fetched(service, "ARM")
    assert str(caught.value).isprintable()
    assert state(cache) == before
    assert load_dataset("geoboundaries-ARM").provinces(["AM-SU"])


def test_a_first_fetch_that_fails_leaves_nothing(service: Service, cache: Path) -> None:
    service.answers["/media/ARM.geojson"] = serve.status(500)
    with pytest.raises(DataError):
        fetched(service, "ARM")
    assert state(cache) == {}


def test_a_fetch_broken_off_while_writing_leaves_the_old_dataset(
    service: Service, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fetched(service, "ARM").info
    serve_country(service, "ARM", layer(shape("AM-SU", "South", square(44, 39, 45, 39.4))))

    def write(path: Path, pieces: Sequence[bytes]) -> None:
        if path.suffix == ".json":
            raise KeyboardInterrupt
        path.write_bytes(b"".join(pieces))

    monkeypatch.setattr("bordermap.fetching.store.write_file", write)
    with pytest.raises(KeyboardInterrupt):
        fetched(service, "ARM")
    assert load_dataset("geoboundaries-ARM").info == before
    monkeypatch.undo()
    monkeypatch.setenv("BORDERMAP_CACHE", str(cache.parent))
    after = fetched(service, "ARM").info
    assert load_dataset("geoboundaries-ARM").info == after != before
    assert len(list(cache.glob("*.zip"))) == 1, "what nothing refers to is cleared away"


def test_a_file_that_was_changed_in_the_cache_is_refused(service: Service) -> None:
    file = fetched(service, "ARM").file
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(ChecksumError, match="bordermap boundaries fetch geoboundaries ARM"):
        load_dataset("geoboundaries-ARM")


def test_a_file_that_is_gone_from_the_cache_is_refused(service: Service) -> None:
    fetched(service, "ARM").file.unlink()
    with pytest.raises(DataError, match="fetch it again"):
        load_dataset("geoboundaries-ARM")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": "geoboundaries-ARM"}', "[" * 100_000])
def test_a_broken_entry_hides_no_other(service: Service, cache: Path, text: str) -> None:
    kept = fetched(service, "AZE").info
    (cache / "geoboundaries-ARM.json").write_text(text, "utf-8")
    assert list_fetched() == (kept,)
    with pytest.raises(DataError, match="entry of geoboundaries-ARM is broken; fetch it again"):
        load_dataset("geoboundaries-ARM")


def test_an_entry_vouches_only_for_what_lies_beside_it(service: Service, cache: Path) -> None:
    fetched(service, "ARM")
    entry = json.loads((cache / "geoboundaries-ARM.json").read_text("utf-8"))
    entry["file"] = "../../secret.zip"
    (cache / "geoboundaries-ARM.json").write_text(json.dumps(entry), "utf-8")
    with pytest.raises(DataError, match="broken"):
        load_dataset("geoboundaries-ARM")


# Refused -----------------------------------------------------------------------------------------


def test_a_dataset_that_was_not_fetched_says_how_to(cache: Path) -> None:
    assert cache_folder() == cache
    with pytest.raises(UnregisteredFileError, match="fetch geoboundaries ARM AZE"):
        load_dataset("geoboundaries-ARM-AZE")


@pytest.mark.parametrize(
    ("source", "countries", "error", "told"),
    [
        ("gadm", ["AM"], PlaceNotFoundError, "there are geoboundaries, overture, osm"),
        ("geoboundaries", ["XX"], PlaceNotFoundError, "no country has the code"),
        ("geoboundaries", [], DataError, "0 countries"),
        ("osm", ["AM"], DataError, r"pip install 'bordermap\[osm\]'"),
        ("overture", ["AM"], DataError, r"pip install 'bordermap\[overture\]'"),
    ],
)
def test_what_cannot_be_fetched_is_refused(
    source: str,
    countries: list[str],
    error: type[BordermapError],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(error, match=told):
        fetch(source, countries)


def test_a_country_that_the_source_lacks_is_named(service: Service) -> None:
    with pytest.raises(DataError, match=r"no boundaries of XK \(Kosovo\)"):
        fetched(service, "XK")


@pytest.mark.parametrize("sha256", ["xyz", "", "0" * 63, "g" * 64])
def test_what_is_no_checksum_is_refused_before_anything_is_asked_for(sha256: str) -> None:
    def nobody(countries: Sequence[str]) -> list[Delivery]:
        raise AssertionError(countries)

    with pytest.raises(DataError, match="is no SHA-256; give its 64 digits"):
        fetch("geoboundaries", ["AM"], sha256=sha256, source=nobody)


def test_a_checksum_is_asked_of_one_file(service: Service) -> None:
    good = fetched(service, "ARM").deliveries[0].sha256
    assert delivery("AM", WEB, api=service.address, sha256=good).sha256 == good
    with pytest.raises(ChecksumError, match="another file"):
        delivery("AM", WEB, api=service.address, sha256="0" * 64)
    with pytest.raises(DataError, match="2 files"):
        fetch("geoboundaries", ["AM", "AZ"], sha256=good)
    with pytest.raises(DataError, match="no file that could have a checksum"):
        fetch("osm", ["AM"], sha256=good)


@pytest.mark.parametrize(
    ("words", "identifier"),
    [
        ("Open Data Commons Open Database License 1.0", "ODbL-1.0"),
        ("Creative Commons Attribution 4.0 International (CC BY 4.0)", "CC-BY-4.0"),
        ("Creative Commons Attribution-ShareAlike 2.0", "CC-BY-SA-2.0"),
        (
            "Creative Commons Attribution 3.0 Intergovernmental Organisations (CC BY 3.0 IGO)",
            "CC-BY-3.0-IGO",
        ),
        ("Public Domain", "LicenseRef-public-domain"),
        ("Ask us", "NOASSERTION"),
    ],
)
def test_a_licence_in_words_has_an_identifier(words: str, identifier: str) -> None:
    assert spdx(words) == identifier


# On the command line -----------------------------------------------------------------------------


def test_fetch_list_and_strip_on_the_command_line(
    service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "bordermap.fetching.obtaining._service", lambda *_: partial(deliveries, service)
    )
    assert run(["boundaries", "fetch", "geoboundaries", "ARM", "AZE", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["id"] == "geoboundaries-ARM-AZE"
    assert told["countries"] == ["AM", "AZ"]
    assert run(["boundaries", "list", "--json"]) == 0
    assert told["id"] in {one["id"] for one in json.loads(capsys.readouterr().out)}
    question = ["--boundaries", told["id"], "--provinces", "AM-SU", "--neighbour", "AZ"]
    assert run(["strip", "1000", *question, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dataset"] == told["id"]
    assert run(["boundaries", "fetch", "geoboundaries", "ARM"]) == 0
    assert "use it with --boundaries geoboundaries-ARM" in capsys.readouterr().out


def test_a_border_with_one_side_only_says_what_is_missing(service: Service) -> None:
    found = fetched(service, "ARM")
    with pytest.raises((PlaceNotFoundError, GeometryError), match="no AZ"):
        borders_of(["AM-SU"], neighbour="AZ", boundaries=found.info.id)
