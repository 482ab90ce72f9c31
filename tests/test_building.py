import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from frictionless import Package
from jsonschema import Draft202012Validator

from bordermap._shipped import shipped
from bordermap.building import Build
from bordermap.cases import Case
from bordermap.cli.app import DONE, REFUSED, run
from bordermap.errors import DataError
from bordermap.outputs import write_folder
from bordermap.verifying import verified

DRAWS = 50


@pytest.fixture(scope="module")
def built(armenia: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build") / "out"
    Build(case=armenia, draws=DRAWS, seed=7).write(folder)
    return folder


GUARD = """
import sys

def guard(event, arguments):
    if event in {{"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"}}:
        raise RuntimeError(f"asked for the network: {{event}} {{arguments}}")
    if event == "open" and str(arguments[0]).startswith({checkout!r}):
        raise RuntimeError(f"read from the checkout: {{arguments[0]}}")

sys.addaudithook(guard)
"""


def installed_wheel(folder: Path) -> Path:
    """
    Return the program of a wheel that is built here and installed into an empty environment.

    What bordermap needs is lent by the environment of the tests. The program is ended should it
    open a socket, or a file of the checkout's code or data.
    """
    root = Path(__file__).parent.parent
    pip = [sys.executable, "-m", "pip"]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index"]
    wheels = folder / "wheels"
    command = [*pip, "wheel", *quiet, "--no-build-isolation", "-w", str(wheels), str(root)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = wheels.glob("bordermap-*.whl")
    venv.create(folder / "venv")
    python = folder / "venv" / "bin" / "python"
    install = [*pip, "--python", str(python), "install", *quiet, "--no-compile", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
    lent = sysconfig.get_path("purelib")
    (site / "lent.pth").write_text(f"{lent}\nimport guard_of_tests\n", encoding="utf-8")
    places = (root / "bordermap", root / "data", Path(lent) / "bordermap")
    checkout = tuple(f"{place}{os.sep}" for place in places)
    (site / "guard_of_tests.py").write_text(GUARD.format(checkout=checkout), encoding="utf-8")
    for refused in (
        f"open({str(root / 'bordermap' / '_text.py')!r})",
        "socket().connect(('127.0.0.1', 9))",
    ):
        code = f"from socket import socket; {refused}"
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
        assert "RuntimeError: " in done.stderr, refused
    return folder / "venv" / "bin" / "bordermap"


def copied(built: Path, tmp_path: Path) -> Path:
    """Return a copy of a build that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "copy"))


def test_a_build_leaves_what_the_contract_names(built: Path) -> None:
    names = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    layers = ("provinces", "borders", "footprints", "budget", "sites", "disagreement")
    assert names == {
        *("map.html", "report.html", "report.md", "summary.json", "run.json"),
        "datapackage.json",
        *(f"layers/{layer}.geojson" for layer in layers),
    }


def test_two_builds_with_one_seed_are_the_same_to_the_byte(built: Path) -> None:
    assert list(verified(built)) == []


def test_a_wheel_in_an_empty_environment_makes_the_same_bytes_offline(
    built: Path, tmp_path: Path
) -> None:
    program = installed_wheel(tmp_path)
    options = ["--draws", str(DRAWS), "--seed", "7"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [program, "build", "-o", "out", *options],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    there = {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    made = {path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.*")}
    assert made == there
    for name in there:
        assert (tmp_path / "out" / name).read_bytes() == (built / name).read_bytes(), name


@pytest.mark.parametrize(
    "name",
    [
        *("map.html", "report.md", "report.html", "summary.json", "run.json", "datapackage.json"),
        "layers/borders.geojson",
    ],
)
def test_a_changed_digit_in_any_file_is_found(built: Path, tmp_path: Path, name: str) -> None:
    folder = copied(built, tmp_path)
    text = (folder / name).read_text(encoding="utf-8")
    at = max(index for index, char in enumerate(text) if char == "7")
    (folder / name).write_text(f"{text[:at]}8{text[at + 1 :]}", encoding="utf-8")
    found = list(verified(folder))
    assert found, name
    assert any(difference.startswith(name) for difference in found) or name == "run.json"


def test_missing_and_foreign_files_count(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied(built, tmp_path)
    (folder / "report.md").unlink()
    (folder / "layers" / "more.geojson").write_text("{}", encoding="utf-8")
    (folder / "report.html").unlink()
    os.mkfifo(folder / "report.html")
    (folder / "elsewhere").symlink_to(tmp_path)
    os.truncate(folder / "summary.json", 2**36)  # more than a machine's memory, less on disk
    assert run(["verify", str(folder), "--json"]) == REFUSED
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["identical"] is False
    assert found["differences"][:-1] == [
        "elsewhere: not of this build",
        "layers/more.geojson: not of this build",
        "report.html: no regular file",
        "report.md: missing",
    ]
    assert found["differences"][-1].startswith("summary.json: differs from line")
    assert err.count("\n") == 1


def test_a_case_of_ones_own_is_kept_with_its_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Path(shutil.copytree(shipped("cases", "armenia-150"), tmp_path / "own"))
    assert run(["build", str(own), "-o", str(tmp_path / "out"), "--draws", "20", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out)["case"] == "armenia-150"
    assert (tmp_path / "out" / "inputs" / "case" / "case.toml").exists()
    shutil.rmtree(own)
    assert run(["verify", str(tmp_path / "out")]) == DONE


def test_the_summary_has_the_keys_of_the_contract(built: Path) -> None:
    summary = json.loads((built / "summary.json").read_text(encoding="utf-8"))
    assert set(summary) >= {
        *("bordermap", "case", "claim", "dataset", "border_length_km", "province_area_km2"),
        *("strip", "estimates", "comparisons", "disagreement", "budget", "register"),
    }
    assert set(summary["claim"]) >= {
        *("id", "figure_text", "stated_area_km2", "asserted_by", "rejected_by", "as_of"),
        *("source", "provinces"),
    }
    assert [answer["section"] for answer in summary["strip"]] == [
        *("all", "mainland", "nakhchivan", "exclaves")
    ]
    assert summary["strip"][-1]["depth_m_for_stated"] is None
    for one in summary["estimates"]:
        parts = sum(one["by_province"].values())
        assert parts == pytest.approx(one["area_km2"]["best"], abs=1e-6)
    assert summary["border_length_km"]["total"] == pytest.approx(715.57, abs=0.01)


def test_a_record_names_no_time_and_no_path(built: Path) -> None:
    record = json.loads((built / "run.json").read_text(encoding="utf-8"))
    assert record["boundaries"]["id"] == "osm-2026"
    assert record["draws"] == DRAWS
    text = json.dumps(record)
    assert str(built) not in text
    assert "/home" not in text


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--draws", "0"], "0"),
        (["--draws", "many"], "many"),
        (["--seed", "-1"], "-1"),
        (["--tiles", "ftp://x"], "ftp://x"),
        (["--language", "tlh"], "tlh"),
        (["--boundaries", "nowhere.geojson"], "nowhere.geojson"),
    ],
)
def test_what_cannot_be_built_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], named: str
) -> None:
    assert run(["build", "-o", str(tmp_path / "out"), *options]) == REFUSED
    assert named in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_earlier_output_survives_a_refused_build(
    built: Path, tmp_path: Path, armenia: Case
) -> None:
    folder = copied(built, tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(["build", "-o", str(folder), "--draws", "0"]) == REFUSED
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    write_folder(folder, Build(case=armenia, draws=20, seed=1).files())
    assert list(verified(folder)) == []


def test_verify_refuses_what_is_no_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(tmp_path)]) == REFUSED
    (tmp_path / "run.json").write_text('{"case": "armenia-150"}', encoding="utf-8")
    assert run(["verify", str(tmp_path)]) == REFUSED
    assert capsys.readouterr().err.count("\n") == 2


def test_verify_waits_for_no_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "run.json")
    with pytest.raises(DataError, match="is no regular file"):
        list(verified(tmp_path))


def test_a_record_leads_to_no_file_outside_its_folder(built: Path, tmp_path: Path) -> None:
    folder = copied(built, tmp_path)
    record = json.loads((folder / "run.json").read_bytes())
    elsewhere = record["boundaries"] | {"id": str(tmp_path / "mine.geojson")}
    (folder / "run.json").write_text(json.dumps(record | {"boundaries": elsewhere}), "utf-8")
    with pytest.raises(DataError, match=r"no dataset '.*mine\.geojson' is here"):
        list(verified(folder))
    (folder / "run.json").write_text(json.dumps(record), "utf-8")
    (folder / "inputs").mkdir()
    (folder / "inputs" / "case").symlink_to(shipped("cases", "armenia-150"))
    with pytest.raises(DataError, match="leads out of"):
        list(verified(folder))


@pytest.fixture(scope="module")
def built_too(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a build of the other shipped case, in Russian."""
    folder = tmp_path_factory.mktemp("build") / "out"
    options = ["--draws", "20", "--language", "ru"]
    assert run(["build", "chamizal-1963", "-o", str(folder), *options]) == DONE
    return folder


def test_the_second_case_builds_too(built_too: Path) -> None:
    assert list(verified(built_too)) == []


def test_a_build_in_another_language_has_report_and_map_in_it(built_too: Path) -> None:
    assert '<html lang="ru"' in (built_too / "report.html").read_text(encoding="utf-8")
    assert '<html lang="ru"' in (built_too / "map.html").read_text(encoding="utf-8")
    assert "## Метод" in (built_too / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["run", "summary"])
@pytest.mark.parametrize("build", ["built", "built_too"])
def test_records_are_as_their_published_schema_says(
    build: str, name: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(build)
    schema = json.loads(shipped("schemas", f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    content = json.loads((folder / f"{name}.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(content)] == []
    assert not validator.is_valid(content | {"more": 1})
    assert not validator.is_valid({key: content[key] for key in list(content)[1:]})


@pytest.mark.parametrize("build", ["built", "built_too"])
def test_another_program_finds_the_folder_as_its_descriptor_says(
    build: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = copied(request.getfixturevalue(build), tmp_path)
    package = Package(str(folder / "datapackage.json"))
    assert package.validate().valid
    named = {resource.path for resource in package.resources}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert named == there - {"datapackage.json"}
    report = folder / "report.md"
    report.write_text(report.read_text("utf-8").replace("7", "8", 1), encoding="utf-8")
    assert not Package(str(folder / "datapackage.json")).validate().valid
