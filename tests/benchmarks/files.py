"""What large files cost, beside geopandas: time, and the most memory a process takes."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np

from tests.benchmarks.timing import Row

POLYGONS, CORNERS = 100_000, 33

_READ_AND_MEASURE = """
import sys, geopandas
frame = geopandas.read_file(sys.argv[1], use_arrow=False)
print(frame.to_crs("+proj=laea +lat_0=40 +lon_0=45").area.sum() / 1e6)
"""
_READ = "import sys, geopandas; geopandas.read_file(sys.argv[1])"
_READ_AND_WRITE = """
import sys, geopandas
geopandas.read_file(sys.argv[1]).to_file(sys.argv[2], driver="GeoJSON", RFC7946="YES")
"""
_OURS_WRITE = """
import sys
from pathlib import Path
from bordermap.geojson import collection_pieces, read_features
with Path(sys.argv[2]).open("wb") as file:
    for piece in collection_pieces(read_features(Path(sys.argv[1]))):
        file.write(piece)
"""
_WRITE_BOTH = """
import statistics, sys, time
from pathlib import Path
import geopandas
from bordermap.geojson import Feature, collection_pieces
frame = geopandas.read_file(sys.argv[1])
features = [
    Feature(id=number, geometry=polygon, properties={"name": name})
    for number, (polygon, name) in enumerate(zip(frame.geometry, frame["name"], strict=True))
]
def ours():
    with Path(sys.argv[2]).open("wb") as file:
        file.writelines(collection_pieces(features))
def theirs():
    frame.to_file(sys.argv[2], driver="GeoJSON", RFC7946="YES")
seconds = {ours: [], theirs: []}
for _ in range(3):
    for function, found in seconds.items():
        start = time.process_time()
        function()
        found.append(time.process_time() - start)
print(*map(statistics.median, seconds.values()))
"""


def rows() -> Iterator[Row]:
    """Yield the lines about files."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "polygons.geojson"
        _write_polygons(path)
        yield from _area(path)
        yield _export(path, Path(folder))
        yield _write(path, Path(folder))


def _write_polygons(path: Path) -> None:
    """Write polygons that do not overlap: a disc in each cell of a grid."""
    across = int(np.ceil(np.sqrt(POLYGONS)))
    angle = np.linspace(0, 2 * np.pi, CORNERS)
    angle[-1] = 0.0
    ring = np.column_stack((np.cos(angle), np.sin(angle))) * 0.0049
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for number in range(POLYGONS):
            middle = np.array([44 + number % across * 0.01, 38 + number // across * 0.01])
            feature = {
                "type": "Feature",
                "id": number,
                "properties": {"name": f"polygon {number}"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [np.round(middle + ring, 7).tolist()],
                },
            }
            file.write(json.dumps(feature) + (",\n" if number < POLYGONS - 1 else "\n"))
        file.write("]}\n")


def _area(path: Path) -> Iterator[Row]:
    ours, theirs = _measured_in_turn(
        [sys.executable, "-m", "bordermap", "area", str(path), "--json"],
        [sys.executable, "-c", _READ_AND_MEASURE, str(path)],
    )
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    yield Row(
        what=f"bordermap area, {POLYGONS:,} polygons, {size}",
        against="geopandas read + project + area",
        ours_s=ours[0],
        theirs_s=theirs[0],
        at_most=1.5,
    )
    yield Row(
        what="its peak memory [GB]",
        against="the same [GB]",
        ours_s=ours[1],
        theirs_s=theirs[1],
        at_most=1.0,
    )


def _export(path: Path, folder: Path) -> Row:
    ours, read, both = _measured_in_turn(
        [sys.executable, "-c", _OURS_WRITE, str(path), str(folder / "a.geojson")],
        [sys.executable, "-c", _READ, str(path)],
        [sys.executable, "-c", _READ_AND_WRITE, str(path), str(folder / "b.geojson")],
    )
    return Row(
        what=f"read and write {POLYGONS:,} features as GeoJSON",
        against="geopandas read + ⅓ of its RFC 7946 write",
        ours_s=ours[0],
        theirs_s=read[0] + (both[0] - read[0]) / 3,
        at_most=1.0,
        note=f"peak memory {ours[1] / both[1]:.2f} of geopandas'",
    )


def _write(path: Path, folder: Path) -> Row:
    """Return what writing alone costs, of features that are there."""
    command = [sys.executable, "-c", _WRITE_BOTH, str(path), str(folder / "c.geojson")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    ours, theirs = map(float, done.stdout.split())
    return Row(
        what=f"write {POLYGONS:,} features (3.3 M vertices) as GeoJSON [CPU s]",
        against="geopandas, RFC 7946",
        ours_s=ours,
        theirs_s=theirs,
        at_most=1 / 3,
    )


def _measured_in_turn(*commands: list[str], repeats: int = 3) -> list[tuple[float, float]]:
    """Return the median time [s] and peak memory [GB] of each command; one after the other."""
    rounds = [[_measured(command) for command in commands] for _ in range(repeats)]
    return [
        (median(second for second, _ in of_one), median(peak for _, peak in of_one))
        for of_one in zip(*rounds, strict=True)
    ]


def _measured(command: list[str]) -> tuple[float, float]:
    """Return the time [s] and the peak memory [GB] of a command."""
    code = (
        "import resource, subprocess, sys, time; start = time.perf_counter();"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(time.perf_counter() - start,"
        " resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], check=True, capture_output=True, text=True
    )
    second, peak = map(float, done.stdout.split())
    return second, peak
