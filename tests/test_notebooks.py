"""The notebooks: stored without outputs, prose first, short, and run from top to bottom offline."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
MOST_CELLS = 25
WIDGET = "application/vnd.jupyter.widget-view+json"

OFFLINE = """
import socket

def _refused(*args, **kwargs):
    raise OSError("a notebook asked for the network")

socket.create_connection = _refused
socket.getaddrinfo = _refused
"""


def read(path: Path) -> Any:  # noqa: ANN401  (nbformat's node has no types)
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def cells(path: Path) -> list[Any]:
    return list(read(path).cells)


def test_five_notebooks_are_there() -> None:
    assert [path.stem.partition("_")[0] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    nbformat.validate(read(path))
    for cell in cells(path):
        assert cell.get("execution_count") is None
        assert cell.get("outputs", []) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_short_and_begins_with_prose(path: Path) -> None:
    found = cells(path)
    assert len(found) < MOST_CELLS
    assert found[0].cell_type == "markdown"
    assert found[0].source.startswith("# ")
    assert sum(cell.cell_type == "markdown" for cell in found) >= len(found) / 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_names_no_path_of_a_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not any(root in text for root in ("/home/", "/root/", "/tmp/", "C:\\\\"))  # noqa: S108


@pytest.mark.filterwarnings("ignore")  # the kernel's libraries warn of their own affairs
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_offline(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = read(path)
    offline = nbformat.v4.new_code_cell(OFFLINE)  # type: ignore[no-untyped-call]
    notebook.cells.insert(0, offline)
    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": os.fspath(tmp_path)}},
    )
    # In a thread of its own: a browser test before this one leaves its loop in the main thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, client.async_execute()).result()
    errors = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    assert errors == []
    shown = {
        kind
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for kind in output.get("data", {})
    }
    assert (WIDGET in shown) == (path.stem == "02_how_deep_is_the_strip")
