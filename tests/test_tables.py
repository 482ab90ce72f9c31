import io
from pathlib import Path

import pandas as pd
import pytest

from bordermap.errors import DataError, OutputError
from bordermap.tables import Columns, Row, csv_bytes, parquet_bytes, require_suffix, write_table

COLUMNS: Columns = {"name": "text", "area_km2": "number", "resolvable": "truth", "note": "text"}
ROWS: list[Row] = [
    {"name": "a", "area_km2": 1.5, "resolvable": True, "note": None},
    {"name": "says “so”, twice", "area_km2": None, "resolvable": False},
]


def test_parquet_and_csv_hold_the_same() -> None:
    from_csv = pd.read_csv(io.BytesIO(csv_bytes(ROWS, COLUMNS)))
    from_parquet = pd.read_parquet(io.BytesIO(parquet_bytes(ROWS, COLUMNS)))
    for name in ("name", "area_km2", "resolvable"):
        same = from_csv[name].astype("string") == from_parquet[name].astype("string")
        assert same.fillna(value=True).all()
    assert from_csv["area_km2"].isna().tolist() == [False, True]
    assert from_parquet["area_km2"].isna().tolist() == [False, True]
    assert from_csv["note"].isna().all()
    assert from_parquet["note"].isna().all()


def test_columns_keep_their_kind_even_when_empty() -> None:
    frame = pd.read_parquet(io.BytesIO(parquet_bytes([], COLUMNS)))
    assert [str(kind) for kind in frame.dtypes] == ["string", "float64", "boolean", "string"]
    assert csv_bytes([], COLUMNS) == b"name,area_km2,resolvable,note\n"


def test_a_table_written_twice_is_the_same_bytes() -> None:
    rows: list[Row] = [{"name": str(number), "area_km2": number / 3} for number in range(100)]
    assert parquet_bytes(rows, COLUMNS) == parquet_bytes(iter(rows), COLUMNS)


def test_text_that_a_spreadsheet_would_run_is_inert() -> None:
    assert csv_bytes([{"name": "=1+1"}], {"name": "text"}) == b"name\n'=1+1\n"


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".CSV"])
def test_the_suffix_is_the_format(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"table{suffix}"
    write_table(path, ROWS, COLUMNS)
    is_parquet = path.read_bytes().startswith(b"PAR1")
    assert is_parquet == (suffix == ".parquet")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("table.xlsx", "give a name that ends in .csv"),
        ("table", "give a name"),
        ("no/such/table.csv", "is no folder"),
    ],
)
def test_a_name_that_cannot_be_written_is_refused(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(OutputError, match=told):
        require_suffix(tmp_path / name, (".csv",))


def test_parquet_without_its_library_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bordermap.tables.find_spec", lambda _: None)
    with pytest.raises(DataError, match=r"bordermap\[parquet\]"):
        require_suffix(tmp_path / "t.parquet", (".csv", ".parquet"))
    require_suffix(tmp_path / "t.csv", (".csv", ".parquet"))
