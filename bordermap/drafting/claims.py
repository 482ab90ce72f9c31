"""A draft claim as its file, with the sentence that it was read from."""

from collections.abc import Mapping
from typing import Any

from bordermap._text import printable
from bordermap.countries import country_name
from bordermap.documents import toml_text
from bordermap.drafting.setting import PROVINCE, Setting
from bordermap.drafting.words import CHECK, SPOKEN_AS, capital, figure_words, one_line, speaker
from bordermap.reading import DraftClaim

_SHOWN_SENTENCE = 400


def claim_text(draft: DraftClaim, setting: Setting) -> str:
    """Return the file of a claim: what it was read from, what to check, and its document."""
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
        f"# {one_line(draft.sentence.text, _SHOWN_SENTENCE)}",
        *([f"# Places: {where}"] if where else []),
        *(f"{CHECK}{what}" for what in inferred),
    ]
    return "\n".join(head) + "\n\n" + toml_text(document)


def _claim_document(draft: DraftClaim, setting: Setting) -> tuple[Mapping[str, Any], list[str]]:
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
    figure = figure_words(draft)
    document: dict[str, Any] = {
        "title": f"{capital(speaker(draft.asserted_by))}: {figure}",
        "figure_text": figure,
        "figures": list(draft.figure.numbers),
        "unit": draft.figure.unit,
        "qualifier": draft.figure.hedge,
        "kind": draft.kind,
        "scope": f"Land {SPOKEN_AS[draft.kind]}, as read from one sentence",
        "provinces": _provinces(draft),
        "equivalents": [one_line(other.span.text) for other in draft.equivalents],
        "as_of": setting.day,
        "as_of_note": "day of the article, or of this draft",
        "no_rejection": "not looked for yet; add [rejected_by] where the other side answers",
    }
    if draft.since is not None:
        document |= {"since": draft.since, "since_note": "a date that the sentence names"}
    document |= {
        "about": {"text": country_name(holder), "country": holder},
        "asserted_by": {"text": speaker(draft.asserted_by)}
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
    return list(dict.fromkeys(code for code in codes if PROVINCE.fullmatch(code)))
