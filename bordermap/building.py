"""The main job: an assessment put down as files."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bordermap._version import __version__
from bordermap.assessment import Assessment, assess, settled_draws
from bordermap.cases import DEFAULT_CASE, Case, Lakes, load_case
from bordermap.datasets import is_registered
from bordermap.datasets.collection import DEFAULT_VIEW
from bordermap.descriptor import DESCRIPTOR, descriptor, json_bytes, sha256_of
from bordermap.geojson import collection_pieces
from bordermap.layering import layers_of
from bordermap.maps import map_html
from bordermap.models import foreign_model
from bordermap.outputs import RECORD, require_replaceable, write_folder
from bordermap.report import report_files
from bordermap.scenarios import MODELS
from bordermap.writing.words import words

if TYPE_CHECKING:
    from bordermap.maps.ground import GroundWithCredits

INPUTS = "inputs/case"
BOUNDARIES = "inputs/boundaries"
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
        with ThreadPoolExecutor(1) as beside:
            # Half of what a map takes does not wait for the assessment, whose geometry leaves time.
            drawn = beside.submit(_ground, self.case)
            assessment = assess(self.case, draws=self.draws, seed=self.seed)
            ground = drawn.result()
            # Cutting and rounding them is geometry, which leaves time for text.
            layers = beside.submit(_layers, assessment)
            page = map_html(assessment, tiles=self.tiles, language=self.language, ground=ground)
            reports = report_files(assessment, language=self.language, tiles=self.tiles)
            made = {
                "map.html": page.encode(),
                "summary.json": json_bytes(assessment.summary),
                **layers.result(),
                **{name: text.encode() for name, text in reports.items()},
            }
        made |= self._kept_inputs()
        made |= {DESCRIPTOR: json_bytes(descriptor(assessment, made, record=RECORD))}
        return made | {RECORD: json_bytes(self._run(assessment, made))}

    def write(self, folder: str | Path) -> Files:
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
        place = Path(folder)
        require_replaceable(place)  # before the work is done, not after
        files = self.files()
        write_folder(place, files)
        return files

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


def _ground(case: Case) -> "GroundWithCredits":
    """Return the ground of a case's map; folium, which takes long to import, is imported too."""
    import_module("bordermap.maps.folium_map")
    from bordermap.maps.page_data.page import case_ground

    return case_ground(case)


def _plugins(case: Case) -> dict[str, str]:
    """Return the version of each package that brings a model of the case."""
    models = {scenario.model for scenario in case.scenarios} - set(MODELS)
    plugins = [foreign_model(model) for model in sorted(models)]
    return {plugin.package: plugin.version for plugin in plugins}


def build_of(  # noqa: PLR0913  (whatever moves a byte)
    case: str | Path = DEFAULT_CASE,
    *,
    draws: int | Literal["settled"] | None = None,
    seed: int | None = None,
    tiles: str | None = None,
    boundaries: str | Path | None = None,
    worldview: str = DEFAULT_VIEW,
    lakes: Lakes = "in",
    language: str = "en",
) -> Build:
    """
    Return the build of a case: its `write` puts map, report, layers and summary into a folder.

    Parameters
    ----------
    case
        Id of a shipped case, or a folder.
    draws, seed
        How many draws (``settled`` for as many as it takes), and what makes them repeatable; None
        for those of the case.
    tiles
        Address of background tiles for the map; None for none.
    boundaries, worldview, lakes
        As for `load_case`.
    language
        ISO 639-1 code of the report's headings and fixed text; the map opens in it.

    Raises
    ------
    BordermapError
        If the case cannot be read, or there are no words in that language.

    Examples
    --------
    >>> import bordermap as bm
    >>> build = bm.build_of("chamizal-1963", draws=20, language="ru")
    >>> build.case.id, build.draws, build.language
    ('chamizal-1963', 20, 'ru')
    >>> files = build.write("out/chamizal-1963")  # doctest: +SKIP
    """
    words(language)  # refused here, not after the work
    loaded = load_case(case, boundaries=boundaries, worldview=worldview, lakes=lakes)
    number = loaded.file.seed if seed is None else seed
    if draws == "settled":
        draws = settled_draws(loaded, number)
    return Build(
        case=loaded,
        draws=loaded.file.draws if draws is None else draws,
        seed=number,
        tiles=tiles,
        boundaries_file=None
        if boundaries is None or is_registered(boundaries)
        else Path(boundaries),
        lakes=lakes,
        language=language,
    )


def case_inputs(case: Case) -> Files:
    """Return the content of every file of a case, by its name below the case's folder."""
    names = ["case.toml", "sites.csv", "reports.toml"]
    names += [f"claims/{path.name}" for path in sorted((case.folder / "claims").glob("*.toml"))]
    names += [f"scenarios/{scenario.id}.toml" for scenario in case.scenarios]
    names += [one.outlines.file for one in case.scenarios if one.outlines is not None]
    return {name: (case.folder / name).read_bytes() for name in names}


def _layers(assessment: Assessment) -> Files:
    return {
        f"layers/{name}.geojson": b"".join(collection_pieces(features))
        for name, features in layers_of(assessment).items()
    }
