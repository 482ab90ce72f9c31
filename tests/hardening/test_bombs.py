"""Small files made to take memory or minutes are refused within little of either."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MEGABYTE = 2**20
MEMORY_BYTES = 900 * MEGABYTE
CPU_S = 40
"""Processor time, not time on the wall: a busy machine changes nothing."""


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))


def topology_of_one_arc(points: int, times: int) -> str:
    arc = [[45 + n / 1e6, 40] for n in range(points)]
    part = {"type": "Polygon", "arcs": [[0] * times], "properties": {"code": "AM-SU"}}
    return json.dumps({"type": "Topology", "arcs": [arc], "objects": {"a": part}})


def collection(features: str) -> str:
    return '{"type": "FeatureCollection", "features": [' + features + "]}"


PART = '{"type": "Polygon", "coordinates": [[[1,1],[2,1],[2,2],[1,1]]]}'

FILES: dict[str, Callable[[], str]] = {
    "open lists": lambda: "[" * (8 * MEGABYTE),
    "open objects": lambda: collection('{"a":' * MEGABYTE),
    "one long text": lambda: collection('{"type": "' + "a" * (34 * MEGABYTE)),
    "one long number": lambda: collection('{"id": ' + "9" * (8 * MEGABYTE) + "}"),
    "many keys": lambda: "{" + ",".join(f'"{n}":{n}' for n in range(100_000)) + "}",
    "one key again and again": lambda: "{" + '"a":1,' * 100_000 + '"a":1}',
    "many empty features": lambda: collection(
        ",".join(['{"type":"Feature","geometry":null}'] * 200_000)
    ),
    "a collection in a collection": lambda: (
        '{"type": "GeometryCollection", "geometries": [' * 2_000 + PART + "]}" * 2_000
    ),
    "many overlapping polygons": lambda: collection(
        ",".join(['{"type":"Feature","properties":{},"geometry":' + PART + "}"] * 2_000)
    ),
    "an arc again and again": lambda: topology_of_one_arc(20_000, 200_000),
    "many rings of one arc": lambda: topology_of_one_arc(4, 1_500_000),
}

PROGRAM = """
import sys
from pathlib import Path
from bordermap.cli.app import run
for path in sorted(Path(sys.argv[1]).iterdir()):
    for command in (["area"], ["boundaries", "check"], ["area", "--by", "AM", "--boundaries"]):
        code = run([*command, str(path), *([str(path)] if "--by" in command else [])])
        print(f"{path.name}: {' '.join(command)}: {code}", file=sys.stderr)
        assert code in (0, 2), code
"""


@pytest.mark.parametrize("kind", FILES)
def test_a_small_file_takes_little_memory_and_time(tmp_path: Path, kind: str) -> None:
    (tmp_path / "given.geojson").write_text(FILES[kind](), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=limited,
    )
    assert "Traceback" not in done.stderr, done.stderr[-3_000:]
    assert done.returncode == 0, done.stderr[-3_000:]


CASE_FILES = {
    "dotted keys": ("case.toml", ".".join(["a"] * 60_000) + " = 1"),
    "many dotted keys": ("case.toml", "\n".join(f"a.b{n}.c.d = 1" for n in range(15_000))),
    "tables in tables": ("case.toml", "x = " + "{a = " * 40_000),
    "lists in lists": ("case.toml", "x = " + "[" * 200_000),
    "headers": ("case.toml", "[[a.b.c]]\n" * 25_000),
    "one long text": ("case.toml", 'title = "' + "a" * 250_000 + '"'),
    "one long number": ("case.toml", "seed = " + "9" * 250_000),
    "underscores": ("case.toml", "seed = " + "1_" * 120_000 + "1"),
    "one long cell": ("sites.csv", "id,name\n" + "a" * 250_000 + ",b\n"),
    "many cells": ("sites.csv", "," * 250_000 + "\n"),
    "quotes": ("sites.csv", '"' * 250_001),
    "many rows": ("sites.csv", "id,name\n" + "a,b\n" * 60_000),
    "too large": ("case.toml", "#" * 300_000),
}

CASE_PROGRAM = """
import shutil, sys
from pathlib import Path
from bordermap.cli.app import run
for bomb in sorted(Path(sys.argv[1]).iterdir()):
    code = run(["build", str(bomb), "-o", str(bomb / "out"), "--draws", "1"])
    print(bomb.name, code, file=sys.stderr)
    assert code == 2, code
"""


def test_small_case_files_take_little_memory_and_time(tmp_path: Path) -> None:
    from bordermap._shipped import shipped

    for number, (name, content) in enumerate(CASE_FILES.values()):
        folder = tmp_path / f"case-{number}"
        folder.mkdir()
        source = shipped("cases", "chamizal-1963")
        for path in source.rglob("*"):
            if path.is_file():
                target = folder / path.relative_to(source)
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(path.read_bytes())
        (folder / name).write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CASE_PROGRAM, str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=limited,
    )
    assert "Traceback" not in done.stderr, done.stderr[-3_000:]
    assert done.returncode == 0, done.stderr[-3_000:]
    assert done.stderr.count("bordermap: ") == len(CASE_FILES)
