"""The page that describes the case files, held against the code."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bordermap import claims, documents, scenarios, sites
from bordermap._shipped import shipped
from bordermap.casefile import MAX_DRAWS, CaseFile, Event, Position, read_case_file
from bordermap.claims import HEDGES, Claim, Holder, Party, interval_from_wording, read_claims
from bordermap.intervals import Interval
from bordermap.provenance import Source
from bordermap.scenarios import (
    CapAssumption,
    IncursionAssumption,
    OutlinesAssumption,
    Quantity,
    Scenario,
    StatementAssumption,
    StripAssumption,
    read_scenarios,
    require_known,
)
from bordermap.sites import CounterVersion, Report, Speaker, read_reports, read_sites

PAGE = shipped("cases", "README.md").read_text(encoding="utf-8")
KINDS = (
    CaseFile,
    Event,
    Position,
    Claim,
    Party,
    Holder,
    Source,
    Interval,
    sites._Row,
    Report,
    Speaker,
    CounterVersion,
    Scenario,
    StripAssumption,
    IncursionAssumption,
    CapAssumption,
    OutlinesAssumption,
    StatementAssumption,
    Quantity,
)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_every_key_is_described(kind: type) -> None:
    described = set(re.findall(r"`\[*([a-z0-9_.]+)\]*`", PAGE))
    described |= {name.rpartition(".")[2] for name in described}
    assert {part.name for part in fields(kind)} <= described


LIMITS = {
    "MAX_BYTES": documents.MAX_BYTES,
    "MAX_KEYS": documents.MAX_KEYS,
    "MAX_KEY_PARTS": documents.MAX_KEY_PARTS,
    "MAX_NESTING": documents.MAX_NESTING,
    "MAX_ROWS": documents.MAX_ROWS,
    "MAX_CLAIMS": claims.MAX_CLAIMS,
    "MAX_SITES": sites.MAX_SITES,
    "MAX_REPORTS": sites.MAX_REPORTS,
    "MAX_SCENARIOS": scenarios.MAX_SCENARIOS,
    "MAX_ASSUMPTIONS": scenarios.MAX_ASSUMPTIONS,
    "MAX_DRAWS": MAX_DRAWS,
}


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_every_limit_is_told(limit: int) -> None:
    assert re.search(rf"(?<![\d,]){limit:,}(?![\d,])", PAGE)


def test_every_hedge_is_in_the_table() -> None:
    assert {hedge for hedge in HEDGES if hedge} <= set(re.findall(r"`([a-z ]+)`", PAGE))


def example(folder: Path) -> Path:
    """Write the files that the page shows, each named in its first line."""
    for block in re.findall(r"```(?:toml|csv)\n# (\S+)\n(.*?)```", PAGE, re.DOTALL):
        path = folder / block[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block[1], encoding="utf-8")
    return folder


def test_the_example_is_a_whole_case(tmp_path: Path) -> None:
    folder = example(tmp_path)
    case = read_case_file(folder / "case.toml", within=folder)
    (claim,) = read_claims(folder / "claims")
    places = read_sites(folder / "sites.csv", within=folder)
    reports = read_reports(folder / "reports.toml", within=folder)
    (scenario,) = read_scenarios(folder / "scenarios")
    assert case.claim == claim.id
    require_known(
        scenario,
        sites={site.id for site in places},
        references={report.id for report in reports} | {claim.id},
        sections=set(case.sections),
    )


def test_the_example_tells_what_the_rule_would_give(tmp_path: Path) -> None:
    (claim,) = read_claims(example(tmp_path) / "claims")
    assert claim.stated_area_km2 == Interval(low=20.0, best=22.0, high=24.0)
    by_rule = interval_from_wording(claim.qualifier, *claim.figures)
    assert f"{by_rule.low:g}, {by_rule.best:g} and {by_rule.high:g}" in PAGE
