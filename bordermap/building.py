"""The main job: an assessment put down as files, and a finished folder recomputed and compared."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

from bordermap._version import __version__
from bordermap.assessment import Assessment, assess
from bordermap.cases import Case, Lakes, load_case, shipped_cases
from bordermap.descriptor import DESCRIPTOR, descriptor, json_bytes, sha256_of
from bordermap.documents import path_within
from bordermap.errors import DataError
from bordermap.geojson import Feature, collection_pieces
from bordermap.layering import layers_of
from bordermap.maps import map_html
from bordermap.models import foreign_model
from bordermap.outputs import RECORD, require_replaceable, write_folder
from bordermap.report import report_files
from bordermap.scenarios import MODELS

INPUTS = "inputs/case"
BOUNDARIES = "inputs/boundaries"
LARGEST_RUN_BYTES = 2**22
PACKAGES = ("folium", "numpy", "pyproj", "shapely", "xstatic-leaflet")

Files = Mapping[str, bytes]
"""Content of each file by its name below the output folder."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """
    What a build is made from, besides the case's own files.

    Parameters
    ----------
    case
        The case, on its boundaries.
    draws, seed
        How many draws, and what makes them repeatable.
    tiles
        Address of background tiles for the map; None for none.
    boundaries_file
        The user's file that the case lies on; None for a registered dataset.
    lakes
        Whether the case counts large lakes as land.
    language
        ISO 639-1 code of the report's headings and fixed text; the map opens in it.
    """

    case: Case
    draws: int
    seed: int
    tiles: str | None = None
    boundaries_file: Path | None = None
    lakes: Lakes = "in"
    language: str = "en"

    def files(self) -> Files:
        """
        Return every file of the build.

        Raises
        ------
        BordermapError
            If the case cannot be assessed.
        """
        assessment = assess(self.case, draws=self.draws, seed=self.seed)
        makers: dict[str, Callable[[], bytes]] = {
            "map.html": lambda: self._map(assessment).encode(),
            "summary.json": lambda: json_bytes(assessment.summary),
            **{
                f"layers/{name}.geojson": partial(_layer, part)
                for name, part in layers_of(assessment).items()
            },
        }
        made = {name: make() for name, make in makers.items()}
        reports = report_files(assessment, language=self.language, tiles=self.tiles)
        made |= {name: text.encode() for name, text in reports.items()}
        made |= self._kept_inputs()
        made |= {DESCRIPTOR: json_bytes(descriptor(assessment, made, record=RECORD))}
        return made | {RECORD: json_bytes(self._run(assessment, made))}

    def write(self, folder: Path) -> Files:
        """
        Write every file of the build into a folder, as a whole, and return them.

        Parameters
        ----------
        folder
            Absent, empty, or an earlier output.

        Raises
        ------
        OutputError
            If the folder cannot be replaced or written.
        """
        require_replaceable(folder)  # before the work is done, not after
        files = self.files()
        write_folder(folder, files)
        return files

    def _map(self, assessment: Assessment) -> str:
        return map_html(assessment, tiles=self.tiles, language=self.language)

    def _kept_inputs(self) -> Files:
        """Return copies of what the build is made from, but of what is shipped."""
        kept: dict[str, bytes] = {}
        if not self.case.is_shipped:
            kept |= {
                f"{INPUTS}/{name}": content for name, content in case_inputs(self.case).items()
            }
        if self.boundaries_file is not None:
            kept[f"{BOUNDARIES}/{self.boundaries_file.name}"] = self.boundaries_file.read_bytes()
        return kept

    def _run(self, assessment: Assessment, files: Files) -> dict[str, Any]:
        dataset = self.case.dataset
        return {
            "bordermap": __version__,
            "case": self.case.id,
            "seed": self.seed,
            "draws": self.draws,
            "tiles": self.tiles,
            "lakes": self.lakes,
            "language": self.language,
            "boundaries": {
                "id": dataset.id,
                "sha256": dataset.sha256,
                "worldview": self.case.boundaries.worldview,
                "file": self.boundaries_file and self.boundaries_file.name,
            },
            "other_datasets": {
                other.borders.dataset.id: other.borders.dataset.sha256
                for other in assessment.others
            },
            "inputs": {
                name: sha256_of(content) for name, content in case_inputs(self.case).items()
            },
            "versions": {package: version(package) for package in PACKAGES} | _plugins(self.case),
            "files": {name: sha256_of(content) for name, content in sorted(files.items())},
        }


def _plugins(case: Case) -> dict[str, str]:
    """Return the version of each package that brings a model of the case."""
    models = {scenario.model for scenario in case.scenarios} - set(MODELS)
    plugins = [foreign_model(model) for model in sorted(models)]
    return {plugin.package: plugin.version for plugin in plugins}


def case_inputs(case: Case) -> Files:
    """Return the content of every file of a case, by its name below the case's folder."""
    names = ["case.toml", "sites.csv", "reports.toml"]
    names += [f"claims/{path.name}" for path in sorted((case.folder / "claims").glob("*.toml"))]
    names += [f"scenarios/{scenario.id}.toml" for scenario in case.scenarios]
    names += [one.outlines.file for one in case.scenarios if one.outlines is not None]
    return {name: (case.folder / name).read_bytes() for name in names}


def verified(folder: Path) -> Iterator[str]:
    """
    Yield each difference between a finished build and the same build made anew.

    Parameters
    ----------
    folder
        The output folder of `Build`.

    Raises
    ------
    DataError
        If it is no such folder, or what it was made from is not here.
    """
    run = _read_run(folder)
    build = _build_of(run, folder)
    there = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if not path.is_dir()
    }
    anew = build.files()
    for name in sorted(anew.keys() | there.keys()):
        if name not in there:
            yield f"{name}: missing"
        elif name not in anew:
            yield f"{name}: not of this build"
        elif there[name].is_symlink() or there[name].read_bytes() != anew[name]:
            yield f"{name}: {_first_difference(there[name], anew[name])}"


def _build_of(run: Mapping[str, Any], folder: Path) -> Build:
    """Return the build that a record tells of."""
    case: str | Path = folder / INPUTS
    if not (folder / INPUTS).is_dir():
        if run["case"] not in shipped_cases():
            raise DataError(
                f"{folder / RECORD}: the case {run['case']!r} is not shipped, {INPUTS} is missing"
            )
        case = str(run["case"])
    name = run["boundaries"]["file"]
    own = None if name is None else path_within(folder / BOUNDARIES, name)
    return Build(
        case=load_case(
            case,
            boundaries=run["boundaries"]["id"] if own is None else own,
            worldview=run["boundaries"]["worldview"],
            lakes=run["lakes"],
        ),
        draws=run["draws"],
        seed=run["seed"],
        tiles=run["tiles"],
        boundaries_file=own,
        lakes=run["lakes"],
        language=run["language"],
    )


def _read_run(folder: Path) -> Mapping[str, Any]:
    """Return the content of a folder's `run.json`."""
    path = folder / RECORD
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"{path}: {error.strerror}; give the output folder of 'bordermap build'"
        ) from error
    try:
        run = json.loads(content[:LARGEST_RUN_BYTES])
        typed = (
            isinstance(run["case"], str)
            and isinstance(run["draws"], int)
            and isinstance(run["seed"], int)
            and isinstance(run["tiles"], str | None)
            and run["lakes"] in get_args(Lakes)
            and isinstance(run["language"], str)
            and isinstance(run["boundaries"]["id"], str)
            and isinstance(run["boundaries"]["worldview"], str)
            and isinstance(run["boundaries"]["file"], str | None)
        )
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise DataError(f"{path}: not the record of a build; build the case anew") from error
    if not typed:
        raise DataError(f"{path}: a value has another type than a build writes; build anew")
    return dict(run)


def _first_difference(path: Path, expected: bytes) -> str:
    """Say where a file first differs from what it should be."""
    if path.is_symlink():
        return "a link, not a file"
    found = path.read_bytes()
    same = next(
        (at for at, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b),
        min(len(found), len(expected)),
    )
    line = expected.count(b"\n", 0, same) + 1
    return f"differs from line {line}, byte {same + 1} on"


def _layer(features: tuple[Feature, ...]) -> bytes:
    return b"".join(collection_pieces(features))
