import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from bordermap.cli.app import BUG, DONE, REFUSED, run

SQUARE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[45, 39], [45.1, 39], [45.1, 39.1], [45, 39.1], [45, 39]]],
            },
        }
    ],
}


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:  # noqa: ANN401  (JSON)
    """Return the JSON that a command prints, with nothing beside it."""
    assert run([*arguments, "--json"]) == DONE
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line with which a command is refused."""
    assert run(list(arguments)) == REFUSED
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("bordermap: ")
    assert err.count("\n") == 1
    return err


def test_a_large_area_is_printed_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["strip", "100000"]) == DONE
    assert capsys.readouterr().out.startswith("12,066 km² is a strip 100,000.0 m deep")


def test_depth_for_150_km2_is_about_212_m(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "depth", "150")
    assert set(found) >= {
        "depth_m",
        "area_km2",
        "by_province",
        "border_length_km",
        "section",
        "dataset",
        "darea_ddepth_km2_per_m",
    }
    assert found["depth_m"] == pytest.approx(211.558, abs=0.01)
    assert found["border_length_km"] == pytest.approx(715.6, abs=0.1)
    assert found["section"] == "all"
    assert found["dataset"] == "osm-2026"
    assert sum(found["by_province"].values()) == pytest.approx(found["area_km2"], abs=1e-6)
    assert list(found["by_province"]) == ["AM-SU", "AM-VD", "AM-GR"]


@pytest.mark.parametrize("section", ["all", "mainland", "nakhchivan"])
def test_strip_undoes_depth_to_a_centimetre(
    capsys: pytest.CaptureFixture[str], section: str
) -> None:
    deep = answer(capsys, "depth", "150", "--section", section)
    back = answer(capsys, "strip", repr(deep["depth_m"]), "--section", section)
    assert back["area_km2"] == pytest.approx(150, abs=0.01 * back["darea_ddepth_km2_per_m"])


def test_the_mainland_strip_of_one_area_is_deeper(capsys: pytest.CaptureFixture[str]) -> None:
    everywhere = answer(capsys, "depth", "150")
    mainland = answer(capsys, "depth", "150", "--section", "mainland")
    assert mainland["depth_m"] > everywhere["depth_m"]


def test_provinces_are_taken_by_name_too(capsys: pytest.CaptureFixture[str]) -> None:
    named = answer(capsys, "strip", "100", "--provinces", "Syunik, Վայոց Ձոր", "--neighbour", "AZE")
    coded = answer(capsys, "strip", "100", "--provinces", "AM-SU,AM-VD")
    assert named == coded


def test_another_border_is_found_in_the_world_dataset(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "strip", "1000", "--provinces", "KG-B", "--neighbour", "TJ")
    assert found["dataset"] == "natural-earth-10m"
    assert found["resolvable"] is False


def test_link_gives_the_province_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    (linked, ararat, nothing) = answer(capsys, "link", "Gegharkunik", "Ararat", "Qwxzzq")
    assert linked["matches"][0]["feature_id"] == "AM-GR"
    assert set(linked["matches"][0]) >= {
        "feature_id",
        "name",
        "kind",
        "province",
        "point",
        "score",
        "how",
    }
    assert ararat["ambiguous"] is True
    assert nothing["matches"] == []


def test_boundaries_list_says_whose_view_each_takes(capsys: pytest.CaptureFixture[str]) -> None:
    listed = answer(capsys, "boundaries", "list")
    assert {one["id"] for one in listed} >= {
        "osm-2026",
        "osm-2024",
        "osm-2017",
        "natural-earth-10m",
    }
    for one in listed:
        assert all(
            one[key]
            for key in (
                "title",
                "licence",
                "attribution",
                "vintage",
                "accuracy_m",
                "worldview",
                "countries",
                "sha256",
            )
        )
    assert next(one for one in listed if one["id"] == "natural-earth-10m")["countries"] == "world"


def test_compare_says_how_much_changes_sides(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "boundaries", "compare", "osm-2026", "natural-earth-10m")
    assert found["total_km2"] == pytest.approx(970, rel=0.01)
    parts = [
        side[key] for side in found["by_province"].values() for key in ("a_only_km2", "b_only_km2")
    ]
    assert sum(parts) == pytest.approx(found["total_km2"], abs=1e-9)


def test_area_measures_a_file_and_splits_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "square.geojson"
    file.write_text(json.dumps(SQUARE), encoding="utf-8")
    (found,) = answer(capsys, "area", str(file), "--by", "AM")
    parts = sum(found["by_province"].values()) + found["outside_km2"]
    assert parts == pytest.approx(found["area_km2"], abs=1e-6)
    assert found["repairs"] == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["depth"], "AREA_KM2"),
        (["depth", "wide"], "AREA_KM2"),
        (["depth", "0"], "0 km²"),
        (["depth", "nan"], "nan"),
        (["depth", "inf"], "inf"),
        (["depth", "1e9"], "1e+09"),
        (["strip", "-5.25"], "-5.25 is below 0; areas, depths"),
        (["strip", "1e9"], "1,000,000,000 m"),
        (["strip", "100", "--section", "moon"], "moon"),
        (["strip", "100", "--provinces", ""], "''"),
        (["strip", "100", "--provinces", "AM-XX"], "AM-XX"),
        (["strip", "100", "--provinces", "Narnia"], "Narnia"),
        (["strip", "100", "--provinces", "AM-SU", "--neighbour", "GE"], "GE"),
        (["strip", "100", "--provinces", "AM-SU", "--neighbour", "ZZZ"], "ZZZ"),
        (["strip", "100", "--provinces", "KG-B"], "KG-B"),
        (["strip", "100", "--provinces", "AM-SU,TR-36", "--neighbour", "IR"], "TR-36"),
        (["strip", "100", "--boundaries", "osm-1999"], "osm-1999"),
        (["strip", "100", "--case", "nowhere"], "nowhere"),
        (["area", "missing.geojson"], "missing.geojson"),
        (["boundaries", "compare", "osm-2026", "osm-1999"], "osm-1999"),
        (["boundaries", "check", "missing.geojson"], "missing.geojson"),
        (["export", "-o", ""], "'' is no name of a file or folder"),
        (["build", "-o", " "], "' ' is no name of a file or folder"),
        (["build", "-o", "."], ". is no name of a folder; give one"),
        (["build", "-o", ".."], ".. is no name of a folder"),
        (["register", "-o", ""], "''"),
        (["series", "a.geojson", "-o", ""], "''"),
        (["batch", "a.txt", "-o", ""], "''"),
        (["sweep", "-o", ""], "''"),
        (["new", "", "--article", "a.txt", "--countries", "AM,AZ"], "''"),
        (["frobnicate"], "frobnicate"),
        (["--frobnicate"], "frobnicate"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_refused_in_one_line_that_names_it(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    assert named in refusal(capsys, *arguments)


def test_a_name_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    line = refusal(capsys, "strip", "100", "--provinces", "\x1b[2J\u202eevil")
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_the_program_ends_with_the_same_codes() -> None:
    def code(*arguments: str) -> int:
        done = subprocess.run(
            [sys.executable, "-m", "bordermap", *arguments], capture_output=True, check=False
        )
        assert b"Traceback" not in done.stderr
        return done.returncode

    assert code("--version") == DONE
    assert code("depth", "150", "--json") == DONE
    assert code("depth", "-1") == REFUSED
    assert BUG not in {code("nonsense"), code("boundaries")}


def test_a_build_imports_folium_without_pandas_and_leaves_pandas_to_be_imported(
    tmp_path: Path,
) -> None:
    code = (
        "import sys; from bordermap.cli.app import run;"
        f"code = run(['build', 'chamizal-1963', '--draws', '2', '-o', {str(tmp_path / 'out')!r}]);"
        "print(code, 'folium' in sys.modules, 'pandas' in sys.modules);"
        "import pandas; print(pandas.DataFrame({'a': [1]}).shape)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["0 True False", "(1, 1)"]


def test_a_build_that_finds_pandas_imported_leaves_it_there(tmp_path: Path) -> None:
    assert run(["build", "chamizal-1963", "--draws", "2", "-o", str(tmp_path / "out")]) == DONE
    assert sys.modules["pandas"] is pd
