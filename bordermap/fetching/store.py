"""Where fetched datasets are kept: the normal form, in a cache that is whole at every moment."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import shapely

from bordermap.datasets.cache import cache_folder
from bordermap.fetching.units import Unit
from bordermap.outputs import write_file
from bordermap.provenance import Dataset

_EPOCH = (1980, 1, 1, 0, 0, 0)


def archived(units: Sequence[Unit]) -> bytes:
    """
    Return the bytes of a dataset file in the normal form: the same units give the same bytes.

    Parameters
    ----------
    units
        Provinces, and countries without provinces.
    """
    members: dict[str, str] = {}
    index: list[str] = []
    ordered = sorted(units, key=lambda unit: (unit.country, unit.level, unit.code))
    for country, group in groupby(ordered, key=lambda unit: unit.country):
        own = list(group)
        features = ",\n".join(_feature(unit) for unit in own)
        members[f"{country}.geojson"] = (
            f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'
        )
        index += [_entry(unit, line) for line, unit in enumerate(own)]
    members["index.json"] = "[\n" + ",\n".join(index) + "\n]\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as output:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.create_system = 3
            output.writestr(info, members[name], zipfile.ZIP_DEFLATED, compresslevel=9)
    return buffer.getvalue()


def stored(
    content: bytes, info: Dataset, *, sources: Sequence[dict[str, str]], mended: Sequence[str]
) -> Path:
    """
    Keep a dataset in the cache and return its file.

    Parameters
    ----------
    content
        The file in the normal form.
    info
        What is known of it, its checksum among it.
    sources
        Address and checksum of each file it was made from.
    mended
        What was changed in making it.

    Raises
    ------
    OutputError
        If the disk refuses.

    Notes
    -----
    The file has its checksum in its name, and nothing refers to it until the entry is exchanged in
    one step. Whenever this is broken off, the entry names a file that is there and whole.
    """
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{info.id}-{info.sha256[:12]}.zip"
    write_file(folder / name, [content])
    entry = asdict(info) | {
        "kind": "boundaries",
        "file": name,
        "bytes": len(content),
        "worldviews": ["iso"],
        "sources": list(sources),
        "mended": list(mended),
    }
    text = json.dumps(entry, ensure_ascii=False, indent=1) + "\n"
    write_file(folder / f"{info.id}.json", [text.encode()])
    for old in folder.glob(f"{info.id}-{'[0-9a-f]' * 12}.zip"):
        if old.name != name:
            old.unlink(missing_ok=True)
    return folder / name


def checksum(content: bytes) -> str:
    """Return the checksum by which an entry knows its file."""
    return hashlib.sha256(content).hexdigest()


def _feature(unit: Unit) -> str:
    properties = {
        "level": unit.level,
        "code": unit.code,
        "country": unit.country,
        "name": unit.name,
    }
    geometry = shapely.to_geojson(unit.polygon)
    told = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{told},"geometry":{geometry}}}'


def _entry(unit: Unit, line: int) -> str:
    entry = {
        "level": unit.level,
        "code": unit.code,
        "country": unit.country,
        "name": unit.name,
        "bbox": list(unit.polygon.bounds),
        "member": unit.country,
        "line": line,
    }
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
