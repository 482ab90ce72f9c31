"""Small invented claims, sites and scenarios to give to the models."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely

from bordermap.boundaries import Borders
from bordermap.claims import Claim, Holder, Party
from bordermap.estimates import Estimate, Setting
from bordermap.intervals import Interval
from bordermap.models import estimate
from bordermap.provenance import Source
from bordermap.scenarios import (
    CapAssumption,
    IncursionAssumption,
    OutlinesAssumption,
    Quantity,
    Scenario,
    StatementAssumption,
    StripAssumption,
)
from bordermap.sites import Site
from bordermap.uncertainty import Draws

SOURCE = Source(title="A day", publisher="The Gazette", url="https://example.org/day")


def quantity(low: float, best: float | None = None, high: float | None = None) -> Quantity:
    return Quantity(
        low=low,
        best=low if best is None else best,
        high=(low if best is None else best) if high is None else high,
        reason="chosen",
    )


def claim(stated_km2: Interval) -> Claim:
    return Claim(
        id="main",
        title="A claim",
        figure_text="some",
        figures=(stated_km2.best,),
        qualifier="about",
        stated_area_km2=stated_km2,
        reading="as chosen",
        kind="held",
        asserted_by=Party(text="One side", country="AM", source=SOURCE),
        rejected_by=None,
        no_rejection="nobody was asked",
        about=Holder(text="The other side", country="AZ"),
        as_of=dt.date(2024, 1, 1),
        scope="all of it",
        source=SOURCE,
    )


def site(id_: str, point: shapely.Point, accuracy_m: float = 1e-3) -> Site:
    return Site(
        id=id_,
        name=id_.title(),
        province="AM-SU",
        kind="village",
        point=point,
        accuracy_m=accuracy_m,
        accuracy_reason="chosen",
        position_source=SOURCE,
    )


def incursion(
    id_: str, front_km: Quantity, depth_km: Quantity, fill: Quantity | None = None
) -> IncursionAssumption:
    return IncursionAssumption(
        id=id_, site=id_, front_km=front_km, depth_km=depth_km, fill=fill or quantity(1.0)
    )


def cap(id_: str, radius_km: Quantity) -> CapAssumption:
    return CapAssumption(id=id_, site=id_, radius_km=radius_km)


def statement(id_: str, area_km2: Quantity, *overlaps: str) -> StatementAssumption:
    return StatementAssumption(
        id=id_, place=id_, province="AM-SU", area_km2=area_km2, overlaps=overlaps
    )


def scenario(id_: str, **parts: Any) -> Scenario:  # noqa: ANN401
    """Return a scenario of one model, its assumptions under the name they have there."""
    models = {
        "strip": "strip",
        "incursions": "incursions",
        "caps": "caps",
        "outlines": "outlines",
        "statements": "stated",
    }
    ((part, assumed),) = parts.items()
    return Scenario(
        id=id_,
        title=id_,
        model=models[part],
        rationale="to look at it",
        assumes=("that it is so",),
        **{part: assumed},
    )


def strip_of(depth_m: Quantity | None = None, section: str = "all") -> Scenario:
    assumed = StripAssumption(
        section=section, depth_m=depth_m, area_from="stated" if depth_m is None else None
    )
    return scenario("strip", strip=assumed)


def outlines(file: str) -> Scenario:
    return scenario("outlines", outlines=OutlinesAssumption(file=file, reason="drawn"))


def setting(
    borders: Borders,
    *,
    stated_km2: Interval | None = None,
    sites: Sequence[Site] = (),
    draws: Draws = Draws(seed=7, count=2_000),  # noqa: B008  (a frozen value)
) -> Setting:
    return Setting(
        borders=borders,
        claim=claim(stated_km2 or Interval(low=9, best=10, high=11)),
        sites={one.id: one for one in sites},
        folder=Path(),
        draws=draws,
    )


def estimated(assumed: Scenario, given: Setting) -> Estimate:
    return estimate(assumed, given)
