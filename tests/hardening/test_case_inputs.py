"""Case files: refused in one line that names the file, or values that hold what they promise."""

import datetime as dt
import json
import math
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from bordermap._shipped import shipped
from bordermap.casefile import read_case_file
from bordermap.cases import load_case
from bordermap.claims.files import read_claim
from bordermap.scenarios import read_scenario
from bordermap.sites import read_reports, read_sites
from tests.hardening import hostile
from tests.hardening.refusing import refusals

CASE = shipped("cases", "armenia-150")
FEW = 40
MANY = 120

READERS: Mapping[str, Callable[[Path], object]] = {
    "case.toml": read_case_file,
    "claims/*.toml": read_claim,
    "scenarios/*.toml": read_scenario,
    "reports.toml": read_reports,
    "sites.csv": read_sites,
}
TOML = [pattern for pattern in READERS if pattern.endswith(".toml")]


def many(examples: int) -> settings:
    return settings(
        max_examples=examples,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def seeds(pattern: str) -> list[Path]:
    """Return the shipped files of one kind, and those of the corpus."""
    kept = hostile.CORPUS / "case" / pattern.replace("*", "any")
    return sorted(CASE.glob(pattern)) + ([kept] if kept.exists() else [])


def numbers_in(value: object) -> Iterator[float]:
    """Yield every number inside a value of the package."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from numbers_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from numbers_in(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from numbers_in(item)


def addresses_in(value: object) -> Iterator[str]:
    """Yield every address inside a value of the package."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name == "url" and getattr(value, "url"):  # noqa: B009  (any dataclass)
                yield getattr(value, "url")  # noqa: B009
            yield from addresses_in(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from addresses_in(item)


def require_sound(value: object) -> None:
    assert all(math.isfinite(number) for number in numbers_in(value))
    assert all(url.startswith(("http://", "https://")) for url in addresses_in(value))


def as_toml(document: Mapping[str, Any]) -> bytes:
    """Return a table as TOML, every key on a line; values may be what TOML cannot hold."""
    lines = (f"{_text(key)} = {_inline(item)}" for key, item in document.items())
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _inline(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(k)} = {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool | str) or value is None:
        return _text(value)
    return value.isoformat() if isinstance(value, dt.date) else repr(value)


@st.composite
def toml_files(draw: st.DrawFn, pattern: str) -> tuple[str, bytes]:
    """Return a name and content: a shipped file with values, keys or bytes changed."""
    path = draw(st.sampled_from(seeds(pattern)))
    if draw(st.booleans()):
        document = draw(hostile.nearly(st.just(tomllib.loads(path.read_text("utf-8")))))
        if isinstance(document, Mapping):
            return path.name, as_toml(document)
    return path.name, draw(hostile.mutated(st.just(path.read_bytes())))


@pytest.mark.parametrize("pattern", TOML)
@many(MANY)
@given(data=st.data())
def test_a_toml_file_is_refused_or_sound(tmp_path: Path, pattern: str, data: st.DataObject) -> None:
    name, content = data.draw(toml_files(pattern))
    path = tmp_path / name
    path.write_bytes(content)
    with refusals(name):
        require_sound(READERS[pattern](path))


@many(MANY)
@given(content=hostile.mutated(st.sampled_from([path.read_bytes() for path in seeds("sites.csv")])))
def test_a_table_of_sites_is_refused_or_sound(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sites.csv"
    path.write_bytes(content)
    with refusals("sites.csv"):
        sites = read_sites(path)
        require_sound(sites)
        for site in sites:
            assert abs(site.point.x) <= 180
            assert abs(site.point.y) <= 90
            assert site.accuracy_m > 0
        assert len({site.id for site in sites}) == len(sites)


@pytest.mark.parametrize("pattern", READERS)
@many(FEW)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused_or_sound(tmp_path: Path, pattern: str, content: bytes) -> None:
    path = tmp_path / Path(pattern.replace("*", "any")).name
    path.write_bytes(content)
    with refusals(path.name):
        require_sound(READERS[pattern](path))


@many(FEW)
@given(data=st.data())
def test_a_case_with_one_file_changed_is_refused_or_whole(
    tmp_path: Path, data: st.DataObject
) -> None:
    folder = tmp_path / "own"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(CASE, folder)
    pattern = data.draw(st.sampled_from(TOML))
    name, content = data.draw(toml_files(pattern))
    (folder / pattern).with_name(name).write_bytes(content)
    with refusals(""):
        case = load_case(folder)
        assert case.claim.stated_area_km2.best > 0
        assert case.borders.length_km > 0
        require_sound(case.register.claims)
