"""
Clients of other projects, asked in a process of their own.

The two clients are extras. Where one is installed, its real code is run here against a server on
this machine or a file; where it is not, that test is skipped, and says so.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import shapely
from pytest_socket import socket_allow_hosts

from bordermap.errors import DataError
from bordermap.fetching import asking
from bordermap.fetching.clients import openstreetmap, overture
from bordermap.fetching.clients.__main__ import main
from bordermap.fetching.parts import delivery_of
from tests.fetching import service as serve
from tests.fetching.service import Service

SQUARE = shapely.box(44, 39, 45, 40)
BOX = (44.0, 39.0, 46.0, 40.0)


@pytest.fixture
def running() -> Iterator[Service]:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    with serve.running() as service:
        yield service


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())


def feature(code: str, name: str = "", polygon: shapely.Geometry = SQUARE) -> dict[str, Any]:
    geometry = json.loads(shapely.to_geojson(polygon))
    return {"properties": {"code": code, "name": name}, "geometry": geometry}


# The process -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("installed")
def test_a_client_that_takes_too_long_is_ended() -> None:
    with pytest.raises(DataError, match="osm was not done after 0 s"):
        asking.features_of("osm", "AM", most_seconds=0.01)


@pytest.mark.usefixtures("installed")
def test_a_client_that_fails_says_why_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "country_box", lambda _: (1.0, 2.0, 3.0, 4.0))
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(DataError, match="osm failed: status 1"):
        asking.features_of("osm", "AM")


@pytest.mark.usefixtures("installed")
def test_a_client_that_breaks_says_its_last_line() -> None:
    with pytest.raises(DataError, match="failed: KeyError: 'nonsense'") as caught:
        asking._run(["nonsense", "1", "2", "3", "4", "x"], "osm", 60)
    assert str(caught.value).isprintable()


def answers(found: object) -> Any:  # noqa: ANN401  (a stand-in for the process)
    def run(arguments: list[str], *_: object) -> None:
        Path(arguments[-1]).write_text(json.dumps(found), "utf-8")

    return run


@pytest.mark.usefixtures("installed")
def test_features_of_other_countries_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_run", answers([feature("AM-SU"), feature("AZ-NX")]))
    found = asking.features_of("osm", "AM")
    assert [one["properties"]["code"] for one in found] == ["AM-SU"]
    with pytest.raises(DataError, match=r"osm has no provinces of GE \(Georgia\)"):
        asking.features_of("osm", "GE")


@pytest.mark.usefixtures("installed")
def test_what_a_client_gives_has_a_limit_and_must_be_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_run", lambda *_: None)
    with pytest.raises(DataError, match="nothing that can be read"):
        asking.features_of("osm", "AM")
    monkeypatch.setattr(asking, "_run", answers(["x" * 100]))
    monkeypatch.setattr(asking, "MOST_BYTES", 50)
    with pytest.raises(DataError, match="at most 50 are taken"):
        asking.features_of("osm", "AM")


def test_the_box_of_a_country_is_the_shipped_one() -> None:
    west, south, east, north = asking.country_box("AM")
    assert (west, south, east, north) == pytest.approx((43.4, 38.9, 46.6, 41.3), abs=0.1)


def test_the_process_writes_what_its_client_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "features.json"
    monkeypatch.setattr(
        "bordermap.fetching.clients.__main__._CLIENTS", {"osm": lambda box: [{"box": box}]}
    )
    main("osm", "44", "39", "46", "40", str(file))
    assert json.loads(file.read_text("utf-8")) == [{"box": list(BOX)}]


def test_a_delivery_keeps_one_level_and_the_day() -> None:
    halves = [shapely.box(44, 39, 44.5, 40), shapely.box(44.5, 39, 45, 40)]
    found = delivery_of(
        [
            feature("AZ-NX", "whole"),
            feature("AZ-BAB", "one", halves[0]),
            feature("AZ-SAR", "two", halves[1]),
        ],
        "AZ",
        source="a service",
        licence="ODbL-1.0",
        attribution="somebody",
        url="https://example.org",
        today=dt.date(2026, 1, 2),
    )
    assert [unit.code for unit in found.units] == ["AZ-BAB", "AZ-SAR"]
    assert found.vintage == "2026-01-02"
    assert any("AZ-NX" in told for told in found.mended)


# OpenStreetMap -----------------------------------------------------------------------------------


def overpass() -> dict[str, Any]:
    """Return two neighbouring provinces as Overpass gives them: relations of ways of nodes."""
    corners = {1: (44, 39), 2: (45, 39), 3: (45, 40), 4: (44, 40), 5: (46, 39), 6: (46, 40)}
    ways = {11: [2, 3], 12: [3, 4, 1, 2], 13: [2, 5, 6, 3]}
    provinces = {"AM-SU": [11, 12], "AZ-LAC": [11, 13]}
    return {
        "elements": [
            *({"type": "node", "id": n, "lon": x, "lat": y} for n, (x, y) in corners.items()),
            *({"type": "way", "id": w, "nodes": nodes} for w, nodes in ways.items()),
            *(
                {
                    "type": "relation",
                    "id": 100 + number,
                    "tags": {
                        "type": "boundary",
                        "boundary": "administrative",
                        "ISO3166-2": code,
                        "name": f"name of {code}",
                    },
                    "members": [{"type": "way", "ref": w, "role": "outer"} for w in members],
                }
                for number, (code, members) in enumerate(provinces.items())
            ),
        ]
    }


@pytest.fixture
def osmnx() -> ModuleType:
    module: ModuleType = pytest.importorskip("osmnx", reason="the extra 'osm' is not installed")
    return module


def test_provinces_come_from_openstreetmap_with_a_shared_line(
    osmnx: ModuleType, running: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.answers["/api/interpreter"] = serve.document(overpass())
    monkeypatch.setattr(osmnx.settings, "overpass_url", f"{running.address}/api")
    monkeypatch.setattr(osmnx.settings, "overpass_rate_limit", False)
    for name in ("max_query_area_size", "use_cache", "doh_url_template"):
        monkeypatch.setattr(osmnx.settings, name, getattr(osmnx.settings, name))
    found = {
        one["properties"]["code"]: shapely.from_geojson(json.dumps(one["geometry"]))
        for one in openstreetmap.features(BOX)
    }
    assert set(found) == {"AM-SU", "AZ-LAC"}
    assert found["AM-SU"].equals(SQUARE)
    assert shapely.coverage_is_valid(list(found.values()))
    assert running.asked == ["/api/interpreter"]


# Overture ----------------------------------------------------------------------------------------

ROWS: list[dict[str, Any]] = [
    {"subtype": "region", "class": "land", "region": "AM-SU", "names": {"primary": "Syunik"}},
    {"subtype": "region", "class": "maritime", "region": "AZ-BA", "names": {"primary": "Baku"}},
    {"subtype": "county", "class": "land", "region": "AM-SU", "names": {"primary": "Kapan"}},
    {"subtype": "region", "class": "land", "region": None, "names": None},
]


def test_of_overtures_rows_the_regions_on_land_are_taken() -> None:
    rows = [row | {"geometry": shapely.to_wkb(SQUARE)} for row in ROWS]
    found = [one for row in rows if (one := overture.feature_of(row)) is not None]
    assert [one["properties"] for one in found] == [{"code": "AM-SU", "name": "Syunik"}]
    assert shapely.from_geojson(json.dumps(found[0]["geometry"])).equals(SQUARE)


def test_overtures_own_client_reads_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = pytest.importorskip("overturemaps.core", reason="the extra 'overture' is missing")
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    dataset = pytest.importorskip("pyarrow.dataset")
    rows = [row | {"geometry": shapely.to_wkb(SQUARE), "version": 1} for row in ROWS]
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "part.parquet")
    monkeypatch.setattr(core, "_prepare_query", lambda *_, **__: (dataset.dataset(tmp_path), None))
    found = overture.features(BOX)
    assert [one["properties"]["code"] for one in found] == ["AM-SU"]
