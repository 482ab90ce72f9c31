import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bordermap._shipped import shipped
from bordermap.assessment import assess
from bordermap.cases import load_case
from bordermap.errors import BordermapError, PluginError, ScenarioError
from bordermap.fetching import fetch
from bordermap.models import AreaModel, foreign_model
from bordermap.plugins import load_plugin, plugin_names

EXAMPLE = Path(__file__).parent / "example"

UNEVEN = """
title = "A strip of a depth for each province"
model = "uneven"
rationale = "Reports from the three provinces speak of different depths."
assumes = ["In each province everything within its depth is counted."]
"""
NUMBER = """
[[numbers]]
id = "{code}"
[numbers.quantity]
low = {low}
best = {best}
high = {high}
reason = "taken for an example"
"""
ESTIMATE = (
    "return Estimate(scenario=scenario, area_km2=Interval(low=1, best=2, high=3),"
    " by_province={}, parameters={{}}, followed_km=1)"
)
DEPTHS_M = {"AM-GR": (50, 100, 150), "AM-SU": (100, 200, 300), "AM-VD": (20, 40, 80)}


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that pip has installed the example package into."""
    folder = tmp_path_factory.mktemp("site")
    source = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("source") / "example")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--target", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def example(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(installed))
    return installed


@pytest.fixture
def own_case(tmp_path: Path) -> Path:
    """Return a copy of the shipped case whose only scenario is of the example's model."""
    case = Path(shutil.copytree(shipped("cases", "armenia-150"), tmp_path / "case"))
    for scenario in (case / "scenarios").glob("*.toml"):
        scenario.unlink()
    numbers = "".join(
        NUMBER.format(code=code, low=low, best=best, high=high)
        for code, (low, best, high) in DEPTHS_M.items()
    )
    (case / "scenarios" / "uneven.toml").write_text(UNEVEN + numbers, encoding="utf-8")
    return case


def program(installed: Path, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(installed),
        "BORDERMAP_CACHE": str(tmp_path / "cache"),
    }
    return subprocess.run(
        [sys.executable, "-m", "bordermap", *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )


def broken(folder: Path, entry: str, code: str) -> None:
    """Put an installed package with one plugin into a folder."""
    (folder / "broken_plugin.py").write_text(code, encoding="utf-8")
    info = folder / "broken-2.5.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 2.5\n")
    (info / "entry_points.txt").write_text(entry)


def test_a_model_of_another_package_is_built_told_and_verified(
    installed: Path, tmp_path: Path, own_case: Path
) -> None:
    done = program(
        *(installed, tmp_path, "build", str(own_case), "-o", "out", "--draws", "50", "--json")
    )
    assert done.returncode == 0, done.stderr
    (estimate,) = json.loads(done.stdout)["estimates"]
    assert estimate["model"] == "uneven"
    assert estimate["draws"] == 50
    for code, (_, best_m, _) in DEPTHS_M.items():
        strip = program(installed, tmp_path, "strip", str(best_m), "--json")
        wanted_km2 = json.loads(strip.stdout)["by_province"][code]
        assert estimate["by_province"][code] == pytest.approx(wanted_km2, rel=1e-4)
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["versions"]["bordermap-example"] == "1.0"
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "bordermap-example 1.0" in report
    assert "the depth assumed for each province by itself" in report
    layer = json.loads((tmp_path / "out" / "layers" / "footprints.geojson").read_bytes())
    assert {one["properties"]["model"] for one in layer["features"]} == {"uneven"}
    assert program(installed, tmp_path, "verify", "out").returncode == 0


def test_without_the_package_its_case_is_refused_in_one_line(
    tmp_path: Path, own_case: Path
) -> None:
    done = program(tmp_path / "nowhere", tmp_path, "build", str(own_case), "-o", "out")
    assert done.returncode == 2
    assert "no model is named 'uneven'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_source_of_another_package_is_fetched_and_used(installed: Path, tmp_path: Path) -> None:
    done = program(*(installed, tmp_path, "boundaries", "fetch", "sketch", "ARM", "AZE", "--json"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "sketch-ARM-AZE"
    measured = program(
        *(installed, tmp_path, "strip", "1000", "--boundaries", "sketch-ARM-AZE"),
        *("--provinces", "AM-SU", "--neighbour", "AZ", "--json"),
    )
    assert measured.returncode == 0, measured.stderr
    # a degree along the meridian at 39.5° north is 111.02 km
    assert json.loads(measured.stdout)["area_km2"] == pytest.approx(111.02, rel=1e-3)


def test_the_library_takes_both(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORDERMAP_CACHE", str(tmp_path))
    assert example.is_dir()
    assert plugin_names("bordermap.models") == ("uneven",)
    assert foreign_model("uneven").package == "bordermap-example"
    fetched = fetch("sketch", ["AM", "AZ"])
    assert fetched.info.worldview.startswith("nobody's")
    assert fetched.info.vintage == "2024-01-15"


def test_help_imports_no_plugin(installed: Path, tmp_path: Path) -> None:
    broken(tmp_path, "[bordermap.models]\nuneven = broken_plugin:MODEL\n", "raise SystemExit(9)")
    code = (
        "import sys; from bordermap.cli.app import run; run(['--help']);"
        "sys.exit(any(name.startswith(('bordermap_example', 'broken')) for name in sys.modules))"
    )
    path = os.pathsep.join((str(tmp_path), str(installed)))
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": path},
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("MODEL = 3", "is a int; it must be a AreaModel"),
        ("", "has no attribute 'MODEL'"),
        ("import nowhere_at_all", "nowhere_at_all"),
    ],
)
def test_a_plugin_that_cannot_be_imported_is_named_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: str
) -> None:
    broken(tmp_path, "[bordermap.models]\nbad = broken_plugin:MODEL\n", code)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "broken_plugin", raising=False)
    with pytest.raises(PluginError, match=r"'bad' of the package broken 2\.5") as refused:
        load_plugin("bordermap.models", "bad", AreaModel)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("raise KeyError('x')", "KeyError: 'x'"),
        ("return 3", "gave a int, not an Estimate"),
        (
            ESTIMATE.format("{'AM-SU': 1.0}"),
            "add up to 1 km² beside its best",
        ),
        (
            ESTIMATE.format("{'AM-LO': 2.0}"),
            "has land in AM-LO",
        ),
    ],
)
def test_a_model_that_fails_is_named_and_nothing_is_written(
    tmp_path: Path, own_case: Path, body: str, told: str
) -> None:
    code = (
        "from bordermap.models import AreaModel\nfrom bordermap.estimates import Estimate\n"
        "from bordermap.intervals import Interval\n"
        f"def estimate(scenario, setting):\n    {body}\n"
        "MODEL = AreaModel(method='bad', estimate=estimate)\n"
    )
    site = tmp_path / "site"
    site.mkdir()
    broken(site, "[bordermap.models]\nuneven = broken_plugin:MODEL\n", code)
    done = program(site, tmp_path, "build", str(own_case), "-o", "out", "--draws", "20")
    assert done.returncode == 2
    assert "'uneven' of the package broken 2.5" in done.stderr
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_source_that_gives_other_countries_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "from bordermap.fetching import BoundarySource\n"
        "SOURCE = BoundarySource(title='t', publisher='p', worldview='w',"
        " deliveries=lambda countries: [])\n"
    )
    broken(tmp_path, "[bordermap.boundaries]\nbad = broken_plugin:SOURCE\n", code)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "broken_plugin", raising=False)
    with pytest.raises(BordermapError, match=r"'bad' of the package broken 2\.5 gave nothing"):
        fetch("bad", ["AM"])


def test_two_packages_with_one_name_are_refused(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert example.is_dir()
    broken(tmp_path, "[bordermap.models]\nuneven = broken_plugin:MODEL\n", "MODEL = 1")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(PluginError, match="uninstall all but one"):
        foreign_model("uneven")


def test_a_number_that_a_model_needs_must_be_assumed(example: Path, own_case: Path) -> None:
    assert example.is_dir()
    path = own_case / "scenarios" / "uneven.toml"
    path.write_text(path.read_text("utf-8").replace('"AM-VD"', '"AM-XX"'), encoding="utf-8")
    with pytest.raises(ScenarioError, match="needs the number 'AM-VD'"):
        assess(load_case(own_case), draws=20)
