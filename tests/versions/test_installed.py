"""What is installed is what was asked for, or at least what is allowed."""

import importlib.metadata
import json
import os

import pytest

from tests.versions.bounds import lowest, numbers

ASKED = "BORDERMAP_VERSIONS"
"""Set by ``python -m tests.versions``: the version asked for of each package, as JSON."""


@pytest.mark.parametrize("name", lowest())
def test_a_package_is_no_older_than_allowed(name: str) -> None:
    assert numbers(importlib.metadata.version(name)) >= numbers(lowest()[name])


def test_what_is_installed_is_what_was_asked_for() -> None:
    asked = json.loads(os.environ.get(ASKED, "{}"))
    installed = {name: importlib.metadata.version(name) for name in asked}
    assert {name: numbers(version) for name, version in installed.items()} == {
        name: numbers(version) for name, version in asked.items()
    }
