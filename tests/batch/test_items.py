import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bordermap.batch import Item, Unusable, read_items
from bordermap.batch.items import DEEPEST_FILE, LARGEST_LINE_BYTES, count_items
from tests.batch.feeds import article, feed


def only(source: Path | str) -> Item:
    (item,) = read_items([str(source)])
    assert isinstance(item, Item), item
    return item


def refused(source: Path | str) -> Unusable:
    (item,) = read_items([str(source)])
    assert isinstance(item, Unusable), item
    return item


def line(tmp_path: Path, record: Mapping[str, Any] | str) -> Path:
    return feed(tmp_path / "feed.jsonl", [record])


def a_case(folder: Path) -> Path:
    for name, text in {
        "case.toml": 'id = "x"\n',
        "claims/c.toml": "",
        "outlines/o.geojson": "{}",
        "notes.pdf": "not a part of the case",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_a_shipped_case_is_known_by_its_id() -> None:
    item = only("armenia-150")
    assert (item.kind, item.shipped, dict(item.files)) == ("case", "armenia-150", {})


def test_a_case_folder_is_taken_with_its_files(tmp_path: Path) -> None:
    item = only(a_case(tmp_path / "mine"))
    assert sorted(item.files) == ["case.toml", "claims/c.toml", "outlines/o.geojson"]


def test_links_of_a_case_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text("elsewhere", "utf-8")
    folder = a_case(tmp_path / "mine")
    (folder / "claims" / "link.toml").symlink_to(secret)
    assert "claims/link.toml" not in only(folder).files


def test_a_case_too_large_to_send_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bordermap.batch.items.LARGEST_CASE_BYTES", 5)
    assert "too many to send" in refused(a_case(tmp_path / "mine")).reason


def test_an_article_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "story.html"
    path.write_text("<p>text</p>", "utf-8")
    item = only(path)
    assert (item.kind, dict(item.files)) == ("article", {"story.html": b"<p>text</p>"})


@pytest.mark.parametrize("source", ["nothing-here", "no/such.txt", "no/such.jsonl", "a\0b.txt"])
def test_what_is_not_there_is_listed_by_its_name(source: str) -> None:
    item = refused(source)
    assert item.name == source.replace("\0", "\\x00")
    assert item.reason


def test_a_line_of_a_feed_is_an_article(tmp_path: Path) -> None:
    record = article(12, id="first", title="On the border", url="https://example.org/1")
    item = only(line(tmp_path, record))
    assert item.name == "first"
    assert item.countries == ("AM", "AZ")
    assert item.day == dt.date(2023, 5, 1)
    assert dict(item.about) == {"title": "On the border", "url": "https://example.org/1"}
    assert item.files["article.txt"].decode() == record["text"]


def test_a_line_may_hold_a_page(tmp_path: Path) -> None:
    item = only(line(tmp_path, {"html": "<p>text</p>"}))
    assert dict(item.files) == {"article.html": b"<p>text</p>"}
    assert item.name == "feed.jsonl:1"


def test_a_line_may_name_a_case(tmp_path: Path) -> None:
    item = only(line(tmp_path, {"case": "armenia-150", "id": "the article's"}))
    assert (item.name, item.kind, item.shipped) == ("the article's", "case", "armenia-150")


@pytest.mark.parametrize("name", ["diary.txt", "page.html", "other.jsonl"])
def test_a_line_reads_no_file_of_this_machine_but_a_case(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("nobody else's business", "utf-8")
    item = refused(line(tmp_path, {"case": str(tmp_path / name)}))
    assert "business" not in item.reason


@pytest.mark.parametrize(
    ("countries", "sides"),
    [(["ARM", "aze"], ("AM", "AZ")), ("ARM, AZE", ("AM", "AZ")), (None, ())],
)
def test_countries_are_given_by_either_code(
    tmp_path: Path, countries: object, sides: tuple[str, ...]
) -> None:
    assert only(line(tmp_path, article(1, countries=countries))).countries == sides


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("{", "no JSON object"),
        ("[1]", "no JSON object"),
        ('{"text": "\\ud800"}', "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ({"id": "x"}, "has no 'text'"),
        ({"id": "x", "text": 1}, "another value than text as 'text'"),
        ({"id": "x", "text": "  \n "}, "the text is empty"),
        ({"id": [], "text": "a"}, "the id is '[]'"),
        ({"id": True, "text": "a"}, "the id is 'True'"),
        ({"id": "x", "text": "a", "countries": ["AM", "ZZZ"]}, "no country has the code 'ZZZ'"),
        ({"id": "x", "text": "a", "countries": ["AM"]}, "a border has two sides"),
        ({"id": "x", "text": "a", "countries": [1, 2]}, "give two codes"),
        ({"id": "x", "text": "a", "date": "in May"}, "give a day such as"),
        ('{"id": "x", "text": "a", "text": "b"}', "the key 'text' stands twice"),
        ({"id": "x", "text": "a", "title": 1}, "another value than text as 'title'"),
        ({"id": "x", "case": "no-such-case"}, "no case 'no-such-case'"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_line_is_listed_with_its_reason(
    tmp_path: Path,
    record: Mapping[str, Any] | str,
    told: str,
) -> None:
    item = refused(line(tmp_path, record))
    assert told in item.reason
    assert item.name in {"x", "feed.jsonl:1"}
    assert "\n" not in item.reason


def test_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    records: list[dict[str, Any] | str] = [article(1, id="a"), "broken", "", article(2, id="b")]
    items = list(read_items([str(feed(tmp_path / "f.jsonl", records))]))
    assert [item.name for item in items] == ["a", "f.jsonl:2", "b"]


def test_a_line_too_long_is_passed_over(tmp_path: Path) -> None:
    records: list[dict[str, Any] | str] = [
        article(1, id="a"),
        "x" * (2 * LARGEST_LINE_BYTES + 3),
        article(2, id="b"),
    ]
    items = list(read_items([str(feed(tmp_path / "f.jsonl", records))]))
    assert [type(item) for item in items] == [Item, Unusable, Item]
    assert [item.name for item in items] == ["a", "f.jsonl:2", "b"]


def test_a_feed_is_a_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "endless.jsonl").symlink_to("/dev/zero")
    for name in ("pipe.jsonl", "endless.jsonl"):
        source = tmp_path / name
        assert count_items([str(source)]) == 1
        assert refused(source).reason.startswith("is no regular file")


def test_a_case_whose_files_lie_too_deep_is_refused(tmp_path: Path) -> None:
    a_case(tmp_path / "a" / "case")
    deep = tmp_path.joinpath("a", "case", *("d" for _ in range(DEEPEST_FILE)))
    deep.mkdir(parents=True)
    (deep / "o.geojson").write_text("{}", "utf-8")
    assert "folders deep" in refused(tmp_path / "a" / "case").reason


def test_a_name_that_stands_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    first, second = read_items(
        [str(feed(tmp_path / "f.jsonl", [article(1, id=7), article(2, id="7")]))]
    )
    assert isinstance(first, Item)
    assert isinstance(second, Unusable)
    assert second.name == "7 (f.jsonl:2)"
    assert "f.jsonl:1" in second.reason


def test_a_fingerprint_tells_items_and_settings_apart() -> None:
    item = Item(name="a", kind="article", files={"article.txt": b"text"})
    others = [
        Item(name="b", kind="article", files={"article.txt": b"text"}),
        Item(name="a", kind="article", files={"article.txt": b"other"}),
        Item(name="a", kind="article", files={"article.html": b"text"}),
        Item(name="a", kind="article", files={"article.txt": b"text"}, countries=("AM", "AZ")),
        Item(name="a", kind="article", files={"article.txt": b"text"}, day=dt.date(2023, 5, 1)),
        Item(name="a", kind="article", files={"article.txt": b"text"}, about={"title": "x"}),
        Item(name="a", kind="case", shipped="armenia-150"),
    ]
    prints = {one.fingerprint("settings") for one in (item, *others)}
    assert len(prints) == len(others) + 1
    assert item.fingerprint("settings") == item.fingerprint("settings")
    assert item.fingerprint("other settings") not in prints


@pytest.mark.parametrize(
    "name", ["../../etc", "a/b", "/", "...", "Ереван 5", "x" * 300, "CON", "\n"]
)
def test_a_folder_s_name_is_plain_whatever_the_item_s(name: str) -> None:
    item = Item(name=name, kind="article")
    folder = item.folder(item.fingerprint(""))
    assert folder.replace("-", "").isalnum()
    assert folder.isascii()
    assert len(folder) < 70
