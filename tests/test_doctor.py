"""The self-check finds what is wrong, says what to do, and never ends in a traceback."""

import importlib.metadata
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pyproj
import pytest
import shapely

from bordermap import doctor
from bordermap._shipped import shipped
from bordermap.cases import load_case
from bordermap.cli.app import DONE, REFUSED, run
from bordermap.datasets import load_dataset
from bordermap.doctor import Finding, examined
from bordermap.errors import DataError
from bordermap.fetching.store import checksum, stored


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache that is this test's own."""
    monkeypatch.setenv("BORDERMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "boundaries"


def finding_of(check: str) -> Finding:
    kind = {"package": "packages", "case": "cases", "cache": "cache"}.get(
        check.split(maxsplit=1)[0], check
    )
    kind = "data" if check.startswith("data") else kind
    (found,) = (finding for finding in examined([kind]) if finding.check == check)
    return found


def test_a_sound_installation_has_nothing_bad_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["doctor", "--json"]) == DONE
    told = json.loads(capsys.readouterr().out)
    assert told["sound"] is True
    assert {finding["state"] for finding in told["findings"]} == {"good"}
    assert {"python", "geos", "projections", "area of an octant", "depth of a strip"} <= {
        finding["check"] for finding in told["findings"]
    }


def test_every_package_is_looked_at() -> None:
    checks = {finding.check for finding in examined(["packages"])}
    assert {"package numpy", "package shapely", "package folium", "package pyproj"} <= checks
    assert "package pytest" not in checks


@pytest.fixture
def other_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the small shipped files, which the self-check is led to."""
    folder = tmp_path / "data"
    for name in ("registry.toml", "gazetteer", "cases"):
        source = shipped(name)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        folder.mkdir(exist_ok=True)
        copy(source, folder / name)
    monkeypatch.setattr(doctor, "shipped", folder.joinpath)
    return folder


def test_a_changed_file_and_a_missing_one_are_found(
    other_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (other_data / "gazetteer" / "places.tsv").open("a", encoding="utf-8") as file:
        file.write("x")
    assert "not the registered file" in finding_of("data gazetteer-places").found
    assert "cannot be read: No such file" in finding_of("data osm-2026").found
    assert run(["doctor"]) == REFUSED
    out, err = capsys.readouterr()
    assert "install bordermap anew" in out
    assert "checks failed" in err
    assert err.count("\n") == 1


def test_a_broken_registry_is_a_finding(other_data: Path) -> None:
    (other_data / "registry.toml").write_text("[[", encoding="utf-8")
    found = finding_of("data")
    assert found.state == "bad"
    assert found.found.startswith("TOMLDecodeError")


@pytest.mark.parametrize(
    ("check", "target", "name", "value"),
    [
        ("python", doctor, "OLDEST_PYTHON", (99, 0)),
        ("geos", doctor, "OLDEST_GEOS", (99, 0)),
        ("area of an octant", doctor, "EARTH_KM2", 510_072_000.0),
        ("depth of a strip", doctor, "ANSWER_M", -1.0),
    ],
)
def test_what_would_not_do_is_found(
    monkeypatch: pytest.MonkeyPatch, check: str, target: object, name: str, value: object
) -> None:
    monkeypatch.setattr(target, name, value)
    found = finding_of(check)
    assert found.state == "bad"
    assert found.remedy


def test_an_old_and_a_missing_package_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "rich":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1.26.4" if name == "numpy" else "999.0"

    monkeypatch.setattr(importlib.metadata, "version", version)
    assert finding_of("package numpy").found == "1.26.4, older than 2.1"
    assert finding_of("package rich").found == "is not installed"
    assert finding_of("package shapely").state == "good"


def test_a_run_from_the_source_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(name: str) -> list[str]:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", requires)
    assert finding_of("packages").state == "note"


def test_a_database_of_another_proj_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_user_input(_: str) -> None:
        raise pyproj.exceptions.CRSError("no database context specified")

    monkeypatch.setattr(pyproj.CRS, "from_user_input", from_user_input)
    found = finding_of("projections")
    assert found.state == "bad"
    assert "PROJ_DATA" in found.remedy


@pytest.mark.parametrize(
    ("newer", "older"),
    [("2.1.0", "2.0.9"), ("2.10", "2.9"), ("3", "2.99.99"), ("1.9.3.0", "1.9.2"), ("1", "")],
)
def test_versions_are_compared_number_by_number(newer: str, older: str) -> None:
    assert doctor._numbers(newer) > doctor._numbers(older)


@pytest.mark.parametrize("same", ["2.1", "2.1.0", "2.1.0rc1", "2.1.0.0"])
def test_zeros_at_the_end_do_not_make_a_version_newer(same: str) -> None:
    assert doctor._numbers(same) == doctor._numbers("2.1")


def test_an_old_geos_is_found_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapely, "geos_version", (3, 11, 4))
    assert finding_of("geos").state == "bad"


def fetched(cache: Path) -> Path:
    """Put a dataset into the cache as `boundaries fetch` does, and return its file."""
    content = b"stands for a dataset"
    info = replace(
        load_case("chamizal-1963").dataset, id="geoboundaries-ARM", sha256=checksum(content)
    )
    path = stored(content, info, sources=[], mended=[])
    assert path.parent == cache
    return path


def test_an_empty_cache_is_no_fault() -> None:
    found = finding_of("cache")
    assert found.state == "good"
    assert "no dataset was fetched" in found.found


def test_a_fetched_dataset_is_compared_with_its_checksum(cache: Path) -> None:
    file = fetched(cache)
    assert finding_of("cache geoboundaries-ARM").state == "good"
    file.write_bytes(b"something else")
    found = finding_of("cache geoboundaries-ARM")
    assert (found.state, found.found) == ("bad", "is not the file that was fetched")
    assert found.remedy == "fetch it again: bordermap boundaries fetch geoboundaries ARM"
    file.unlink()
    assert "cannot be read: No such file" in finding_of("cache geoboundaries-ARM").found
    (cache / "geoboundaries-ARM.json").write_text("{", encoding="utf-8")
    assert "is broken" in finding_of("cache geoboundaries-ARM").found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("geoboundaries-ARM.json", "the cache's entry of geoboundaries-ARM is broken"),
        ("the file", "its file cannot be read: it is no regular file"),
    ],
)
def test_a_pipe_in_the_cache_is_told_of_and_not_waited_for(
    cache: Path, name: str, told: str
) -> None:
    file = fetched(cache)
    pipe = file if name == "the file" else cache / name
    pipe.unlink()
    os.mkfifo(pipe)
    assert told in finding_of("cache geoboundaries-ARM").found
    with pytest.raises(DataError, match="geoboundaries-ARM"):
        load_dataset("geoboundaries-ARM")


def test_what_lies_in_the_cache_for_nothing_is_noted(cache: Path) -> None:
    fetched(cache)
    (cache / "geoboundaries-ARM-000000000000.zip").write_bytes(b"older")
    found = finding_of("cache")
    assert found.state == "note"
    assert found.found.startswith("1 things in")
    assert found.remedy.startswith("delete what you do not know")
