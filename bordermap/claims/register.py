"""The register: claims over time, and which of them speak of the same thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bordermap.claims.claim import Claim
from bordermap.documents import shown
from bordermap.errors import ClaimError
from bordermap.shown import Shown

REGISTER_COLUMNS: Mapping[str, Literal["text", "number", "truth"]] = {
    **dict.fromkeys(("claim", "date", "date_precision", "by", "by_country"), "text"),
    **dict.fromkeys(("rejected_by", "figure_text"), "text"),
    **dict.fromkeys(("low_km2", "best_km2", "high_km2"), "number"),
    **dict.fromkeys(("kind", "about", "since", "provinces"), "text"),
    "includes_1990s": "truth",
    **dict.fromkeys(("scope", "source", "url"), "text"),
    "comparable": "truth",
    "why_not": "text",
}
"""Columns of `Register.rows`, the last two beside another claim, and what each holds."""

_SCOPE = ("kind of area", "holder", "since when", "provinces", "land held since the 1990s")


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


@dataclass(frozen=True, slots=True, repr=False)
class Register(Shown):
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
