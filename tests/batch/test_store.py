from pathlib import Path

import pytest

from bordermap.batch import Outcome
from bordermap.batch.store import Store
from bordermap.batch.table import row
from bordermap.errors import OutputError

OUTCOME = Outcome(files={"summary.json": b'{"case": "x"}'}, rows=(row(item="x"),))


def test_what_was_put_is_there_in_the_next_run(tmp_path: Path) -> None:
    store = Store(tmp_path / "out")
    with store.opened():
        assert not store.holds("x-1", "print")
        store.put("x-1", "print", OUTCOME)
    with Store(tmp_path / "out").opened():
        assert store.holds("x-1", "print")
        assert not store.holds("x-1", "another")
        assert store.rows("x-1") == [dict(row(item="x"))]
        assert store.summary("x-1") == {"case": "x"}


def test_an_item_half_written_is_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.opened():
        half = tmp_path / "items" / ".x-1.new"
        half.mkdir(parents=True)
        (half / "run.json").write_text('{"fingerprint": "print"}', "utf-8")
        assert not store.holds("x-1", "print")
        store.put("x-1", "print", OUTCOME)
        assert store.holds("x-1", "print")
        assert not half.exists()


@pytest.mark.parametrize("record", ["", "{", "[]", "{}", '{"fingerprint": 1}', "\xff"])
def test_a_record_that_cannot_be_read_counts_for_nothing(tmp_path: Path, record: str) -> None:
    (tmp_path / "items" / "x-1").mkdir(parents=True)
    (tmp_path / "items" / "x-1" / "run.json").write_text(record, "latin-1")
    assert not Store(tmp_path).holds("x-1", "print")


def test_a_folder_that_no_batch_wrote_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", "utf-8")
    with (
        pytest.raises(OutputError, match=r"thesis\.docx.*no batch wrote"),
        Store(tmp_path).opened(),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_folder_of_a_batch_that_was_killed_at_its_start_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / ".lock").touch()
    (tmp_path / ".batch.json.new-7").touch()
    with Store(tmp_path).opened():
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "batch.json"]


def test_a_link_or_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("", "utf-8")
    for name in ("link", "file"):
        with (
            pytest.raises(OutputError, match="a link or no folder"),
            Store(tmp_path / name).opened(),
        ):
            pass


def test_two_batches_do_not_write_one_folder(tmp_path: Path) -> None:
    with (
        Store(tmp_path).opened(),
        pytest.raises(OutputError, match="another batch"),
        Store(tmp_path).opened(),
    ):
        pass
    with Store(tmp_path).opened():
        pass


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OutputError), Store(tmp_path / "file" / "below").opened():
        pass
