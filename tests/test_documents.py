import datetime as dt
import json
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordermap.documents import (
    MAX_BYTES,
    MAX_INTEGER,
    MAX_KEY_PARTS,
    MAX_KEYS,
    MAX_NESTING,
    MAX_ROWS,
    country_code,
    open_ended,
    parsed_toml,
    path_within,
    read_json,
    read_rows,
    read_text,
    read_toml,
    shown,
    toml_files,
    toml_text,
    validated,
    validated_row,
    with_web_address,
    without_defaults,
)
from bordermap.errors import DataError
from bordermap.provenance import Source

NAME = Path("case.toml")


def written(folder: Path, text: str | bytes, name: str = "file.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        call()
    message = str(caught.value)
    assert message.isprintable()
    return message


# Files -----------------------------------------------------------------------------------------


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    message = refusal(lambda: read_text(tmp_path / "none.toml"))
    assert "none.toml" in message
    assert "cannot be read" in message


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert str(tmp_path) in refusal(lambda: read_text(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name here")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert "no regular file" in refusal(lambda: read_text(pipe))


def test_an_endless_device_is_refused() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    assert "no regular file" in refusal(lambda: read_text(Path("/dev/zero")))


def test_a_name_with_a_zero_byte_is_refused() -> None:
    assert "cannot be read" in refusal(lambda: read_text(Path("a\0b")))


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    assert len(read_text(written(tmp_path, b"#" * MAX_BYTES))) == MAX_BYTES
    message = refusal(lambda: read_text(written(tmp_path, b"#" * (MAX_BYTES + 1))))
    assert str(MAX_BYTES) in message


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xef\xbb\xbfa = 1", "byte order mark"),
        ("a = 1".encode("utf-16"), "UTF-16"),
        (b"a = 1\nb = '\xff'", "line 2"),
    ],
)
def test_other_encodings_are_refused_and_told(tmp_path: Path, data: bytes, word: str) -> None:
    message = refusal(lambda: read_toml(written(tmp_path, data)))
    assert word in message
    assert "UTF-8" in message


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    written(tmp_path, "a = 1", "secret.toml")
    (case / "claim.toml").symlink_to(tmp_path / "secret.toml")
    message = refusal(lambda: read_toml(case / "claim.toml", within=case))
    assert "leads out of" in message


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    written(tmp_path, "a = 1", "one.toml")
    (tmp_path / "two.toml").symlink_to(tmp_path / "one.toml")
    assert read_toml(tmp_path / "two.toml", within=tmp_path) == {"a": 1}


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to(tmp_path / "b.toml")
    (tmp_path / "b.toml").symlink_to(tmp_path / "a.toml")
    refusal(lambda: read_toml(tmp_path / "a.toml", within=tmp_path))


@pytest.mark.parametrize(
    "relative",
    ["", "..", "../a", "a/../../b", "/etc/passwd", "C:/a", "a\\b", "a\0b", "a/..", "//host/a"],
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, relative: str) -> None:
    assert "give a path below" in refusal(lambda: path_within(tmp_path, relative))


def test_a_name_inside_is_joined(tmp_path: Path) -> None:
    assert path_within(tmp_path, "outlines/a.geojson") == tmp_path / "outlines" / "a.geojson"


@given(relative=st.text(alphabet="ab./\\:", max_size=12))
def test_a_joined_name_never_leaves_the_folder(relative: str) -> None:
    folder = Path("/case")
    try:
        path = path_within(folder, relative)
    except DataError:
        return
    assert path.resolve().is_relative_to(folder)


def test_toml_files_are_listed_by_name_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", ".hidden.toml", "note.txt"):
        written(tmp_path, "", name)
    assert [path.name for path in toml_files(tmp_path, most=2)] == ["a.toml", "b.toml"]
    assert "2 .toml files" in refusal(lambda: toml_files(tmp_path, most=1))
    assert "cannot be listed" in refusal(lambda: toml_files(tmp_path / "none", most=1))


# TOML ------------------------------------------------------------------------------------------

BOMBS = {
    "dotted key": ".".join(["a"] * 50_000) + " = 1",
    "dotted header": f"[{'.'.join(['a'] * 50_000)}]",
    "spaced dots": " . ".join(["a"] * 1_000) + " = 1",
    "quoted parts": ".".join(['"a"'] * 1_000) + " = 1",
    "nested lists": "a = " + "[" * 100_000,
    "nested lists, closed": f"a = {'[' * 1_000}{']' * 1_000}",
    "nested tables": "a = " + "{a = " * 10_000,
    "many keys": "\n".join(f"k{i} = 1" for i in range(MAX_KEYS + 1)),
    "many tables": "[[a]]\n" * (MAX_KEYS + 1),
    "after a long string's quotes": 'a = {x = """b"""", ' + ".".join(["c"] * 100) + " = 1}",
    "after an apostrophe in a comment": "# it's\n" + ".".join(["c"] * 100) + " = 1",
    "after an escaped quote": 'a = "\\""\n' + ".".join(["c"] * 100) + " = 1",
    "on the line after a broken string": 'a = "\n' + ".".join(["c"] * 100) + " = 1",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_file_that_would_cost_the_parser_too_much_is_not_parsed(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("was parsed"))
    assert "line " in refusal(lambda: parsed_toml(text, path=NAME))


def test_dots_and_brackets_in_texts_and_comments_do_not_count() -> None:
    dots, brackets = "." * 100, "[" * 100
    text = f'a = \'{dots}{brackets}\'\nb = "{dots}\\"{brackets}" # {dots}{brackets}\n'
    text += f"c = \"\"\"{dots}\n\"{brackets}\"\"\"\nd = '''{dots}\n'{brackets}'''\n"
    assert set(parsed_toml(text, path=NAME)) == {"a", "b", "c", "d"}


def test_the_limits_themselves_are_allowed() -> None:
    key = ".".join(["a"] * MAX_KEY_PARTS)
    assert parsed_toml(f"{key} = 1.5", path=NAME)
    assert parsed_toml(f"a = {'[' * MAX_NESTING}{']' * MAX_NESTING}", path=NAME)
    assert len(parsed_toml("\n".join(f"k{i} = 1" for i in range(MAX_KEYS)), path=NAME)) == MAX_KEYS


TOML_PIECES = ["a", "b", ".", "=", "[", "]", "{", "}", ",", "\n", '"', "'", '"""', "'''", "\\", "#"]


@given(st.lists(st.sampled_from([*TOML_PIECES, " ", "1", "[[", "]]"]), max_size=60))
def test_no_accepted_text_is_nested_deeper_than_the_scan_allows(pieces: list[str]) -> None:
    try:
        content = parsed_toml("".join(pieces), path=NAME)
    except DataError:
        return
    assert _depth(content) <= MAX_KEY_PARTS * (MAX_NESTING + 2)


def _depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a = 1\na = 2\n", "line 2, column 6); name each key and table once"),
        ("[a]\n[a]", "name each key and table once"),
        ("a = nan", "a is nan"),
        ("[t]\na = [1, -inf]", "t.a (no. 2) is -inf"),
        ("a = 1e999", "a is inf"),
        (f"a = {'9' * 5_000}", "not TOML"),
        (f"a = 0x{'f' * 5_000}", "whole number"),
        ("a = 2021-02-30", "not TOML"),
        ("a", "not TOML"),
        ("a = '\x00'", "not TOML"),
    ],
)
def test_what_is_no_toml_of_ours_is_refused_with_its_place(text: str, word: str) -> None:
    message = refusal(lambda: parsed_toml(text, path=NAME))
    assert message.startswith("case.toml: ")
    assert word in message


@given(text=st.text(max_size=200))
def test_any_text_is_parsed_or_refused_on_one_line(text: str) -> None:
    try:
        parsed_toml(text, path=NAME)
    except DataError as error:
        assert str(error).isprintable()  # noqa: PT017  (any text may also be TOML)


PLAIN = (
    st.text(max_size=20)
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
)
TABLES = st.recursive(
    st.dictionaries(st.text(max_size=5), PLAIN | st.lists(PLAIN, max_size=3), max_size=4),
    lambda inner: st.dictionaries(
        st.text(max_size=5), inner | st.lists(inner, max_size=3) | PLAIN, max_size=3
    ),
    max_leaves=6,
)


@given(document=TABLES)
def test_reading_undoes_writing(document: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text(document)) == document


def test_what_toml_has_not_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="NoneType"):
        toml_text({"a": None})


# JSON and CSV ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"a": 1, "a": 2}', "'a' stands twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1e999}', "a is inf"),
        ("[1]", "one object"),
        ("{", "not JSON"),
        ('{"a":' * 40_000, "inside one another"),
        ("[" * 100_000, "inside one another"),
        (json.dumps({str(i): 1 for i in range(MAX_KEYS + 1)}), "split the file"),
        (f'{{"a": {"9" * 5_000}}}', "not JSON"),
    ],
)
def test_what_is_no_json_of_ours_is_refused(tmp_path: Path, text: str, word: str) -> None:
    assert word in refusal(lambda: read_json(written(tmp_path, text, "a.json")))


def test_json_is_read(tmp_path: Path) -> None:
    content = {"a": [1, 2.5, '[[[[[[[[[[[[[[[{{{{{"::::'], "b": {"c": None}}
    assert read_json(written(tmp_path, json.dumps(content), "a.json")) == content


def test_rows_come_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b\n1,"x\ny"\n\n2,z\n', "a.csv")
    assert read_rows(path) == [(3, {"a": "1", "b": "x\ny"}), (5, {"a": "2", "b": "z"})]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "line 1"),
        ("a,a\n", "line 1"),
        ("a,b\n1\n", "line 2 has 1 cells"),
        ('a\n"x', "not CSV"),
        ('a\n"x"y\n', "not CSV"),
        ("a\n" + "1\n" * (MAX_ROWS + 1), f"more than {MAX_ROWS} rows"),
    ],
)
def test_a_broken_table_is_refused_with_its_line(tmp_path: Path, text: str, word: str) -> None:
    assert word in refusal(lambda: read_rows(written(tmp_path, text, "a.csv")))


# Values ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    x: float
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("x is below 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    day: dt.date
    inner: Inner
    more: tuple[Inner, ...] = ()
    flag: bool | None = None
    table: dict[str, int] = field(default_factory=dict)


GOOD: dict[str, Any] = {"day": dt.date(2024, 1, 15), "inner": {"x": 1}}


def test_a_document_becomes_a_value() -> None:
    document = GOOD | {"more": [{"x": 2.5, "names": ["a"]}], "flag": True, "table": {"a": 1}}
    value = validated(Outer, document, path=NAME)
    assert value == Outer(
        day=dt.date(2024, 1, 15),
        inner=Inner(x=1.0),
        more=(Inner(x=2.5, names=("a",)),),
        flag=True,
        table={"a": 1},
    )
    assert validated(Outer, without_defaults(value), path=NAME) == value


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"inner": {}}, "case.toml: inner.x is missing; add it"),
        ({"inner": {"x": "1"}}, "case.toml: inner.x is '1'; give a valid number"),
        ({"inner": {"x": True}}, "case.toml: inner.x is true; give a valid number"),
        ({"inner": 3}, "case.toml: inner is 3; give a table"),
        ({"inner": {"x": -1}}, "case.toml: inner: x is below 0"),
        ({"inner": {"x": 1, "y": 2}}, "case.toml: inner.y is not known; known here: x, names"),
        ({"more": [{"x": 1}, {"z": 1}]}, "known here: x, names (and 1 more)"),
        ({"more": [{"x": 1}, {"x": []}]}, "more (no. 2).x is a list of 0"),
        ({"dai": 1}, "dai is not known; known here: inner, more, flag, table"),
        ({"day": "yesterday"}, "day is 'yesterday'; give a valid date"),
        ({"table": {"a": "b"}}, "table.a is 'b'"),
        ({"\x1b[2J\u202e": 1}, "\\x1b[2J\\u202e is not known"),
    ],
)
def test_a_fault_is_told_on_one_line_with_its_place(change: dict[str, Any], message: str) -> None:
    told = refusal(lambda: validated(Outer, GOOD | change, path=NAME, derived=("day",)))
    assert message in told


def test_a_row_becomes_a_value_and_an_empty_cell_is_absent() -> None:
    row = {"x": " 1.5 "}
    assert validated_row(Inner, row, path=NAME, line=2) == Inner(x=1.5)
    message = refusal(lambda: validated_row(Inner, {"x": " "}, path=NAME, line=2))
    assert message == "case.toml: line 2: x is missing; add it"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc", "https://", "ftp://a.b", "https://a b", "//a.b", ""],
)
def test_an_address_that_is_no_web_page_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="begins with https"):
        with_web_address(Source(title="t", publisher="p", url=url))


def test_a_web_address_or_none_is_kept() -> None:
    for url in ("https://a.b", "http://a.b/c?d=é#f", None):
        source = Source(title="t", publisher="p", url=url)
        assert with_web_address(source) is source


def test_an_interval_may_leave_out_an_end() -> None:
    assert open_ended({"best": 1}) == {"low": None, "high": None, "best": 1}
    assert open_ended(3) == 3


def test_a_country_may_go_by_either_code() -> None:
    assert country_code("ARM") == country_code("AM") == "AM"
    assert country_code("Armenia") == "Armenia"  # judged by whoever needs a code
    with pytest.raises(ValueError, match="no country has the code 'XQX'"):
        country_code("XQX")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\nb", r"'a\nb'"),
        ("x" * 100, f"'{'x' * 59}…'"),
        ({}, "an empty table"),
        ({"a": 1}, "a table"),
        (None, "nothing"),
        (1.5, "1.5"),
    ],
)
def test_a_value_is_shown_short_and_escaped(value: object, text: str) -> None:
    assert shown(value) == text


def test_a_number_too_long_to_write_is_shown_in_words() -> None:
    assert shown(10**5_000) == "a whole number of more than 18 digits"
