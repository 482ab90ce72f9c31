"""A self-check: whether this installation can be trusted with a number, and what to do if not."""

import hashlib
import importlib.metadata
import platform
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bordermap._shipped import shipped
from bordermap._text import printable

State = Literal["good", "note", "bad"]

OLDEST_PYTHON = (3, 11)
OLDEST_GEOS = (3, 12)
"""The first GEOS that checks coverages, which boundaries are read with."""

EARTH_KM2 = 510_065_621.724
"""The surface of the WGS 84 ellipsoid [km²]."""

ANSWER_M = 1_000.0
"""Depth of the strip that is worked out as a known answer [m]."""

_LARGEST_ERROR = 1e-4
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)>=([0-9.]+)")
_PIP = "python -m pip install --upgrade bordermap"
_ANEW = "install bordermap anew (python -m pip install --force-reinstall bordermap)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    What one check found.

    Parameters
    ----------
    check
        What was looked at.
    state
        ``good``; ``note`` for what need not be so but does no harm; ``bad`` for what makes
        answers wrong or impossible.
    found
        What is there.
    remedy
        What to do about it; empty where nothing needs doing.
    """

    check: str
    state: State
    found: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the finding as values of JSON."""
        return {
            "check": self.check,
            "state": self.state,
            "found": self.found,
            "remedy": self.remedy,
        }


def examined(checks: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """
    Return what there is to say about this installation.

    Parameters
    ----------
    checks
        Names from `CHECKS`; all of them by default.

    Notes
    -----
    A check that fails in a way nobody foresaw is a finding like any other: whoever asks whether
    an installation is broken must not be answered by a traceback.

    Examples
    --------
    >>> import bordermap as bm
    >>> [finding.state for finding in bm.examined(["area of an octant"])]
    ['good']
    """
    names = CHECKS if checks is None else checks
    return tuple(finding for name in names for finding in _survived(name, CHECKS[name]))


def _survived(name: str, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001  (see `examined`)
        told = f"{type(error).__name__}: {error}"
        return [Finding(check=name, state="bad", found=told, remedy=_ANEW)]


def _python() -> Iterator[Finding]:
    found = f"{platform.python_implementation()} {platform.python_version()}"
    if sys.version_info < OLDEST_PYTHON:
        remedy = f"use Python {_dotted(OLDEST_PYTHON)} or newer"
        yield Finding(check="python", state="bad", found=found, remedy=remedy)
    else:
        yield Finding(check="python", state="good", found=found)


def _packages() -> Iterator[Finding]:
    """Yield the version of each package bordermap needs, against the oldest that will do."""
    try:
        required = importlib.metadata.requires("bordermap") or []
    except importlib.metadata.PackageNotFoundError:
        yield Finding(
            check="packages",
            state="note",
            found="bordermap runs from its source, so nobody looked at what it needs",
            remedy="python -m pip install --editable . (in the folder of pyproject.toml)",
        )
        return
    for line in required:
        wanted = _REQUIREMENT.match(line)
        if wanted is not None and "extra ==" not in line:
            yield _package(*wanted.groups())


def _package(name: str, oldest: str) -> Finding:
    check = f"package {name}"
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Finding(check=check, state="bad", found="is not installed", remedy=_PIP)
    if _numbers(version) < _numbers(oldest):
        found = f"{version}, older than {oldest}"
        return Finding(check=check, state="bad", found=found, remedy=_PIP)
    return Finding(check=check, state="good", found=version)


def _data() -> Iterator[Finding]:
    """Yield whether each shipped file is the registered one."""
    registry = tomllib.loads(shipped("registry.toml").read_text("utf-8"))
    for entry in registry["dataset"]:
        yield _file(entry)


def _file(entry: dict[str, Any]) -> Finding:
    check = f"data {entry['id']}"
    try:
        content = shipped(*entry["file"].split("/")).read_bytes()
    except OSError as error:
        found = f"{entry['file']} cannot be read: {error.strerror}"
        return Finding(check=check, state="bad", found=found, remedy=_ANEW)
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        found = f"{entry['file']} ({len(content):,} bytes) is not the registered file"
        return Finding(check=check, state="bad", found=found, remedy=_ANEW)
    return Finding(check=check, state="good", found=f"{entry['file']}, {len(content):,} bytes")


def _cache() -> Iterator[Finding]:
    """Yield whether each fetched dataset is whole, and what lies in the cache for nothing."""
    from bordermap.datasets.cache import cache_faults, cache_folder, cache_strays, command_for

    folder = printable(str(cache_folder()))
    faults = dict(cache_faults())
    if not faults:
        found = f"no dataset was fetched into {folder}, which none of the shipped cases needs"
        yield Finding(check="cache", state="good", found=found)
    for id_, fault in faults.items():
        check = f"cache {id_}"
        if fault:
            remedy = f"fetch it again: {command_for(id_)}"
            yield Finding(check=check, state="bad", found=fault, remedy=remedy)
        else:
            yield Finding(check=check, state="good", found=f"is whole, in {folder}")
    if strays := cache_strays():
        found = f"{len(strays)} things in {folder} belong to no dataset, such as {strays[0].name!a}"
        remedy = f"delete what you do not know in {folder}"
        yield Finding(check="cache", state="note", found=found, remedy=remedy)


def _cases() -> Iterator[Finding]:
    """Yield whether each shipped case can be read."""
    from bordermap.cases import load_case, shipped_cases

    for case in shipped_cases():
        loaded = load_case(case)
        found = f"{loaded.borders.length_km:,.1f} km of border in {loaded.dataset.id}"
        yield Finding(check=f"case {case}", state="good", found=found)


def _geos() -> Iterator[Finding]:
    import shapely

    found = shapely.geos_version_string
    if shapely.geos_version < OLDEST_GEOS:
        yield Finding(
            check="geos",
            state="bad",
            found=f"{found}, older than {_dotted(OLDEST_GEOS)}",
            remedy="install shapely from a wheel (python -m pip install --force-reinstall"
            " --only-binary shapely shapely)",
        )
    else:
        yield Finding(check="geos", state="good", found=found)


def _projections() -> Iterator[Finding]:
    """Yield whether PROJ finds its database, without which no layer gets its reference system."""
    import pyproj
    import pyproj.datadir

    found = f"PROJ {pyproj.proj_version_str}, {pyproj.datadir.get_data_dir()}"
    try:
        code = pyproj.CRS.from_user_input("EPSG:4326").to_epsg()
    except pyproj.exceptions.ProjError as error:
        yield Finding(
            check="projections",
            state="bad",
            found=f"{found}: {' '.join(str(error).split())}",
            remedy="unset PROJ_DATA and PROJ_LIB, which may name another PROJ's database",
        )
    else:
        state: State = "good" if code == 4326 else "bad"
        yield Finding(check="projections", state=state, found=found, remedy=_ANEW * (code != 4326))


def _octant() -> Iterator[Finding]:
    """Yield whether an eighth of the ellipsoid is found to be one."""
    import shapely

    from bordermap.areas import geodesic_area_km2

    octant = shapely.Polygon([(0, 0), (90, 0), (0, 90)])
    yield _answer("area of an octant", geodesic_area_km2(octant), EARTH_KM2 / 8, "km²", 1e-9)


def _strip() -> Iterator[Finding]:
    """Yield whether the depth of a strip along a straight border is its area over its length."""
    from bordermap.footprints.strip import depth_for_area

    borders = _straight_borders()
    depth_m = depth_for_area(borders, borders.length_km * ANSWER_M / 1e3)
    yield _answer("depth of a strip", depth_m, ANSWER_M, "m", _LARGEST_ERROR)


def _answer(check: str, found: float, known: float, unit: str, largest_error: float) -> Finding:
    told = f"{found:,.3f} {unit}, known to be {known:,.3f} {unit}"
    if abs(found / known - 1) <= largest_error:
        return Finding(check=check, state="good", found=told)
    remedy = (
        f"do not use answers of this installation; {_ANEW}, and report it if that does not help"
    )
    return Finding(check=check, state="bad", found=told, remedy=remedy)


def _straight_borders() -> Any:  # noqa: ANN401  (Borders, which costs an import)
    """Return two invented countries on both sides of 20 km of a meridian."""
    import shapely

    from bordermap.boundaries import Country, Province, shared_borders
    from bordermap.provenance import Dataset

    east = shapely.MultiPolygon([shapely.box(45.0, 40.0, 45.1, 40.18)])
    west = shapely.MultiPolygon([shapely.box(44.9, 40.0, 45.0, 40.18)])
    return shared_borders(
        [Province(code="AA-1", name="East", country="AA", polygon=east)],
        claimed=Country(code="AA", name="East", polygon=east),
        neighbour=Country(code="BB", name="West", polygon=west),
        dataset=Dataset(
            id="straight",
            title="Two invented countries on both sides of a meridian",
            publisher="bordermap",
            licence="MIT",
            attribution="bordermap",
            vintage="2024",
            accuracy_m=0.0,
            accuracy_reason="invented",
            worldview="none",
            countries=("AA", "BB"),
            sha256="",
        ),
    )


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers a version begins with, without zeros at the end: 2 of ``2.0.0rc1``."""
    leading = re.match(r"[0-9.]*", version)
    numbers = [int(part) for part in (leading[0] if leading else "").split(".") if part]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


CHECKS: Mapping[str, Callable[[], Iterator[Finding]]] = {
    "python": _python,
    "packages": _packages,
    "data": _data,
    "cache": _cache,
    "cases": _cases,
    "geos": _geos,
    "projections": _projections,
    "area of an octant": _octant,
    "depth of a strip": _strip,
}
"""What is looked at, by name; packages, data, cache and cases have a finding for each of theirs."""
