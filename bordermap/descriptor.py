"""The descriptor of an output folder: a Frictionless data package that other programs read."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from bordermap._version import __version__
from bordermap.assessment import Assessment
from bordermap.provenance import Dataset

DESCRIPTOR = "datapackage.json"

_PROFILE = "data-package"
_MEDIA_TYPES = {
    ".geojson": "application/geo+json",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".csv": "text/csv",
}


def descriptor(
    assessment: Assessment, files: Mapping[str, bytes], *, record: str
) -> dict[str, Any]:
    """
    Return what the descriptor of a build says.

    Parameters
    ----------
    assessment
        What was built.
    files
        Content of each file by its name below the folder.
    record
        Name of the record, which holds the descriptor's own checksum; so it has none here.

    Notes
    -----
    Data Package, version 1 (https://specs.frictionlessdata.io). It names no time and no path.
    """
    case = assessment.case
    datasets = (case.dataset, *(other.borders.dataset for other in assessment.others))
    return {
        "profile": _PROFILE,
        "name": case.id,
        "title": case.title,
        "description": "Model geometry, not observed control. What was stated by whom, what was"
        f" assumed and what follows, by bordermap {__version__}; {record} holds what it was made"
        f" from, and 'bordermap verify' makes it anew.",
        "licenses": list(_licences(datasets)),
        "sources": [
            *({"title": f"{one.title} ({one.vintage}): {one.attribution}"} for one in datasets),
            _source(case.claim.source.title, case.claim.source.url),
        ],
        "resources": [*map(_resource, files, files.values()), _named(record)],
    }


def json_bytes(content: object) -> bytes:
    """Return JSON as a build writes it."""
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def sha256_of(content: bytes) -> str:
    """Return the checksum of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _licences(datasets: tuple[Dataset, ...]) -> Iterator[dict[str, str]]:
    """Yield the licences that layers made from these datasets are under, each once."""
    for name in dict.fromkeys(
        licence for one in datasets for licence in one.licence.split(" AND ")
    ):
        yield {"name": name, "path": f"https://spdx.org/licenses/{name}.html"}


def _source(title: str, url: str | None) -> dict[str, str]:
    return {"title": title} | ({"path": url} if url else {})


def _resource(name: str, content: bytes) -> dict[str, Any]:
    return _named(name) | {"bytes": len(content), "hash": f"sha256:{sha256_of(content)}"}


def _named(path: str) -> dict[str, Any]:
    """Return a resource by its path; its name is the path in the letters that names may have."""
    suffix = PurePosixPath(path).suffix
    return {
        "name": re.sub(r"[^a-z0-9._-]", "-", path.lower()),
        "path": path,
        "format": suffix.lstrip("."),
        "mediatype": _MEDIA_TYPES.get(suffix, "application/octet-stream"),
        "encoding": "utf-8",
    }
