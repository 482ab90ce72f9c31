"""A new case from an article: draft claims and first assumptions, for an editor to check."""

import datetime as dt
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from bordermap._text import fold, printable
from bordermap.areas import geodesic_areas_km2
from bordermap.casefile import MAX_SEED
from bordermap.countries import alpha2, country_name
from bordermap.datasets import BoundaryDataset, is_registered, list_datasets, load_dataset
from bordermap.documents import toml_text
from bordermap.errors import ClaimError, NoSharedBorderError, OutputError, PlaceNotFoundError
from bordermap.gazetteer import Gazetteer
from bordermap.languages import languages
from bordermap.outputs import write_folder
from bordermap.reading import DraftClaim, DraftParty, read_article

MAX_DRAFTS = 100
"""Most claims that one article drafts."""

_PROVINCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_SHOWN_SENTENCE = 400
_LONGEST_TITLE = 120
_POINT_ACCURACY_M = 2_000
_SITE_KINDS = frozenset({"village", "town", "lake", "peak"})
_CHECK = "# CHECK: "
_WORDS = {
    "held": "said to be held",
    "disputed": "said to be disputed",
    "exchanged": "said to be exchanged",
    "country-total": "said to be a whole country's",
    "other": "spoken of",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What a new case is laid on."""

    name: str
    country: str
    neighbour: str
    provinces: tuple[str, ...]
    dataset: BoundaryDataset
    boundaries: str
    day: dt.date
    title: str
    inferred: tuple[str, ...]


def draft_case(
    article: str,
    *,
    countries: Sequence[str],
    folder: str | Path,
    day: dt.date | None = None,
    boundaries: str | None = None,
) -> tuple[Path, ...]:
    """
    Write a new case from an article, and return the paths written.

    Parameters
    ----------
    article
        The article's text (`bordermap.reading.article_text`).
    countries
        The two sides of the border, by ISO 3166-1 code or name, in any order. Which is the claimed
        side is read from the article; where it does not say, it is the first.
    folder
        Where; absent or empty.
    day
        Day of the article; None where it is not known.
    boundaries
        Dataset to lay the case on, by id or as a file of provinces; None for the most accurate one
        that has both sides.

    Raises
    ------
    ClaimError
        If the article states no area, or `countries` are not two.
    PlaceNotFoundError
        If a code is no country's, or no shipped dataset has both countries.
    UnregisteredFileError
        If there is no such dataset or file.
    NoSharedBorderError
        If the two have no border in common.
    OutputError
        If the folder holds something, or cannot be written.

    Notes
    -----
    What the article does not say, and a case cannot do without, is filled in by a rule and marked
    ``CHECK`` in the file, with the sentence it was read from. The case can be built at once.

    Examples
    --------
    >>> import bordermap as bm
    >>> text = "Yerevan says Azerbaijan has occupied some 150 km² in Syunik."
    >>> paths = bm.draft_case(text, countries=["AM", "AZ"], folder="mine")  # doctest: +SKIP
    """
    sides = tuple(dict.fromkeys(alpha2(code) for code in countries))
    if len(sides) != 2:
        raise ClaimError(f"a border has two sides; give two countries, not {', '.join(sides)!a}")
    place = Path(folder)
    _require_free(place)
    drafts = read_article(article)[:MAX_DRAFTS]
    if not drafts:
        raise ClaimError(
            "the article states no area of land that a party holds, claims or gives up; "
            "write a claim by hand, as data/cases/README.md shows"
        )
    setting = _setting(article, drafts, sides, place.name, day, boundaries)
    files = dict(_files(drafts, setting))
    _write(place, files)
    return tuple(place / name for name in files)


# Where, and on which boundaries ------------------------------------------------------------------


def _setting(  # noqa: PLR0913, PLR0917  (what a case is laid on, each said once)
    article: str,
    drafts: Sequence[DraftClaim],
    sides: Sequence[str],
    name: str,
    day: dt.date | None,
    boundaries: str | None,
) -> _Setting:
    main = _main_draft(drafts, sides)
    owner = _owner(main, sides)
    country = owner or sides[0]
    neighbour = next(side for side in sides if side != country)
    dataset = _dataset(country, neighbour) if boundaries is None else load_dataset(boundaries)
    own_file = boundaries is not None and not is_registered(boundaries)
    touching = _touching(dataset, country, neighbour)
    named = [place.province for place in main.places if place.province in touching]
    inferred = [] if owner else ["country (the article does not say whose land it is)"]
    if not named:
        inferred.append("provinces (the article names none at this border: all are taken)")
    elif not _can_hold(dataset, named, main):
        named = []
        inferred.append("provinces (those named are smaller than the figure: all are taken)")
    if own_file:
        inferred.append(
            "boundaries (a case names a dataset: build it with --boundaries FILE again)"
        )
    if day is None:
        inferred.append("as_of (no day was given: it is the day this draft was written)")
    return _Setting(
        name=name,
        country=country,
        neighbour=neighbour,
        provinces=tuple(dict.fromkeys(named)) or tuple(touching),
        dataset=dataset,
        boundaries=(_dataset(country, neighbour) if own_file else dataset).info.id,
        day=day or dt.datetime.now(tz=dt.UTC).date(),
        title=_first_line(article),
        inferred=tuple(inferred),
    )


def _can_hold(dataset: BoundaryDataset, provinces: Sequence[str], draft: DraftClaim) -> bool:
    """Return whether provinces have room for a stated area."""
    polygons = [province.polygon for province in dataset.provinces(tuple(dict.fromkeys(provinces)))]
    return draft.figure.area_km2.best < sum(geodesic_areas_km2(polygons))


def _main_draft(drafts: Sequence[DraftClaim], sides: Sequence[str]) -> DraftClaim:
    """Return the claim that says the most of these two sides; the first of several."""

    def weight(draft: DraftClaim) -> tuple[bool, int]:
        held = draft.kind == "held"
        return held, sum(place.feature_id.startswith(tuple(sides)) for place in draft.places)

    return max(drafts, key=weight)


def _owner(draft: DraftClaim, sides: Sequence[str]) -> str | None:
    """Return whose land it is said to be, by its words or by where its places lie."""
    told = [draft.owner.country, *(place.province.split("-")[0] for place in draft.places)]
    return next((country for country in told if country in sides), None)


def _dataset(country: str, neighbour: str) -> BoundaryDataset:
    """Return the most accurate shipped dataset that has both sides."""
    for info in list_datasets():
        if "world" in info.countries or {country, neighbour} <= set(info.countries):
            dataset = load_dataset(info.id)
            try:
                provinces = dataset.provinces_of(country)
            except PlaceNotFoundError:
                continue
            if provinces:
                return dataset
    raise PlaceNotFoundError(f"no shipped dataset has the provinces of {country} and {neighbour}")


def _touching(dataset: BoundaryDataset, country: str, neighbour: str) -> tuple[str, ...]:
    """Return the provinces of a country that touch the other one."""
    other = dataset.country(neighbour).polygon.boundary
    common = shapely.intersection(dataset.country(country).polygon.boundary, other)
    found = tuple(
        province.code
        for province in dataset.provinces_of(country)
        if _PROVINCE.fullmatch(province.code)
        and shapely.intersection(province.polygon.boundary, common).length > 0
    )
    if not found:
        raise NoSharedBorderError(
            f"{country_name(country)} and {country_name(neighbour)} have no border in common in"
            f" {dataset.info.id}; give two neighbours"
        )
    return found


# Files -------------------------------------------------------------------------------------------


def _files(drafts: Sequence[DraftClaim], setting: _Setting) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file."""
    main = drafts.index(_main_draft(drafts, (setting.country, setting.neighbour)))
    yield "case.toml", _case_text(drafts[main], _claim_id(main), setting)
    for number, draft in enumerate(drafts):
        yield f"claims/{_claim_id(number)}.toml", _claim_text(draft, setting)
    yield "sites.csv", _sites_text(drafts, setting)
    yield (
        "reports.toml",
        (
            "# What sources state about the sites: depths, fronts, areas. None is drafted;\n"
            "# add a [[report]] for each, and sites.csv for where they are.\n"
        ),
    )
    yield "scenarios/even-strip.toml", _strip_text(setting, drafts[main])


def _claim_id(number: int) -> str:
    return f"claim-{number + 1:02d}"


def _case_text(main: DraftClaim, claim: str, setting: _Setting) -> str:
    sides = f"{country_name(setting.country)} and {country_name(setting.neighbour)}"
    figure = _figure(main)
    document = {
        "id": _slug(setting.name),
        "title": f"{_capital(figure)}: a border claim between {sides}",
        "summary": f"{_capital(_speaker(main.asserted_by))} is read as stating {figure}, "
        f"{_WORDS[main.kind]}, along the border of {sides}.",
        "claim": claim,
        "country": setting.country,
        "neighbour": setting.neighbour,
        "provinces": list(setting.provinces),
        "boundaries": setting.boundaries,
        "seed": zlib.crc32(setting.title.encode()) % MAX_SEED,
        "languages": _languages_of(setting),
    }
    head = [
        "# Drafted from an article by `bordermap new`. Nothing here is checked yet: read every",
        "# line marked CHECK, and each claim beside the sentence it was read from.",
        "# country is the side whose land the claim speaks of, neighbour the other one.",
        *(f"{_CHECK}inferred: {what}" for what in setting.inferred),
    ]
    tail = [
        "",
        "# Name detached parts of the neighbour that deserve it, by a point inside them:",
        "# [sections]",
        "# island = [45.4, 39.2]",
        "#",
        "# What happened, and what the parties hold, each with its source:",
        "# [[events]]",
        "# [[positions]]",
    ]
    return "\n".join([*head, "", toml_text(document).rstrip("\n"), *tail]) + "\n"


def _claim_text(draft: DraftClaim, setting: _Setting) -> str:
    document, inferred = _claim_document(draft, setting)
    figure = draft.figure
    where = "; ".join(
        f"{printable(place.span.text)} = {place.feature_id}"
        + (f" or {', '.join(place.candidates)}" if place.is_ambiguous else "")
        for place in draft.places
    )
    sentence, span = draft.sentence, figure.span
    head = [
        f"# Read from characters {sentence.start} to {sentence.end} of the article,",
        f"# the figure at {span.start} to {span.end}:",
        f"# {_one_line(draft.sentence.text, _SHOWN_SENTENCE)}",
        *([f"# Places: {where}"] if where else []),
        *(f"{_CHECK}{what}" for what in inferred),
    ]
    return "\n".join(head) + "\n\n" + toml_text(document)


def _claim_document(draft: DraftClaim, setting: _Setting) -> tuple[Mapping[str, Any], list[str]]:
    """Return a claim's document, and what in it the sentence does not say."""
    inferred: list[str] = []
    holder = draft.about.country
    if holder is None:
        holder = setting.neighbour
        inferred.append("about is inferred: the sentence names no holder")
    if draft.asserted_by.span is None:
        inferred.append("asserted_by is not said; find out who states it")
    if draft.since is not None:
        inferred.append("since: a date of the sentence; does the figure count from it?")
    figure = _figure(draft)
    document: dict[str, Any] = {
        "title": f"{_capital(_speaker(draft.asserted_by))}: {figure}",
        "figure_text": figure,
        "figures": list(draft.figure.numbers),
        "unit": draft.figure.unit,
        "qualifier": draft.figure.hedge,
        "kind": draft.kind,
        "scope": f"Land {_WORDS[draft.kind]}, as read from one sentence",
        "provinces": _provinces(draft),
        "equivalents": [_one_line(other.span.text) for other in draft.equivalents],
        "as_of": setting.day,
        "as_of_note": "day of the article, or of this draft",
        "no_rejection": "not looked for yet; add [rejected_by] where the other side answers",
    }
    if draft.since is not None:
        document |= {"since": draft.since, "since_note": "a date that the sentence names"}
    document |= {
        "about": {"text": country_name(holder), "country": holder},
        "asserted_by": {"text": _speaker(draft.asserted_by)}
        | ({"country": draft.asserted_by.country} if draft.asserted_by.country else {}),
        "source": {
            "title": setting.title,
            "publisher": "not known yet",
            "note": "drafted by `bordermap new`; add publisher, url and dates",
        },
    }
    return document, inferred


def _provinces(draft: DraftClaim) -> list[str]:
    codes = (place.province for place in draft.places)
    return list(dict.fromkeys(code for code in codes if _PROVINCE.fullmatch(code)))


def _sites_text(drafts: Sequence[DraftClaim], setting: _Setting) -> str:
    """Return the settlements, lakes and peaks of the claims that the gazetteer has a point of."""
    columns = (
        *("id", "name", "province", "kind", "lon", "lat", "accuracy_m", "accuracy_reason"),
        *("position_title", "position_publisher"),
    )
    rows = {}
    for place in (place for draft in drafts for place in draft.places):
        known = Gazetteer.load().feature(place.feature_id)
        inside = place.province.startswith(f"{setting.country}-")
        if known and known.point and known.kind in _SITE_KINDS and inside:
            lon, lat = known.point
            rows[_slug(known.name)] = (
                *(_slug(known.name), _cell(known.name), place.province, known.kind),
                *(f"{lon:.5f}", f"{lat:.5f}", str(_POINT_ACCURACY_M)),
                *("a point of the gazetteer; not checked", "Gazetteer of bordermap", "bordermap"),
            )
    return "\n".join(",".join(row) for row in (columns, *rows.values())) + "\n"


def _strip_text(setting: _Setting, main: DraftClaim) -> str:
    if not _can_hold(setting.dataset, setting.provinces, main):
        return _narrow_strip_text()
    return "# Assumptions only. What the article says stands in ../claims.\n\n" + toml_text(
        {
            "title": "An even strip along the whole shared border",
            "model": "strip",
            "rationale": "The figure as a picture: how deep would the land be if it lay evenly "
            "along the border? Nobody says that it lies so.",
            "assumes": [
                "The land lies on the inner side of the border, everywhere to the same depth."
            ],
            "strip": {"section": "all", "area_from": "stated"},
        }
    )


def _narrow_strip_text() -> str:
    """Return a strip of an assumed depth, for a figure that no strip behind the border holds."""
    return "# Assumptions only. What the article says stands in ../claims.\n\n" + toml_text(
        {
            "title": "A strip of an assumed depth along the whole shared border",
            "model": "strip",
            "rationale": "The stated figure is more than the provinces at this border hold: no "
            "even strip has that area. How much does a narrow one have?",
            "assumes": [
                "The land lies on the inner side of the border, everywhere to the same depth."
            ],
            "strip": {
                "section": "all",
                "depth_m": {
                    "low": 1_000.0,
                    "best": 2_000.0,
                    "high": 5_000.0,
                    "reason": "CHECK: the article tells no depth; an example to replace",
                },
            },
        }
    )


# Words -------------------------------------------------------------------------------------------


def _figure(draft: DraftClaim) -> str:
    """Return the words that carry a figure, the hedge before them if it stands there."""
    hedge, figure = draft.figure.qualifier, draft.figure.span.text
    return _one_line(figure if not hedge or hedge in figure else f"{hedge} {figure}")


def _speaker(party: DraftParty) -> str:
    return "A speaker not named" if party.span is None else _one_line(party.span.text)


def _languages_of(setting: _Setting) -> list[str]:
    """Return the languages that are read in which the dataset names the provinces."""
    provinces = setting.dataset.provinces(setting.provinces)
    named = {language for province in provinces for language in province.names}
    return [lang.code for lang in languages() if lang.code in named and lang.code != "en"]


def _first_line(article: str) -> str:
    line = next((line for line in article.splitlines() if line.strip()), "An article")
    return _one_line(line, _LONGEST_TITLE)


def _one_line(text: str, length: int = _LONGEST_TITLE) -> str:
    line = " ".join(printable(" ".join(text.split())).split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cell(text: str) -> str:
    return text.replace(",", " ").replace('"', "'")


def _slug(name: str) -> str:
    """Return an id made of a name: lower-case ASCII letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80].strip("-") or "new-case"


# Writing -----------------------------------------------------------------------------------------


def _require_free(folder: Path) -> None:
    told = printable(str(folder))
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError(f"{told} is no folder; give another name")
    if folder.is_dir() and any(folder.iterdir()):
        raise OutputError(f"{told} is not empty; give the name of a new folder")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files as a whole or not at all; what a killed run left beside them is removed."""
    write_folder(folder, {name: text.encode() for name, text in files.items()})
