"""Claims: what a source states about an area, and the register of such statements over time."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from bordermap.codes import (
    require_country,
    require_id,
    require_partial_date,
    require_province,
    require_text,
)
from bordermap.documents import (
    open_ended,
    read_toml,
    shown,
    toml_files,
    validated,
    with_web_address,
    without_defaults,
)
from bordermap.errors import ClaimError, DataError
from bordermap.intervals import Interval
from bordermap.provenance import Source

Hedge = Literal["exact", "about", "nearly", "at least", "up to"]
Kind = Literal["held", "disputed", "exchanged", "country-total", "other"]
Unit = Literal["km2", "ha", "m2", "mi2", "acre", "dunam"]
Precision = Literal["day", "month", "year"]
OpenInterval = Annotated[Interval, BeforeValidator(open_ended)]
WebSource = Annotated[Source, AfterValidator(with_web_address)]

MAX_CLAIMS = 500
"""Most claim files of one case."""

ABOUT_SHARE = 0.1
"""How far a hedged figure may be off either way, as a share of it."""

KM2 = MappingProxyType(
    {
        "km2": 1.0,
        "ha": 0.01,
        "m2": 1e-6,
        "mi2": 1.609344**2,
        "acre": 1.609344**2 / 640,
        "dunam": 0.001,
    }
)
"""Square kilometres in one of each unit a figure may be stated in."""

HEDGES: Mapping[str, Hedge] = MappingProxyType(
    {
        "": "exact",
        "exact": "exact",
        "exactly": "exact",
        "about": "about",
        "some": "about",
        "around": "about",
        "approximately": "about",
        "roughly": "about",
        "circa": "about",
        "nearly": "nearly",
        "almost": "nearly",
        "at least": "at least",
        "more than": "at least",
        "over": "at least",
        "not less than": "at least",
        "up to": "up to",
        "at most": "up to",
        "less than": "up to",
        "not more than": "up to",
    }
)
"""English hedge words; a reader of another language names the hedge itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """
    Who says something, and where it stands that they do.

    Parameters
    ----------
    text
        Who speaks, in neutral words.
    country
        ISO 3166-1 alpha-2 code of the country whose side this is; None for nobody's.
    source
        Where it is documented.
    says
        What they say, paraphrased; empty where the claim's own figure says it.
    """

    text: str
    country: str | None = None
    source: WebSource
    says: str = ""

    def __post_init__(self) -> None:
        require_text(text=self.text)
        if self.country is not None:
            require_country(self.country)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """
    Who is said to hold the land.

    Parameters
    ----------
    text
        Name to show.
    country
        ISO 3166-1 alpha-2 code.
    """

    text: str
    country: str

    def __post_init__(self) -> None:
        require_text(text=self.text)
        require_country(self.country)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """
    One statement of an area by one source.

    Parameters
    ----------
    id
        Name of its file.
    title
        One line to show.
    figure_text
        The words that carry the figure, as the source has them.
    figures
        The number stated, or the two numbers of a range [`unit`].
    unit
        Unit of `figures`.
    qualifier
        The hedge, a key of `HEDGES`.
    stated_area_km2
        The figure as an interval, by `interval_from_wording` or by an own reading [km²].
    reading
        The rule or the reason by which words became the interval.
    kind
        What the area is said to be: ``held`` by the other side, ``disputed``, ``exchanged``
        between the two, a ``country-total``, or ``other``.
    asserted_by
        Who states it.
    rejected_by
        Who rejects it, with an own source; None where nobody is known to.
    no_rejection
        Why `rejected_by` is empty, needed where it is.
    about
        Who is said to hold the land.
    as_of
        Day the statement describes or was made on; its first possible day if less is known.
    as_of_precision
        How much of `as_of` is known.
    as_of_note
        How the day is known; needed where it is not known to the day.
    since
        ISO day, month or year since when the land is said to be held; None if not said.
    since_note
        How that day follows from the source's words.
    scope
        What the figure covers, paraphrased.
    provinces
        ISO 3166-2 codes of the provinces that the source names; empty if it names none.
    includes_1990s
        Whether the figure counts land held since before the claim's own conflict (here the
        1990s); None if the source does not say.
    equivalents
        The same figure in other units or words of the source.
    source
        Document that the figure was read in.
    more_sources
        Further documents of the same statement.
    note
        What a reader should know.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  (a field would need a value)

    id: str
    title: str
    figure_text: str
    figures: tuple[float, ...]
    unit: Unit = "km2"
    qualifier: str
    stated_area_km2: OpenInterval
    reading: str
    kind: Kind
    asserted_by: Party
    rejected_by: Party | None
    no_rejection: str = ""
    about: Holder
    as_of: dt.date
    as_of_precision: Precision = "day"
    as_of_note: str = ""
    since: str | None = None
    since_note: str = ""
    scope: str
    provinces: tuple[str, ...] = ()
    includes_1990s: bool | None = None
    equivalents: tuple[str, ...] = ()
    source: WebSource
    more_sources: tuple[WebSource, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        require_id(self.id)
        require_text(
            title=self.title, figure_text=self.figure_text, scope=self.scope, reading=self.reading
        )
        for code in self.provinces:
            require_province(code)
        if self.since is not None:
            require_partial_date(self.since)
        if self.rejected_by is None and not self.no_rejection:
            raise ClaimError("rejected_by is missing; add it, or say why in no_rejection")
        if self.as_of_precision != "day" and not self.as_of_note:
            raise ClaimError("as_of_note is missing; say how the day is known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparability:
    """
    Whether two claims speak of the same thing.

    Parameters
    ----------
    differences
        What the two say differently, one phrase each.
    unsaid
        What only one of the two says, one phrase each.
    """

    differences: tuple[str, ...]
    unsaid: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the scopes agree in everything that either says."""
        return not self.differences and not self.unsaid

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why not, differences first; empty where the scopes agree."""
        return self.differences + self.unsaid


@dataclass(frozen=True, slots=True)
class Register:
    """
    Claims of one case, in the order of the days they describe.

    Parameters
    ----------
    claims
        In any order; they are sorted.

    Raises
    ------
    ClaimError
        If two claims have one id.
    """

    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.claims, key=lambda claim: (claim.as_of, claim.id)))
        object.__setattr__(self, "claims", ordered)
        ids = [claim.id for claim in ordered]
        for twice in (id_ for id_ in ids if ids.count(id_) > 1):
            raise ClaimError(f"two claims are named {shown(twice)}; rename one")

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __getitem__(self, id_: str) -> Claim:
        """Return the claim of an id; `ClaimError` if there is none."""
        for claim in self.claims:
            if claim.id == id_:
                return claim
        known = ", ".join(claim.id for claim in self.claims)
        raise ClaimError(f"no claim is named {shown(id_)}; known: {known or 'none'}")

    def comparable_with(self, claim: Claim) -> tuple[Claim, ...]:
        """
        Return the other claims whose scopes agree with one's, in order.

        Parameters
        ----------
        claim
            The claim to compare with.
        """
        return tuple(
            other
            for other in self.claims
            if other.id != claim.id and comparability(claim, other).agrees
        )

    def rows(self, *, against: Claim | None = None) -> list[dict[str, Any]]:
        """
        Return one flat row a claim, for a table or CSV.

        Parameters
        ----------
        against
            Claim to compare each with; adds ``comparable`` and ``why_not``.
        """
        return [_row(claim, against) for claim in self.claims]


def interval_from_wording(qualifier: str, low: float, high: float | None = None) -> Interval:
    """
    Return the interval that a stated figure is read as, in its own unit.

    Parameters
    ----------
    qualifier
        A hedge or an English word of `HEDGES`, in any case.
    low
        The number, or the lower one of a range.
    high
        The upper number of a range.

    Raises
    ------
    ClaimError
        If the qualifier is not known, a number is not above 0, or the range is upside down.

    Notes
    -----
    ============  =====================  ===========================================
    hedge         one number x           a range x to y
    ============  =====================  ===========================================
    exact         x, x, x                x, middle, y
    about         0.9 x, x, 1.1 x        0.9 x, middle, 1.1 y
    nearly        0.9 x, x, x            0.9 x, middle, y
    at least      x, x, none             x, middle, none
    up to         none, x, x             none, middle, y
    ============  =====================  ===========================================

    The best value is always the number that was said, never one that nobody said; of a range it
    is the middle. A missing end stays missing: the source gives none.

    *Why a tenth* (`ABOUT_SHARE`). It is our reading; a source that says "some" gives no width.
    A number is hedged because it was rounded, and nobody says to what: "some 150" may stand for
    a rounding to 10 (±5) or to 50 (±25), and a tenth (±15) lies between the two. Being a share,
    it does not depend on the unit: "some 15,000 hectares" is read as "some 150 km²", which
    half a unit of the last digit would not do, and it is symmetric, so it favours no side.
    A claim whose context says more overrides it with an own reading.

    Examples
    --------
    >>> interval_from_wording("some", 150)
    Interval(low=135.0, best=150.0, high=165.0, coverage=None)
    >>> interval_from_wording("more than", 40, 45)
    Interval(low=40.0, best=42.5, high=None, coverage=None)
    """
    hedge = HEDGES.get(_folded(qualifier))
    if hedge is None:
        known = ", ".join(filter(None, HEDGES))
        raise ClaimError(f"the qualifier {shown(qualifier)} is not known; known: {known}")
    top = low if high is None else high
    if not 0 < low <= top:
        raise ClaimError(f"a figure is above 0 and a range goes up, unlike {low:g} to {top:g}")
    below, above = _plain(low * (1 - ABOUT_SHARE)), _plain(top * (1 + ABOUT_SHARE))
    lows = {"about": below, "nearly": below, "up to": None}
    highs = {"about": above, "at least": None}
    return Interval(
        low=lows.get(hedge, float(low)),
        best=low + (top - low) / 2,
        high=highs.get(hedge, float(top)),
    )


def comparability(one: Claim, other: Claim) -> Comparability:
    """
    Return whether two claims have one scope, and what differs or is left unsaid where not.

    Claims of different days are comparable: that is what a register is for. What both leave
    unsaid counts as agreeing, and so does a month or year with a day in it.

    Parameters
    ----------
    one, other
        The claims.
    """
    differences: list[str] = []
    unsaid: list[str] = []
    for what, left, right in zip(_SCOPE, _scope(one), _scope(other), strict=True):
        within = what == "since when" and (left.startswith(right) or right.startswith(left))
        if left == right or (left and right and within):
            continue
        told = f"{what}: {left or 'not said'} against {right or 'not said'}"
        (differences if left and right else unsaid).append(told)
    return Comparability(differences=tuple(differences), unsaid=tuple(unsaid))


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
    for derived in {"id", "reading"} & document.keys():
        raise DataError(f"{path}: {derived} is not known here; it is {_DERIVED[derived]}")
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


# The wording of a file ---------------------------------------------------------------------------

_DERIVED = {"id": "the name of the file", "reading": "a key of [stated_area_km2]"}


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
        return interval, f"{_RULE[HEDGES[_folded(self.qualifier)]]}; best is {best}"

    def as_read(self) -> tuple[Interval, str]:
        """Return the interval [km²] and how the words became it."""
        own = self.stated_area_km2
        return self.by_rule() if own is None else (own.interval(), own.reading)


_WORDING = tuple(part.name for part in fields(_Wording))
_RULE: Mapping[Hedge, str] = MappingProxyType(
    {
        "exact": "stated without a hedge: taken as it is",
        "about": "hedged: read as within a tenth either way",
        "nearly": "stated as nearly reached: read as at most a tenth less",
        "at least": "stated as a lower end: no upper end is given",
        "up to": "stated as an upper end: no lower end is given",
    }
)


def _folded(qualifier: str) -> str:
    return " ".join(qualifier.casefold().split())


_SCOPE = ("kind of area", "holder", "since when", "provinces", "land held since the 1990s")


def _scope(claim: Claim) -> tuple[str, ...]:
    return (
        claim.kind,
        claim.about.country,
        claim.since or "",
        ", ".join(sorted(claim.provinces)),
        _included(claim.includes_1990s),
    )


def _included(answer: bool | None) -> str:  # noqa: FBT001  (an answer, not a switch)
    return {None: "", True: "included", False: "not included"}[answer]


def _row(claim: Claim, against: Claim | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "claim": claim.id,
        "date": claim.as_of.isoformat(),
        "date_precision": claim.as_of_precision,
        "by": claim.asserted_by.text,
        "by_country": claim.asserted_by.country,
        "rejected_by": claim.rejected_by.text if claim.rejected_by else None,
        "figure_text": claim.figure_text,
        "low_km2": claim.stated_area_km2.low,
        "best_km2": claim.stated_area_km2.best,
        "high_km2": claim.stated_area_km2.high,
        "kind": claim.kind,
        "about": claim.about.country,
        "since": claim.since,
        "provinces": " ".join(claim.provinces),
        "includes_1990s": claim.includes_1990s,
        "scope": claim.scope,
        "source": claim.source.title,
        "url": claim.source.url,
    }
    if against is not None:
        reasons = comparability(against, claim).reasons
        row |= {"comparable": not reasons, "why_not": "; ".join(reasons)}
    return row


def _plain(value: float) -> float:
    """Return a product without the digits that floating point adds: 165, not 165.00000000000003."""
    return float(f"{value:.12g}")
