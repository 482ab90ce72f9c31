"""What is done with one item: read, linked, laid on its border, assessed; nothing is shared."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bordermap._version import __version__
from bordermap.assessment import assess
from bordermap.batch.items import Item
from bordermap.batch.placing import Where, placed, sides_of
from bordermap.batch.table import article_rows, case_rows
from bordermap.building import Build
from bordermap.cases import Case, load_case
from bordermap.datasets.collection import DEFAULT_VIEW
from bordermap.documents import path_within
from bordermap.drafting import draft_case
from bordermap.errors import BordermapError, DataError, GeometryError, PlaceError
from bordermap.reading import DraftClaim, article_text, read_article
from bordermap.scratch import scratch_folder
from bordermap.tables import Row

SUMMARY = "summary.json"
BUILD = "build/"
"""Where the files of a build lie below an item's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    What holds for every item of a batch.

    Parameters
    ----------
    draws, seed
        How many draws, and what makes them repeatable; None for those of each case.
    boundaries
        A dataset's id, or the checksum of a user's file; None for each case's, or for an article
        the most accurate dataset that has both sides.
    worldview
        Which view of disputed provinces the dataset is read under.
    builds
        Whether maps, layers and reports are made too.
    """

    draws: int | None = None
    seed: int | None = None
    boundaries: str | None = None
    worldview: str = DEFAULT_VIEW
    builds: bool = False

    def __str__(self) -> str:
        """Return it so that two that differ never look alike."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What came of an item.

    Parameters
    ----------
    version
        The version that worked on it.
    files
        Content of each file by its name below the item's folder; none if it failed.
    rows
        Its rows in the table, still without its name and folder.
    reason
        Why it failed; empty if it did not.
    """

    version: str = __version__
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    rows: tuple[Row, ...] = field(default=(), repr=False)
    reason: str = ""


def worked(item: Item, settings: Settings, boundaries: str | Path | None) -> Outcome:
    """
    Return what comes of an item; whatever goes wrong is told in it, and stays with it.

    Parameters
    ----------
    item
        A case or an article.
    settings
        What holds for every item.
    boundaries
        Where this process finds the dataset that the settings name.
    """
    try:
        if item.kind == "article":
            return _article(item, settings, boundaries)
        return _case(item, settings, boundaries)
    except BordermapError as error:
        return Outcome(reason=str(error))
    except Exception as error:  # noqa: BLE001  (a fault with one item is not the others')
        return Outcome(reason=f"a fault of bordermap, please report it: {error!r}")


def _case(item: Item, settings: Settings, boundaries: str | Path | None) -> Outcome:
    if item.shipped:
        return _case_in(item.shipped, settings, boundaries)
    with scratch_folder() as scratch:
        folder = scratch / "case"
        for name, content in item.files.items():
            path = path_within(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        try:
            return _case_in(folder, settings, boundaries)
        except BordermapError as error:
            # the folder is gone when somebody reads this, and its name is another each time
            raise DataError(str(error).replace(str(folder), item.name)) from None


def _case_in(where: str | Path, settings: Settings, boundaries: str | Path | None) -> Outcome:
    case = load_case(where, boundaries=boundaries, worldview=settings.worldview)
    draws = case.file.draws if settings.draws is None else settings.draws
    seed = case.file.seed if settings.seed is None else settings.seed
    assessment = assess(case, draws=draws, seed=seed)
    least_km2 = assessment.resolution.least_km2
    rows = case_rows(assessment.summary, neighbour=case.neighbour.code, least_km2=least_km2)
    return Outcome(
        files={SUMMARY: _json(assessment.summary), **_built(case, settings, boundaries)},
        rows=tuple(rows),
    )


def _built(case: Case, settings: Settings, boundaries: str | Path | None) -> dict[str, bytes]:
    """Return the files of a case's build, below their folder; none if none are asked for."""
    if not settings.builds:
        return {}
    build = Build(
        case=case,
        draws=case.file.draws if settings.draws is None else settings.draws,
        seed=case.file.seed if settings.seed is None else settings.seed,
        boundaries_file=boundaries if isinstance(boundaries, Path) else None,
    )
    return {f"{BUILD}{name}": content for name, content in build.files().items()}


def _article(item: Item, settings: Settings, boundaries: str | Path | None) -> Outcome:
    ((name, content),) = item.files.items()
    text = article_text(content, name=name)
    if not text.strip():
        raise DataError("the text is empty; give the article's")
    drafts = read_article(text)
    where = (boundaries, settings.worldview)
    summary = {
        "bordermap": __version__,
        "article": {
            **item.about,
            "date": item.day and item.day.isoformat(),
            "countries": list(item.countries),
        },
        "claims": [_claim_json(draft, item, where) for draft in drafts],
    }
    built = _drafted(text, drafts, item, settings, boundaries) if settings.builds and drafts else {}
    return Outcome(files={SUMMARY: _json(summary), **built}, rows=tuple(article_rows(summary)))


def _claim_json(draft: DraftClaim, item: Item, where: Where) -> dict[str, Any]:
    """Return a claim as read, and what it comes to on its border or why that is not known."""
    told: dict[str, Any] = {**draft.to_json(), "on_border": None, "note": None}
    try:
        on_border = placed(draft, countries=item.countries, where=where)
    except (PlaceError, GeometryError) as error:
        return told | {"note": str(error)}
    note = None
    if on_border.depth_m is None:
        held_km2 = on_border.stretch.held_km2
        note = f"the land behind this border ({held_km2:,.0f} km²) is less than the figure"
    return told | {"on_border": on_border.as_json(draft.figure.area_km2), "note": note}


def _drafted(
    text: str,
    drafts: Sequence[DraftClaim],
    item: Item,
    settings: Settings,
    boundaries: str | Path | None,
) -> dict[str, bytes]:
    """Return the files of the case that is drafted from an article, and of its build."""
    if item.day is None:
        raise DataError("an article is built as of its day; give its 'date'")
    countries = item.countries or sides_of(drafts[0], ())
    with scratch_folder() as scratch:
        folder = scratch / "case"
        paths = draft_case(text, countries=countries, folder=folder, day=item.day)
        files = {f"case/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}
        case = load_case(folder, boundaries=boundaries, worldview=settings.worldview)
        return files | _built(case, settings, boundaries)


def _json(content: object) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()
