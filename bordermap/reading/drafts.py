"""Draft claims: what reading an article yields, for an editor to check."""

from dataclasses import dataclass
from typing import Any

from bordermap.intervals import Interval
from bordermap.reading.kinds import Kind

_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """
    Words of the text as read.

    Parameters
    ----------
    text
        The words.
    start, end
        Offsets [code points]; ``article[start:end] == text``.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFigure:
    """
    An area as the text has it.

    Parameters
    ----------
    span
        Number and unit.
    numbers
        The number, or the two of a range [`unit`].
    unit
        A key of `bordermap.claims.KM2`.
    hedge
        What the hedge means, a value of `bordermap.claims.HEDGES`.
    qualifier
        The words of the hedge; empty for none.
    area_km2
        The interval that the wording is read as [km²].
    """

    span: Span
    numbers: tuple[float, ...]
    unit: str
    hedge: str
    qualifier: str
    area_km2: Interval

    def area_json(self) -> dict[str, float | None]:
        """Return low, best and high as the wording gives them [km²]."""
        area = self.area_km2
        return {"low": _plain(area.low), "best": _plain(area.best), "high": _plain(area.high)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlace:
    """
    A place that a claim names.

    Parameters
    ----------
    span
        The name in the text.
    feature_id, kind, province
        What it is linked to, its kind, and the ISO 3166-2 code it lies in, empty if unknown.
    score
        How well the name fits, 0 to 1.
    candidates
        Other features that it may mean, best first.
    is_ambiguous
        Whether one of those fits as well.
    reason
        What of the text decided between them; empty if nothing had to.
    """

    span: Span
    feature_id: str
    kind: str
    province: str
    score: float
    candidates: tuple[str, ...] = ()
    is_ambiguous: bool = False
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the place under the names of the command line's contract."""
        return {
            "text": self.span.text,
            "start": self.span.start,
            "end": self.span.end,
            "feature_id": self.feature_id,
            "kind": self.kind,
            "province": self.province or None,
            "score": round(self.score, 3),
            "ambiguous": self.is_ambiguous,
            "candidates": list(self.candidates),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftParty:
    """
    A party of a claim.

    Parameters
    ----------
    span
        The words that name it; None where the text does not.
    country
        ISO 3166-1 alpha-2 code; None where it cannot be told.
    """

    span: Span | None = None
    country: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """Return the party under the names of the command line's contract."""
        return {"text": None if self.span is None else self.span.text, "country": self.country}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClaim:
    """
    One statement of an area, as read.

    Parameters
    ----------
    figure
        The area.
    equivalents
        The same area in other units.
    places
        Places named with it.
    asserted_by
        Who says so.
    about
        Who is said to hold the land, or to receive it.
    owner
        Whose land it is said to be.
    dates
        ISO 8601 days, months and years that the sentence names.
    since
        The one since when the land is said to be held; None if not said.
    kind
        What the area is said to be.
    language
        ISO 639-1 code of the sentence.
    sentence
        The sentence that says it.
    """

    figure: DraftFigure
    equivalents: tuple[DraftFigure, ...]
    places: tuple[DraftPlace, ...]
    asserted_by: DraftParty
    about: DraftParty
    owner: DraftParty
    dates: tuple[str, ...]
    since: str | None
    kind: Kind
    language: str
    sentence: Span

    def to_json(self) -> dict[str, Any]:
        """Return the draft under the names of the command line's contract."""
        return {
            "figure_text": self.figure.span.text,
            "start": self.figure.span.start,
            "end": self.figure.span.end,
            "area_km2": self.figure.area_json(),
            "qualifier": self.figure.qualifier,
            "equivalents": [
                {
                    "figure_text": other.span.text,
                    "start": other.span.start,
                    "end": other.span.end,
                    "area_km2": other.area_json(),
                }
                for other in self.equivalents
            ],
            "places": [place.to_json() for place in self.places],
            "asserted_by": self.asserted_by.to_json(),
            "about": self.about.to_json(),
            "dates": list(self.dates),
            "kind": self.kind,
        }


def _plain(value: float | None) -> float | None:
    """Return a value without the dust of binary arithmetic (0.21600000000000003)."""
    return None if value is None else float(f"{value:.{_DIGITS}g}")
