"""Case files: refused in one line that names the file, or values that hold what they promise."""

import datetime as dt
import json
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from bordermap._shipped import shipped
from bordermap.cases import load_case
from tests.hardening import hostile, promises
from tests.hardening.refusing import refusals

CASE = shipped("cases", "armenia-150")
FEW = 40
MANY = 120

TOML = [pattern for pattern in promises.READERS if pattern.endswith(".toml")]


def many(examples: int) -> settings:
    return settings(
        max_examples=examples,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def seeds(pattern: str) -> list[Path]:
    """Return the shipped files of one kind, and those of the corpus."""
    kept = hostile.CORPUS / "case" / pattern.replace("*", "any")
    return sorted(CASE.glob(pattern)) + ([kept] if kept.exists() else [])


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
    _, content = data.draw(toml_files(pattern))
    promises.case_file(content, tmp_path, pattern=pattern)


@many(MANY)
@given(content=hostile.mutated(st.sampled_from([path.read_bytes() for path in seeds("sites.csv")])))
def test_a_table_of_sites_is_refused_or_sound(tmp_path: Path, content: bytes) -> None:
    promises.case_file(content, tmp_path, pattern="sites.csv")


@pytest.mark.parametrize("pattern", promises.READERS)
@many(FEW)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused_or_sound(tmp_path: Path, pattern: str, content: bytes) -> None:
    promises.case_file(content, tmp_path, pattern=pattern)


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
        promises.require_sound(case.register.claims)
