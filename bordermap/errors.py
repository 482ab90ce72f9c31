"""
Everything that bordermap refuses, in one tree.

::

    BordermapError
    ├── ClaimError (ValueError)              a claim or register that cannot be used
    │   └── ReadingError                     a text that cannot be read as an article
    ├── PlaceError (LookupError)
    │   ├── PlaceNotFoundError               no feature bears the name
    │   └── AmbiguousPlaceError              several features bear it equally well
    ├── GeometryError (ValueError)
    │   ├── CRSError                         coordinates that are not longitude, latitude
    │   └── NoSharedBorderError              the province does not touch the neighbour
    ├── DataError (OSError)                  a file that is missing, broken or too large
    │   ├── ChecksumError                    a shipped or cached file is not the registered one
    │   ├── UnregisteredFileError            a file nobody vouches for
    │   └── OutputError                      a place that must not be written to
    ├── ScenarioError (ValueError)           an assumption set that cannot be assessed
    └── PluginError (RuntimeError)           a model or source of another package fails

Each message names what was given, where, and what would do. The command line alone turns an error
into an exit code.
"""


class BordermapError(Exception):
    """The root: whatever bordermap refuses on purpose."""


class ClaimError(BordermapError, ValueError):
    """A claim or register cannot be used."""


class ReadingError(ClaimError):
    """A text cannot be read as an article."""


class PlaceError(BordermapError, LookupError):
    """A name does not lead to one feature."""


class PlaceNotFoundError(PlaceError):
    """No feature bears the name."""


class AmbiguousPlaceError(PlaceError):
    """Several features bear the name equally well."""


class GeometryError(BordermapError, ValueError):
    """A geometry cannot be measured as given."""


class CRSError(GeometryError):
    """Coordinates are not longitude, latitude on WGS 84."""


class NoSharedBorderError(GeometryError):
    """A province does not touch the neighbour."""


class DataError(BordermapError, OSError):
    """A file is missing, broken or too large."""


class ChecksumError(DataError):
    """A file is not the one that was registered."""


class UnregisteredFileError(DataError):
    """A file stands in no registry."""


class OutputError(DataError):
    """A place must not be written to."""


class ScenarioError(BordermapError, ValueError):
    """An assumption set cannot be assessed."""


class PluginError(BordermapError, RuntimeError):
    """A model or source that another package brings cannot be used."""
