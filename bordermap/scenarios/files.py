"""Scenarios as files: one TOML file for each, whose name is the id."""

from pathlib import Path
from typing import Any

from bordermap.documents import (
    named,
    path_within,
    read_toml,
    toml_files,
    validated,
    without_defaults,
)
from bordermap.errors import DataError
from bordermap.scenarios.scenario import Scenario

MAX_SCENARIOS = 100
"""Most scenario files of one case."""


def read_scenarios(folder: Path) -> tuple[Scenario, ...]:
    """
    Return the scenarios of a folder, one for each TOML file, by file name.

    Parameters
    ----------
    folder
        The folder ``scenarios`` of a case.

    Raises
    ------
    DataError
        If the folder is missing, holds no scenario or more than `MAX_SCENARIOS`, or a file
        cannot be used (`read_scenario`).
    """
    case = folder.parent  # the folder itself must not be a link out of the case either
    paths = toml_files(folder, most=MAX_SCENARIOS)
    return tuple(read_scenario(path, within=case) for path in paths)


def read_scenario(path: Path, *, within: Path | None = None) -> Scenario:
    """
    Return the scenario in a TOML file; its id is the file's name.

    Parameters
    ----------
    path
        The file ``scenarios/<id>.toml`` of a case.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read, holds no scenario, or names outlines outside the case.
    """
    document = read_toml(path, within=within)
    if "id" in document:
        raise DataError(f"{named(path)}: id is not known here; it is the name of the file")
    scenario = validated(Scenario, document | {"id": path.stem}, path=path, derived=("id",))
    if scenario.outlines is not None:
        path_within(path.parent.parent, scenario.outlines.file)
    return scenario


def scenario_document(scenario: Scenario) -> dict[str, Any]:
    """
    Return a scenario as the content of its file: what `read_scenario` reads.

    Parameters
    ----------
    scenario
        The scenario.
    """
    document: dict[str, Any] = without_defaults(scenario)
    del document["id"]
    return document
