"""The page's script by itself: its modules under node, and its areas against GeographicLib."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import shapely
import shapely.affinity
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray

from bordermap.areas import geodesic_area_km2
from bordermap.maps import assets
from bordermap.series.frames import NO_POINTS, Copying

TESTS = Path(__file__).parent / "page"
MODULES = Path(assets.__file__).parent / "page"


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("there is no node on this machine; install Debian's package nodejs")
    return found


def test_the_modules_hold_their_laws(node: str) -> None:
    done = subprocess.run([node, "--test", str(TESTS)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.parametrize("template", [assets.CLAIM, assets.SERIES], ids=["claim", "series"])
def test_the_modules_in_one_are_a_program(
    node: str, tmp_path: Path, template: assets.Template
) -> None:
    path = tmp_path / "page.mjs"
    path.write_text(assets.script(template), "utf-8")
    done = subprocess.run([node, "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "import {" not in assets.script(template)


@pytest.mark.parametrize(
    "ring",
    [
        [(45.0, 39.0), (45.001, 39.0), (45.001, 39.001)],
        [(45.1, 39.2), (46.3, 39.1), (46.0, 40.4), (45.2, 40.1)],
        [(40.0, -60.0), (52.0, -58.0), (47.0, -44.0)],
        [(179.5, 70.0), (-179.2, 70.1), (-179.4, 71.0)],
        [(-5.0, -1.0), (7.0, -2.0), (6.0, 3.0), (-4.0, 2.0)],
    ],
)
def test_an_area_is_that_of_geographiclib(node: str, ring: list[tuple[float, float]]) -> None:
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring:
        polygon.AddPoint(lat, lon)
    expected_km2 = abs(polygon.Compute()[2]) / 1e6
    program = (
        f"import {{ polygonsAreaKm2 }} from {json.dumps((MODULES / 'geodesy.mjs').as_uri())};"
        f"console.log(polygonsAreaKm2([[{json.dumps(ring)}]]));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", program], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) == pytest.approx(expected_km2, rel=1e-7)


def ring_round(place: NDArray[np.float64], size: float) -> shapely.Polygon:
    outer, inner = (
        shapely.Point(*place).buffer(radius, quad_segs=segments).exterior
        for radius, segments in ((size, 2), (size / 3, 1))
    )
    return shapely.Polygon(outer, [inner])


@pytest.mark.parametrize("seed", range(6))
def test_polygons_together_have_the_area_of_their_union(node: str, seed: int) -> None:
    random = np.random.default_rng(seed)
    polygons = [
        ring_round(place, size)
        for place, size in zip(
            random.uniform((45, 39), (45.6, 39.6), (30, 2)).round(1 + seed % 3),
            random.uniform(0.02, 0.2, 30).round(2),
            strict=True,
        )
    ]
    polygons += [shapely.box(45 + i / 10, 39, 45.1 + i / 10, 39.1) for i in range(5)] * 2
    rings = [
        [np.asarray(ring.coords)[:-1].round(7).tolist() for ring in (one.exterior, *one.interiors)]
        for one in polygons
    ]
    union = shapely.union_all([shapely.Polygon(first, rest) for first, *rest in rings])
    program = (
        f"import {{ edgesAreaKm2 }} from {json.dumps((MODULES / 'geodesy.mjs').as_uri())};"
        f"import {{ unionEdges }} from {json.dumps((MODULES / 'union.mjs').as_uri())};"
        f"console.log(edgesAreaKm2(unionEdges({json.dumps(rings)})));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", program], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) == pytest.approx(geodesic_area_km2(union), rel=1e-7)


def test_frames_are_read_as_they_were_written(node: str) -> None:
    before = shapely.MultiPolygon([shapely.box(0, 0, 4, 4), shapely.box(6, 6, 7, 7)])
    after = shapely.MultiPolygon([shapely.box(6, 6, 7, 7), shapely.box(0, 0, 5, 4)])
    rings, points = Copying(NO_POINTS).written(np.array([before]), digits=1)
    copied, _ = Copying(points).written(np.array([after]), digits=1)
    program = (
        f"import {{ readShape }} from {json.dumps((MODULES / 'series_frames.mjs').as_uri())};"
        f"const first = readShape({json.dumps(rings)}, []);"
        f"console.log(JSON.stringify(readShape({json.dumps(copied)}, first.points).polygons));"
    )
    command = [node, "--input-type=module", "--eval", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    read = shapely.MultiPolygon([shapely.Polygon(*polygon) for polygon in json.loads(done.stdout)])
    assert read.equals(shapely.affinity.scale(after, 10, 10, origin=(0, 0)))
