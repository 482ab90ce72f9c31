"""The page on threats names tests that there are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "threats.md"
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE.read_text("utf-8"))


def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_page_names_is_there() -> None:
    assert {name for path, name in NAMED if name not in functions_of(path)} == set()


def test_every_promise_names_a_test() -> None:
    text = PAGE.read_text("utf-8")
    rows = text.split("| promise | shown by |\n|---|---|\n")[1].split("\n\n")[0].splitlines()
    assert len(rows) >= 6
    assert all("`tests/" in row for row in rows)
