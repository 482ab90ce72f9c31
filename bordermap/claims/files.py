"""The files of claims: read, and written."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bordermap.claims.claim import Claim
from bordermap.claims.wording import KM2, Unit, interval_from_wording, rule_in_words
from bordermap.codes import require_text
from bordermap.documents import named, read_toml, toml_files, validated, without_defaults
from bordermap.errors import ClaimError, DataError
from bordermap.intervals import Interval

MAX_CLAIMS = 500
"""Most claim files of one case."""

_DERIVED = {"id": "the name of the file", "reading": "a key of [stated_area_km2]"}


def read_claims(folder: Path) -> tuple[Claim, ...]:
    """
    Return the claims of a folder, one for each TOML file, by file name.

    Parameters
    ----------
    folder
        The folder ``claims`` of a case.

    Raises
    ------
    DataError
        If the folder is missing, holds no claim or more than `MAX_CLAIMS`, or a file cannot be
        used (`read_claim`).
    """
    case = folder.parent  # the folder itself must not be a link out of the case either
    return tuple(read_claim(path, within=case) for path in toml_files(folder, most=MAX_CLAIMS))


def read_claim(path: Path, *, within: Path | None = None) -> Claim:
    """
    Return the claim in a TOML file; its id is the file's name.

    Parameters
    ----------
    path
        The file.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read or holds no claim.
    """
    document = read_toml(path, within=within)
    wording = {key: document[key] for key in _WORDING if key in document}
    interval, reading = validated(_Wording, wording, path=path).as_read()
    for derived in sorted(_DERIVED.keys() & document.keys()):
        raise DataError(f"{named(path)}: {derived} is not known here; it is {_DERIVED[derived]}")
    speaker = document.get("asserted_by")
    if isinstance(speaker, dict) and "source" in document:
        document["asserted_by"] = {"source": document["source"]} | speaker
    document |= {"id": path.stem, "stated_area_km2": interval.as_json(), "reading": reading}
    document.setdefault("rejected_by", None)
    return validated(Claim, document, path=path, derived=_DERIVED)


def claim_document(claim: Claim) -> dict[str, Any]:
    """
    Return a claim as the content of its file: what `read_claim` reads, without what it derives.

    Parameters
    ----------
    claim
        The claim.
    """
    document: dict[str, Any] = without_defaults(claim)
    read = _Wording(figures=claim.figures, unit=claim.unit, qualifier=claim.qualifier)
    own = document.pop("stated_area_km2")
    own["reading"] = document.pop("reading")
    if read.by_rule() != (claim.stated_area_km2, claim.reading):
        document["stated_area_km2"] = own
    del document["id"]
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class _OwnReading:
    """An interval that a claim's author read otherwise than the rule does [km²]."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    low: float | None = None
    best: float
    high: float | None = None
    reading: str

    def __post_init__(self) -> None:
        require_text(reading=self.reading)
        self.interval()

    def interval(self) -> Interval:
        """Return the interval [km²]."""
        return Interval(low=self.low, best=self.best, high=self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """The part of a claim's file that says how large."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012

    figures: tuple[float, ...]
    unit: Unit = "km2"
    qualifier: str
    stated_area_km2: _OwnReading | None = None

    def __post_init__(self) -> None:
        if len(self.figures) not in {1, 2}:
            raise ClaimError(
                f"figures has {len(self.figures)} numbers; give one, or two for a range"
            )
        self.by_rule()

    def by_rule(self) -> tuple[Interval, str]:
        """Return the interval [km²] by the rule, and the rule in words."""
        low, high = self.figures[0], self.figures[-1]
        interval = interval_from_wording(self.qualifier, low, high).scaled(KM2[self.unit])
        best = "the middle of the range" if high > low else "the number stated"
        return interval, f"{rule_in_words(self.qualifier)}; best is {best}"

    def as_read(self) -> tuple[Interval, str]:
        """Return the interval [km²] and how the words became it."""
        own = self.stated_area_km2
        return self.by_rule() if own is None else (own.interval(), own.reading)


_WORDING = tuple(part.name for part in fields(_Wording))
