import csv
import json
from pathlib import Path

import pytest

from bordermap.cases import load_case
from bordermap.claims import REGISTER_COLUMNS
from bordermap.cli.app import DONE, REFUSED, run


def test_the_register_is_listed_with_what_is_comparable(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["register", "--json"]) == DONE
    rows = json.loads(capsys.readouterr().out)
    case = load_case("armenia-150")
    assert [row["claim"] for row in rows] == [claim.id for claim in case.register]
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    main = next(row for row in rows if row["claim"] == case.claim.id)
    assert (main["low_km2"], main["best_km2"], main["high_km2"]) == (135, 150, 165)
    assert main["comparable"]
    assert all(row["why_not"] for row in rows if not row["comparable"])


def test_a_terminal_shows_a_row_a_claim(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["register", "chamizal-1963"]) == DONE
    out = capsys.readouterr().out
    assert "same scope" in out
    assert "comparable:" in out


@pytest.mark.parametrize("suffix", [".csv", ".json", ".parquet"])
def test_the_register_is_written_twice_alike(tmp_path: Path, suffix: str) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    for name in ("a", "b"):
        assert run(["register", "-o", str(tmp_path / f"{name}{suffix}")]) == DONE
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_csv_and_json_say_the_same(tmp_path: Path) -> None:
    for suffix in ("csv", "json"):
        assert run(["register", "-o", str(tmp_path / f"r.{suffix}")]) == DONE
    rows = json.loads((tmp_path / "r.json").read_text("utf-8"))
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert list(table[0]) == list(rows[0]) == list(REGISTER_COLUMNS)
    for row, cells in zip(rows, table, strict=True):
        for end in ("low_km2", "best_km2", "high_km2"):
            assert row[end] == (float(cells[end]) if cells[end] else None)
        assert row["why_not"] == cells["why_not"]


def test_another_kind_of_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["register", "-o", str(tmp_path / "r.xlsx")]) == REFUSED
    assert "give a name that ends in .csv, .json, .parquet" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
