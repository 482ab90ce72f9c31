"""Claims: what a source states about an area, and the register of such statements over time."""

from bordermap.claims.claim import Claim, Holder, Kind, Party
from bordermap.claims.files import MAX_CLAIMS, claim_document, read_claim, read_claims
from bordermap.claims.register import REGISTER_COLUMNS, Comparability, Register, comparability
from bordermap.claims.wording import (
    ABOUT_SHARE,
    GLOBE_KM2,
    HEDGES,
    KM2,
    Hedge,
    Unit,
    interval_from_wording,
    rule_in_words,
)

__all__ = [
    "ABOUT_SHARE",
    "GLOBE_KM2",
    "HEDGES",
    "KM2",
    "MAX_CLAIMS",
    "REGISTER_COLUMNS",
    "Claim",
    "Comparability",
    "Hedge",
    "Holder",
    "Kind",
    "Party",
    "Register",
    "Unit",
    "claim_document",
    "comparability",
    "interval_from_wording",
    "read_claim",
    "read_claims",
    "rule_in_words",
]
