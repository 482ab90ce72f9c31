"""The files of a new case, but for its claims and scenario."""

import zlib
from collections.abc import Iterator, Sequence

from bordermap.casefile import MAX_SEED
from bordermap.countries import country_name
from bordermap.documents import toml_text
from bordermap.drafting.claims import claim_text
from bordermap.drafting.scenario import strip_text
from bordermap.drafting.setting import Setting, main_draft
from bordermap.drafting.words import CHECK, SPOKEN_AS, capital, cell, figure_words, slug, speaker
from bordermap.gazetteer import Gazetteer
from bordermap.languages import languages
from bordermap.reading import DraftClaim

_POINT_ACCURACY_M = 2_000

_SITE_KINDS = frozenset({"village", "town", "lake", "peak"})


def case_files(drafts: Sequence[DraftClaim], setting: Setting) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file of a case."""
    main = drafts.index(main_draft(drafts, (setting.country, setting.neighbour)))
    yield "case.toml", _case_text(drafts[main], _claim_id(main), setting)
    for number, draft in enumerate(drafts):
        yield f"claims/{_claim_id(number)}.toml", claim_text(draft, setting)
    yield "sites.csv", _sites_text(drafts, setting)
    yield (
        "reports.toml",
        (
            "# What sources state about the sites: depths, fronts, areas. None is drafted;\n"
            "# add a [[report]] for each, and sites.csv for where they are.\n"
        ),
    )
    yield "scenarios/even-strip.toml", strip_text(setting, drafts[main])


def _claim_id(number: int) -> str:
    return f"claim-{number + 1:02d}"


def _case_text(main: DraftClaim, claim: str, setting: Setting) -> str:
    sides = f"{country_name(setting.country)} and {country_name(setting.neighbour)}"
    figure = figure_words(main)
    document = {
        "id": slug(setting.name),
        "title": f"{capital(figure)}: a border claim between {sides}",
        "summary": f"{capital(speaker(main.asserted_by))} is read as stating {figure}, "
        f"{SPOKEN_AS[main.kind]}, along the border of {sides}.",
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
        *(f"{CHECK}inferred: {what}" for what in setting.inferred),
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


def _languages_of(setting: Setting) -> list[str]:
    """Return the languages that are read in which the dataset names the provinces."""
    provinces = setting.dataset.provinces(setting.provinces)
    named = {language for province in provinces for language in province.names}
    return [lang.code for lang in languages() if lang.code in named and lang.code != "en"]


def _sites_text(drafts: Sequence[DraftClaim], setting: Setting) -> str:
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
            rows[slug(known.name)] = (
                *(slug(known.name), cell(known.name), place.province, known.kind),
                *(f"{lon:.5f}", f"{lat:.5f}", str(_POINT_ACCURACY_M)),
                *("a point of the gazetteer; not checked", "Gazetteer of bordermap", "bordermap"),
            )
    return "\n".join(",".join(row) for row in (columns, *rows.values())) + "\n"
