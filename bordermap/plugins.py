"""
What other packages bring: area models and boundary sources, found by their entry points.

Nothing is imported before it is asked for by its name, and what fails is told with the package
that it comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, Literal, TypeVar

from bordermap._text import printable
from bordermap.errors import BordermapError, PluginError

Group = Literal["bordermap.models", "bordermap.boundaries"]

_SHOWN = 200

_Kind = TypeVar("_Kind")
_Result = TypeVar("_Result")


@dataclass(frozen=True, kw_only=True)
class Plugin(Generic[_Kind]):
    """
    An entry point that was loaded.

    Parameters
    ----------
    name
        Name of the entry point.
    package, version
        What it comes with.
    value
        What it is.
    """

    name: str
    package: str
    version: str
    value: _Kind

    def __str__(self) -> str:
        return f"{self.name!r} of the package {self.package} {self.version}"

    def run(self, made: Callable[[], _Result]) -> _Result:
        """
        Return what a call of the plugin's code gives.

        Parameters
        ----------
        made
            The call.

        Raises
        ------
        PluginError
            If it fails with anything that is no `BordermapError` of its own.
        """
        try:
            return made()
        except BordermapError:
            raise
        except Exception as error:
            raise PluginError(f"the plugin {self} failed: {_told(error)}") from error


def plugin_names(group: Group) -> tuple[str, ...]:
    """Return the names of what is installed, without importing any."""
    return tuple(sorted({point.name for point in entry_points(group=group)}))


def load_plugin(group: Group, name: str, kind: type[_Kind]) -> Plugin[_Kind]:
    """
    Return an installed plugin.

    Parameters
    ----------
    group
        Kind of entry point.
    name
        Its name.
    kind
        Class that its value must be of.

    Raises
    ------
    PluginError
        If there is none of the name, several packages have one, it cannot be imported, or it is
        something else.
    """
    points = {_package(point): point for point in entry_points(group=group, name=name)}
    if not points:
        known = ", ".join(plugin_names(group)) or "none"
        raise PluginError(
            f"no plugin for {group} is named {printable(name[:40])!r}; installed: {known}"
        )
    if len(points) > 1:
        packages = " and ".join(sorted(package for package, _ in points))
        raise PluginError(f"the plugin {name!r} comes with {packages}; uninstall all but one")
    (((package, version), point),) = points.items()
    plugin = Plugin(name=name, package=package, version=version, value=point)
    value = plugin.run(point.load)
    if not isinstance(value, kind):
        raise PluginError(
            f"the plugin {plugin} is a {type(value).__name__}; it must be a {kind.__name__}"
        )
    return Plugin(name=name, package=package, version=version, value=value)


def _package(point: EntryPoint) -> tuple[str, str]:
    return ("?", "?") if point.dist is None else (point.dist.name, point.dist.version)


def _told(error: Exception) -> str:
    return printable(f"{type(error).__name__}: {error}"[:_SHOWN])
