"""Only a regular file is opened, and nothing is waited for."""

import os
from pathlib import Path

import pytest

from bordermap.regular import open_if_regular


def test_a_file_is_opened_and_so_is_one_that_a_link_leads_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to("file")
    for name in ("file", "link"):
        opened = open_if_regular(tmp_path / name)
        assert opened is not None
        with opened:
            assert opened.read() == b"content"


def test_a_pipe_and_a_device_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert open_if_regular(tmp_path / "pipe") is None
    assert open_if_regular(Path("/dev/zero")) is None


def test_a_folder_and_what_is_missing_are_the_system_s_to_refuse(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        open_if_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_if_regular(tmp_path / "absent")
