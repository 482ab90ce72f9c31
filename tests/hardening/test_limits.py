"""
Every limit, tried on every command that reads a file of outlines or boundaries, line by line.

Each is refused with exit code 2 and one line that names the file, the feature and the place in it
(a check of boundaries lists the latter two on stdout), and nothing is written; or it is taken, and
measured as it should be.
"""

import io
import json
import math
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bordermap._shipped import shipped
from bordermap.cli.app import DONE, REFUSED, run
from bordermap.errors import BordermapError
from bordermap.geojson import Limits, read_features, reading, stream
from bordermap.reading import files as articles
from tests.assumptions import estimated, outlines, setting
from tests.hardening import oracle
from tests.hardening.counts import INPUTS, TRIED
from tests.hardening.refusing import steers
from tests.shapes import side_by_side

Ring = list[list[float]]

RING: Ring = [[-106.5, 31.7], [-106.4, 31.7], [-106.4, 31.8], [-106.5, 31.8], [-106.5, 31.7]]
"""Across the Chamizal, so that it lies on land of the case that is built."""
BESIDE: Ring = [[lon - 1, lat + 1] for lon, lat in RING]
BORDERS = side_by_side().borders()
BIDI = "\u202ereversed\x1b[2J\u2066"


def feature(*rings: object, code: str = "US-TX", **members: object) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    properties = {"code": code, "name": "a"}
    return {"type": "Feature", "properties": properties, "geometry": geometry, **members}


def text(*rings: object, code: str = "US-TX", **members: object) -> str:
    """Return a collection of a sound feature and the one that is meant."""
    features = [feature(BESIDE, code="US-NM"), feature(*rings, code=code, **members)]
    return json.dumps({"type": "FeatureCollection", "features": features})


def with_last(old: str, new: str, content: str) -> str:
    """Return text with the last of some words replaced, which stands in the second feature."""
    before, found, after = content.rpartition(old)
    assert found
    return before + new + after


def nested(depth: int) -> str:
    return with_last('"a"', "[" * depth + "]" * depth, text(RING))


def collections(depth: int) -> str:
    inner = json.dumps({"type": "Polygon", "coordinates": [RING]})
    opened = '{"type": "GeometryCollection", "geometries": [' * depth
    plain = json.dumps(feature(RING)["geometry"])
    return text(RING).replace(plain, opened + inner + "]}" * depth)


@dataclass(frozen=True)
class Refusal:
    """A file, what every command says of it, and what a check says where that is other words."""

    content: str | bytes
    told: str
    checked: str | None = None


TAKEN = "taken"
"""Where a check is not told of it: properties that it does not use."""
AT_2 = r"feature 2: position 2 of ring 1"
OF_2 = r"at position 2 of ring 1"
PLACE = r"line 1, column \d{3,4}( \(feature 2\))?: "

REFUSED_FILES = {
    "nesting depth": Refusal(nested(5_000), PLACE + "has too many lists or objects"),
    "nesting depth of a property": Refusal(
        nested(40), r"feature 2: has more than 16 lists or objects", TAKEN
    ),
    "nesting depth of collections": Refusal(
        collections(40), r"feature 2: has more than 16 collections", "US-TX has GeometryCollection"
    ),
    "NaN": Refusal(text([[1, 1], [math.nan, 1], [1, 2], [1, 1]]), PLACE + "NaN is no number"),
    "Infinity": Refusal(text([[1, 1], [math.inf, 1], [1, 2], [1, 1]]), PLACE + "Infinity is no"),
    "1e308": Refusal(
        text([[1, 1], [1e308, 1], [1, 2], [1, 1]]),
        AT_2 + r": \(1e\+308, 1\) looks like metres",
        OF_2 + "; that looks like metres",
    ),
    "1e309": Refusal(
        with_last("7.25", "1e309", text([[1, 1], [7.25, 1], [1, 2], [1, 1]])),
        AT_2 + r": \(inf, 1\) is out of range",
        OF_2,
    ),
    "coordinates out of range": Refusal(
        text([[170, 1], [200, 1], [170, 2], [170, 1]]),
        AT_2 + r": \(200, 1\) lies beyond longitude 180",
        r"\(200, 1\) " + OF_2,
    ),
    "coordinates swapped": Refusal(
        text([[lat, lon] for lon, lat in RING]),
        r"feature 2: position 1 of ring 1: \(31.7, -106.5\) looks like latitude, longitude",
        "at position 1 of ring 1; that looks like latitude, longitude; give longitude first",
    ),
    "projected coordinates": Refusal(
        text([[4e6, 5e6], [5e6, 5e6], [5e6, 6e6], [4e6, 5e6]]),
        r"position 1 of ring 1: \(4000000, 5000000\) looks like metres; give longitude",
        "at position 1 of ring 1; that looks like metres; give longitude, latitude",
    ),
    "antimeridian": Refusal(
        text([[179, 1], [-179, 1], [-179, 2], [179, 2], [179, 1]]),
        AT_2 + " ends an edge over half the globe or the antimeridian; cut",
        "US-TX has an edge over half the globe or the antimeridian to position 2 of ring 1; cut",
    ),
    "a pole along one edge": Refusal(
        text([[-180, 80], [180, 80], [180, 90], [-180, 90], [-180, 80]]),
        AT_2 + " ends an edge over half the globe",
        "US-TX has an edge over half the globe",
    ),
    "zero-area ring": Refusal(
        text([[1, 1], [2, 1], [1.5, 1], [1, 1]]),
        r"feature 2: Self-intersection\[1.5 1\] \(longitude, latitude\); draw it anew",
        r"US-TX is no valid polygon: Self-intersection\[1.5 1\]",
    ),
    "ring of one point": Refusal(
        text([[1, 1]] * 4),
        r"feature 2: Too few points .*\[1 1\] \(longitude, latitude\)",
        "US-TX is no valid polygon: Too few points",
    ),
    "hole outside its shell": Refusal(
        text(RING, [[1, 1], [2, 1], [2, 2], [1, 1]]),
        r"feature 2: Hole lies outside shell\[1 1\] \(longitude, latitude\); draw it anew",
        r"US-TX is no valid polygon: Hole lies outside shell\[1 1\]",
    ),
    "open ring": Refusal(
        text(RING[:4]),
        "feature 2: position 4 of ring 1 does not close the ring; end it",
        r"US-TX has a ring \(1\) of 4 positions that does not close; end it",
    ),
    "duplicate keys": Refusal(
        with_last('"name": "a"', '"name": "a", "name": "b"', text(RING)),
        PLACE + "the key 'name' stands twice in one object; keep one",
    ),
    "UTF-16": Refusal(text(RING).encode("utf-16"), "is UTF-16 or UTF-32; save it as UTF-8"),
    "UTF-16 without its mark": Refusal(text(RING).encode("utf-16-be"), "is UTF-16 or UTF-32; save"),
    "UTF-32": Refusal(text(RING).encode("utf-32"), "is UTF-16 or UTF-32; save it as UTF-8"),
    "latin-1": Refusal(
        with_last('"a"', '"é"', text(RING)).encode("latin-1"),
        r"byte \d+ \(0xe9\) is not UTF-8; save the file as UTF-8",
    ),
    "half a surrogate pair": Refusal(
        text(RING, id="\ud800"), PLACE + "has half a surrogate pair, which is no character; correct"
    ),
    "marks in an id": Refusal(
        text([[170, 1], [200, 1], [170, 2], [170, 1]], id=BIDI),
        r"feature 2 \(id '\\u202ereversed\\x1b\[2J\\u2066'\): position 2 of ring 1",
        r"\(200, 1\) " + OF_2,
    ),
    "cut short": Refusal(
        text(RING)[:-30].rpartition("[")[0], PLACE + "ends in the middle of a value; is the file"
    ),
    "nothing": Refusal(b"", "is empty; give"),
}

FEATURES_BY_COMMAND = ("area", "check", "series")
BUILT = ("nesting depth", "NaN", "coordinates swapped", "hole outside its shell", "UTF-16")
"""What is built end to end; the rest is given to the model that a build gives outlines to."""


def written(folder: Path, content: str | bytes) -> Path:
    TRIED[INPUTS] += 1
    path = folder / "2024-01-02.geojson"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def arguments(command: str, path: Path, out: Path) -> list[str]:
    before = path.with_name("2024-01-01.geojson")
    before.write_text(json.dumps(feature(BESIDE)), "utf-8")
    return {
        "area": ["area", str(path), "--json"],
        "check": ["boundaries", "check", str(path), "--json"],
        "series": ["series", str(before), str(path), "-o", str(out), "--json"],
    }[command]


def problems(printed: str) -> Iterator[str]:
    """Yield what a check found, if anything was printed."""
    for problem in json.loads(printed)["problems"] if printed else ():
        yield f"{problem['feature']} {problem['reason']}"


def require_told(told: str, path: Path, printed: str, line: str) -> None:
    assert line.count("\n") == 1
    assert path.name in line
    assert re.search(told, " ".join(problems(printed)) + line)
    assert not steers(line.removesuffix("\n"))


@pytest.mark.parametrize("command", FEATURES_BY_COMMAND)
@pytest.mark.parametrize("kind", REFUSED_FILES)
def test_a_limit_is_refused_in_one_line_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, command: str
) -> None:
    refusal = REFUSED_FILES[kind]
    path, out = written(tmp_path, refusal.content), tmp_path / "out.csv"
    told = refusal.told if command != "check" else refusal.checked or refusal.told
    code = run(arguments(command, path, out))
    if told == TAKEN:
        assert code == DONE
        return
    assert code == REFUSED
    require_told(told, path, *capsys.readouterr())
    assert not out.exists()


@pytest.mark.parametrize("kind", REFUSED_FILES)
def test_a_limit_in_outlines_of_a_scenario_is_refused_with_its_place(
    tmp_path: Path, kind: str
) -> None:
    refusal = REFUSED_FILES[kind]
    path = written(tmp_path, refusal.content)
    given = replace(setting(BORDERS), folder=tmp_path)
    with pytest.raises(BordermapError) as caught:
        estimated(outlines(path.name), given)
    require_told(refusal.told, path, "", f"{caught.value}\n")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case whose one scenario is a file of outlines."""
    folder = tmp_path_factory.mktemp("limits") / "case"
    shutil.copytree(shipped("cases", "chamizal-1963"), folder)
    shutil.rmtree(folder / "scenarios")
    (folder / "scenarios").mkdir()
    (folder / "outlines").mkdir()
    scenario = 'title = "t"\nmodel = "outlines"\nrationale = "r"\nassumes = ["a"]\n[outlines]\n'
    (folder / "scenarios" / "drawn.toml").write_text(
        scenario + 'file = "outlines/2024-01-02.geojson"\nreason = "r"\n', "utf-8"
    )
    return folder


@pytest.mark.parametrize("kind", BUILT)
def test_a_build_is_refused_in_one_line_and_writes_nothing(
    tmp_path: Path, case: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    path = written(case / "outlines", REFUSED_FILES[kind].content)
    out = tmp_path / "out"
    assert run(["build", str(case), "-o", str(out), "--draws", "1"]) == REFUSED
    require_told(REFUSED_FILES[kind].told, path, *capsys.readouterr())
    assert list(tmp_path.iterdir()) == []


# What is taken, and how large it is ---------------------------------------------------------------

POLE: Ring = [[-180, 80], [-60, 80], [60, 80], [180, 80], [180, 90], [-180, 90], [-180, 80]]
SLIVER: Ring = [[1, 1], [2, 1], [2, 1.000000001], [1, 1]]
TINY: Ring = [[0, 1], [1e-308, 2], [1, 2], [0, 1]]

TAKEN_FILES = {
    "a long name": (with_last('"a"', json.dumps("n" * 200_000), text(RING)), RING),
    "1e-308": (text(TINY), TINY),
    "a pole": (text(POLE), POLE),
    "a sliver": (text(SLIVER), SLIVER),
    "a byte order mark": ("\ufeff" + text(RING), RING),
    "CRLF": (text(RING).replace(" ", "\r\n"), RING),
    "marks in a name": (with_last('"a"', json.dumps(BIDI, ensure_ascii=False), text(RING)), RING),
    "nesting up to the limit": (nested(16), RING),
    "collections up to the limit": (collections(16), RING),
    "latitude and longitude both possible": (text([[1, 2], [2, 2], [2, 3], [1, 2]]), None),
}


@pytest.mark.parametrize("kind", TAKEN_FILES)
def test_what_is_no_limit_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    content, ring = TAKEN_FILES[kind]
    if kind == "marks in a name":
        content = content.replace("\x1b", "\\u001b")
    path = written(tmp_path, content)
    for command in ("area", "series"):
        assert run(arguments(command, path, tmp_path / "out.csv")) == DONE
        out, err = capsys.readouterr()
        assert err == ""
        if ring is not None:
            expected_km2 = oracle.ring_km2(ring) + oracle.ring_km2(BESIDE)
            assert json.loads(out)[-1]["area_km2"] == pytest.approx(expected_km2, rel=1e-9)


def test_a_check_knows_latitude_first_by_where_the_country_lies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = [[39.5, 46.0], [39.5, 46.1], [39.6, 46.1], [39.5, 46.0]]
    path = written(tmp_path, text(turned, code="AM-SU"))
    told = r"AM-SU lies about longitude 39.5, latitude 46, off Armenia; that looks like latitude,"
    assert run(arguments("check", path, tmp_path / "out")) == REFUSED
    require_told(told, path, *capsys.readouterr())
    assert run(["strip", "100", "--provinces", "AM-SU", "--boundaries", str(path)]) == REFUSED
    require_told(told, path, *capsys.readouterr())


# Sizes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(features=3), "has more than 3 features; split it"),
        (Limits(vertices=7), "has more than 7 vertices; split it"),
        (Limits(file_bytes=300), "is larger than 300 bytes; split it"),
    ],
)
def test_a_file_beyond_a_size_is_refused(tmp_path: Path, limits: Limits, told: str) -> None:
    path = written(tmp_path, "\n".join([text(RING)] * 2))
    with pytest.raises(BordermapError, match=re.escape(f"{path.name}: {told}")):
        list(read_features(path, limits=limits))


@pytest.mark.parametrize("command", [*FEATURES_BY_COMMAND, "read"])
def test_a_file_too_large_is_refused_before_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    path = written(tmp_path, text(RING))
    os.truncate(path, 3 * 2**30)  # a hole, which takes no room on the disk
    given = (
        arguments(command, path, tmp_path / "o.csv") if command != "read" else ["read", str(path)]
    )
    assert run(given) == REFUSED
    require_told("is larger than|has more than 40,000,000 bytes", path, *capsys.readouterr())


def test_a_file_that_grows_without_end_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, text(RING))
    really = stream.open_regular

    def open_and_grow(path: Path, *, limits: Limits) -> io.BufferedReader:
        file = really(path, limits=limits)
        path.write_text(text(RING)[:-2] + ", " + ",".join(["{}"] * 10_000), "utf-8")
        return file

    monkeypatch.setattr(reading, "open_regular", open_and_grow)
    with pytest.raises(BordermapError, match="is larger than 1,000 bytes"):
        list(read_features(path, limits=Limits(file_bytes=1_000)))


# Names that lead to no file -----------------------------------------------------------------------


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with names that lead to no file."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    (tmp_path / "mine.txt").write_text("Azerbaijan has occupied 150 km² in Syunik.", "utf-8")
    (tmp_path / "mine.txt").chmod(0)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["pipe", "loop", "folder", "/dev/zero", "", "a\0b", "absent"])
@pytest.mark.parametrize(
    "command",
    [
        *(["area"], ["boundaries", "check"], ["series"], ["read"], ["verify"], ["build"]),
        *(["depth", "150", "--boundaries"], ["series", "--dates"]),
        ["new", "made", "--countries", "AM,AZ", "--article"],
    ],
    ids=" ".join,
)
def test_a_name_of_no_file_is_refused_in_one_line(
    odd: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    name: str,
) -> None:
    TRIED[INPUTS] += 1
    monkeypatch.setattr(articles, "PATIENCE_S", 0.01)
    before = sorted(odd.iterdir())
    assert run([*command, name]) == REFUSED
    assert capsys.readouterr().err.count("\n") == 1
    assert sorted(odd.iterdir()) == before


@pytest.mark.parametrize("command", ["build", "export", "register", "series pipe", "batch pipe"])
def test_an_empty_name_of_output_is_refused(
    odd: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    before = sorted(odd.iterdir())
    assert run([*command.split(), "-o", ""]) == REFUSED
    assert "'' is no name of a file or folder" in capsys.readouterr().err
    assert sorted(odd.iterdir()) == before


@pytest.mark.parametrize("name", ["pipe.txt", "loop.txt", "folder.txt"])
def test_a_batch_goes_on_past_a_name_of_no_file(
    odd: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setattr(articles, "PATIENCE_S", 0.01)
    (odd / name.removesuffix(".txt")).rename(odd / name)
    assert run(["batch", name, "-o", "out", "--workers", "1", "--json"]) == REFUSED
    (item,) = json.loads(capsys.readouterr().out)
    assert name in item["error"]


@pytest.mark.parametrize("command", ["read", "area", "series", "boundaries check", "verify"])
def test_a_file_without_permission_is_refused(
    odd: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    run(["--version"])
    was_root = os.geteuid() == 0
    if was_root:  # who may read everything
        odd.chmod(0o755)
        os.seteuid(65_534)
    try:
        code = run([*command.split(), str(odd / "mine.txt")])
    finally:
        if was_root:
            os.seteuid(0)
    assert code == REFUSED
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "mine.txt" in line


# Articles -----------------------------------------------------------------------------------------

SENTENCE = "Azerbaijan has occupied 150 km² in Syunik."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_an_article_in_an_encoding_that_is_not_told_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(SENTENCE.encode(encoding))
    assert run(["read", str(path)]) == REFUSED
    require_told("save it as UTF-8", path, *capsys.readouterr())


def test_a_pipe_is_read_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    reader, writer = os.pipe()
    os.write(writer, SENTENCE.encode())
    os.close(writer)
    assert run(["read", f"/dev/fd/{reader}", "--json"]) == DONE
    os.close(reader)
    (draft,) = json.loads(capsys.readouterr().out)
    assert draft["figure_text"] == "150 km²"
